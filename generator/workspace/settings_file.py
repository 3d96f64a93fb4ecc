"""Reads seuranta.toml; a value that is not allowed is refused by the key's dotted name."""

import re
import tomllib
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    field_validator,
)
from pydantic_core import ErrorDetails, PydanticCustomError

from generator.disk.names import is_reserved
from generator.disk.safe_write import folder_errors
from generator.domain.base.period import Period
from generator.domain.base.rule import N_
from generator.domain.base.scale import Degree, OverallStatus, OverallStatuses, Scale
from generator.domain.base.settings import (
    Division,
    IdentityPolicy,
    Language,
    Names,
    Rollup,
    ScopeKind,
    Settings,
    SettledForm,
)
from generator.domain.base.text import is_clean
from generator.errors import SettingsError, SettingsFaultsError, SeurantaError
from generator.i18n.period_names import translated_period_name
from generator.i18n.words import make_headings

if TYPE_CHECKING:
    from generator.workspace.settings_faults import WrongValue

# Where a workspace on one machine keeps what lasts, unless its settings say otherwise.
STATE_FOLDER = ".seuranta"


def _no_device(name: str) -> str:
    if is_reserved(name):
        raise PydanticCustomError("string_pattern_mismatch", "a name that Windows does not allow")
    return name


def _printable(text: str) -> str:
    if not is_clean(text):
        raise PydanticCustomError("unprintable", "text without control characters")
    return text


def _on_one_line(text: str) -> str:
    """Refuses unprintable characters, such as the tab that TOML reads from `"C:\\temp"`."""
    if not text.isprintable():
        raise PydanticCustomError("unprintable", "text on one line")
    return text


def _no_number(value: object) -> object:
    """Refuses a number, which pydantic would read as a date (seconds since 1970)."""
    if isinstance(value, int | float):
        raise PydanticCustomError("number", "not a day")
    return value


def _no_boolean(value: object) -> object:
    """Refuses true and false, which pydantic would read as numbers."""
    if isinstance(value, bool):
        raise PydanticCustomError("boolean", "not a number")
    return value


Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True), AfterValidator(_printable)]
FolderName = Annotated[Text, AfterValidator(_on_one_line)]
Name = Annotated[str, StringConstraints(strip_whitespace=True), AfterValidator(_printable)]
# A period's id names files and folders, on Windows too.
PeriodId = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9A-Za-zÅÄÖåäö][0-9A-Za-zÅÄÖåäö_-]*$", max_length=40),
    AfterValidator(_no_device),
]
Colour = Annotated[str, StringConstraints(pattern=r"^[0-9A-Fa-f]{6}$")]
ExtractOf = Literal[ScopeKind.OFFICER, ScopeKind.DIVISION]
Day = Annotated[date, BeforeValidator(_no_number)]
Seconds = Annotated[float, Field(ge=0, le=3600, allow_inf_nan=False), BeforeValidator(_no_boolean)]
LongSeconds = Annotated[float, Field(ge=1, le=86400), BeforeValidator(_no_boolean)]


