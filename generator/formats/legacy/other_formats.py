"""Reads an .xls or .ods that anyone may have saved, in a child process that may die of it."""

import os
import re
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from threading import Event, Timer

from generator.domain.submission.answers import Unreadable, Workbook
from generator.formats.legacy.limits import READY
from generator.formats.legacy.wire import from_json

_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument.spreadsheet"
_MOST_OUTPUT = 64 * 2**20  # bytes: all the cells and characters that the child may answer, and their brackets


class ChildError(Exception):
    """The child process did not begin, or was ended from outside; this says nothing of the file."""


def read_other(data: bytes, *, seconds: float = 20.0, megabytes: int = 512) -> Workbook | Unreadable:
    """Reads what a saved .xls or .ods holds: filled cells, merges, hidden rows and columns.

    Args:
        data: The whole file. Nothing in it is trusted; which of the two it is, its first bytes say.
        seconds: How long the child may run.
        megabytes: How much memory the child may hold.

    Returns:
        The worksheets in tab order, hidden ones too, as `read_workbook` gives them; rows and columns 1-based. A date
        or time is a NUMBER in ISO form with a date's number format (`dd.mm.yyyy`). Of an .ods, a number's format is
        the text that its cell shows, each letter escaped. What was very hidden comes back from LibreOffice as hidden.
        Hidden rows and columns are those that hold cells. Or what stands in the way: `save-as-xlsx` (what is neither
        of the two, though its name may say so), `encrypted-workbook`, `damaged-workbook` (the part; an .xls has one),
        `too-large-workbook` (`time`, `memory`, `output`, `inflated_bytes …`, `cells 400000`, `characters 8000000`).

        What is lost without a word, all of it in .xls: custom properties; the texts of formulas (their results stand,
        but for one that no program has calculated, which looks like an empty text; Excel and LibreOffice always
        calculate); and a character outside the basic plane (an emoji) across the end of a record, every 8 kilobytes
        of text: two U+FFFD stand for it. In both formats, `01.10` typed as a number is the number `1.1`.

    Raises:
        ChildError: The child could not begin or was ended by somebody; a fault of the installation, not of the file.
        OSError: There is no child at all.
    """
    kind = _format(data)
    if kind is None:
        return Unreadable("save-as-xlsx", "ods" if _OPEN_DOCUMENT in data[:4096] else repr(data[:8]))
    program = (sys.executable, "-P", "-s", "-m", "generator.formats.legacy.calamine_child")
    limits = (str(megabytes), str(ceil(seconds) + 1))
    ended = run_bounded((*program, kind, *limits), data, seconds=seconds, most=_MOST_OUTPUT)
    return answer_of(ended, "content.xml" if kind == "ods" else kind)


def _format(data: bytes) -> str | None:
    if data.startswith(bytes.fromhex("D0CF11E0A1B11AE1")):
        return "xls"
    is_zip = data.startswith((b"PK\x03\x04", b"PK\x05\x06"))
    return "ods" if is_zip and _OPEN_DOCUMENT in data[:512] else None  # its type stands near the top


@dataclass(frozen=True, slots=True)
class Ended:
    """How a process ended: what it wrote, its exit code (below zero: the signal), and the limit that stopped it."""

    output: bytes
    code: int
    stopped: str = ""


def run_bounded(command: Sequence[str], data: bytes, *, seconds: float, most: int) -> Ended:
    """Runs a process that reads all of `data` before it writes, and stops it after so many seconds or bytes (`most`).

    It gets no terminal, no open file, and no environment but what finds it this process's modules. What it says of
    errors is part of its output.
    """
    late = Event()
    with _begin(command) as child:
        timer = Timer(seconds, _stop, (child, late))
        timer.start()
        try:
            output = _exchange(child, data, most)
            if len(output) <= most:
                child.wait()
        finally:
            timer.cancel()
            child.kill()
    return Ended(output, child.returncode, "time" if late.is_set() else "output" if len(output) > most else "")


if sys.platform == "win32":
    _NO_WINDOW = subprocess.CREATE_NO_WINDOW
else:
    _NO_WINDOW = 0


def _begin(command: Sequence[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=_environment(),
        close_fds=True,
        start_new_session=True,  # Ctrl-C is for the parent, which then ends the child
        creationflags=_NO_WINDOW,
    )


def _environment() -> dict[str, str]:
    """Nothing but this process's own module path, and what its interpreter and Windows cannot start without.

    Neither `-I` nor the bare environment would do: modules of a user's own site and of a checkout are not found then.
    """
    paths = dict.fromkeys([*filter(None, sys.path), str(Path(__file__).parents[2])])
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "LD_LIBRARY_PATH") if name in os.environ}
    return kept | {"PYTHONPATH": os.pathsep.join(paths)}


def _stop(child: subprocess.Popen[bytes], late: Event) -> None:
    late.set()
    child.kill()


def _exchange(child: subprocess.Popen[bytes], data: bytes, most: int) -> bytes:
    """Hands the data over and reads one byte more than is allowed, at most."""
    if child.stdin is None or child.stdout is None:
        raise ChildError("no pipes")
    with suppress(OSError), child.stdin as sink:  # a child that has died takes no more
        sink.write(data)
    return child.stdout.read(most + 1)


# An allocation that fails in Rust, and one in Python that nothing caught.
_OUT_OF_MEMORY = re.compile(rb"^(?:memory allocation of \d+ bytes failed|MemoryError\s*$)", re.MULTILINE)
_KILLED = -9  # SIGKILL, and not ours: the system's own guard of the memory
_BY_SOMEBODY = {-1, -2, -15}  # SIGHUP, SIGINT, SIGTERM


def answer_of(ended: Ended, part: str) -> Workbook | Unreadable:
    """What a child that ended so has said of the file, or what its death says; `part` is what is then damaged."""
    if not ended.output.startswith(READY):  # nothing of the file has been read, so this may go to the log
        raise ChildError(f"exit code {ended.code}: {ended.output[-2000:].decode('utf-8', 'replace')}")
    if ended.code in _BY_SOMEBODY:
        raise ChildError(f"ended by signal {-ended.code}")
    if ended.stopped:
        return Unreadable("too-large-workbook", ended.stopped)
    if ended.code == 0:
        return from_json(ended.output.rpartition(b"\n")[2])
    if ended.code == _KILLED or _OUT_OF_MEMORY.search(ended.output):
        return Unreadable("too-large-workbook", "memory")
    return Unreadable("damaged-workbook", part)
