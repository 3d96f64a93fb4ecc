"""The child program: `python -m generator.formats.legacy.child xls|ods MEGABYTES SECONDS`; answers in JSON.

It may die at any time: a damaged file can make a library fail in any way, or call for all the memory.
"""

import sys

from generator.domain.submission.workbook import Unreadable, Workbook
from generator.formats.legacy.limits import READY, LegacyLimits
from generator.formats.legacy.old_excel import read_old_excel
from generator.formats.legacy.open_document import read_open_document
from generator.formats.legacy.wire import to_json
from generator.formats.opc.meter import Meter, RefusedError
from generator.formats.process.limits import limit_process


def main(kind: str, megabytes: str, seconds: str) -> None:
    """Says that it is ready, reads the whole standard input, and writes the answer.

    The interpreter may say something of its own in between; the answer is the last line.
    """
    limit_process(int(megabytes), int(seconds))
    out = sys.stdout.buffer
    out.write(READY)
    out.flush()
    out.write(b"\n" + to_json(read(kind, sys.stdin.buffer.read(), LegacyLimits())))


def read(kind: str, data: bytes, limits: LegacyLimits) -> Workbook | Unreadable:
    """Reads a workbook of either kind (`xls`, `ods`), or returns why it cannot. The process may die of it."""
    try:
        return (read_open_document if kind == "ods" else read_old_excel)(data, Meter(limits))
    except RefusedError as refused:
        return Unreadable(refused.rule, refused.value[:255])
    except MemoryError:
        return Unreadable("too-large-workbook", "memory")


if __name__ == "__main__":
    main(*sys.argv[1:])
