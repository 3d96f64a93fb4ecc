"""Writes the chapter on what a later version of the report changes: each text of a goal, and each text that who makes
the report has written, before and after.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.domain.base.heading import Field, Headings
from generator.domain.base.rule import N_
from generator.domain.follow_up.edit_acts import TEXT_PLACES
from generator.domain.output.report import Report
from generator.domain.output.revision import ReplacedVersion
from generator.formats.docx.document_language import DocumentLanguage
from generator.formats.docx.fields import RevisionFields, RevisionRowFields, RowFields
from generator.formats.docx.runs import CellParagraph, Paragraphs, printed_text
from generator.formats.opc.wordml import read_value_bookmark, value_bookmark
from generator.i18n.words import Words

TITLE_FIELD, REMARK_FIELD = "title", "remark"
TEXT_HEADINGS = dict(zip(TEXT_PLACES, (N_("Foreword"), N_("Compiled assessment"), N_("Closing words")), strict=True))
# The texts that are compared, in the order in which they are told.
_COMPARED = (TITLE_FIELD, Field.DEGREE, Field.OVERALL_STATUS, Field.NARRATIVE, Field.MAIN_RISKS, Field.OFFICER)
_DASH = CellParagraph("–")
_MOST_ROWS = 200


def make_revision(
    report: Report, rows: Mapping[str, RowFields], headings: Headings, lang: DocumentLanguage
) -> RevisionFields:
    """Makes the chapter; empty where the report is no later version."""
    replaced, words = report.replaced, lang.words
    if replaced is None:
        return RevisionFields("", "", (), "", "", "")
    title = words("Changes to version {version}", version=replaced.version)
    before = words("In version {version}", version=replaced.version)
    goals = tuple(_changes(replaced.texts, rows)) if replaced.texts is not None else ()
    written = tuple(_written_changes(replaced, report, rows, words))
    found = (*written, *goals)
    told = tuple(_row(change, headings, lang) for change in found[:_MOST_ROWS])
    text = _text(replaced, len(written), len(goals), lang)
    return RevisionFields(title, text, told, title, before, words("Now"))


def _text(replaced: ReplacedVersion, written: int, goals: int, lang: DocumentLanguage) -> str:
    words, day = lang.words, lang.words.date(replaced.day)
    named = words("Version {version} was made final on {day}.", version=replaced.version, day=day)
    if replaced.texts is None:
        told = words("What it printed of the goals is not recorded, so the changes cannot be listed.")
    elif not goals:
        told = words("The texts and degrees of the goals are the same as in it.")
    else:
        told = words.plural(
            "Of the texts of the goals {count} has changed.", "Of the texts of the goals {count} have changed.", goals
        )
    if written:
        others = words.plural(
            "Of the other texts {count} has changed.", "Of the other texts {count} have changed.", written
        )
        told = f"{told} {others}"
    if written + goals > _MOST_ROWS:
        told = " ".join((told, words("The first {count} are listed.", count=_MOST_ROWS)))
    return f"{named} {told}"


@dataclass(frozen=True, slots=True)
class _ChangedText:
    """A text that differs; the field's name is empty where the whole goal, or the text as a whole, is new or has been
    removed. `is_written`: it is a text of the sheet of texts, below the heading `title` or a remark on that goal.
    """

    title: str
    language: str
    field: str
    before: str
    after: str
    is_written: bool = False


def _written_changes(
    replaced: ReplacedVersion, report: Report, rows: Mapping[str, RowFields], words: Words
) -> Iterator[_ChangedText]:
    """Yields the changed texts of the sheet of texts: by their headings in the report, then the remarks on goals."""
    for place in (*TEXT_PLACES, *rows):
        before, after = replaced.written.of_place(place), report.texts.of_place(place)
        if before == after:
            continue
        texts = _printed(before), _printed(after)
        if place in TEXT_PLACES:
            yield _ChangedText(words(TEXT_HEADINGS[place]), "", "", texts[0], texts[1], is_written=True)
        else:
            row = rows[place]
            yield _ChangedText(row.title, row.language, REMARK_FIELD, texts[0], texts[1], is_written=True)


def _printed(text: str) -> str:
    return "\n".join(map(printed_text, text.split("\n")))


def _changes(texts: Mapping[str, str], rows: Mapping[str, RowFields]) -> Iterator[_ChangedText]:
    known = {found[0] for name in texts if (found := read_value_bookmark(name))}
    for code, row in rows.items():
        if code not in known:
            yield _ChangedText(row.title, row.language, "", "", row.title)
            continue
        for field in _COMPARED:
            before, after = texts.get(value_bookmark(code, field), ""), _text_of(row, field)
            if before and before != after:
                yield _ChangedText(row.title, row.language, field, before, after)
    for code in sorted(known - rows.keys()):
        title = texts.get(value_bookmark(code, TITLE_FIELD), code)
        yield _ChangedText(title, "", "", title, "")


def _text_of(row: RowFields, field: str) -> str:
    """Returns a cell's text as it is read back from a document."""
    if field == TITLE_FIELD:
        cells = row.council_term_goal, row.annual_goal, row.action
        return _joined(cells[row.level - 1])
    return _joined(getattr(row, field))


def _joined(cell: Paragraphs) -> str:
    return "\n".join(printed_text(line.text) for line in cell.value)


def _row(change: _ChangedText, headings: Headings, lang: DocumentLanguage) -> RevisionRowFields:
    return RevisionRowFields(
        title=change.title,
        language=change.language,
        what=_what(change, headings, lang),
        before=_cell(change.before),
        after=_cell(change.after),
    )


def _what(change: _ChangedText, headings: Headings, lang: DocumentLanguage) -> str:
    if change.is_written:
        if change.field:
            return lang.words("remark")
        message = _TEXT_CHANGED if change.before and change.after else _TEXT_ADDED if change.after else _TEXT_REMOVED
        return lang.words(message)
    if not change.field:
        return lang.words(_NEW if change.after else _REMOVED)
    if change.field == TITLE_FIELD:
        return lang.words("title")
    return headings.label(Field(change.field), lang.words.language.value)


def _cell(text: str) -> Paragraphs:
    lines = tuple(CellParagraph(line) for line in text.split("\n") if line)
    return Paragraphs(lines or (_DASH,))


_TEXT_CHANGED, _TEXT_ADDED, _TEXT_REMOVED = N_("changed text"), N_("new text"), N_("removed text")
_NEW, _REMOVED = N_("new goal"), N_("removed from the programme")
