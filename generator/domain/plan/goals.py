"""The goal hierarchy: council-term goals, their annual goals, and the actions under them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType

from generator.domain.base.canonical import NOT_CONTENT, Canonical, digest, filled, old_digest
from generator.domain.base.text import (
    clean_name,
    heading_key,
    letter_pairs,
    name_key,
    same_name,
    share_of_pairs,
    text_key,
)
from generator.domain.plan.codes import CODE, code_numbers, read_code
from generator.domain.plan.posts import PostNames, post_names

# A full stop after the code (`01. Title`) is how municipalities print the highest level.
_CODED_TITLE = re.compile(rf"\s*({CODE})\.?(?:\s+(.*))?", re.DOTALL)
# Of two goals of the example's plan 95 in 100 share fewer pairs of letters than this.
REWORDED = 0.4


@dataclass(frozen=True, slots=True)
class Translation:
    """A goal's title without its code, or a name, in another language (fi, sv, en) than the plan's."""

    language: str
    title: str


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal; `cell` is the cell of its title in plan.xlsx (`B12`). The first officer leads.

    `earlier_codes` are the goal's codes in the previous period, if the plan names them. `is_new`: the plan says that
    the goal is new although its code is an old one. `not_reporting` are the officers who are printed, but report
    nothing.
    """

    code: str
    title: str
    main_risks: str
    officers: tuple[str, ...]
    division: str
    cell: str = field(repr=False, metadata=NOT_CONTENT)
    translations: tuple[Translation, ...] = ()
    earlier_codes: tuple[str, ...] = ()
    is_new: bool = False
    not_reporting: tuple[str, ...] = ()

    @property
    def reporters(self) -> tuple[str, ...]:
        """The officers who report the goal, in the plan's order."""
        return tuple(name for name in self.officers if name not in self.not_reporting)

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
        return _text_in(language, self.translations)


@dataclass(frozen=True, slots=True)
class Officer:
    """A row of the officers' sheet; `language` is fi, sv or en.

    `former_names` are those that the post had before; `deputy` may report for the post with an unsigned workbook.
    Nothing is expected of an officer who `is_silent`. `translations` are the post's names in other languages, and
    `division_translations` those of its division.
    """

    name: str
    email: str
    division: str
    language: str
    former_names: tuple[str, ...] = ()
    is_silent: bool = False
    deputy: str = ""
    translations: tuple[Translation, ...] = ()
    division_translations: tuple[Translation, ...] = ()


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

    @cached_property
    def _by_numbers(self) -> Mapping[tuple[int, ...], Goal]:
        return MappingProxyType({code_numbers(goal.code): goal for goal in reversed(self.goals)})

    def find(self, code: str) -> Goal | None:
        """Returns the goal with a code, written with leading zeros or without; None if the plan has no such goal."""
        if code in self.by_code:
            return self.by_code[code]
        whole = read_code(code)
        return self._by_numbers.get(code_numbers(whole)) if whole else None

    def spelling(self, code: str) -> str:
        """Returns a code as the plan writes it; unchanged if the plan does not have it."""
        goal = self.find(code)
        return goal.code if goal else code

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
    def reporter_names(self) -> tuple[str, ...]:
        """Everyone who has a goal to report, in the plan's order."""
        return _unique(name for goal in self.goals for name in goal.reporters)

    @cached_property
    def post_names(self) -> PostNames:
        """The names of posts that were renamed."""
        renamed = ((former, officer.name) for officer in self.officers for former in officer.former_names)
        return post_names(renamed, (name for goal in self.goals for name in goal.officers))

    def with_names(self, names: PostNames) -> "Plan":
        """Returns the plan with the present names of renamed posts."""
        goals = (replace(goal, officers=tuple(map(names.of, goal.officers))) for goal in self.goals)
        return replace(self, goals=tuple(goals), kept_digests=self.digests) if names.present else self

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

    def posts_in(self, language: str) -> tuple[tuple[str, str], ...]:
        """Returns each post's name with its name in another language; those without one are left out."""
        names = ((officer.name, _text_in(language, officer.translations)) for officer in self.officers)
        return tuple(pair for pair in names if pair[1])

    def divisions_in(self, language: str) -> tuple[tuple[str, str], ...]:
        """Returns each division's name with its name in another language, the first that the officers' sheet has."""
        found: dict[str, tuple[str, str]] = {}
        for officer in self.officers:
            if officer.division and (name := _text_in(language, officer.division_translations)):
                found.setdefault(name_key(officer.division), (officer.division, name))
        return tuple(found.values())

    def post_of_deputy(self, name: str, goal: Goal) -> str | None:
        """Returns the officer of a goal whose deputy has this name; None if there is none, or more than one."""
        if owns(goal, name):
            return None
        listed = ((post, self.officer(post)) for post in goal.officers)
        posts = tuple(
            post for post, officer in listed if officer and officer.deputy and same_name(officer.deputy, name)
        )
        return posts[0] if len(posts) == 1 else None

    def division_of(self, goal: Goal) -> str:
        """Returns the plan row's division, else its lead officer's, else an empty string."""
        if goal.division or not goal.officers:
            return goal.division
        lead = self.officer(goal.officers[0])
        return lead.division if lead else ""


