"""Runs another program within limits of time and output; kills it and its children at a limit or on request."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from threading import Event
from typing import IO

TIME, OUTPUT = "time", "output"


@dataclass(frozen=True, slots=True)
class Ended:
    """A program's output, its exit code (below zero: the signal that killed it), and the limit that stopped it.

    `stopped` is `TIME`, `OUTPUT`, or None where it ended by itself.
    """

    code: int
    output: bytes = b""
    errors: bytes = b""
    stopped: str | None = None


def run_bounded(
    command: Sequence[str],
    *,
    seconds: float,
    given: bytes = b"",
    environment: Mapping[str, str] | None = None,
    cancelled: Event | None = None,
    max_output: int = 2**22,
) -> Ended | None:
    """Runs a program and returns its exit code and output; None if the caller cancelled it.

    Works in any thread. The output goes to files, not pipes: a grandchild that lives on would keep a pipe open. Ctrl-C
    reaches only this process; the program is then killed with all its children.

    Args:
        command: The program and its arguments.
        seconds: The time limit. At the limit the program is killed with all its children.
        given: The program's standard input.
        environment: All its environment variables; None passes on the caller's.
        cancelled: Set by another thread when the result is no longer needed. The program is then killed with all its
            children within 0.1 s, or not started at all.
        max_output: The limit of its standard output in bytes; above it the program is killed and the output is cut.

    Raises:
        OSError: The program cannot be started, or the disk is full.
    """
    cancelled = cancelled or Event()
    if cancelled.is_set():
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
            creationflags=CHILD_FLAGS,
        )
        end = time.monotonic() + seconds
        stopped: str | None = None
        try:
            while not (stopped or cancelled.is_set() or _has_ended(process, end - time.monotonic())):
                if time.monotonic() >= end:
                    stopped = TIME
                elif _size(output) > max_output:
                    stopped = OUTPUT
        finally:  # also when somebody presses Ctrl-C
            if process.poll() is None:
                _end_all(process)
            code = process.wait()
        if _size(output) > max_output:
            stopped = stopped or OUTPUT
        return None if cancelled.is_set() else Ended(code, _read(output, max_output), _read(errors, 2**22), stopped)


def module_environment() -> dict[str, str]:
    """Returns the environment variables for a child that runs one of our modules.

    It has nothing but this process's own module path, and what its interpreter and Windows cannot start without.

    Neither `-I` nor the bare environment would do: modules of a user's own site and of a checkout are not found then.
    """
    paths = dict.fromkeys([*filter(None, sys.path), str(Path(__file__).parents[3])])
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "LD_LIBRARY_PATH") if name in os.environ}
    return kept | {"PYTHONPATH": os.pathsep.join(paths)}


def _has_ended(process: subprocess.Popen[bytes], seconds: float) -> bool:
    """Waits at most the given seconds, up to `_INTERVAL`; True if the program has ended."""
    try:
        process.wait(max(min(_INTERVAL, seconds), 0.0))
    except subprocess.TimeoutExpired:
        return False
    return True


def _size(stream: IO[bytes]) -> int:
    return os.fstat(stream.fileno()).st_size


def _read(stream: IO[bytes], most: int) -> bytes:
    stream.seek(0)
    return stream.read(most)


_INTERVAL = 0.05  # seconds between two looks at the process

if sys.platform == "win32":
    CHILD_FLAGS = subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW

    def _end_all(process: subprocess.Popen[bytes]) -> None:
        """Kills the whole process tree: soffice.exe only waits for soffice.bin, which does the work."""
        taskkill = Path(os.environ["SYSTEMROOT"], "System32", "taskkill.exe")
        command = (str(taskkill), "/T", "/F", "/PID", str(process.pid))
        subprocess.run(command, capture_output=True, check=False, creationflags=subprocess.CREATE_NO_WINDOW)
        process.kill()
else:
    import signal

    CHILD_FLAGS = 0

    def _end_all(process: subprocess.Popen[bytes]) -> None:
        """Kills the whole process group: soffice is a script that only waits for soffice.bin, which does the work."""
        os.killpg(process.pid, signal.SIGKILL)
