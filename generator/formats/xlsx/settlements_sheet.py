"""The sheet of settlements in the secretary's workbook: what was settled, whether it counts, and a cell to undo it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from openpyxl.worksheet.worksheet import Worksheet

from generator.domain.base.cells import column_letter
from generator.domain.base.rule import N_
from generator.domain.base.settings import Language, Settings
from generator.domain.follow_up.acts import AcceptedSender, ChosenFile, WithdrawnAnswer
from generator.domain.follow_up.choice_rows import heading_columns, read_rows
from generator.domain.follow_up.edit_acts import DraftEdit, WrittenText
from generator.domain.follow_up.merge import Acceptance, Decision
from generator.domain.follow_up.open_items import OpenItemKind, RejectedChoice
from generator.domain.follow_up.settlements import (
    SettledAct,
    Settlement,
    SettlementColumn,
    SettlementState,
    settlement_key,
)
from generator.domain.follow_up.standing import file_name
from generator.domain.submission.workbook import Workbook
from generator.formats.xlsx.cell_style import HEADING, PLAIN, TITLE, CellStyle, fitting_height
from generator.formats.xlsx.choice_lists import ChoiceLists
from generator.formats.xlsx.final_sheet import YES
from generator.formats.xlsx.open_items_sheet import CLEARED, KINDS, coded, obstacle_words
from generator.formats.xlsx.written_book import print_on_a4, put_row
from generator.i18n.text_places import place_words
from generator.i18n.words import Words

SETTLED_SHEET = N_("Settlements made")
HEADING_ROW = 4
_ASKED = CellStyle(fill="FFF6CC", lines="9A7400")
_QUIET = CellStyle(ink="767676", points=8)
_LAPSED = CellStyle(ink="A4262C")
_MUTED = CellStyle(ink="595959")
_WIDTHS: dict[SettlementColumn, float] = {
    SettlementColumn.MATTER: 22,
    SettlementColumn.GOAL: 36,
    SettlementColumn.SAID: 44,
    SettlementColumn.WHO: 22,
    SettlementColumn.TIME: 18,
    SettlementColumn.BECAUSE: 32,
    SettlementColumn.STATE: 40,
    SettlementColumn.UNDO: 12,
    SettlementColumn.KEY: 14,
}
# A longer text is shortened here: it stands whole in the report, or in the archive.
_LONGEST_TEXT = 300


@dataclass(frozen=True, slots=True)
class SettlementsMade:
    """The content of the sheet: the settlements, the latest first, and refused choices whose row is gone.

    `titles` are the goals' codes and titles, `texts` the texts of the acts by their digests.
    """

    rows: tuple[Settlement, ...] = ()
    lost: tuple[RejectedChoice, ...] = ()
    titles: tuple[tuple[str, str], ...] = ()
    texts: tuple[tuple[str, str], ...] = ()


def read_settlement_rows(workbook: Workbook, language: str) -> tuple[dict[SettlementColumn, str], ...]:
    """Returns the texts of the rows below the sheet's headings; nothing if there is no such sheet."""
    headings = tuple(tuple(Words(each)(column) for column in SettlementColumn) for each in Language)
    needed = frozenset({SettlementColumn.UNDO, SettlementColumn.KEY})
    columns = heading_columns(headings, tuple(SettlementColumn))
    return read_rows(workbook, columns, needed, language) or ()


def write_settlements(
    sheet: Worksheet, made: SettlementsMade, lists: ChoiceLists, *, settings: Settings, words: Words
) -> None:
    """Fills an empty sheet: headings on row 4, a settlement a row from row 5 on; then what was not carried out."""
    sheet.title = words(SETTLED_SHEET)
    _write_top(sheet, made, settings, words)
    titles, texts = dict(made.titles), dict(made.texts)
    first = HEADING_ROW + 1 + len(made.lost)
    for row, refused in enumerate(made.lost[::-1], start=HEADING_ROW + 1):
        _write_row(sheet, row, _lost_texts(refused, titles, settings, words), (_LAPSED, PLAIN))
    for row, settlement in enumerate(made.rows, start=first):
        told = _texts(settlement, _told(settlement, titles, texts, words), settings, words)
        _write_row(sheet, row, told, (_look(settlement.state), _ASKED if settlement.can_be_undone else PLAIN))
        if settlement.can_be_undone:
            lists.offer(sheet, f"{_UNDO_LETTER}{row}", (words(YES),))
    sheet.freeze_panes = f"A{HEADING_ROW + 1}"
    print_on_a4(sheet, "landscape", settings.municipality, HEADING_ROW)
    sheet.print_area = f"A1:{_UNDO_LETTER}{HEADING_ROW + max(1, len(made.lost) + len(made.rows))}"


