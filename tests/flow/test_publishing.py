"""The documents that a pass and a final put into the outbox, and what the next period makes of an earlier plan."""

import json
import os
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from hashlib import sha256
from pathlib import Path
from time import monotonic

import openpyxl
import pikepdf
import pytest
from docx import Document

from generator.app.editions import extract_editions
from generator.app.finalize import Finalized, make_final
from generator.app.forms import write_forms
from generator.app.intake import Clock
from generator.app.run import RunResult
from generator.app.run import run as run_once
from generator.app.status import current_status
from generator.domain.follow_up.open_items import Signature
from generator.domain.plan.goals import Goal, Plan, Translation
from generator.formats.docx.printed_values import printed_values, values_record
from generator.formats.pdf.libreoffice import CRASHED
from generator.formats.xlsx.plan_writer import plan_bytes
from generator.i18n.words import Words
from generator.workspace.folders import Workspace, open_workspace
from tests.builders import CLERK, DIRECTOR, PLAN, SETTINGS, goal
from tests.final_sheets import fill_final
from tests.flow.test_pass import clock, form
from tests.formats.pdf.pdfs import add_figure, add_table, small_pdf, stand_in
from tests.workspaces import (
    bookmarks,
    change_settings,
    command,
    cut_off_at,
    fill,
    make_workspace_with_forms,
    report_codes,
)

REASON = Signature("sihteeri", "2026-08-24T09:00:00+03:00", "Valtuusto kokoontuu.")


@pytest.fixture
def workspace(with_extracts: Workspace) -> Workspace:
    """A workspace that makes the whole report alone, for what concerns no extract."""
    return change_settings(with_extracts.root, extracts=[])


@pytest.fixture
def with_extracts(tmp_path: Path) -> Workspace:
    made = make_workspace_with_forms(tmp_path)
    fill(form(made), {"01.01": {"degree": 2, "narrative": "Alkoi."}, "01.10": {"degree": 3, "narrative": "Yksi."}})
    return made


def run(workspace: Workspace) -> RunResult:
    return run_once(workspace.root, clock())


def change_plan(workspace: Workspace, *goals: Goal) -> None:
    plan = Plan(goals, PLAN.officers)
    workspace.plan.write_bytes(plan_bytes(plan, workspace.settings.headings, Words(workspace.settings.language)))


def drafts(workspace: Workspace) -> list[str]:
    found = (path.relative_to(workspace.outbox).as_posix() for path in workspace.outbox.rglob("*.docx"))
    return sorted(name.replace("seurantaraportti-2026-1", "…") for name in found)


def text_of(path: Path) -> str:
    return "\n".join(paragraph.text for paragraph in Document(str(path)).paragraphs)


def test_each_pass_makes_the_extracts_and_the_other_languages(with_extracts: Workspace) -> None:
    run(change_settings(with_extracts.root, languages=["fi", "sv", "en"]))
    assert drafts(with_extracts) == [
        "kieliversiot/…-en-LUONNOS.docx",
        "kieliversiot/…-sv-LUONNOS.docx",
        "otteet/…-Hallintojohtaja-LUONNOS.docx",
        "otteet/…-Konsernipalvelut-LUONNOS.docx",
        "otteet/…-Sivistys-LUONNOS.docx",
        "otteet/…-Sivistysjohtaja-LUONNOS.docx",
        "…-LUONNOS.docx",
    ]
    assert "Alkoi." in bookmarks(next(with_extracts.outbox.glob("kieliversiot/*-sv-*.docx")))["g_01_01_narrative"]


def test_an_extract_holds_its_rows_and_their_ancestors_with_the_values_of_the_whole(with_extracts: Workspace) -> None:
    whole = bookmarks(run(with_extracts).published.path)
    for name, codes in {
        CLERK: ["01", "01.01", "01.01.01", "01.10"],
        "Sivistys": ["01", "01.01", "01.01.02", "02"],
    }.items():
        extract = bookmarks(next(with_extracts.outbox.glob(f"otteet/*-{name}-LUONNOS.docx")))
        assert report_codes(extract) == codes
        assert {key: text for key, text in extract.items() if key.startswith("g_")}.items() <= whole.items()


