"""Reads the files that version 0.1.0 kept beside its journal: decisions (acts.jsonl), our files (placed.jsonl)."""

from pathlib import Path
from typing import Any

from generator.disk.safe_write import folder_errors, read_records
from generator.store.records import PlacedFiles, Record, record_of

ACTS, PLACED, TAKEN_OVER = "acts.jsonl", "placed.jsonl", ".taken-over"
# How many saves had been taken: only the ledger knew it, and from now on the journal does.
_LEFT_OUT = "taken"


def old_records(archive: Path, state: Path) -> tuple[Record, ...]:
    """The records of 0.1.0 that have not been taken over, in their order; () where there are none.

    Raises:
        FolderError: a file cannot be read, or a line of it is broken.
    """
    acts = tuple(act for act in read_records(archive / ACTS, _act) if act is not None)
    placed = read_records(state / PLACED, _placed)
    return (*acts, *((PlacedFiles(placed),) if placed else ()))


def put_old_records_aside(archive: Path, state: Path) -> None:
    """Renames the files of 0.1.0, so that they are not taken over again."""
    for file in (archive / ACTS, state / PLACED):
        with folder_errors(file):
            if file.exists():
                file.replace(file.with_name(file.name + TAKEN_OVER))


def _act(line: Any) -> Record | None:
    values = dict(line)
    kind = values.pop("act")
    return None if kind == _LEFT_OUT else record_of(kind, values)


def _placed(line: Any) -> tuple[str, str]:
    entry = line["path"], line["digest"]
    if not all(isinstance(part, str) for part in entry):
        raise TypeError("not an entry of the record")
    return entry
