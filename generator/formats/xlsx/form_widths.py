"""The widths of the form's columns, and how many stay in sight when the officer scrolls to the right."""

from collections.abc import Iterable, Iterator, Mapping

from generator.domain.base.heading import TITLE_FIELDS, Field, PreviousColumn
from generator.domain.plan.form import Form
from generator.domain.plan.form_columns import FormColumn
from generator.formats.xlsx.letter_widths import longest_word_width

_WIDTHS: Mapping[FormColumn, float] = {
    Field.COUNCIL_TERM_GOAL: 20,
    Field.ANNUAL_GOAL: 20,
    Field.ACTION: 20,
    Field.MAIN_RISKS: 27,
    Field.OVERALL_STATUS: 17,
    Field.DEGREE: 27,
    Field.NARRATIVE: 50,
    Field.OFFICER: 18,
    PreviousColumn.DEGREE: 25,
    PreviousColumn.NARRATIVE: 36,
}
# With the previous period's answers the form is wider, and must be read on paper as well.
_SQUEEZE = 0.85
# Of these columns every word stays whole; what people write elsewhere may hold addresses of any length.
_WHOLE_WORDS = frozenset((*TITLE_FIELDS, Field.OFFICER))
_WIDEST_WORD = 40.0
# With the row numbers about a third of a screen of 1366 pixels, at 7 pixels a character.
MOST_FROZEN = 64.0


def column_widths(form: Form, columns: Mapping[FormColumn, tuple[str, ...]]) -> tuple[float, ...]:
    """Returns the widths in characters, which break no word of a heading or a title.

    Args:
        form: the officer's.
        columns: from left to right, each with its heading and then its texts.
    """
    least = [_least(column, texts) for column, texts in columns.items()]
    squeeze = _SQUEEZE if form.has_previous else 1.0
    wanted = [max(_wanted(form, column) * squeeze, width) for column, width in zip(columns, least, strict=True)]
    titles = len(TITLE_FIELDS)
    widths = (*_fitted(wanted[:titles], least[:titles]), *wanted[titles:])
    return tuple(round(width, 2) for width in widths)


def frozen_columns(form: Form, widths: Iterable[float]) -> int:
    """Returns how many columns stay in sight: those of the officer's titles, if they leave room to write."""
    deepest = max((row.goal.level for row in form.rows), default=0)
    count, total = 0, 0.0
    for width in tuple(widths)[:deepest]:
        total += width
        if round(total, 1) > MOST_FROZEN:
            break
        count += 1
    return count


def _fitted(wanted: list[float], least: list[float]) -> Iterator[float]:
    """Narrows the title columns towards their least widths if together they would fill too much of the screen."""
    spare, excess = sum(wanted) - sum(least), sum(wanted) - MOST_FROZEN
    share = min(1.0, max(0.0, excess / spare)) if spare else 0.0
    return (width - (width - narrowest) * share for width, narrowest in zip(wanted, least, strict=True))


def _wanted(form: Form, column: FormColumn) -> float:
    """Returns the wanted width; 0 for titles of a level that the officer does not have: the heading decides."""
    if column in TITLE_FIELDS and all(TITLE_FIELDS[row.goal.level - 1] is not column for row in form.rows):
        return 0.0
    return _WIDTHS[column]


def _least(column: FormColumn, texts: tuple[str, ...]) -> float:
    heading = longest_word_width(texts[0])
    if column not in _WHOLE_WORDS:
        return heading
    return max(heading, min(_WIDEST_WORD, max(map(longest_word_width, set(texts)))))