def test_what_is_up_to_date_is_not_written_again(with_extracts: Workspace) -> None:
    first = run(with_extracts)
    assert all(document.changed for document in first.documents) and len(first.documents) == 5
    assert not any(document.changed for document in run(with_extracts).documents)
    fill(form(with_extracts, DIRECTOR), {"02": {"degree": 4, "narrative": "Valmis."}})
    changed = [document.path.stem for document in run(with_extracts).documents if document.changed]
    assert [name.removeprefix("seurantaraportti-2026-1-") for name in changed] == [
        "LUONNOS",
        "Sivistysjohtaja-LUONNOS",
        "Sivistys-LUONNOS",
    ]


def test_extracts_may_be_left_out_and_go_with_their_officer_unless_somebody_edited_them(
    with_extracts: Workspace,
) -> None:
    run(with_extracts)
    edited = next(with_extracts.outbox.glob("otteet/*-Sivistysjohtaja-*.docx"))
    document = Document(str(edited))
    document.add_paragraph("Sihteerin lisäys")
    document.save(str(edited))
    change_plan(with_extracts, *(replace(each, officers=(CLERK,)) for each in PLAN.goals))
    run(with_extracts)
    assert [path.name for path in with_extracts.outbox.glob("otteet/*Sivistys*")] == [edited.name]
    run(change_settings(with_extracts.root, extracts=[]))
    assert [path.name for path in with_extracts.outbox.glob("otteet/*")] == [edited.name]


def test_names_that_a_file_system_takes_for_one_stay_apart() -> None:
    plan = Plan((goal("01", "Sivistys", division="SIVISTYS"), goal("02", "A/B"), goal("03", "A:B")))
    stems = [edition.stem for edition in extract_editions(plan, SETTINGS, Words(SETTINGS.language))]
    assert [stem.removeprefix("seurantaraportti-2026-1-") for stem in stems] == [
        "Sivistys",
        "A-B",
        "A-B (2)",
        "SIVISTYS (2)",
    ]


def test_a_final_is_listed_with_the_digest_of_each_document_and_what_the_agenda_asks(with_extracts: Workspace) -> None:
    run(change_settings(with_extracts.root, section="85 §", attachment="3", languages=["fi", "sv"]))
    made = make_final(change_settings(with_extracts.root, case_number="HAV/1/2026"), REASON)
    assert isinstance(made, Finalized)
    folder = made.docx.parent
    lines = (folder / "seurantaraportti-2026-1-SHA256SUMS.txt").read_text(encoding="utf-8").splitlines()
    digests = dict(reversed(line.split("  ", 1)) for line in lines if not line.startswith("#"))
    frozen = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*.*") if path.suffix != ".txt"}
    assert digests == {name: sha256(path.read_bytes()).hexdigest() for name, path in frozen.items()}
    assert {"seurantaraportti-2026-1-sv.docx", "otteet/seurantaraportti-2026-1-Sivistys.docx"} <= digests.keys()
    assert lines[2:6] == ["# Diaarinumero: HAV/1/2026", "# Päiväys: 24.8.2026", "# Pykälä: 85 §", "# Liite: 3"]
    assert "Liite\t3" in text_of(made.docx) and "LUONNOS" not in text_of(
        frozen["otteet/seurantaraportti-2026-1-Sivistys.docx"]
    )


