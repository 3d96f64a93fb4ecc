"""Templates that would hang a program or fill its memory end in time, in words, and never stop the next document."""

from io import BytesIO
from itertools import cycle
from time import perf_counter
from xml.sax.saxutils import escape

import docx
import pytest

from generator.domain.base.settings import Language
from generator.errors import StoppedTemplateError, TemplateError
from generator.formats.docx.rendering import RenderJob, find_faults_apart, render_apart
from generator.formats.docx.sandbox import require_small
from generator.formats.opc.wordml import W
from tests.builders import SETTINGS
from tests.formats.docx.broken_templates import WORD, with_part
from tests.formats.docx.hostile import TRICKS
from tests.formats.docx.reports import ENGLISH, TEMPLATE, parts, report, template_of, write

MOST_SECONDS = 10.0
HARMLESS = frozenset(
    # They end by themselves: what they ask for is small, whatever it looks like.
    (
        "repeated list of lists",
        "sum of lists",
        "loops over the sections",
        "comparisons",
        "quotes",
        "a long text",
        "tildes",
        "blanks in a tag",
        "one tag many times",
        "one condition many times",
    )
)


def printed_apart(template: bytes) -> bytes:
    return render_apart(RenderJob(report(), template, SETTINGS.headings, Language.FINNISH))


def ending(template: bytes) -> TemplateError | None:
    """How the check of a template ends, and where it finds nothing, printing with it; None where both do well."""
    faults = find_faults_apart(template)
    try:
        return faults[0] if faults else (printed_apart(template) and None)
    except TemplateError as error:
        return error


PARTS = ("body text", "header", "body text", "footer", "body text", "footnotes")


@pytest.mark.parametrize(("trick", "part"), [*zip(TRICKS, cycle(PARTS), strict=False)])
def test_a_hostile_template_ends_in_time_and_in_words(trick: str, part: str) -> None:
    start = perf_counter()
    error = ending(_with_text_in(part, TRICKS[trick]))
    assert perf_counter() - start < 2 * MOST_SECONDS  # the check and the printing, each
    if trick not in HARMLESS:
        assert error is not None
        assert str(error) and "Traceback" not in str(error) and error.advice.format(**error.values)
        assert str(error.values.get("part", part)).startswith(part)


def _with_text_in(part: str, text: str) -> bytes:
    """A template with a text in one of its parts."""
    document = docx.Document()
    section = document.sections[0]
    if part == "footnotes":
        note = f'<w:footnote w:id="1"><w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p></w:footnote>'
        notes = f'<w:footnotes xmlns:w="{W}">{note}</w:footnotes>'
        return with_part("word/footnotes.xml", notes, f"{WORD}.footnotes+xml", template_of("x"))
    holder = {"header": section.header, "footer": section.footer}.get(part, document)
    holder.add_paragraph(text)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_hostile_tags_in_the_properties_are_never_worked_out() -> None:
    texts = (
        escape(TRICKS[trick]) for trick in ("text repeated", "ten loops over a literal list", "open tags", "class")
    )
    core = "".join(f"<x>{text}</x>" for text in texts)
    template = with_part("docProps/core.xml", f"<core>{core}</core>", "application/xml", template_of("Otsikko"))
    assert ending(template) is None
    assert not any(b"__class__" in part or b"{{ " in part for part in parts(printed_apart(template)).values())


def test_a_template_that_hangs_is_stopped_at_its_place() -> None:
    error = ending(template_of("Otsikko", TRICKS["ten loops that print nothing"]))
    assert isinstance(error, StoppedTemplateError)
    assert "the tag takes too long or too much memory" in str(error) and "v0 in [0, 1" in str(error)


def test_a_template_that_fills_the_memory_is_stopped_at_its_place() -> None:
    error = ending(template_of("Otsikko", TRICKS["text doubled 60 times"]))
    assert isinstance(error, StoppedTemplateError) and "set a" in str(error)


def test_the_next_document_is_printed_as_ever() -> None:
    ending(template_of(TRICKS["one tag many times"]))
    assert printed_apart(TEMPLATE) == write()


def test_a_document_printed_apart_has_the_same_bytes() -> None:
    assert printed_apart(TEMPLATE) == write()
    english = RenderJob(report(), TEMPLATE, SETTINGS.headings, Language.ENGLISH)
    assert render_apart(english) == write(words=ENGLISH)


def test_an_error_of_the_child_keeps_its_advice_and_its_values() -> None:
    (error,) = find_faults_apart(template_of("{{ titel }}"))
    assert "there is no field “titel”" in str(error) and "title" in error.advice.format(**error.values)


@pytest.mark.parametrize(
    ("operator", "left", "right"),
    [
        ("*", "x", 10**9),
        ("*", 10**9, [1]),
        ("+", "x" * 99_999, "xx"),
        ("**", 9, 9**9),
        ("*", 10**13, 2),
        ("%", "%*d", 1),
    ],
)
def test_what_no_report_needs_is_refused(operator: str, left: object, right: object) -> None:
    with pytest.raises(ValueError, match="too large"):
        require_small(operator, left, right)


@pytest.mark.parametrize(
    ("operator", "left", "right"),
    [("*", "x", 80), ("*", 3, 4.5), ("+", 10**6, 10**6), ("+", "a", "b"), ("**", 2, 3), ("%", "%02d", 1), ("%", 7, 2)],
)
def test_what_a_report_may_need_is_worked_out(operator: str, left: object, right: object) -> None:
    require_small(operator, left, right)