def settlement_lines(made: SettlementsMade, words: Words) -> Iterator[str]:
    """Yields what is settled and in force, the latest first: when, what about, what was settled, and why."""
    titles, texts = dict(made.titles), dict(made.texts)
    for row in made.rows:
        if row.state is SettlementState.IN_FORCE:
            told, act = _told(row, titles, texts, words), row.act
            because = "" if isinstance(act, WrittenText) or not act.because else f" ({act.because})"
            said = " ".join(told.said.split())
            yield f"{words.moment(act.time)}: {told.matter}, {told.place}: {said}{because}"


_ENDED = (SettlementState.UNDONE, SettlementState.REPLACED)
_UNDO_LETTER = column_letter(tuple(SettlementColumn).index(SettlementColumn.UNDO) + 1)


def lapse_words(state: SettlementState, words: Words) -> str:
    """Returns the state of a settlement in words."""
    return words(_STATES[state])


def _write_top(sheet: Worksheet, made: SettlementsMade, settings: Settings, words: Words) -> None:
    plain = replace(TITLE, bold=False, points=11)
    put_row(sheet, 1, [(f"{settings.municipality}: {words(SETTLED_SHEET)}, {settings.period.label}", TITLE)])
    put_row(sheet, 2, [(words(_INTRODUCTION, yes=words(YES)), plain)])
    put_row(sheet, 3, [("" if made.rows or made.lost else words(_NOTHING), plain)])
    put_row(sheet, HEADING_ROW, ((words(column), HEADING) for column in SettlementColumn))
    for number, column in enumerate(SettlementColumn, start=1):
        sheet.column_dimensions[column_letter(number)].width = _WIDTHS[column]


def _look(state: SettlementState) -> CellStyle:
    return _LAPSED if state.is_lapsed else _MUTED if state in _ENDED else PLAIN


def _write_row(sheet: Worksheet, row: int, texts: tuple[str, ...], looks: tuple[CellStyle, CellStyle]) -> None:
    """Writes a row; the looks are those of its state and of the cell that undoes it."""
    put_row(sheet, row, zip(texts, (*(PLAIN,) * 6, *looks, _QUIET), strict=True))
    shown = zip(texts[:-1], _WIDTHS.values(), strict=False)
    sheet.row_dimensions[row].height = fitting_height(shown, 30)


def _texts(row: Settlement, told: "_Told", settings: Settings, words: Words) -> tuple[str, ...]:
    state = "\n".join(_state_lines(row, words))
    act, key = row.act, settlement_key(row.number, told.matter, told.place)
    because = "" if isinstance(act, WrittenText) else act.because
    return told.matter, told.place, told.said, _who(settings, words), words.moment(act.time), because, state, "", key


def _lost_texts(lost: RejectedChoice, titles: Mapping[str, str], settings: Settings, words: Words) -> tuple[str, ...]:
    place = coded(lost.code, titles) if lost.code else ""
    matter = words(KINDS[OpenItemKind(lost.kind)]) if lost.kind in KINDS else words(_LOST)
    time, remark = words.moment(lost.time), words(_NOT_DONE, why=obstacle_words(lost, words))
    return matter, place, lost.choice, _who(settings, words), time, lost.because, remark, "", ""


def _who(settings: Settings, words: Words) -> str:
    """The post of who makes the report: an account's name stays in the state folder."""
    return settings.compiler or words(WHO_MAKES_IT)


