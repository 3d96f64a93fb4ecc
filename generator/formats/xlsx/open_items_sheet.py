"""The sheet of open items in the secretary's workbook: what waits for a choice, with a cell to choose in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from openpyxl.worksheet.worksheet import Worksheet

from generator.domain.base.cells import column_letter
from generator.domain.base.rule import N_
from generator.domain.base.settings import Language, Settings
from generator.domain.follow_up.choice_rows import ChoiceKey, written_digest
from generator.domain.follow_up.edit_acts import WrittenText
from generator.domain.follow_up.merge import Decision, GoalFollowUp
from generator.domain.follow_up.open_items import (
    ChoiceColumn,
    LostText,
    MissingAnswers,
    Obstacle,
    OpenEdit,
    OpenItem,
    OpenItemKind,
    RejectedChoice,
)
from generator.domain.follow_up.standing import ContestedRow
from generator.domain.output.text_rows import LANGUAGE_COLUMNS
from generator.domain.submission.answers import Entry
from generator.formats.xlsx.cell_style import HEADING, PLAIN, TITLE, CellStyle, fitting_height
from generator.formats.xlsx.choice_lists import ChoiceLists
from generator.formats.xlsx.final_sheet import YES
from generator.formats.xlsx.written_book import print_on_a4, put_row
from generator.i18n.text_places import place_words
from generator.i18n.words import Words

OPEN_SHEET = N_("Open matters")
HEADING_ROW = 4
EDITED_TEXT = N_("the edited text")
OFFICERS_TEXT = N_("the officer’s text")
NOT_PRINTED = N_("not to be printed")
LATER_EDIT = N_("the later edit")
# What is told of a text in whose place nothing stands.
CLEARED = N_("cleared")
_ASKED = CellStyle(fill="FFF6CC", lines="9A7400")
_QUIET = CellStyle(ink="767676", points=8)
_REMARK = CellStyle(ink="A4262C")
_WIDTHS: dict[ChoiceColumn, float] = {
    ChoiceColumn.MATTER: 22,
    ChoiceColumn.GOAL: 34,
    ChoiceColumn.DETAILS: 58,
    ChoiceColumn.CHOICE: 28,
    ChoiceColumn.BECAUSE: 34,
    ChoiceColumn.REMARK: 34,
    ChoiceColumn.KEY: 20,
}
_EARLIER_GOAL = N_("Goal")
# More goals than this are counted, not listed: a row higher than a screen cannot be read.
_MOST_LISTED = 20
KINDS = {
    OpenItemKind.DISAGREEMENT: N_("Officers disagree"),
    OpenItemKind.FILES: N_("Two files of one officer differ"),
    OpenItemKind.SENDER: N_("Accept the sender"),
    OpenItemKind.EDIT: N_("Edited in the draft, and changed by the officer"),
    OpenItemKind.VALUE: N_("Value edited in the draft"),
    OpenItemKind.LOST: N_("Text that the archive no longer has"),
    OpenItemKind.MISSING: N_("Not reported"),
}
_ANSWER_GONE = N_("Edited in the draft, and the officer’s text is no longer in the report")
_IN_TWO_FILES = N_("Edited in two files")
_UNSIGNED = N_("Unsigned file beside the officer's own form")
_INTRODUCTION = N_(
    "Settle each matter in its yellow cell, save and close the workbook. It is then read, and what was settled stands "
    "on the sheet “{sheet}”."
)
_NOTHING_OPEN = N_("Nothing waits for a settlement.")


@dataclass(frozen=True, slots=True)
class AskedItems:
    """The content of the sheet: the open items, and the goals' codes and titles.

    `base` is the number in the journal of the last act that the items know; `lapsed` are the settlements of disputed
    goals that lapsed.
    """

    items: tuple[OpenItem, ...]
    titles: tuple[tuple[str, str], ...] = ()
    base: int = 0
    lapsed: tuple[Decision, ...] = ()


def write_open_items(
    sheet: Worksheet, asked: AskedItems, lists: ChoiceLists, *, settings: Settings, words: Words
) -> None:
    """Fills an empty sheet: headings on row 4, an item a row from row 5 on; the cells to choose in are yellow."""
    sheet.title = words(OPEN_SHEET)
    _write_top(sheet, asked.items, settings, words)
    titles = dict(asked.titles)
    for row, item in enumerate(asked.items, start=HEADING_ROW + 1):
        texts = (*_labels(item, titles, words), "\n".join(_lines(item, titles, settings, words)))
        _write_item(sheet, row, (*texts, *_cells(item, asked, texts, words)))
        lists.offer(sheet, f"{_letter(ChoiceColumn.CHOICE)}{row}", choices_of(item, words))
    sheet.freeze_panes = f"A{HEADING_ROW + 1}"
    print_on_a4(sheet, "landscape", settings.municipality, HEADING_ROW)
    sheet.print_area = f"A1:{_letter(ChoiceColumn.REMARK)}{HEADING_ROW + max(1, len(asked.items))}"


def choice_headings() -> tuple[tuple[str, ...], ...]:
    """The headings in every language, in the order of `ChoiceColumn`, and those that earlier versions wrote."""
    words = tuple(map(Words, Language))
    present = tuple(tuple(each(column) for column in ChoiceColumn) for each in words)
    earlier = tuple(
        tuple(each(_EARLIER_GOAL) if column is ChoiceColumn.GOAL else each(column) for column in ChoiceColumn)
        for each in words
    )
    first = tuple("Decision" if column is ChoiceColumn.CHOICE else column.value for column in ChoiceColumn)
    return (*present, *earlier, first)


def choices_of(item: OpenItem, words: Words) -> tuple[str, ...]:
    """Returns the choices that an item offers."""
    if item.kind is OpenItemKind.DISAGREEMENT and item.follow_up:
        return tuple(dict.fromkeys(answer.entry.officer for answer in item.follow_up.answers))
    if item.contested:
        return item.contested.names
    if item.edit:
        return (*item.edit.value_of, *map(words, _texts_offered(item.edit)))
    return (words(NOT_PRINTED),) if item.lost else (words(YES),)


def _texts_offered(edit: OpenEdit) -> tuple[str, ...]:
    if not edit.can_be_printed:
        return (NOT_PRINTED,)
    return (LATER_EDIT, NOT_PRINTED) if edit.act.conflict else (EDITED_TEXT, OFFICERS_TEXT)


def obstacle_words(rejected: RejectedChoice, words: Words) -> str:
    """Returns why a choice was not carried out, with the choice and when it was read."""
    message = _OBSTACLES.get(Obstacle(rejected.obstacle), _OBSTACLES[Obstacle.OUTDATED])
    return words(message, choice=rejected.choice, time=words.moment(rejected.time))


def said(entry: Entry, settings: Settings, words: Words) -> str:
    """`3 Toteutus on aloitettu; ▲ viivästynyt`: officers may differ on either."""
    language, status = words.language.value, settings.statuses.get(entry.overall_status)
    degree = words.not_assessable()
    if entry.degree is not None:
        degree = settings.degree_scale.full_label(entry.degree, language)
    return f"{degree}; {status.text(language)}" if status else degree


def coded(code: str, titles: Mapping[str, str]) -> str:
    """Returns a goal's code and title."""
    return f"{code} {titles.get(code, '')}".rstrip()


