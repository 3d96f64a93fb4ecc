from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.domain.base.settings import Rollup
from generator.domain.follow_up.merge import (
    Acceptance,
    Decision,
    FollowUp,
    GoalFollowUp,
    GoalState,
    merge,
    previous_answers,
)
from generator.domain.plan.goals import Plan
from generator.domain.submission.answers import Answer
from tests.builders import CLERK, DIRECTOR, PLAN, answer, entry, goal
from tests.strategies import answer_lists


def merged(*answers: Answer, plan: Plan = PLAN, rollup: Rollup = Rollup.MEDIAN) -> FollowUp:
    return merge(plan, answers, rollup)


def test_every_goal_of_the_plan_stands_in_order_whatever_is_answered() -> None:
    follow_up = merged(answer(entry("01.01", CLERK)), answer(entry("77", CLERK)))
    assert [item.goal.code for item in follow_up.goals] == [goal.code for goal in PLAN.goals]
    assert follow_up.by_code["01.01"].state is GoalState.REPORTED
    assert follow_up.by_code["02"].state is GoalState.NOT_REPORTED
    assert follow_up.by_code["02"].waiting == (DIRECTOR,)


@given(answer_lists(), st.randoms(use_true_random=False))
def test_merging_does_not_depend_on_the_order_of_reading(answers: list[Answer], random: object) -> None:
    shuffled = list(answers)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert merged(*answers) == merged(*shuffled)


@given(before=answer_lists(), others=answer_lists(), changed=st.sets(st.integers(0, 13)), is_settled=st.booleans())
def test_a_merge_beside_an_earlier_one_says_the_same_and_keeps_what_has_not_changed(
    *, before: list[Answer], others: list[Answer], changed: set[int], is_settled: bool
) -> None:
    codes = {each.entry.code for number, each in enumerate(before) if number in changed}
    after = [each for each in before if each.entry.code not in codes]
    after += [each for each in others if each.entry.code in codes]
    earlier = merged(*before)
    acts = [act for item in merged(*after).goals for act in settled(item)] if is_settled else []
    unchecked = {(each.entry.code, each.entry.officer.casefold()) for each in others}
    anew = merge(PLAN, after, Rollup.MEDIAN, acts, unchecked=unchecked)
    made = merge(PLAN, after, Rollup.MEDIAN, acts, unchecked=unchecked, earlier=earlier)
    assert made == anew
    assert [item.digest for item in made.goals] == [item.digest for item in anew.goals]
    for item, old in zip(made.goals, earlier.goals, strict=True):
        assert (item is old) == (item == old)


def settled(item: GoalFollowUp) -> Iterator[Decision | Acceptance]:
    """A decision about an item where officers differ, and an acceptance where some have not answered."""
    if item.differs:
        yield Decision("2026-1", item.goal.code, item.answers[0].entry.officer, item.answers_digest, "N", "2026-07-01")
    if item.waiting:
        yield Acceptance("2026-1", item.goal.code, item.waiting_digest, "N", "2026-07-01")


@given(answer_lists())
def test_different_officers_files_may_be_taken_in_any_order(answers: list[Answer]) -> None:
    """Renumbers the saves so that one officer's all come first, each officer's own order kept."""
    orders = []
    for first, second in permutations((CLERK, DIRECTOR)):
        in_turn = [one for name in (first, second) for one in answers if one.entry.officer == name]
        renumbered = [replace(one, sequence=number, time="") for number, one in enumerate(in_turn, start=1)]
        orders.append(
            [[(a.entry, item.state, item.degree) for a in item.answers] for item in merged(*renumbered).goals]
        )
    assert orders[0] == orders[1]


def test_a_shared_goal_waits_for_all_its_officers() -> None:
    one = answer(entry("01.10", DIRECTOR, 3), 1)
    partly = merged(one).by_code["01.10"]
    assert (partly.state, partly.waiting, partly.degree) == (GoalState.PARTLY_REPORTED, (CLERK,), 3)
    whole = merged(one, answer(entry("01.10", CLERK, 3), 2)).by_code["01.10"]
    assert whole.state is GoalState.REPORTED and not whole.is_disputed
    assert [a.entry.officer for a in whole.answers] == [CLERK, DIRECTOR]


@pytest.mark.parametrize(
    ("theirs", "disputed"),
    [
        (entry("01.10", DIRECTOR, 3), False),
        (entry("01.10", DIRECTOR, 3, overall_status=""), False),
        (entry("01.10", DIRECTOR, 4), True),
        (entry("01.10", DIRECTOR, None), True),
        (entry("01.10", DIRECTOR, 3, overall_status="viivästynyt"), True),
    ],
)
def test_officers_disagree_by_degree_or_by_status(theirs: object, disputed: bool) -> None:  # noqa: FBT001
    item = merged(answer(entry("01.10", CLERK, 3), 1), answer(theirs, 2)).by_code["01.10"]  # type: ignore[arg-type]
    assert item.is_disputed is disputed


