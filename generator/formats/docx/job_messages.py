"""Jobs as messages between a program and its child that prints documents. A report's row is sent only once.

A row is known by its digest. The child keeps the rows that it got; one that has lost them asks for all again.
"""

import copyreg
import pickle
from collections.abc import Callable
from dataclasses import fields
from io import BytesIO
from operator import attrgetter
from types import MappingProxyType
from typing import Any

from generator.domain.output.movement import Movement
from generator.domain.output.report import Assessment, DegreeVoice, ReportRow, StatusVoice, Voice
from generator.domain.plan.goals import Goal

_MOST_ROWS = 20_000  # that the child keeps


class UnknownRowError(LookupError):
    """A message names a row that was never sent, or is not kept any more."""


class JobWriter:
    """Writes jobs as messages, and remembers which rows the child has."""

    def __init__(self) -> None:
        self._sent: set[str] = set()

    def write(self, job: object) -> bytes:
        """Writes a job as a message. A row that was sent before is replaced by its digest."""
        message = BytesIO()
        pickler = _RowPickler(message, frozenset(self._sent))
        pickler.dump(job)
        self._sent |= pickler.new
        return message.getvalue()

    def forget(self) -> None:
        """Makes the next message contain all rows again, because the child is new or has lost them."""
        self._sent = set()


class JobReader:
    """Reads the jobs of one child, and keeps their rows."""

    def __init__(self) -> None:
        self._rows: dict[str, ReportRow] = {}

    def read(self, message: bytes) -> Any:
        """Returns the job of a message.

        Raises:
            UnknownRowError: it names a row that is not kept.
        """
        return _RowUnpickler(BytesIO(message), self._rows).load()

    def keep(self, rows: tuple[ReportRow, ...]) -> None:
        """Keeps rows for later jobs. Too many are all dropped, and asked for again when they are needed."""
        if len(self._rows) > _MOST_ROWS:
            self._rows.clear()
        self._rows |= {row.digest: row for row in rows}


class _RowPickler(pickle.Pickler):
    """Replaces rows that earlier messages had by their keys. `pickle` itself writes a row only once in a message."""

    def __init__(self, message: BytesIO, sent: frozenset[str]) -> None:
        super().__init__(message, pickle.HIGHEST_PROTOCOL)
        self.dispatch_table = {**copyreg.dispatch_table, **_REDUCERS}
        self._sent = sent
        self.new: set[str] = set()

    def persistent_id(self, obj: object) -> str | None:
        if not isinstance(obj, ReportRow):
            return None
        if obj.digest in self._sent:
            return obj.digest
        self.new.add(obj.digest)
        return None


class _RowUnpickler(pickle.Unpickler):
    def __init__(self, message: BytesIO, rows: dict[str, ReportRow]) -> None:
        super().__init__(message)
        self._rows = rows

    def persistent_load(self, pid: str) -> ReportRow:
        try:
            return self._rows[pid]
        except KeyError as error:
            raise UnknownRowError(pid) from error


def _reducer(kind: type[Any]) -> Callable[[Any], tuple[type[Any], tuple[object, ...]]]:
    """Returns how `pickle` writes a dataclass with slots: by its fields. The built-in way is much slower."""
    values_of = attrgetter(*(field.name for field in fields(kind)))
    return lambda value: (kind, values_of(value))


# The classes that a row consists of. A report has tens of thousands of such objects.
_REDUCERS: dict[type, Callable[[Any], Any]] = {
    kind: _reducer(kind) for kind in (Goal, Voice, StatusVoice, DegreeVoice, Assessment, Movement)
}


# Python can send each value of a report to another process but its read-only dictionaries.
copyreg.pickle(MappingProxyType, lambda proxy: (_read_only, (dict(proxy),)))


def _read_only(values: dict[object, object]) -> MappingProxyType[object, object]:
    return MappingProxyType(values)