class _TomlTable(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Translated(_TomlTable):
    """A text in the three languages."""

    fi: Text
    sv: Text
    en: Text

    def by_language(self) -> dict[str, str]:
        """The texts by the language's code."""
        return {"fi": self.fi, "sv": self.sv, "en": self.en}


class PeriodTable(_TomlTable):
    """`[period]`."""

    id: PeriodId
    label: Text
    end: Day
    deadline: Day
    report_date: Day | None = None
    case_number: Name = ""
    section: Name = ""
    attachment: Name = ""
    previous: PeriodId | None = None

    def to_period(self) -> Period:
        """Returns the period as a value of the domain; the report date is the period's last day unless it is set."""
        return Period(
            id=self.id,
            label=self.label,
            end=self.end,
            deadline=self.deadline,
            report_date=self.report_date or self.end,
            case_number=self.case_number,
            previous=self.previous or "",
        )


class DegreeTable(_TomlTable):
    """One of `[[scale]]`."""

    value: Annotated[int, Field(strict=True, ge=1, le=9)]
    labels: Translated


class OverallStatusTable(_TomlTable):
    """One of `[[overall_statuses]]`."""

    words: Translated
    shape: Text
    colour: Colour
    attention: Annotated[bool, Field(strict=True)] | None = None

    def to_status(self, *, is_best: bool) -> OverallStatus:
        """Returns the status as a value of the domain; without the key all but the best need attention."""
        needs_attention = not is_best if self.attention is None else self.attention
        return OverallStatus(self.shape, self.colour.upper(), self.words.by_language(), needs_attention)


Levels = tuple[Text, Text, Text]


class LevelHeadings(_TomlTable):
    """The headings of the three levels in each language."""

    fi: Levels
    sv: Levels
    en: Levels


class NamesTable(_TomlTable):
    """The names of municipality, organ and period in a language; None: as in the first one."""

    municipality: Text | None = None
    organ: Text | None = None
    period: Text | None = None


class DivisionTable(_TomlTable):
    """One of `[[divisions]]`: what stands at the head of the division's extract."""

    name: Text
    organ: Name = ""
    case_number: Name = ""
    date: Day | None = None


class SettingsTable(_TomlTable):
    """Every key of seuranta.toml."""

    municipality: Text
    organ: Text
    languages: Annotated[tuple[Language, ...], Field(min_length=1)] = (Language.FINNISH,)
    identity: IdentityPolicy = IdentityPolicy.OPEN
    rollup: Rollup = Rollup.MEDIAN
    unowned_reporter: Name = ""
    quiet_seconds: Seconds = 2.0
    rescan_seconds: LongSeconds = 60.0
    state: FolderName = STATE_FOLDER
    extracts: tuple[ExtractOf, ...] = (ScopeKind.OFFICER, ScopeKind.DIVISION)
    pdf: Annotated[bool, Field(strict=True)] = True
    settled: SettledForm = SettledForm.SHORT
    plan_decision: Name = ""
    compiler: Name = ""
    period: PeriodTable
    level_headings: LevelHeadings
    scale: Annotated[tuple[DegreeTable, ...], Field(min_length=2)]
    overall_statuses: Annotated[tuple[OverallStatusTable, ...], Field(min_length=1)]
    names: dict[Language, NamesTable] = {}
    divisions: tuple[DivisionTable, ...] = ()

    @field_validator("scale")
    @classmethod
    def _rising(cls, scale: tuple[DegreeTable, ...]) -> tuple[DegreeTable, ...]:
        for number, (lower, higher) in enumerate(pairwise(scale), start=1):
            if lower.value >= higher.value:
                found = {"place": (number, "value"), "next": lower.value + 1}
                raise PydanticCustomError("not_rising", "not rising", found)
        return scale

    def to_settings(self) -> Settings:
        """Returns the settings as a value of the domain."""
        best, *others = self.overall_statuses
        statuses = best.to_status(is_best=True), *(table.to_status(is_best=False) for table in others)
        levels = self.level_headings
        return Settings(
            municipality=self.municipality,
            organ=self.organ,
            plan_decision=self.plan_decision,
            compiler=self.compiler,
            period=self.period.to_period(),
            degree_scale=Scale(tuple(Degree(table.value, table.labels.by_language()) for table in self.scale)),
            statuses=OverallStatuses(statuses),
            headings=make_headings(
                {Language.FINNISH: levels.fi, Language.SWEDISH: levels.sv, Language.ENGLISH: levels.en}
            ),
            languages=self.languages,
            identity=self.identity,
            rollup=self.rollup,
            unowned_reporter=self.unowned_reporter,
            quiet_seconds=self.quiet_seconds,
            rescan_seconds=self.rescan_seconds,
            state=self.state,
            extracts=self.extracts,
            pdf=self.pdf,
            settled=self.settled,
            section=self.period.section,
            attachment=self.period.attachment,
            names={language: self._names_in(language) for language in Language},
            divisions=tuple(Division(each.name, each.organ, each.case_number, each.date) for each in self.divisions),
            is_report_date_set=self.period.report_date is not None,
        )

    def _names_in(self, language: Language) -> Names:
        """Returns the names in a language; that of the period follows from the first language's, if it is not given."""
        given, period = self.names.get(language, NamesTable()), self.period
        is_other = language is not self.languages[0]
        derived = translated_period_name(period.label, period.end, language) if is_other else None
        return Names(given.municipality, given.organ, given.period or derived)


def read_settings(path: Path) -> Settings:
    """Reads seuranta.toml.

    Raises:
        SettingsError: there is no such file, it is not TOML, or a key is unknown, missing or not allowed; the message
            gives the key's dotted name (`period.end`, `scale.2.labels.fi`) and the advice what is allowed.
        FolderError: the file cannot be read.
    """
    if not path.exists():
        was_there = _default_state(path).is_dir()
        raise SettingsError(*(_GONE if was_there else _NO_WORKSPACE), path=path)
    with folder_errors(path):
        data = path.read_bytes()
    return decode_settings(data, path)


def decode_settings(data: bytes, path: Path) -> Settings:
    """Reads the settings from a file's bytes; `path` is named in errors, as by `read_settings`."""
    with suppress(UnicodeDecodeError):
        if "\0" not in (text := data.decode("utf-8")):
            return parse_settings(text, path)
    from generator.workspace.settings_faults import encoding_fault

    raise encoding_fault(data, path)


@dataclass(frozen=True, slots=True)
class IntakeSettings:
    """The settings that keeping saves needs: the state folder and seconds to wait. Broken settings give them too."""

    state: str = STATE_FOLDER
    quiet_seconds: float = 2.0
    rescan_seconds: float = 60.0
    period: str = ""


def read_intake_settings(path: Path) -> IntakeSettings:
    """Reads those settings however broken the file is, because saves are kept all the same.

    Raises:
        SettingsError: there is neither such a file nor a state folder beside it, so the folder is no workspace.
        FolderError: the file cannot be read.
    """
    try:
        settings = read_settings(path)
    except SeurantaError:
        if path.is_file():
            return _read_unparsed(path)
        if _default_state(path).is_dir():  # somebody has moved or renamed the settings of a workspace
            return IntakeSettings()
        raise
    return IntakeSettings(settings.state, settings.quiet_seconds, settings.rescan_seconds, settings.period.id)


def _default_state(path: Path) -> Path:
    return path.parent / IntakeSettings().state


def _read_unparsed(path: Path) -> IntakeSettings:
    try:
        data = path.read_bytes()
    except OSError:
        return IntakeSettings()
    text = data.decode("utf-16" if data[:2] in _UTF16_MARKS else "utf-8-sig", "replace")
    lines = {match[1]: match[2].strip() for match in _SIMPLE_LINE.finditer(text)}
    state = lines.get("state", "").strip("\"'“”„") or IntakeSettings().state
    quiet, rescan = (
        _seconds(lines.get(name, ""), getattr(IntakeSettings(), name)) for name in ("quiet_seconds", "rescan_seconds")
    )
    return IntakeSettings(state, quiet, rescan)


_SIMPLE_LINE = re.compile(
    r"""^(state|quiet_seconds|rescan_seconds)\s*=\s*("[^"\n]*"|'[^'\n]*'|[“”„][^“”\n]*[“”]|[0-9.]+)""", re.MULTILINE
)
_UTF16_MARKS = (BOM_UTF16_LE, BOM_UTF16_BE)


def _seconds(text: str, default: float) -> float:
    try:
        seconds = float(text)
    except ValueError:
        return default
    return min(seconds, 3600.0)


def parse_settings(text: str, path: Path) -> Settings:
    """Reads the settings from a text; `path` is named in errors, as by `read_settings`."""
    plain = text.lstrip("\ufeff").replace("\r\n", "\n")  # a file that was saved with a byte order mark, or with two
    try:
        return SettingsTable.model_validate(tomllib.loads(plain)).to_settings()
    except (tomllib.TOMLDecodeError, RecursionError, ValidationError) as error:
        raise _told(error, plain, path) from error


def _told(error: Exception, text: str, path: Path) -> SettingsError:
    """Returns the faults of a text that tomllib or pydantic refused, in our words."""
    # Imported only here, since settings are mostly right.
    from generator.workspace.settings_faults import toml_faults, value_faults

    if isinstance(error, ValidationError):
        faults = value_faults(map(_wrong_value, error.errors()), text, path)
    else:
        faults = toml_faults(text, path)
    return faults[0] if len(faults) == 1 else SettingsFaultsError(faults)


def _wrong_value(fault: ErrorDetails) -> "WrongValue":
    """Returns pydantic's finding about one key; items of a list are counted from 1."""
    from generator.workspace.settings_faults import A_LANGUAGE, NOT_RISING, WrongValue

    context = fault.get("ctx", {})
    place = (*fault["loc"], *context.get("place", ()))
    parts = (part for part in place if part != "[key]")  # pydantic's own word for a key of a table
    key = tuple(part + 1 if isinstance(part, int) else part for part in parts)
    if fault["type"] == "missing" and isinstance(place[-1], str):
        return WrongValue(key, None)
    if fault["type"] == "not_rising":
        return WrongValue(key, fault["input"], reason=NOT_RISING, example=f"value = {context['next']}")
    reason = A_LANGUAGE if "[key]" in place else ""
    return WrongValue(key, fault["input"], is_known=fault["type"] != "extra_forbidden", reason=reason)


_NO_WORKSPACE = (
    N_("{path}: there is no such file, so the folder is not a workspace."),
    N_("Name the workspace with --workspace DIR, or make one: seuranta init DIR"),
)
_GONE = (
    N_("{path}: the settings file is gone."),
    N_("Put the file back. Saves are kept meanwhile, and taken when it is there again."),
)
