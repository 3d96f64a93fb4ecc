"""The next period in a workspace: compared with what the council dealt with, under a programme that has changed."""

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from docx import Document

from generator.app.comparison import DealtWith, make_comparison
from generator.app.decisions import decide
from generator.app.finalize import Finalized, make_final
from generator.app.forms import write_forms
from generator.app.run import run as run_once
from generator.app.session import ask
from generator.domain.follow_up.comparison import Basis, Beginning, ComparedReport
from generator.domain.follow_up.open_items import Signature
from generator.domain.plan.goals import Goal, Plan
from generator.formats.xlsx.plan_writer import plan_bytes
from generator.i18n.words import Words
from generator.workspace.folders import Workspace
from tests.builders import CLERK, DIRECTOR, PLAN, goal
from tests.flow.test_pass import clock, form
from tests.workspaces import bookmarks, change_settings, command, fill, make_workspace, make_workspace_with_forms

REASON = Signature("sihteeri", "2026-08-24T09:00:00+03:00", "Valtuusto kokoontuu.")
FINAL = "Vertailukohta: edellisen raportointikauden (tammi–kesäkuu 2026) lopullinen raportti, versio 1."
HELD = (
    "Vertailukohta: edellisen raportointikauden (tammi–kesäkuu 2026) viimeisimmät tiedot; kautta ei ole vahvistettu "
    "lopulliseksi."
)
UNRECORDED = (
    "Vertailukohta: edellisen raportointikauden (tammi–kesäkuu 2026) viimeisimmät tiedot; version 1 painettuja asteita "
    "ei ole tallessa."
)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return make_workspace_with_forms(tmp_path, extracts=[])


def said(degree: int) -> dict[str, object]:
    return {"degree": degree, "narrative": "Työ etenee suunnitellusti."}


def save(workspace: Workspace, officer: str = CLERK, /, **degrees: int) -> None:
    """An officer saves degrees, codes as `g01_02=3`, and a run takes them."""
    fill(form(workspace, officer), {name[1:].replace("_", "."): said(degree) for name, degree in degrees.items()})
    run_once(workspace.root, clock())


def finalize(workspace: Workspace) -> Finalized:
    made = make_final(workspace, REASON)
    assert isinstance(made, Finalized)
    return made


def change_plan(workspace: Workspace, *goals: Goal) -> None:
    plan = Plan(goals, PLAN.officers)
    workspace.plan.write_bytes(plan_bytes(plan, workspace.settings.headings, Words(workspace.settings.language)))


def next_period(workspace: Workspace, **settings: object) -> Workspace:
    """The settings name the next period, and its forms lie in place of the old ones."""
    later = change_settings(workspace.root, id="2026-2", previous="2026-1", **settings)
    for path in later.inbox.glob("*.xlsx"):
        path.unlink()
    write_forms(later)
    return later


def report(workspace: Workspace) -> Path:
    run_once(workspace.root, clock())
    return next(workspace.outbox.glob("seurantaraportti-2026-2-LUONNOS.docx"))


def degree(workspace: Workspace, code: str) -> str:
    return rows(workspace)[code]


def rows(workspace: Workspace) -> dict[str, str]:
    """What stands in each goal's cell of the degree, its paragraphs parted by ` / `."""
    found = {}
    for table in Document(str(report(workspace))).tables:
        for row in (row for row in table.rows if len(row.cells) == 8):
            titles = [cell.text for cell in row.cells[:3] if cell.text != "–"]
            found[titles[-1].partition(" ")[0]] = " / ".join(row.cells[5].text.splitlines())
    return found


def text(workspace: Workspace) -> str:
    return "\n".join(paragraph.text for paragraph in Document(str(report(workspace))).paragraphs)


def chapter(workspace: Workspace) -> list[list[str]]:
    """The rows of the table of changes to the programme; [] where the chapter is not there."""
    document = Document(str(report(workspace)))
    headings = (["Tavoite", "Muutos", "Aiemmin"],)
    tables = (table for table in document.tables if [cell.text for cell in table.rows[0].cells] in headings)
    return [[cell.text for cell in row.cells] for table in tables for row in table.rows[1:]]


# Measured 2: compared with what the council dealt with


