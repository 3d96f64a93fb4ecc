"""A template that was read and compiled, ready to print documents."""

import marshal
from bisect import bisect_right
from collections.abc import Generator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from types import CodeType
from typing import Any

import jinja2

from generator.formats.docx.faults import TemplatePlace, stopped_at
from generator.formats.docx.jinja_reasons import printing_error
from generator.formats.docx.measured_tables import MeasuredTable
from generator.formats.docx.row_plan import RowPlan
from generator.formats.docx.runs import TagFormat
from generator.formats.docx.sandbox import sandbox
from generator.formats.docx.working_time import TooSlowError

# Exceptions that a template's expressions can raise. They are the template author's errors, not the program's.
_AUTHORS_ERRORS = (
    jinja2.TemplateError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)


@dataclass(frozen=True, slots=True)
class Source:
    """A part as Jinja reads it; `lines` are the lines on which its tags begin (1-based), `places` the tags' places."""

    part: str
    text: str
    lines: tuple[int, ...]
    places: tuple[TemplatePlace, ...]

    def place(self, line: int) -> TemplatePlace:
        index = bisect_right(self.lines, line) - 1
        return self.places[index] if index >= 0 else TemplatePlace(self.part)


@dataclass(frozen=True)
class TextPart:
    """A part with tags, compiled.

    `code` is the Python code that Jinja made of it, marshalled; `plans` are those of its loops that print goals' rows,
    see `row_blocks`.
    """

    name: str
    source: Source
    code: bytes
    plans: tuple[RowPlan | None, ...]

    @cached_property
    def compiled(self) -> jinja2.Template:
        """The part as Jinja runs it."""
        return jinja2.Template.from_code(sandbox(), marshal.loads(self.code), {})

    def print(self, context: Mapping[str, Any]) -> Generator[str]:
        """The part's XML in pieces.

        Raises:
            TemplateError: an expression of the template cannot be worked out.
            StoppedTemplateError: it takes too long or too much memory.
        """
        try:
            yield from self.compiled.generate(context)
        except TooSlowError as error:
            raise stopped_at(self._place_of_compiled(_line_of_error(error))) from error
        except MemoryError as error:
            raise stopped_at(self.source.place(_line_of_error(error))) from error
        except _AUTHORS_ERRORS as error:
            raise printing_error(error, self.source.place(_line_of_error(error))) from error

    def place_reached(self, pieces: Generator[str]) -> TemplatePlace:
        """Returns the place in the template that printing has reached: that of the tag that gave the last piece."""
        innermost: Any = pieces
        while getattr(innermost, "gi_yieldfrom", None) is not None:
            innermost = innermost.gi_yieldfrom
        frame = getattr(innermost, "gi_frame", None)
        return self._place_of_compiled(_line_of(frame.f_code, frame.f_lasti) if frame else 0)

    def _place_of_compiled(self, line: int) -> TemplatePlace:
        """Returns the place in the template for a line of the Python code that Jinja made from the part."""
        return self.source.place(self.compiled.get_corresponding_lineno(line))


def _line_of_error(error: BaseException) -> int:
    """Returns the innermost line of the template's code in an error's traceback; 0 if there is none."""
    line, step = 0, error.__traceback__
    while step is not None:
        code = step.tb_frame.f_code
        line = _line_of(code, step.tb_lasti) if code.co_filename == "<template>" else line
        step = step.tb_next
    return line


def _line_of(code: CodeType, instruction: int) -> int:
    """Returns the line of an instruction; if it has none (a loop's jump), that of the instruction before."""
    lines = [line for line, *_ in islice(code.co_positions(), instruction // 2 + 1)]
    return next((line for line in reversed(lines) if line), 0)


@dataclass(frozen=True, slots=True)
class Template:
    """An opened template: unchanged parts, compiled parts with tags, and the format of each `{{p …}}` tag.

    `first_id` is a number that no bookmark or drawing has, nor any above it; `charted` are the parts that show the
    chart, `width` is a line's (twips), `font` the styles' (an empty string: the theme's). `needs_docxtpl` is True if a
    tag is printed by docxtpl itself, see `docxtpl_print`; `shells` are the parts with tags as the author saved them.
    `digest` is the SHA-256 of the template; `hidden` are the ids of its styles that hide text. `measured` are the
    tables whose columns are as wide as the words in them need.
    """

    parts: Mapping[str, bytes]
    texts: tuple[TextPart, ...]
    formats: tuple[TagFormat, ...]
    first_id: int
    charted: tuple[str, ...]
    width: int
    font: str
    needs_docxtpl: bool
    shells: Mapping[str, bytes]
    digest: str
    hidden: frozenset[str]
    measured: tuple[MeasuredTable, ...]
