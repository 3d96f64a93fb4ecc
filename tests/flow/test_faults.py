"""A fault of one file, one answer or one document stops only itself, is told, and is tried again."""

import json
import os
import re
import shutil
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from docx import Document

from generator.app.forms import write_forms
from generator.app.rounds import Rounds
from generator.app.run import RunResult, make_keeper, opened, settle
from generator.app.run import run as run_once
from generator.app.status import current_status
from generator.app.untaken import has_untaken
from generator.domain.plan.goals import Plan
from generator.domain.submission.checks import Verdict
from generator.errors import FolderError, PlanError, SettingsError, TemplateError
from generator.formats.xlsx.plan_writer import plan_bytes
from generator.i18n.words import Words
from generator.workspace.folders import Workspace
from tests.builders import CLERK, DIRECTOR, PLAN, ROOT, SETTINGS, goal
from tests.flow.test_pass import clock, degree, form, patient_clock, run, workspace
from tests.workspaces import bookmarks, change_settings, command, fill, make_workspace

__all__ = ["workspace"]
TEXT = "Työ etenee."
SAVED = {"01.01": {"degree": 2, "narrative": TEXT}}


def journal(workspace: Workspace) -> Path:
    return workspace.state / "archive" / "journal.jsonl"


def ledger(workspace: Workspace) -> Path:
    return workspace.state / "ledger.sqlite3"


def lines(workspace: Workspace, kind: str) -> list[dict[str, object]]:
    records = [json.loads(line) for line in journal(workspace).read_text(encoding="utf-8").splitlines()]
    return [record for record in records if record["record"] == kind]


def reported(workspace: Workspace) -> set[str]:
    """The goals that are reported, as `status` tells."""
    return {item.goal.code for item in current_status(workspace.root).status.follow_up.reported}


def told(workspace: Workspace) -> str:
    """What `status` and tilanne.html tell of problems; both must tell the same."""
    status = command(workspace.root, "status", "--json").json["problems"]
    page = (workspace.outbox / "tilanne.html").read_text(encoding="utf-8")
    for problem in status:
        assert problem["what"].split("\n")[0].replace("&", "&amp;").replace('"', "&#34;") in page
    return "\n".join(f"{each['what']} {each['advice']}" for each in status)


