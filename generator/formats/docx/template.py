"""Reads the municipality's Word template: docxtpl's syntax, a sandboxed Jinja environment, faults with places."""

import marshal
import re
from collections import defaultdict, deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from pathlib import PurePosixPath

import jinja2
from docxtpl import DocxTemplate

from generator.disk.digests import sha256_of
from generator.errors import TemplateError
from generator.formats.docx.columns import share_columns
from generator.formats.docx.contents import mark_headings
from generator.formats.docx.faults import (
    BROKEN_TAG,
    FORBIDDEN,
    WHOLE_PARAGRAPHS,
    TemplatePlace,
    make_error,
    unknown_field,
)
from generator.formats.docx.field_check import FieldFault, FoundFault, field_faults
from generator.formats.docx.forbidden_parts import part_faults, require_transitional, require_well_formed
from generator.formats.docx.goal_headings import mark_goal_headings
from generator.formats.docx.hidden_text import hidden_styles
from generator.formats.docx.jinja_reasons import NESTED_TOO_DEEP, syntax_error
from generator.formats.docx.languages import mark_languages
from generator.formats.docx.loose_braces import contents_faults
from generator.formats.docx.measured_tables import MeasuredTable, mark_measured_tables
from generator.formats.docx.mended_part import mended_part
from generator.formats.docx.opened_template import Source, Template, TextPart
from generator.formats.docx.package import fetch_faults, read_package, without_attached_template
from generator.formats.docx.page_fit import fit_faults, line_widths
from generator.formats.docx.personal_traces import without_traces
from generator.formats.docx.places import remove_numbers
from generator.formats.docx.row_blocks import mark_row_blocks
from generator.formats.docx.run_format import default_font, heading_levels, read_tag_format, style_ids, text_width
from generator.formats.docx.run_tags import prepare_run_tags
from generator.formats.docx.runs import TagFormat
from generator.formats.docx.sandbox import sandbox
from generator.formats.docx.table_safety import guard_tables
from generator.formats.docx.tags import PRINTER, Tag, key_of, read_tags, tag_faults
from generator.formats.docx.template_repair import without_comments
from generator.formats.docx.unseen_text import Styles
from generator.formats.opc.package import parts_of_type
from generator.formats.opc.wordml import TAG, TEXT_TYPES, w
from generator.formats.opc.xml import Element, add_element, to_text, to_xml

_CHART = re.compile(r"\bchart\b")
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"


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
    whole = read_package(content)
    require_well_formed(whole)
    saved = without_traces(whole)
    parts = without_comments(without_attached_template(saved))
    require_transitional(parts)
    styles, formats, texts = style_ids(parts), list[TagFormat](), list[TextPart]()
    faults, first_id, width, charted = [*fetch_faults(parts), *part_faults(parts)], 1, 0, list[str]()
    needs_docxtpl, looks, measured = False, Styles(parts), list[MeasuredTable]()
    for name in parts_of_type(parts, *TEXT_TYPES):
        mended = mended_part(parts[name], _stem(name))
        root = mended.root
        tags = read_tags(root, _stem(name))
        first_id, width = max(first_id, _ids_end(root)), width or text_width(root)
        needs_docxtpl |= any(tag.needs_docxtpl for tag in tags)
        charted += [name] if any(_CHART.search(tag.words) for tag in tags) else []
        garbled = tuple(tag_faults(tags, root, _stem(name)))
        faults += (*mended.faults, *garbled, *contents_faults(tags), *fit_faults(root, tags, _stem(name), looks))
        remove_numbers(root)
        parts[name] = to_xml(root) if mended.is_changed else parts[name]
        if tags and not garbled:
            formats += _prepare(root, tags, styles, len(formats))
            found: TextPart | tuple[TemplateError, ...] = _tag_errors(_source(root, _stem(name), tags))
            if not found:  # only now, so that our own tags are never reported as the author's fault
                measured += _mark_goals(root, tags, looks, styles, first=len(measured))
                found = _compile(name, _source(root, _stem(name), tags))
            if isinstance(found, TextPart):
                texts.append(found)
            else:
                faults += found
    tagged = {text.name for text in texts}
    kept = {name: part for name, part in parts.items() if name not in tagged}
    made = Template(
        *(kept, tuple(texts), tuple(formats), first_id, tuple(charted), width, default_font(parts)),
        needs_docxtpl=needs_docxtpl,
        shells={name: saved[name] for name in tagged},
        digest=sha256_of(content),
        hidden=hidden_styles(parts),
        measured=tuple(measured),
    )
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
    """Makes each `{{p …}}` and `{{r …}}` tag print its value in its own format, and keeps tables valid."""
    values = tuple(tag for tag in tags if tag.is_value and tag.letters == "p")
    formats = tuple(read_tag_format(tag.element, styles) for tag in values)
    formats += prepare_run_tags(tuple(tag for tag in tags if tag.is_runs), styles, first + len(values))
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


def _mark_goals(
    root: Element, tags: tuple[Tag, ...], looks: Styles, styles: Mapping[str, str], *, first: int
) -> tuple[MeasuredTable, ...]:
    """Marks the languages and headings of goals, and the tables of goals that are measured; `first` is their number."""
    mark_languages(root, tags)
    has_titles_above = mark_goal_headings(tags, heading_levels(styles))
    found = mark_measured_tables(root, tags, looks, room=line_widths(root), first=first)
    return tuple(replace(table, has_titles_above=has_titles_above) for table in found)


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
        errors += [_field_error(fault, source) for fault in field_faults(sandbox().parse(source.text))]
    return tuple(errors)


def _compile(name: str, source: Source) -> TextPart | tuple[TemplateError, ...]:
    with _collect_faults(source) as errors:
        parsed = sandbox().parse(source.text)
        plans = mark_row_blocks(parsed)
        return TextPart(name, source, marshal.dumps(sandbox().compile(parsed)), plans)
    return tuple(errors)


@contextmanager
def _collect_faults(source: Source) -> Iterator[list[TemplateError]]:
    """Collects what Jinja cannot read, with its place."""
    errors: list[TemplateError] = []
    try:
        yield errors
    except jinja2.TemplateSyntaxError as error:
        errors.append(syntax_error(error.message or "", source.place(error.lineno)))
    except (RecursionError, SyntaxError, ValueError):  # Python's own limits: blocks in each other, digits of a number
        errors.append(make_error(BROKEN_TAG, TemplatePlace(source.part), reason=NESTED_TOO_DEEP))


def _field_error(fault: FoundFault, source: Source) -> TemplateError:
    place = source.place(fault.line)
    if fault.kind is FieldFault.UNKNOWN:
        return unknown_field(fault.name, fault.known, place)
    if fault.kind is FieldFault.FORBIDDEN:
        return make_error(FORBIDDEN, place, name=fault.name)
    return make_error(WHOLE_PARAGRAPHS, place, name=fault.name, example=f"{{{{p {fault.name} }}}}")
