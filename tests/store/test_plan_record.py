"""Kept plans: those of earlier versions keep their bytes, by which the archive names them."""

import json
from dataclasses import asdict, replace

from generator.domain.plan.goals import Plan, Translation
from generator.domain.plan.plan_reading import PlanReading
from generator.store.plan_record import plan_record, read_plan_record, read_reading_record, reading_record
from tests.builders import PLAN

FIRST, *OTHERS = PLAN.goals
TRANSLATED = Plan((replace(FIRST, title="Mål\ud83d\ude00 \udcff", translations=(Translation("sv", "Mål"),)), *OTHERS))
RENAMED = Plan(
    (replace(FIRST, is_new=True), replace(OTHERS[0], earlier_codes=("02.01", "03")), *OTHERS[1:]), PLAN.officers
)
LATER = ("earlier_codes", "is_new", "not_reporting")


def test_the_bytes_are_those_of_the_json_library() -> None:
    for plan in (PLAN, TRANSLATED, Plan(())):
        goals = [{**asdict(goal), "cell": ""} for goal in plan.goals]
        goals = [{name: value for name, value in goal.items() if name not in LATER} for goal in goals]
        written = json.dumps({"goals": goals}, ensure_ascii=False, indent=1)
        assert plan_record(plan) == written.encode("utf-8", "backslashreplace")


def test_a_kept_plan_is_read_back_without_its_cells() -> None:
    assert read_plan_record(plan_record(PLAN)).goals == tuple(replace(goal, cell="") for goal in PLAN.goals)


def test_earlier_codes_are_kept() -> None:
    assert read_reading_record(reading_record(PlanReading(RENAMED, ()))).plan.goals == RENAMED.goals
    assert read_plan_record(plan_record(RENAMED)).digests[0] == Plan(RENAMED.goals).digests[0]


def test_the_record_of_a_plan_without_earlier_codes_has_the_fields_of_before() -> None:
    before = {"code", "title", "main_risks", "officers", "division", "cell", "translations"}
    assert {frozenset(goal) for goal in json.loads(plan_record(PLAN))["goals"]} == {frozenset(before)}
    assert read_plan_record(plan_record(PLAN)).digest == Plan(PLAN.goals).digest
