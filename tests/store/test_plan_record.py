"""A plan in the archive is named by its bytes: those of earlier versions, for the same goals."""

import json
from dataclasses import asdict, replace

from generator.domain.plan.goals import Plan, Translation
from generator.store.plan_record import plan_record, read_plan_record
from tests.builders import PLAN

first, *others = PLAN.goals
TRANSLATED = Plan((replace(first, title="Mål\ud83d\ude00 \udcff", translations=(Translation("sv", "Mål"),)), *others))


def test_the_bytes_are_those_of_the_json_library() -> None:
    for plan in (PLAN, TRANSLATED, Plan(())):
        goals = [{**asdict(goal), "cell": ""} for goal in plan.goals]
        written = json.dumps({"goals": goals}, ensure_ascii=False, indent=1)
        assert plan_record(plan) == written.encode("utf-8", "backslashreplace")


def test_a_kept_plan_is_read_back_without_its_cells() -> None:
    assert read_plan_record(plan_record(PLAN)).goals == tuple(replace(goal, cell="") for goal in PLAN.goals)
