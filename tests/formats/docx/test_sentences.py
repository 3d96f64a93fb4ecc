"""Every sentence and count of the document at 0, 1, 2, 5 and 21 of each thing, in three languages, to be read.

`python -m tests.formats.docx.test_sentences` writes sentences.txt anew. A change of it is read line by line.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from generator.domain.base.settings import Language
from generator.domain.output.report import Report
from generator.domain.output.revision import ReplacedVersion
from generator.domain.plan.goals import Goal, Plan
from generator.domain.submission.answers import Answer
from generator.formats.docx.fields import DocumentFields
from generator.formats.docx.values import make_fields
from generator.i18n.words import Words
from tests.builders import SETTINGS
from tests.formats.docx.reports import answer, follow_up, report

SENTENCES = Path(__file__).parent / "sentences.txt"
NUMBERS = (0, 1, 2, 5, 21)
ALL = 22
FIRST, SECOND = "Talousjohtaja", "Tekninen johtaja"
NONE = "(nothing else)"


def goals(count: int, *officers: str) -> tuple[Goal, ...]:
    return tuple(Goal(f"{n:02}", f"T{n}", "", officers or (FIRST,), "", f"A{n}") for n in range(1, count + 1))


PLAN = Plan(goals(ALL))
BEFORE = tuple(answer(goal.code, FIRST, 3) for goal in PLAN.goals)


def some(count: int, degree: int | None = 3, status: str = "suunnitelman mukaan") -> tuple[Answer, ...]:
    """The answers of all goals; the first ones have this degree and status."""
    return tuple(
        answer(goal.code, FIRST, degree if n <= count else 3, status=status if n <= count else "suunnitelman mukaan")
        for n, goal in enumerate(PLAN.goals, start=1)
    )


def compared(*answers: Answer, plan: Plan = PLAN, before: Plan = PLAN) -> Report:
    earlier = tuple(each for each in BEFORE if each.entry.code in before.by_code)
    return report(*answers, plan=plan, previous=follow_up(*earlier, plan=before))


def without(count: int) -> Plan:
    return Plan(PLAN.goals[count:])


def of_plan(plan: Plan) -> tuple[Answer, ...]:
    return tuple(each for each in BEFORE if each.entry.code in plan.by_code)


def shared(count: int) -> Plan:
    return Plan((*goals(ALL, FIRST, SECOND)[:count], *PLAN.goals[count:]))


def without_officers(count: int) -> Plan:
    return Plan((*(replace(goal, officers=()) for goal in PLAN.goals[:count]), *PLAN.goals[count:]))


def computed(count: int) -> Plan:
    parents = tuple(replace(goal, officers=()) for goal in PLAN.goals[:count])
    children = tuple(Goal(f"{goal.code}.01", f"L{goal.code}", "", (FIRST,), "", "B1") for goal in parents)
    return Plan((*parents, *children, *PLAN.goals[count:]))


def achieved_computed(count: int, *, is_compared: bool) -> Report:
    """All goals of a plan are achieved; of as many council-term goals the degree is computed."""
    plan = computed(count)
    done = [answer(goal.code, FIRST, 5) for goal in plan.goals if goal.officers]
    before = follow_up(*(answer(each.entry.code, FIRST, 3) for each in done), plan=plan) if is_compared else None
    return report(*done, plan=plan, previous=before)


def low(count: int, *, have_status: bool) -> Report:
    """So many goals are at the lowest degree and have no status; the others have one, or none has."""
    answers = (
        some(count, 1, "")
        if have_status
        else tuple(replace(each, entry=replace(each.entry, overall_status="")) for each in some(count, 1))
    )
    return report(*answers, plan=PLAN)


def revised(count: int) -> Report:
    made = report(*BEFORE, plan=PLAN)
    texts = {f"g_{goal.code}_narrative": "Muu." if n <= count else "Etenee." for n, goal in enumerate(PLAN.goals, 1)}
    return replace(made, replaced=ReplacedVersion(1, date(2026, 8, 24), texts))


THINGS: dict[str, Callable[[int], Report]] = {
    "goals in the document": lambda n: report(*BEFORE[: max(n, 1)], plan=Plan(PLAN.goals[: max(n, 1)])),
    "rose": lambda n: compared(*some(n, 4)),
    "fell": lambda n: compared(*some(n, 2)),
    "achieved": lambda n: compared(*some(n, 5)),
    "achieved, nothing compared": lambda n: report(*some(n, 5), plan=PLAN),
    "achieved and computed": lambda n: achieved_computed(n, is_compared=True),
    "achieved and computed, nothing compared": lambda n: achieved_computed(n, is_compared=False),
    "new goals": lambda n: compared(*BEFORE, before=without(n)),
    "removed goals": lambda n: compared(*of_plan(without(n)), plan=without(n)),
    "late": lambda n: report(*some(n, 3, "viivästynyt"), plan=PLAN),
    "will not be achieved": lambda n: report(*some(n, 3, "ei toteudu"), plan=PLAN),
    "lowest degrees, no statuses": lambda n: low(n, have_status=False),
    "lowest degrees without a status": lambda n: low(n, have_status=True),
    "cannot be assessed": lambda n: report(*some(n, None), plan=PLAN),
    "not reported": lambda n: report(*BEFORE[n:], plan=PLAN),
    "partly reported": lambda n: report(*BEFORE, plan=shared(n)),
    "assessments differ": lambda n: report(
        *BEFORE, *(answer(goal.code, SECOND, 4) for goal in PLAN.goals[:n]), plan=shared(n)
    ),
    "no officer": lambda n: report(*of_plan(without(n)), plan=without_officers(n)),
    "computed": lambda n: report(
        *BEFORE[n:], *(answer(f"{goal.code}.01", FIRST, 3) for goal in PLAN.goals[:n]), plan=computed(n)
    ),
    "texts that a later version changes": revised,
}


def lines(made: Report, words: Words) -> Iterator[str]:
    """What the document's summary and chapters say in words and counts."""
    fields: DocumentFields = make_fields(made, SETTINGS.headings, words)
    yield from (f"{matter.label}: {matter.text}" for matter in fields.summary.matters)
    texts = (fields.summary.computed, fields.summary.text, fields.changes.text, fields.lowest.text)
    more = (fields.unreported.text, fields.disagreements.text, fields.programme.text, fields.revision.text)
    yield from filter(None, (*texts, *more))


def sentences() -> str:
    """All sentences: of each thing and number those that a document without the thing does not have."""
    told: list[str] = []
    for language in Language:
        words = Words(language)
        told.append(f"== {language.value}")
        for thing, make in THINGS.items():
            nothing = set(lines(make(0), words))
            for number in NUMBERS:
                said = list(lines(make(number), words))
                own = said if number == 0 else [line for line in said if line not in nothing]
                told += [f"-- {thing}: {number}", *(own or [NONE])]
    return "\n".join(told) + "\n"


def test_the_sentences_are_those_that_were_read() -> None:
    assert sentences() == SENTENCES.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", list(Language))
def test_no_sentence_begins_with_a_numeral(language: Language) -> None:
    words = Words(language)
    said = {line for make in THINGS.values() for number in NUMBERS for line in lines(make(number), words)}
    parts = {part for line in said for part in line.split(". ")}
    assert [part for part in parts if part[:1].isdigit()] == []


if __name__ == "__main__":
    SENTENCES.write_text(sentences(), encoding="utf-8")