SCALE_CHANGED = "Etenemisasteikko on muuttunut tämän jälkeen: etenemisasteita ei verrata."
THIRD = "Toteutus on aloitettu, ei vielä valmis"
CHANGED_SCALES = {
    "a degree less": (re.compile(r"\[\[scale\]\]\nvalue = 5\n(labels.*\n)+"), ""),
    "other words": (re.compile(THIRD), "Tavoite on saavutettu osittain"),
    "a letter": (re.compile(THIRD), "Toteutus on alotettu, ei vielä valmis"),
}


@pytest.mark.parametrize("change", CHANGED_SCALES)
def test_degrees_of_another_scale_are_not_compared(workspace: Workspace, change: str) -> None:
    save(workspace, g01_01=2)
    finalize(workspace)
    later = next_period(workspace)
    change_scale(later, change)
    save(later, g01_01=3)
    if change == "a letter":
        assert SCALE_CHANGED not in text(later) and degree(later, "01.01").endswith("2 → 3, nousi")
    else:
        assert SCALE_CHANGED in text(later) and "→" not in degree(later, "01.01")


def change_scale(workspace: Workspace, change: str) -> None:
    path = workspace.root / "seuranta.toml"
    settings = path.read_text(encoding="utf-8")
    pattern, new = CHANGED_SCALES[change]
    changed, count = pattern.subn(new, settings)
    assert count == 1
    path.write_text(changed, encoding="utf-8")


@pytest.mark.parametrize(("rollup", "told"), [("lowest", "laskentaperuste muuttui"), ("median", "2 → 3, nousi")])
def test_a_degree_computed_in_another_way_is_said(workspace: Workspace, rollup: str, told: str) -> None:
    save(workspace, g01_01=2, g01_10=2)
    save(workspace, DIRECTOR, g01_10=2)
    finalize(workspace)
    later = next_period(workspace, rollup=rollup)
    save(later, g01_01=3, g01_10=3)
    save(later, DIRECTOR, g01_10=3)
    assert told in degree(later, "01")


@pytest.mark.parametrize(("late", "now", "told"), [(4, 4, "3 → 4, nousi"), (2, 3, ""), (5, 4, "3 → 4, nousi")])
def test_a_late_save_after_the_final_does_not_change_the_comparison(
    workspace: Workspace, late: int, now: int, told: str
) -> None:
    save(workspace, g01_01=3)
    finalize(workspace)
    save(workspace, g01_01=late)
    later = next_period(workspace)
    save(later, g01_01=now)
    assert degree(later, "01.01").partition(" / ")[2] == told and FINAL in text(later)


@pytest.mark.parametrize("now", [2, 4])
def test_a_settled_degree_is_compared_as_it_was_printed(workspace: Workspace, now: int) -> None:
    save(workspace, CLERK, g01_10=2)
    save(workspace, DIRECTOR, g01_10=4)
    assert decide(workspace, "01.10", CLERK, REASON)
    finalize(workspace)
    save(workspace, DIRECTOR, g01_10=5)  # the settlement lapses
    later = next_period(workspace)
    save(later, CLERK, g01_10=now)
    save(later, DIRECTOR, g01_10=now)
    assert degree(later, "01.10").partition(" / ")[2] == ("" if now == 2 else "2 → 4, nousi")


def test_a_computed_degree_is_compared_as_it_was_printed(workspace: Workspace) -> None:
    save(workspace, g01_01=2, g01_10=2)
    save(workspace, DIRECTOR, g01_10=2)
    finalize(workspace)
    save(workspace, g01_01=5, g01_10=5)
    save(workspace, DIRECTOR, g01_10=5)
    later = next_period(workspace)
    save(later, g01_01=3, g01_10=3)
    save(later, DIRECTOR, g01_10=3)
    assert degree(later, "01").endswith("2 → 3, nousi")


def test_without_a_final_the_document_says_that_it_is_compared_with_what_is_held(workspace: Workspace) -> None:
    save(workspace, g01_01=3)
    later = next_period(workspace)
    save(later, g01_01=4)
    assert HELD in text(later) and degree(later, "01.01").endswith("3 → 4, nousi")


@pytest.mark.parametrize("harm", ["archive", "outbox"])
def test_a_final_that_does_not_tell_what_it_printed_is_said(workspace: Workspace, harm: str) -> None:
    save(workspace, g01_01=3)
    final = finalize(workspace)
    save(workspace, g01_01=4)
    proof = final.docx.parent.parent / "sisaiset" / "seurantaraportti-2026-1.json"
    if harm == "archive":
        kept = last_record(workspace, "finalize")["printed"]
        (workspace.state / "archive" / kept[:2] / f"{kept}.bin").unlink()
    else:
        forget_in_final(workspace, "printed", "plan")
        proof.write_bytes(proof.read_bytes().replace(b'"degree": 3', b'"degree": 1'))
    later = next_period(workspace)
    save(later, g01_01=5)
    assert UNRECORDED in text(later) and degree(later, "01.01").endswith("4 → 5, nousi")