def test_a_draft_later_than_the_final_says_so_and_so_does_the_status(workspace: Workspace) -> None:
    run(workspace)
    assert isinstance(make_final(workspace, REASON), Finalized)
    unchanged = run(workspace)
    assert not unchanged.published.changed and "lopullisen raportin jälkeen" not in text_of(unchanged.published.path)
    page = (workspace.outbox / "tilanne.html").read_text(encoding="utf-8")
    assert "24.8.2026" in page and "sihteeri" not in page and "luonnos on uudempi" not in page
    fill(form(workspace), {"01.01": {"degree": 4, "narrative": "Jatkui."}})
    late = run(workspace).published.path
    assert "LUONNOS, tehty lopullisen raportin jälkeen" in text_of(late)
    assert Document(str(late)).core_properties.content_status == "Luonnos, myöhempi kuin lopullinen raportti"
    assert "luonnos on uudempi" in (workspace.outbox / "tilanne.html").read_text(encoding="utf-8")
    change_plan(workspace, *PLAN.goals)
    assert isinstance(make_final(workspace, REASON), Finalized)
    assert "lopullisen raportin jälkeen" not in text_of(run(workspace).published.path)


def test_a_final_is_not_out_of_date_because_the_template_looks_different(workspace: Workspace) -> None:
    run(workspace)
    make_final(workspace, REASON)
    template = Document(str(workspace.template))
    template.add_paragraph("Havulahti")
    template.save(str(workspace.template))
    published = run(workspace).published
    assert published.is_final and not published.changed
    final = current_status(workspace.root).final
    assert final and final.is_current


def test_the_next_period_knows_by_the_earlier_plan_which_goals_are_new(workspace: Workspace) -> None:
    run(workspace)
    later = change_settings(workspace.root, id="2026-2", previous="2026-1")
    change_plan(
        later,
        goal("01"),
        goal("01.01", CLERK, title="Vesistöjä kunnostetaan"),
        replace(PLAN.by_code["01.10"], title="Tavoite 01.10, tarkennettu"),
        goal("01.11", CLERK, title="Uimahalli rakennetaan"),
    )
    values = bookmarks(run(later).published.path)
    degrees = {code: values[f"g_01_{code}_degree"].strip() for code in ("01", "10", "11")}
    assert degrees == dict.fromkeys(degrees, "Ei raportoitu")
    text = [[cell.text for cell in row.cells] for row in Document(str(run(later).published.path)).tables[-1].rows]
    assert [row[5].splitlines()[-1] for row in text[2:]] == ["uusi tavoite", "edellisellä kaudella 3", "uusi tavoite"]
    form(later).unlink()
    write_forms(later, CLERK, None)
    cells = openpyxl.load_workbook(form(later)).worksheets[0].iter_rows(values_only=True)
    earlier = {row[1]: (row[6], row[8]) for row in cells if row[1] and str(row[1]).startswith("01.")}
    assert earlier["01.01 Vesistöjä kunnostetaan"] == (None, None)
    assert earlier["01.10 Tavoite 01.10, tarkennettu"][1] == "Yksi."


def degrees(path: Path) -> dict[str, str]:
    """What stands last in each goal's cell of the degree."""
    rows = [[cell.text for cell in row.cells] for table in Document(str(path)).tables for row in table.rows]
    goals = [row for row in rows if len(row) == 8 and row[0] != "Valtuustokauden tavoite"]
    codes = [[cell for cell in row[:3] if cell != "–"][-1].partition(" ")[0] for row in goals]
    return {code: row[5].splitlines()[-1] for code, row in zip(codes, goals, strict=True)}


def test_other_headings_in_the_next_period_make_no_goal_new(workspace: Workspace) -> None:
    run(workspace)
    text = (workspace.root / "seuranta.toml").read_text(encoding="utf-8").replace("Vuositavoite", "Tehtävä")
    (workspace.root / "seuranta.toml").write_text(text.replace("Valtuustokauden tavoite", "Tavoite"), encoding="utf-8")
    later = change_settings(workspace.root, id="2026-2", previous="2026-1")
    change_plan(later, *PLAN.goals)
    made = degrees(run(later).published.path)
    assert made["01.10"] == "edellisellä kaudella\xa03" and "uusi tavoite" not in made.values()


