"""Opens the municipality's Word template: docxtpl's syntax, a sandboxed Jinja environment, faults with places."""

import re
from bisect import bisect_right
from collections import defaultdict, deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import PurePosixPath
from traceback import walk_tb
from typing import Any

import jinja2
from docxtpl import DocxTemplate
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from generator.errors import TemplateError
from generator.formats.docx.columns import share_columns
from generator.formats.docx.contents import HEADING, mark_headings
from generator.formats.docx.faults import (
    BROKEN_TAG,
    FORBIDDEN,
    NOT_PRINTABLE,
    WHOLE_PARAGRAPHS,
    TemplatePlace,
    make_error,
    unknown_field,
)
from generator.formats.docx.field_check import FieldFault, FoundFault, field_faults
from generator.formats.docx.fields import WHOLE, field_types
from generator.formats.docx.languages import mark_languages
from generator.formats.docx.package import fetch_faults, parse_text_part, read_package, without_attached_template
from generator.formats.docx.printer import Printer
from generator.formats.docx.run_format import default_font, heading_levels, read_tag_format, style_ids, text_width
from generator.formats.docx.runs import Paragraphs, TagFormat, escape_text
from generator.formats.docx.table_safety import FILLED_CELL, FILLED_TABLE, filled_cell, filled_table, guard_tables
from generator.formats.docx.tags import PRINTER, Tag, key_of, read_tags, tag_faults
from generator.formats.opc.package import parts_of_type
from generator.formats.opc.wordml import TAG, TEXT_TYPES, w
from generator.formats.opc.xml import Element, add_element, to_text

