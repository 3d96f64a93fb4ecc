"""A plan as JSON: in the archive for later comparisons, in the ledger so that plan.xlsx is parsed only once."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from functools import lru_cache
from typing import Any

from generator.domain.base.finding import Finding, Place
from generator.domain.base.indented_json import indented_json
from generator.domain.plan.goals import Goal, Officer, Plan, Translation
from generator.domain.plan.plan_reading import PlanReading


@lru_cache(maxsize=2)  # the same plan is asked for in each round
def plan_record(plan: Plan) -> bytes:
    """The goals as UTF-8 JSON. Their cells in plan.xlsx are left out, so equal goals give equal bytes."""
    values: dict[str, object] = {"goals": tuple(map(_goal_record, plan.goals))}
    renamed = {officer.name: officer.former_names for officer in plan.officers if officer.former_names}
    if renamed:
        values["renamed"] = renamed
    return indented_json(values).encode("utf-8", "backslashreplace")


def read_plan_record(data: bytes) -> Plan:
    """Reads a stored plan; its goals have no cells, and its officers' sheet has only the renamed posts.

    Raises:
        LookupError, TypeError, ValueError: the bytes are no record of a plan.
    """
    values = json.loads(data)
    renamed = values.get("renamed", {}).items()
    officers = (Officer(name, "", "", "", former_names=tuple(former)) for name, former in renamed)
    return Plan(tuple(_goal(**goal) for goal in values["goals"]), tuple(officers))


def officers_record(officers: tuple[Officer, ...]) -> bytes:
    """The officers' sheet as UTF-8 JSON, without e-mail addresses."""
    rows = [{**asdict(officer), "email": ""} for officer in officers]
    return indented_json(rows).encode("utf-8", "backslashreplace")


def read_officers_record(data: bytes) -> tuple[Officer, ...]:
    """Reads a stored officers' sheet; raises LookupError, TypeError or ValueError if the bytes are none."""
    return tuple(map(_officer, json.loads(data)))


def reading_record(reading: PlanReading) -> str:
    """A plan with its cells, its officers' sheet and its findings as JSON. E-mail addresses are left out.

    Source: DESIGN, section 3, People's names.
    """
    goals = [_row(goal) for goal in reading.plan.goals]
    officers = [{**asdict(officer), "email": ""} for officer in reading.plan.officers]
    sheet, findings = reading.sheet, list(map(asdict, reading.findings))
    digests = reading.plan.digests
    values = {"goals": goals, "officers": officers, "findings": findings, "digests": digests, "sheet": sheet}
    # Letters as they are: escaped ones take twice as long to read.
    return json.dumps(values, ensure_ascii=False).encode("utf-8", "backslashreplace").decode()


@lru_cache(maxsize=2)  # the same plan is asked for in each round
def read_reading_record(record: str) -> PlanReading:
    """The plan of a `reading_record`; raises LookupError, TypeError or ValueError for anything else."""
    values = json.loads(record)
    officers = tuple(map(_officer, values["officers"]))
    first, second = values["digests"]
    plan = Plan(tuple(map(_goal_of_row, values["goals"])), officers, (first, second))
    return PlanReading(plan, tuple(_finding(**finding) for finding in values["findings"]), values["sheet"])


def _goal_record(goal: Goal) -> dict[str, Any]:
    """Returns a goal's fields; newer fields only if they are filled, so that old plans keep their digests.

    Not made with `asdict`, which takes ten times as long: every command needs all goals.
    """
    later = {"earlier_codes": goal.earlier_codes, "is_new": goal.is_new, "not_reporting": goal.not_reporting}
    return {
        "code": goal.code,
        "title": goal.title,
        "main_risks": goal.main_risks,
        "officers": goal.officers,
        "division": goal.division,
        "cell": "",
        "translations": tuple(map(asdict, goal.translations)),
        **{name: value for name, value in later.items() if value},
    }


def _row(goal: Goal) -> list[object]:
    translations = [[other.language, other.title] for other in goal.translations]
    row = [goal.code, goal.title, goal.main_risks, goal.officers, goal.division, goal.cell, translations]
    return [*row, goal.earlier_codes, goal.is_new, goal.not_reporting]


def _goal_of_row(row: list[Any]) -> Goal:
    code, title, main_risks, officers, division, cell, translations, earlier_codes, is_new, silent = row
    others = tuple(Translation(*other) for other in translations) if translations else ()
    last = tuple(earlier_codes), is_new, tuple(silent)
    return Goal(code, title, main_risks, tuple(officers), division, cell, others, *last)


def _goal(*, officers: list[str], translations: list[dict[str, str]], **others: Any) -> Goal:
    titles = _translations(translations)
    lists = {name: tuple(value) for name, value in others.items() if isinstance(value, list)}
    return Goal(officers=tuple(officers), translations=titles, **{**others, **lists})


def _officer(values: dict[str, Any]) -> Officer:
    lists = {name: _translations(values.get(name, ())) for name in ("translations", "division_translations")}
    return Officer(**{**values, **lists, "former_names": tuple(values["former_names"])})


def _translations(values: Iterable[dict[str, str]]) -> tuple[Translation, ...]:
    return tuple(Translation(**other) for other in values)


def _finding(*, place: dict[str, Any], allowed: list[str], **others: Any) -> Finding:
    return Finding(place=Place(**place), allowed=tuple(allowed), **others)