@pytest.mark.parametrize("is_final", [True, False])
def test_a_plan_written_before_the_settings_name_its_period_is_not_the_earlier_one(
    workspace: Workspace,
    is_final: bool,  # noqa: FBT001
) -> None:
    run_once(workspace.root, at(1))
    if is_final:
        make_final(workspace, Signature("sihteeri", at(2).now().isoformat(), "Valtuusto kokoontuu."))
    change_plan(workspace, *PLAN.goals, goal("03", CLERK, title="Uimahalli rakennetaan"))
    run_once(workspace.root, at(3))
    later = change_settings(workspace.root, id="2026-2", previous="2026-1")
    assert degrees(run_once(later.root, at(4)).published.path)["03"] == "uusi tavoite"


def at(hour: int) -> Clock:
    return Clock(now=lambda: datetime(2026, 8, 3, hour, tzinfo=UTC), ticks=monotonic, wait=lambda _: None)


def test_same_bytes_from_other_inputs_are_written_once(with_extracts: Workspace) -> None:
    """A document that is made has its values put into the archive, also where the document lies there already."""
    run(with_extracts)
    documents = [path.read_bytes() for path in with_extracts.outbox.rglob("*.docx")]
    digests = {sha256(values_record(printed_values(document))).hexdigest() for document in documents}
    values = [with_extracts.state / "archive" / digest[:2] / f"{digest}.bin" for digest in digests]
    assert len(documents) == 5 and len(values) == 4, "two have the same values"
    for path in (*values, with_extracts.state / "ledger.sqlite3"):
        path.unlink()
    assert not any(document.changed for document in run(with_extracts).documents)
    assert all(path.exists() for path in values), "all were made"
    for path in values:
        path.unlink()
    run(with_extracts)
    assert not any(path.exists() for path in values), "none was made"


