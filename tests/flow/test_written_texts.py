"""The texts of the sheet Tekstit: printed in the report of their language, kept, and not lost to an old copy."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from openpyxl.worksheet.worksheet import Worksheet

from generator.app.finalize import Finalized, Unchanged, make_final
from generator.app.run import RunResult
from generator.app.run import run as run_once
from generator.domain.base.settings import Language
from generator.domain.follow_up.open_items import Signature
from generator.domain.output.text_rows import TextColumn
from generator.domain.plan.goals import Plan
from generator.errors import TemplateError
from generator.formats.xlsx.plan_writer import plan_bytes
from generator.i18n.words import Words
from generator.workspace.folders import DECISIONS_FILE, Workspace, open_workspace
from tests.builders import PLAN
from tests.flow.test_pass import clock
from tests.formats.docx.broken_templates import without_paragraph
from tests.settlement_sheets import SETTLED_SHEET, rows_of, undo_rows
from tests.text_sheets import TEXTS_SHEET, column_of, remark_of, row_of, text_of, write_text
from tests.workspaces import make_workspace_with_forms

PLACES = {
    "Alkusanat": "Ohjelma on ollut voimassa puoli vuotta.",
    "Koottu arvio": "Työ etenee.\nKoulu viivästyy.\nRiskejä on vähän.",
    "Loppusanat": "Seuraava raportti laaditaan keväällä.",
    "01 ": "Organisaatio muuttui <kesällä> & syksyllä.",
}
REASON = Signature("kirjuri", "2026-08-24T12:00:00+03:00", "Kokous on pidetty.")
DRAFT = "seurantaraportti-2026-1-LUONNOS.docx"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = make_workspace_with_forms(tmp_path, extracts=[], languages=("fi", "sv", "en"))
    run(made)
    return made


def run(workspace: Workspace) -> RunResult:
    return run_once(workspace.root, clock())


def book_of(workspace: Workspace) -> Path:
    return workspace.outbox / DECISIONS_FILE


def written(workspace: Workspace, place: str, text: str | None, language: str = "fi") -> bytes:
    """Writes a text and runs; returns the workbook as it was saved."""
    write_text(book_of(workspace), place, text, language)
    saved = book_of(workspace).read_bytes()
    run(workspace)
    return saved


def printed(workspace: Workspace, language: str = "fi") -> list[str]:
    """The paragraphs of the whole report in a language."""
    name = DRAFT if language == "fi" else f"kieliversiot/seurantaraportti-2026-1-{language}-LUONNOS.docx"
    return [paragraph.text for paragraph in Document(str(workspace.outbox / name)).paragraphs]


@pytest.mark.parametrize("text", ["Painopiste siirtyi.", "Painopiste siirtyi.\nVerkko muuttui.", "\n".join("abcdef")])
def test_a_remark_on_a_goal_never_stands_without_its_table(workspace: Workspace, text: str) -> None:
    written(workspace, "01 ", text)
    lines = [each for each in Document(str(workspace.outbox / DRAFT)).paragraphs if each.text in text.split("\n")]
    assert len(lines) == len(text.split("\n")) and all(each.paragraph_format.keep_with_next for each in lines)


def test_every_text_is_printed_at_its_place_below_its_heading(workspace: Workspace) -> None:
    for place, text in PLACES.items():
        write_text(book_of(workspace), place, text)
    run(workspace)
    lines = printed(workspace)
    for text in PLACES.values():
        first = lines.index(text.split("\n")[0])
        assert lines[first : first + len(text.split("\n"))] == text.split("\n")
    assert lines[lines.index(PLACES["Alkusanat"]) - 1] == "Alkusanat"
    assert lines[lines.index(PLACES["Loppusanat"]) - 1] == "Loppusanat"
    assert lines[lines.index("Työ etenee.") - 1] == "Yhteenveto"
    assert lines[lines.index(PLACES["01 "]) - 1] == "01 Tavoite 01"
    assert not any(text in printed(workspace, "sv") for text in PLACES.values())


@pytest.mark.parametrize(("language", "heading"), [("sv", "Förord"), ("en", "Foreword")])
def test_a_text_stands_in_the_report_of_its_language_only(workspace: Workspace, language: str, heading: str) -> None:
    written(workspace, "Alkusanat", "Only here.", language)
    lines = printed(workspace, language)
    assert lines[lines.index("Only here.") - 1] == heading
    others = {"fi", "sv", "en"} - {language}
    assert not any("Only here." in printed(workspace, other) for other in others)
    assert "Alkusanat" not in printed(workspace)


def test_an_extract_prints_no_texts(tmp_path: Path) -> None:
    workspace = make_workspace_with_forms(tmp_path, extracts=["officer"])
    run(workspace)
    for place, text in PLACES.items():
        write_text(book_of(workspace), place, text)
    run(workspace)
    extracts = list((workspace.outbox / "otteet").rglob("*.docx"))
    lines = {paragraph.text for path in extracts for paragraph in Document(str(path)).paragraphs}
    assert extracts and not lines & {line for text in PLACES.values() for line in text.split("\n")}


def test_a_text_is_kept_over_rounds_and_workbooks_until_it_is_changed(workspace: Workspace) -> None:
    written(workspace, "Loppusanat", "Kiitos.")
    written(workspace, "Alkusanat", "Aluksi.")
    assert not any(document.changed for document in run(workspace).documents)
    assert (text_of(book_of(workspace), "Loppusanat"), text_of(book_of(workspace), "Alkusanat")) == (
        "Kiitos.",
        "Aluksi.",
    )
    book_of(workspace).unlink()
    run(workspace)
    assert text_of(book_of(workspace), "Loppusanat") == "Kiitos."
    written(workspace, "Loppusanat", "Kiitos kaikille.")
    assert "Kiitos kaikille." in printed(workspace) and "Kiitos." not in printed(workspace)
    assert remark_of(book_of(workspace), "Loppusanat") == ""


@pytest.mark.parametrize("emptied", [None, "  ", "\n"])
def test_a_cleared_text_disappears_with_its_heading(workspace: Workspace, emptied: str | None) -> None:
    before = (workspace.outbox / DRAFT).read_bytes()
    written(workspace, "Alkusanat", "Aluksi.")
    written(workspace, "Alkusanat", emptied)
    assert "Alkusanat" not in printed(workspace)
    assert (workspace.outbox / DRAFT).read_bytes() == before
    assert rows_of(book_of(workspace), SETTLED_SHEET)[0]["Settled as"] == "tyhjennetty"


@pytest.mark.parametrize("since", ["changed", "cleared", "undone"])
def test_an_old_copy_does_not_bring_a_text_back(workspace: Workspace, since: str) -> None:
    old = written(workspace, "Alkusanat", "Ensimmäinen.")
    if since == "undone":
        undo_rows(book_of(workspace), "Alkusanat")
        run(workspace)
    else:
        written(workspace, "Alkusanat", "Toinen." if since == "changed" else None)
    book_of(workspace).write_bytes(old)
    run(workspace)
    assert text_of(book_of(workspace), "Alkusanat") == ("Toinen." if since == "changed" else "")
    assert "Ensimmäinen." not in printed(workspace)
    told = remark_of(book_of(workspace), "Alkusanat")
    assert told.startswith("Ei kirjattu") and told.endswith("Ensimmäinen.")
    written(workspace, "Alkusanat", "Kolmas.")
    assert "Kolmas." in printed(workspace) and remark_of(book_of(workspace), "Alkusanat") == ""


def test_an_old_copy_in_which_another_text_is_changed_changes_only_that(workspace: Workspace) -> None:
    old = book_of(workspace).read_bytes()
    written(workspace, "Alkusanat", "Aluksi.")
    book_of(workspace).write_bytes(old)
    written(workspace, "Loppusanat", "Kiitos.")
    assert {"Aluksi.", "Kiitos."} <= set(printed(workspace))
    assert not remark_of(book_of(workspace), "Alkusanat") and not remark_of(book_of(workspace), "Loppusanat")


def _formula(sheet: Worksheet) -> None:
    sheet.cell(row_of(sheet, "Alkusanat"), column_of_finnish(sheet)).value = '="a"&"b"'


def _identity_code(sheet: Worksheet) -> None:
    sheet.cell(row_of(sheet, "Alkusanat"), column_of_finnish(sheet)).value = "Hakija 131052-308T."


def _copied_row(sheet: Worksheet) -> None:
    own = row_of(sheet, "Alkusanat")
    for column in range(1, sheet.max_column + 1):
        sheet.cell(sheet.max_row if column > 1 else sheet.max_row + 1, column).value = sheet.cell(own, column).value
    sheet.cell(own, column_of_finnish(sheet)).value = "Kahdesti."


def _other_label(sheet: Worksheet) -> None:
    sheet.cell(row_of(sheet, "Alkusanat"), column_of_finnish(sheet)).value = "Siirretty."
    own = row_of(sheet, "Alkusanat")
    sheet.cell(own, 1).value = "Alkusanat, uusi"


def column_of_finnish(sheet: Worksheet) -> int:
    return column_of(sheet, TextColumn.FI)


@pytest.mark.parametrize(
    ("change", "told"),
    [(_formula, "kaava"), (_identity_code, "henkilötunnus"), (_copied_row, "kahdesti"), (_other_label, "tunniste")],
)
def test_what_cannot_be_entered_is_told_in_its_row(
    workspace: Workspace, change: Callable[[Worksheet], None], told: str
) -> None:
    before = (workspace.outbox / DRAFT).read_bytes()
    book = openpyxl.load_workbook(book_of(workspace))
    change(book[TEXTS_SHEET])
    book.save(book_of(workspace))
    run(workspace)
    remark = remark_of(book_of(workspace), "Alkusanat")
    assert told in remark and "131052" not in remark
    assert (workspace.outbox / DRAFT).read_bytes() == before


def test_sorted_rows_and_inserted_columns_are_read_by_their_keys(workspace: Workspace) -> None:
    book = openpyxl.load_workbook(book_of(workspace))
    sheet = book[TEXTS_SHEET]
    sheet.cell(row_of(sheet, "Loppusanat"), column_of_finnish(sheet)).value = "Kiitos."
    sheet.move_range(f"A5:{sheet.cell(5, sheet.max_column).column_letter}5", rows=sheet.max_row)
    sheet.insert_cols(2)
    book.save(book_of(workspace))
    run(workspace)
    assert "Kiitos." in printed(workspace) and not remark_of(book_of(workspace), "Loppusanat")


def test_words_below_the_table_are_told_and_not_lost(workspace: Workspace) -> None:
    book = openpyxl.load_workbook(book_of(workspace))
    sheet = book[TEXTS_SHEET]
    sheet.cell(sheet.max_row + 2, column_of_finnish(sheet)).value = "Kysy vielä rehtorilta."
    book.save(book_of(workspace))
    run(workspace)
    told = [str(cell.value) for row in openpyxl.load_workbook(book_of(workspace))[TEXTS_SHEET] for cell in row]
    assert any("Kysy vielä rehtorilta." in text for text in told)


def test_a_workbook_that_libreoffice_saved_is_read_without_a_false_change(workspace: Workspace, tmp_path: Path) -> None:
    written(workspace, "Koottu arvio", PLACES["Koottu arvio"])
    write_text(book_of(workspace), "Alkusanat", "Rivi 1\nRivi 2  ja välejä")
    soffice = shutil.which("soffice") or "soffice"
    target = tmp_path / "libreoffice"
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    convert = ["--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(target)]
    subprocess.run([soffice, profile, *convert, str(book_of(workspace))], check=True, capture_output=True, timeout=120)
    shutil.copyfile(target / DECISIONS_FILE, book_of(workspace))
    run(workspace)
    assert {"Rivi 1", "Rivi 2 ja välejä", "Koulu viivästyy."} <= set(printed(workspace))
    rows = [row for row in rows_of(book_of(workspace), SETTLED_SHEET) if row["Matter"] == "Raportin teksti"]
    assert len(rows) == 2 and not remark_of(book_of(workspace), "Koottu arvio")


@pytest.mark.parametrize(
    ("place", "tag"),
    [
        ("Alkusanat", "{{p foreword }}"),
        ("Koottu arvio", "{{p assessment }}"),
        ("Loppusanat", "{{p closing_words }}"),
        ("01 ", "{{p section.remark }}"),
    ],
)
def test_a_template_without_the_field_is_told_and_the_last_report_stays(
    workspace: Workspace, place: str, tag: str
) -> None:
    (workspace.root / "templates" / "report.docx").write_bytes(without_paragraph(tag))
    run(workspace)
    before = (workspace.outbox / DRAFT).read_bytes()
    write_text(book_of(workspace), place, "Tämä katoaisi.")
    with pytest.raises(TemplateError, match=re.escape(tag)):
        run(workspace)
    page = (workspace.outbox / "tilanne.html").read_text(encoding="utf-8")
    assert tag in page and "Tekstit" in page
    assert (workspace.outbox / DRAFT).read_bytes() == before
    written(workspace, place, None)
    run(workspace)
    assert tag not in (workspace.outbox / "tilanne.html").read_text(encoding="utf-8")


def test_the_provenance_tells_of_each_text_and_a_report_without_texts_has_no_such_part(workspace: Workspace) -> None:
    path = (workspace.outbox / DRAFT).with_suffix(".json")
    assert "texts" not in json.loads(path.read_bytes())
    written(workspace, "Alkusanat", "Aluksi.")
    (text,) = json.loads(path.read_bytes())["texts"]
    assert (text["place"], text["language"], text["text"], text["who"]) == (
        "foreword",
        "fi",
        "Aluksi.",
        "Siiri Sihteeri",
    )


def test_a_final_has_the_texts_and_a_text_written_later_makes_a_later_version(workspace: Workspace) -> None:
    written(workspace, "Alkusanat", "Aluksi.")
    first = make_final(open_workspace(workspace.root), REASON)
    assert isinstance(first, Finalized)
    assert "Aluksi." in [paragraph.text for paragraph in Document(str(first.docx)).paragraphs]
    run(workspace)
    assert isinstance(make_final(open_workspace(workspace.root), REASON), Unchanged)
    written(workspace, "Loppusanat", "Kiitos.")
    second = make_final(open_workspace(workspace.root), REASON)
    assert isinstance(second, Finalized) and second.docx != first.docx
    assert {"Aluksi.", "Kiitos."} <= {paragraph.text for paragraph in Document(str(second.docx)).paragraphs}


def test_a_remark_on_a_goal_that_is_removed_is_kept_and_not_printed(workspace: Workspace) -> None:
    written(workspace, "02 ", "Huomautus.")
    assert "Huomautus." in printed(workspace)
    plan = Plan(tuple(each for each in PLAN.goals if not each.code.startswith("02")), PLAN.officers)
    data = plan_bytes(plan, workspace.settings.headings, Words(Language.FINNISH))
    workspace.plan.write_bytes(data)
    run(workspace)
    assert "Huomautus." not in printed(workspace)
    assert text_of(book_of(workspace), "02") == "Huomautus."
    assert rows_of(book_of(workspace), SETTLED_SHEET)[0]["State"].startswith("Rauennut")


def test_markup_in_a_text_is_printed_as_it_was_written(workspace: Workspace) -> None:
    text = "Kulut {{ title }} & <b>tuotot</b> {% if x %}"
    written(workspace, "Alkusanat", text)
    assert text in printed(workspace)
