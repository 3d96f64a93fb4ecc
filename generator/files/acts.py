"""What people decided and what passes took of it, an append-only record: no other file could tell it again."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeAlias

from generator.domain.matters import MatterKind, Unheard
from generator.domain.merge import Acceptance, Decision
from generator.files.atomic import append_records, folder_errors, read_records


@dataclass(frozen=True, slots=True)
class Final:
    """A report made final: of which period, by whom, when (ISO 8601) and why; `contents` is the digest of what it says.

    `because` is the reason given while something was missing or undecided, an empty string where nothing was; `key` is
    that of the choice in the workbook of decisions, an empty string where it was made by command.
    """

    period: str
    contents: str
    who: str
    time: str
    because: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Wished:
    """That a choice to make the report final has been taken, and the digest of what the report was then made from."""

    period: str
    key: str
    inputs: str
    time: str


@dataclass(frozen=True, slots=True)
class HeardWorkbook:
    """That the choices of a workbook of decisions have been entered, by the digest of its bytes."""

    period: str
    digest: str
    time: str


@dataclass(frozen=True, slots=True)
class Taken:
    """That all saves up to this journal sequence have been taken, so that what comes later is known when it comes."""

    period: str
    last: int


@dataclass(frozen=True, slots=True)
class PlanInUse:
    """That a period is reported by this plan from now on; its record lies in the archive by its digest.

    `first` is the journal sequence of the first save that is held against it; `previous` is the id of the period before
    (an empty string: none).
    """

    period: str
    digest: str
    time: str
    first: int
    previous: str


Act: TypeAlias = Decision | Acceptance | Unheard | HeardWorkbook | Wished | Final | Taken | PlanInUse


class Acts:
    """Decisions, finals and what passes have taken, one JSON line each, in the order in which they were made."""

    def __init__(self, record: Path) -> None:
        self._record = record

    def decisions(self, period: str) -> tuple[Decision | Acceptance, ...]:
        """The decisions and acceptances of a period, the latest last.

        Raises:
            FolderError: the record cannot be read, or a line of it is broken.
        """
        return tuple(act for act in self._all() if isinstance(act, Decision | Acceptance) and act.period == period)

    def unheard(self, period: str) -> tuple[Unheard, ...]:
        """The choices that could not be carried out and that nothing has been decided about since."""
        found: list[Unheard] = []
        for act in self._all():
            about = _matter_of(act)
            if act.period == period and about:
                found = [each for each in found if each.code != about.code or each.kind not in ("", about.kind)]
                found += [act] if isinstance(act, Unheard) else []
        return tuple(found)

    def wish(self, period: str, key: str) -> Wished | None:
        """The last wish that was taken from the workbook under this key; None where it is a new one."""
        wishes = (act for act in self._all() if isinstance(act, Wished) and act.period == period)
        return next((wish for wish in reversed(tuple(wishes)) if wish.key == key), None)

    def has_heard(self, digest: str) -> bool:
        """Whether the choices of this workbook have been entered."""
        return any(isinstance(act, HeardWorkbook) and act.digest == digest for act in self._all())

    def last_taken(self) -> int:
        """The journal sequence of the last save that a pass has taken; 0 where none has."""
        return max((act.last for act in self._all() if isinstance(act, Taken)), default=0)

    def last_final(self, period: str) -> Final | None:
        """The latest finalisation of a period; None where it is a draft."""
        finals = [act for act in self._all() if isinstance(act, Final) and act.period == period]
        return finals[-1] if finals else None

    def plans(self, period: str) -> tuple[PlanInUse, ...]:
        """The plans by which a period was reported, the latest last."""
        return tuple(act for act in self._all() if isinstance(act, PlanInUse) and act.period == period)

    def add(self, *acts: Act) -> None:
        """Adds acts, on the disk when this returns."""
        with folder_errors(self._record):
            self._record.parent.mkdir(parents=True, exist_ok=True)
            append_records(self._record, ({"act": _NAMES[type(act)], **asdict(act)} for act in acts))

    def _all(self) -> tuple[Act, ...]:
        return read_records(self._record, _act)


_KINDS: dict[str, type[Act]] = {
    "decide": Decision,
    "accept": Acceptance,
    "unheard": Unheard,
    "heard": HeardWorkbook,
    "wish": Wished,
    "taken": Taken,
    "finalize": Final,
    "plan": PlanInUse,
}
_NAMES = {kind: name for name, kind in _KINDS.items()}


@dataclass(frozen=True, slots=True)
class _About:
    """The goal (an empty string: the report) and the kind of matter that an act is about."""

    code: str
    kind: str


def _matter_of(act: Act) -> _About | None:
    if isinstance(act, Unheard):
        return _About(act.code, act.kind)
    if isinstance(act, Decision):
        return _About(act.code, MatterKind.DISAGREEMENT.value)
    if isinstance(act, Acceptance):
        return _About(act.code, MatterKind.MISSING.value)
    return _About("", MatterKind.FINALIZE.value) if isinstance(act, Final) else None


_NUMBERS = ("first", "last")


def _act(record: Any) -> Act:
    kind = _KINDS[record["act"]]
    values = {name: value for name, value in record.items() if name != "act"}
    if not all(isinstance(value, int if name in _NUMBERS else str) for name, value in values.items()):
        raise TypeError("not an act")
    return kind(**values)