def test_a_pass_that_was_cut_off_before_the_pdf_is_made_good(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as cut:
        cut_off_at(cut, "LUONNOS.json")
        with pytest.raises(KeyboardInterrupt):
            run(workspace)
    assert not (workspace.outbox / "seurantaraportti-2026-1-LUONNOS.json").exists()
    assert_proven(run(workspace).published.path)


def assert_proven(report: Path) -> None:
    """The provenance beside a report is that of this very report."""
    proof = json.loads(report.with_suffix(".json").read_bytes())
    assert proof["digests"]["docx"] == sha256(report.read_bytes()).hexdigest()


def test_other_level_headings_make_the_document_anew(workspace: Workspace) -> None:
    run(workspace)
    text = (workspace.root / "seuranta.toml").read_text(encoding="utf-8").replace('"Toimenpide"', '"Tehtävä"')
    (workspace.root / "seuranta.toml").write_text(text, encoding="utf-8")
    later = open_workspace(workspace.root)
    change_plan(later, *PLAN.goals)
    assert Document(str(run(later).published.path)).tables[-1].rows[0].cells[2].text == "Tehtävä"


def test_a_row_that_moves_in_the_plan_and_a_later_deadline_make_no_draft_late(workspace: Workspace) -> None:
    run(workspace)
    make_final(workspace, REASON)
    book = openpyxl.load_workbook(workspace.plan)
    book.worksheets[0].insert_rows(3)
    book.save(workspace.plan)
    moved = change_settings(workspace.root, deadline=date(2026, 9, 1))
    assert "lopullisen raportin jälkeen" not in text_of(run(moved).published.path)
    final = current_status(moved.root).final
    assert final and final.is_current


def test_a_final_is_never_written_over(with_extracts: Workspace) -> None:
    change_plan(with_extracts, *(replace(each, division=CLERK) for each in PLAN.goals))
    run(with_extracts)
    made = make_final(with_extracts, REASON)
    assert isinstance(made, Finalized)
    frozen = {path: path.read_bytes() for path in made.docx.parent.rglob("*.*")}
    fill(form(with_extracts), {"01.01": {"degree": 5, "narrative": "Valmis."}})
    run(with_extracts)
    made.docx.rename(with_extracts.outbox / "siirretty.docx")
    del frozen[made.docx]
    again = make_final(with_extracts, REASON)
    assert isinstance(again, Finalized) and again.docx.name == "seurantaraportti-2026-1-versio-2.docx"
    assert {path: path.read_bytes() for path in frozen} == frozen


def beside(path: Path, number: str = "") -> Path:
    return path.with_name(f"{path.stem}-uusi{number}.docx")


@pytest.mark.parametrize("pattern", ["otteet/*-Hallintojohtaja-*.docx", "*-LUONNOS.docx"])
def test_a_document_lies_under_a_further_name_while_people_hold_its_places(
    with_extracts: Workspace, pattern: str
) -> None:
    run(with_extracts)
    document = next(with_extracts.outbox.glob(pattern))
    held = (document, beside(document), beside(document, "-2"))
    for path in held:
        path.write_bytes(b"somebody's")
    fill(form(with_extracts), {"01.01": {"degree": 5, "narrative": "Valmis."}})
    passed = command(with_extracts.root, "run")
    ours = beside(document, "-3")
    assert passed.code == 0 and ours.name in passed.out
    assert {path.read_bytes() for path in held} == {b"somebody's"}
    assert bookmarks(ours)["g_01_01_degree"].startswith("5")
    assert not [d for d in run(with_extracts).documents if d.error]
    for path in held[:2]:
        path.unlink()
    run(with_extracts)
    assert bookmarks(document)["g_01_01_degree"].startswith("5") and not ours.exists()
    assert held[2].read_bytes() == b"somebody's"


def test_a_document_beside_an_edited_one_is_made_once_and_goes_when_the_place_is_free(workspace: Workspace) -> None:
    report = run(workspace).published.path
    ours = report.read_bytes()
    report.write_bytes(b"somebody's")
    fill(form(workspace), {"01.01": {"degree": 5, "narrative": "Valmis."}})
    first = run(workspace).published
    assert first.changed and first.aside and not report.with_suffix(".json").exists()
    again = run(workspace).published
    assert (again.changed, again.aside) == (False, first.aside)
    stand = current_status(workspace.root)
    assert stand.report and stand.report_path == first.aside and stand.report.sha256 == first.sha256
    lock = first.aside.with_name(f"~${first.aside.name[2:]}")
    lock.write_bytes(b"owner")
    report.write_bytes(ours)
    assert run(workspace).published.place == report and first.aside.exists()
    lock.unlink()
    run(workspace)
    assert not first.aside.exists() and not first.aside.with_suffix(".json").exists()


@pytest.fixture
def starts(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program in LibreOffice's place, first on the path; this file has a byte for each time that it was started.

    Its PDFs have as many figures as it was started, so that they are never the same.
    """
    folder = tmp_path_factory.mktemp("bin")
    starts = folder / "starts"
    starts.touch()
    for number in range(1, 9):
        (folder / f"{number}.pdf").write_bytes(small_pdf(partial(add_figures, number)))
    body = (
        f"import pathlib, shutil\nstarts = pathlib.Path({str(starts)!r})\n"
        "with starts.open('a') as file:\n    file.write('x')\n"
        "shutil.copy(starts.with_name('%s.pdf' % starts.stat().st_size), target)"
    )
    stand_in(folder, body)
    monkeypatch.setenv("PATH", str(folder), prepend=os.pathsep)
    return starts


def add_figures(count: int, pdf: pikepdf.Pdf) -> None:
    """Adds figures, and more tables than the report has: a PDF that lacks some is not given out."""
    for number in range(count):
        add_figure(pdf, f"Kuva {number}")
    for _ in range(12):
        add_table(pdf, rows=12, columns=10)


@pytest.fixture
def with_pdf(workspace: Workspace, starts: Path) -> Workspace:
    """A workspace whose PDFs are made at once, and are never the same."""
    return change_settings(workspace.root, pdf=True)


def test_an_open_pdf_sends_the_new_report_beside_it_and_nothing_is_made_twice(with_pdf: Workspace) -> None:
    report = run(with_pdf).published.path
    pdf = report.with_suffix(".pdf")
    old = pdf.read_bytes()
    lock = pdf.with_name(f".~lock.{pdf.name}#")
    lock.write_bytes(b"owner")
    fill(form(with_pdf), {"01.01": {"degree": 5, "narrative": "Valmis."}})
    first = run(with_pdf).published
    assert first.changed and first.aside and pdf.read_bytes() == old
    assert_proven(report)
    assert_proven(first.aside)
    beside = first.aside.with_suffix(".pdf").read_bytes()
    again = run(with_pdf).published
    assert (again.changed, again.aside) == (False, first.aside)
    assert first.aside.with_suffix(".pdf").read_bytes() == beside
    lock.unlink()
    assert run(with_pdf).published.place == report and not first.aside.exists()


@pytest.mark.parametrize("ending", [".docx", ".pdf", ".json"])
def test_an_older_file_put_back_or_one_taken_away_is_made_good(with_pdf: Workspace, ending: str) -> None:
    file = run(with_pdf).published.path.with_suffix(ending)
    old = file.read_bytes()
    fill(form(with_pdf), {"01.01": {"degree": 5, "narrative": "Valmis."}})
    report = run(with_pdf).published.path
    new = file.read_bytes()
    for change in (lambda: file.write_bytes(old), lambda: file.unlink()):
        change()
        assert run(with_pdf).published.place.with_suffix(ending).exists()
        assert_proven(report)
        assert ending != ".docx" or file.read_bytes() == new
        assert file.read_bytes() != old
    assert not any(document.changed for document in run(with_pdf).documents)


def test_somebodys_own_provenance_sends_the_report_beside_it_and_nothing_is_made_twice(with_pdf: Workspace) -> None:
    report = run(with_pdf).published.path
    proof = report.with_suffix(".json")
    proof.write_bytes(b"somebody's")
    fill(form(with_pdf), {"01.01": {"degree": 5, "narrative": "Valmis."}})
    first = run(with_pdf).published
    assert first.aside and proof.read_bytes() == b"somebody's"
    assert_proven(first.aside)
    pdf = first.aside.with_suffix(".pdf").read_bytes()
    assert not run(with_pdf).published.changed and first.aside.with_suffix(".pdf").read_bytes() == pdf


def test_an_unchanged_value_keeps_the_provenance_of_the_save_that_it_came_with(workspace: Workspace) -> None:
    run_once(workspace.root, at(1))
    first = sha256(form(workspace).read_bytes()).hexdigest()
    fill(form(workspace), {"01.10": {"narrative": "Kaksi."}})
    report = run_once(workspace.root, at(2)).published.path
    proof = json.loads(report.with_suffix(".json").read_bytes())
    digests = {goal["code"]: {value["sha256"] for value in goal["values"]} for goal in proof["goals"]}
    changed = sha256(form(workspace).read_bytes()).hexdigest()
    assert digests["01.01"] == {first} and digests["01.10"] == {changed}


def test_an_acceptance_stands_in_the_drafts_provenance(workspace: Workspace) -> None:
    run(workspace)
    path = workspace.outbox / "ratkaistavat.xlsx"
    book = openpyxl.load_workbook(path)
    row = next(row for row in book.worksheets[0].iter_rows(min_row=5) if "\n02 " in f"\n{row[2].value}")
    row[3].value = "kyllä"
    book.save(path)
    proof = json.loads(run(workspace).published.path.with_suffix(".json").read_bytes())
    assert next(goal for goal in proof["goals"] if goal["code"] == "02")["accepted"]["who"]


def test_a_final_by_command_keeps_its_plan(with_extracts: Workspace) -> None:
    run_once(with_extracts.root, at(1))
    change_plan(with_extracts, *PLAN.goals, goal("03", CLERK, title="Uimahalli rakennetaan"))
    make_final(with_extracts, Signature("sihteeri", at(2).now().isoformat(), "Valtuusto kokoontuu."))
    later = change_settings(with_extracts.root, id="2026-2", previous="2026-1")
    assert degrees(run_once(later.root, at(3)).published.path)["03"] == "ei aiempaa arviota"


def test_a_final_by_the_workbook_leaves_no_late_draft(workspace: Workspace) -> None:
    run(workspace)
    make_final(workspace, REASON)
    fill(form(workspace), {"01.01": {"degree": 5, "narrative": "Valmis."}})
    assert "lopullisen raportin jälkeen" in text_of(run(workspace).published.path)
    fill_final(workspace.outbox / "ratkaistavat.xlsx")
    passed = run(workspace)
    assert isinstance(passed.final, Finalized)
    assert "lopullisen raportin jälkeen" not in text_of(passed.published.path)


def test_what_an_edited_report_says_otherwise_is_listed(workspace: Workspace) -> None:
    report = run(workspace).published.path
    edited = Document(str(report))
    edited.paragraphs[-1].runs[0].text = "Sihteerin lisäys"
    narrative = next(cell for row in edited.tables[-2].rows for cell in row.cells if cell.text == "Alkoi.")
    narrative.paragraphs[0].runs[0].text = "Alkoi keväällä."
    edited.save(str(report))
    run(workspace)
    said = command(workspace.root, "status").out
    assert "muu teksti, ei muokatussa: ”Raportti on koottu" in said
    assert "muu teksti, vain muokatussa: ”Sihteerin lisäys”" in said and "01.01 Eteneminen" not in said
    told = command(workspace.root, "status", "--json").json
    aside = report.with_name(f"{report.stem}-uusi.docx")
    assert (told["report"]["docx"], told["edited"]["docx"]) == (str(aside), str(report))
    ours, theirs = told["edited"]["differences"]
    assert (ours["code"], ours["field"], ours["edited"]) == ("", "", "") and ours["ours"].startswith("Raportti on")
    assert theirs == {"code": "", "field": "", "ours": "", "edited": "Sihteerin lisäys"}
    page = (workspace.outbox / "tilanne.html").read_text(encoding="utf-8")
    assert "on muokattu." in page and "muu teksti, vain muokatussa: ”Sihteerin lisäys”" in page
    fill(form(workspace), {"01.01": {"degree": 4, "narrative": "Alkoi jo talvella."}})
    run(workspace)
    assert "01.01 Eteneminen: ”Alkoi jo talvella.” → ”Alkoi keväällä.”" in command(workspace.root, "status").out
    report.write_bytes(b"somebody's")
    assert "mutta eroja ei voi lukea" in command(workspace.root, "status").out
    assert command(workspace.root, "status", "--json").json["edited"]["differences"] is None


def test_an_extract_asked_for_stays_though_no_pass_makes_it(with_extracts: Workspace) -> None:
    run(with_extracts)
    without = change_settings(with_extracts.root, extracts=[])
    run(without)
    asked = command(with_extracts.root, "report", "--officer", CLERK)
    run(without)
    assert Path(asked.out.strip()).exists()


def test_a_report_made_by_command_takes_its_companions_with_it(with_extracts: Workspace) -> None:
    run(with_extracts)
    path = with_extracts.outbox / "seurantaraportti-2026-1-LUONNOS.docx"
    with_extracts.plan.write_bytes(
        plan_bytes(Plan(PLAN.goals[:2]), with_extracts.settings.headings, Words(with_extracts.settings.language))
    )
    assert command(with_extracts.root, "report").out.strip() == str(path)
    assert (
        json.loads(path.with_suffix(".json").read_bytes())["digests"]["docx"] == sha256(path.read_bytes()).hexdigest()
    )


def test_a_long_name_has_a_place(with_extracts: Workspace) -> None:
    change_plan(with_extracts, goal("01", "ä" * 100))
    run(change_settings(with_extracts.root, id="kunnanvaltuuston-kausi-2026-1"))
    assert len(list(with_extracts.outbox.glob("otteet/*ä-LUONNOS.docx"))) == 1


def test_the_documents_of_other_languages_have_the_plans_own_titles_in_them(workspace: Workspace) -> None:
    swedish = replace(PLAN.by_code["01.01"], translations=(Translation("sv", "Ekonomin är i balans"),))
    change_plan(workspace, *(swedish if each.code == "01.01" else each for each in PLAN.goals))
    run(change_settings(workspace.root, languages=["fi", "sv"]))
    values = bookmarks(next(workspace.outbox.glob("kieliversiot/*-sv-*.docx")))
    assert values["g_01_01_title"].strip() == "01.01 Ekonomin är i balans"
    assert values["g_01_10_title"].strip() == "01.10 Tavoite 01.10"
    assert (
        bookmarks(workspace.outbox / "seurantaraportti-2026-1-LUONNOS.docx")["g_01_01_title"].strip()
        == "01.01 Tavoite 01.01"
    )


def test_the_documents_of_other_languages_call_things_by_their_names_there(workspace: Workspace) -> None:
    settings = workspace.root / "seuranta.toml"
    names = '[names.sv]\nmunicipality = "Havulax"\norgan = "Kommunfullmäktige"\nperiod = "januari–juni 2026"\n'
    settings.write_text(settings.read_text(encoding="utf-8") + names, encoding="utf-8")
    run(change_settings(workspace.root, languages=["fi", "sv"]))
    swedish = text_of(next(workspace.outbox.glob("kieliversiot/*-sv-*.docx")))
    assert "Havulax, Kommunfullmäktige" in swedish and "januari–juni 2026" in swedish
    assert "Havulan kunta" not in swedish and "tammi" not in swedish
    assert "tammi" in text_of(workspace.outbox / "seurantaraportti-2026-1-LUONNOS.docx")


def test_an_extract_is_not_the_whole_reports_attachment(with_extracts: Workspace) -> None:
    run(change_settings(with_extracts.root, attachment="3"))
    assert "Liite" not in text_of(next(with_extracts.outbox.glob("otteet/*-Sivistys-*.docx")))


def test_a_save_of_the_same_values_makes_no_pdf_and_no_provenance_anew(with_pdf: Workspace, starts: Path) -> None:
    fill(form(with_pdf), {"01.01": {"degree": 5, "narrative": "Valmis."}})
    first = run(with_pdf).published
    proof = json.loads(first.path.with_suffix(".json").read_bytes())
    book = openpyxl.load_workbook(form(with_pdf))
    book.properties.keywords = "tallennettu uudelleen"
    book.save(form(with_pdf))
    second = run(with_pdf).published
    assert (second.sha256, second.changed, starts.stat().st_size) == (first.sha256, False, 1)
    later = json.loads(first.path.with_suffix(".json").read_bytes())
    assert later["digests"]["pdf"] == proof["digests"]["pdf"] and later["pdf"] == proof["pdf"]
    assert later["goals"] == proof["goals"]  # an unchanged value keeps the save that it came with


def test_the_old_pdf_goes_with_its_document(with_pdf: Workspace, starts: Path) -> None:
    report = run(with_pdf).published.path
    assert report.with_suffix(".pdf").exists()
    stand_in(starts.parent, "raise SystemExit(3)")
    fill(form(with_pdf), {"01.01": {"degree": 5, "narrative": "Valmis."}})
    result = run(with_pdf)
    assert not report.with_suffix(".pdf").exists() and result.published.changed
    (told,) = result.problems
    assert told.message == CRASHED[0] and ("value", "3") in told.details
    assert current_status(with_pdf.root).problems == result.problems
    assert json.loads(report.with_suffix(".json").read_bytes())["digests"]["pdf"] == ""
