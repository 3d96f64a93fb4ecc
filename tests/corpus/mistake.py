"""What a mistake of the corpus is: how the workbook is spoilt, what must be found, and how the advice is followed."""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from typing import TypeAlias
from xml.sax.saxutils import escape

from generator.domain.base.heading import Field
from tests.corpus.office import LETTERS, ROWS
from tests.corpus.save import CODE, Save, signed_save

Change: TypeAlias = Callable[[Save], None]


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake: `found` are the rules and cells that must be found, in this order, and nothing beside them.

    `stops` are the codes whose rows are not taken; `rewords` those whose taken values are other ones than the good
    workbook's, as the mistake is the officer's own word.
    """

    name: str
    spoil: Change
    found: tuple[tuple[str, str | None], ...]
    mend: Change
    start: Callable[[], Save] = signed_save
    stops: tuple[str, ...] = ()
    rewords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Harmless:
    """A change that is no mistake: the same answers are taken, and nothing is found but the rules and cells `said`."""

    name: str
    change: Change
    start: Callable[[], Save] = signed_save
    said: tuple[tuple[str, str | None], ...] = ()


def unread(name: str, change: Change, cell: str, start: Callable[[], Save] = signed_save) -> Harmless:
    """Words that nobody reads: one note says so, at the first of them."""
    return Harmless(name, change, start, (("not-read", cell),))


def at(field: Field, code: str = CODE) -> str:
    """The address of a goal's cell."""
    return f"{LETTERS[field]}{ROWS[code]}"


def put(field: Field, value: object, number_format: str | None = None, code: str = CODE) -> Change:
    return lambda save: save.put(field, value, code, number_format)


def put_xml(field: Field, kind: str, content: str, code: str = CODE) -> Change:
    return lambda save: save.put_xml(field, kind, content, code)


def put_formula(field: Field, formula: str, result: str, kind: str = "str") -> Change:
    """A formula with the result that a spreadsheet program stored beside it."""
    return put_xml(field, kind, f"<f>{escape(formula)}</f><v>{escape(result)}</v>")


def named(file: str) -> Change:
    """Saved at another path of the inbox."""
    return lambda save: setattr(save, "file", file)


def restore(field: Field, code: str = CODE) -> Change:
    return lambda save: save.restore(field, code)


def strike(field: Field, *, is_struck: bool = True) -> Change:
    """Strikes a cell's text through, or takes the line away."""

    def change(save: Save) -> None:
        font = copy(save.cell(field).font)
        font.strike = is_struck
        save.cell(field).font = font

    return change


def both(*changes: Change) -> Change:
    def change(save: Save) -> None:
        for one in changes:
            one(save)

    return change


def cell_mistake(name: str, rule: str, field: Field, spoil: Change) -> Mistake:
    """A mistake in one cell that stops its row; by the advice, the good answer is written in the cell."""
    return Mistake(name, spoil, ((rule, at(field)),), restore(field), stops=(CODE,))
