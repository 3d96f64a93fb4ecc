"""Runs another program with a time limit; kills it and its children at the limit or when the caller gives up."""

import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from tempfile import TemporaryFile
from threading import Event
from typing import IO


@dataclass(frozen=True, slots=True)
class Ended:
    """What a program wrote, and its exit code: below zero the signal that killed it, None if its time ran out."""

    code: int | None
    output: bytes
    errors: bytes


def run_bounded(
    command: Sequence[str],
    *,
    seconds: float,
    given: bytes = b"",
    environment: Mapping[str, str] | None = None,
    given_up: Event | None = None,
) -> Ended | None:
    """Runs a program and returns its exit code and output, or None if the caller has given it up.

    Works in any thread. The output goes to files, not pipes: a grandchild that lives on would keep a pipe open.

    Args:
        command: The program and its arguments.
        seconds: The time limit. At the limit the program is killed with all its children.
        given: The program's standard input.
        environment: All its environment variables; None passes on the caller's.
        given_up: Set by another thread when the result is no longer needed. The program is then killed with all its
            children within 0.1 s, or not started at all.

    Raises:
        OSError: The program cannot be started, or the disk is full.
    """
    given_up = given_up or Event()
    if given_up.is_set():
        return None
    with TemporaryFile() as source, TemporaryFile() as output, TemporaryFile() as errors:
        source.write(given)
        source.seek(0)
        process = subprocess.Popen(
            command,
            stdin=source,
            stdout=output,
            stderr=errors,
            env=environment,
            start_new_session=True,
            creationflags=_FLAGS,
        )
        code = _wait(process, seconds, given_up)
        return None if given_up.is_set() else Ended(code, _read(output), _read(errors))


def _wait(process: subprocess.Popen[bytes], seconds: float, given_up: Event) -> int | None:
    """Returns the exit code, or None if the process had to be killed."""
    end = time.monotonic() + seconds
    try:
        while process.poll() is None and (left := end - time.monotonic()) > 0:
            if given_up.wait(min(left, _INTERVAL)):
                break
        return process.poll()
    finally:  # also when somebody presses Ctrl-C
        if process.poll() is None:
            _end_all(process)
            process.wait()


def _read(stream: IO[bytes]) -> bytes:
    stream.seek(0)
    return stream.read(_MOST_WORDS)


_INTERVAL = 0.1  # seconds between two looks at the process
_MOST_WORDS = 2**22  # bytes

if sys.platform == "win32":
    import os
    from pathlib import Path

    _FLAGS = subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW

    def _end_all(process: subprocess.Popen[bytes]) -> None:
        """soffice.exe only waits for soffice.bin, which does the work: the whole tree must go."""
        taskkill = Path(os.environ["SYSTEMROOT"], "System32", "taskkill.exe")
        command = (str(taskkill), "/T", "/F", "/PID", str(process.pid))
        subprocess.run(command, capture_output=True, check=False, creationflags=subprocess.CREATE_NO_WINDOW)
        process.kill()
else:
    import os
    import signal

    _FLAGS = 0

    def _end_all(process: subprocess.Popen[bytes]) -> None:
        """soffice is a script that only waits for soffice.bin, which does the work: the whole group must go."""
        os.killpg(process.pid, signal.SIGKILL)
