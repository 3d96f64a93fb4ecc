"""Limits how long a block of code in the main thread may run, on Windows and POSIX alike."""

import signal
from _thread import interrupt_main
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from time import monotonic, process_time
from types import FrameType

_INTERVAL = 0.05  # seconds between two looks at the processor time


class TooSlowError(BaseException):
    """The block ran too long. It is no subclass of Exception, so that no library catches it."""


@contextmanager
def at_most(seconds: float, by_clock: float) -> Iterator[None]:
    """Raises TooSlowError inside the block once it has run too long.

    Args:
        seconds: The most processor time of this process.
        by_clock: The most seconds by the clock: on a busy machine they pass first.

    Only for the main thread. What a library does in one step of C is not interrupted: the parent of the process must
    stop it by the clock.
    """
    done, end, clock_end = Event(), process_time() + seconds, monotonic() + by_clock

    def watch() -> None:
        while not done.wait(_INTERVAL):
            if process_time() > end or monotonic() > clock_end:
                interrupt_main()

    def stop(number: int, frame: FrameType | None) -> None:
        if not done.is_set():
            raise TooSlowError

    before = signal.signal(signal.SIGINT, stop)
    watcher = Thread(target=watch, daemon=True, name="working time")
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()
        signal.signal(signal.SIGINT, before)
