"""Plans that are kept: those from before the column of earlier codes stay as they are."""

import json
from dataclasses import replace

from generator.domain.plan.goals import Plan
from generator.domain.plan.plan_reading import PlanReading
from generator.store.plan_record import plan_record, read_plan_record, read_reading_record, reading_record
from tests.builders import PLAN

RENAMED = Plan(
    (replace(PLAN.goals[0], is_new=True), replace(PLAN.goals[1], earlier_codes=("02.01", "03")), *PLAN.goals[2:]),
    PLAN.officers,
)


def test_earlier_codes_are_kept() -> None:
    assert read_reading_record(reading_record(PlanReading(RENAMED, ()))).plan.goals == RENAMED.goals
    assert read_plan_record(plan_record(RENAMED)).digests[0] == Plan(RENAMED.goals).digests[0]


def test_the_record_of_a_plan_without_earlier_codes_has_the_fields_of_before() -> None:
    before = {"code", "title", "main_risks", "officers", "division", "cell", "translations"}
    assert {frozenset(goal) for goal in json.loads(plan_record(PLAN))["goals"]} == {frozenset(before)}
    assert read_plan_record(plan_record(PLAN)).digest == Plan(PLAN.goals).digest
