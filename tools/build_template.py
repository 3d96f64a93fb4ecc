"""Makes templates/report.docx, the Word template with which a workspace begins.

What it looks like stands in named styles, and what it says in tags, so that a municipality edits it in Word; this
script is for making the first one. python-docx's own default document does not pass validation: of it only the
theme is kept.
"""

from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.table import CT_Row
from docx.shared import Mm, Pt, RGBColor, Twips
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from generator.formats.docx.package import read_package
from generator.formats.opc.package import in_order
from generator.formats.opc.zip_writer import write_parts
from tools.template_parts import BASE_STYLES, BUILT_IN, FONTS, NUMBERING, SETTINGS, STYLES, TABLE_STYLE, TINT, Look

TEMPLATE = Path(__file__).parent.parent / "templates" / "report.docx"
TEXT_WIDTH = 15138  # twips: A4 landscape without 15 mm on either side
COUNT_COLUMNS = (3338, 3600, 3600, 3500, 1100)  # a division’s name on one line, the loop of counts, their total
COLUMNS = (1600, 1640, 1700, 2140, 1520, 1720, 3068, 1750)


def build() -> bytes:
    document = docx.Document()
    _drop_what_is_not_ours(document)
    for look in STYLES:
        _add_style(document, look)
    _finish_styles(document)
    _lay_page(document)
    _write_top(document)
    _add(document, "{%p if not is_brief %}", "Body Text")
    _write_summary(document)
    _add(document, "{%p endif %}", "Body Text")
    _add_programme(document)
    _write_sections(document)
    buffer = BytesIO()
    document.save(buffer)
    parts = read_package(buffer.getvalue())
    return write_parts((name, (parts[name],)) for name in in_order(parts))


def _write_top(document: Document) -> None:
    _add(document, "{{ title }}", "Heading 1")
    _add_if(document, "is_draft", [("{{ state_text }}", "Luonnos")], [("{{ state_text }}", "Tunnistetiedot")])
    _add(document, "{{ municipality }}, {{ organ }}", "Tunnistetiedot").runs[0].bold = True
    _add(document, "{%p if case_number %}", "Tunnistetiedot")
    _add_named(document, "case_number", "case_number")
    _add(document, "{%p endif %}", "Tunnistetiedot")
    _add_named(document, "date", "date")
    for field, value in (("section", "section"), ("attachment", "attachment_number")):
        named = f"{{{{ labels.{field} }}}}\t{{{{ {value} }}}}"
        _add_if(document, field, [(named, "Tunnistetiedot")])
    _add_if(document, "is_extract", [("{{ extract }}", "Body Text")])
    _add(document, "{%p if not is_brief %}", "Body Text")
    introduction = _add(document, "{{ introduction }}", "Body Text").paragraph_format
    introduction.space_before, introduction.keep_with_next = Pt(8), True
    _add(document, "{%p for degree in scale %}", "List Bullet")
    _add(document, "{{ degree }}", "List Bullet")
    _add(document, "{%p endfor %}", "List Bullet")
    _add(document, _HOW_TO_READ, "Body Text").paragraph_format.space_before = Pt(4)
    _add(document, "{%p else %}", "Body Text")
    _add(document, f"{_IN_SHORT} {_HOW_TO_READ}", "Tiivistelmä")
    _add(document, "{%p endif %}", "Body Text")
    _add_if(document, "has_contents", [("{{ labels.contents }}", "TOC Heading"), ("{{p contents }}", "toc 2")])
    _add_if(document, "has_previous and is_brief", [("{{ changes.text }}", "Body Text")])
    _add_text(document, "foreword")


_IN_SHORT = "{{ introduction }} {{ scale|join('; ') }}."
_HOW_TO_READ = "{{ statuses }} {{ table_note }}{% if language_note %} {{ language_note }}{% endif %}"


