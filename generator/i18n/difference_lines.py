"""The lines that tell in which words an edited document differs from the one that this program made."""

from collections.abc import Iterator

from generator.domain.base.heading import Headings
from generator.domain.base.rule import N_
from generator.domain.follow_up.status import Difference, Problem
from generator.i18n.words import Words

DIFFERENCES_UNKNOWN = N_(
    "{name} has been edited, and what differs in it cannot be read. Close it, and save it as a Word document (.docx, "
    "not Strict Open XML) without a password."
)
REPLACED_EDIT = N_(
    "The edited draft was read {time}, and this one took its place. Only texts are carried on: fonts, column widths "
    "and page breaks are changed in the template. The edited file is in the archive."
)
# More differences are counted, not listed: they are read on a screen.
_MOST_DIFFERENCES = 40


def difference_lines(differences: tuple[Difference, ...], headings: Headings, words: Words) -> Iterator[str]:
    """Yields a line for each of the first differences, and last how many more there are."""
    yield from (words.difference(each, headings) for each in differences[:_MOST_DIFFERENCES])
    more = len(differences) - _MOST_DIFFERENCES
    if more > 0:
        yield f"+ {more}"


def edited_lines(problem: Problem, words: Words) -> Iterator[str]:
    """Yields where the edited document that a problem is about differs; nothing if it is about no such document."""
    if problem.edited is None:
        return
    if problem.edited.differences is None:
        yield words(_UNKNOWN)
    elif not problem.edited.differences:
        yield words(_SAME_WORDS)
    else:
        yield words(_DIFFERS)
        yield from difference_lines(problem.edited.differences, problem.edited.headings, words)


_UNKNOWN = N_("What differs in it cannot be told.")
_SAME_WORDS = N_("Its words are the same; its layout or its properties differ.")
_DIFFERS = N_("It differs here, first as we wrote it:")
