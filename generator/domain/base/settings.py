"""The municipality's settings: the values of seuranta.toml."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property

from generator.domain.base.canonical import HasDigest, digest
from generator.domain.base.heading import Headings
from generator.domain.base.language import Language as Language
from generator.domain.base.period import Period
from generator.domain.base.scale import OverallStatuses, Scale
from generator.domain.base.text import same_name

# A field named `date` would hide the class in its own annotation.
Day = date


class IdentityPolicy(StrEnum):
    """How the sender of a workbook without a valid signature is identified."""

    OPEN = "open"
    CONFIRM = "confirm"
    FOLDER = "folder"
    SIGNED = "signed"


class Rollup(StrEnum):
    """How the degree of a goal that nobody owns or reports is computed from its children's."""

    MEDIAN = "median"
    LOWEST = "lowest"
    NONE = "none"


class ScopeKind(StrEnum):
    """What a document covers: everything, or an extract."""

    WHOLE = "whole"
    OFFICER = "officer"
    DIVISION = "division"


class SettledForm(StrEnum):
    """How a row prints a value that a person chose between officers: alone, or with what each officer gave."""

    SHORT = "short"
    LONG = "long"


@dataclass(frozen=True, slots=True)
class Names:
    """The names of municipality, organ and period in a language; None: as in the municipality's first language."""

    municipality: str | None = None
    organ: str | None = None
    period: str | None = None


@dataclass(frozen=True, slots=True)
class Division:
    """The heading of a division's extract: its organ and case number (empty: none), and its date (None: none)."""

    name: str
    organ: str = ""
    case_number: str = ""
    date: Day | None = None


@dataclass(frozen=True)
class Settings(HasDigest):
    """All settings of a municipality.

    `languages`: the first is the municipality's own. `unowned_reporter` reports goals without an officer (an empty
    string: nobody). `quiet_seconds` and `rescan_seconds` are of the watch; `state` is the path of the state folder,
    relative to the workspace or absolute. `section` and `attachment` are numbers of the minutes, or empty strings.
    `plan_decision` is the decision by which the programme was adopted, or an empty string.
    `is_report_date_set` is False if nobody has set the report's date, so that it is the period's last day.
    `compiler` is the post of who makes the report, or an empty string.
    """

    municipality: str
    organ: str
    period: Period
    degree_scale: Scale
    statuses: OverallStatuses
    headings: Headings
    languages: tuple[Language, ...] = (Language.FINNISH,)
    identity: IdentityPolicy = IdentityPolicy.OPEN
    rollup: Rollup = Rollup.MEDIAN
    unowned_reporter: str = ""
    quiet_seconds: float = 2.0
    rescan_seconds: float = 60.0
    state: str = ".seuranta"
    extracts: tuple[ScopeKind, ...] = (ScopeKind.OFFICER, ScopeKind.DIVISION)
    pdf: bool = True
    section: str = ""
    attachment: str = ""
    names: Mapping[Language, Names] = field(default_factory=dict)
    divisions: tuple[Division, ...] = ()
    plan_decision: str = ""
    is_report_date_set: bool = True
    settled: SettledForm = SettledForm.SHORT
    compiler: str = ""

    @property
    def language(self) -> Language:
        """The default language of answers and reports: the first of `languages`."""
        return self.languages[0]

    def division(self, name: str) -> Division:
        """Returns what the settings say of a division; one that they do not name has no organ and no case number."""
        return next((each for each in self.divisions if same_name(each.name, name)), Division(name))

    @cached_property
    def headings_digest(self) -> str:
        """The digest of all headings in every language."""
        return digest(tuple((language.value, *self.headings.labels(language.value)) for language in Language))

    def names_in(self, language: Language) -> tuple[str, str, Period]:
        """Returns the names of municipality, organ and period in a document of this language."""
        named = self.names.get(language, Names())
        period = replace(self.period, label=named.period or self.period.label)
        return named.municipality or self.municipality, named.organ or self.organ, period
