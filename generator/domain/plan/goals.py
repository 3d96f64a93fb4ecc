"""The goal hierarchy: council-term goals, their annual goals, and the actions under them."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from string import ascii_uppercase
from types import MappingProxyType

from generator.domain.base.canonical import NOT_CONTENT, Canonical, digest, filled, old_digest
from generator.domain.base.finding import Finding, Place, shown
from generator.domain.base.text import heading_key, letter_pairs, name_key, same_name, share_of_pairs, text_key

# DESIGN: two digits a level. A trailing dot (`01. Title`) is how municipalities print the highest level.
_CODED_TITLE = re.compile(r"\s*([0-9]{2}(?:\.[0-9]{2}){0,2})\.?(?:\s+(.*))?", re.DOTALL)
# Of two goals of the example's plan 95 in 100 share fewer pairs of letters than this.
REWORDED = 0.4
UNUSABLE = frozenset({"plan-double-code", "plan-unknown-parent", "plan-struck-through-text"})


@dataclass(frozen=True, slots=True)
class Translation:
    """A goal's title, without its code, in another language (fi, sv, en) than the plan's."""

    language: str
    title: str


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal; `cell` is the cell of its title in plan.xlsx (`B12`). The first officer leads."""

    code: str
    title: str
    main_risks: str
    officers: tuple[str, ...]
    division: str
    cell: str = field(repr=False, metadata=NOT_CONTENT)
    translations: tuple[Translation, ...] = ()

    @property
    def level(self) -> int:
        """1 council-term goal, 2 annual goal, 3 action."""
        return self.code.count(".") + 1

    @property
    def parent(self) -> str | None:
        """The code of the goal above; None for a council-term goal."""
        return self.code.rpartition(".")[0] or None

    @property
    def ancestors(self) -> tuple[str, ...]:
        """The codes above, highest first."""
        parts = self.code.split(".")
        return tuple(".".join(parts[:length]) for length in range(1, len(parts)))

    def title_in(self, language: str) -> str:
        """Returns the title in another language; an empty string if the plan does not have it."""
        return next((other.title for other in self.translations if other.language == language), "")


@dataclass(frozen=True, slots=True)
class Officer:
    """A row of the officers' sheet; `language` is fi, sv or en."""

    name: str
    email: str
    division: str
    language: str


