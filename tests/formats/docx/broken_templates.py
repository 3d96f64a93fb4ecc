"""Templates with one fault each, and right ones, made of the shipped template as their authors would have made them."""

import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

from generator.formats.opc.package import in_order
from generator.formats.opc.wordml import own_text, w
from generator.formats.opc.xml import Element, parse_xml, to_xml
from generator.formats.opc.zip_writer import write_parts
from tests.formats.docx.reports import TEMPLATE, edited, parts

BODY = "word/document.xml"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:v="urn:schemas-microsoft-com:vml"'
)


@dataclass(frozen=True, slots=True)
class Broken:
    """A template with one fault: what is said of it in English, and the place."""

    name: str
    template: bytes
    message: str
    place: str = ""


def package(whole: dict[str, bytes]) -> bytes:
    return write_parts((name, (whole[name],)) for name in in_order(whole))


def mangled(change: Callable[[Element], object], part: str = BODY, template: bytes = TEMPLATE) -> bytes:
    """The template with a part changed as a tree."""
    whole = parts(template)
    root = parse_xml(whole[part])
    change(root)
    return package({**whole, part: to_xml(root)})


def xml(text: str) -> Element:
    """An element written with the usual prefixes."""
    return parse_xml(text.replace(" ", f" {_SPACES} ", 1).encode() if " " in text.partition(">")[0] else _open(text))


def _open(text: str) -> bytes:
    return re.sub(r"^<([\w:]+)", rf"<\1 {_SPACES}", text).encode()


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(inner: str) -> Element:
    return xml(f"<w:p>{inner}</w:p>")


def with_text(root: Element, text: str) -> Element:
    """The first paragraph that has a text."""
    return next(each for each in root.iter(w("p")) if text in own_text(each))


def cell_with(root: Element, text: str) -> Element:
    return next(with_text(root, text).iterancestors(w("tc")))


def row_with(root: Element, text: str) -> Element:
    return next(with_text(root, text).iterancestors(w("tr")))


def table_with(root: Element, text: str) -> Element:
    return next(with_text(root, text).iterancestors(w("tbl")))


def remove(element: Element) -> None:
    parent = element.getparent()
    assert parent is not None
    parent.remove(element)


def before_body(inner: str) -> bytes:
    """The template with a paragraph before all others."""
    return mangled(lambda root: root.find(w("body")).insert(1, paragraph(inner)))  # type: ignore[union-attr]


def without_text(text: str, instead: str = "–") -> bytes:
    """The template with a tag's text replaced in every place."""
    return mangled(lambda root: _replace_text(root, text, instead))


def _replace_text(root: Element, text: str, instead: str) -> None:
    for piece in root.iter(w("t")):
        piece.text = (piece.text or "").replace(text, instead)


def without_paragraph(text: str, number: int = 0) -> bytes:
    """The template without one of the paragraphs that read so."""
    return mangled(lambda root: remove([p for p in root.iter(w("p")) if own_text(p) == text][number]))


def without_row(text: str, number: int = 0) -> bytes:
    def change(root: Element) -> None:
        remove(next([p for p in root.iter(w("p")) if own_text(p) == text][number].iterancestors(w("tr"))))

    return mangled(change)


def field(code: str, shown: str = "x") -> str:
    """A complex field, its code divided over two runs as Word divides it."""
    half = len(code) // 2
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{code[:half]}</w:instrText></w:r><w:r><w:instrText>{code[half:]}</w:instrText></w:r>"
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(shown)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def with_part(name: str, content: str, kind: str, template: bytes = TEMPLATE) -> bytes:
    """The template with one more part, its content type, and a relationship from its body."""
    whole = parts(template)
    types = whole["[Content_Types].xml"].replace(
        b"</Types>", f'<Override PartName="/{name}" ContentType="{kind}"/></Types>'.encode()
    )
    links = "word/_rels/document.xml.rels"
    relation = f'<Relationship Id="rId77" Type="{RELATIONS}/{Path(name).stem}" Target="{name.removeprefix("word/")}"/>'
    linked = whole[links].replace(b"</Relationships>", f"{relation}</Relationships>".encode())
    return package({**whole, "[Content_Types].xml": types, links: linked, name: content.encode()})


