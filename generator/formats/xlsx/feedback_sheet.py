"""The guide sheet of an answer workbook: every error and question, with a link to its cell."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from generator.domain.base.cells import column_letter
from generator.domain.base.finding import Finding
from generator.domain.base.rule import N_, Severity
from generator.domain.base.settings import Language
from generator.domain.base.text import clean_text
from generator.domain.submission.feedback import NOTHING, Feedback, FeedbackColumn, count_questions
from generator.formats.opc.xml import Element, add_element, make_root
from generator.formats.xlsx.book import quoted
from generator.formats.xlsx.cell_marks import MARKS, StyleTable
from generator.formats.xlsx.cell_style import HEADING, PLAIN, TITLE, CellStyle, fitting_height
from generator.formats.xlsx.escapes import escaped
from generator.formats.xlsx.sheet_xml import SPACE, M
from generator.i18n.advice import Advice, advices, left_out_words, messages
from generator.i18n.words import THIS, WITHDRAW, Words

SHEET = N_("Feedback")
HEADING_ROW = 5
_WIDTHS: dict[FeedbackColumn, float] = {
    FeedbackColumn.NUMBER: 5,
    FeedbackColumn.KIND: 11,
    FeedbackColumn.PLACE: 22,
    FeedbackColumn.CODE: 10,
    FeedbackColumn.MESSAGE: 40,
    FeedbackColumn.ADVICE: 52,
    FeedbackColumn.REPLY: 40,
    FeedbackColumn.KEY: 13,
    FeedbackColumn.MARK: 14,
}
# What the machine reads when the workbook comes back; the last columns.
_HIDDEN = (FeedbackColumn.KEY, FeedbackColumn.MARK)


def feedback_headings() -> tuple[tuple[str, ...], ...]:
    """Returns the headings of the feedback table in every language, in the order of `FeedbackColumn`."""
    return tuple(tuple(Words(language)(column) for column in FeedbackColumn) for language in Language)


def advice_words(advice: Advice) -> str:
    """Returns what to do; choices are on a line each if they are a list."""
    return "\n– ".join((advice.sentence, *advice.choices))


def kind_words(finding: Finding, words: Words) -> str:
    """Returns `virhe` or `kysymys`."""
    return words(finding.severity.value)


def feedback_sheet(
    feedback: Feedback, marks: Mapping[int, str], styles: StyleTable, words: Words, *, stamp: str
) -> Element:
    """Makes the worksheet: an introduction on rows 1 to 3, headings on row 5, then an error or question a row.

    Args:
        marks: by the number of a row in the table, 1-based, what the last hidden column keeps of the marked cell.
        styles: the workbook's, to which the sheet's own looks are added.
        stamp: which save the workbook answers, as `AnswerStamp.text` writes it; it is in the hidden last column.

    Source: ECMA-376 part 1, §18.3.1.99, for the order of a worksheet's parts.
    """
    page = _FeedbackSheet(feedback, marks, styles, words)
    root = make_root(f"{M}worksheet")
    add_element(add_element(root, f"{M}sheetPr"), f"{M}pageSetUpPr", {"fitToPage": "1"})
    _add_view(root, page)
    add_element(root, f"{M}sheetFormatPr", {"defaultRowHeight": "15"})
    _add_columns(root)
    data = add_element(root, f"{M}sheetData")
    _add_rows(data, page)
    _add_stamp(data, stamp)
    _add_choices(root, page)
    _add_links(root, page)
    _add_print_setup(root)
    area = f"A{HEADING_ROW}:{_letter(FeedbackColumn.MARK)}{HEADING_ROW + len(feedback.items)}"
    add_element(add_element(root, f"{M}ignoredErrors"), f"{M}ignoredError", {"sqref": area, "numberStoredAsText": "1"})
    return root


_CELL = replace(PLAIN, points=11)
_LINK = replace(_CELL, ink="0563C1")
_SMALL = replace(_CELL, ink="767676", points=8)
_REPLY = replace(_CELL, fill="FFF6CC", lines="9A7400")
_INTRODUCTION = replace(TITLE, bold=False, points=11)
_KINDS = {severity: replace(_CELL, fill=colour, bold=True) for severity, colour in MARKS.items()}


@dataclass(frozen=True, slots=True)
class _FeedbackSheet:
    feedback: Feedback
    marks: Mapping[int, str]
    styles: StyleTable
    words: Words

    @property
    def items(self) -> Iterator[tuple[int, Finding]]:
        return enumerate(self.feedback.items, start=1)

    def count(self, severity: Severity) -> int:
        return sum(item.severity is severity for item in self.feedback.items)


def _letter(column: FeedbackColumn) -> str:
    return column_letter([*FeedbackColumn].index(column) + 1)


def _add_view(root: Element, page: _FeedbackSheet) -> None:
    """Opens the workbook on this sheet, with the headings in sight and the first thing to do selected."""
    view = add_element(
        add_element(root, f"{M}sheetViews"),
        f"{M}sheetView",
        {"showGridLines": "0", "tabSelected": "1", "workbookViewId": "0"},
    )
    top = f"A{HEADING_ROW + 1}"
    pane = {"ySplit": str(HEADING_ROW), "topLeftCell": top, "activePane": "bottomLeft", "state": "frozen"}
    add_element(view, f"{M}pane", pane)
    column = FeedbackColumn.PLACE if page.count(Severity.ERROR) else FeedbackColumn.REPLY
    first = f"{_letter(column)}{HEADING_ROW + 1}"
    add_element(view, f"{M}selection", {"pane": "bottomLeft", "activeCell": first, "sqref": first})


def _add_columns(root: Element) -> None:
    columns = add_element(root, f"{M}cols")
    for number, (column, width) in enumerate(_WIDTHS.items(), start=1):
        size = {"min": str(number), "max": str(number), "width": str(width), "customWidth": "1"}
        add_element(columns, f"{M}col", size | ({"hidden": "1"} if column in _HIDDEN else {}))


def _add_rows(data: Element, page: _FeedbackSheet) -> None:
    for number, line in enumerate(_introduction(page), start=1):
        _add_row(data, number, ((line, TITLE if number == 1 else _INTRODUCTION),), page)
    headings = tuple((page.words(column), HEADING) for column in FeedbackColumn)
    _add_row(data, HEADING_ROW, headings, page)
    items = page.feedback.items
    told = zip(messages(items, page.words), map(advice_words, advices(items, page.words)), strict=True)
    for (number, finding), texts in zip(page.items, told, strict=True):
        _add_row(data, HEADING_ROW + number, _line(number, finding, texts, page), page)


def _introduction(page: _FeedbackSheet) -> tuple[str, str, str]:
    words = page.words
    items = page.feedback.items
    errors, questions = page.count(Severity.ERROR), count_questions(items)
    # An error such as two files that differ wants a reply, and no cell of it is corrected.
    has_cells = any(item.severity is Severity.ERROR and not item.key for item in items)
    counts = (
        words.plural("{count} error to correct", "{count} errors to correct", errors) if errors else "",
        words.plural("{count} question to answer", "{count} questions to answer", questions) if questions else "",
    )
    title = words("Feedback on your workbook: {counts}", counts=", ".join(filter(None, counts)) or NOTHING)
    how = _FOLLOW if has_cells and not page.marks else _HOW[has_cells, any(item.key for item in items)]
    steps = words(how, column=words(FeedbackColumn.REPLY)), left_out_words(page.feedback.left_out, words)
    return title, " ".join(filter(None, steps)), words(_LEGEND) if page.marks else ""


_FOLLOW = N_("Follow the advice below.")
_MEND = N_("Correct the marked cells and save this workbook in place.")
_REPLY_TO = N_("Answer the questions in the column “{column}” and save this workbook in place.")
_BOTH = N_("Correct the marked cells, answer the questions in the column “{column}”, and save this workbook in place.")
_HOW = {(True, True): _BOTH, (True, False): _MEND, (False, True): _REPLY_TO, (False, False): _FOLLOW}
_LEGEND = N_(
    "Red cells hold an error, violet ones a question; the note on the cell says the same as this sheet. "
    "Everything else in the workbook is as you saved it."
)


def _line(
    number: int, finding: Finding, told: tuple[str, str], page: _FeedbackSheet
) -> tuple[tuple[str, CellStyle], ...]:
    words, (message, what) = page.words, told
    texts = {
        FeedbackColumn.NUMBER: (str(number), _CELL),
        FeedbackColumn.KIND: (kind_words(finding, words), _KINDS.get(finding.severity, _CELL)),
        FeedbackColumn.PLACE: (words.place(finding.place), _LINK if finding.place.sheet else _CELL),
        FeedbackColumn.CODE: (finding.code or NOTHING, _CELL),
        FeedbackColumn.MESSAGE: (message, _CELL),
        FeedbackColumn.ADVICE: (what, _CELL),
        FeedbackColumn.REPLY: ("", _REPLY) if finding.key else (NOTHING, _CELL),
        FeedbackColumn.KEY: (finding.key, _SMALL),
        FeedbackColumn.MARK: (page.marks.get(number, ""), _SMALL),
    }
    return tuple(texts[column] for column in FeedbackColumn)


def _add_row(data: Element, number: int, cells: Iterable[tuple[str, CellStyle]], page: _FeedbackSheet) -> None:
    texts = tuple(cells)
    widths = tuple(_WIDTHS.values()) if len(texts) > 1 else (1000.0,)
    seen = zip((text for text, _ in texts[: len(FeedbackColumn) - len(_HIDDEN)]), widths, strict=False)
    row = add_element(data, f"{M}row", {"r": str(number), "ht": str(fitting_height(seen, _LEAST_POINTS))})
    for column, (text, look) in enumerate(texts, start=1):
        style = page.styles.add_text_style(look, is_link=look is _LINK)
        cell = add_element(row, f"{M}c", {"r": f"{column_letter(column)}{number}", "s": str(style)})
        if text:
            cell.set("t", "inlineStr")
            add_element(add_element(cell, f"{M}is"), f"{M}t", {SPACE: "preserve"}, escaped(clean_text(text)))


_LEAST_POINTS = 20.0


def _add_stamp(data: Element, stamp: str) -> None:
    """Writes the signed stamp of the answered save into row 1 of the hidden column."""
    first = data[0]
    cell = add_element(first, f"{M}c", {"r": f"{_letter(FeedbackColumn.MARK)}1", "t": "inlineStr"})
    add_element(add_element(cell, f"{M}is"), f"{M}t", text=stamp)


def _add_choices(root: Element, page: _FeedbackSheet) -> None:
    """Adds drop-downs beside questions with set answers; any other answer can be typed too."""
    offered = [(number, found) for number, item in page.items if (found := reply_choices(item, page.words))]
    if not offered:
        return
    lists = add_element(root, f"{M}dataValidations", {"count": str(len(offered))})
    for number, choices in offered:
        place = f"{_letter(FeedbackColumn.REPLY)}{HEADING_ROW + number}"
        rule = add_element(lists, f"{M}dataValidation", {"type": "list", "allowBlank": "1", "sqref": place})
        text = ",".join(choices).replace('"', '""')
        add_element(rule, f"{M}formula1", text=f'"{text}"')


def reply_choices(finding: Finding, words: Words) -> tuple[str, ...]:
    """Returns the answers for a drop-down; none if words are asked for, or if a list cannot hold them.

    Source: ECMA-376 part 1, §18.3.1.32: a list is in quotes, separated by commas, within 255 characters.
    """
    choices = finding.allowed if finding.rule == "files-differ" else _CHOICES.get(finding.rule, ())
    said = tuple(words(choice) for choice in choices) if finding.rule in _CHOICES else choices
    fits = len(",".join(said)) <= _LONGEST_LIST and not any("," in choice for choice in said)
    return said if fits else ()


_CHOICES = {"another-answer-stands": (THIS,), "row-emptied": (WITHDRAW,)}
_LONGEST_LIST = 250


def _add_links(root: Element, page: _FeedbackSheet) -> None:
    """Links each row to its cell, or to the first one of its sheet."""
    places = [(number, finding.place) for number, finding in page.items if finding.place.sheet]
    links = add_element(root, f"{M}hyperlinks") if places else root
    for number, place in places:
        target = f"{quoted(clean_text(place.sheet or ''))}!{place.cell or 'A1'}"
        add_element(
            links,
            f"{M}hyperlink",
            {"ref": f"{_letter(FeedbackColumn.PLACE)}{HEADING_ROW + number}", "location": target},
        )


def _add_print_setup(root: Element) -> None:
    """Prints on A4 across, as wide as the page; a defined name of the workbook repeats the heading row."""
    margins = {"left": "0.4", "right": "0.4", "top": "0.47", "bottom": "0.6", "header": "0.3", "footer": "0.28"}
    add_element(root, f"{M}pageMargins", margins)
    add_element(root, f"{M}pageSetup", {"paperSize": "9", "orientation": "landscape", "fitToHeight": "0"})
    add_element(add_element(root, f"{M}headerFooter"), f"{M}oddFooter", text="&R&P / &N")
