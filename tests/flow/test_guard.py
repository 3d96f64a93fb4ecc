"""No template puts a document before the council that lacks what officers wrote: the last good one stays."""

from pathlib import Path

import pytest

from generator.app.template_check import faults_of
from generator.errors import TemplateError
from generator.formats.docx_accessibility.checker import DocumentFault, describe
from generator.formats.opc.wordml import w
from generator.formats.opc.xml import Element, parse_xml
from generator.workspace.folders import Workspace
from tests.builders import CLERK, SETTINGS
from tests.flow.test_pass import form, run
from tests.formats.docx.broken_templates import BODY, mangled, tracked, without_text
from tests.formats.docx.reports import FINNISH, TEMPLATE, edited, parts
from tests.workspaces import bookmarks, command, fill, make_workspace_with_forms

REPORT = "seurantaraportti-2026-1-LUONNOS.docx"
LOST = {
    "not printed": without_text("{{p row.narrative }}"),
    "printed when it is final": without_text("{{p row.narrative }}", "{% if not is_draft %}x{% endif %}"),
    "rows of goals at the lowest degrees": without_text(
        "{%tr for row in section.rows %}", "{%tr for row in lowest.rows %}"
    ),
    "tracked deletion": mangled(tracked("{{ closing }}", "del")),
}


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = make_workspace_with_forms(tmp_path)
    save(made, "Ensimmäinen.")
    run(made)
    return made


def save(workspace: Workspace, text: str) -> None:
    fill(form(workspace), {"01.01": {"degree": 4, "narrative": text}})


@pytest.mark.parametrize("template", LOST.values(), ids=LOST)
def test_a_document_that_would_lack_words_is_not_placed_and_the_save_is_taken(
    workspace: Workspace, template: bytes
) -> None:
    report = workspace.outbox / REPORT
    before = report.read_bytes()
    save(workspace, "Toinen.")
    workspace.template.write_bytes(template)
    with pytest.raises(TemplateError):
        run(workspace)
    assert report.read_bytes() == before
    status = command(workspace.root, "status", "--json").json
    assert any(problem["where"] == "templates/report.docx" for problem in status["problems"])
    assert status["goals"]["reported"] == 1
    workspace.template.write_bytes(edited("{{ closing }}", "{{ closing }} Kiitos."))
    run(workspace)
    assert bookmarks(report)["g_01_01_narrative"] == "Toinen."


def test_one_document_that_would_lack_words_stops_no_other(workspace: Workspace) -> None:
    extract = next(workspace.outbox.glob(f"otteet/*-{CLERK}-*.docx"))
    before = extract.read_bytes()
    save(workspace, "Toinen.")
    workspace.template.write_bytes(_not_in_extracts())
    ended = command(workspace.root, "run")
    assert ended.code == 0
    assert bookmarks(workspace.outbox / REPORT)["g_01_01_narrative"] == "Toinen."
    assert extract.read_bytes() == before
    status = command(workspace.root, "status", "--json").json
    assert any("01.01" in problem["what"] for problem in status["problems"])


def _not_in_extracts() -> bytes:
    """A template whose extracts leave out the rows."""
    return edited("for row in section.rows %", "for row in section.rows if not is_extract %")


def test_neither_a_final_nor_a_single_report_lacks_words(workspace: Workspace) -> None:
    workspace.template.write_bytes(LOST["not printed"])
    final = command(workspace.root, "finalize", "--because", "Valtuusto kokoontuu.")
    assert final.code == 3 and "01.01" in final.err
    single = command(workspace.root, "report", "--out", str(workspace.root / "ote.docx"))
    assert single.code == 3 and "{{p row.narrative }}" in single.err
    assert not (workspace.outbox / "lopulliset").exists() and not (workspace.root / "ote.docx").exists()


def test_check_names_the_file_as_it_was_given_and_tells_faults_before_questions(workspace: Workspace) -> None:
    told = command(workspace.root, "template", "check")
    assert (told.code, told.out) == (0, "templates/report.docx: korjattavaa ei löytynyt.\n")
    (workspace.root / "oma.docx").write_bytes(LOST["not printed"])
    told = command(workspace.root, "template", "check", "oma.docx")
    assert told.code == 1 and told.out.startswith(
        "oma.docx:\nRaporttia ei tehdä, ennen kuin nämä on korjattu. Ne löytyivät"
    )
    workspace.template.write_bytes(without_text("{{p row.officer }}"))
    told = command(workspace.root, "template", "check")
    assert told.code == 0 and "eivät tulosta kenttää row.officer" in told.out


def test_faults_alike_are_told_by_their_first_places_and_a_count(workspace: Workspace) -> None:
    def change(root: object) -> None:
        for piece in root.iter():  # type: ignore[attr-defined]
            if piece.text and piece.text.startswith("{{ level."):
                piece.text = "{{ summary.totl }}"

    workspace.template.write_bytes(mangled(change, BODY))
    told = command(workspace.root, "template", "check").out
    assert told.count("kenttää ”summary.totl” ei ole") == 3 and "… ja 1 muu paikka" in told


def test_a_rule_that_the_template_breaks_is_told_at_its_own_places_alone() -> None:
    """The samples break it too, at places that the template does not have, and in another language."""

    def change(root: Element) -> None:
        for description in [*root.iter(w("tblCaption"), w("tblDescription"))]:
            description.getparent().remove(description)

    found = faults_of(mangled(change, BODY), SETTINGS)
    tables = parse_xml(parts(TEMPLATE)[BODY]).iter(w("tbl"))
    assert len(found.document) == len([*tables]) and found.sample == ()


def test_what_a_sample_alone_breaks_is_told_as_of_a_sample(workspace: Workspace) -> None:
    workspace.template.write_bytes(without_text("{{ case_number }}", "–"))
    told = command(workspace.root, "template", "check").out
    assert (
        "Saavutettavuuden puutteet esimerkkiraportissa" in told
        and "Diaarinumero ei ole asiakirjan leipätekstissä" in told
    )


def test_a_pale_style_is_told_with_a_decimal_comma() -> None:
    told = describe(DocumentFault("contrast-low", "styles", "style Title", "#4F81BD / #FFFFFF, 4.1 : 1, Sote"), FINNISH)
    assert (told.where, "4,1 : 1" in told.message) == ("tyylit, tyyli Title", True)


@pytest.mark.parametrize(
    ("written", "advice"),
    [
        ("{{ Closing }}", "Kirjoita closing."),
        ("{{ sumary.text }}", "Kirjoita summary."),
        ("{{ closing }", "{{ title }}"),
    ],
)
def test_what_to_write_is_told(workspace: Workspace, written: str, advice: str) -> None:
    workspace.template.write_bytes(without_text("{{ closing }}", written))
    told = command(workspace.root, "template", "check").out
    assert advice in told and ("jokin näistä" not in told)