def test_a_final_of_an_earlier_version_is_read_from_its_provenance_in_the_outbox(workspace: Workspace) -> None:
    save(workspace, g01_01=3)
    finalize(workspace)
    save(workspace, g01_01=4)
    forget_in_final(workspace, "printed", "plan")
    later = next_period(workspace)
    save(later, g01_01=5)
    assert FINAL in text(later) and degree(later, "01.01").endswith("3 → 5, nousi")


def last_record(workspace: Workspace, kind: str) -> dict[str, str]:
    lines = (workspace.state / "archive" / "journal.jsonl").read_text(encoding="utf-8").splitlines()
    return [each for each in map(json.loads, lines) if each.get("record") == kind][-1]


def forget_in_final(workspace: Workspace, *names: str) -> None:
    """Makes the record of the final one of 0.2.0, which did not have these fields."""
    path = workspace.state / "archive" / "journal.jsonl"
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for record in records:
        if record.get("record") == "finalize":
            for name in names:
                del record[name]
    path.write_text("".join(f"{json.dumps(record, ensure_ascii=False)}\n" for record in records), encoding="utf-8")


def test_the_document_names_its_comparison_in_each_language(workspace: Workspace) -> None:
    save(workspace, g01_01=3)
    finalize(workspace)
    later = next_period(workspace, languages=["fi", "sv", "en"])
    run_once(later.root, clock())
    swedish, english = (next(later.outbox.glob(f"kieliversiot/*-{code}-*.docx")) for code in ("sv", "en"))
    told = {path.name: "\n".join(p.text for p in Document(str(path)).paragraphs) for path in (swedish, english)}
    assert "rapporten för föregående rapporteringsperiod (januari–juni 2026), version 1." in told[swedish.name]
    assert "report of the previous reporting period (January–June 2026), version 1." in told[english.name]


def test_a_goal_that_cannot_be_compared_says_in_which_period_it_has_no_degree(workspace: Workspace) -> None:
    save(workspace, g01_01=3, g01_10=2)
    finalize(workspace)
    later = next_period(workspace, label="heinä–joulukuu 2026")
    assert "ilman yhtä etenemisastetta tällä kaudella (heinä–joulukuu 2026) " in text(later)
    save(later, g01_01_01=3, g01_01=3)
    told = text(later)
    assert "ilman yhtä etenemisastetta edellisellä kaudella (tammi–kesäkuu 2026) 1" in told
    assert "ilman yhtä etenemisastetta tällä kaudella (heinä–joulukuu 2026) 1" in told
    assert "yhtä etenemisastetta kummallakaan kaudella" in told and "kummallakin kaudella" not in told


@pytest.mark.parametrize(("version", "degree"), [(0, 4), (1, 3), (2, 4)])
def test_the_version_that_the_council_dealt_with_is_compared(workspace: Workspace, version: int, degree: int) -> None:
    save(workspace, g01_01=3)
    finalize(workspace)
    save(workspace, g01_01=4)
    finalize(workspace)
    save(workspace, g01_01=5)
    later = next_period(workspace)
    told = DealtWith(version, date(2026, 11, 9), "§ 85", Beginning.YEAR)
    made = ask(later, lambda session: make_comparison(session, None, told))
    assert made and made.by_code["01.01"].degree == degree
    wanted = ComparedReport(Basis.FINAL, version or 2, date(2026, 11, 9), "§ 85", Beginning.YEAR)
    assert replace(made.report, periods=()) == wanted and made.report.period("fi") == "tammi–kesäkuu 2026"


def test_a_ledger_made_anew_gives_the_same_document(workspace: Workspace) -> None:
    save(workspace, g01_01=3)
    finalize(workspace)
    save(workspace, g01_01=4)
    change_plan(workspace, *PLAN.goals[:-1], replace(PLAN.goals[-1], title="Tavoite 02 uudella nimellä"))
    later = next_period(workspace)
    save(later, g01_01=4)
    before = report(later).read_bytes()
    (later.state / "ledger.sqlite3").unlink()
    assert report(later).read_bytes() == before


# Measured 3: a programme that changes

