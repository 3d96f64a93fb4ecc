"""Whose answer counts: the cases that random histories found, each as short as it can be told."""

from dataclasses import replace

from generator.domain.follow_up.standing import SavedFile, standing_findings
from generator.domain.follow_up.whose_answer import (
    WITHDRAWN,
    Contested,
    FileState,
    InForce,
    SavedBy,
    Statement,
    Statements,
    after_choice,
    judge,
    judge_save,
)
from generator.domain.submission.row_checks import Standing
from tests.builders import CLERK, answer, entry

KEY = "01.01", CLERK.casefold()
OLD, NEW = entry("01.01", CLERK, 2), entry("01.01", CLERK, 4)
IN_FORCE = InForce(answer(OLD, 5), 5)


def says(value: str) -> Statement:
    return Statement(KEY, value, is_signed=True)


def test_a_row_that_awaits_a_choice_is_not_taken_because_its_answer_workbook_was_saved() -> None:
    base = FileState(7, CLERK, contested={KEY: Contested(Standing.DIFFERS, NEW.value)}, floor=7)
    assert judge(says(NEW.value), base, IN_FORCE) is Standing.DIFFERS
    assert judge(says(entry("01.01", CLERK, 5).value), base, IN_FORCE) is Standing.TAKEN


def test_a_file_that_says_what_is_in_force_has_it_on_the_screen() -> None:
    base = FileState(3, CLERK, said={KEY: OLD.value})
    assert judge(says(NEW.value), base, IN_FORCE) is Standing.TAKEN


def test_a_row_typed_back_after_it_was_emptied_is_a_statement() -> None:
    base = FileState(3, CLERK, said={KEY: NEW.value}, emptied=frozenset({KEY}))
    assert judge(says(NEW.value), base, IN_FORCE) is Standing.DIFFERS
    withdrawn = FileState(3, CLERK, said={KEY: WITHDRAWN})
    emptied = judge_save(SavedBy(4, CLERK), Statements((), frozenset()), withdrawn, {KEY: IN_FORCE}).state
    assert judge(says(WITHDRAWN), emptied, IN_FORCE) is Standing.DIFFERS


def test_a_row_under_a_reply_that_withdrew_its_answer_says_nothing_when_it_comes_again() -> None:
    base = FileState(6, CLERK, said={KEY: WITHDRAWN}, seen={KEY: 6}, under_replies={KEY: OLD.value})
    gone = InForce(IN_FORCE.answer, 6, is_withdrawn=True)
    judged = judge_save(SavedBy(7, CLERK), Statements((says(OLD.value),), frozenset()), base, {KEY: gone})
    assert judged.standings[KEY] is Standing.SUPERSEDED
    assert judged.state.said == {KEY: WITHDRAWN}
    assert judge(says(WITHDRAWN), base, IN_FORCE) is Standing.TAKEN


def test_a_row_under_a_reply_has_not_seen_the_answer_that_is_equal_to_it() -> None:
    base = FileState(6, CLERK, said={KEY: WITHDRAWN}, seen={KEY: 6}, under_replies={KEY: OLD.value})
    again = InForce(answer(OLD, 7), 7)
    judged = judge_save(SavedBy(8, CLERK), Statements((says(OLD.value),), frozenset()), base, {KEY: again})
    assert (judged.standings[KEY], judged.state.seen) == (Standing.UNCHANGED, {KEY: 6})
    file = SavedFile("X.xlsx", "2026-1", (), judged.state)
    assert [found.finding.rule for found in standing_findings(file, {KEY: again})] == ["another-answer-stands"]


def test_an_older_file_does_not_undo_a_withdrawal_that_it_has_not_seen() -> None:
    gone = InForce(answer(NEW, 5), 6, is_withdrawn=True)
    assert judge(says(OLD.value), FileState(), gone) is Standing.DIFFERS
    assert judge(says(OLD.value), FileState(5, CLERK, said={KEY: NEW.value}), gone) is Standing.TAKEN


def test_a_choice_about_one_row_says_nothing_of_the_others() -> None:
    other = "01.01.01", CLERK.casefold()
    state = FileState(3, CLERK, said={other: "x"}, contested={KEY: Contested(Standing.DIFFERS, NEW.value)})
    chosen = after_choice(state, [KEY], 9)
    assert chosen.has_seen(KEY, IN_FORCE) and not chosen.has_seen(other, IN_FORCE)
    assert chosen.said[KEY] == NEW.value and not chosen.contested


def test_a_withdrawal_that_another_files_answer_replaced_is_asked_about_and_not_told_as_standing() -> None:
    file = SavedFile("X.xlsx", "2026-1", (), FileState(3, CLERK, said={KEY: WITHDRAWN}))
    rules = [found.finding.rule for found in standing_findings(file, {KEY: IN_FORCE})]
    assert rules == ["another-answer-stands"]
    assert [found.finding.rule for found in standing_findings(file, {})] == ["answer-withdrawn"]


def test_the_same_question_about_two_files_has_two_keys() -> None:
    file = SavedFile("X.xlsx", "2026-1", (), FileState(3, CLERK, said={KEY: WITHDRAWN}))
    (one,), (other,) = (standing_findings(each, {KEY: IN_FORCE}) for each in (file, replace(file, path="Y.xlsx")))
    assert one.finding.key != other.finding.key