@pytest.mark.parametrize("length", [225, 240, 243, 250])
def test_a_name_as_long_as_a_file_system_allows_is_answered_and_stops_nobody(workspace: Workspace, length: int) -> None:
    name = "ä" * ((length - 5) // 2) + "x" * ((length - 5) % 2) + ".xlsx"
    fill(form(workspace), SAVED, to=workspace.inbox / name)
    fill(form(workspace, DIRECTOR), {"02": {"degree": 3, "narrative": TEXT}})
    result = run(workspace)
    assert {taken.file for taken in result.files} == {name, f"{DIRECTOR}.xlsx"} and result.unanswered == ()
    assert len(list(workspace.inbox.glob("*.kuittaus.html"))) == 2
    (workspace.inbox / name).unlink()
    assert run(workspace).problems == ()


def test_an_answer_that_cannot_be_placed_stops_no_other_and_no_report(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder refuses as one without permission does, for root too."""
    closed = workspace.inbox / "suljettu"
    fill(form(workspace), SAVED, to=closed / "vastaus.xlsx")
    fill(form(workspace, DIRECTOR), {"02": {"degree": 3, "narrative": TEXT}})
    os_open = os.open

    def refuse(path: object, *given: int, **named: int) -> int:
        if "suljettu" in os.fsdecode(str(path)) and given[0] & os.O_CREAT:
            raise PermissionError(13, "Permission denied", str(path))
        return os_open(path, *given, **named)  # type: ignore[arg-type]

    with monkeypatch.context() as shut:
        shut.setattr(os, "open", refuse)
        result = run(workspace)
    assert result.unanswered == ("suljettu/vastaus.xlsx",) and "suljettu" in result.problems[0].place
    assert (workspace.inbox / f"{DIRECTOR}.kuittaus.html").exists()
    assert (degree(workspace, result, "01.01"), degree(workspace, result, "02")) == ("2", "3")
    assert "suljettu" in told(workspace)
    assert run(workspace).unanswered == () and (closed / "vastaus.kuittaus.html").exists()
    assert told(workspace) == ""


def test_a_save_that_the_archive_lost_is_a_finding_of_that_save_alone(workspace: Workspace) -> None:
    fill(form(workspace), SAVED)
    fill(form(workspace, DIRECTOR), {"02": {"degree": 3, "narrative": TEXT}})
    run(workspace)
    digest = str(next(line["digest"] for line in lines(workspace, "save") if line["path"] == f"{CLERK}.xlsx"))
    (workspace.state / "archive" / digest[:2] / f"{digest}.bin").unlink()
    form(workspace).write_bytes(b"something else by now")
    ledger(workspace).unlink()
    result = run(workspace)
    (lost, _) = (taken for taken in result.files if taken.file == f"{CLERK}.xlsx")
    assert [finding.rule for finding in lost.checked.findings] == ["archive-missing"]
    assert reported(workspace) == {"02"} and f"{CLERK}.xlsx" in told(workspace)
    assert "varmuuskopio" in Words(SETTINGS.language).advice(lost.checked.findings[0])


@pytest.mark.parametrize("harm", ["garbage", "flipped", "emptied", "a directory's bytes"])
def test_a_damaged_ledger_is_put_aside_and_made_anew_aloud(workspace: Workspace, harm: str) -> None:
    fill(form(workspace), SAVED)
    before = degree(workspace, run(workspace), "01.01")
    data = bytearray(ledger(workspace).read_bytes())
    if harm == "flipped":
        for place in (i for i in range(len(data)) if data[i : i + len(TEXT)] == TEXT.encode()[: len(TEXT)]):
            data[place] ^= 1
    ledger(workspace).write_bytes(
        {"garbage": b"x" * 8192, "flipped": bytes(data), "emptied": b""}.get(harm, data[:5000])
    )
    fill(form(workspace, DIRECTOR), {"02": {"degree": 4, "narrative": TEXT}})
    result = run(workspace)
    assert (degree(workspace, result, "01.01"), degree(workspace, result, "02")) == (before, "4")
    if harm != "emptied":  # an empty file is an empty ledger
        assert "ledger.sqlite3.aside-1" in told(workspace) and lines(workspace, "rebuilt")[-1]["reason"] == "damaged"
        (workspace.state / "ledger.sqlite3.aside-1").unlink()
    assert run(workspace).problems == () and told(workspace) == ""


def test_a_byte_that_flipped_in_a_kept_answer_is_never_printed(workspace: Workspace) -> None:
    fill(form(workspace), {"01.01": {"degree": 2, "narrative": "Sopimus on tehty."}})
    run(workspace)
    with closing(sqlite3.connect(ledger(workspace))) as connection, connection:
        connection.execute("UPDATE entries SET narrative = 'Sopimus on tekty.'")
    result = run(workspace)
    assert "tekty" not in zipfile.ZipFile(result.published.path).read("word/document.xml").decode()
    assert lines(workspace, "rebuilt")


@pytest.mark.parametrize("harm", ["restored", "cut in the last line", "emptied"])
def test_an_archive_put_back_from_a_backup_loses_no_later_save(workspace: Workspace, harm: str) -> None:
    for value in (1, 2, 3):
        fill(form(workspace), {"01.01": {"degree": value, "narrative": TEXT}})
        run(workspace)
        if value == 1:
            backup = journal(workspace).read_bytes()
    highest = max(int(str(line["sequence"])) for line in lines(workspace, "save"))
    whole = journal(workspace).read_bytes()
    last = whole.rfind(b'"record": "save"')
    journal(workspace).write_bytes({"restored": backup, "emptied": b""}.get(harm, whole[: last + 30]))
    for value in (4, 5, 1):
        fill(form(workspace), {"01.01": {"degree": value, "narrative": TEXT}})
        result = run(workspace)
        assert degree(workspace, result, "01.01") == str(value)
        assert [taken.checked.verdict for taken in result.files][-1:] == [Verdict.ACCEPTED]
    assert min(int(str(line["sequence"])) for line in lines(workspace, "save")[-3:]) > highest
    assert f"{CLERK}.xlsx" in {path.name for path in workspace.inbox.iterdir()} and reported(workspace) >= {"01.01"}
    assert [line["reason"] for line in lines(workspace, "rebuilt")] == ["another journal"]


def test_a_rule_of_another_name_in_the_ledger_is_no_crash(workspace: Workspace) -> None:
    fill(form(workspace), {"01.01": {"degree": 7, "narrative": TEXT}})
    run(workspace)
    with closing(sqlite3.connect(ledger(workspace))) as connection, connection:
        connection.execute("UPDATE findings SET rule = 'degree-beyond-scale'")
    asked = command(workspace.root, "status", "--json")
    assert asked.code == 0
    assert command(workspace.root, "run").code == 0
    assert [fault.finding.rule for fault in current_status(workspace.root).status.faults] == ["degree-out-of-scale"]


def break_settings(workspace: Workspace) -> Path:
    path = workspace.root / "seuranta.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('rollup = "median"', 'rollup = "mean"'), encoding="utf-8")
    return path


def remove_settings(workspace: Workspace) -> Path:
    path = workspace.root / "seuranta.toml"
    path.rename(path.with_suffix(".away"))
    return path


def empty_settings(workspace: Workspace) -> Path:
    path = workspace.root / "seuranta.toml"
    path.write_bytes(b"")
    return path


def block_settings(workspace: Workspace) -> Path:
    path = remove_settings(workspace)
    path.mkdir()
    return path


def unprintable_settings(workspace: Workspace) -> Path:
    path = workspace.root / "seuranta.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r'(?m)^municipality = "', r'municipality = "\\u0007', text, count=1), encoding="utf-8")
    return path


def break_plan(workspace: Workspace) -> Path:
    workspace.plan.write_bytes(b"broken")
    return workspace.plan


def break_template(workspace: Workspace) -> Path:
    workspace.template.write_bytes(b"broken")
    return workspace.template


def break_outbox(workspace: Workspace) -> Path:
    workspace.outbox.rename(workspace.root / "away")
    workspace.outbox.write_bytes(b"no folder")
    return workspace.outbox


BROKEN = {
    "settings": (break_settings, SettingsError),
    "settings gone": (remove_settings, SettingsError),
    "settings empty": (empty_settings, SettingsError),
    "settings a folder": (block_settings, FolderError),
    "settings unprintable": (unprintable_settings, SettingsError),
    "plan": (break_plan, PlanError),
    "template": (break_template, TemplateError),
    "outbox": (break_outbox, FolderError),
}


@pytest.mark.parametrize("what", BROKEN)
def test_what_is_broken_is_named_and_saves_are_kept_all_the_same(workspace: Workspace, what: str) -> None:
    fill(form(workspace), SAVED)
    run(workspace)
    harm, error = BROKEN[what]
    broken = harm(workspace)
    fill(form(workspace, DIRECTOR), {"02": {"degree": 3, "narrative": TEXT}})
    with pytest.raises(error):
        run_once(workspace.root, patient_clock())
    assert [line["path"] for line in lines(workspace, "save")] == [f"{CLERK}.xlsx", f"{DIRECTOR}.xlsx"]
    problems = command(workspace.root, "status", "--json").json["problems"]
    assert any(broken.name in problem["what"] or broken.name in problem["where"] for problem in problems)
    if what != "outbox":
        page = (workspace.outbox / "tilanne.html").read_text(encoding="utf-8")
        assert broken.name in page and "Mikään ei odota" not in page


@pytest.mark.parametrize("what", ["settings", "settings gone", "plan"])
def test_what_has_been_mended_is_no_problem_any_more(workspace: Workspace, what: str) -> None:
    """`status` looks at it anew; it does not wait for the next round."""
    path = workspace.plan if what == "plan" else workspace.root / "seuranta.toml"
    good = path.read_bytes()
    run(workspace)
    harm, error = BROKEN[what]
    harm(workspace)
    with pytest.raises(error):
        run(workspace)
    assert command(workspace.root, "status", "--json").json["problems"]
    path.write_bytes(good)
    assert command(workspace.root, "status", "--json").json["problems"] == []


@pytest.mark.parametrize("what", ["settings", "plan"])
def test_no_round_follows_at_once_while_no_save_can_be_taken(workspace: Workspace, what: str) -> None:
    """The watch went round and round, a whole processor long, until what was broken was mended."""
    path = workspace.plan if what == "plan" else workspace.root / "seuranta.toml"
    good = path.read_bytes()
    run(workspace)
    harm, _ = BROKEN[what]
    harm(workspace)
    fill(form(workspace), SAVED)
    keeper = make_keeper(workspace.root, clock())
    settle(keeper, clock())
    with opened(workspace.root, keeper, clock()) as (session, broken):
        rounds = Rounds(session, clock().now, broken.settings_error)
        assert not rounds.take() and has_untaken(session)
        assert rounds.is_blocked() and not rounds.untaken()
        path.write_bytes(good)
        assert rounds.take() and not has_untaken(session)
        assert not rounds.is_blocked()


def test_a_broken_template_holds_no_answer_back(workspace: Workspace) -> None:
    break_template(workspace)
    fill(form(workspace), SAVED)
    assert command(workspace.root, "run").code == 3
    assert (workspace.inbox / f"{CLERK}.kuittaus.html").exists()
    assert reported(workspace) == {"01.01"}


def test_settings_broken_from_the_start_keep_saves_too(tmp_path: Path) -> None:
    made = make_workspace(tmp_path)
    break_settings(made)
    (made.inbox / "vastaus.xlsx").write_bytes(b"anything")
    assert command(tmp_path, "run").code == 2
    assert [line["path"] for line in lines(made, "save")] == ["vastaus.xlsx"]
    assert command(tmp_path, "status").code == 2


@pytest.mark.parametrize("kind", ["refused", "unreadable", "of another period"])
def test_a_copy_of_what_was_not_taken_is_never_called_taken(workspace: Workspace, kind: str) -> None:
    first = workspace.inbox / "a.xlsx"
    if kind == "unreadable":
        first.write_bytes(b"no workbook")
    else:
        fill(form(workspace), {"01.01": {"degree": 7 if kind == "refused" else 2, "narrative": TEXT}}, to=first)
    if kind == "of another period":
        change_settings(workspace.root, id="2026-2")
    run(workspace)
    (workspace.inbox / "b.xlsx").write_bytes(first.read_bytes())
    (copy,) = run(workspace).files
    assert copy.file == "b.xlsx" and "copy" not in [finding.rule for finding in copy.checked.findings]
    assert copy.checked.verdict is not Verdict.ACCEPTED


def test_a_form_of_another_period_in_the_way_is_said_and_is_a_failure(workspace: Workspace) -> None:
    fill(form(workspace), SAVED)
    change_settings(workspace.root, id="2026-2")
    said = command(workspace.root, "forms")
    assert said.code == 1 and "toisen kauden lomake" in said.out


def test_a_lost_record_of_our_own_files_heals_and_nothing_of_a_person_is_taken_for_ours(workspace: Workspace) -> None:
    fill(form(workspace), SAVED)
    run(workspace)
    kept = [line for line in journal(workspace).read_bytes().splitlines(keepends=True) if b'"placed"' not in line]
    journal(workspace).write_bytes(b"".join(kept))
    fill(form(workspace), {"01.01": {"degree": 3, "narrative": TEXT}})
    result = run(workspace)
    assert result.published.aside is None and degree(workspace, result, "01.01") == "3"
    assert {taken.file for taken in result.files} == {f"{CLERK}.xlsx"}  # the other's untouched form is still ours
    assert "3 " in (workspace.inbox / f"{CLERK}.kuittaus.html").read_text(encoding="utf-8")
    assert not list(workspace.outbox.glob("*-uusi*"))


def test_the_receipt_of_a_file_that_is_gone_goes_too(workspace: Workspace) -> None:
    fill(form(workspace), {"01.01": {"degree": 7, "narrative": TEXT}}, to=workspace.inbox / "a.xlsx")
    run(workspace)
    assert (workspace.inbox / "a.kuittaus.html").exists() and (workspace.inbox / "a.korjattavaa.xlsx").exists()
    (workspace.inbox / "a.xlsx").unlink()
    run(workspace)
    result: RunResult = run_once(workspace.root, clock())
    assert lines(workspace, "gone") and result.problems == ()
    assert not list(workspace.inbox.glob("a.*"))


def test_a_state_of_the_first_version_is_taken_over(tmp_path: Path) -> None:
    """Its decision, its final and its own files count; nothing is read or judged again."""
    with zipfile.ZipFile(ROOT / "tests" / "fixtures" / "workspace-0.1.0.zip") as kept:
        kept.extractall(tmp_path)
    stand = current_status(tmp_path)
    assert stand.final and stand.final.is_current and stand.status.follow_up.disputed == ()
    change_settings(tmp_path, pdf=False, quiet_seconds=0)
    result = run_once(tmp_path, clock())
    assert (result.files, result.published.aside) == ((), None)
    asked = [dict(problem.details)["key"] for problem in result.problems]
    assert asked == ["municipality", "period.report_date"]
    assert degree(current_status(tmp_path).workspace, result, "01.10") == "4"
    assert not list(tmp_path.rglob("*.aside-*")) and not list(tmp_path.rglob("acts.jsonl"))
    again = run_once(tmp_path, clock())
    assert not again.is_news and again.published.sha256 == result.published.sha256


def test_messages_name_only_commands_that_exist() -> None:
    from generator.cli.commands import app

    names = {command.callback.__name__ for command in app.registered_commands if command.callback}
    names |= {group.name for group in app.registered_groups if group.name}
    catalogue = (ROOT / "generator/i18n/locale/fi/LC_MESSAGES/seuranta.po").read_text(encoding="utf-8")
    asked = set(re.findall(r"(?<!=)seuranta ([a-z]+)", catalogue))
    assert "plan import" not in catalogue
    assert asked <= names, asked - names


@pytest.mark.parametrize("state", ["as it is", "no ledger", "torn ledger", "stale ledger", "no state"])
def test_questions_write_nothing(workspace: Workspace, state: str) -> None:
    fill(form(workspace), SAVED)
    if state != "no state":
        run(workspace)
    if state == "no ledger":
        ledger(workspace).unlink()
    if state == "torn ledger":
        ledger(workspace).write_bytes(ledger(workspace).read_bytes()[:6000])
    if state == "stale ledger":
        old = ledger(workspace).read_bytes()
        fill(form(workspace), {"01.01.01": {"degree": 4, "narrative": TEXT}})
        run(workspace)
        ledger(workspace).write_bytes(old)
    if state == "no state":
        shutil.rmtree(workspace.state)
    before = {path: (path.stat().st_mtime_ns, path.is_dir() or path.read_bytes()) for path in workspace.root.rglob("*")}
    status = command(workspace.root, "status", "--json")
    checked = command(workspace.root, "check", str(form(workspace)), "--json")
    plan, template = command(workspace.root, "plan", "check"), command(workspace.root, "template", "check")
    assert (status.code, checked.code, plan.code, template.code) == (0, 0, 0, 0)
    wanted = {"no state": 0, "stale ledger": 2}.get(state, 1)
    assert status.json["goals"]["reported"] == wanted
    after = {path: (path.stat().st_mtime_ns, path.is_dir() or path.read_bytes()) for path in workspace.root.rglob("*")}
    assert after == before


def test_finalize_refuses_beside_an_edited_draft_and_without_a_reason_beside_a_refused_save(
    workspace: Workspace,
) -> None:
    fill(form(workspace), {"01.01": {"degree": 7, "narrative": TEXT}})
    report = run(workspace).published.path
    asked = command(workspace.root, "finalize")
    assert asked.code == 1 and f"{CLERK}.xlsx" in asked.out
    good = report.read_bytes()
    edited = Document(str(report))
    edited.add_paragraph("Kunnanjohtajan jälkisanat.")
    edited.save(str(report))
    refused = command(workspace.root, "finalize", "--because", "Valtuusto kokoontuu.")
    assert refused.code == 1 and report.name in refused.out
    report.write_bytes(good)
    assert command(workspace.root, "finalize", "--because", "Valtuusto kokoontuu.").code == 0


def test_finalize_refuses_a_document_that_lacks_a_goals_row(workspace: Workspace) -> None:
    """The template's rows are cut out of it, as a hand in Word may do."""
    parts = zipfile.ZipFile(workspace.template)
    cut = workspace.root / "cut.docx"
    with zipfile.ZipFile(cut, "w") as book:
        for name in parts.namelist():
            data = parts.read(name)
            if name == "word/document.xml":
                start = data.index(b"{%tr for row in section.rows")
                row = data.rindex(b"<w:tr", 0, start)
                end = data.index(b"</w:tbl>", start)
                data = data[:row] + data[end:]
            book.writestr(name, data)
    workspace.template.write_bytes(cut.read_bytes())
    refused = command(workspace.root, "finalize", "--because", "Valtuusto kokoontuu.")
    assert refused.code == 3 and "01.01" in refused.err
    assert not (workspace.outbox / "lopulliset").exists()


def test_forms_are_recorded_with_their_cells(workspace: Workspace) -> None:
    issued = lines(workspace, "form")
    assert {line["officer"] for line in issued} == {CLERK, DIRECTOR}
    for line in issued:
        digest = str(line["digest"])
        assert (workspace.state / "archive" / digest[:2] / f"{digest}.bin").exists()
    assert write_forms(workspace)[0].state.value == "unchanged"


@pytest.mark.parametrize("ending", [".korjattavaa.xlsx", ".kuittaus.html"])
@pytest.mark.parametrize("kind", ["folder", "pipe", "edited"])
def test_what_a_person_put_in_the_place_of_an_answer_stops_nobody_and_is_told(
    workspace: Workspace, ending: str, kind: str
) -> None:
    place = workspace.inbox / f"{CLERK}{ending}"
    if kind == "edited":
        place.write_bytes(b"somebody's")
    elif kind == "folder":
        place.mkdir()
    else:
        os.mkfifo(place)
    fill(form(workspace), {"01.01": {"degree": 7, "narrative": TEXT}})
    fill(form(workspace, DIRECTOR), {"02": {"degree": 3, "narrative": TEXT}})
    result = run(workspace)
    assert degree(workspace, result, "02") == "3" and (workspace.inbox / f"{DIRECTOR}.kuittaus.html").exists()
    if ending == ".kuittaus.html":
        assert result.unanswered == (f"{CLERK}.xlsx",) and place.name in told(workspace)
    else:
        assert (workspace.inbox / f"{CLERK}.korjattavaa-2.xlsx").exists()


def test_a_plan_saved_while_documents_are_made_is_reported_in_the_same_run(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The plan changes once, while the first receipt is put in its place."""
    change_settings(workspace.root, extracts=["officer"])
    fill(form(workspace), SAVED)
    plan = Plan((*PLAN.goals, goal("03", CLERK)), PLAN.officers)
    other = plan_bytes(plan, SETTINGS.headings, Words(workspace.settings.language))
    changed: list[str] = []
    link = os.link

    def change_plan(source: str, target: str, **named: bool) -> None:
        if str(target).endswith(".kuittaus.html") and not changed:
            changed.append("once")
            workspace.plan.write_bytes(other)
        link(source, target, **named)

    monkeypatch.setattr(os, "link", change_plan)
    result = run(workspace)
    assert changed
    assert degree(workspace, result, "01.01") == "2" and len(result.documents) > 1
    assert "g_03_title" in bookmarks(result.published.path)
    assert not run(workspace).is_news


def test_bytes_that_the_archive_lost_are_kept_again_from_the_inbox(workspace: Workspace) -> None:
    fill(form(workspace), SAVED)
    run(workspace)
    digest = str(lines(workspace, "save")[0]["digest"])
    (workspace.state / "archive" / digest[:2] / f"{digest}.bin").unlink()
    ledger(workspace).unlink()
    result = run(workspace)
    assert degree(workspace, result, "01.01") == "2" and reported(workspace) == {"01.01"}
    assert (workspace.state / "archive" / digest[:2] / f"{digest}.bin").exists()


@pytest.mark.parametrize("name", ["tilanne.html", "ratkaistavat.xlsx"])
def test_a_page_of_ours_that_somebody_changed_is_left_alone_and_told(workspace: Workspace, name: str) -> None:
    run(workspace)
    path = workspace.outbox / name
    path.unlink()
    path.mkdir()
    fill(form(workspace), SAVED)
    result = run(workspace)
    assert degree(workspace, result, "01.01") == "2"
    problems = command(workspace.root, "status", "--json").json["problems"]
    assert [name in problem["what"] for problem in problems] == [True]
    path.rmdir()
    assert run(workspace).problems == () and path.is_file()


def test_a_file_that_comes_back_is_answered_again(workspace: Workspace) -> None:
    saved, away = workspace.inbox / "a.xlsx", workspace.root / "a.xlsx"
    fill(form(workspace), SAVED, to=saved)
    run(workspace)
    saved.rename(away)
    run(workspace)
    assert not (workspace.inbox / "a.kuittaus.html").exists()
    away.rename(saved)
    run(workspace)
    assert (workspace.inbox / "a.kuittaus.html").exists()
    assert len(lines(workspace, "save")) == 1 and len(lines(workspace, "back")) == 1
