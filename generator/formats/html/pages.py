"""Shared parts of the HTML pages: the Jinja environment, tables as values, links, and places in words."""

import re
from dataclasses import dataclass
from functools import cache
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from generator.domain.base.scale import OverallStatuses, Scale
from generator.domain.base.text import clean_text
from generator.domain.plan.goals import Goal
from generator.formats.text_mark import with_page_mark
from generator.i18n.words import Words

NOTHING = "–"
_OTHER_SURROGATES = re.compile("[\ud800-\udc7f\udd00-\udfff]")


@dataclass(frozen=True, slots=True)
class Head:
    """The top of a page: language, title, municipality, kind of page, and the most important sentence."""

    language: str
    title: str
    owner: str
    kind: str
    sentence: str


@dataclass(frozen=True, slots=True)
class HtmlCell:
    """A cell's words. `shape` is printed before them, in `colour` (six hex digits) if there is one; `notes` below.

    `anchor` is where links on the page lead to.
    """

    text: str
    shape: str | None = None
    colour: str | None = None
    href: str | None = None
    notes: tuple[str, ...] = ()
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class HtmlTable:
    """Rows of cells under their headings; the first cell of a row is the row's heading."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[HtmlCell, ...], ...]


@dataclass(frozen=True, slots=True)
class Fact:
    label: str
    value: HtmlCell


@dataclass(frozen=True, slots=True)
class PageSection:
    """A table under a heading; `name` is its class in the style sheet."""

    name: str
    heading: str
    table: HtmlTable
    intro: str | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A list under a heading, with an introducing sentence (None: none)."""

    heading: str
    intro: str | None
    lines: tuple[str, ...]


def render_page(template: str, page: object) -> bytes:
    """Fills a template of this folder with a page's values, and adds our mark; returns UTF-8."""
    text = _environment().get_template(template).render(page=page)
    return with_page_mark(f"{text}\n".encode())


def link_to(path: str) -> str:
    """Encodes a relative path as a link, so that browsers see no query, fragment or escape in it.

    A byte of a file's name that is no UTF-8, which Python holds as a lone surrogate, is that byte again.
    """
    return quote(_OTHER_SURROGATES.sub("?", path), errors="surrogateescape")


def goal_words(goal: Goal) -> str:
    """Returns a goal's code and title."""
    return f"{goal.code} {goal.title}"


def degree_words(degree: int | None, scale: Scale, words: Words) -> str:
    """Returns a degree as printed: `3 Toteutus on aloitettu, ei vielä valmis`, or `Ei arvioitavissa` for None."""
    return words.not_assessable() if degree is None else scale.full_label(degree, words.language.value)


def status_cell(status_id: str, statuses: OverallStatuses, words: Words) -> HtmlCell:
    """Makes a cell with shape and word; only the word of an old status, a dash if none was given."""
    status = statuses.get(status_id)
    if status is None:
        return HtmlCell(status_id or NOTHING)
    return HtmlCell(status.words[words.language.value], status.shape, status.colour)


def _rows(table: HtmlTable) -> Markup:
    """Returns a table's rows as HTML. Pages have thousands of cells, so templates would be too slow."""
    labels = tuple(map(_text, table.headings[1:]))
    return Markup("\n".join(_row(row, labels) for row in table.rows))


def _row(row: tuple[HtmlCell, ...], labels: tuple[str, ...]) -> str:
    first, *others = row
    anchor = f' id="{_text(first.anchor)}"' if first.anchor else ""
    cells = "".join(
        f'<td role="cell" data-label="{label}">{_said(cell)}</td>\n' for label, cell in zip(labels, others, strict=True)
    )
    return f'<tr role="row">\n<th scope="row" role="rowheader"{anchor}>{_said(first)}</th>\n{cells}</tr>'


def _said(cell: HtmlCell) -> Markup:
    """Returns a cell's words as HTML."""
    text, colour = _text(cell.text), f' style="--shape: #{_text(cell.colour)}"' if cell.colour else ""
    shape = f'<span class="shape" aria-hidden="true"{colour}>{_text(cell.shape)}</span> ' if cell.shape else ""
    words = f'<a href="{_text(cell.href)}">{text}</a>' if cell.href else f'<span class="said">{text}</span>'
    notes = (f'<span class="aside">{_text(note)}</span>\n' for note in cell.notes)
    return Markup("".join((shape, words, "\n", *notes)))


def _text(text: str) -> str:
    return str(escape(clean_text(text)))


@cache
def _environment() -> Environment:
    environment = Environment(
        auto_reload=False,
        loader=PackageLoader("generator.formats.html"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_holdable,
    )
    environment.globals.update(said=_said, rows=_rows)
    return environment


def _holdable(value: object) -> object:
    """Removes characters that no page can hold: sheet names and values may have some."""
    return clean_text(value) if type(value) is str else value
