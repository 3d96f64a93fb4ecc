"""The section of tilanne.html that asks whether goals of plan.xlsx are goals of the previous period."""

from collections.abc import Iterator

from generator.domain.base.finding import Finding
from generator.domain.base.rule import N_
from generator.formats.html.pages import HtmlCell, HtmlTable, PageSection
from generator.i18n.words import Words


def programme_section(questions: tuple[Finding, ...], words: Words) -> Iterator[PageSection]:
    """Yields a section with the questions, their places in plan.xlsx and advice; none without questions."""
    if not questions:
        return
    table = HtmlTable(
        caption=words("The answers are written into plan.xlsx."),
        headings=tuple(words(label) for label in _QUESTION_HEADINGS),
        rows=tuple(
            (
                HtmlCell(words.place(question.place)),
                HtmlCell(words.finding(question)),
                HtmlCell(words.advice(question)),
            )
            for question in questions
        ),
    )
    yield PageSection("programme", words("Questions about the programme"), table)


_QUESTION_HEADINGS = (N_("Place"), N_("Question"), N_("What to do"))
