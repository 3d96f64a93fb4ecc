"""Reads an .xls or .ods from anyone, in a child process that may die of it."""

import re
import sys

from generator.domain.submission.workbook import Unreadable, Workbook
from generator.formats.legacy.limits import READY
from generator.formats.legacy.wire import from_json
from generator.formats.opc.open_document import is_open_spreadsheet
from generator.formats.process.bounded import TIME, Ended, module_environment, run_bounded

_MOST_OUTPUT = 64 * 2**20  # bytes: all the cells and characters that the child may answer, and their brackets


class ChildError(Exception):
    """The child process did not start, or was ended from outside, which tells nothing about the file."""


def read_other(data: bytes, *, seconds: float = 20.0, work: int = 2, megabytes: int = 300) -> Workbook | Unreadable:
    """Reads what a saved .xls or .ods holds: filled cells, merges, hidden rows and columns.

    Args:
        data: The whole file. Nothing in it is trusted; which of the two it is, its first bytes say.
        seconds: How long the child may run.
        work: How many seconds of that it may compute.
        megabytes: How much memory the child may hold.

    Returns:
        The worksheets in tab order, hidden ones too, as `read_workbook` gives them; rows and columns 1-based. Of an
        .ods, a date or time is a NUMBER in ISO form with a date's number format (`dd.mm.yyyy`), and a number's format
        is the text that its cell shows, each letter escaped. What was very hidden comes back from LibreOffice as
        hidden. Hidden rows and columns are those with cells. Or the reason why not: `not-a-workbook` (neither
        of the two), `encrypted-workbook`, `damaged-workbook` (the part; an .xls has one), `too-large-workbook` (`time`,
        `memory`, `output`, `inflated_bytes …`, `cells 400000`, `characters 8000000`).

        What is lost without a word, all of it in .xls: custom properties, and the texts of formulas (their results
        stand, but for one that no program has calculated, which looks like an empty text; Excel and LibreOffice always
        calculate). In both formats, `01.10` typed as a number is the number `1.1`.

    Raises:
        ChildError: The child could not begin or was ended by somebody; a fault of the installation, not of the file.
        OSError: There is no child at all.
    """
    kind = _format(data)
    if kind is None:
        return Unreadable("not-a-workbook", "other")
    program = (sys.executable, "-P", "-s", "-m", "generator.formats.legacy.child")
    limits = (str(megabytes), str(work))
    ended = run_bounded(
        (*program, kind, *limits),
        seconds=seconds,
        given=data,
        environment=module_environment(),
        max_output=_MOST_OUTPUT,
    )
    if ended is None:
        raise ChildError("given up")
    return answer_of(ended, "content.xml" if kind == "ods" else kind)


def _format(data: bytes) -> str | None:
    if data.startswith(bytes.fromhex("D0CF11E0A1B11AE1")):
        return "xls"
    return "ods" if is_open_spreadsheet(data) else None


_OUT_OF_MEMORY = re.compile(rb"^MemoryError\s*$", re.MULTILINE)
_KILLED = -9  # SIGKILL, and not ours: the system's own guard of the memory
_WORKED_TOO_LONG = -24  # SIGXCPU
_BY_SOMEBODY = {-1, -2, -15}  # SIGHUP, SIGINT, SIGTERM


def answer_of(ended: Ended, part: str) -> Workbook | Unreadable:
    """Returns what the child said about the file, or what its death means; `part` is then called damaged."""
    if not ended.output.startswith(READY):  # nothing of the file has been read, so this may go to the log
        raise ChildError(f"exit code {ended.code}: {ended.errors[-2000:].decode('utf-8', 'replace')}")
    if ended.code in _BY_SOMEBODY:
        raise ChildError(f"ended by signal {-ended.code}")
    if ended.stopped or ended.code == _WORKED_TOO_LONG:
        return Unreadable("too-large-workbook", ended.stopped or TIME)
    if ended.code == 0:
        return from_json(ended.output.rpartition(b"\n")[2])
    if ended.code == _KILLED or _OUT_OF_MEMORY.search(ended.errors):
        return Unreadable("too-large-workbook", "memory")
    return Unreadable("damaged-workbook", part)