def _write_summary(document: Document) -> None:
    """One page: what there is to say in words, the counts by level, as a chart and by division. The lists follow it."""
    heading = _add(document, "{{ labels.summary }}", "Heading 2").paragraph_format
    heading.page_break_before, heading.space_before = True, Pt(0)
    _add(document, "{%p if assessment %}", "Body Text")
    _add(document, "{{p assessment }}", "Tiivistelmä").paragraph_format.space_after = Pt(0)  # the summary has one page
    _add(document, "{%p endif %}", "Body Text")
    _add_if(document, "summary.basis", [("{{ summary.basis }}", "Tiivistelmä")])
    _add(document, "{%p if summary.has_statuses %}", "Body Text")
    _add(document, "{{ summary.status_caption }}", "caption")
    _add_statuses(document)
    _add(document, "{%p elif summary.divisions %}", "Body Text")
    _add(document, "{{ summary.division_caption }}", "caption")
    _add_divisions(document)
    _add(document, "{%p endif %}", "Body Text")
    _add_if(document, "not summary.has_statuses", [("{{ summary.chart_caption }}", "caption")])
    _add(document, "{{p summary.chart }}", "Kuva")
    _add(document, "{%p for matter in summary.matters %}", "Yhteenvedon rivi")
    matter = _add(document, "", "Yhteenvedon rivi")
    matter.add_run("{{ matter.label }}").bold = True
    matter.add_run("\t")
    matter.add_run("{{ matter.text }}")
    _add(document, "{%p endfor %}", "Yhteenvedon rivi")
    _add_levels(document, "summary.levels_fit", "caption")
    _add(document, "{%p if summary.computed %}", "Body Text")
    _add(document, "{{ summary.computed }}", "Tiivistelmä").paragraph_format.space_before = Pt(3)
    _add(document, "{%p endif %}", "Body Text")
    some = " or ".join(f"{name}.rows" for name in ("attention", "unreported", "disagreements"))
    _add_if(document, some, [("{{ labels.behind_summary }}", "Heading 2")])
    _add_attention(document)
    _add_list(document, "unreported", (9638, 5500), ["waiting"])
    _add_list(document, "disagreements", (6138, 9000), ["assessments"])
    _add_if(
        document, "attention.risen", [("{{ labels.risen }}", "Heading 2"), ("{{ attention.risen }}", "Tiivistelmä")]
    )
    _add_levels(document, "not summary.levels_fit", "Heading 2")


def _add_text(document: Document, name: str) -> None:
    """A text that the report's maker writes, below its heading; nothing where there is none."""
    _add_if(document, name, [(f"{{{{ labels.{name} }}}}", "Heading 2"), (f"{{{{p {name} }}}}", "Body Text")])


def _add_revision(document: Document) -> None:
    """The chapter on what a later version changes; nothing in the first one."""
    _add(document, "{%p if revision.chapter %}", "Body Text")
    _add(document, "{{ revision.chapter }}", "Heading 2")
    _add(document, "{{ revision.text }}", "Body Text")
    _add(document, "{%p endif %}", "Body Text")
    _add(document, "{%p if revision.rows %}", "Body Text")
    table = _add_table(document, (3838, 2300, 4500, 4500), 4, "{{ revision.caption }}")
    headings = ["{{ labels.goal }}", "{{ labels.change }}", "{{ revision.before }}", "{{ revision.after }}"]
    _fill_headings(table, headings)
    cells = ["{{ text.title }}", "{{ text.what }}", "{{p text.before }}", "{{p text.after }}"]
    _fill_loop(table, "text in revision.rows", cells)
    _add(document, "{%p endif %}", "Body Text")


def _add_programme(document: Document) -> None:
    """The chapter on changes to the programme; nothing where there are none."""
    _add(document, "{%p if programme.rows %}", "Body Text")
    _add(document, "{{ labels.programme }}", "Heading 2")
    _add(document, "{{ programme.text }}", "Body Text").paragraph_format.keep_with_next = True
    table = _add_table(document, (5838, 3800, 5500), 4, "{{ programme.caption }}")
    _fill_headings(table, ["{{ labels.goal }}", "{{ labels.change }}", "{{ labels.earlier }}"])
    _fill_loop(table, "item in programme.rows", ["{{ item.title }}", "{{ item.change }}", "{{p item.earlier }}"])
    _keep_whole(table.rows[2]._tr)
    _add(document, "{%p endif %}", "Body Text")


