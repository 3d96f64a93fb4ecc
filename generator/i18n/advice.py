"""The advice on findings: a list of choices is shown once, and only named after that."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.domain.base.finding import Finding, Place
from generator.domain.base.rule import N_
from generator.domain.submission.feedback import FOLDED_RULE
from generator.i18n.words import Words

# Choices as long as this are sentences, and read well only as a list; codes and posts fit on a line.
LISTED_LENGTH = 30
# A line of a few choices may be said again; more of them are looked up where they were said first.
FEW_CHOICES = 3
_AS_ABOVE = N_("As above.")
_SAME = N_("Goal {code} likewise. The earlier answer, degree {value}, is in the report.")
_LISTED_BEFORE = N_("the list is above, at {place}.")


@dataclass(frozen=True, slots=True)
class Advice:
    """What to do: a sentence, and what may be chosen where that is a list of its own."""

    sentence: str
    choices: tuple[str, ...] = ()


def advice(finding: Finding, words: Words) -> Advice:
    """Returns the advice on one finding, split before its choices if it ends with several long ones."""
    sentence = words.advice(finding)
    is_list = len(finding.allowed) > 1 and max(map(len, finding.allowed)) >= LISTED_LENGTH
    lead = _before_choices(sentence, finding, words)
    return Advice(lead, finding.allowed) if is_list and lead is not None else Advice(sentence)


def advices(findings: Iterable[Finding], words: Words) -> Iterator[Advice]:
    """Returns the advice on each finding of a page in order; choices listed before are only named."""
    first: dict[tuple[str, ...], Place] = {}
    is_told = False
    for finding in findings:
        if finding.rule == FOLDED_RULE and is_told:
            yield Advice(words(_AS_ABOVE))
            continue
        is_told = is_told or finding.rule == FOLDED_RULE
        lead = _before_choices(words.advice(finding), finding, words)
        if lead is None or len(finding.allowed) <= FEW_CHOICES:
            yield advice(finding, words)
        elif finding.allowed in first:
            where = words(_LISTED_BEFORE, place=words.place(first[finding.allowed]))
            yield Advice(f"{lead} {where}")
        else:
            first[finding.allowed] = finding.place
            yield advice(finding, words)


def messages(findings: Iterable[Finding], words: Words) -> Iterator[str]:
    """What each finding of a page says in their order; emptied rows are one mistake, told whole the first time."""
    is_told = False
    for finding in findings:
        is_folded = finding.rule == FOLDED_RULE
        yield words(_SAME, code=finding.code, value=finding.value) if is_folded and is_told else words.finding(finding)
        is_told = is_told or is_folded


def left_out_words(count: int, words: Words) -> str:
    """Says that there are more findings than are listed; an empty string if there are none."""
    if not count:
        return ""
    return words.plural(
        "There is {count} more point: it is told when these have been corrected.",
        "There are {count} more points: they are told when these have been corrected.",
        count,
    )


def _before_choices(sentence: str, finding: Finding, words: Words) -> str | None:
    """Returns the sentence up to its choices; None if it does not end with them."""
    end = f": {words.list(finding.allowed)}."
    return f"{sentence.removesuffix(end)}:" if finding.allowed and sentence.endswith(end) else None
