"""Columns are as wide as the words in them need; a table of a fixed layout keeps its own widths."""

from collections.abc import Callable
from io import BytesIO

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.table import Table
from hypothesis import given
from hypothesis import strategies as st

from generator.domain.base.settings import Language, ScopeKind
from generator.domain.output.frame import Scope
from generator.formats.docx.column_widths import ColumnText, column_widths
from generator.formats.docx.document import render
from generator.formats.docx.letter_widths import longest_word_width, text_width
from generator.i18n.words import Words
from tests.builders import SETTINGS
from tests.formats.docx.reports import FINNISH, TEMPLATE, opened, report

WIDTH = 15_138  # twips: A4 landscape without 15 mm on either side
STEP = 1440 / 25.4 * 2.5
LONG = "Palvelu on siirretty uuteen tilaan ja henkilöstö on koulutettu. " * 6
cells = st.lists(
    st.sampled_from(("–", "01", "01.02 Hankinnat suunnitellaan", LONG, "Tekninen johtaja", "")), min_size=8, max_size=8
)


def widths_of(*rows: tuple[str, ...], headings: tuple[str, ...] = (), width: int = WIDTH) -> tuple[int, ...]:
    columns = zip(*rows, strict=True)
    titles = headings or ("Otsikko",) * len(rows[0])
    made = [ColumnText(title, tuple((cell,) for cell in column)) for title, column in zip(titles, columns, strict=True)]
    return column_widths(made, width, 8.5, hyphenates=True)


@given(st.lists(cells.map(tuple), min_size=1, max_size=20), st.integers(4_000, 31_680))
def test_the_widths_fill_the_table_in_steps(rows: list[tuple[str, ...]], width: int) -> None:
    widths = widths_of(*rows, width=width)
    assert sum(widths) == width and min(widths) > 0
    odd = [each for each in widths if abs(each / STEP - round(each / STEP)) * STEP > 1]
    assert len(odd) <= 1  # the widest takes what is left over


def test_a_column_of_dashes_is_narrow_and_the_words_get_the_room() -> None:
    widths = widths_of(*[("01", "01.02 Hankinnat suunnitellaan", "–", LONG)] * 5)
    assert widths[3] == max(widths) > WIDTH * 0.55
    assert widths[0] < widths[1] and widths[2] < widths[1]


def test_a_word_that_is_not_too_long_has_room_on_a_line() -> None:
    widths = widths_of(*[("Kansliapäällikkö", LONG, LONG, LONG)] * 5)
    assert widths[0] >= 20 * (longest_word_width("Kansliapäällikkö", 8.5) - 5)


@pytest.mark.parametrize("name", ["Ympäristöpäällikkö", "Henkilöstöpäällikkö", "Tekninen johtaja"])
def test_a_name_of_a_post_is_not_hyphenated(name: str) -> None:
    widths = widths_of(*[("01", LONG, LONG, name)] * 5)
    assert widths[3] / 20 - 9 >= longest_word_width(name, 8.5)  # points, without the cell's margins


def test_a_changed_word_leaves_the_widths_alone_and_the_order_of_rows_does_not_count() -> None:
    rows = [("01", "01.02 Hankinnat suunnitellaan", "–", LONG), ("01", "01.03 Tilat", "01.03.01 Koulu", LONG[:90])] * 4
    changed = [*rows[:-1], (*rows[-1][:3], rows[-1][3] + "Lisäksi.")]
    assert widths_of(*rows) == widths_of(*changed) == widths_of(*reversed(rows))


def test_more_columns_than_fit_share_the_width() -> None:
    assert sum(widths_of(("Kansliapäällikkö",) * 40, width=9_000)) == 9_000


@pytest.mark.parametrize(("text", "points"), [("Talous", 30.0), ("ÄÄni–ö", 32.2), ("€ 100 %", 36.4), ("漢字", 11.1)])
def test_letters_are_measured(text: str, points: float) -> None:
    assert text_width(text, 10) == pytest.approx(points, abs=1.5)


def printed(change: Callable[[Table], None], **given: object) -> bytes:
    template, saved = docx.Document(BytesIO(TEMPLATE)), BytesIO()
    change(goals_of(template))
    template.save(saved)
    return render(report(**given), saved.getvalue(), SETTINGS.headings, FINNISH)  # type: ignore[arg-type]


def goals_of(document: Document) -> Table:
    headings = ("Valtuustokauden tavoite", "Mål för fullmäktigeperioden", "{{ headings.council_term_goal }}")
    return next(table for table in document.tables if table.cell(0, 0).text in headings)


def grid(document: bytes) -> list[int]:
    return [int(column.get(qn("w:w"))) for column in goals_of(opened(document))._tbl.tblGrid]


OWN = [1_600, 1_640, 1_700, 2_140, 1_520, 1_720, 3_068, 1_750]


def layout(table: Table) -> object:
    return table._tbl.tblPr.find(qn("w:tblLayout"))


def test_the_tables_of_our_template_are_measured_and_printed_as_fixed() -> None:
    document = printed(lambda table: None)
    widths = grid(document)
    assert sum(widths) == WIDTH and widths != OWN and widths[0] < widths[1]
    grids = [[each.get(qn("w:w")) for each in t._tbl.tblGrid] for t in opened(document).tables if len(t.columns) == 8]
    assert all(each == grids[0] for each in grids)
    assert goals_of(opened(document))._tbl.xpath("./w:tblPr/w:tblLayout/@w:type") == ["fixed"]


def test_a_fixed_table_keeps_the_widths_of_its_author() -> None:
    def fix(table: Table) -> None:
        layout(table).set(qn("w:type"), "fixed")  # type: ignore[attr-defined]

    assert grid(printed(fix)) == OWN


def test_a_table_without_a_layout_is_measured_too() -> None:
    def without(table: Table) -> None:
        table._tbl.tblPr.remove(layout(table))  # type: ignore[arg-type]

    assert grid(printed(without)) == grid(printed(lambda table: None))


def test_a_table_whose_width_word_finds_takes_the_width_of_the_page() -> None:
    def automatic(table: Table) -> None:
        width = table._tbl.tblPr.find(qn("w:tblW"))
        width.set(qn("w:type"), "auto")
        width.set(qn("w:w"), "0")

    assert sum(grid(printed(automatic))) == WIDTH


def test_a_table_with_merged_cells_keeps_its_widths() -> None:
    def merge(table: Table) -> None:
        table.rows[1].cells[0]._tc.get_or_add_tcPr().append(parse_xml(f"<w:vMerge {nsdecls('w')}/>"))

    assert grid(printed(merge)) == OWN


def test_a_table_whose_cells_a_tag_merges_or_colours_keeps_its_widths() -> None:
    def colour(table: Table) -> None:
        table.rows[1].cells[1].paragraphs[0].runs[0].text = "{% cellbg 'DDEEFF' %}{{ section.goal.code }}"

    assert grid(printed(colour)) == OWN


def test_an_extract_is_measured_by_its_own_rows_and_another_language_by_its_headings() -> None:
    assert sum(grid(printed(lambda table: None, scope=Scope(ScopeKind.OFFICER, "Ympäristöpäällikkö")))) == WIDTH
    swedish = render(report(), TEMPLATE, SETTINGS.headings, Words(Language.SWEDISH))
    assert sum(grid(swedish)) == WIDTH
