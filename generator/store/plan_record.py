"""A plan as JSON: in the archive for later comparisons, in the ledger so that plan.xlsx is parsed only once."""

import json
from dataclasses import asdict
from functools import lru_cache
from typing import Any

from generator.domain.base.finding import Finding, Place
from generator.domain.base.indented_json import indented_json
from generator.domain.plan.goals import Goal, Officer, Plan, PlanReading, Translation


@lru_cache(maxsize=2)  # the same plan is asked for in each round
def plan_record(plan: Plan) -> bytes:
    """The goals as UTF-8 JSON. Their cells in plan.xlsx are left out, so equal goals give equal bytes."""
    return indented_json({"goals": tuple(map(_values, plan.goals))}).encode("utf-8", "backslashreplace")


def _values(goal: Goal) -> dict[str, object]:
    """The fields of a goal in their order: every command asks for all goals, and `asdict` takes ten times as long."""
    return {
        "code": goal.code,
        "title": goal.title,
        "main_risks": goal.main_risks,
        "officers": goal.officers,
        "division": goal.division,
        "cell": "",
        "translations": tuple(map(asdict, goal.translations)),
    }


def read_plan_record(data: bytes) -> Plan:
    """The plan of a record; its goals have no cells, and it has no officers' sheet.

    Raises:
        LookupError, TypeError, ValueError: the bytes are no record of a plan.
    """
    return Plan(tuple(_goal(**goal) for goal in json.loads(data)["goals"]))


def reading_record(reading: PlanReading) -> str:
    """A plan with its cells, its officers' sheet and its findings as JSON. E-mail addresses are left out.

    Source: DESIGN, section 3, People's names.
    """
    goals = [_row(goal) for goal in reading.plan.goals]
    officers = [{**asdict(officer), "email": ""} for officer in reading.plan.officers]
    findings = list(map(asdict, reading.findings))
    values = {"goals": goals, "officers": officers, "findings": findings, "digests": reading.plan.digests}
    # Letters as they are: escaped ones take twice as long to read.
    return json.dumps(values, ensure_ascii=False).encode("utf-8", "backslashreplace").decode()


@lru_cache(maxsize=2)  # the same plan is asked for in each round
def read_reading_record(record: str) -> PlanReading:
    """The plan of a `reading_record`; raises LookupError, TypeError or ValueError for anything else."""
    values = json.loads(record)
    officers = tuple(Officer(**officer) for officer in values["officers"])
    first, second = values["digests"]
    plan = Plan(tuple(map(_goal_of_row, values["goals"])), officers, (first, second))
    return PlanReading(plan, tuple(_finding(**finding) for finding in values["findings"]))


# Every command reads the goals, thousands of them: lists are read in half the time of dictionaries.
def _row(goal: Goal) -> list[object]:
    translations = [[other.language, other.title] for other in goal.translations]
    return [goal.code, goal.title, goal.main_risks, goal.officers, goal.division, goal.cell, translations]


def _goal_of_row(row: list[Any]) -> Goal:
    code, title, main_risks, officers, division, cell, translations = row
    others = tuple(Translation(*other) for other in translations) if translations else ()
    return Goal(code, title, main_risks, tuple(officers), division, cell, others)


def _goal(*, officers: list[str], translations: list[dict[str, str]], **texts: str) -> Goal:
    others = tuple(Translation(**other) for other in translations)
    return Goal(officers=tuple(officers), translations=others, **texts)


def _finding(*, place: dict[str, Any], allowed: list[str], **others: Any) -> Finding:
    return Finding(place=Place(**place), allowed=tuple(allowed), **others)
