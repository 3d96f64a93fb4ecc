"""Answers `seuranta run` at once if the run before found nothing to do and nothing has changed since.

What a run does and says follows from what is in the workspace, from the program, from where LibreOffice is, and from
the day. A run that changed nothing, not even its own state, would do nothing and say the same on the same files. Its
answer is kept in the state folder, with the digest of all this. A lost or damaged record costs one full run.

This module is imported before everything else, so it imports almost nothing.
"""

import json
import sys
import time
import tomllib
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
    """What a run's answer follows from; `taken` is when it was looked at, in ns since 1970.

    `form` says in which language and form the answer is asked for; `others` is what is no file of the workspace.
    """

    root: Path
    form: tuple[str, ...]
    state: Path
    stamps: dict[str, FileStamp]
    others: tuple[str, ...]
    taken: int

    @property
    def key(self) -> str:
        """The same for the same inputs, at any time of the day."""
        return sha256(
            repr((str(self.root), self.form, self.others, sorted(self.stamps.items()))).encode(
                "utf-8", "backslashreplace"
            )
        ).hexdigest()


def look_at_inputs(root: Path, form: tuple[str, ...]) -> RunInputs | None:
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
    return RunInputs(root, form, state, stamps, (day, str(find_soffice()), *_libraries()), taken)


def kept_answer(inputs: RunInputs) -> str | None:
    """Returns what the run on these inputs would print; None if that is not known."""
    try:
        record = json.loads((inputs.state / _RECORD).read_bytes())
        return str(record["answer"]) if record["key"] == inputs.key else None
    except (OSError, LookupError, TypeError, ValueError):
        return None


def keep_answer(before: RunInputs, answer: str) -> None:
    """Keeps what a run printed that found nothing to do, if nothing has changed since it began."""
    after = look_at_inputs(before.root, before.form)
    # A change right before the run, or during it, may leave no trace in the times.
    if after is None or after.key != before.key or changed_lately(before.stamps, before.taken):
        return
    from generator.disk.safe_write import replace_file

    with suppress(OSError):
        replace_file(before.state / _RECORD, json.dumps({"key": before.key, "answer": answer}).encode())


def _libraries() -> tuple[str, ...]:
    """Python's version, and when a library was last installed beside it."""
    folders = (Path(entry) for entry in sys.path if entry.endswith(("site-packages", "dist-packages")))
    return sys.version, *(str(folder.stat().st_mtime_ns) for folder in folders if folder.is_dir())
