import pytest

from generator.domain.base.finding import Finding, Place
from generator.domain.base.settings import Rollup
from generator.domain.base.text import name_key
from generator.domain.follow_up.merge import merge
from generator.domain.follow_up.status import OfficerState, OfficerStatus, Status, StoredSave, make_status
from generator.domain.plan.goals import Plan
from generator.domain.submission.answers import Answer
from generator.domain.submission.checks import Verdict
from tests.builders import CLERK, DIRECTOR, PLAN, SETTINGS, answer, entry, goal

FAULT = Finding("degree-out-of-scale", Place("Seuranta", "F2"), "01.01", "6")


def held(sequence: int, officer: str | None, *findings: Finding, file: str = "a.xlsx") -> StoredSave:
    verdict = Verdict.NEEDS_CORRECTION if findings else Verdict.ACCEPTED
    return StoredSave(sequence, file, f"2026-08-0{sequence}T12:00:00+03:00", officer, verdict, findings, 1)


def stand(saves: tuple[StoredSave, ...] = (), answers: tuple[Answer, ...] = (), plan: Plan = PLAN) -> Status:
    """What the ledger gives: of each file its last save, and of each officer the time of the last one."""
    files = {save.file: save for save in saves}
    last_saved = {name_key(save.officer): save.time for save in saves if save.officer}
    follow_up = merge(plan, answers, Rollup.MEDIAN)
    return make_status(SETTINGS.period, plan, follow_up, files=tuple(files.values()), last_saved=last_saved)


def officer(status: Status, name: str) -> OfficerStatus:
    return next(officer for officer in status.officers if officer.officer == name)


def test_states_from_missing_to_complete() -> None:
    assert officer(stand(), CLERK).state is OfficerState.MISSING
    some = (answer(entry("01.01", CLERK)),)
    partial = officer(stand(answers=some), CLERK)
    assert (partial.state, partial.expected, partial.reported) == (OfficerState.PARTIAL, 3, 1)
    every = (*some, answer(entry("01.01.01", CLERK)), answer(entry("01.10", CLERK)))
    assert officer(stand(answers=every), CLERK).state is OfficerState.COMPLETE


def test_an_open_error_comes_before_all_else_and_goes_when_it_is_mended() -> None:
    faulty = stand((held(1, CLERK, FAULT),))
    assert officer(faulty, CLERK).state is OfficerState.NEEDS_CORRECTION
    assert (officer(faulty, CLERK).errors, officer(faulty, CLERK).last_saved) == (1, "2026-08-01T12:00:00+03:00")
    assert stand((held(1, CLERK, FAULT), held(2, CLERK))).faults == ()
    elsewhere = (held(1, CLERK, FAULT), held(2, CLERK, file="b.xlsx"))
    assert stand(elsewhere, (answer(entry("01.01", CLERK), 2),)).faults == ()
    assert len(stand(elsewhere, (answer(entry("01.01.01", CLERK), 2),)).faults) == 1
    assert len(stand(elsewhere, (answer(entry("01.01", CLERK), 1),)).faults) == 1


def test_an_officer_is_the_same_however_the_name_is_written() -> None:
    spelt = stand((held(1, f" {CLERK.upper()} "),))
    assert officer(spelt, CLERK).last_saved == "2026-08-01T12:00:00+03:00"
    assert officer(spelt, DIRECTOR).last_saved is None


def test_an_error_of_an_unknown_sender_is_the_lead_officers_else_nobodys() -> None:
    assert officer(stand((held(1, None, FAULT),)), CLERK).errors == 1
    lost = stand((held(1, None, Finding("wrong-workbook")),))
    assert [fault.officer for fault in lost.faults] == [None]
    assert all(not officer.errors for officer in lost.officers)
    nobodys = stand((held(1, None, Finding("not-your-goal", code="01")),))
    assert [fault.officer for fault in nobodys.faults] == [None]


def test_notes_and_questions_are_no_faults() -> None:
    assert stand((held(1, CLERK, Finding("unsigned"), Finding("plan-officer-not-listed")),)).faults == ()


def test_an_officers_division_is_the_sheets_else_the_goals() -> None:
    assert officer(stand(), DIRECTOR).division == "Sivistys"
    plan = Plan((goal("01", "Joku", division="Tekniset"),))
    assert officer(stand(plan=plan), "Joku").division == "Tekniset"


@pytest.mark.parametrize(
    ("divisions", "expected"),
    [
        (("Tekniset", "Hallinto", "Hallinto"), "Hallinto"),
        (("Hallinto", "Tekniset"), "Hallinto"),
        (("", "", "Hallinto"), "Hallinto"),
        (("", ""), ""),
    ],
)
def test_an_officer_of_many_divisions_goals_has_that_of_most(divisions: tuple[str, ...], expected: str) -> None:
    plan = Plan(tuple(goal(f"{n:02}", "Joku", division=name) for n, name in enumerate(divisions, 1)))
    assert officer(stand(plan=plan), "Joku").division == expected