SWIMMING = goal("01.02", CLERK, title="Uimahalli rakennetaan")


def with_goals(*goals: Goal) -> tuple[Goal, ...]:
    """The plan of the tests with goals added, in the order of their codes."""
    codes = {each.code for each in goals}
    return tuple(sorted((*(each for each in PLAN.goals if each.code not in codes), *goals), key=lambda each: each.code))


def began_with(workspace: Workspace, *goals: Goal, **degrees: int) -> None:
    """A first period under the plan with these goals added, made final."""
    change_plan(workspace, *with_goals(*goals))
    run_once(workspace.root, clock())
    form(workspace).unlink()
    write_forms(workspace, CLERK)
    save(workspace, **degrees)
    finalize(workspace)


def test_a_renumbered_goal_is_new_until_the_plan_names_its_earlier_code(workspace: Workspace) -> None:
    began_with(workspace, SWIMMING, g01_02=3)
    moved = replace(SWIMMING, code="01.03")
    change_plan(workspace, *with_goals(moved))
    later = next_period(workspace)
    save(later, g01_03=4)
    assert degree(later, "01.03").endswith("uusi tavoite")
    checked = command(later.root, "plan", "check", "--json").json["findings"]
    assert [each["message"] for each in checked if each["rule"] == "plan-goal-under-another-code"] == [
        "Tavoitteella 01.03 on sama nimi kuin edellisellä kaudella koodilla 01.02. Se painetaan uutena tavoitteena."
    ]
    assert ("Toteutusohjelma", "B6") in {(each["sheet"], each["cell"]) for each in checked}
    page = (later.outbox / "tilanne.html").read_text(encoding="utf-8")
    assert "kirjoita sarakkeeseen Aiempi koodi 01.02" in page
    change_plan(later, *with_goals(replace(moved, earlier_codes=("01.02",))))
    assert degree(later, "01.03").endswith("3 → 4, nousi")
    assert chapter(later) == [["01.03 Uimahalli rakennetaan", "koodi muuttunut", "01.02 Uimahalli rakennetaan"]]
    assert "Kysymyksiä toteutusohjelmasta" not in (later.outbox / "tilanne.html").read_text(encoding="utf-8")
    assert "Kysymyksiä" not in command(later.root, "plan", "check").out


def test_the_forms_of_a_renumbered_goal_show_its_last_answer(workspace: Workspace) -> None:
    began_with(workspace, SWIMMING, g01_02=3)
    change_plan(workspace, *with_goals(replace(SWIMMING, code="01.03", earlier_codes=("01.02",))))
    later = next_period(workspace)
    cells = bookless_rows(form(later))
    assert cells["01.03"] == "Työ etenee suunnitellusti."


def bookless_rows(path: Path) -> dict[str, object]:
    """The narrative of the previous period on each row of a form, by the goal's code."""
    rows = openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True)
    return {str(row[1]).partition(" ")[0]: row[8] for row in rows if row[1]}


TITLE = "01.02 Uimahalli rakennetaan"
CHANGES: dict[str, tuple[tuple[Goal, ...], list[str]]] = {
    "removed": ((), [TITLE, "poistunut ohjelmasta", "viimeinen aste: 3 Toteutus on"]),
    "retitled": (
        (replace(SWIMMING, title="Uimahalli peruskorjataan"),),
        ["01.02 Uimahalli peruskorjataan", "nimi muuttunut", TITLE],
    ),
    "officer": ((replace(SWIMMING, officers=(DIRECTOR,)),), [TITLE, f"vastuuhenkilö nyt: {DIRECTOR}", CLERK]),
    "division": (
        (replace(SWIMMING, division="Tekniset palvelut"),),
        [TITLE, "toimialue nyt: Tekniset palvelut", "Konsernipalvelut"],
    ),
    "new": ((SWIMMING, goal("01.03", CLERK, title="Jäähalli")), ["01.03 Jäähalli", "uusi tavoite", "–"]),
    "split": (
        (SWIMMING, goal("01.03", CLERK, title="Allas", earlier_codes=("01.02",))),
        [TITLE, "jaettu tavoitteesta", f"{TITLE}\nviimeinen aste: 3 Toteutus on"],
    ),
    "joined": (
        (goal("01.03", CLERK, title="Vapaa-aika", earlier_codes=("01.02", "01.11")),),
        ["01.03 Vapaa-aika", "yhdistetty tavoitteista", f"{TITLE}\nviimeinen aste: 3 Toteutus on"],
    ),
}


