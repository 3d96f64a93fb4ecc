"""Reads seuranta.toml; a value that is not allowed is refused by the key's dotted name."""

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator
from pydantic_core import ErrorDetails, PydanticCustomError

from generator.disk.safe_write import folder_errors
from generator.domain.base.period import Period
from generator.domain.base.rule import N_
from generator.domain.base.scale import Degree, OverallStatus, OverallStatuses, Scale
from generator.domain.base.settings import Division, IdentityPolicy, Language, Names, Rollup, ScopeKind, Settings
from generator.domain.base.text import is_clean
from generator.errors import SettingsError, SeurantaError
from generator.i18n.words import make_headings


def _printable(text: str) -> str:
    if not is_clean(text):
        raise PydanticCustomError("unprintable", "text without control characters")
    return text


Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True), AfterValidator(_printable)]
Name = Annotated[str, StringConstraints(strip_whitespace=True), AfterValidator(_printable)]
# A period's id names files and folders, on Windows too.
PeriodId = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-zÅÄÖåäö][0-9A-Za-zÅÄÖåäö_-]*$", max_length=40)]
Colour = Annotated[str, StringConstraints(pattern=r"^[0-9A-Fa-f]{6}$")]
ExtractOf = Literal[ScopeKind.OFFICER, ScopeKind.DIVISION]
Seconds = Annotated[float, Field(ge=0, le=3600, allow_inf_nan=False)]


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
    end: date
    deadline: date
    report_date: date | None = None
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


Day = date  # a field of that name hides the class


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
    rescan_seconds: Annotated[float, Field(ge=1, le=86400)] = 60.0
    state: Text = ".seuranta"
    extracts: tuple[ExtractOf, ...] = (ScopeKind.OFFICER, ScopeKind.DIVISION)
    pdf: Annotated[bool, Field(strict=True)] = True
    plan_decision: Name = ""
    period: PeriodTable
    level_headings: LevelHeadings
    scale: Annotated[tuple[DegreeTable, ...], Field(min_length=2)]
    overall_statuses: Annotated[tuple[OverallStatusTable, ...], Field(min_length=1)]
    names: dict[Language, NamesTable] = {}
    divisions: tuple[DivisionTable, ...] = ()

    @model_validator(mode="after")
    def _one_of_each(self) -> "SettingsTable":
        values = [degree.value for degree in self.scale]
        if values != sorted(set(values)):
            raise ValueError("scale: each value once, from the lowest to the highest")
        return self

    def to_settings(self) -> Settings:
        """Returns the settings as a value of the domain."""
        statuses = (
            OverallStatus(table.shape, table.colour.upper(), table.words.by_language())
            for table in self.overall_statuses
        )
        levels = self.level_headings
        return Settings(
            municipality=self.municipality,
            organ=self.organ,
            plan_decision=self.plan_decision,
            period=self.period.to_period(),
            degree_scale=Scale(tuple(Degree(table.value, table.labels.by_language()) for table in self.scale)),
            statuses=OverallStatuses(tuple(statuses)),
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
            section=self.period.section,
            attachment=self.period.attachment,
            names={
                language: Names(names.municipality, names.organ, names.period) for language, names in self.names.items()
            },
            divisions=tuple(Division(each.name, each.organ, each.case_number, each.date) for each in self.divisions),
        )


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
    try:
        return parse_settings(data.decode("utf-8-sig"), path)
    except UnicodeDecodeError as error:
        raise SettingsError(_NOT_TOML, _SAVE_AS_UTF8, path=path, error=error) from error


@dataclass(frozen=True, slots=True)
class IntakeSettings:
    """The settings that keeping saves needs: the state folder and seconds to wait. Broken settings give them too."""

    state: str = ".seuranta"
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
        text = path.read_bytes().decode("utf-8-sig", "replace")
    except OSError:
        return IntakeSettings()
    lines = {match[1]: match[2].strip() for match in _SIMPLE_LINE.finditer(text)}
    state = lines.get("state", "").strip("\"'") or IntakeSettings().state
    quiet, rescan = (
        _seconds(lines.get(name, ""), getattr(IntakeSettings(), name)) for name in ("quiet_seconds", "rescan_seconds")
    )
    return IntakeSettings(state, quiet, rescan)


_SIMPLE_LINE = re.compile(
    r"""^(state|quiet_seconds|rescan_seconds)\s*=\s*("[^"\n]*"|'[^'\n]*'|[0-9.]+)""", re.MULTILINE
)


def _seconds(text: str, default: float) -> float:
    try:
        seconds = float(text)
    except ValueError:
        return default
    return min(seconds, 3600.0)


def parse_settings(text: str, path: Path) -> Settings:
    """Reads the settings from a text; `path` is named in errors, as by `read_settings`."""
    try:
        return SettingsTable.model_validate(tomllib.loads(text)).to_settings()
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(_NOT_TOML, _MEND_LINE, path=path, error=error) from error
    except ValidationError as error:
        faults = "\n".join(f"  {_key(fault)}: {_read(fault)}" for fault in error.errors())
        allowed = "\n".join(f"  {_key(fault)}: {_allowed(fault)}" for fault in error.errors())
        raise SettingsError(_REFUSED, _ALLOWED, path=path, faults=faults, allowed=allowed) from error


_NO_WORKSPACE = (
    N_("{path}: there is no such file, so the folder is not a workspace."),
    N_("Name the workspace with --workspace DIR, or make one: seuranta init DIR"),
)
_GONE = (
    N_("{path}: the settings file is gone."),
    N_("Put the file back. Saves are kept meanwhile, and taken when it is there again."),
)
_NOT_TOML = N_("{path}: the file is not readable as TOML: {error}")
_SAVE_AS_UTF8 = N_("Save the file as UTF-8.")
_MEND_LINE = N_("Mend the line that the message names.")
_REFUSED = N_("{path}: these settings are not allowed:\n{faults}")
_ALLOWED = N_("Allowed are:\n{allowed}")


def _key(fault: ErrorDetails) -> str:
    """Returns a key like `scale.2.value`: items of a list are counted from 1."""
    parts = (part for part in fault["loc"] if part != "[key]")  # pydantic's own word for a key of a table
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in parts) or "seuranta.toml"


def _read(fault: ErrorDetails) -> str:
    if fault["type"] == "missing":
        return "–"
    text = str(fault["input"])
    return text if len(text) <= 60 else text[:59] + "…"


def _allowed(fault: ErrorDetails) -> str:
    if fault["type"] == "extra_forbidden":
        return ", ".join(_table_of(fault["loc"]).model_fields)
    # A member of an enumeration is shown by its value, as it is typed: 'officer'.
    return _MEMBER.sub(r"\1", str(fault.get("ctx", {}).get("expected", fault["msg"])))


_MEMBER = re.compile(r"<\w+\.\w+: ('[^']*')>")


def _table_of(place: tuple[int | str, ...]) -> type[BaseModel]:
    """Returns the table class of a key: for `names.sv.foo`, `NamesTable`."""
    table: type[BaseModel] = SettingsTable
    for part in place[:-1]:
        field = table.model_fields.get(str(part))
        inner = _inner_table(field.annotation) if field else None
        table = inner or table
    return table


def _inner_table(annotation: Any) -> type[BaseModel] | None:
    """Returns the table class in an annotation: `DegreeTable` in `tuple[DegreeTable, ...]`; None if there is none."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((table for part in get_args(annotation) if (table := _inner_table(part))), None)