def with_link(target: str) -> bytes:
    links = "word/_rels/document.xml.rels"
    relation = f'<Relationship Id="rId78" Type="{RELATIONS}/hyperlink" Target="{target}" TargetMode="External"/>'
    whole = parts(TEMPLATE)
    return package({**whole, links: whole[links].replace(b"</Relationships>", relation.encode() + b"</Relationships>")})


CHANGED = 'w:id="1" w:author="Kirjoittaja Nimi" w:date="2026-01-01T00:00:00Z"'
_WORD_2010 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
NARRATIVE = "{{p row.narrative }}"
OWN = "{{p section.goal.narrative }}"
RISKS = "{{p row.main_risks }}"
FIRST_HEADING = "{{ headings.council_term_goal }}"


def set_width(table: Element, width: int) -> None:
    """A column dragged so that the table has a width."""
    grid = list(table.iter(w("gridCol")))
    more = width - sum(int(str(column.get(w("w")))) for column in grid)
    for measure in (grid[0], *(row.find(f"{w('tc')}/{w('tcPr')}/{w('tcW')}") for row in table.iter(w("tr")))):
        assert measure is not None
        measure.set(w("w"), str(int(str(measure.get(w("w")))) + more))
    table.find(f"{w('tblPr')}/{w('tblW')}").set(w("w"), str(width))  # type: ignore[union-attr]


def portrait(root: Element) -> None:
    """One click in Word: Layout, Orientation, Portrait."""
    size = next(root.iter(w("pgSz")))
    size.set(w("w"), "11906")
    size.set(w("h"), "16838")
    del size.attrib[w("orient")]


def wrap(element: Element, wrapper: str) -> None:
    """Puts an element in a wrapper of Word's."""
    outer = xml(wrapper)
    inner = next((each for each in outer.iter() if len(each) == 0 and each.tag != w("sdtPr")), outer)
    parent = element.getparent()
    assert parent is not None
    parent.replace(element, outer)
    inner.append(element)


def divide(text: str, wrapper: str, at: int = 5) -> Callable[[Element], None]:
    """Divides a tag over two runs, of which the second stands in a wrapper."""

    def change(root: Element) -> None:
        piece = next(each for each in root.iter(w("t")) if text in (each.text or ""))
        own = piece.getparent()
        assert own is not None
        second = deepcopy(own)
        cut = (piece.text or "").index(text) + at
        for copied in second.iter(w("t")):
            copied.text = (piece.text or "")[cut:]
        piece.text = (piece.text or "")[:cut]
        own.addnext(second)
        if wrapper:
            wrap(second, wrapper)

    return change


def tracked(text: str, kind: str) -> Callable[[Element], None]:
    def change(root: Element) -> None:
        own = next(with_text(root, text).iter(w("r")))
        wrap(own, f"<w:{kind} {CHANGED}></w:{kind}>")
        if kind == "del":
            for piece in own.iter(w("t")):
                piece.tag = w("delText")

    return change


def _properties(root: Element, text: str, inner: str) -> None:
    next(with_text(root, text).iter(w("r"))).insert(0, xml(f"<w:rPr>{inner}</w:rPr>"))


def _row_property(root: Element, text: str, inner: str) -> None:
    row = row_with(root, text)
    found = row.find(w("trPr"))
    if found is None:
        found = xml("<w:trPr></w:trPr>")
        row.insert(0, found)
    found.append(xml(inner))


