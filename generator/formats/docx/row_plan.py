"""Prints a goal's row without Jinja, by joining pieces: most templates have rows that are simple enough.

Markup and words alternate in the pieces. Two rows with the same markup differ only in their escaped words.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from jinja2 import nodes

from generator.formats.docx.fields import RowFields, field_types
from generator.formats.docx.printer import Printer
from generator.formats.docx.rows import RowOnDemand
from generator.formats.docx.runs import Paragraphs, escape_text
from generator.formats.docx.tags import PRINTER

# A field of the whole document that a row may print too, see `row_blocks`.
OWN_LANGUAGE = "own_language"


@dataclass(frozen=True, slots=True)
class PlainPiece:
    """A field that is a text, a number or a truth value."""

    field: str

    def value(self, row: RowOnDemand) -> Any:
        """The field's value."""
        return row.lang.own if self.field == OWN_LANGUAGE else row.field(self.field)

    def print(self, row: RowOnDemand, _printer: Printer) -> Sequence[str]:
        """The value as words."""
        return "", escape_text(str(self.value(row)))


@dataclass(frozen=True, slots=True)
class CellPiece:
    """A field that a `{{p …}}` tag prints as whole paragraphs; `tag` is the tag's number."""

    field: str
    tag: int

    def print(self, row: RowOnDemand, printer: Printer) -> Sequence[str]:
        """The paragraphs, in the tag's format."""
        return printer.cell_pieces(row.field(self.field), self.tag)


@dataclass(frozen=True, slots=True)
class ChoicePiece:
    """A condition: the pieces to print if a field is neither empty nor false, and those to print otherwise."""

    test: PlainPiece
    then: "RowPlan"
    otherwise: "RowPlan"

    def print(self, row: RowOnDemand, printer: Printer) -> Sequence[str]:
        """The pieces of the branch that the field chooses."""
        return (self.then if self.test.value(row) else self.otherwise).print(row, printer)


@dataclass(frozen=True, slots=True)
class RowPlan:
    """How a loop of the template prints a row: pieces of the template's XML, and of the row's fields."""

    pieces: tuple[str | PlainPiece | CellPiece | ChoicePiece, ...]

    def print(self, row: RowOnDemand, printer: Printer) -> list[str]:
        """Prints a row in pieces, markup and words alternating: joined they are the same XML as Jinja's."""
        printed: list[str] = []
        for piece in self.pieces:
            printed += (piece, "") if isinstance(piece, str) else piece.print(row, printer)
        return printed


def make_plan(loop: nodes.For) -> RowPlan | None:
    """Makes the plan of a loop's rows; None if the loop has anything other than row fields and plain conditions."""
    assert isinstance(loop.target, nodes.Name)
    try:
        return _plan(loop.body, loop.target.name)
    except _NotSimpleError:
        return None


class _NotSimpleError(Exception):
    """A part of the template that only Jinja can print."""


def _plan(body: Iterable[nodes.Node], row: str) -> RowPlan:
    return RowPlan(tuple(_pieces(body, row)))


def _pieces(body: Iterable[nodes.Node], row: str) -> Iterator[str | PlainPiece | CellPiece | ChoicePiece]:
    for node in body:
        if isinstance(node, nodes.Output):
            yield from (_piece(each, row) for each in node.nodes)
        elif isinstance(node, nodes.If) and not node.elif_:
            yield ChoicePiece(_plain_piece(node.test, row), _plan(node.body, row), _plan(node.else_, row))
        else:
            raise _NotSimpleError


def _piece(node: nodes.Node, row: str) -> str | PlainPiece | CellPiece:
    if isinstance(node, nodes.TemplateData):
        return node.data
    if isinstance(node, nodes.Filter) and node.name == PRINTER and isinstance(node.args[0], nodes.Const):
        return CellPiece(_field(node.node, row, Paragraphs), node.args[0].value)
    return _plain_piece(node, row)


def _plain_piece(node: nodes.Node, row: str) -> PlainPiece:
    if isinstance(node, nodes.Name) and node.name == OWN_LANGUAGE:
        return PlainPiece(OWN_LANGUAGE)
    return PlainPiece(_field(node, row, str, int, bool))


def _field(node: nodes.Node | None, row: str, *kinds: type) -> str:
    """Returns the field's name if an expression is a field of the row, of one of these types."""
    if not (isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name) and node.node.name == row):
        raise _NotSimpleError
    if field_types(RowFields).get(node.attr) not in kinds:
        raise _NotSimpleError
    return node.attr
