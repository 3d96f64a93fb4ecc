"""What `seuranta template` prints."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import typer

from generator.app.template_check import TemplateFaults
from generator.app.template_preview import Preview
from generator.domain.base.rule import N_
from generator.errors import TemplateError
from generator.formats.docx_accessibility.checker import DocumentFault, describe
from generator.formats.pdf.conversion import NoPdf
from generator.i18n.words import Words

# Of faults alike so many places are told: who mends these finds the rest.
MOST_PLACES = 3
_OF_PLACE = frozenset({"part", "near", "table", "row", "cell"})


@dataclass(frozen=True, slots=True)
class _Told:
    """A fault in words: what makes it one with others, where it is, and what to do."""

    kind: tuple[object, ...]
    line: str
    advice: str


def print_template_faults(faults: TemplateFaults, path: Path, words: Words) -> None:
    """The faults of the tags, the questions, then the faults of accessibility, each with what to do."""
    if not faults.tags and not faults.questions and not faults.document:
        typer.echo(words(N_("{path}: nothing to mend was found."), path=path))
        return
    typer.echo(f"{path}:")
    _print_folded(_told(faults.tags, words), words)
    if faults.questions:
        typer.echo(words(N_("To be looked at; a report is made all the same:")))
        _print_folded(_told(faults.questions, words), words)
    print_document_faults(faults.document, words)


def print_preview(preview: Preview, words: Words) -> None:
    """The paths of the sample documents, and why there is no PDF where there is none."""
    typer.echo(str(preview.docx))
    if isinstance(preview.pdf, NoPdf):
        print_missing_pdf(preview.pdf, words)
    else:
        typer.echo(str(preview.pdf))


def print_missing_pdf(pdf: NoPdf, words: Words) -> None:
    """Why there is no PDF, and what to do."""
    typer.echo(words(pdf.reason, value=pdf.value))
    typer.echo(f"    {words(pdf.advice, value=pdf.value)}")


def print_document_faults(faults: tuple[DocumentFault, ...], words: Words) -> None:
    """What keeps a document from being accessible, rule by rule, each with what to do."""
    in_order = {fault.rule: [other for other in faults if other.rule == fault.rule] for fault in faults}
    _print_folded((_document_fault(fault, words) for alike in in_order.values() for fault in alike), words)


def _told(faults: tuple[TemplateError, ...], words: Words) -> Iterator[_Told]:
    for fault in faults:
        others = tuple(item for item in fault.values.items() if item[0] not in _OF_PLACE)
        kind = (fault.advice, *others)
        yield _Told(kind, words(fault.message, **fault.values), words(fault.advice, **fault.values))


def _document_fault(fault: DocumentFault, words: Words) -> _Told:
    said = describe(fault, words)
    return _Told((fault.rule,), f"{said.where}: {said.message}" if said.where else said.message, said.advice)


def _print_folded(faults: Iterable[_Told], words: Words) -> None:
    """Faults alike one below the other: the first places, how many more there are, and once what to do."""
    alike: dict[tuple[object, ...], list[_Told]] = {}
    for fault in faults:
        alike.setdefault(fault.kind, []).append(fault)
    for found in alike.values():
        for fault in found[:MOST_PLACES]:
            typer.echo(fault.line)
        if len(found) > MOST_PLACES:
            rest = len(found) - MOST_PLACES
            typer.echo(words.plural("… and {count} more place", "… and {count} more places", rest))
        typer.echo(f"    {found[0].advice}")