def _in_box(root: Element) -> None:
    own = with_text(root, NARRATIVE)
    outer = paragraph(
        "<w:r><w:pict><v:shape><v:textbox><w:txbxContent></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )
    own.addnext(outer)
    next(outer.iter(w("txbxContent"))).append(own)


def _hide_style(root: Element) -> None:
    for style in root.iter(w("style")):
        if style.get(w("styleId")) == "Taulukkoteksti":
            look = style.find(w("rPr"))
            (look if look is not None else style).append(
                xml("<w:vanish/>" if look is not None else "<w:rPr><w:vanish/></w:rPr>")
            )


def _with_hiding_style(kind: str, use: Callable[[Element], None]) -> bytes:
    """A style that hides its text, and one based on it, which is used."""
    look = "<w:rPr><w:vanish/></w:rPr>"
    styles = (
        f'<w:style w:type="{kind}" w:styleId="Piilo"><w:name w:val="Piilo"/>{look}</w:style>'
        f'<w:style w:type="{kind}" w:styleId="Piilo2"><w:name w:val="Piilo2"/><w:basedOn w:val="Piilo"/></w:style>'
    )
    return mangled(use, template=edited("</w:styles>", f"{styles}</w:styles>", "word/styles.xml"))


def _use_table_style(root: Element) -> None:
    next(table_with(root, NARRATIVE).iter(w("tblStyle"))).set(w("val"), "Piilo2")


def _columns(root: Element) -> None:
    next(root.iter(w("cols"))).set(w("num"), "2")


def _gutter(root: Element) -> None:
    next(root.iter(w("pgMar"))).set(w("gutter"), "1134")


def _indent(root: Element) -> None:
    table_with(root, NARRATIVE).find(w("tblPr")).append(xml('<w:tblInd w:w="2000" w:type="dxa"/>'))  # type: ignore[union-attr]


def _percent(root: Element) -> None:
    measure = table_with(root, NARRATIVE).find(f"{w('tblPr')}/{w('tblW')}")
    assert measure is not None
    measure.set(w("type"), "pct")
    measure.set(w("w"), "6500")


def _nested(root: Element) -> None:
    inner = xml(
        '<w:tbl><w:tblPr><w:tblW w:w="9000" w:type="dxa"/></w:tblPr><w:tblGrid><w:gridCol w:w="9000"/></w:tblGrid>'
        '<w:tr><w:tc><w:tcPr><w:tcW w:w="9000" w:type="dxa"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>'
    )
    cell_with(root, NARRATIVE).insert(1, inner)


def broken() -> Iterator[Broken]:
    """Every broken template."""
    yield from _layout()
    yield from _unseen()
    yield from _off_the_page()
    yield from _lost_words()
    yield from _changes()
    yield from _fields()
    yield from _tags()
    yield from _other_parts()


def _layout() -> Iterator[Broken]:
    ninth = "body text, table 9"
    yield Broken(
        "portrait section",
        mangled(portrait),
        "the table is 26.7 cm wide, and there is room for 18.0 cm",
        "body text, table 9",
    )
    yield Broken(
        "dragged column",
        mangled(lambda root: set_width(table_with(root, NARRATIVE), 17_000)),
        "the table is 30.0 cm wide",
        ninth,
    )
    yield Broken(
        "a little wider",
        mangled(lambda root: set_width(table_with(root, NARRATIVE), 15_500)),
        "the table is 27.3 cm wide",
        ninth,
    )
    yield Broken(
        "list off the page",
        mangled(lambda root: set_width(table_with(root, "{{ row.waiting }}"), 17_000)),
        "the table is 30.0 cm wide",
        "body text, table 5",
    )
    yield Broken("columns of text", mangled(_columns), "there is room for", "body text, table 9")
    yield Broken("gutter", mangled(_gutter), "there is room for 24.7 cm", ninth)
    yield Broken("indented table", mangled(_indent), "the table is 30.2 cm wide", ninth)
    yield Broken("percent", mangled(_percent), "the table is 34.7 cm wide", ninth)
    yield Broken(
        "nested table",
        mangled(_nested),
        "the table is 15.9 cm wide, and there is room for 5.4 cm",
        "body text, table 10",
    )
    yield Broken(
        "exact height",
        mangled(lambda root: _row_property(root, NARRATIVE, '<w:trHeight w:val="300" w:hRule="exact"/>')),
        "the row has an exact height",
        f"{ninth}, row 4",
    )
    yield Broken("text box", mangled(_in_box), "stands in a text box", f"{ninth}, row 4, cell 7")


_TURNED, _SHRUNK, _ONE_LINE = '<w:textDirection w:val="btLr"/>', "<w:tcFitText/>", "<w:noWrap/>"


def _cell_property(root: Element, inner: str) -> None:
    cell_with(root, NARRATIVE).find(w("tcPr")).append(xml(inner))  # type: ignore[union-attr]
    for layout in table_with(root, NARRATIVE).iter(w("tblLayout")):
        layout.set(w("type"), "autofit")


def _paragraph_property(root: Element, inner: str) -> None:
    with_text(root, NARRATIVE).find(w("pPr")).append(xml(inner))  # type: ignore[union-attr]


def _style_look(inner: str, kind: str = "rPr") -> bytes:
    """The style of the goals' text with a look."""
    look = xml(f"<w:{kind}>{inner}</w:{kind}>")

    def change(root: Element) -> None:
        style = next(each for each in root.iter(w("style")) if each.get(w("styleId")) == "Taulukkoteksti")
        for old in style.findall(w(kind)):
            style.remove(old)
        style.append(look)

    return mangled(change, "word/styles.xml")


def _unseen() -> Iterator[Broken]:
    own, ninth = "body text, table 9, row 4, cell 7", "body text, table 9"
    looks = {
        "size": '<w:sz w:val="2"/>',
        "scale": '<w:w w:val="1"/>',
        "raised": '<w:position w:val="2000"/>',
        "condensed": '<w:spacing w:val="-400"/>',
        "white": '<w:color w:val="FFFFFF"/>',
        "white of the theme": '<w:color w:val="000000" w:themeColor="background1"/>',
    }
    for name, look in looks.items():
        template = mangled(lambda root, look=look: _properties(root, NARRATIVE, look))
        yield Broken(f"letters: {name}", template, "too small, too dense or too faint", own)
    yield Broken("letters: size of a style", _style_look('<w:sz w:val="2"/>'), "too small, too dense", ninth)
    yield Broken("letters: white style", _style_look('<w:color w:val="FFFFFF"/>'), "or too faint", ninth)
    cuts = {
        "line": '<w:spacing w:line="20" w:lineRule="exact"/>',
        "indent": '<w:ind w:left="20000"/>',
        "indent to the left": '<w:ind w:left="-20000"/>',
        "indent from the right": '<w:ind w:right="20000"/>',
        "frame": '<w:framePr w:w="2000" w:h="300" w:hRule="exact" w:wrap="around" w:x="30000"/>',
    }
    for name, cut in cuts.items():
        template = mangled(lambda root, cut=cut: _paragraph_property(root, cut))
        yield Broken(f"paragraph: {name}", template, "the paragraph would cut its text", own)
    line = _style_look('<w:spacing w:line="20" w:lineRule="exact"/>', "pPr")
    yield Broken("paragraph: line of a style", line, "the paragraph would cut its text", ninth)
    for name, inner in (("turned", _TURNED), ("shrunk", _SHRUNK), ("one line", _ONE_LINE)):
        template = mangled(lambda root, inner=inner: _cell_property(root, inner))
        yield Broken(f"cell: {name}", template, "the cell is too narrow, turns its text", own)
    yield Broken("cell: narrow", mangled(_narrow), "the cell is too narrow", own)


def _narrow(root: Element) -> None:
    cell_with(root, NARRATIVE).find(f"{w('tcPr')}/{w('tcW')}").set(w("w"), "20")  # type: ignore[union-attr]


def _floating(anchor: str, place: int) -> bytes:
    inner = f'<w:tblpPr w:vertAnchor="text" w:horzAnchor="{anchor}" w:tblpX="{place}" w:tblpY="1"/>'
    return mangled(lambda root: table_with(root, NARRATIVE).find(w("tblPr")).append(xml(inner)))  # type: ignore[union-attr]


def _pushed(root: Element) -> None:
    _row_property(root, NARRATIVE, '<w:gridBefore w:val="1"/>')
    _row_property(root, NARRATIVE, '<w:wBefore w:w="12000" w:type="dxa"/>')


def _without(name: str) -> Callable[[Element], None]:
    return lambda root: [remove(each) for each in list(root.iter(w(name)))] and None


def _section_in_control(root: Element) -> None:
    """A section break inside a content control, as Word's cover pages have it."""
    portrait(root)
    own = next(root.iter(w("sectPr")))
    control = xml("<w:sdt><w:sdtContent><w:p><w:pPr></w:pPr></w:p></w:sdtContent></w:sdt>")
    next(control.iter(w("pPr"))).append(deepcopy(own))
    own.addprevious(control)
    size = own.find(w("pgSz"))
    assert size is not None
    size.set(w("w"), "16838")


def _off_the_page() -> Iterator[Broken]:
    wide, ninth = "the table is 26.7 cm wide", "body text, table 9"
    yield Broken("floating to the right", _floating("page", 20_000), wide, ninth)
    yield Broken("floating to the left", _floating("margin", -12_000), wide, ninth)
    yield Broken("row pushed to the right", mangled(_pushed), "there is room for 26.7 cm", ninth)
    yield Broken("page without a size", mangled(_without("pgSz")), wide, ninth)
    yield Broken("body without a section", mangled(_without("sectPr")), wide, ninth)
    yield Broken("section in a content control", mangled(_section_in_control), wide, ninth)


def _lost_words() -> Iterator[Broken]:
    lost, rows = (
        "What officers wrote would be lost: the template does not print {{p row.%s }}",
        "does not print the rows",
    )
    yield Broken("no narrative in rows", without_text(NARRATIVE), lost % "narrative", "01.01, 01.01.01")
    yield Broken("no narrative of the first row", without_text(OWN), lost % "narrative", "goals: 01")
    yield Broken("no risks", without_text(RISKS), lost % "main_risks", "01.01.01")
    yield Broken(
        "status in place of narrative", without_text(NARRATIVE, "{{p row.overall_status }}"), lost % "narrative"
    )
    yield Broken("empty loop", without_row("{{p row.narrative }}"), rows, "01.01, 01.01.01")
    yield Broken(
        "no field at all",
        package({**parts(TEMPLATE), BODY: re.sub(rb"\{[{%].*?[%}]\}", b"x", parts(TEMPLATE)[BODY])}),
        rows,
        "01, 01.01",
    )
    yield Broken("first row left out", without_row(OWN), rows, "goals: 01, 02")
    some = edited("for section in sections %", "for section in sections[:1] %")
    yield Broken("only one section", some, "a template may not use “sections[…]”", "body text")
    yield Broken(
        "a condition too many",
        edited("for row in section.rows %", "for row in section.rows if row.is_short %"),
        rows,
        "02.01",
    )
    yield Broken(
        "rows of the lists alone",
        edited("for section in sections %", "for section in sections if not sections %"),
        rows,
    )
    yield Broken(
        "printed in another list",
        edited(
            "{{ row.waiting }}",
            "{{ row.waiting }}",
            template=without_text("{%tr for row in section.rows %}", "{%tr for row in lowest.rows %}"),
        ),
        rows,
    )
    yield Broken("only when final", without_text(NARRATIVE, "{% if not is_draft %}x{% endif %}"), lost % "narrative")
    yield Broken("hidden column", mangled(lambda root: _properties(root, NARRATIVE, "<w:vanish/>")), lost % "narrative")
    yield Broken("hidden row", mangled(lambda root: _row_property(root, NARRATIVE, "<w:hidden/>")), rows)
    yield Broken("hidden style", mangled(_hide_style, "word/styles.xml"), rows)
    by_run = _with_hiding_style("character", lambda root: _properties(root, NARRATIVE, '<w:rStyle w:val="Piilo2"/>'))
    yield Broken("hidden by a character style", by_run, lost % "narrative")
    yield Broken("hidden by a table's style", _with_hiding_style("table", _use_table_style), rows)
    yield Broken("cell merged into the one above", mangled(lambda root: _merged(root, "vMerge")), lost % "narrative")
    yield Broken("cell merged into the one before", mangled(lambda root: _merged(root, "hMerge")), lost % "narrative")
    yield Broken("narrative in the header", _moved_to_header(), lost % "narrative")


def _merged(root: Element, kind: str) -> None:
    """The narrative's cell goes on another cell, so that its own text is not shown."""
    cell_with(root, NARRATIVE).find(w("tcPr")).append(xml(f"<w:{kind}/>"))  # type: ignore[union-attr]


def _moved_to_header() -> bytes:
    """The first goal's narrative stands in the header, and not in its row."""
    whole = without_text(OWN)
    loop = "".join(f"<w:p>{run(text)}</w:p>" for text in ("{%p for section in sections %}", OWN, "{%p endfor %}"))
    return edited("<w:p>", f"{loop}<w:p>", "word/header1.xml", whole)


def _changes() -> Iterator[Broken]:
    fourth = "body text, table 9, row 4, cell 7"
    yield Broken(
        "insertion",
        mangled(tracked("{{ introduction }}", "ins")),
        "a tracked change: “{{ introduction }}”",
        "body text:",
    )
    yield Broken(
        "deletion", mangled(tracked("{{ closing }}", "del")), "a tracked change: “{{ closing }}”", "body text:"
    )
    yield Broken(
        "deletion in a cell", mangled(tracked(NARRATIVE, "del")), "a tracked change: “{{p row.narrative }}”", fourth
    )
    yield Broken("moved from", mangled(tracked("{{ statuses }}", "moveFrom")), "a tracked change", "body text:")
    yield Broken("moved to", mangled(tracked("{{ statuses }}", "moveTo")), "a tracked change", "body text:")
    yield Broken(
        "changed look",
        mangled(lambda root: _properties(root, NARRATIVE, f"<w:b/><w:rPrChange {CHANGED}><w:rPr/></w:rPrChange>")),
        "a tracked change of the layout",
        fourth,
    )
    yield Broken(
        "inserted row",
        mangled(lambda root: _row_property(root, NARRATIVE, f"<w:ins {CHANGED}/>")),
        "a tracked change of the layout",
        "body text, table 9, row 4",
    )
    yield Broken(
        "inserted paragraph mark",
        before_body(f"<w:pPr><w:rPr><w:ins {CHANGED}/></w:rPr></w:pPr>{run('Uusi')}"),
        "a tracked change of the layout",
        "reads: Uusi",
    )
    yield Broken(
        "inserted cell",
        mangled(lambda root: cell_with(root, NARRATIVE).find(w("tcPr")).append(xml(f"<w:cellIns {CHANGED}/>"))),
        "a tracked change of the layout",
        fourth,
    )  # type: ignore[union-attr]
    yield Broken(
        "insertion in the header",
        mangled(tracked("{{ municipality }}", "ins"), "word/header1.xml"),
        "a tracked change: “{{ municipality }}”",
        "header:",
    )
    for mark in ("moveFromRangeStart", "customXmlInsRangeStart"):
        left = before_body(f"<w:{mark} {CHANGED}/>{run('Alku')}")
        yield Broken(f"left by a change: {mark}", left, "a tracked change of the layout", "reads: Alku")
    conflict = before_body(f"<w14:conflictIns {_WORD_2010} {CHANGED}>{run('Alku')}</w14:conflictIns>")
    yield Broken("conflicting change", conflict, "a tracked change: “Alku”", "body text:")
    yield Broken(
        "tag over an insertion",
        mangled(divide("{{ closing }}", f"<w:ins {CHANGED}></w:ins>")),
        "a tracked change",
        "body text:",
    )


_SEPARATE = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'


def _around_table(root: Element, start: str, end: str) -> None:
    table = table_with(root, NARRATIVE)
    table.addprevious(paragraph(start))
    table.addnext(paragraph(end))


def _fields() -> Iterator[Broken]:
    for code in (
        "DDEAUTO c:\\\\x",
        "DDE excel x",
        "INCLUDETEXT c:\\\\x.docx",
        "INCLUDEPICTURE http://x/y.png",
        "LINK Excel.Sheet.12 x",
        "IMPORT x",
        "DATABASE \\d x",
        "MACROBUTTON Aja Tee",
        "GOTOBUTTON x",
        "MERGEFIELD Nimi",
        "ASK x",
        "USERNAME",
        "LASTSAVEDBY",
    ):
        yield Broken(
            f"field {code.split()[0]}",
            before_body(field(f" {code} ")),
            f"a report may not hold the field {code.split()[0]}",
            "body text:",
        )
    yield Broken(
        "simple field",
        before_body(f'<w:fldSimple w:instr=" INCLUDETEXT x ">{run("x")}</w:fldSimple>'),
        "a report may not hold the field INCLUDETEXT",
        "body text:",
    )
    yield Broken(
        "field in the footer",
        edited("<w:p>", f"<w:p>{field(' DDEAUTO x ')}</w:p><w:p>", "word/footer1.xml"),
        "may not hold the field DDEAUTO",
        "footer:",
    )
    yield Broken(
        "field in a field",
        before_body(field(" IF 1 = 1 ") + field(" DDE x ")),
        "may not hold the field DDE",
        "body text:",
    )
    yield Broken(
        "tag in a field's code",
        before_body(field(' HYPERLINK "{{ organ }}" ')),
        "a tag stands in the code of a field",
        "body text:",
    )
    half = len(inner := field(" QUOTE x ")) and inner.index("<w:r><w:t ")
    for name, start in (("code", inner[:half].replace(_SEPARATE, "")), ("result", inner[:half])):
        template = mangled(lambda root, start=start: _around_table(root, start, inner[half:]))
        yield Broken(f"table in a field’s {name}", template, "the table stands inside a field", "body text, table 9")
    yield Broken(
        "OLE object",
        before_body('<w:r><w:object><o:OLEObject Type="Embed"/></w:object></w:r>'),
        "an embedded object",
        "body text:",
    )
    yield Broken(
        "ActiveX",
        before_body('<w:r><w:object><w:control w:name="x"/></w:object></w:r>'),
        "an embedded object",
        "body text:",
    )
    yield Broken(
        "another file",
        mangled(lambda root: root.find(w("body")).insert(1, xml('<w:altChunk r:id="rId9"/>'))),
        "an embedded object or another file",
        "body text:",
    )  # type: ignore[union-attr]
    yield Broken(
        "sub-document", before_body('<w:subDoc r:id="rId9"/>'), "an embedded object or another file", "body text:"
    )


def _tags() -> Iterator[Broken]:
    yield Broken(
        "misspelt",
        without_text(NARRATIVE, "{{p row.narative }}"),
        "there is no field “row.narative”",
        "body text, table 9, row 4, cell 7",
    )
    yield Broken(
        "unclosed section",
        without_paragraph("{%p endfor %}", -1),
        "“{%p for section in sections %}” has no pair",
        "body text:",
    )
    yield Broken(
        "unclosed row",
        without_row("{%tr endfor %}", -2),
        "“{%tr for row in section.rows %}” has no pair",
        "body text, table 9, row 3, cell 1",
    )
    yield Broken(
        "unopened row",
        without_row("{%tr for row in section.rows %}"),
        "“{%tr endfor %}” has no pair",
        "body text, table 9, row 4, cell 1",
    )
    yield Broken("unclosed if", without_paragraph("{%p endif %}"), "“{%p if is_draft %}” has no pair", "body text:")
    yield Broken(
        "single braces",
        without_text("{{ closing }}", "{ closing }"),
        "“{ closing }” would be printed as it is",
        "body text:",
    )
    yield Broken(
        "single braces in a cell",
        without_text("{{ row.waiting }}", "{row.waiting}"),
        "“{row.waiting}” would be printed as it is",
        "body text, table 5, row 3, cell 2",
    )
    yield Broken(
        "half a tag",
        without_text("{{ closing }}", "{{ closing }"),
        "a tag does not begin and end in the paragraph",
        "body text:",
    )
    yield Broken(
        "second contents", without_text("{{ closing }}", "{{p contents }}"), "a second list of contents", "body text:"
    )
    yield Broken(
        "raw",
        without_text("{{ closing }}", "{% raw %}{{ closing }}{% endraw %}"),
        "a template may not use “{% raw %}”",
        "body text:",
    )
    yield Broken(
        "tag in words",
        without_text("{{ closing }}", "{{ '{' ~ '{ closing }' ~ '}' }}"),
        "“{{ closing }}” was left in the document",
        "body text:",
    )
    yield Broken(
        "block over a link's end",
        before_body(f'<w:hyperlink w:anchor="a">{run("{% if is_draft %}x")}</w:hyperlink>{run("{% endif %}")}'),
        "does not stand at the same level",
        "body text:",
    )
    yield Broken(
        "whole paragraphs in words",
        without_text("{{ need.officers }}", "x {{ need.main_risks }}"),
        "is whole paragraphs",
        "body text, table 4",
    )
    yield Broken(
        "no such division",
        without_text("{{ closing }}", "{{ summary.divisions[0].label }}"),
        "the tag cannot be printed",
        "body text:",
    )
    yield Broken(
        "division by zero",
        without_text("{{ closing }}", "{{ 1 // changes.rows|length }}"),
        "the tag cannot be printed (",
        "body text:",
    )
    yield Broken(
        "filter", without_text("{{ closing }}", "{{ closing|uper }}"), "there is no filter “uper”", "body text:"
    )
    yield Broken(
        "word of a tag",
        without_paragraph("{%p endif %}") and without_text("{{ closing }}", "{% unless x %}"),
        "no tag begins with “unless”",
        "body text:",
    )


def _other_parts() -> Iterator[Broken]:
    spoilt = with_part("docProps/core.xml", "<x>", "application/vnd.openxmlformats-package.core-properties+xml")
    yield Broken("damaged properties", spoilt, "The template is not a Word document (.docx), or it is damaged")
    for name in ("word/theme/theme1.xml", "word/numbering.xml", "word/fontTable.xml"):
        damaged = package({**parts(TEMPLATE), name: parts(TEMPLATE)[name][:-8]})
        yield Broken(f"damaged {name}", damaged, "The template is not a Word document (.docx), or it is damaged")
    spaces = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    drawing = "application/vnd.openxmlformats-officedocument.drawingml."
    yield Broken(
        "SmartArt",
        with_part(
            "word/diagrams/data1.xml",
            f"<dataModel {spaces}><a:t>{{{{ or</a:t><a:t>gan }}}}</a:t></dataModel>",
            f"{drawing}diagramData+xml",
        ),
        "A SmartArt graphic holds {{ organ }}",
    )
    yield Broken(
        "chart's title",
        with_part(
            "word/charts/chart1.xml", f"<chart {spaces}><a:t>{{{{ organ }}}}</a:t></chart>", f"{drawing}chart+xml"
        ),
        "A chart holds {{ organ }}",
    )
    yield Broken(
        "link's address", with_link("https://example.org/{{ period }}"), "The address of a link holds {{ period }}"
    )
    yield Broken(
        "link's address as Word writes it",
        with_link("https://example.org/%7b%7b%20period%20%7d%7d"),
        "The address of a link holds {{ period }}",
    )
    yield Broken(
        "macros",
        with_part("word/vbaProject.bin", "x", "application/vnd.ms-office.vbaProject"),
        "The template holds macros",
    )
    whole = parts(TEMPLATE)
    docm = whole["[Content_Types].xml"].replace(
        f"{WORD}.document.main+xml".encode(), b"application/vnd.ms-word.document.macroEnabled.main+xml"
    )
    yield Broken("docm", package({**whole, "[Content_Types].xml": docm}), "The template holds macros")
    strict = whole[BODY].replace(
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    yield Broken("strict", package({**whole, BODY: strict}), "The template is saved as a “Strict Open XML Document”")
    yield Broken(
        "picture from outside",
        with_part(
            "word/x.xml",
            "<x/>",
            "application/xml",
            edited('Target="', 'TargetMode="External" Target="', "word/_rels/document.xml.rels"),
        ),
        "the template fetches something from outside",
    )
