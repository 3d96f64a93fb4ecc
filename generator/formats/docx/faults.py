"""The faults of a template: the place, what was read there, and what to do."""

from dataclasses import dataclass, replace
from difflib import get_close_matches

from generator.domain.base.finding import shown
from generator.domain.base.rule import N_
from generator.errors import StoppedTemplateError, TemplateError
from generator.formats.opc.part_labels import part_label


@dataclass(frozen=True, slots=True)
class TemplatePlace:
    """Where in a template: its part (`document`, `header1`) and the text around.

    `table`, `row` and `cell` are 1-based; 0 where the place is in no table. `paragraph` is the number of the paragraph
    among all of the part, those in tables and boxes included, 1-based; 0 where it is not known.
    """

    part: str
    near: str = ""
    table: int = 0
    row: int = 0
    cell: int = 0
    paragraph: int = 0


@dataclass(frozen=True, slots=True)
class TemplateComment:
    """A comment and the paragraph of the body where it stands.

    `paragraph` is the number of the paragraph as in `TemplatePlace`. Where it is 0, `place` tells it as in
    `DocumentFault` (`table 4, row 12, cell 7`, `paragraph 3`). Where that is None too, the comment stands at the first
    paragraph.
    """

    text: str
    paragraph: int = 0
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """A kind of fault: its message inside a table and outside, and its advice."""

    in_cell: str
    in_paragraph: str
    advice: str


def make_error(fault: Fault, place: TemplatePlace, **values: object) -> TemplateError:
    return TemplateError(_message(fault, place), fault.advice, **_where(place), **values)


def stopped_at(place: TemplatePlace) -> StoppedTemplateError:
    """The error for a tag that works too long or takes too much memory."""
    return StoppedTemplateError(_message(TOO_MUCH, place), TOO_MUCH.advice, **_where(place))


def _message(fault: Fault, place: TemplatePlace) -> str:
    return fault.in_cell if place.table else fault.in_paragraph


def _where(place: TemplatePlace) -> dict[str, object]:
    cell = {"table": place.table, "row": place.row, "cell": place.cell} if place.table else {}
    return {"part": part_label(place.part), "near": shown(place.near), "paragraph": place.paragraph, **cell}


def unknown_field(name: str, known: tuple[str, ...], place: TemplatePlace) -> TemplateError:
    """Makes the error for an unknown field; the advice names the most similar fields, else all allowed ones.

    Only one is named if the name differs from it in capital letters alone.
    """
    last = {field.rpartition(".")[2]: field for field in known}
    word = name.rpartition(".")[2]
    near = [each for each in last if each == word.casefold()] or get_close_matches(word, last, n=4, cutoff=0.5)
    allowed = tuple(last[each] for each in near) or known
    fault = UNKNOWN_FIELD if len(allowed) > 1 else replace(UNKNOWN_FIELD, advice=WRITE_FIELD)
    return make_error(fault, place, name=name, allowed=", ".join(allowed))