def owns(goal: Goal, officer: str) -> bool:
    """True if the officer is one of the goal's."""
    return any(same_name(name, officer) for name in goal.officers)


def has_near_title(one: Goal, other: Goal) -> bool:
    """True if two goals have the same title, or nearly the same one."""
    pairs = letter_pairs(one.title), letter_pairs(other.title)
    return one.title == other.title or share_of_pairs(*pairs) >= REWORDED


def split_title(text: str) -> tuple[str, str] | None:
    """Splits `01.02 Title` into code and title; None if the text does not begin with a code."""
    match = _CODED_TITLE.fullmatch(text)
    return (match[1], (match[2] or "").strip()) if match else None


def split_officers(text: str) -> tuple[str, ...]:
    """Splits a cell like `Kunnanjohtaja; Talousjohtaja` into its officers, each once.

    A line break separates them as well, unless it is within one name: `Sivistys- ja⏎hyvinvointijohtaja`.
    """
    return _unique(name for part in _BREAK.sub(_part, text).split(";") if (name := clean_name(part)))


def _part(found: re.Match[str]) -> str:
    last, first = found[1], found[2]
    is_one_name = last.endswith(("-", "–")) or last in _JOINING or (last[:1].isupper() and first.islower())
    return found[0] if is_one_name else f"{last};"


# The word before a line break, and the letter after it.
_BREAK = re.compile(r"(\S+)[^\S\n]*\n\s*(?=(\S))")
_JOINING = frozenset({"ja", "och", "and", "sekä", "samt"})


def _text_in(language: str, translations: tuple[Translation, ...]) -> str:
    return next((other.title for other in translations if other.language == language), "")


def _goal_fields(goal: Goal) -> Canonical:
    """Returns what a goal says. Add a new field of `Goal` here too; it counts where it is filled."""
    return filled(
        code=goal.code,
        title=goal.title,
        main_risks=goal.main_risks,
        officers=goal.officers,
        division=goal.division,
        translations=tuple((other.language, other.title) for other in goal.translations),
        earlier_codes=goal.earlier_codes,
        is_new=goal.is_new,
        not_reporting=goal.not_reporting,
    )


def _officer_fields(officer: Officer) -> Canonical:
    return filled(
        name=officer.name,
        email=officer.email,
        division=officer.division,
        language=officer.language,
        former_names=officer.former_names,
        is_silent=officer.is_silent,
        deputy=officer.deputy,
        translations=tuple((other.language, other.title) for other in officer.translations),
        division_translations=tuple((other.language, other.title) for other in officer.division_translations),
    )


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(name_key(name), name)
    return tuple(found.values())