def _write_sections(document: Document) -> None:
    _add(document, "{%p for section in sections %}", "Body Text")
    _add(document, "{{ section.heading }}", "Heading 2")
    _add(document, "{%p if section.remark %}", "Body Text")
    _add(document, "{{p section.remark }}", "Body Text").paragraph_format.keep_with_next = True
    _add(document, "{%p endif %}", "Body Text")
    table = _add_table(document, COLUMNS, 5, "{{ section.caption }}")
    table._tbl.tblPr.append(parse_xml(f'<w:tblDescription {nsdecls("w")} w:val="{{{{ table_note }}}}"/>'))
    _fill_headings(table, [f"{{{{ headings.{name} }}}}" for name in _FIELDS])
    _fill(table, 1, [f"{{{{p section.goal.{name} }}}}" for name in _FIELDS], ["Tavoiterivi"] + ["Taulukkoteksti"] * 7)
    for cell in table.rows[1].cells:
        _shade(cell, TINT)
    for cell in (table.rows[1].cells[0], *table.rows[1].cells[3:]):  # dashes do not know whether a row follows
        cell.paragraphs[0].paragraph_format.keep_with_next = True
    _fill_loop(table, "row in section.rows", [f"{{{{p row.{name} }}}}" for name in _FIELDS])
    for row in (table.rows[1], table.rows[3]):
        _keep_whole(row._tr)
        for cell in row.cells[:3]:
            cell.paragraphs[0].paragraph_format.keep_together = True  # a long row may break, but not in a title
    for cell in table.rows[0].cells:
        _hyphenate(cell)
    table._tbl.tblPr.find(qn("w:tblLayout")).set(qn("w:type"), "autofit")  # the columns are measured when printed
    _add(document, "{%p endfor %}", "Body Text")
    _add_revision(document)
    _add_text(document, "closing_words")
    _add(document, "{{ closing }}", "Body Text").paragraph_format.space_before = Pt(10)


_FIELDS = (
    "council_term_goal",
    "annual_goal",
    "action",
    "main_risks",
    "overall_status",
    "degree",
    "narrative",
    "officer",
)


def _add_statuses(document: Document) -> None:
    """A column for each overall status; the three cells of the loop share their width."""
    table = _add_table(document, COUNT_COLUMNS, 5, "{{ summary.status_caption }}")
    loop, end = "{%tc for status in summary.status_columns %}", "{%tc endfor %}"
    whose = "{% if summary.divisions %}{{ labels.division }}{% else %}{{ labels.goal }}{% endif %}"
    _fill_headings(table, [whose, loop, "{{ status }}", end, "{{ labels.total }}"])
    counts = [loop.replace("summary.status_columns", "division.counts"), "{{ status }}", end]
    _fill_loop(table, "division in summary.status_divisions", ["{{ division.label }}", *counts, "{{ division.total }}"])
    total = [loop.replace("summary.status_columns", "summary.status_total.counts"), "{{ status }}", end]
    texts = ["{{ summary.status_total.label }}", *total, "{{ summary.status_total.total }}"]
    _fill(table, 4, texts, ["Taulukon summa"] * 5)
    _finish_counts(table)


def _add_levels(document: Document, condition: str, style: str) -> None:
    """A row for each level, a column for each degree; the last row is the total."""
    _add(document, f"{{%p if {condition} %}}", "Body Text")
    _add(document, "{{ summary.caption }}", style)
    table = _add_table(document, COUNT_COLUMNS, 4, "{{ summary.caption }}")
    loop, end = "{%tc for degree in summary.columns %}", "{%tc endfor %}"
    _fill_headings(table, ["{{ labels.level }}", loop, "{{ degree }}", end, "{{ labels.total }}"])
    counts = [loop.replace("summary.columns", "level.counts"), "{{ degree }}", end]
    _fill_loop(table, "level in summary.levels", ["{{ level.label }}", *counts, "{{ level.total }}"])
    _finish_counts(table)
    _add(document, "{%p endif %}", "Body Text")