def _letter(column: ChoiceColumn) -> str:
    return column_letter(tuple(ChoiceColumn).index(column) + 1)


def _write_top(sheet: Worksheet, items: tuple[OpenItem, ...], settings: Settings, words: Words) -> None:
    plain = replace(TITLE, bold=False, points=11)
    put_row(sheet, 1, [(f"{settings.municipality}: {words(OPEN_SHEET)}, {settings.period.label}", TITLE)])
    put_row(sheet, 2, [(words(_INTRODUCTION, sheet=words("Settlements made")), plain)])
    put_row(sheet, 3, [("" if items else words(_NOTHING_OPEN), plain)])
    put_row(sheet, HEADING_ROW, ((words(column), HEADING) for column in ChoiceColumn))
    for number, column in enumerate(ChoiceColumn, start=1):
        sheet.column_dimensions[column_letter(number)].width = _WIDTHS[column]


def _labels(item: OpenItem, titles: Mapping[str, str], words: Words) -> tuple[str, str]:
    return words(_matter(item)), _place(item, titles, words)


def _matter(item: OpenItem) -> str:
    """Returns the message that says what kind of thing is open."""
    if item.contested and item.contested.is_unsigned:
        return _UNSIGNED
    if item.edit and item.edit.is_text and not item.edit.can_be_printed:
        return _ANSWER_GONE
    if item.edit and item.edit.is_text and item.edit.act.conflict:
        return _IN_TWO_FILES
    return KINDS[item.kind]


