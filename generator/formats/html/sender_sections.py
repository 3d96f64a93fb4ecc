"""Sections of tilanne.html about who answers: files that differ, senders to check, and unchecked ones."""

from collections.abc import Iterable, Iterator

from generator.domain.base.rule import N_
from generator.domain.follow_up.standing import ContestedRow
from generator.domain.follow_up.status import Status
from generator.domain.output.receipt import receipt_name
from generator.domain.plan.codes import code_numbers
from generator.domain.submission.answers import Answer
from generator.formats.html.pages import NOTHING, HtmlCell, HtmlTable, PageSection, link_to
from generator.i18n.words import Words


def sender_sections(status: Status, words: Words) -> Iterator[PageSection]:
    """A section for each of the four where there is something to tell."""
    unsigned = tuple(row for row in status.contested if row.is_unsigned)
    differing = tuple(row for row in status.contested if not row.is_unsigned)
    if differing:
        table = _contested(differing, words("Rows of which two files of the same officer say different things."), words)
        yield PageSection("files", words("Two files of one officer differ"), table, words(_CHOOSE))
    if unsigned:
        table = _contested(unsigned, words("Rows in which the file differs from the officer's own form."), words)
        yield PageSection("unsigned", words("Unsigned files beside the officer's own form"), table, words(_COMPARE))
    if status.senders:
        table = _by_file(((each.file, each.officer, each.answers) for each in status.senders), words)
        yield PageSection("senders", words("Senders to check"), table, words(_ACCEPT))
    if status.unchecked:
        table = _unchecked(status.unchecked, words)
        yield PageSection("unchecked", words("Answers of unchecked senders"), table, words(_OPEN))


_CHOOSE = N_("The answer in the report stands until one of the files is chosen in the workbook of open matters.")
_COMPARE = N_(
    "Who sent the file is not known. The form's answer stands until one of the files is chosen in the workbook of open "
    "matters."
)
_ACCEPT = N_("Their answers count when the sender is accepted in the workbook of open matters.")
_OPEN = N_("They are in the report. The settings let workbooks count that are not the municipality's forms.")


def _contested(rows: tuple[ContestedRow, ...], caption: str, words: Words) -> HtmlTable:
    return HtmlTable(
        caption=caption,
        headings=tuple(words(label) for label in _CONTESTED_HEADINGS),
        rows=tuple(_contested_row(row) for row in rows),
    )


_CONTESTED_HEADINGS = (N_("Goal"), N_("Responsible officer"), N_("File"), N_("File whose answer is in the report"))


def _contested_row(row: ContestedRow) -> tuple[HtmlCell, ...]:
    own, other = row.names
    own_degree = NOTHING if row.answer is None or row.answer.entry.degree is None else str(row.answer.entry.degree)
    standing = row.standing.answer.entry
    other_degree = NOTHING if row.standing.is_withdrawn or standing.degree is None else str(standing.degree)
    return (
        HtmlCell(row.key[0]),
        HtmlCell(standing.officer),
        HtmlCell(f"{own}: {own_degree}", href=link_to(f"../inbox/{receipt_name(row.file)}")),
        HtmlCell(f"{other}: {other_degree}"),
    )


def _unchecked(answers: tuple[Answer, ...], words: Words) -> HtmlTable:
    files: dict[tuple[str, str], tuple[Answer, ...]] = {}
    for answer in answers:
        key = answer.file, answer.entry.officer
        files[key] = (*files.get(key, ()), answer)
    return _by_file(((file, officer, own) for (file, officer), own in files.items()), words)


def _by_file(files: Iterable[tuple[str, str, tuple[Answer, ...]]], words: Words) -> HtmlTable:
    return HtmlTable(
        caption=words("Workbooks that are not the municipality's forms, and in whose name they answer."),
        headings=(words("Receipt of the file"), words("Responsible officer"), words("Goals")),
        rows=tuple(
            (
                HtmlCell(file, href=link_to(f"../inbox/{receipt_name(file)}")),
                HtmlCell(officer),
                HtmlCell(words.list(sorted((answer.entry.code for answer in own), key=code_numbers))),
            )
            for file, officer, own in files
        ),
    )
