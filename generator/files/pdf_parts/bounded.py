"""Runs another program within a time, and ends it with all that it began."""

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import IO


@dataclass(frozen=True, slots=True)
class Ended:
    """Exit code (below zero: the signal), or None where the time ran out; what the program wrote."""

    code: int | None
    output: bytes
    errors: bytes


def run_bounded(command: Sequence[str], *, seconds: float, given: bytes = b"") -> Ended:
    """Runs a program with `given` as its standard input; after so many seconds it is killed with its children.

    Files and not pipes carry what it says: a child of its own that lives on would hold a pipe open.

    Raises:
        OSError: it cannot be started, or there is no room for what it says.
    """
    with TemporaryFile() as source, TemporaryFile() as output, TemporaryFile() as errors:
        source.write(given)
        source.seek(0)
        process = subprocess.Popen(
            command, stdin=source, stdout=output, stderr=errors, start_new_session=True, creationflags=_FLAGS
        )
        code = _wait(process, seconds)
        return Ended(code, _read(output), _read(errors))


def _wait(process: subprocess.Popen[bytes], seconds: float) -> int | None:
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        return None
    finally:  # also when somebody presses Ctrl-C
        if process.poll() is None:
            _end_all(process)
            process.wait()


def _read(stream: IO[bytes]) -> bytes:
    stream.seek(0)
    return stream.read(_MOST_WORDS)


_MOST_WORDS = 2**22  # bytes

if sys.platform == "win32":
    import os
    from pathlib import Path

    _FLAGS = subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW

    def _end_all(process: subprocess.Popen[bytes]) -> None:
        """soffice.exe only waits for soffice.bin, which does the work: the whole tree must go."""
        taskkill = Path(os.environ["SYSTEMROOT"], "System32", "taskkill.exe")
        subprocess.run((str(taskkill), "/T", "/F", "/PID", str(process.pid)), capture_output=True, check=False)
        process.kill()
else:
    import os
    import signal

    _FLAGS = 0

    def _end_all(process: subprocess.Popen[bytes]) -> None:
        """soffice is a script that only waits for soffice.bin, which does the work: the whole group must go."""
        os.killpg(process.pid, signal.SIGKILL)