def _cells(item: OpenItem, asked: AskedItems, labels: tuple[str, ...], words: Words) -> tuple[str, ...]:
    """What stands in the cells to fill, what became of the last choice, and the row's key."""
    choice, because = _kept(item, words)
    remark = obstacle_words(item.rejected, words) if item.rejected else ""
    lapsed = next((act for act in asked.lapsed if act.code == item.code), None)
    if item.rejected is None and item.kind is OpenItemKind.DISAGREEMENT and lapsed:
        because, remark = lapsed.because, words(_LAPSED, officer=lapsed.officer, time=words.moment(lapsed.time))
    key = ChoiceKey(item.key, item.subject, asked.base, written_digest(choice, because))
    return choice, because, remark, key.text(labels[0], labels[1])


def _place(item: OpenItem, titles: Mapping[str, str], words: Words) -> str:
    if item.sender:
        return item.sender.file
    if item.lost:
        return place_words(item.lost.place, titles, words)
    return item.missing.officer if item.missing else coded(item.code, titles)


def _kept(item: OpenItem, words: Words) -> tuple[str, str]:
    """What stands in the cells to fill: a choice that is none of those offered, and the reason of a refused choice.

    A choice that is offered now must be made again: standing in its cell it could not be told from a new one.
    """
    if item.rejected is None:
        return "", ""
    is_unknown = item.rejected.obstacle in _NOT_OFFERED
    offered = {choice.casefold() for choice in choices_of(item, words)}
    is_kept = is_unknown and item.rejected.choice.casefold() not in offered
    return item.rejected.choice if is_kept else "", item.rejected.because


def _write_item(sheet: Worksheet, row: int, texts: tuple[str, ...]) -> None:
    looks = (PLAIN, PLAIN, PLAIN, _ASKED, _ASKED, _REMARK, _QUIET)
    put_row(sheet, row, zip(texts, looks, strict=True))
    shown = zip(texts[:-1], _WIDTHS.values(), strict=False)
    sheet.row_dimensions[row].height = fitting_height(shown, 45)


def _lines(item: OpenItem, titles: Mapping[str, str], settings: Settings, words: Words) -> Iterator[str]:
    """What is open, and what may be chosen."""
    if item.follow_up:
        yield from _assessments(item.follow_up, settings, words)
    if item.contested:
        yield from _both_files(item.contested, settings, words)
    if item.sender:
        codes = words.list(answer.entry.code for answer in item.sender.answers)
        yield words(_SENDER, officer=item.sender.officer, codes=codes)
        yield words(_ACCEPT_SENDER, yes=words(YES))
    if item.edit:
        yield from _both_texts(item.edit, words)
    if item.lost:
        yield from _lost_lines(item.lost, words)
    if item.missing:
        yield from _missing_goals(item.missing, titles, words)


def _missing_goals(missing: MissingAnswers, titles: Mapping[str, str], words: Words) -> Iterator[str]:
    yield from (coded(item.goal.code, titles) for item in missing.goals[:_MOST_LISTED])
    if len(missing.goals) > _MOST_LISTED:
        yield f"+ {len(missing.goals) - _MOST_LISTED}"
    yield words(_ACCEPT, yes=words(YES))


