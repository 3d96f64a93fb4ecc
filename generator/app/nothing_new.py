"""Answers `seuranta run` and `seuranta status` at once if nothing has changed since a run that found nothing to do.

What they say follows from what is in the workspace, from the program, from where LibreOffice is, and from the day. A
run that changed nothing, not even its own state, would do nothing and say the same on the same files. What it said, and
what `status` says then, is kept in the state folder with the digest of all this. Without the record, or with a damaged
one, the commands do their whole work.

This module is imported before everything else, so it imports almost nothing.
"""

import json
import sys
import time
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from generator.disk.stamps import FileStamp, UnprovableError, changed_lately, stamps_of
from generator.formats.pdf.soffice import find_soffice

_RECORD = "nothing-new.json"
# Files that change with each run, and tell nothing about the workspace.
_NO_INPUTS = (_RECORD, "lock", "journal.lock", "__pycache__")
_PROGRAM = Path(__file__).parent.parent


class RunInputs(NamedTuple):
    """Everything that the answers follow from; `taken` is when it was looked at, in ns since 1970.

    `others` is what is no file of the workspace or of the program.
    """

    root: Path
    state: Path
    stamps: dict[str, FileStamp]
    others: tuple[str, ...]
    taken: int

    @property
    def key(self) -> str:
        """The same for the same inputs, at any time of the day."""
        inputs = (str(self.root), self.others, sorted(self.stamps.items()))
        return sha256(repr(inputs).encode("utf-8", "backslashreplace")).hexdigest()


def look_at_inputs(root: Path) -> RunInputs | None:
    """Looks at everything that a run depends on; None if its answer cannot be foretold."""
    taken, root = time.time_ns(), root.absolute()
    try:
        settings = tomllib.loads((root / "seuranta.toml").read_text(encoding="utf-8-sig"))
        state = root / Path(settings.get("state", ".seuranta")).expanduser()
        names = ("seuranta.toml", "plan.xlsx", "templates", "inbox", "outbox")
        stamps = stamps_of(*(root / name for name in names), state, _PROGRAM, without=_NO_INPUTS)
    except (OSError, RuntimeError, TypeError, ValueError, UnprovableError):
        return None
    day = time.strftime("%Y-%m-%d %z", time.localtime(taken // 10**9))
    return RunInputs(root, state, stamps, (day, str(find_soffice()), *_libraries()), taken)


def kept_answer(root: Path, asked: str) -> str | None:
    """Returns what a command would print now; None if that is not known.

    Args:
        asked: the command, and the form of its answer.
    """
    inputs = look_at_inputs(root)
    try:
        record = json.loads((inputs.state / _RECORD).read_bytes()) if inputs else {}
        return str(record["answers"][asked]) if inputs and record["key"] == inputs.key else None
    except (OSError, LookupError, TypeError, ValueError):
        return None


def keep_answers(before: RunInputs, answers: Mapping[str, str]) -> None:
    """Keeps the answers after a run that found nothing to do, if nothing has changed since it began.

    Args:
        before: what it depended on when it began.
        answers: what each command would print.
    """
    after = look_at_inputs(before.root)
    # A change right before the run, or during it, may leave no trace in the times.
    if after is None or after.key != before.key or changed_lately(before.stamps, before.taken):
        return
    from generator.disk.safe_write import replace_file

    with suppress(OSError):
        replace_file(before.state / _RECORD, json.dumps({"key": before.key, "answers": answers}).encode())


def _libraries() -> tuple[str, ...]:
    """Python's version, and when a library was last installed beside it."""
    folders = (Path(entry) for entry in sys.path if entry.endswith(("site-packages", "dist-packages")))
    return sys.version, *(str(folder.stat().st_mtime_ns) for folder in folders if folder.is_dir())
