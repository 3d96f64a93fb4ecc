"""What one pass does with saves of every kind, in a real folder."""

import json
import shutil
import zlib
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from time import monotonic
from zipfile import ZipFile

import openpyxl
import pytest
from docx import Document

from generator.app.forms import FormState, write_forms
from generator.app.intake import Clock
from generator.app.maintenance import init_example
from generator.app.run import RunResult
from generator.app.run import run as run_once
from generator.domain.plan.goals import Plan
from generator.domain.submission.checks import Verdict
from generator.errors import PlanError, TemplateError
from generator.formats.xlsx.plan_writer import plan_bytes
from generator.i18n.words import Words
from generator.workspace.folders import Workspace
from tests.builders import CLERK, DIRECTOR, PLAN
from tests.workspaces import bookmarks, change_settings, fill, make_workspace_with_forms

NOON = datetime(2026, 8, 3, 9, tzinfo=UTC)


def clock(wait: object = None) -> Clock:
    """Stands at one moment; `wait` is called instead of waiting."""
    return Clock(now=lambda: NOON, ticks=monotonic, wait=wait if callable(wait) else lambda _: None)


def patient_clock() -> Clock:
    """Stands at one moment, and seconds pass only while it waits."""
    ticks = [0.0]
    return Clock(now=lambda: NOON, ticks=lambda: ticks[0], wait=lambda seconds: ticks.append(ticks.pop() + seconds))


