"""What the form's instructions say, as values: the officer reads them beside the cells to fill."""

from collections.abc import Iterator
from dataclasses import dataclass

from generator.domain.base.heading import Field
from generator.domain.base.rule import N_
from generator.domain.base.settings import Language, Settings
from generator.domain.plan.form import Form
from generator.i18n.words import Words, degree_options, withdraw_choice

GUIDE_SHEET = N_("Instructions")


def guide_names() -> tuple[str, ...]:
    """The names of the form's sheet with instructions, in every language."""
    return tuple(Words(language)(GUIDE_SHEET) for language in Language)


@dataclass(frozen=True, slots=True)
class GuideLine:
    """A paragraph, and what it is about; an empty subject goes on with the one above."""

    subject: str
    text: str


def guide_lines(form: Form, settings: Settings, words: Words, *, sheet: str, stem: str) -> tuple[GuideLine, ...]:
    """The instructions, from filling in to what happens after saving.

    Args:
        form: the form that they explain.
        settings: the workspace's: period, scale and statuses.
        words: in the form's language.
        sheet: the name of the sheet to fill in.
        stem: the form's file name without its ending, as answers bear it.
    """
    language = words.language.value
    _, _, period = settings.names_in(words.language)
    subjects = (
        (words("Reporting period"), (period.label,)),
        (words("Responsible officer"), (form.officer,)),
        (words("To be saved by"), (words.date(settings.period.deadline),)),
        (words("Filling in"), tuple(_filling_in(form, settings, words, sheet))),
        (words("Degree of progress"), degree_options(settings.degree_scale, words)),
        (words.not_assessable(), (words(_NOT_ASSESSABLE, narrative=_column(Field.NARRATIVE, settings, words)),)),
        (withdraw_choice(words), (words(_WITHDRAW),)),
        (words("Overall status"), (*settings.statuses.options(language), words(_STATUS))),
        (words("Saving"), (words(_SAVE), words(_SAVE_OFTEN))),
        (words("After saving"), (words(_RECEIPT, name=stem), words(_TO_CORRECT, name=stem))),
        (words("Nothing is lost"), (words(_LATEST), words(_EMPTIED, withdraw=withdraw_choice(words)))),
        (words("The report is public"), (words(_PUBLIC),)),
    )
    return tuple(line for subject, texts in subjects for line in _lines(subject, texts))


_FILL = N_("On the sheet “{sheet}”, fill in the framed yellow cells of each goal: {columns}.")
_DEGREE = N_(
    "Choose the degree of progress from the list in the cell, or type its number alone. Without a degree the answer is "
    "not taken."
)
_NARRATIVE = N_(
    "In the column “{narrative}”, say in a few sentences what has been done and what comes next. The report prints the "
    "text as you write it. A new line: Alt + Enter (in LibreOffice Ctrl + Enter)."
)
_RISKS = N_(
    "The risks, in the framed pale yellow cells, come from the programme. Change them if they have changed; otherwise "
    "leave them as they are."
)
_PREVIOUS = N_(
    "The grey column beside a cell to fill holds what was answered in the previous period, for comparison. Write "
    "nothing in it."
)
_KEEP = N_(
    "Leave the headings, the codes and the titles as they are. A goal that you do not answer can stay empty: the "
    "report then says that it was not reported."
)
_NOT_ASSESSABLE = N_("Choose this where progress cannot be assessed, and write the reason in the column “{narrative}”.")
_WITHDRAW = N_("Choose this to withdraw what you have answered: your answer is removed from the report.")
_STATUS = N_("Choose the overall status from the list in the cell, or leave the cell empty.")
_SAVE = N_("Save the workbook in this same folder under its own name, as an Excel workbook (.xlsx).")
_SAVE_OFTEN = N_("You may save it unfinished and go on later, as many times as you like until the deadline.")
_RECEIPT = N_(
    "In a moment the answer “{name}.kuittaus.html” appears beside the workbook. It tells what was taken, what was not, "
    "and what the report will say."
)
_TO_CORRECT = N_(
    "If something is to be corrected or asked, “{name}.korjattavaa.xlsx” appears too, with each such cell marked. "
    "Correct the cells in it or in this workbook, and save."
)
_LATEST = N_("Everything you save is kept. A later save adds to your earlier answers or replaces them, goal by goal.")
_EMPTIED = N_(
    "Emptying a row does not withdraw an answer: the earlier one stays in force. To withdraw an answer, choose "
    "“{withdraw}” as the degree of progress."
)
_PUBLIC = N_(
    "Do not write personal identity codes or other confidential information. An answer that holds a personal identity "
    "code is not taken."
)


def _filling_in(form: Form, settings: Settings, words: Words, sheet: str) -> Iterator[str]:
    asked = (Field.OVERALL_STATUS, Field.DEGREE, Field.NARRATIVE)
    columns = ", ".join(_column(field, settings, words) for field in asked)
    yield words(_FILL, sheet=sheet, columns=columns)
    yield words(_DEGREE)
    yield words(_NARRATIVE, narrative=_column(Field.NARRATIVE, settings, words))
    yield words(_RISKS)
    if form.has_previous:
        yield words(_PREVIOUS)
    yield words(_KEEP)


def _column(field: Field, settings: Settings, words: Words) -> str:
    return settings.headings.label(field, words.language.value)


def _lines(subject: str, texts: tuple[str, ...]) -> Iterator[GuideLine]:
    for index, text in enumerate(texts):
        yield GuideLine(subject if index == 0 else "", text)
