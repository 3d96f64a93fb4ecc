"""Writes the chapter on what a later version of the report changes: each text of a goal before and after."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.domain.base.heading import Field, Headings
from generator.domain.base.rule import N_
from generator.domain.output.report import Report
from generator.domain.output.revision import ReplacedVersion
from generator.formats.docx.document_language import DocumentLanguage
from generator.formats.docx.fields import RevisionFields, RevisionRowFields, RowFields
from generator.formats.docx.runs import CellParagraph, Paragraphs, printed_text
from generator.formats.opc.wordml import read_value_bookmark, value_bookmark

TITLE_FIELD = "title"
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
    found = tuple(_changes(replaced.texts or {}, rows)) if replaced.texts is not None else ()
    told = tuple(_row(change, headings, lang) for change in found[:_MOST_ROWS])
    text = _text(replaced, len(found), lang)
    return RevisionFields(title, text, told, title, before, words("Now"))


def _text(replaced: ReplacedVersion, count: int, lang: DocumentLanguage) -> str:
    words, day = lang.words, lang.words.date(replaced.day)
    named = words("Version {version} was made final on {day}.", version=replaced.version, day=day)
    if replaced.texts is None:
        told = words("What it printed of the goals is not recorded, so the changes cannot be listed.")
    elif not count:
        told = words("The texts and degrees of the goals are the same as in it.")
    else:
        told = words.plural("{count} text of the goals has changed.", "{count} texts of the goals have changed.", count)
    if count > _MOST_ROWS:
        told = " ".join((told, words("The first {count} are listed.", count=_MOST_ROWS)))
    return f"{named} {told}"


@dataclass(frozen=True, slots=True)
class _ChangedText:
    """A text of a goal that differs; the field's name is empty where the whole goal is new or has been removed."""

    title: str
    language: str
    field: str
    before: str
    after: str


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
    if not change.field:
        return lang.words(_NEW if change.after else _REMOVED)
    if change.field == TITLE_FIELD:
        return lang.words("title")
    return headings.label(Field(change.field), lang.words.language.value)


def _cell(text: str) -> Paragraphs:
    lines = tuple(CellParagraph(line) for line in text.split("\n") if line)
    return Paragraphs(lines or (_DASH,))


_NEW, _REMOVED = N_("new goal"), N_("removed from the programme")