def _both_files(row: ContestedRow, settings: Settings, words: Words) -> Iterator[str]:
    """Both files with what they say; the one whose answer is in the report last."""
    own, other = row.names
    standing = row.standing
    yield standing.answer.entry.officer
    yield f"{own}: {said(row.answer.entry, settings, words) if row.answer else words(_WITHDRAWS)}"
    value = words(_WITHDRAWS) if standing.is_withdrawn else said(standing.answer.entry, settings, words)
    yield words(_IN_REPORT, file=other, said=value, time=words.moment(standing.answer.time))


def _lost_lines(lost: LostText, words: Words) -> Iterator[str]:
    time = words.moment(lost.act.time)
    if isinstance(lost.act, WrittenText):
        yield words(_LOST_TEXT, column=words(LANGUAGE_COLUMNS[lost.act.language]), time=time)
    else:
        yield words(_LOST_EDIT, time=time)
    if lost.edited:
        yield words(_EDITED, text=lost.edited, time=time)
    yield words(_LOST_ADVICE)


def _both_texts(edit: OpenEdit, words: Words) -> Iterator[str]:
    if edit.act.officer:
        yield edit.act.officer
    text = edit.edited if edit.edited.strip() else words(CLEARED)
    yield words(_EDITED, text=text, time=words.moment(edit.act.time))
    yield words(_PRINTED, text=edit.present)


def _assessments(item: GoalFollowUp, settings: Settings, words: Words) -> Iterator[str]:
    yield from (f"{answer.entry.officer}: {said(answer.entry, settings, words)}" for answer in item.answers)
    if item.waiting:
        yield words(N_("Waits for: {officers}"), officers=words.list(item.waiting))


_NOT_OFFERED = (Obstacle.NO_SUCH_OFFICER, Obstacle.NO_SUCH_FILE, Obstacle.NO_SUCH_TEXT, Obstacle.NOT_YES)
_SENDER = N_("Not one of the municipality's forms. It answers in the name of {officer}: {codes}")
_ACCEPT_SENDER = N_("Write “{yes}” if you have checked who sent it. It holds for the file for the whole period.")
_ACCEPT = N_("Write “{yes}” if the report need not wait for these answers.")
_WITHDRAWS = N_("the answer is withdrawn")
_IN_REPORT = N_("{file}: {said} (in the report, saved {time})")
_EDITED = N_("Edited in the draft ({time}): {text}")
_LAPSED = N_("The settlement “{officer}” ({time}) has lapsed: an officer has saved another value. Settle it again.")
_PRINTED = N_("The report prints: {text}")
_LOST_TEXT = N_("{column}, written {time}: the words cannot be read, so the report lacks them.")
_LOST_EDIT = N_("Edited in the draft ({time}): the words cannot be read, so the report prints the value without them.")
_LOST_ADVICE = N_("Restore the archive from a backup, write the text again, or choose that it is left out.")
_OBSTACLES = {
    Obstacle.NO_SUCH_OFFICER: N_("“{choice}” ({time}) was not carried out: it is none of the officers of this row."),
    Obstacle.NO_SUCH_FILE: N_("“{choice}” ({time}) was not carried out: it is none of the files of this row."),
    Obstacle.NO_SUCH_TEXT: N_("“{choice}” ({time}) was not carried out: it is none of the choices of this row."),
    Obstacle.NOT_YES: N_("“{choice}” ({time}) was not carried out: it settles nothing in this matter."),
    Obstacle.NO_CHOICE: N_("Only a reason was read ({time}). Choose too what it is for."),
    Obstacle.OUTDATED: N_("“{choice}” ({time}) was not carried out: what it was about has changed. Settle it again."),
    Obstacle.SETTLED_SINCE: N_(
        "“{choice}” ({time}) was not carried out: the matter was settled, or its settlement undone, after the workbook "
        "was written. Settle it again."
    ),
    Obstacle.MOVED: N_(
        "“{choice}” ({time}) was not carried out: its row was no longer the one that was written, or lacked its "
        "identifier. Settle it on its own row."
    ),
    Obstacle.STANDS_TWICE: N_(
        "“{choice}” ({time}) was not carried out: the row stood twice in the workbook. Settle it on this row only."
    ),
    Obstacle.NO_UNDOING: N_("“{choice}” ({time}) was not carried out: this settlement cannot be undone here."),
}
