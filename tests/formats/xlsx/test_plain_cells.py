"""Plain rows are taken by a pattern: whatever stands in a sheet, the result is the parser's own."""

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.domain.submission.workbook import Unreadable, Workbook
from generator.formats.xlsx.plain_cells import MOST_BYTES, RowLook, around_plain_cells
from generator.formats.xlsx.reader import Limits, read_workbook
from tests.formats.xlsx.test_reader import SHEET, TRANSITIONAL, by_hand, zipped

STRINGS = "<si><t>Jaettu</t></si><si><r><rPr><strike/></rPr><t>Yli</t></r></si>"
STYLES = (
    "<fonts><font/><font><strike/></font></fonts><fills><fill/><fill><patternFill patternType='solid'>"
    "<fgColor rgb='FFFFF6CC'/></patternFill></fill></fills>"
    "<cellXfs><xf/><xf fontId='1'/><xf numFmtId='14' fillId='1'/></cellXfs>"
)
# `x14ac` is declared on the worksheet, `y` is nowhere. `§` is the row's number.
ROW_TAGS = (
    '<row r="§">',
    '<row r="§" spans="1:3" x14ac:dyDescent="0.25">',
    '<row r="§" hidden="1">',
    '<row r="§" s="1" customFormat="1">',
    '<row r="§" ht="0">',
    '<row r="§" y:a="1">',
    '<row r="§" r="§">',
    '<row r="§" a=">">',
    '<row r="§" xmlns="urn:x">',
    "<row r='§'>",
    "<row>",
    '<row r="1">',
    '\n  <row r="§">',
    '<row r="§"/><row r="§">',
    "<!-- --><row>",
    "<!-- <row>",
    "<![CDATA[<row>",
    '<x:row r="§">',
)
CELLS = (
    '<c r="A§"/>',
    '<c r="A§" s="2" t="n"></c>',
    '<c r="A§"><v>3</v></c>',
    '<c r="B§" s="2"><v>45000.5</v></c>',
    '<c r="B§" t="s"><v>0</v></c>',
    '<c r="C§" t="s" s="1"><v>1</v></c>',
    '<c r="C§" s="1" t="s"><v>1</v></c>',
    '<c r="C§" t="s"><v>9</v></c>',
    '<c r="D§" t="str"><v>a_x0041_ &amp; &lt;b&gt; &quot;&apos;</v></c>',
    '<c r="D§" t="b"><v>1</v></c>',
    '<c r="D§" t="e"><v>#N/A</v></c>',
    '<c r="D§" t="n"><v>kolme</v></c>',
    '<c r="E§" t="inlineStr"><is><t>Rivi&#10;toinen &#228;&#8211;&#38;#228; é</t></is></c>',
    '<c r="E§" t="inlineStr"><is><t xml:space="preserve"> a </t></is></c>',
    '<c r="E§" t="inlineStr"><is><t></t></is></c>',
    '<c r="E§" t="inlineStr"><v>3</v></c>',
    '<c r="F§"><f>1+1</f><v>2</v></c>',
    '<c r="F§" t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c>',
    '<c r="F§"><v>3</v><v>4</v></c>',
    '<c r="F§" t="str"><v>&#0;</v></c>',
    '<c r="F§" t="str"><v>&#65535;&#xe4;</v></c>',
    '<c r="F§" t="str"><v>&nimi;</v></c>',
    '<c r="F§" t="str"><v>a & b</v></c>',
    '<c r="F§" t="str"><v>a ]]> b</v></c>',
    '<c r="F§" t="str"><v>a\rb\x01</v></c>',
    '<c r="F§" t="str"><v>\uffff</v></c>',
    '<c r="F§" t="str"><v><![CDATA[</row>]]></v></c>',
    '<c r="G§" t="str"><!-- --><v>a</v></c>',
    '<c r="G9"><v>3</v></c>',
    '<c r="g§"><v>3</v></c>',
    "<c><v>3</v></c>",
    "<d/>",
    "<!-- ",
    " -->",
    "]]>",
    "</c>",
)
ENDS = "</row>", "<!-- </row> -->", "</row>\n", "</x:row>"


def rows_of(rows: list[tuple[str, list[str], str]]) -> str:
    return "".join(f"{tag}{''.join(cells)}{end}".replace("§", str(at)) for at, (tag, cells, end) in enumerate(rows, 1))


ROWS = st.lists(
    st.tuples(
        st.sampled_from([*ROW_TAGS[:5] * 6, *ROW_TAGS]),
        st.lists(st.sampled_from([*CELLS[:7] * 4, *CELLS]), max_size=4),
        st.sampled_from([*ENDS[:1] * 20, *ENDS]),
    ),
    max_size=5,
)


def read(rows: str, begin: str, first: str = "") -> Workbook | Unreadable:
    extension = 'xmlns:x14ac="urn:ac" xmlns:x="urn:x"'
    around = f'{first}<worksheet xmlns="{TRANSITIONAL["main"]}" {extension}>{begin}{rows}</sheetData></worksheet>'
    parts: dict[str, Any] = by_hand(strings=STRINGS, styles=STYLES)
    return read_workbook(zipped({**parts, SHEET: around}), Limits(seconds=60))