@dataclass(frozen=True)
class Plan:
    """The goals in the plan's order, and the officers' sheet ((): the plan has none).

    `kept_digests` are those of plan.xlsx where the plan was read from the ledger, which keeps no e-mail addresses.
    """

    goals: tuple[Goal, ...]
    officers: tuple[Officer, ...] = ()
    kept_digests: tuple[str, str] | None = None

    @cached_property
    def by_code(self) -> Mapping[str, Goal]:
        """The goals by their codes."""
        return MappingProxyType({goal.code: goal for goal in self.goals})

    @cached_property
    def _children(self) -> Mapping[str | None, tuple[Goal, ...]]:
        parents = dict.fromkeys(goal.parent for goal in self.goals)
        found: dict[str | None, list[Goal]] = {parent: [] for parent in parents}
        for goal in self.goals:
            found[goal.parent].append(goal)
        return MappingProxyType({parent: tuple(goals) for parent, goals in found.items()})

    def children(self, code: str | None) -> tuple[Goal, ...]:
        """Returns the goals directly under a code; for None, the council-term goals."""
        return self._children.get(code, ())

    def branch(self, goal: Goal) -> Iterator[Goal]:
        """Returns the goal and everything under it, each parent before its children."""
        yield goal
        for child in self.children(goal.code):
            yield from self.branch(child)

    @cached_property
    def in_order(self) -> tuple[Goal, ...]:
        """All goals, each council-term goal with everything under it."""
        return tuple(goal for root in self.children(None) for goal in self.branch(root))

    @cached_property
    def digest(self) -> str:
        """SHA-256 of what the plan says, in hex; signed forms carry it."""
        if self.kept_digests:
            return self.kept_digests[0]
        return digest((tuple(map(_goal_fields, self.goals)), tuple(map(_officer_fields, self.officers))))

    @cached_property
    def digests(self) -> tuple[str, str]:
        """`digest`, then the one that version 0.1.0 wrote into its forms."""
        return self.kept_digests or (self.digest, old_digest((self.goals, self.officers)))

    @cached_property
    def officer_names(self) -> tuple[str, ...]:
        """Everyone who has a goal, in the plan's order."""
        return _unique(name for goal in self.goals for name in goal.officers)

    @cached_property
    def divisions(self) -> tuple[str, ...]:
        """Every division that has a goal, in the plan's order."""
        return _unique(division for goal in self.goals if (division := self.division_of(goal)))

    @cached_property
    def _goals_by_officer(self) -> Mapping[str, tuple[Goal, ...]]:
        found: dict[str, list[Goal]] = {}
        for goal in self.goals:
            for name in goal.officers:
                found.setdefault(name_key(name), []).append(goal)
        return MappingProxyType({name: tuple(goals) for name, goals in found.items()})

    def goals_of(self, officer: str) -> tuple[Goal, ...]:
        """An officer's goals, in the order of the plan."""
        return self._goals_by_officer.get(name_key(officer), ())

    @cached_property
    def _goals_by_division(self) -> Mapping[str, tuple[Goal, ...]]:
        found: dict[str, list[Goal]] = {}
        for goal in self.goals:
            found.setdefault(name_key(self.division_of(goal)), []).append(goal)
        return MappingProxyType({name: tuple(goals) for name, goals in found.items()})

    def goals_in(self, division: str) -> tuple[Goal, ...]:
        """A division's goals, in the order of the plan."""
        return self._goals_by_division.get(name_key(division), ())

    @property
    def unowned(self) -> tuple[Goal, ...]:
        """The goals without a responsible officer."""
        return tuple(goal for goal in self.goals if not goal.officers)

    @cached_property
    def _goals_by_title(self) -> Mapping[str, tuple[Goal, ...]]:
        found: dict[str, list[Goal]] = {}
        for goal in self.goals:
            found.setdefault(heading_key(goal.title), []).append(goal)
        return MappingProxyType({key: tuple(goals) for key, goals in found.items()})

    def titled(self, title: str) -> tuple[Goal, ...]:
        """Returns the goals with exactly this title; none for a text without letters."""
        key = heading_key(title)
        return self._goals_by_title.get(key, ()) if key else ()

    @cached_property
    def title_keys(self) -> frozenset[str]:
        """The goals' titles and codes, as `text_key` gives them."""
        texts = (text for goal in self.goals for text in (goal.title, goal.code, f"{goal.code} {goal.title}"))
        return frozenset(map(text_key, texts))

    @cached_property
    def text_keys(self) -> frozenset[str]:
        """All that the goals say, as `text_key` gives it: many saves are compared with it."""
        risks = (goal.main_risks for goal in self.goals)
        return self.title_keys.union(map(text_key, (*risks, *self.officer_names, *self.divisions)))

    @cached_property
    def _officers_by_name(self) -> Mapping[str, Officer]:
        return MappingProxyType({name_key(officer.name): officer for officer in reversed(self.officers)})

    def officer(self, name: str) -> Officer | None:
        """Returns the officer's first row of the officers' sheet; None if there is none."""
        return self._officers_by_name.get(name_key(name))

    def division_of(self, goal: Goal) -> str:
        """Returns the plan row's division, else its lead officer's, else an empty string."""
        if goal.division or not goal.officers:
            return goal.division
        lead = self.officer(goal.officers[0])
        return lead.division if lead else ""


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
class PlanRow:
    """One filled row of plan.xlsx as read: `titles` are the filled cells of the title columns."""

    row: int
    titles: tuple[TitleCell, ...]
    main_risks: str
    officers: str
    division: str
    translations: tuple[TranslationCell, ...] = ()


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


def owns(goal: Goal, officer: str) -> bool:
    """True if the officer is one of the goal's."""
    return any(same_name(name, officer) for name in goal.officers)


def is_same_goal(one: Goal, other: Goal) -> bool:
    """True if two plans mean the same goal: the same code, and a title that is at most reworded."""
    pairs = letter_pairs(one.title), letter_pairs(other.title)
    return one.code == other.code and (one.title == other.title or share_of_pairs(*pairs) >= REWORDED)


def split_title(text: str) -> tuple[str, str] | None:
    """Splits `01.02 Title` into code and title; None if the text does not begin with a code."""
    match = _CODED_TITLE.fullmatch(text)
    return (match[1], (match[2] or "").strip()) if match else None


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
    goal = Goal(
        code=coded[0],
        title=coded[1],
        main_risks=row.main_risks,
        officers=split_officers(row.officers),
        division=row.division.strip(),
        cell=title.cell,
        translations=tuple(_translation(other, coded[0]) for other in row.translations if _fits(other, coded[0])),
    )
    return goal, (*_wrong_column(goal, title, sheet), *_foreign_translations(goal, row, sheet))


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


def split_officers(text: str) -> tuple[str, ...]:
    """Splits a cell like `Kunnanjohtaja; Talousjohtaja` into its officers, each once."""
    return _unique(" ".join(name.split()) for name in text.split(";") if name.strip())


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


def _goal_fields(goal: Goal) -> Canonical:
    """Returns what a goal says. Add a new field of `Goal` here too; it counts where it is filled."""
    return filled(
        code=goal.code,
        title=goal.title,
        main_risks=goal.main_risks,
        officers=goal.officers,
        division=goal.division,
        translations=tuple((other.language, other.title) for other in goal.translations),
    )


def _officer_fields(officer: Officer) -> Canonical:
    return filled(name=officer.name, email=officer.email, division=officer.division, language=officer.language)


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(name_key(name), name)
    return tuple(found.values())
