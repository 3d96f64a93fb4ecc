"""The Jinja environment in which templates run: escaped, strict, and without a way out of the fields."""

import re
from functools import cache
from typing import Any

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from generator.formats.docx.contents import HEADING
from generator.formats.docx.fields import WHOLE, field_types
from generator.formats.docx.printer import Printer
from generator.formats.docx.runs import Paragraphs, escape_text
from generator.formats.docx.table_safety import FILLED_CELL, FILLED_TABLE, filled_cell, filled_table
from generator.formats.docx.tags import PRINTER

# Filters that make XML of a text, or much of little, are left out.
FILTERS = re.compile(
    "abs|capitalize|count|default|first|join|last|length|list|lower|map|reject|rejectattr|reverse|round|select|"
    "selectattr|sort|sum|title|trim|unique|upper"
)


@cache
def sandbox() -> jinja2.Environment:
    """The one environment of all templates."""
    environment = _Sandbox(autoescape=True, undefined=jinja2.StrictUndefined, finalize=_printable)
    environment.globals.clear()
    environment.filters = {name: make for name, make in environment.filters.items() if FILTERS.fullmatch(name)}
    environment.filters |= {
        PRINTER: _print,
        FILLED_CELL: filled_cell,
        FILLED_TABLE: filled_table,
        HEADING: _print_heading,
    }
    return environment


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, with a short way to our own fields: half of the rendering would be spent on asking."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        group: type = type(obj)
        if attribute in field_types(group):
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)


@jinja2.pass_context
def _print(context: jinja2.runtime.Context, value: Paragraphs | str, look: int) -> Markup:
    printer: Printer = context[PRINTER]
    return printer(value, look)


@jinja2.pass_context
def _print_heading(context: jinja2.runtime.Context, runs: Markup, level: int) -> Markup:
    printer: Printer = context[PRINTER]
    return printer.heading(runs, level)


def _printable(value: object) -> Markup:
    """A value as XML, whatever the template says of escaping."""
    if isinstance(value, Markup):
        return value
    if isinstance(value, str | int | float | jinja2.Undefined):
        return Markup(escape_text(str(value)))
    raise TypeError("a list or a group of fields" if not isinstance(value, WHOLE) else "whole paragraphs")