def _finish_counts(table: Table) -> None:
    """Numbers stand to the right, rows are low, and each row stays whole."""
    low = f'<w:tblCellMar {nsdecls("w")}><w:top w:w="20" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/></w:tblCellMar>'
    table._tbl.tblPr.find(qn("w:tblLayout")).addnext(parse_xml(low))
    _style_counts(table.rows[2].cells)
    for row in table.rows:
        for cell in row.cells[1:]:
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if len(table.rows) > 4:
        for cell in table.rows[4].cells:
            _shade(cell, TINT)
    _hyphenate(table.rows[0].cells[2])
    _keep_whole(table.rows[2]._tr)


def _add_attention(document: Document) -> None:
    """The goals that need attention, each with its reason and risks."""
    _add(document, "{%p if attention.rows %}", "Body Text")
    table = _add_table(document, (4138, 2300, 6000, 2700), 4, "{{ attention.caption }}")
    _fill_headings(
        table, ["{{ labels.goal }}", "{{ labels.reason }}", "{{ headings.main_risks }}", "{{ headings.officer }}"]
    )
    cells = ["{{ need.title }}", "{{ need.reason }}", "{{p need.main_risks }}", "{{ need.officers }}"]
    _fill_loop(table, "need in attention.rows", cells)
    _keep_whole(table.rows[2]._tr)
    _add(document, "{%p endif %}", "Body Text")


def _add_divisions(document: Document) -> None:
    """A column for each degree of the scale, however many it has: the three cells of the loop share their width."""
    table = _add_table(document, COUNT_COLUMNS, 4, "{{ summary.division_caption }}")
    loop, end = "{%tc for degree in summary.columns %}", "{%tc endfor %}"
    _fill_headings(table, ["{{ labels.division }}", loop, "{{ degree }}", end, "{{ labels.total }}"])
    counts = [loop.replace("summary.columns", "division.counts"), "{{ degree }}", end]
    _fill_loop(table, "division in summary.divisions", ["{{ division.label }}", *counts, "{{ division.total }}"])
    _finish_counts(table)


def _style_counts(cells: Sequence[_Cell]) -> None:
    for index, cell in enumerate(cells):
        cell.paragraphs[0].style = "Taulukon luku" if index else "Taulukon tiivis rivi"


_LIST_CELLS = {
    "change": ("{{ labels.change }}", "{{ row.change }}"),
    "officers": ("{{ headings.officer }}", "{{ row.officers }}"),
    "degree": ("{{ headings.degree }}", "{{p row.degree }}"),
    "main_risks": ("{{ headings.main_risks }}", "{{p row.main_risks }}"),
    "waiting": ("{{ headings.officer }}", "{{ row.waiting }}"),
    "assessments": ("{{ labels.assessments }}", "{{p row.assessments }}"),
}


def _add_list(document: Document, group: str, widths: tuple[int, ...], cells: list[str]) -> None:
    """A heading and a table of goals with what is said of each; nothing where there are none."""
    _add(document, f"{{%p if {group}.rows %}}", "Body Text")
    _add(document, f"{{{{ labels.{group} }}}}", "Heading 3")
    table = _add_table(document, widths, 4, f"{{{{ {group}.caption }}}}")
    _fill_headings(table, ["{{ labels.goal }}", *(_LIST_CELLS[cell][0] for cell in cells)])
    _fill_loop(table, f"row in {group}.rows", ["{{ row.title }}", *(_LIST_CELLS[cell][1] for cell in cells)])
    _keep_whole(table.rows[2]._tr)
    _add(document, "{%p endif %}", "Body Text")


def _add(document: Document, text: str, style: str) -> Paragraph:
    return document.add_paragraph(text, style)


def _add_if(
    document: Document, condition: str, then: Iterable[tuple[str, str]], otherwise: Iterable[tuple[str, str]] = ()
) -> None:
    _add(document, f"{{%p if {condition} %}}", "Body Text")
    for text, style in then:
        _add(document, text, style)
    if otherwise:
        _add(document, "{%p else %}", "Body Text")
    for text, style in otherwise:
        _add(document, text, style)
    _add(document, "{%p endif %}", "Body Text")