WRITE_FIELD = N_("Write {allowed}. All fields: seuranta template fields")
UNKNOWN_FIELD = Fault(
    N_("{part}, table {table}, row {row}, cell {cell}: there is no field “{name}”. The cell reads: {near}"),
    N_("{part}: there is no field “{name}”. The paragraph reads: {near}"),
    N_("Write one of these: {allowed}. All fields: seuranta template fields"),
)
BROKEN_TAG = Fault(
    N_("{part}, table {table}, row {row}, cell {cell}: the tag cannot be read ({reason}). The cell reads: {near}"),
    N_("{part}: the tag cannot be read ({reason}). The paragraph reads: {near}"),
    N_("Mend the tag. The fields and their tags: seuranta template fields"),
)
UNCLOSED_TAG = Fault(
    N_("{part}, table {table}, row {row}, cell {cell}: a tag does not begin and end there. The cell reads: {near}"),
    N_("{part}: a tag does not begin and end in the paragraph. The paragraph reads: {near}"),
    N_("A tag begins with two signs and ends with two in the same paragraph, such as {example}"),
)
UNCLOSED_BLOCK = Fault(
    N_("{part}, table {table}, row {row}, cell {cell}: “{tag}” has no pair. The cell reads: {near}"),
    N_("{part}: “{tag}” has no pair. The paragraph reads: {near}"),
    N_("Each for has an endfor and each if an endif, and the inner one ends first."),
)
CROSSING_BLOCK = Fault(
    N_(
        "{part}, table {table}, row {row}, cell {cell}: “{tag}” does not stand at the same level as its pair “{pair}”. "
        "The cell reads: {near}"
    ),
    N_("{part}: “{tag}” does not stand at the same level as its pair “{pair}”. The paragraph reads: {near}"),
    N_("Begin and end in the same cell, or in rows of the same table, and with the same letters: {example}"),
)
TEXT_BESIDE_TAG = Fault(
    N_("{part}, table {table}, row {row}, cell {cell}: the text beside “{tag}” would be lost. The cell reads: {near}"),
    N_("{part}: the text beside “{tag}” would be lost. The paragraph reads: {near}"),
    N_("Leave the tag alone in its paragraph, row or cell."),
)
WHOLE_PARAGRAPHS = Fault(
    N_("{part}, table {table}, row {row}, cell {cell}: the field “{name}” is whole paragraphs. The cell reads: {near}"),
    N_("{part}: the field “{name}” is whole paragraphs. The paragraph reads: {near}"),
    N_("Write {example} alone in its paragraph."),
)
FORBIDDEN = Fault(
    N_("{part}, table {table}, row {row}, cell {cell}: a template may not use “{name}”. The cell reads: {near}"),
    N_("{part}: a template may not use “{name}”. The paragraph reads: {near}"),
    N_("Print fields, with if and for where needed. The fields: seuranta template fields"),
)
WHOLE_ROWS = Fault(
    N_("{part}, table {table}, row {row}, cell {cell}: no field gives whole rows or cells, as “{tag}” would need."),
    N_("{part}: no field gives whole rows or cells, as “{tag}” would need."),
    N_("Write the row in the template, between {{%tr for row in section.rows %}} and {{%tr endfor %}}."),
)
_OUTSIDE = N_("{part}: “{tag}” can stand only in a table’s cell. The paragraph reads: {near}")
OUTSIDE_CELL = Fault(_OUTSIDE, _OUTSIDE, N_("Move the tag into the cell that it is about, or leave it out."))
MERGES_NOTHING = Fault(
    N_("{part}, table {table}, row {row}, cell {cell}: “{tag}” stands in no {loop} whose cells it could merge."),
    N_("{part}: “{tag}” stands in no {loop} whose cells it could merge."),
    N_("Write it in a cell between {loop} and the end of that loop, or leave it out."),
)
NOT_PRINTABLE = Fault(
    N_("{part}, table {table}, row {row}, cell {cell}: the tag cannot be printed ({reason}). The cell reads: {near}"),
    N_("{part}: the tag cannot be printed ({reason}). The paragraph reads: {near}"),
    N_("Mend the tag. The fields and their tags: seuranta template fields"),
)

TOO_MUCH = Fault(
    N_(
        "{part}, table {table}, row {row}, cell {cell}: the tag takes too long or too much memory. "
        "The cell reads: {near}"
    ),
    N_("{part}: the tag takes too long or too much memory. The paragraph reads: {near}"),
    N_("Take out loops inside loops, and what builds long texts. The fields: seuranta template fields"),
)
TOO_DEEP = Fault(
    N_("{part}, table {table}, row {row}, cell {cell}: too many loops inside each other. The cell reads: {near}"),
    N_("{part}: too many loops inside each other. The paragraph reads: {near}"),
    N_("Use at most {most} loops inside each other."),
)

NOT_A_DOCUMENT = (
    N_("The template is not a Word document (.docx), or it is damaged or protected with a password."),
    N_("Open the template in Word, choose Save as, and choose Word document (.docx)."),
)
TOO_LARGE = (
    N_("The template is too large: {size} MB. At most {limit} MB can be used."),
    N_("Make the pictures in the template smaller, or remove what it does not need."),
)
FETCHES = (
    N_("{part}: the template fetches something from outside: {target}"),
    N_("Put the picture or the object itself in the template."),
)
NOT_WELL_FORMED = (
    N_("{part}: the tags do not make a whole document (in English: {said})."),
    N_("See that each for and if ends in the cell, row or paragraph in which it begins."),
)
NOT_MADE = (
    N_("The parts of the template do not make a whole document (in English: {said})."),
    N_("Open the template in Word and save it again. If that does not help, leave out colspan, hm, vm and cellbg."),
)
MACROS = (
    N_("The template holds macros (.docm, .dotm), which a report may not have."),
    N_("Open the template in Word, choose Save as, and choose Word document (.docx) without macros."),
)