@pytest.mark.parametrize("kind", CHANGES)
def test_each_change_of_the_programme_has_its_row(workspace: Workspace, kind: str) -> None:
    own = (goal("01.11", CLERK, title="Nuorisotalo"),) if kind == "joined" else ()
    began_with(workspace, SWIMMING, *own, g01_02=3)
    goals, row = CHANGES[kind]
    change_plan(workspace, *with_goals(*goals))
    later = next_period(workspace)
    (first, *_) = chapter(later)
    assert first[:2] == row[:2] and first[2].startswith(row[2])
    headings = [p.text for p in Document(str(report(later))).paragraphs if p.style and p.style.name == "Heading 2"]
    assert "Muutokset toteutusohjelmaan" in headings


def test_a_programme_that_has_not_changed_has_no_chapter(workspace: Workspace) -> None:
    save(workspace, g01_01=3)
    finalize(workspace)
    later = next_period(workspace)
    assert chapter(later) == [] and "Muutokset toteutusohjelmaan" not in text(later)


@pytest.mark.parametrize(
    ("then", "now"),
    [("Laadimme vuoden 2027 talousarvion", "Laadimme vuoden 2028 talousarvion"), ("Kysely 2026", "Kysely 2027")],
)
def test_next_years_goal_does_not_fall_from_last_years(workspace: Workspace, then: str, now: str) -> None:
    began_with(workspace, replace(SWIMMING, title=then), g01_02=5)
    change_plan(workspace, *with_goals(replace(SWIMMING, title=now)))
    later = next_period(workspace)
    save(later, g01_02=2)
    assert degree(later, "01.02").endswith("uusi tavoite")
    assert [row[1] for row in chapter(later)] == ["uusi tavoite", "poistunut ohjelmasta"]


# plan diff


def test_plan_diff_shows_what_the_plan_would_do_before_a_run_takes_it(workspace: Workspace) -> None:
    save(workspace, g01_01=3, g01_10=2)
    before = files(workspace)
    shared = replace(PLAN.by_code["01.10"], officers=(DIRECTOR,))
    kept = (each for each in with_goals(shared) if not each.code.startswith("01.01"))
    change_plan(workspace, *kept, goal("03", CLERK, title="Uimahalli"))
    asked = command(workspace.root, "plan", "diff", "--json")
    assert asked.code == 0
    changes = {(each["kind"], each["goal"]["code"]): each for each in asked.json["changes"]}
    assert ("new", "03") in changes and changes["removed", "01.01"]["answered"] == [CLERK]
    assert changes["officer", "01.10"]["earlier"][0]["officers"] == [CLERK, DIRECTOR]
    assert asked.json["unprinted"] == [{"code": "01.01", "officer": CLERK, "file": f"{CLERK}.xlsx"}]
    assert asked.json["forms"] == [{"officer": CLERK, "codes": ["03"]}]
    shown = command(workspace.root, "plan", "diff").out
    assert "01.01 Tavoite 01.01: poistunut ohjelmasta\n" in shown and f"vastanneet: {CLERK}" in shown
    assert {name: data for name, data in files(workspace).items() if name != "plan.xlsx"} == before


def files(workspace: Workspace) -> dict[str, bytes]:
    found = (path for path in workspace.root.rglob("*") if path.is_file() and path.name != "plan.xlsx")
    return {path.relative_to(workspace.root).as_posix(): path.read_bytes() for path in found}


def test_plan_diff_compares_with_an_earlier_period_too(workspace: Workspace) -> None:
    began_with(workspace, SWIMMING, g01_02=3)
    change_plan(workspace, *with_goals(replace(SWIMMING, code="01.03", earlier_codes=("01.02",))))
    later = next_period(workspace)
    run_once(later.root, clock())
    # Nobody has saved in the new period yet, so the plan is compared with the previous one's without being told.
    assert len(command(later.root, "plan", "diff", "--json").json["changes"]) == 1
    (change,) = command(later.root, "plan", "diff", "--period", "2026-1", "--json").json["changes"]
    assert (change["kind"], change["earlier"][0]["code"]) == ("renumbered", "01.02")
    assert command(later.root, "plan", "diff", "--period", "2025-1").code == 2


SHEET = ("Vastuuhenkilö", "Toimialue", "Raportoi", "Sijainen")