# Filters that make XML of a text, or much of little, are left out.
FILTERS = re.compile(
    "abs|capitalize|count|default|first|join|last|length|list|lower|map|reject|rejectattr|reverse|round|select|"
    "selectattr|sort|sum|title|trim|unique|upper"
)
_CHART = re.compile(r"\bchart\b")
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
# What a template's expressions can raise; a fault of the template, not of the program.
_AUTHORS_ERRORS = (jinja2.TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
_AUTHORS_DEPTH = (RecursionError, MemoryError)


@dataclass(frozen=True, slots=True)
class Source:
    """A part as Jinja reads it; `lines` are those on which its tags begin (1-based), `places` are their places."""

    part: str
    text: str
    lines: tuple[int, ...]
    places: tuple[TemplatePlace, ...]

    def place(self, line: int) -> TemplatePlace:
        index = bisect_right(self.lines, line) - 1
        return self.places[index] if index >= 0 else TemplatePlace(self.part)


@dataclass(frozen=True, slots=True)
class TextPart:
    """A part with tags, compiled."""

    name: str
    source: Source
    compiled: jinja2.Template

    def print(self, context: Mapping[str, Any]) -> Iterator[str]:
        """The part's XML in pieces.

        Raises:
            TemplateError: an expression of the template cannot be worked out.
        """
        try:
            yield from self.compiled.generate(context)
        except (*_AUTHORS_ERRORS, *_AUTHORS_DEPTH) as error:
            raise self._error(error) from error

    def _error(self, error: BaseException) -> TemplateError:
        lines = [line for frame, line in walk_tb(error.__traceback__) if frame.f_code.co_filename == "<template>"]
        place = self.source.place(lines[-1] if lines else 0)
        return make_error(NOT_PRINTABLE, place, reason=str(error) or type(error).__name__)


@dataclass(frozen=True, slots=True)
class Template:
    """An opened template: unchanged parts, compiled parts with tags, and the format of each `{{p …}}` tag.

    `first_id` is a number that no bookmark or drawing has, nor any above it; `charted` are the parts that show the
    chart, `width` is a line's (twips), `font` the styles' (an empty string: the theme's).
    """

    parts: Mapping[str, bytes]
    texts: tuple[TextPart, ...]
    formats: tuple[TagFormat, ...]
    first_id: int
    charted: tuple[str, ...]
    width: int
    font: str


@lru_cache(maxsize=4)
def open_template(content: bytes) -> Template:
    """Opens a template of docxtpl's syntax.

    Raises:
        TemplateError: it is no .docx, or something in it is wrong or forbidden; the first fault of `find_faults`.
    """
    template, faults = _inspect(content)
    if faults:
        raise faults[0]
    return template


def find_faults(content: bytes) -> tuple[TemplateError, ...]:
    """Finds everything that is wrong with a template, in the order of its parts."""
    try:
        return _inspect(content)[1]
    except TemplateError as error:
        return (error,)


def _inspect(content: bytes) -> tuple[Template, tuple[TemplateError, ...]]:
    parts = without_attached_template(read_package(content))
    styles, formats, texts = style_ids(parts), list[TagFormat](), list[TextPart]()
    faults, first_id, width, charted = list(fetch_faults(parts)), 1, 0, list[str]()
    for name in parts_of_type(parts, *TEXT_TYPES):
        root = parse_text_part(parts[name])
        tags = read_tags(root, _stem(name))
        first_id, width = max(first_id, _ids_end(root)), width or text_width(root)
        charted += [name] if any(_CHART.search(tag.words) for tag in tags) else []
        garbled = tuple(tag_faults(tags, root, _stem(name)))
        faults += garbled
        if tags and not garbled:
            formats += _prepare(root, tags, styles, len(formats))
            found: TextPart | tuple[TemplateError, ...] = _tag_errors(_source(root, _stem(name), tags))
            if not found:  # only now, so that our own tags are never reported as the author's fault
                mark_languages(root, tags)
                found = _compile(name, _source(root, _stem(name), tags))
            if isinstance(found, TextPart):
                texts.append(found)
            else:
                faults += found
    tagged = {text.name for text in texts}
    kept = {name: part for name, part in parts.items() if name not in tagged}
    made = Template(kept, tuple(texts), tuple(formats), first_id, tuple(charted), width, default_font(parts))
    return made, tuple(faults)


def _stem(name: str) -> str:
    return PurePosixPath(name).stem


def _ids_end(root: Element) -> int:
    """Removes Word's own bookmarks and returns the first number free for bookmarks and drawings."""
    starts = list(root.iter(w("bookmarkStart")))
    passing = {start.get(w("id")) for start in starts if str(start.get(w("name"))).startswith(("_GoBack", "_Toc"))}
    for mark in [*starts, *root.iter(w("bookmarkEnd"))]:
        parent = mark.getparent()
        if mark.get(w("id")) in passing and parent is not None:
            parent.remove(mark)
    ids = (*(start.get(w("id"), "0") for start in starts), *(str(item.get("id")) for item in root.iter(_DRAWING)))
    return 1 + max((int(number) for number in ids if number.isdecimal()), default=0)


def _prepare(root: Element, tags: tuple[Tag, ...], styles: Mapping[str, str], first: int) -> tuple[TagFormat, ...]:
    """Makes each `{{p …}}` tag print its value in its own format, and keeps tables valid whatever is printed."""
    values = tuple(tag for tag in tags if tag.is_value and tag.letters == "p")
    formats = tuple(read_tag_format(tag.element, styles) for tag in values)
    mark_headings(root, tags, heading_levels(styles))
    share_columns(root, tags)
    guard_tables(root, tags)
    for number, tag in enumerate(values, first):
        for child in list(tag.element):
            if child.tag != w("pPr"):
                tag.element.remove(child)
        text = add_element(add_element(tag.element, w("r")), w("t"))
        text.text = f"{{{{p ({tag.words})|{PRINTER}({number}) }}}}"
    return formats


def _source(root: Element, part: str, tags: tuple[Tag, ...]) -> Source:
    xml = to_text(root)
    text = TAG.sub(_on_a_line_of_its_own, DocxTemplate("").patch_xml(xml))
    found = tuple(TAG.finditer(text))
    lines = tuple(text.count("\n", 0, tag.start()) + 2 for tag in found)
    return Source(part, text, lines, tuple(_places([tag[0] for tag in found], tags, part)))


def _on_a_line_of_its_own(tag: re.Match[str]) -> str:
    """Puts a line end into each tag, so that Jinja's line number identifies the tag."""
    text = tag[0].replace("&quot;", '"').replace("&amp;", "&")  # docxtpl gives back < and > only
    start = 3 if text[2] in "-+" else 2
    return text if text.startswith("{#") else f"{text[:start]}\n{text[start:]}"


def _places(texts: list[str], tags: tuple[Tag, ...], part: str) -> Iterator[TemplatePlace]:
    places: dict[str, deque[TemplatePlace]] = defaultdict(deque)
    for tag in tags:
        places[key_of(tag.text)].append(tag.place)
    last = TemplatePlace(part)
    for text in texts:
        known = places[key_of(text)]
        last = known.popleft() if known else last
        yield last


def _tag_errors(source: Source) -> tuple[TemplateError, ...]:
    with _collect_faults(source) as errors:
        errors += [_field_error(fault, source) for fault in field_faults(_environment().parse(source.text))]
    return tuple(errors)


def _compile(name: str, source: Source) -> TextPart | tuple[TemplateError, ...]:
    with _collect_faults(source) as errors:
        return TextPart(name, source, _environment().from_string(source.text))
    return tuple(errors)


@contextmanager
def _collect_faults(source: Source) -> Iterator[list[TemplateError]]:
    """Collects what Jinja cannot read, with its place."""
    errors: list[TemplateError] = []
    try:
        yield errors
    except jinja2.TemplateSyntaxError as error:
        errors.append(make_error(BROKEN_TAG, source.place(error.lineno), reason=error.message or ""))
    except RecursionError:
        errors.append(make_error(BROKEN_TAG, TemplatePlace(source.part), reason="too deep"))


def _field_error(fault: FoundFault, source: Source) -> TemplateError:
    place = source.place(fault.line)
    if fault.kind is FieldFault.UNKNOWN:
        return unknown_field(fault.name, fault.known, place)
    if fault.kind is FieldFault.FORBIDDEN:
        return make_error(FORBIDDEN, place, name=fault.name)
    return make_error(WHOLE_PARAGRAPHS, place, name=fault.name, example=f"{{{{p {fault.name} }}}}")


@cache
def _environment() -> jinja2.Environment:
    """Makes the one environment in which templates run: escaped, strict, limited to the fields."""
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
    """Jinja's sandbox with a shortcut for our own fields, since its checks would take half of the rendering time."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        group: type = type(obj)
        if attribute in field_types(group):
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)


@jinja2.pass_context
def _print(context: jinja2.runtime.Context, value: Paragraphs | str, tag_number: int) -> Markup:
    printer: Printer = context[PRINTER]
    return printer(value, tag_number)


@jinja2.pass_context
def _print_heading(context: jinja2.runtime.Context, runs: Markup, level: int) -> Markup:
    printer: Printer = context[PRINTER]
    return printer.heading(runs, level)


def _printable(value: object) -> Markup:
    """Returns a value as escaped XML, whatever the template says about escaping."""
    if isinstance(value, Markup):
        return value
    if isinstance(value, str | int | float | jinja2.Undefined):
        return Markup(escape_text(str(value)))
    raise TypeError("a list or a group of fields" if not isinstance(value, WHOLE) else "whole paragraphs")