def _state_lines(row: Settlement, words: Words) -> Iterator[str]:
    yield words(_STATES[row.state])
    if type(row.act) in _INSTEAD and row.state is SettlementState.IN_FORCE:
        yield words(_INSTEAD[type(row.act)])
    if row.rejected:
        yield obstacle_words(row.rejected, words)


@dataclass(frozen=True, slots=True)
class _Told:
    """What a row tells of its act: the matter, the place in the report, and what was settled."""

    matter: str
    place: str
    said: str


def _told(row: Settlement, titles: Mapping[str, str], texts: Mapping[str, str], words: Words) -> _Told:
    act = row.act
    if isinstance(act, Acceptance):
        return _told_acceptance(row, act, titles, words)
    if isinstance(act, DraftEdit):
        edited = _said(texts.get(act.after), words)
        return _Told(words(_EDITED), coded(act.code, titles), edited if edited.strip() else words(CLEARED))
    if isinstance(act, WrittenText):
        place = place_words(act.place, titles, words)
        return _Told(words(_TEXT), place, _said(texts.get(act.text), words) or words(CLEARED))
    return _told_answer(act, titles, words)


def _told_acceptance(row: Settlement, act: Acceptance, titles: Mapping[str, str], words: Words) -> _Told:
    goals = tuple(coded(past.act.code, titles) for past in row.acts if isinstance(past.act, Acceptance))
    listed = "\n".join((words(_NOT_AWAITED), *(goals if act.officer else ())))
    return _Told(words(KINDS[OpenItemKind.MISSING]), act.officer or goals[0], listed)


def _told_answer(act: SettledAct, titles: Mapping[str, str], words: Words) -> _Told:
    match act:
        case Decision():
            return _Told(words(KINDS[OpenItemKind.DISAGREEMENT]), coded(act.code, titles), act.officer)
        case ChosenFile():
            return _Told(words(KINDS[OpenItemKind.FILES]), coded(act.code, titles), file_name(act.file))
        case AcceptedSender():
            accepted = words(_ACCEPTED, officer=act.officer)
            return _Told(words(KINDS[OpenItemKind.SENDER]), act.file, accepted)
        case WithdrawnAnswer():
            return _Told(words(_WITHDRAWN), coded(act.code, titles), act.officer)
    raise TypeError("no settlement")


def _said(text: str | None, words: Words) -> str:
    """Returns the start of a text; None says that the archive no longer has it."""
    return words(_NOT_KEPT) if text is None else _shortened(text)


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_TEXT else f"{text[:_LONGEST_TEXT]}…"


WHO_MAKES_IT = N_("who makes the report")
_INTRODUCTION = N_("What was settled in this period, the latest first. Write “{yes}” into a yellow cell to undo it.")
_NOTHING = N_("Nothing has been settled in this period.")
_LOST = N_("A matter that is open no more")
_NOT_DONE = N_("Not carried out. {why}")
_NOT_AWAITED = N_("The report does not wait for these answers.")
_ACCEPTED = N_("The file’s answers count as those of {officer}.")
_WITHDRAWN = N_("Answer withdrawn")
_EDITED = N_("Edited in the draft")
_TEXT = N_("Text of the report")
_NOT_KEPT = N_("The archive no longer has the text.")
_STATES = {
    SettlementState.IN_FORCE: N_("In force"),
    SettlementState.OTHER_VALUES: N_("Lapsed: an officer has saved another value. Settle the goal again."),
    SettlementState.AGREED: N_("Lapsed: the officers no longer differ."),
    SettlementState.REPORTED: N_("Lapsed: the officer has reported."),
    SettlementState.NO_GOAL: N_("Lapsed: the goal is no longer in the programme."),
    SettlementState.REPLACED: N_("Replaced by a later settlement"),
    SettlementState.UNDONE: N_("Undone"),
}
_INSTEAD = {
    ChosenFile: N_("Not to be undone here: ask the officer to save the right answer in the file that counts."),
    AcceptedSender: N_(
        "Not to be undone here: ask the officer to answer on the municipality’s form. That replaces the file’s answers."
    ),
    WithdrawnAnswer: N_("Not to be undone here: ask the officer to change the row and save it again."),
}