def write_officers(workspace: Workspace, *rows: tuple[str, ...]) -> None:
    book = openpyxl.load_workbook(workspace.plan)
    if "Vastuuhenkilöt" in book.sheetnames:
        book.remove(book["Vastuuhenkilöt"])
    sheet = book.create_sheet("Vastuuhenkilöt")
    for row in (SHEET, *rows):
        sheet.append(row)
    book.save(workspace.plan)


@pytest.mark.parametrize("period", ["2026-1", "2026-2"])
def test_plan_diff_tells_changes_of_deputy_division_and_who_reports(workspace: Workspace, period: str) -> None:
    write_officers(workspace, (CLERK, "Hallinto", "kyllä", "Arkistonhoitaja"), (DIRECTOR, "Sivistys", "kyllä", ""))
    save(workspace, g01_01=3)
    later = next_period(workspace) if period == "2026-2" else workspace
    assert command(later.root, "plan", "diff", "--json").json["officers"] == []
    other = "Toimistosihteeri"
    changed = (CLERK, "Konserni", "kyllä", ""), (DIRECTOR, "Sivistys", "ei", other), ("Pormestari", "", "ei")
    write_officers(later, *changed)
    found = command(later.root, "plan", "diff", "--json").json["officers"]
    pairs = {(each["officer"], each["kind"]): (each["before"], each["after"]) for each in found}
    assert pairs == {
        (DIRECTOR, "silent"): ("", ""),
        (CLERK, "deputy"): ("Arkistonhoitaja", ""),
        (CLERK, "division"): ("Hallinto", "Konserni"),
        (DIRECTOR, "deputy"): ("", other),
        ("Pormestari", "silent"): ("", ""),
    }
    said = command(later.root, "plan", "diff").out
    assert f"{CLERK}: sijainen Arkistonhoitaja → –" in said and f"{DIRECTOR}: sijainen – → {other}" in said
    assert f"{CLERK}: toimialue Hallinto → Konserni" in said and f"{DIRECTOR}: tulostetaan" not in said


def test_plan_diff_after_period_open_compares_with_the_closed_periods_sheet(workspace: Workspace) -> None:
    write_officers(workspace, (CLERK, "Hallinto", "kyllä", "Arkistonhoitaja"), (DIRECTOR, "Sivistys", "kyllä", ""))
    save(workspace, g01_01=3)
    finalize(workspace)
    days = ("--end", "2026-12-31", "--deadline", "29.1.2027", "--report-date", "8.2.2027")
    assert command(workspace.root, "period", "open", "2026-2", *days).code == 0
    write_officers(workspace, (CLERK, "Hallinto", "kyllä", ""), (DIRECTOR, "Sivistys", "kyllä", ""))
    run_once(workspace.root, clock())
    asked = command(workspace.root, "plan", "diff", "--json").json
    assert asked["officers"] == [{"officer": CLERK, "kind": "deputy", "before": "Arkistonhoitaja", "after": ""}]


def test_plan_diff_says_with_which_plan_it_compares(workspace: Workspace, tmp_path: Path) -> None:
    unused = make_workspace(tmp_path / "uusi")
    first = command(unused.root, "plan", "diff").out
    assert "ei ole vielä käytössä olevaa toteutusohjelmaa" in first and "verrattuna" not in first
    save(workspace, g01_01=3)
    change_plan(workspace, *(each for each in PLAN.goals if not each.code.startswith("01.01")))
    in_use = command(workspace.root, "plan", "diff").out
    assert "kauden 2026-1 toteutusohjelmaan:" in in_use and "joita raporttiin ei enää tulisi" in in_use
    earlier = command(next_period(workspace).root, "plan", "diff", "--period", "2026-1").out
    assert "sen kauden raportti ei muutu" in earlier and "joita raporttiin ei enää tulisi" not in earlier


def test_plan_diff_of_an_unusable_plan_ends_with_3(workspace: Workspace) -> None:
    run_once(workspace.root, clock())
    change_plan(workspace, goal("01", CLERK), goal("01", CLERK))
    assert command(workspace.root, "plan", "diff").code == 3
    workspace.plan.unlink()
    assert command(workspace.root, "plan", "diff").code in (3, 4)


def test_the_decision_on_the_programme_stands_in_the_introduction(workspace: Workspace) -> None:
    later = next_period(change_settings(workspace.root, plan_decision="KV 15.12.2025 § 120"))
    assert "Toteutusohjelma on hyväksytty (KV 15.12.2025 § 120)." in text(later)
    assert bookmarks(report(later))
