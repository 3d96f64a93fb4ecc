"""What people decided, as an append-only record beside the journal: it cannot be made anew from any file."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from generator.domain.merge import Decision
from generator.files.atomic import append_records, folder_errors, read_records


@dataclass(frozen=True, slots=True)
class Final:
    """A report made final: of which period, by whom, when (ISO 8601) and why; `inputs` is what it was made from.

    `because` is the reason given while something was missing or undecided, an empty string where nothing was.
    """

    period: str
    inputs: str
    who: str
    time: str
    because: str


class Acts:
    """Decisions and finalisations, one JSON line each, in the order in which they were made."""

    def __init__(self, record: Path) -> None:
        self._record = record

    def decisions(self, period: str) -> tuple[Decision, ...]:
        """The decisions of a period, the latest last.

        Raises:
            FolderError: the record cannot be read, or a line of it is broken.
        """
        return tuple(act for act in self._all() if isinstance(act, Decision) and act.period == period)

    def last_final(self, period: str) -> Final | None:
        """The latest finalisation of a period; None where it is a draft."""
        finals = [act for act in self._all() if isinstance(act, Final) and act.period == period]
        return finals[-1] if finals else None

    def add(self, *acts: Decision | Final) -> None:
        """Adds acts, on the disk when this returns."""
        with folder_errors(self._record):
            self._record.parent.mkdir(parents=True, exist_ok=True)
            append_records(self._record, ({"act": _NAMES[type(act)], **asdict(act)} for act in acts))

    def _all(self) -> tuple[Decision | Final, ...]:
        return read_records(self._record, _act)


_KINDS: dict[str, type[Decision] | type[Final]] = {"decide": Decision, "finalize": Final}
_NAMES = {kind: name for name, kind in _KINDS.items()}


def _act(record: Any) -> Decision | Final:
    kind = _KINDS[record["act"]]
    values = {name: value for name, value in record.items() if name != "act"}
    if not all(isinstance(value, str) for value in values.values()):
        raise TypeError("not an act")
    return kind(**values)
