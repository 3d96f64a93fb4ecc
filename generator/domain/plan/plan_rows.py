"""Reads the rows of plan.xlsx into the plan, and finds what is wrong with them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from string import ascii_uppercase

from generator.domain.base.finding import Finding, Place, shown
from generator.domain.plan.codes import read_earlier_codes
from generator.domain.plan.goals import Goal, Officer, Plan, Translation, split_officers, split_title

UNUSABLE = frozenset({"plan-double-code", "plan-unknown-parent", "plan-struck-through-text"})


@dataclass(frozen=True, slots=True)
class TitleCell:
    """A title column's cell in plan.xlsx: its letter and number, its text, and whether Excel keeps it as text."""

    cell: str
    heading: str
    level: int
    text: str
    is_text: bool


@dataclass(frozen=True, slots=True)
class TranslationCell:
    """A filled cell of a column of titles in another language (fi, sv, en): its letter and number, and its text."""

    cell: str
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class EarlierCodesCell:
    """A filled cell of the column of earlier codes in plan.xlsx: its letter and number, its text, and if it is text."""

    cell: str
    text: str
    is_text: bool


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One filled row of plan.xlsx as read: `titles` are the filled cells of the title columns."""

    row: int
    titles: tuple[TitleCell, ...]
    main_risks: str
    officers: str
    division: str
    translations: tuple[TranslationCell, ...] = ()
    earlier_codes: EarlierCodesCell | None = None


@dataclass(frozen=True, slots=True)
class PlanSheet:
    """The plan's sheet: its name, the letter of its officer column and its filled rows."""

    name: str
    level_headings: tuple[str, ...]
    officer_column: str
    rows: tuple[PlanRow, ...]


@dataclass(frozen=True, slots=True)
class PlanReading:
    """A plan and the findings about it. A row or a title with an error of its own is left out of the plan."""

    plan: Plan
    findings: tuple[Finding, ...]

    @property
    def unusable(self) -> tuple[Finding, ...]:
        """The findings that make a report impossible."""
        return tuple(finding for finding in self.findings if finding.rule in UNUSABLE)


def read_plan(sheet: PlanSheet, officers: tuple[Officer, ...]) -> PlanReading:
    """Builds the plan from the plan's sheet and the officers' sheet (() if the file has none).

    Every fault is found in one pass; without any in `PlanReading.unusable` the plan is usable.
    """
    read = [_read_row(row, sheet) for row in sheet.rows]
    plan = Plan(tuple(goal for goal, _ in read if goal), officers)
    findings = tuple(finding for _, row_findings in read for finding in row_findings)
    checks = (_double_codes, _unknown_parents, _without_officer, _unlisted_officers)
    return PlanReading(plan, findings + tuple(finding for check in checks for finding in check(plan, sheet)))


def _read_row(row: PlanRow, sheet: PlanSheet) -> tuple[Goal | None, tuple[Finding, ...]]:
    if len(row.titles) != 1:
        return None, (_wrong_count_of_titles(row, sheet),)
    title = row.titles[0]
    place = Place(sheet.name, title.cell)
    if not title.is_text:
        return None, (Finding("plan-code-not-text", place, value=title.text),)
    coded = split_title(title.text)
    if coded is None or not coded[1]:
        return None, (Finding("plan-no-code", place, value=shown(title.text)),)
    earlier = _earlier_codes(row)
    goal = Goal(
        code=coded[0],
        title=coded[1],
        main_risks=row.main_risks,
        officers=split_officers(row.officers),
        division=row.division.strip(),
        cell=title.cell,
        translations=tuple(_translation(other, coded[0]) for other in row.translations if _fits(other, coded[0])),
        earlier_codes=earlier[0] if earlier else (),
        is_new=bool(earlier and earlier[1]),
    )
    findings = (*_wrong_column(goal, title, sheet), *_foreign_translations(goal, row, sheet))
    return goal, (*findings, *_unclear_earlier_codes(goal, row, sheet))


def _earlier_codes(row: PlanRow) -> tuple[tuple[str, ...], bool] | None:
    """Returns what `read_earlier_codes` does. Of numbers only whole ones are clear: Excel reads `1.10` as 1.1."""
    cell = row.earlier_codes
    if cell is None:
        return (), False
    return read_earlier_codes(cell.text) if cell.is_text or cell.text.isdecimal() else None


def _unclear_earlier_codes(goal: Goal, row: PlanRow, sheet: PlanSheet) -> Iterator[Finding]:
    if row.earlier_codes and _earlier_codes(row) is None:
        place = Place(sheet.name, row.earlier_codes.cell)
        yield Finding("plan-earlier-code-unclear", place, goal.code, shown(row.earlier_codes.text))


def _wrong_column(goal: Goal, title: TitleCell, sheet: PlanSheet) -> Iterator[Finding]:
    if goal.level != title.level:
        right = (sheet.level_headings[goal.level - 1],)
        place = Place(sheet.name, title.cell)
        yield Finding("plan-code-and-column-disagree", place, goal.code, title.heading, right)


def _foreign_translations(goal: Goal, row: PlanRow, sheet: PlanSheet) -> Iterator[Finding]:
    for other in row.translations:
        if not _fits(other, goal.code):
            yield Finding("plan-translation-of-another", Place(sheet.name, other.cell), goal.code, shown(other.text))


def _fits(other: TranslationCell, code: str) -> bool:
    """True if the cell belongs to the row's goal: before the title it may have the goal's code, but no other.

    `10 new homes` begins with a number, not with the code of a lower goal.
    """
    coded = split_title(other.text)
    return coded is None or coded[0] == code or ("." not in coded[0] and "." in code)


def _translation(other: TranslationCell, code: str) -> Translation:
    coded = split_title(other.text)
    return Translation(other.language, coded[1] if coded and coded[0] == code else other.text)


def _wrong_count_of_titles(row: PlanRow, sheet: PlanSheet) -> Finding:
    if not row.titles:
        words = " ".join((row.main_risks, row.officers, row.division))
        return Finding("plan-no-title", Place(sheet.name, f"A{row.row}"), value=shown(words))
    titles = " / ".join(title.text for title in row.titles)
    return Finding("plan-two-titles", Place(sheet.name, row.titles[1].cell), value=shown(titles))


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
        yield Finding("plan-no-officer", _officer_place(goal, sheet), goal.code)


def _unlisted_officers(plan: Plan, sheet: PlanSheet) -> Iterator[Finding]:
    if not plan.officers:
        return
    listed = tuple(officer.name for officer in plan.officers)
    for name in plan.officer_names:
        if plan.officer(name) is None:
            first = plan.goals_of(name)[0]
            yield Finding("plan-officer-not-listed", _officer_place(first, sheet), first.code, name, listed)


def _officer_place(goal: Goal, sheet: PlanSheet) -> Place:
    return Place(sheet.name, sheet.officer_column + goal.cell.lstrip(ascii_uppercase))
