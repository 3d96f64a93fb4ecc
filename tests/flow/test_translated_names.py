"""The names of posts and divisions in Swedish and English: on the officers' sheet, in documents, and asked for."""

from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn

from generator.app.run import run as run_once
from generator.domain.plan.goals import Officer, Plan, Translation
from generator.formats.xlsx.plan_writer import plan_bytes
from generator.i18n.words import Words
from generator.workspace.folders import Workspace
from tests.builders import CLERK, DIRECTOR, PLAN
from tests.flow.test_pass import clock, form
from tests.workspaces import bookmarks, command, fill, make_workspace_with_forms

SECRETARY, EDUCATION = "Förvaltningsdirektör", "Bildning"
SWEDISH_CLERK = Officer(CLERK, "", "Konsernipalvelut", "", translations=(Translation("sv", SECRETARY),))
NAMED_DIRECTOR = Officer(
    DIRECTOR,
    *("", "Sivistys", ""),
    translations=(Translation("sv", "Bildningsdirektör"), Translation("en", "Director of Education")),
    division_translations=(Translation("sv", EDUCATION),),
)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = make_workspace_with_forms(tmp_path, languages=("fi", "sv", "en"), extracts=[])
    list_officers(made, SWEDISH_CLERK, NAMED_DIRECTOR)
    fill(form(made), {"01.01": {"degree": 2, "narrative": "Alkoi."}, "01.10": {"degree": 3, "narrative": "Yksi."}})
    run_once(made.root, clock())
    return made


def list_officers(workspace: Workspace, *officers: Officer) -> None:
    plan = Plan(PLAN.goals, officers)
    workspace.plan.write_bytes(plan_bytes(plan, workspace.settings.headings, Words(workspace.settings.language)))


def path_of(workspace: Workspace, language: str) -> Path:
    pattern = "*-LUONNOS.docx" if language == "fi" else f"kieliversiot/*-{language}-LUONNOS.docx"
    return next(workspace.outbox.glob(pattern))


def said(path: Path) -> str:
    """All text of a document's body."""
    return "\n".join(text.text or "" for text in Document(str(path)).element.body.iter(qn("w:t")))


def test_a_report_names_posts_and_divisions_in_its_language(workspace: Workspace) -> None:
    swedish, english, finnish = (said(path_of(workspace, language)) for language in ("sv", "en", "fi"))
    assert CLERK not in swedish and DIRECTOR not in swedish and SECRETARY in swedish and EDUCATION in swedish
    assert "Konsernipalvelut" in swedish  # it has no name in Swedish
    assert "Director of Education" in english and DIRECTOR not in english and CLERK in english
    assert SECRETARY not in finnish and EDUCATION not in finnish and {CLERK, DIRECTOR} <= set(finnish.split("\n"))


def test_each_cell_of_officers_has_their_names(workspace: Workspace) -> None:
    values = bookmarks(path_of(workspace, "sv"))
    assert values["g_01_01_officer"] == SECRETARY
    assert {SECRETARY, "Bildningsdirektör"} <= set("\n".join(values.values()).split("\n"))


def test_a_name_in_the_documents_language_is_not_marked_as_another(workspace: Workspace) -> None:
    body = Document(str(path_of(workspace, "sv"))).element.body
    marked = {
        "".join(text.text or "" for text in run.iter(qn("w:t"))): run.find(f"{qn('w:rPr')}/{qn('w:lang')}")
        for run in body.iter(qn("w:r"))
    }
    assert marked[SECRETARY] is None
    assert marked["Konsernipalvelut"].get(qn("w:val")) == "fi-FI"


def test_another_name_makes_the_reports_of_its_language_anew_and_no_other(workspace: Workspace) -> None:
    before = {language: path_of(workspace, language).read_bytes() for language in ("fi", "sv", "en")}
    list_officers(workspace, replace(SWEDISH_CLERK, translations=(Translation("sv", "Kanslichef"),)), NAMED_DIRECTOR)
    run_once(workspace.root, clock())
    after = {language: path_of(workspace, language).read_bytes() for language in before}
    assert {language for language in before if before[language] != after[language]} == {"sv"}
    assert "Kanslichef" in said(path_of(workspace, "sv")) and SECRETARY not in said(path_of(workspace, "sv"))


@pytest.mark.parametrize(
    ("whose", "named"),
    [
        (("--division", "Sivistys"), f"Utdrag över en sektors mål: {EDUCATION}."),
        (("--officer", CLERK), f"Utdrag över en ansvarigs mål: {SECRETARY}."),
    ],
)
def test_an_extract_in_another_language_names_whose_it_is(
    workspace: Workspace, whose: tuple[str, str], named: str
) -> None:
    out = workspace.root / "ote.docx"
    assert command(workspace.root, "report", *whose, "--lang", "sv", "--out", str(out)).code == 0
    assert named in said(out)


def test_the_plan_check_asks_for_names_that_are_missing(workspace: Workspace) -> None:
    findings = command(workspace.root, "plan", "check", "--json").json["findings"]
    asked = [each for each in findings if "not-translated" in each["rule"]]
    assert [(each["rule"], each["message"].split("”")[1], each["value"]) for each in asked] == [
        ("plan-divisions-not-translated", "Toimialue ruotsiksi", "Konsernipalvelut"),
        ("plan-posts-not-translated", "Nimike englanniksi", CLERK),
        ("plan-divisions-not-translated", "Toimialue englanniksi", "Konsernipalvelut; Sivistys"),
    ]
    told = command(workspace.root, "plan", "check")
    assert told.code == 0 and "Nimike englanniksi" in told.out


def test_nothing_is_asked_of_a_municipality_with_one_language(tmp_path: Path) -> None:
    made = make_workspace_with_forms(tmp_path)
    assert "not-translated" not in command(made.root, "plan", "check", "--json").out
