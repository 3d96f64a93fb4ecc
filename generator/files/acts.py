"""What people decided and which plans they used, an append-only record: no other file could tell it again."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeAlias

from generator.domain.matters import Unheard
from generator.domain.merge import Acceptance, Decision
from generator.files.atomic import append_records, folder_errors, read_records


@dataclass(frozen=True, slots=True)
class Final:
    """A report made final: of which period, by whom, when (ISO 8601) and why; `contents` is the digest of what it says.

    `because` is the reason given while something was missing or undecided, an empty string where nothing was.
    """

    period: str
    contents: str
    who: str
    time: str
    because: str


@dataclass(frozen=True, slots=True)
class PlanInUse:
    """That a period is reported by this plan from now on; its record lies in the archive by its digest."""

    period: str
    digest: str
    time: str


Act: TypeAlias = Decision | Acceptance | Unheard | Final | PlanInUse


class Acts:
    """Decisions, finalisations and changes of the plan, one JSON line each, in the order in which they were made."""

    def __init__(self, record: Path) -> None:
        self._record = record

    def decisions(self, period: str) -> tuple[Decision | Acceptance, ...]:
        """The decisions and acceptances of a period, the latest last.

        Raises:
            FolderError: the record cannot be read, or a line of it is broken.
        """
        return tuple(act for act in self._all() if isinstance(act, Decision | Acceptance) and act.period == period)

    def unheard(self, period: str) -> Mapping[str, Unheard]:
        """Of each goal the choice that could not be carried out, if nothing has been decided since, by its code.

        The code is an empty string where the choice was to make the report final.
        """
        found: dict[str, Unheard] = {}
        for act in self._all():
            code = "" if isinstance(act, Final) else getattr(act, "code", None)
            if act.period == period and code is not None:
                found.pop(code, None)
                found |= {code: act} if isinstance(act, Unheard) else {}
        return MappingProxyType(found)

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
    "finalize": Final,
    "plan": PlanInUse,
}
_NAMES = {kind: name for name, kind in _KINDS.items()}


def _act(record: Any) -> Act:
    kind = _KINDS[record["act"]]
    values = {name: value for name, value in record.items() if name != "act"}
    if not all(isinstance(value, str) for value in values.values()):
        raise TypeError("not an act")
    return kind(**values)
