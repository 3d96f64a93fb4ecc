"""Puts a template's faults into words; a fault in several places is told once, with its places."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.domain.base.rule import N_
from generator.errors import TemplateError
from generator.formats.docx_accessibility.checker import DocumentFault, describe
from generator.formats.opc.part_labels import part_label
from generator.i18n.words import Words

_BODY = "document"
_OF_PLACE = frozenset({"part", "near", "table", "row", "cell", "paragraph"})


@dataclass(frozen=True, slots=True)
class ToldFault:
    """A fault in words.

    `kind` is the same for faults that are told as one; `sentence` has the place in it, `where` is the place alone.
    `paragraph` and `place` tell where in the body it stands, as in `TemplateComment`.
    """

    kind: tuple[object, ...]
    sentence: str
    where: str
    advice: str
    paragraph: int = 0
    place: str | None = None


def tell_faults(faults: Iterable[TemplateError], words: Words) -> Iterator[ToldFault]:
    """Faults and questions of tags, each with its place."""
    for fault in faults:
        others = tuple(item for item in fault.values.items() if item[0] not in _OF_PLACE)
        is_in_body = fault.values.get("part") == part_label(_BODY)
        yield ToldFault(
            (fault.advice, *others),
            words(fault.message, **fault.values),
            _where(fault, words),
            words(fault.advice, **fault.values),
            int(str(fault.values.get("paragraph", 0))) if is_in_body else 0,
        )


def tell_document_faults(faults: Iterable[DocumentFault], words: Words) -> Iterator[ToldFault]:
    """Faults of accessibility, rule by rule, each with its place."""
    for fault in sorted_by_rule(tuple(faults)):
        said = describe(fault, words)
        sentence = f"{said.where}: {said.message}" if said.where else said.message
        place = fault.place if fault.part == _BODY else None
        yield ToldFault((fault.rule,), sentence, said.where, said.advice, place=place)


def sorted_by_rule(faults: tuple[DocumentFault, ...]) -> Iterator[DocumentFault]:
    """Sorts the faults by rule; the rules keep the order in which they first occur."""
    for rule in dict.fromkeys(fault.rule for fault in faults):
        yield from (fault for fault in faults if fault.rule == rule)


def fold(faults: Iterable[ToldFault]) -> tuple[tuple[ToldFault, ...], ...]:
    """Groups faults of the same kind; the groups keep the order in which they first occur."""
    alike: dict[tuple[object, ...], list[ToldFault]] = {}
    for fault in faults:
        alike.setdefault(fault.kind, []).append(fault)
    return tuple(map(tuple, alike.values()))


def _where(fault: TemplateError, words: Words) -> str:
    """Returns the place of a fault; an empty string if it has none."""
    values = {name: value for name, value in fault.values.items() if name in _OF_PLACE}
    if "part" not in values:
        return ""
    message = _IN_CELL if "table" in values else _IN_PARAGRAPH
    return words(message, **{"near": "", **values})


_IN_CELL = N_("{part}, table {table}, row {row}, cell {cell}: {near}")
_IN_PARAGRAPH = N_("{part}: {near}")
