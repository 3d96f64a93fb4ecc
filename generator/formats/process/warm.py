"""A child process that stays running between jobs, with a time limit for each; one that died is replaced.

Parent and child send each other messages: 8 bytes with the length, then the bytes.
"""

import atexit
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from enum import StrEnum
from io import SEEK_END
from queue import Empty, SimpleQueue
from tempfile import TemporaryFile
from threading import Lock, Thread
from typing import IO

from generator.formats.process.bounded import CHILD_FLAGS, module_environment

_LENGTH = 8


class StopReason(StrEnum):
    """The reason why a child gave no answer: it was too slow, or it died."""

    TIME = "time"
    DIED = "died"


class StoppedError(Exception):
    """The child gave no answer to a job; the next job gets a new child. `said` is the end of its error output."""

    def __init__(self, reason: StopReason, said: str = "") -> None:
        super().__init__(f"{reason.value}: {said}")
        self.reason = reason
        self.said = said


class WarmProcess:
    """A module of ours, run as `python -m MODULE` for one job after another.

    Several threads may ask; it does one job at a time.
    The child ends by itself when its standard input ends, and so with its parent, however that ends.
    """

    def __init__(self, module: str, *arguments: str) -> None:
        self._command = (sys.executable, "-m", module, *arguments)
        self._lock = Lock()
        self._child: _Child | None = None

    def start(self) -> None:
        """Starts the child if there is none, and returns at once: it gets ready while its parent does other things.

        Raises:
            OSError: The program cannot be started.
        """
        with self._lock:
            self._ready_child()

    def answer(self, job: bytes, seconds: float) -> bytes:
        """The child's answer to a job.

        Args:
            job: The message for the child.
            seconds: How long its answer may take, by the clock; the start of a new child comes on top.

        Raises:
            StoppedError: It worked too long and was killed, or it died.
            OSError: The program cannot be started.
        """
        with self._lock:
            child = self._ready_child()
            try:
                child.send(job)
                return child.receive(seconds)
            except StoppedError as error:
                self._child = None
                raise StoppedError(error.reason, child.kill()) from None

    def _ready_child(self) -> "_Child":
        if self._child is None or not self._child.is_alive:
            self._child = _Child(self._command)
        return self._child


class _Child:
    """One started child. A thread reads its output, since Windows cannot wait for a pipe with a time limit."""

    def __init__(self, command: Sequence[str]) -> None:
        self._errors = TemporaryFile()  # noqa: SIM115 - open as long as the child lives
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env=module_environment(),
            start_new_session=True,  # Ctrl-C is for the parent alone
            creationflags=CHILD_FLAGS,
        )
        self._answers = SimpleQueue[bytes | None]()
        self._is_ready = False
        assert self._process.stdin and self._process.stdout
        self._input, output = self._process.stdin, self._process.stdout
        self._reader = Thread(target=self._read, args=(output,), daemon=True, name="child")
        self._reader.start()
        atexit.register(self.kill)

    @property
    def is_alive(self) -> bool:
        return self._process.poll() is None

    def send(self, job: bytes) -> None:
        """Sends a job to the child once it is ready."""
        if not self._is_ready:
            self.receive(_MOST_START)
            self._is_ready = True
        try:
            write_message(self._input, job)
        except OSError as error:
            raise StoppedError(StopReason.DIED) from error

    def receive(self, seconds: float) -> bytes:
        try:
            answer = self._answers.get(timeout=seconds)
        except Empty:
            raise StoppedError(StopReason.TIME) from None
        if answer is None:
            raise StoppedError(StopReason.DIED)
        return answer

    def kill(self) -> str:
        """Ends the child, and returns the end of its error output."""
        self._process.kill()
        self._process.wait()
        self._reader.join()
        with suppress(OSError):  # what was not sent yet has nowhere to go
            self._input.close()
        atexit.unregister(self.kill)
        with self._errors:
            self._errors.seek(max(0, self._errors.seek(0, SEEK_END) - _MOST_SAID))
            return self._errors.read().decode("utf-8", "replace")

    def _read(self, output: IO[bytes]) -> None:
        with output:
            while (message := read_message(output)) is not None:
                self._answers.put(message)
        self._answers.put(None)


_MOST_SAID = 4_000  # bytes
_MOST_START = 60.0  # seconds: an interpreter on a busy machine, behind a virus scanner


def serve(source: IO[bytes], target: IO[bytes], answer: Callable[[bytes], bytes]) -> None:
    """Runs in the child: writes that it is ready, then answers each job until the input ends."""
    write_message(target, b"")
    while (job := read_message(source)) is not None:
        write_message(target, answer(job))


def write_message(stream: IO[bytes], message: bytes) -> None:
    """Writes a message after its length, and flushes."""
    stream.write(len(message).to_bytes(_LENGTH, "big") + message)
    stream.flush()


def read_message(stream: IO[bytes]) -> bytes | None:
    """Reads a whole message; None if the stream ends first."""
    head = stream.read(_LENGTH)
    size = int.from_bytes(head, "big")
    message = stream.read(size) if len(head) == _LENGTH else b""
    return message if len(head) == _LENGTH and len(message) == size else None