def run(workspace: Workspace) -> RunResult:
    return run_once(workspace.root, clock())


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A workspace that makes the whole report alone; what concerns the extracts has tests with all documents."""
    return make_workspace_with_forms(tmp_path, extracts=[])


def form(workspace: Workspace, officer: str = CLERK) -> Path:
    return workspace.inbox / f"{officer}.xlsx"


def degree(workspace: Workspace, result: RunResult, code: str) -> str:
    path = result.published.aside or result.published.path
    return bookmarks(path)[f"g_{code.replace('.', '_')}_degree"].strip()[:1]


def rules(result: RunResult, file: str) -> list[str]:
    return [f.rule for taken in result.files if taken.file == file for f in taken.checked.findings]


def test_untouched_forms_are_no_saves_and_a_form_saved_untouched_is_answered_so(workspace: Workspace) -> None:
    assert run(workspace).files == ()
    fill(form(workspace), {})
    result = run(workspace)
    assert rules(result, f"{CLERK}.xlsx") == ["nothing-filled"]
    assert result.files[0].checked.verdict is Verdict.ACCEPTED
    assert (workspace.inbox / f"{CLERK}.kuittaus.html").exists()


@pytest.mark.parametrize("level", [0, 1, 9])
def test_an_untouched_form_stays_where_another_zlib_packed_it(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, level: int
) -> None:
    """Pythons come with different zlibs: an update of the computer changes no form."""
    with monkeypatch.context() as patch:
        patch.setattr(zlib, "compressobj", lambda _, *rest, pack=zlib.compressobj: pack(level, *rest))
        form(workspace).unlink()
        assert write_forms(workspace, CLERK, None)[0].state is FormState.WRITTEN
    before = form(workspace).read_bytes()
    assert write_forms(workspace, CLERK, None)[0].state is FormState.UNCHANGED
    assert form(workspace).read_bytes() == before
    assert run(workspace).files == ()


def test_an_untouched_form_is_written_anew_when_it_shows_something_else(workspace: Workspace) -> None:
    changed = change_settings(workspace.root, deadline=date(2026, 8, 21))
    assert write_forms(changed, CLERK, None)[0].state is FormState.WRITTEN
    assert write_forms(changed, CLERK, None)[0].state is FormState.UNCHANGED


def test_officers_files_are_never_changed(workspace: Workspace) -> None:
    fill(form(workspace), {"01.01": {"degree": 9}, "01.10": {"degree": 3}})
    before = form(workspace).read_bytes()
    run(workspace)
    assert write_forms(workspace, CLERK, None)[0].state is FormState.TOUCHED
    assert form(workspace).read_bytes() == before


def test_the_latest_save_counts_row_by_row_and_a_refused_row_unsays_nothing(workspace: Workspace) -> None:
    fill(form(workspace), {"01.01": {"degree": 2}, "01.01.01": {"degree": 3}})
    run(workspace)
    fill(form(workspace), {"01.01": {"degree": 7}, "01.01.01": {"degree": 4}})
    result = run(workspace)
    assert (degree(workspace, result, "01.01"), degree(workspace, result, "01.01.01")) == ("2", "4")


def test_a_copy_is_answered_and_not_taken_and_a_return_to_earlier_bytes_is_a_save(workspace: Workspace) -> None:
    fill(form(workspace), {"01.01": {"degree": 2}})
    run(workspace)
    first = form(workspace).read_bytes()
    fill(form(workspace), {"01.01": {"degree": 4}})
    run(workspace)
    copy = workspace.inbox / f"{CLERK} - Kopio.xlsx"
    copy.write_bytes(first)
    copied = run(workspace)
    assert rules(copied, copy.name) == ["copy"] and degree(workspace, copied, "01.01") == "4"
    form(workspace).write_bytes(first)
    returned = run(workspace)
    assert "copy" not in rules(returned, f"{CLERK}.xlsx") and degree(workspace, returned, "01.01") == "2"


def test_removing_or_renaming_a_file_unsays_nothing(workspace: Workspace) -> None:
    fill(form(workspace), {"01.01": {"degree": 2}})
    run(workspace)
    form(workspace).rename(workspace.inbox / "uusi nimi.xlsx")
    assert degree(workspace, run(workspace), "01.01") == "2"
    (workspace.inbox / "uusi nimi.xlsx").unlink()
    assert degree(workspace, run(workspace), "01.01") == "2"


def test_two_files_of_one_officer_in_one_pass_lose_the_rows_on_which_they_differ(workspace: Workspace) -> None:
    fill(form(workspace), {"01.01": {"degree": 2}})
    run(workspace)
    fill(form(workspace), {"01.01": {"degree": 3}}, to=workspace.inbox / "a.xlsx")
    fill(form(workspace), {"01.01": {"degree": 4}, "01.10": {"degree": 1}}, to=workspace.inbox / "b.xlsx")
    result = run(workspace)
    assert "files-differ" in rules(result, "a.xlsx") and "files-differ" in rules(result, "b.xlsx")
    assert (degree(workspace, result, "01.01"), degree(workspace, result, "01.10")) == ("2", "1")


def test_a_pass_that_was_cut_off_is_made_good_by_the_next(workspace: Workspace) -> None:
    fill(form(workspace), {"01.01": {"degree": 2}})
    workspace.template.rename(workspace.root / "away.docx")
    with pytest.raises(TemplateError):
        run(workspace)
    (workspace.state / "ledger.sqlite3").unlink()
    (workspace.root / "away.docx").rename(workspace.template)
    form(workspace).unlink()
    assert degree(workspace, run(workspace), "01.01") == "2"


def test_a_broken_plan_stops_the_job_but_loses_no_save(workspace: Workspace) -> None:
    good = workspace.plan.read_bytes()
    fill(form(workspace), {"01.01": {"degree": 2}})
    workspace.plan.write_bytes(b"not a workbook")
    with pytest.raises(PlanError):
        run(workspace)
    form(workspace).unlink()
    workspace.plan.write_bytes(good)
    assert degree(workspace, run(workspace), "01.01") == "2"


def test_the_last_good_report_survives_a_broken_template(workspace: Workspace) -> None:
    report = run(workspace).published.path
    before = report.read_bytes()
    document = Document(str(workspace.template))
    document.paragraphs[0].runs[0].text = "{{ municipalitty }}"
    document.save(str(workspace.template))
    fill(form(workspace), {"01.01": {"degree": 2}})
    with pytest.raises(TemplateError, match="municipalitty"):
        run(workspace)
    assert report.read_bytes() == before


def test_a_report_that_somebody_edited_keeps_its_name_and_place(workspace: Workspace) -> None:
    report = run(workspace).published.path
    edited = Document(str(report))
    edited.add_paragraph("Sihteerin lisäys")
    edited.save(str(report))
    kept = report.read_bytes()
    fill(form(workspace), {"01.01": {"degree": 2}})
    result = run(workspace)
    assert report.read_bytes() == kept
    assert result.published.aside and result.published.aside.name == f"{report.stem}-uusi.docx"
    assert degree(workspace, result, "01.01") == "2"
    report.unlink()
    chosen = run(workspace)
    assert chosen.published.aside is None and not result.published.aside.exists()
    assert degree(workspace, chosen, "01.01") == "2"


def test_a_report_open_in_word_is_not_replaced_nor_the_one_beside_it(workspace: Workspace) -> None:
    report = run(workspace).published.path
    (report.parent / f"~${report.name[2:]}").write_bytes(b"owner")
    fill(form(workspace), {"01.01": {"degree": 2}})
    aside = run(workspace).published.aside
    assert aside
    (report.parent / f"~${aside.name[2:]}").write_bytes(b"owner")
    fill(form(workspace), {"01.01": {"degree": 3}})
    last = run(workspace)
    assert last.published.aside == aside.with_name(f"{aside.stem}-2.docx")
    assert degree(workspace, last, "01.01") == "3" and aside.exists()


def test_a_file_that_still_changes_is_named_and_taken_when_it_rests(workspace: Workspace) -> None:
    def still_writing(_: float) -> None:
        fill(form(workspace), {"01.01": {"degree": 3}})

    change_settings(workspace.root, quiet_seconds=60)
    fill(form(workspace), {"01.01": {"degree": 2}})
    result = run_once(workspace.root, clock(still_writing))
    assert (result.files, result.unsettled) == ((), (f"{CLERK}.xlsx",))
    change_settings(workspace.root, quiet_seconds=0)
    result = run(workspace)
    assert (degree(workspace, result, "01.01"), result.unsettled) == ("3", ())


def test_lock_files_and_temporary_names_are_no_saves(workspace: Workspace) -> None:
    for name in (f"~${CLERK}.xlsx", f".~lock.{CLERK}.xlsx#", "A1B2C3D4", "lu123.tmp", "Thumbs.db"):
        shutil.copyfile(form(workspace), workspace.inbox / name)
    result = run(workspace)
    assert result.files == ()
    assert "A1B2C3D4" in (workspace.outbox / "tilanne.html").read_text(encoding="utf-8")


def test_other_files_are_answered_beside_their_own_ending(workspace: Workspace) -> None:
    (workspace.inbox / "muistio.txt").write_text("hei", encoding="utf-8")
    result = run(workspace)
    assert [file.checked.verdict for file in result.files] == [Verdict.UNREADABLE]
    assert (workspace.inbox / "muistio.txt.kuittaus.html").exists()


def test_the_next_period_shows_last_answers_and_what_moved(workspace: Workspace) -> None:
    fill(form(workspace), {"01.01": {"degree": 2, "narrative": "Alkoi."}})
    run(workspace)
    change_settings(workspace.root, id="2026-2", previous="2026-1")
    later = change_settings(workspace.root, label="heinä–joulukuu 2026")
    form(workspace).unlink()
    write_forms(later, CLERK, None)
    fill(form(workspace), {"01.01": {"degree": 3, "narrative": "Jatkui."}})
    result = run(later)
    assert result.published.path.name == "seurantaraportti-2026-2-LUONNOS.docx"
    rows = [[cell.text for cell in row.cells] for row in Document(str(result.published.path)).tables[-2].rows]
    assert rows[2][5] == "3 Toteutus on aloitettu, ei vielä valmis\n2 → 3, nousi"
    assert rows[2][6] == "Jatkui."


def test_a_ledger_made_anew_holds_each_save_in_its_own_period(workspace: Workspace) -> None:
    unsigned = openpyxl.load_workbook(form(workspace))
    form(workspace).unlink()
    for sheet in unsigned.worksheets[1:]:
        unsigned.remove(sheet)
    for name in list(unsigned.custom_doc_props.names):
        del unsigned.custom_doc_props[name]
    unsigned.save(workspace.inbox / "oma.xlsx")
    fill(workspace.inbox / "oma.xlsx", {"01.01": {"degree": 2, "narrative": "Alkoi."}})
    assert run(workspace).files[0].checked.entries
    later = change_settings(workspace.root, id="2026-2", previous="2026-1")
    write_forms(later, None, None)
    fill(form(later, DIRECTOR), {"02": {"degree": 4, "narrative": "Valmis."}})
    before = run(later).published.path
    document = before.read_bytes()
    assert "Ei raportoitu" in bookmarks(before)["g_01_01_degree"]
    (later.state / "ledger.sqlite3").unlink()
    assert run(later).published.path.read_bytes() == document


def test_a_ledger_made_anew_holds_each_save_against_the_plan_of_its_time(workspace: Workspace) -> None:
    fill(form(workspace), {"01.01": {"degree": 5, "narrative": "Valmis."}})
    run(workspace)
    moved = (replace(each, officers=(DIRECTOR,)) if each.code == "01.01" else each for each in PLAN.goals)
    plan = Plan(tuple(moved), PLAN.officers)
    workspace.plan.write_bytes(plan_bytes(plan, workspace.settings.headings, Words(workspace.settings.language)))
    before = run(workspace).published.path
    assert bookmarks(before)["g_01_01_degree"].startswith("5")
    document = before.read_bytes()
    (workspace.state / "ledger.sqlite3").unlink()
    assert run(workspace).published.path.read_bytes() == document


def test_a_plan_that_changes_when_the_ledger_is_gone_holds_only_for_what_comes(workspace: Workspace) -> None:
    fill(form(workspace), {"01.01": {"degree": 5, "narrative": "Valmis."}})
    run(workspace)
    (workspace.state / "ledger.sqlite3").unlink()
    moved = (replace(each, officers=(DIRECTOR,)) if each.code == "01.01" else each for each in PLAN.goals)
    plan = Plan(tuple(moved), PLAN.officers)
    workspace.plan.write_bytes(plan_bytes(plan, workspace.settings.headings, Words(workspace.settings.language)))
    assert bookmarks(run(workspace).published.path)["g_01_01_degree"].startswith("5")


def test_a_save_made_while_the_plan_was_broken_is_held_against_the_mended_one(workspace: Workspace) -> None:
    run(workspace)
    workspace.plan.write_bytes(b"broken")
    fill(form(workspace), {"01.01": {"degree": 5, "narrative": "Valmis."}})
    with pytest.raises(PlanError):
        run(workspace)
    goals = tuple(each for each in PLAN.goals if each.code != "01.01.02")
    plan = Plan(goals, PLAN.officers)
    workspace.plan.write_bytes(plan_bytes(plan, workspace.settings.headings, Words(workspace.settings.language)))
    document = run(workspace).published.path.read_bytes()
    assert "01.01.02" not in (workspace.inbox / f"{CLERK}.kuittaus.html").read_text(encoding="utf-8")
    (workspace.state / "ledger.sqlite3").unlink()
    assert run(workspace).published.path.read_bytes() == document


def test_a_late_save_is_taken_and_told_so(workspace: Workspace) -> None:
    late = change_settings(workspace.root, deadline=date(2026, 7, 1))
    fill(form(late), {"01.01": {"degree": 2}})
    result = run(late)
    assert degree(late, result, "01.01") == "2"


def test_unsigned_and_foreign_rows_are_told_and_not_taken(workspace: Workspace) -> None:
    workspace = change_settings(workspace.root, identity="open")
    fill(form(workspace, DIRECTOR), {"02": {"degree": 2, "officer": CLERK}}, to=workspace.inbox / "x.xlsx")
    (workspace.state / "key").unlink()
    result = run(workspace)
    assert rules(result, "x.xlsx") == ["unsigned", "not-your-goal"]
    assert result.status.faults[0].file == "x.xlsx"


def test_a_fault_of_ours_on_one_save_is_told_and_stops_no_other(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No child process can begin, so that the reader of .ods fails in a way that no file is to blame for."""
    with ZipFile(workspace.inbox / "vastaus.ods", "w") as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    fill(form(workspace), {"01.01": {"degree": 2, "narrative": "Etenee."}})
    monkeypatch.setattr("sys.executable", str(workspace.root / "no-python"))
    result = run(workspace)
    assert rules(result, "vastaus.ods") == ["program-fault"] and result.has_program_faults
    assert degree(workspace, result, "01.01") == "2"
    assert (workspace.inbox / "vastaus.ods.kuittaus.html").exists()
    monkeypatch.undo()
    (workspace.state / "ledger.sqlite3").unlink()
    assert "program-fault" not in rules(run(workspace), "vastaus.ods")


def test_a_form_that_carries_no_identity_has_no_word_of_its_own_told_as_unread(tmp_path: Path) -> None:
    init_example(tmp_path / "kunta")
    change_settings(tmp_path / "kunta", pdf=False, extracts=[], quiet_seconds=0)
    result = run_once(tmp_path / "kunta", clock())
    assert len(result.files) > 5
    assert [file.file for file in result.files if "not-read" in rules(result, file.file)] == []


def test_a_round_enters_what_it_places_at_one_moment_in_one_line(workspace: Workspace) -> None:
    """Each line of the journal waits for the disk: the receipt, then the documents, then workbook and page."""
    run(workspace)
    journal = workspace.state / "archive" / "journal.jsonl"
    before = len(journal.read_text(encoding="utf-8").splitlines())
    fill(form(workspace), {"01.01": {"degree": 2}})
    run(workspace)
    entries = [json.loads(line) for line in journal.read_text(encoding="utf-8").splitlines()[before:]]
    assert [entry["record"] for entry in entries] == ["save", "taken", "placed", "placed", "placed"]
    assert [name for name, _ in entries[-1]["files"]] == ["outbox/ratkaistavat.xlsx", "outbox/tilanne.html"]
