"""Plans, tables and answers for the tests, built in code by one helper each."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from generator.domain.base.heading import Field
from generator.domain.base.settings import Settings
from generator.domain.follow_up.comparison import Basis, ComparedReport, Comparison, comparison_with_held
from generator.domain.follow_up.merge import FollowUp
from generator.domain.plan.goals import Goal, Officer, Plan
from generator.domain.submission.answers import Answer, Entry, EntryCells
from generator.domain.submission.check_rules import CheckRules
from generator.domain.submission.workbook import Cell, CellKind, Sheet, SheetState, Workbook
from generator.i18n.words import Words, degree_choices
from generator.workspace.settings_file import read_settings

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "generator" / "example"
SETTINGS: Settings = read_settings(EXAMPLE / "seuranta.toml")
HEADINGS = SETTINGS.headings.labels("fi")
CLERK, DIRECTOR = "Hallintojohtaja", "Sivistysjohtaja"
SHEET = "Seuranta"
NOWHERE = EntryCells("", "", "", "")


def goal(
    code: str, *officers: str, title: str = "", risks: str = "", division: str = "", earlier_codes: tuple[str, ...] = ()
) -> Goal:
    cell = f"A{int(code.replace('.', '')) + 1}"
    return Goal(code, title or f"Tavoite {code}", risks, officers, division, cell, earlier_codes=earlier_codes)


PLAN = Plan(
    (
        goal("01"),
        goal("01.01", CLERK, risks="Resurssit eivät riitä"),
        goal("01.01.01", CLERK),
        goal("01.01.02", DIRECTOR),
        goal("01.10", CLERK, DIRECTOR),
        goal("02", DIRECTOR),
    ),
    (
        Officer(CLERK, "hallinto@kunta.example", "Konsernipalvelut", "fi"),
        Officer(DIRECTOR, "sivistys@kunta.example", "Sivistys", "sv"),
    ),
)


def rules(plan: Plan = PLAN, **changes: Any) -> CheckRules:
    made = CheckRules(
        language="fi",
        plan=plan,
        scale=SETTINGS.degree_scale,
        statuses=SETTINGS.statuses,
        headings=SETTINGS.headings,
        period=SETTINGS.period,
        degree_words=degree_choices(SETTINGS.degree_scale, Words(SETTINGS.language)),
    )
    return replace(made, **changes)


def cell(row: int, column: int, value: object, number_format: str = "General") -> Cell:
    """A cell as the reader would give it; row and column 1-based."""
    if isinstance(value, bool):
        return Cell(row, column, CellKind.BOOLEAN, str(value).upper(), number_format)
    if isinstance(value, int | float):
        return Cell(row, column, CellKind.NUMBER, str(value), number_format)
    return Cell(row, column, CellKind.TEXT, str(value), number_format)


def sheet(rows: Sequence[Sequence[object]], name: str = SHEET, state: SheetState = SheetState.VISIBLE) -> Sheet:
    """A sheet from rows of values; None is a blank cell, a Cell stands as it is but for its place."""
    cells = tuple(
        value._replace(row=row, column=column) if isinstance(value, Cell) else cell(row, column, value)
        for row, values in enumerate(rows, start=1)
        for column, value in enumerate(values, start=1)
        if value is not None
    )
    return Sheet(name, state, cells)


def table(*rows: Sequence[object]) -> Workbook:
    """A workbook with the eight headings on row 1 and the rows below them."""
    return Workbook((sheet((HEADINGS, *rows)),))


def line(code: str, *, degree: object = None, narrative: object = None, **others: object) -> tuple[object, ...]:
    """A row under the eight headings: the code with its title in its level's column, and words beside a degree."""
    title = PLAN.by_code[code].title if code in PLAN.by_code else "Tuntematon"
    words = "Työ etenee." if degree is not None and narrative is None else narrative
    values: dict[str, object] = {"degree": degree, "narrative": words, **others}
    level_field = tuple(Field)[code.count(".")]
    values.setdefault(level_field.value, f"{code} {title}")
    return tuple(values.get(field.value) for field in Field)


def entry(code: str, officer: str, degree: int | None = 3, **changes: Any) -> Entry:
    made = Entry(code, officer, degree, "suunnitelman mukaan", "", "Työ etenee.", signed=True, cells=NOWHERE)
    return replace(made, **changes)


def compared_with(previous: FollowUp | None) -> Comparison | None:
    """The comparison with what is held of a previous period that has no final, under a plan of its own goals."""
    if previous is None:
        return None
    plan = Plan(tuple(item.goal for item in previous.goals))
    return comparison_with_held(previous, plan, ComparedReport(Basis.HELD))


def answer(made: Entry, sequence: int = 1) -> Answer:
    return Answer(made, sequence, f"{made.officer}.xlsx", f"2026-08-{sequence % 28 + 1:02d}T09:00:00+03:00")
