"""A plan as the archive keeps it, so that a later period can be held against it whatever the headings are then."""

import json
from dataclasses import asdict

from generator.domain.plan import Goal, Plan, Translation


def plan_record(plan: Plan) -> bytes:
    """The goals as UTF-8 JSON, the same for the same goals wherever they stand in plan.xlsx."""
    goals = [{**asdict(goal), "cell": ""} for goal in plan.goals]
    return json.dumps({"goals": goals}, ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace")


def read_plan_record(data: bytes) -> Plan:
    """The plan of a record; its goals tell no cells, and it has no officers' sheet.

    Raises:
        LookupError, TypeError, ValueError: the bytes are no record of a plan.
    """
    return Plan(tuple(_goal(**goal) for goal in json.loads(data)["goals"]))


def _goal(*, officers: list[str], translations: list[dict[str, str]], **texts: str) -> Goal:
    others = tuple(Translation(**other) for other in translations)
    return Goal(officers=tuple(officers), translations=others, **texts)