def _add_named(document: Document, label: str, field: str) -> None:
    paragraph = _add(document, f"{{{{ labels.{label} }}}}", "Tunnistetiedot")
    paragraph.add_run("\t{{ " + field + " }}")


def _add_table(document: Document, widths: tuple[int, ...], rows: int, caption: str) -> Table:
    """A fixed table; every width stands in the grid, which LibreOffice reads, and in the cells, which Word reads."""
    table: Table = document.add_table(rows, len(widths))
    table._tbl.replace(table._tbl.tblPr, parse_xml(_TABLE_PROPERTIES.format(width=sum(widths), caption=caption)))
    for column, wide in zip(table.columns, widths, strict=True):
        column.width = Twips(wide)
        for cell in column.cells:
            cell.width = Twips(wide)
    return table


# The look says that the first row and the first column are headings, and that there are no bands.
_TABLE_PROPERTIES = f"""
<w:tblPr {nsdecls("w")}>
  <w:tblStyle w:val="{TABLE_STYLE}"/><w:tblW w:w="{{width}}" w:type="dxa"/><w:tblLayout w:type="fixed"/>
  <w:tblLook w:val="06A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>
  <w:tblCaption w:val="{{caption}}"/>
</w:tblPr>
"""


def _fill_headings(table: Table, texts: Iterable[str]) -> None:
    _fill(table, 0, list(texts), ["Taulukon otsikko"] * len(table.columns))
    marks = table.rows[0]._tr.get_or_add_trPr()
    marks.append(OxmlElement("w:cantSplit"))
    marks.append(OxmlElement("w:tblHeader"))


def _fill_loop(table: Table, loop: str, texts: list[str]) -> None:
    """Rows 2 to 4: the loop's beginning, its row, and its end; the first and last go away when the tags are read."""
    first = 2 if texts[0].startswith("{{p") else 1
    _fill(table, first, [f"{{%tr for {loop} %}}"], ["Taulukkoteksti"] * len(texts))
    _fill(table, first + 1, texts, ["Taulukkoteksti"] * len(texts))
    _fill(table, first + 2, ["{%tr endfor %}"], ["Taulukkoteksti"] * len(texts))


def _fill(table: Table, row: int, texts: list[str], styles: list[str]) -> None:
    for index, style in enumerate(styles):
        paragraph = table.rows[row].cells[index].paragraphs[0]
        paragraph.style = style
        if index < len(texts):
            paragraph.add_run(texts[index])


def _shade(cell: _Cell, fill: str) -> None:
    cell._tc.get_or_add_tcPr().append(
        parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{fill}"/>')
    )


def _hyphenate(cell: _Cell) -> None:
    """A narrow column's heading is hyphenated, which headings otherwise are not."""
    hyphens = parse_xml(f'<w:suppressAutoHyphens {nsdecls("w")} w:val="0"/>')
    cell.paragraphs[0]._p.get_or_add_pPr().find(qn("w:pStyle")).addnext(hyphens)


def _keep_whole(row: CT_Row) -> None:
    marks = row.get_or_add_trPr()
    if marks.find(qn("w:cantSplit")) is None:
        marks.insert(0, OxmlElement("w:cantSplit"))


def _drop_what_is_not_ours(document: Document) -> None:
    """python-docx's default brings 160 styles, their shadows, a thumbnail and Mac Word's settings."""
    part = document.part
    for relations, kept in ((part.rels, _KEPT_PARTS), (part.package.rels, (RELATIONSHIP_TYPE.OFFICE_DOCUMENT,))):
        for key in [key for key, relation in relations.items() if relation.reltype not in kept]:
            del relations[key]
    part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)._blob = FONTS.encode()
    for element, content in (
        (document.styles.element, BASE_STYLES),
        (document.settings.element, SETTINGS),
        (part.numbering_part.element, NUMBERING),
    ):
        for child in list(element):
            element.remove(child)
        for child in parse_xml(f"<w:all {nsdecls('w')}>{content}</w:all>"):
            element.append(child)