@given(ROWS)
@example([(ROW_TAGS[0], [CELLS[2]], "</row>"), ("<!-- <row>", [CELLS[2]], "</row>"), (ROW_TAGS[0], [CELLS[2]], " -->")])
@example([(ROW_TAGS[0], [CELLS[2], "<!-- "], "</row>"), (ROW_TAGS[0], [CELLS[2]], "</row>"), ("-->", [], "</row>")])
@example([(ROW_TAGS[0], [CELLS[2]], "</row>"), (ROW_TAGS[5], [CELLS[2]], "</row>")])
@example([(ROW_TAGS[0], [CELLS[2]], "</row>"), (ROW_TAGS[0], [CELLS[2]], "</row>"), (ROW_TAGS[0], ["<d/>"], "</row>")])
def test_rows_are_read_as_the_parser_reads_them(rows: list[tuple[str, list[str], str]]) -> None:
    found = rows_of(rows)
    # With a blank in its tag the pattern does not know where the rows begin.
    assert read(found, "<sheetData>") == read(found, "<sheetData >")


@pytest.mark.parametrize("each", [*ROW_TAGS, *CELLS])
def test_each_piece_alone_is_read_as_the_parser_reads_it(each: str) -> None:
    plain = (ROW_TAGS[0], [CELLS[2]], "</row>")
    row = (each, [CELLS[3]], "</row>") if each in ROW_TAGS else (ROW_TAGS[0], [each], "</row>")
    found = rows_of([plain, plain, row, plain])
    assert read(found, "<sheetData>") == read(found, "<sheetData >")


@pytest.mark.parametrize(
    ("first", "value"),
    [
        ("", "Ã¤"),
        ("<?xml version='1.0' encoding='utf-8'?>\r\n", "Ã¤"),
        ('<?xml version="1.0" encoding="ISO-8859-1"?>', "Ã\x83Â¤"),
        ('<!-- <?xml encoding="UTF-8"?> -->', "Ã¤"),
    ],
)
def test_letters_are_those_of_the_declared_encoding(first: str, value: str) -> None:
    found = read('<row r="1"><c r="A1" t="str"><v>Ã¤</v></c></row>', "<sheetData>", first)
    assert isinstance(found, Workbook)
    assert [cell.raw for cell in found.sheets[0].cells] == [value]


class Rows:
    """Takes every row; `seen` are the cells of each."""

    def __init__(self) -> None:
        self.rows, self.seen = 0, list[str]()
        self.look = RowLook(is_hidden=False, is_struck=False)

    def next_row(self, number: str, look: RowLook) -> None:
        self.rows += 1

    def take_plain(self, row: str, start: int) -> bool:
        self.seen.append(row[start:])
        return True


def parsed(data: bytes) -> tuple[bytes, list[str]]:
    """What of a part is left to the parser, and the cells that are not."""
    handler, left = Rows(), b""
    for piece in around_plain_cells([data[:40], data[40:]], handler):
        left += piece
        handler.rows += piece.count(b"<row")
    return left, handler.seen


def test_the_parser_sees_one_row_of_many_that_are_alike() -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 4)).encode()
    left, seen = parsed(b"<worksheet><sheetData>" + rows + b"</sheetData></worksheet>")
    assert left == b'<worksheet><sheetData><row r="1"></row></sheetData></worksheet>'
    assert seen == [f'<c r="A{n}"><v>{n}</v></c>' for n in range(1, 4)]


def test_a_part_that_is_large_is_left_to_the_parser() -> None:
    data = b'<worksheet><sheetData><row r="1"><c r="A1"/></row></sheetData>' + b" " * MOST_BYTES + b"</worksheet>"
    assert parsed(data) == (data, [])


TEXTS = (
    "<si><t>Työ &amp; &#228;&#8211;</t></si>",
    "\n <si><t> a_x0041_ </t></si>",
    '<si><t xml:space="preserve"> b</t></si>',
    "<si><t></t></si>",
    "<si><t/></si>",
    "<si/>",
    "<si><r><rPr><strike/></rPr><t>Yli</t></r><r><t>jäi</t></r></si>",
    "<si><t>a</t><rPh><t>lausuttuna</t></rPh></si>",
    "<si><t>a</t><t>b</t></si>",
    "<si><t>&#228</t></si>",
    "<si><t>&#1;</t></si>",
    "<si><b&#228;/><t>a</t></si>",
    "<si><t>a ]]> b</t></si>",
    "<si><t>a\rb</t></si>",
    "<si><t><![CDATA[</si>]]></t></si>",
    "<si><!-- </si> --><t>a</t></si>",
    "<!-- ",
    " -->",
    "<?a </si> ?>",
    "<x:si><t>a</t></x:si>",
    "</si>",
)
WAYS = '<sst xmlns="{main}" xmlns:x="urn:x">', "<x:sst xmlns:x='{main}'>", '<!-- --><sst xmlns="{main}">', "<sst>"


@given(st.lists(st.sampled_from([*TEXTS[:8] * 3, *TEXTS]), max_size=6), st.sampled_from([*WAYS[:1] * 9, *WAYS]))
@example([TEXTS[0], TEXTS[6], TEXTS[0], TEXTS[7], TEXTS[1]], WAYS[0])
@example([TEXTS[0], "<!-- ", TEXTS[0], " -->", TEXTS[6]], WAYS[0])
@example([TEXTS[0], "<b&#228;/>"], WAYS[0])
def test_shared_texts_are_read_as_the_parser_reads_them(texts: list[str], way: str) -> None:
    cells = "".join(f'<row r="{n + 1}"><c r="A{n + 1}" t="s"><v>{n}</v></c></row>' for n in range(len(texts)))
    parts: dict[str, Any] = by_hand(cells, strings=STRINGS)
    start = way.format(main=TRANSITIONAL["main"])
    end = "</x:sst>" if start.startswith("<x:") else "</sst>"
    plain, parsed = (
        read_workbook(zipped({**parts, "xl/sharedStrings.xml": f"{first}{start}{''.join(texts)}{end}"}))
        # With a comment before them the pattern does not know where the texts begin.
        for first in ("", "<!-- -->")
    )
    assert plain == parsed
