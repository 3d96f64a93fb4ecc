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
from collections.abc import Iterable, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from generator.disk.digests import digest_of
from generator.disk.stamps import FileStamp, UnprovableError, changed_lately, stamps_of
from generator.formats.pdf.soffice import find_soffice

_RECORD = "nothing-new.json"
_INPUTS = ("seuranta.toml", "plan.xlsx", "templates", "inbox", "outbox")
# Files of the state folder that change with each run, and tell nothing about the workspace.
_NO_INPUTS = (_RECORD, "lock", "archive/journal.lock")
_PROGRAM = Path(__file__).parent.parent


class RunInputs(NamedTuple):
    """Everything that the answers follow from.

    `recent` are files that were changed right before, with the digests of their content: their stamps are no proof.
    `others` is what is no file of the workspace or of the program.
    """

    root: Path
    state: Path
    stamps: dict[str, FileStamp]
    recent: dict[str, str]
    others: tuple[str, ...]

    @property
    def key(self) -> str:
        """The same for the same inputs, at any time of the day."""
        inputs = (str(self.root), self.others, sorted(self.recent.items()), sorted(self.stamps.items()))
        return sha256(json.dumps(inputs).encode("ascii")).hexdigest()


def look_at_inputs(root: Path) -> RunInputs | None:
    """Looks at everything that a run depends on; None if its answer cannot be foretold."""
    return _look(root, _state(root), None)


def kept_answer(root: Path, asked: str) -> str | None:
    """Returns what a command would print now; None if that is not known.

    Args:
        asked: the command, and the form of its answer.
    """
    state = _state(root)
    try:
        record = json.loads((state / _RECORD).read_bytes()) if state else {}
        answer, inputs = str(record["answers"][asked]), _look(root, state, record["recent"])
        return answer if inputs and inputs.key == record["key"] else None
    except (OSError, LookupError, TypeError, ValueError):
        return None


def keep_answers(before: RunInputs, answers: Mapping[str, str]) -> None:
    """Keeps the answers after a run that found nothing to do, if nothing has changed since it began.

    Args:
        before: what it depended on when it began.
        answers: what each command would print.
    """
    after = _look(before.root, _state(before.root), before.recent)
    if after is None or after.key != before.key:
        return
    from generator.disk.safe_write import replace_file

    record = {"key": before.key, "recent": list(before.recent), "answers": answers}
    with suppress(OSError):
        replace_file(before.state / _RECORD, json.dumps(record).encode())


def _state(root: Path) -> Path | None:
    """The state folder; None if the settings do not tell it."""
    try:
        settings = tomllib.loads((root / "seuranta.toml").read_text(encoding="utf-8-sig"))
        place = settings.get("state", ".seuranta")
        return None if place.startswith("postgresql:") else root.absolute() / Path(place).expanduser()
    except (AttributeError, OSError, RuntimeError, TypeError, ValueError):
        return None


def _look(root: Path, state: Path | None, recent: Iterable[str] | None) -> RunInputs | None:
    """Looks at all inputs; `recent` files by their content, too (None: those that were changed right before)."""
    if state is None:
        return None
    now, root = time.time_ns(), root.absolute()
    folders, no_inputs = [root / name for name in _INPUTS], [str(state / name) for name in _NO_INPUTS]
    try:
        stamps = stamps_of(_PROGRAM, without=("__pycache__",)) | stamps_of(*folders, state, without=no_inputs)
        user = str(Path.home())
    except (RuntimeError, UnprovableError):
        return None
    recent = changed_lately(stamps, now) if recent is None else recent
    day = time.strftime("%Y-%m-%d %z", time.localtime(now // 10**9))
    digests = {path: digest_of(Path(path)) for path in recent}
    return RunInputs(root, state, stamps, digests, (day, user, str(find_soffice()), *_libraries()))


def _libraries() -> tuple[str, ...]:
    """Python's version, and when a library was last installed beside it."""
    folders = (Path(entry) for entry in sys.path if entry.endswith(("site-packages", "dist-packages")))
    return sys.version, *(str(folder.stat().st_mtime_ns) for folder in folders if folder.is_dir())