@given(answer_lists())
def test_of_each_goal_every_answer_in_force_counts_once_or_waits_for_its_goal_to_come_back(
    answers: list[Answer],
) -> None:
    """An answer is left out only where its goal is another officer's now, who has reported it."""
    for item in merged(*answers).goals:
        given_here = [one for one in answers if one.entry.code == item.goal.code]
        own = [one for one in given_here if one.entry.officer in item.goal.officers]
        assert sorted(item.answers, key=repr) == sorted(own or given_here, key=repr)


def test_an_unsigned_answer_in_force_is_printed_like_a_signed_one() -> None:
    mine, theirs = answer(entry("01.10", CLERK, 3, signed=False), 2), answer(entry("01.10", DIRECTOR, 3), 1)
    item = merged(theirs, mine).by_code["01.10"]
    assert item.answers == (mine, theirs) and not item.is_disputed


def test_an_answer_stays_when_its_goal_moves_until_the_new_officer_reports() -> None:
    old = answer(entry("02", CLERK, 2), 1)
    held = merged(old).by_code["02"]
    assert (held.state, held.answers) == (GoalState.REPORTED, (old,))
    new = answer(entry("02", DIRECTOR, 3), 2)
    assert merged(old, new).by_code["02"].answers == (new,)


UNOWNED = Plan(
    (goal("01"), goal("01.01"), goal("01.01.01", CLERK), goal("01.01.02", CLERK), goal("01.02", CLERK), goal("02"))
)


@pytest.mark.parametrize(
    ("rollup", "degrees", "annual", "top"),
    [
        (Rollup.MEDIAN, (2, 3, 4), 2, 2),
        (Rollup.MEDIAN, (3, 5, 5), 3, 3),
        (Rollup.LOWEST, (2, 3, 1), 2, 1),
        (Rollup.NONE, (2, 3, 4), None, None),
        (Rollup.MEDIAN, (None, 4, 5), 4, 4),
        (Rollup.MEDIAN, (None, None, 5), None, 5),
    ],
)
def test_unowned_goals_are_computed_from_their_children(
    rollup: Rollup, degrees: tuple[int | None, ...], annual: int | None, top: int | None
) -> None:
    codes = ("01.01.01", "01.01.02", "01.02")
    answers = [answer(entry(code, CLERK, value), 1) for code, value in zip(codes, degrees, strict=True)]
    follow_up = merged(*answers, plan=UNOWNED, rollup=rollup)
    assert (follow_up.by_code["01.01"].computed, follow_up.by_code["01"].computed) == (annual, top)
    assert follow_up.by_code["01"].state is (GoalState.UNOWNED if top is None else GoalState.COMPUTED)
    assert follow_up.by_code["02"].state is GoalState.UNOWNED


def test_disputed_children_and_owned_parents_take_no_part() -> None:
    plan = Plan((goal("01"), goal("01.01", CLERK, DIRECTOR), goal("01.02", CLERK), goal("01.02.01", CLERK)))
    follow_up = merged(
        answer(entry("01.01", CLERK, 1)),
        answer(entry("01.01", DIRECTOR, 2)),
        answer(entry("01.02.01", CLERK, 5)),
        plan=plan,
    )
    assert follow_up.by_code["01"].computed is None
    assert follow_up.by_code["01.02"].state is GoalState.NOT_REPORTED


def test_a_reported_unowned_goal_is_not_computed() -> None:
    follow_up = merged(answer(entry("01", "Strategia", 1)), answer(entry("01.02", CLERK, 5)), plan=UNOWNED)
    item = follow_up.by_code["01"]
    assert (item.state, item.degree, item.computed) == (GoalState.REPORTED, 1, None)


def test_counting_takes_goals_with_an_officer_each_once() -> None:
    follow_up = merged(answer(entry("01.01", CLERK)), answer(entry("01.10", CLERK)), answer(entry("01", "Muu")))
    assert (len(follow_up.expected), len(follow_up.reported), len(follow_up.missing)) == (5, 1, 4)


def test_the_form_shows_the_officers_own_last_answer_else_the_merged_one() -> None:
    follow_up = merged(
        answer(entry("01.10", CLERK, 2, narrative="Oma")),
        answer(entry("01.10", DIRECTOR, 2, narrative="Toisen")),
        answer(entry("02", DIRECTOR, 4, narrative="Kaksi")),
    )
    own = {p.code: (p.degree, p.narrative) for p in previous_answers(follow_up, CLERK)}
    assert own == {"01.10": (2, "Oma"), "02": (4, "Kaksi")}


