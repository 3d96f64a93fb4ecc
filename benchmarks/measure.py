"""Measures processor seconds, seconds by the clock and peak memory, of whole processes with their children."""

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from math import log
from pathlib import Path
from statistics import linear_regression, median

SAMPLE_SECONDS = 0.02
# Python keeps its compiled modules, as it does for everybody; else each start would compile all of them.
_ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
_ROOT = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True)
class Cost:
    """What something cost: processor seconds (user and system, children included), and seconds by the clock."""

    cpu: float
    wall: float


@dataclass(frozen=True, slots=True)
class Subject:
    """One of the things that are compared in a case, and how it is done once."""

    name: str
    once: Callable[[], Cost]


@dataclass(frozen=True, slots=True)
class Sample:
    """The values of one subject, in seconds or MiB."""

    name: str
    values: tuple[float, ...]

    @property
    def median(self) -> float:
        return median(self.values)

    @property
    def spread(self) -> float:
        """The distance between the largest and the smallest value, as a share of the median."""
        return (max(self.values) - min(self.values)) / self.median


def interleaved(repeats: int, *subjects: Subject) -> tuple[tuple[Cost, ...], ...]:
    """Does each subject in turn, as often as told, so that a busy moment of the machine falls on all of them."""
    turns = [[subject.once() for subject in subjects] for _ in range(repeats)]
    return tuple(zip(*turns, strict=True))


def cpu(name: str, costs: Sequence[Cost]) -> Sample:
    return Sample(name, tuple(cost.cpu for cost in costs))


def wall(name: str, costs: Sequence[Cost]) -> Sample:
    return Sample(name, tuple(cost.wall for cost in costs))


def run_process(command: Sequence[str | Path], folder: Path) -> Cost:
    """Runs a Python program (`-m NAME …` or a path) to its end."""
    begin = time.perf_counter()
    with _started(command, folder) as process:
        used = _end_of(process)
    return Cost(used.ru_utime + used.ru_stime, time.perf_counter() - begin)


def said_by(command: Sequence[str | Path], folder: Path) -> bytes:
    """Runs a Python program; returns what it prints."""
    command = [sys.executable, *command]
    done = subprocess.run(command, cwd=folder, env=_environment(folder), capture_output=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr.decode())
    return done.stdout


def peak_memory(command: Sequence[str | Path], folder: Path) -> float:
    """Runs a Python program; returns the MiB that it and its children held together at most.

    Looking costs the program time, so these runs are not timed. Pages that processes share count once.
    """
    most = 0.0
    with _started(command, folder) as process:
        while os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
            most = max(most, sum(_held(pid) for pid in (process.pid, *_descendants(process.pid))))
            time.sleep(SAMPLE_SECONDS)
        used = _end_of(process)
    return max(most, used.ru_maxrss / 1024)


def _started(command: Sequence[str | Path], folder: Path) -> "subprocess.Popen[bytes]":
    command = [sys.executable, *command]
    return subprocess.Popen(command, cwd=folder, env=_environment(folder), stdout=subprocess.DEVNULL)


def _environment(folder: Path) -> dict[str, str]:
    """A program's environment variables. What it keeps for later processes is kept with the office it is run on."""
    return {**_ENVIRONMENT, "PYTHONPATH": str(_ROOT), "XDG_CACHE_HOME": str(folder / ".cache")}


def _end_of(process: "subprocess.Popen[bytes]") -> resource.struct_rusage:
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{process.args!r} ended with {process.returncode}")
    return used


def measured(act: Callable[[], object]) -> Cost:
    """Does something in this process; the work of its children counts too, looking for them does not."""
    children, cpu_before, begin = _seconds_of_children(), time.process_time(), time.perf_counter()
    act()
    ended, own = time.perf_counter(), time.process_time() - cpu_before
    return Cost(own + _seconds_of_children() - children, ended - begin)


def _seconds_of_children() -> float:
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return ended.ru_utime + ended.ru_stime + sum(_seconds_of(pid) for pid in _descendants(os.getpid()))


def _seconds_of(pid: int) -> float:
    """The processor seconds of another process: the kernel's clock of it (clock_getcpuclockid of Linux)."""
    with suppress(OSError):
        return time.clock_gettime((~pid << 3) | 2)
    return 0.0


def _descendants(pid: int) -> Iterator[int]:
    parents = {int(path.name): _parent(path) for path in Path("/proc").glob("[0-9]*")}
    found = {pid}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        yield from more
        found |= more


def _parent(process: Path) -> int:
    with suppress(OSError):
        return int((process / "stat").read_text().rpartition(")")[2].split()[1])
    return 0


def _held(pid: int) -> float:
    """The MiB of a process, of shared pages its share; 0 if it has just ended."""
    with suppress(OSError, StopIteration):
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        return int(next(line for line in lines if line.startswith("Pss:")).split()[1]) / 1024
    return 0.0


def exponent(sizes: Sequence[int], seconds: Sequence[float]) -> float:
    """How seconds grow with size, by a straight line through their logarithms: 1 is linear, 2 is quadratic."""
    return linear_regression([log(size) for size in sizes], [log(each) for each in seconds]).slope
