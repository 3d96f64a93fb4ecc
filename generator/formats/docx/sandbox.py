"""The Jinja environment in which templates run: it escapes, is strict, and gives access to the fields alone."""

import re
from functools import cache
from typing import Any

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from generator.domain.base.rule import N_
from generator.formats.docx.contents import HEADING
from generator.formats.docx.fields import WHOLE, RowFields, SectionFields, field_types
from generator.formats.docx.goal_headings import TITLE_END, TITLE_START
from generator.formats.docx.measured_tables import TABLES, WIDTH, PrintedTables
from generator.formats.docx.printer import Printer
from generator.formats.docx.row_blocks import ROW_PRINTER, ROWS
from generator.formats.docx.row_printer import RowPrinter
from generator.formats.docx.runs import Paragraphs, escape_text
from generator.formats.docx.table_safety import FILLED_CELL, FILLED_TABLE, filled_cell, filled_table
from generator.formats.docx.tags import PRINTER, RUN_PRINTER

# Filters that make XML of a text, or much of little, are left out.
FILTERS = re.compile(
    "abs|capitalize|count|default|first|join|last|length|list|lower|map|reject|rejectattr|reverse|round|select|"
    "selectattr|sort|sum|title|trim|unique|upper"
)


@cache
def sandbox() -> jinja2.Environment:
    """Returns the environment, which all templates share."""
    environment = _Sandbox(autoescape=True, undefined=jinja2.StrictUndefined, finalize=_printable)
    environment.globals.clear()
    environment.filters = {name: make for name, make in environment.filters.items() if FILTERS.fullmatch(name)}
    environment.filters |= {
        PRINTER: _print,
        RUN_PRINTER: _print_runs,
        FILLED_CELL: filled_cell,
        FILLED_TABLE: filled_table,
        HEADING: _print_heading,
        TITLE_START: _start_title,
        TITLE_END: _end_title,
        ROW_PRINTER: _print_row,
        WIDTH: _print_width,
    }
    return environment


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, with a short way to our own fields: half of the rendering would be spent on asking.

    What is intercepted is not worked out while a template is compiled, either: Jinja folds other constants then.
    """

    intercepted_binops = frozenset(("*", "**", "%", "+"))

    def call_binop(self, context: jinja2.runtime.Context, operator: str, left: Any, right: Any) -> Any:
        require_small(operator, left, right)
        return super().call_binop(context, operator, left, right)

    def getattr(self, obj: Any, attribute: str) -> Any:
        group: type = RowFields if isinstance(obj, RowFields) else type(obj)
        if attribute in field_types(group):
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Of a row only its fields: it knows what it is made from, too."""
        is_own = not isinstance(obj, RowFields) or attr in field_types(RowFields)
        return is_own and super().is_safe_attribute(obj, attr, value)


def require_small(operator: str, left: Any, right: Any) -> None:
    """Raises ValueError if the result of an operation would be larger than a report ever needs.

    Python does each of these in one step, which no limit of time can interrupt.
    """
    if operator == "%":
        is_small = not isinstance(left, str) or _WIDE.search(left) is None
    elif _has_size(left, right):
        is_small = (_size(left) + _size(right) if operator == "+" else _size(left) * _size(right)) <= _MOST_ITEMS
    else:
        is_small = _are_small(left, right) and (operator != "**" or abs(right) <= _MOST_POWER)
    if not is_small:
        raise ValueError(N_("the result is too large"))


_MOST_ITEMS = 100_000  # letters or members of a list
_MOST_NUMBER = 10**12
_MOST_POWER = 4
_WIDE = re.compile(r"%[^%a-zA-Z]*(?:\*|\d{3})")  # of a format: a width of three digits, or one from a value


def _has_size(*values: Any) -> bool:
    return any(isinstance(value, str | list | tuple) for value in values)


def _size(value: Any) -> int:
    """Returns the number of letters or members; for a number the number itself, which may repeat a text."""
    return len(value) if _has_size(value) else abs(int(value)) if isinstance(value, int | float) else 0


def _are_small(*values: Any) -> bool:
    return all(isinstance(value, int | float) and abs(value) <= _MOST_NUMBER for value in values)


@jinja2.pass_context
def _print(context: jinja2.runtime.Context, value: Paragraphs | str, look: int) -> Markup:
    printer: Printer = context[PRINTER]
    return printer(value, look)


@jinja2.pass_context
def _print_runs(context: jinja2.runtime.Context, value: object, look: int) -> Markup:
    printer: Printer = context[PRINTER]
    return printer.runs(value, look)


@jinja2.pass_context
def _print_heading(context: jinja2.runtime.Context, runs: Markup, level: int) -> Markup:
    printer: Printer = context[PRINTER]
    return printer.heading(runs, level)


@jinja2.pass_context
def _start_title(context: jinja2.runtime.Context, section: SectionFields) -> Markup:
    printer: Printer = context[PRINTER]
    return printer.start_title(section.goal.code, section.heading)


@jinja2.pass_context
def _end_title(context: jinja2.runtime.Context, _section: SectionFields) -> Markup:
    printer: Printer = context[PRINTER]
    return printer.end_title()


@jinja2.pass_context
def _print_row(context: jinja2.runtime.Context, row: object, block: int, print_row: jinja2.runtime.Macro) -> Markup:
    printer: RowPrinter = context[ROWS]
    return printer(row, block, print_row)  # type: ignore[arg-type]  # a macro gives Markup where all is escaped


@jinja2.pass_context
def _print_width(context: jinja2.runtime.Context, table: int, column: int) -> int:
    tables: PrintedTables = context[TABLES]
    return tables.width(table, column)


def _printable(value: object) -> Markup:
    """Returns a value as XML, even if the template turns escaping off."""
    if isinstance(value, Markup):
        return value
    if isinstance(value, str | int | float | jinja2.Undefined):
        return Markup(escape_text(str(value)))
    raise TypeError("a list or a group of fields" if not isinstance(value, WHOLE) else "whole paragraphs")