def test_a_decision_settles_a_disagreement_until_an_officer_saves_another_value() -> None:
    mine = answer(entry("01.10", CLERK, 2, overall_status="viivästynyt"), 1)
    theirs = answer(entry("01.10", DIRECTOR, 3), 2)
    item = merged(mine, theirs).by_code["01.10"]
    decision = Decision("2026-1", "01.10", DIRECTOR, item.answers_digest, "sihteeri", "2026-08-03T09:00:00+03:00")
    settled = merge(PLAN, (mine, theirs), Rollup.MEDIAN, (decision,)).by_code["01.10"]
    assert (settled.is_disputed, settled.degree, settled.printed, settled.answers) == (
        False,
        3,
        (theirs,),
        (mine, theirs),
    )
    moved = answer(entry("01.10", CLERK, 4), 3)
    lapsed = merge(PLAN, (moved, theirs), Rollup.MEDIAN, (decision,))
    assert lapsed.by_code["01.10"].is_disputed and lapsed.disputed == (lapsed.by_code["01.10"],)
    agreed = merge(PLAN, (theirs, answer(entry("01.10", CLERK, 3), 3)), Rollup.MEDIAN, (decision,)).by_code["01.10"]
    assert (agreed.is_disputed, agreed.decision) == (False, None)


def test_new_words_alone_do_not_let_a_decision_lapse() -> None:
    mine, theirs = answer(entry("01.10", CLERK, 2), 1), answer(entry("01.10", DIRECTOR, 3), 2)
    digest = merged(mine, theirs).by_code["01.10"].answers_digest
    decision = Decision("2026-1", "01.10", CLERK, digest, "sihteeri", "2026-08-03T09:00:00+03:00")
    reworded = answer(entry("01.10", CLERK, 2, narrative="Toisin sanoin."), 3)
    assert merge(PLAN, (reworded, theirs), Rollup.MEDIAN, (decision,)).by_code["01.10"].degree == 2


# The first of each pair is this version's, the second is what version 0.1.0 wrote for the same goal.
SHARED = Plan((goal("01"), goal("01.01", CLERK, DIRECTOR)))
DIFFERENT = (
    answer(entry("01.01", CLERK, 2, overall_status="viivästynyt"), 1),
    answer(entry("01.01", DIRECTOR.upper(), None, overall_status=""), 2),
)
ANSWERS_DIGESTS = (
    "bc6a51cb02a0a5e71795220e06a0aba7277ff9cbd1f01a9c80b30b4a75ce3fc7",
    "5455b5a79f4d574e9941c7530f06c9adde2c304a310468d9d7b7e964e0f93f83",
)
WAITING_DIGESTS = (
    "5af77628fd641cdc274a0ea2fdae8a961357360080e2661fa8a9a0e3e24788dd",
    "7ce255587953be236231498eba13db70bce64a4c382e12312f9a04fdec5899e0",
)


@pytest.mark.parametrize("about", ANSWERS_DIGESTS)
def test_a_decision_counts_by_the_digest_of_each_version(about: str) -> None:
    decision = Decision("2026-1", "01.01", CLERK, about, "sihteeri", "2026-08-03T09:00:00+03:00")
    item = merge(SHARED, DIFFERENT, Rollup.MEDIAN, (decision,)).by_code["01.01"]
    assert (item.decision, item.degree, item.is_disputed) == (decision, 2, False)
    assert item.answers_digests == ANSWERS_DIGESTS and item.answers_digest == ANSWERS_DIGESTS[0]


@pytest.mark.parametrize("about", WAITING_DIGESTS)
def test_an_acceptance_counts_by_the_digest_of_each_version(about: str) -> None:
    acceptance = Acceptance("2026-1", "01.10", about, "sihteeri", "2026-08-03T09:00:00+03:00")
    item = merge(PLAN, (), Rollup.MEDIAN, (acceptance,)).by_code["01.10"]
    assert item.acceptance == acceptance
    assert item.waiting_digests == WAITING_DIGESTS and item.waiting_digest == WAITING_DIGESTS[0]


def test_a_decision_about_anything_else_does_not_count() -> None:
    decision = Decision("2026-1", "01.01", CLERK, WAITING_DIGESTS[0], "sihteeri", "2026-08-03T09:00:00+03:00")
    assert merge(SHARED, DIFFERENT, Rollup.MEDIAN, (decision,)).by_code["01.01"].is_disputed


def test_the_follow_ups_digest_changes_with_an_answer_and_with_nothing_else() -> None:
    one, other = answer(entry("01.01", CLERK, 2), 1), answer(entry("02", DIRECTOR, 3), 2)
    assert merged(one, other).digest == merged(other, one).digest
    assert merged(one).digest != merged(one, other).digest
