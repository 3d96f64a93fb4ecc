"""Builds the plan from plan.xlsx, with everything that is wrong with it or asked about it."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from generator.domain.base.finding import Finding, Place, shown
from generator.domain.base.text import name_key
from generator.domain.plan.goals import Goal, Officer, Plan
from generator.domain.plan.officer_checks import officer_place, unclear_officers
from generator.domain.plan.plan_rows import PlanSheet, ReadRows, read_rows

UNUSABLE = frozenset({"plan-double-code", "plan-unknown-parent", "plan-struck-through-text"})
ASKED = frozenset(
    {
        "plan-mixed-codes",
        "plan-officers-parted",
        "plan-officer-like-another",
        "plan-former-title-unclear",
        "plan-reports-unclear",
    }
)
# The most codes of another scheme that are shown; the rest are like them.
CODES_SHOWN = 6


@dataclass(frozen=True, slots=True)
class PlanReading:
    """A plan and the findings about it. A row or a title with an error of its own is left out of the plan.

    `sheet` is the name of the plan's sheet; an empty string where the plan was not read from a workbook.
    """

    plan: Plan
    findings: tuple[Finding, ...]
    sheet: str = field(default="", compare=False)

    def placed(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """Returns findings about cells of the plan with the name of their sheet."""
        return tuple(replace(each, place=replace(each.place, sheet=self.sheet or None)) for each in findings)

    @property
    def unusable(self) -> tuple[Finding, ...]:
        """The findings that make a report impossible."""
        return tuple(finding for finding in self.findings if finding.rule in UNUSABLE)

    @property
    def to_ask(self) -> tuple[Finding, ...]:
        """The questions whose answers decide who gets a form; the status page shows them too."""
        return tuple(finding for finding in self.findings if finding.rule in ASKED)


def read_plan(sheet: PlanSheet, officers: tuple[Officer, ...]) -> PlanReading:
    """Builds the plan from the plan's sheet and the officers' sheet (() if the file has none).

    Every fault is found in one pass; without any in `PlanReading.unusable` the plan is usable.
    """
    rows = read_rows(sheet)
    plan = Plan(_with_silent(rows.goals, officers), officers)
    checks = (_double_codes, _unknown_parents, _without_officer, unclear_officers)
    found = (finding for check in checks for finding in check(plan, sheet))
    findings = (*_other_codes(rows, sheet), *rows.findings, *_respelt_codes(rows, sheet), *found)
    return PlanReading(plan, findings or tuple(_empty(plan, sheet)), sheet.name)


def _with_silent(goals: tuple[Goal, ...], officers: tuple[Officer, ...]) -> tuple[Goal, ...]:
    """Returns the goals with `not_reporting` filled in from the officers' sheet."""
    silent = frozenset(name_key(officer.name) for officer in officers if officer.is_silent)
    if not silent:
        return goals
    named = (tuple(name for name in goal.officers if name_key(name) in silent) for goal in goals)
    return tuple(replace(goal, not_reporting=names) for goal, names in zip(goals, named, strict=True))


def _empty(plan: Plan, sheet: PlanSheet) -> Iterator[Finding]:
    """Yields a finding for a plan without goals, if nothing else says why there are none."""
    if not plan.goals:
        yield Finding("plan-empty", Place(sheet.name))


def _other_codes(rows: ReadRows, sheet: PlanSheet) -> Iterator[Finding]:
    if rows.other_codes:
        read = tuple(f"{other.written} → {other.read or '?'}" for _, other in rows.other_codes)
        more = ("…",) if len(read) > CODES_SHOWN else ()
        first, _ = rows.other_codes[0]
        yield Finding(
            "plan-other-codes", Place(sheet.name, first.cell), None, shown(first.text), read[:CODES_SHOWN] + more
        )


def _respelt_codes(rows: ReadRows, sheet: PlanSheet) -> Iterator[Finding]:
    if rows.respelt:
        goals = tuple(goal for goal, _ in rows.respelt)
        written = shown(", ".join(f"{goal.cell} {code}" for goal, code in rows.respelt))
        allowed = tuple(dict.fromkeys(goal.code for goal in goals))[:CODES_SHOWN]
        yield Finding("plan-mixed-codes", Place(sheet.name, goals[0].cell), goals[0].code, written, allowed)


def _double_codes(plan: Plan, sheet: PlanSheet) -> Iterator[Finding]:
    counts = Counter(goal.code for goal in plan.goals)
    for code in (code for code, count in counts.items() if count > 1):
        cells = [goal.cell for goal in plan.goals if goal.code == code]
        yield Finding("plan-double-code", Place(sheet.name, cells[1]), code, ", ".join(cells))


def _unknown_parents(plan: Plan, sheet: PlanSheet) -> Iterator[Finding]:
    for goal in plan.goals:
        if goal.parent is not None and goal.parent not in plan.by_code:
            yield Finding("plan-unknown-parent", Place(sheet.name, goal.cell), goal.code, goal.parent)


def _without_officer(plan: Plan, sheet: PlanSheet) -> Iterator[Finding]:
    for goal in plan.unowned:
        yield Finding("plan-no-officer", officer_place(goal, sheet), goal.code)