_KEPT_PARTS = (
    RELATIONSHIP_TYPE.STYLES,
    RELATIONSHIP_TYPE.SETTINGS,
    RELATIONSHIP_TYPE.NUMBERING,
    RELATIONSHIP_TYPE.THEME,
    RELATIONSHIP_TYPE.FONT_TABLE,
)


def _add_style(document: Document, look: Look) -> None:
    styles = document.styles
    builtin = look.name in BUILT_IN
    style = styles.add_style(look.name, WD_STYLE_TYPE.PARAGRAPH, builtin=builtin)
    style.base_style, style.quick_style = styles[look.based_on], True
    style.font.bold = look.bold
    style.font.size = None if look.size is None else Pt(look.size)
    if look.colour:
        style.font.color.rgb = RGBColor.from_string(look.colour)
    spacing = style.paragraph_format
    spacing.space_before = None if look.before is None else Pt(look.before)
    spacing.space_after = None if look.after is None else Pt(look.after)
    spacing.keep_with_next = look.keeps_with_next


def _finish_styles(document: Document) -> None:
    styles = document.styles
    for level in (1, 2, 3):
        properties = styles[f"Heading {level}"].element.get_or_add_pPr()
        properties.append(parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="{level - 1}"/>'))
    number = parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="1"/></w:numPr>')
    styles["List Bullet"].element.get_or_add_pPr().insert(0, number)
    styles["Taulukkoteksti"].paragraph_format.line_spacing = 1.0
    styles["Kuva"].paragraph_format.line_spacing = 1.0
    styles["toc 3"].paragraph_format.left_indent = Mm(6)
    for name in ("Taulukon otsikko", "Heading 1", "Heading 2", "Heading 3", "toc 2", "toc 3"):
        spacing = styles[name].element.get_or_add_pPr().find(qn("w:spacing"))
        spacing.addprevious(OxmlElement("w:suppressAutoHyphens"))
    styles["Taulukon luku"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    styles["Tunnistetiedot"].paragraph_format.tab_stops.add_tab_stop(Twips(2400))
    line = styles["Yhteenvedon rivi"].paragraph_format
    line.left_indent, line.first_line_indent = Twips(2800), Twips(-2800)
    line.tab_stops.add_tab_stop(Twips(2800))
    for name in ("Header", "Footer"):
        styles[name].paragraph_format.tab_stops.add_tab_stop(Twips(TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT)


def _lay_page(document: Document) -> None:
    page = document.sections[0]
    page.orientation, page.page_width, page.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    page.left_margin = page.right_margin = Mm(15)
    page.top_margin, page.bottom_margin = Mm(19), Mm(16)
    page.header_distance = page.footer_distance = Mm(9)
    _write_header(page.header.paragraphs[0]).add_run("{% if draft_mark %} {{ draft_mark }}{% endif %}").bold = True
    _write_footer(page.footer.paragraphs[0])
    page.different_first_page_header_footer = True  # the first page says in its text that it is a draft
    _write_header(page.first_page_header.paragraphs[0])
    _write_footer(page.first_page_footer.paragraphs[0])


def _write_header(header: Paragraph) -> Paragraph:
    header.style = "Header"
    header.add_run("{{ municipality }}")
    header.add_run("\t{% if case_number %}{{ case_number }}{% endif %}")
    header.add_run("{% if case_number and attachment %}, {% endif %}{% if attachment %}{{ attachment }}{% endif %}")
    return header


def _write_footer(footer: Paragraph) -> None:
    footer.style = "Footer"
    footer.add_run("{{ title }}")
    footer.add_run("\t{{ labels.page }} ")
    _add_field(footer, "PAGE")
    footer.add_run(" (")
    _add_field(footer, "NUMPAGES")
    footer.add_run(")")


def _add_field(paragraph: Paragraph, code: str) -> None:
    field = f'<w:fldSimple {nsdecls("w")} w:instr=" {code} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    paragraph._p.append(parse_xml(field))


if __name__ == "__main__":
    TEMPLATE.parent.mkdir(exist_ok=True)
    TEMPLATE.write_bytes(build())
