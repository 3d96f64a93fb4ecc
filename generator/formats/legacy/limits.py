"""Limits of a child process that reads an unknown file: memory, and cells and characters of its answer."""

import ctypes
import sys
from dataclasses import dataclass

MEGABYTE = 2**20
READY = b"ready\n"  # the first that the child says, when nothing of the file has been read yet


@dataclass(frozen=True, slots=True)
class LegacyLimits:
    """How much one workbook may hold before it is refused as too large.

    Characters are those of the cells' values; an .ods file's count once more while they stream by.
    """

    cells: int = 400_000
    characters: int = 8_000_000
    depth: int = 256  # elements inside each other
    marks: int = 50_000  # merges, and styles
    properties: int = 1_000


def limit_process(megabytes: int, seconds: int) -> None:
    """Limits this process's memory and time, and prevents a core dump when it dies.

    Its parent stops it by the clock, too, since a child may wait as well as work.

    Raises:
        OSError: The system does not grant the limits.
    """
    if sys.platform == "win32":
        _limit_by_job(megabytes * MEGABYTE, seconds)
    else:
        import resource

        for what, wanted, more in (
            (resource.RLIMIT_AS, megabytes * MEGABYTE, 0),
            (resource.RLIMIT_CPU, seconds, 1),  # a signal of its own says which limit it was, a second before the end
            (resource.RLIMIT_CORE, 0, 0),
        ):
            _, most = resource.getrlimit(what)
            limit = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
            resource.setrlimit(what, (limit, limit + more if most == resource.RLIM_INFINITY else most))


class JobLimits(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION; the fields that stay zero keep Windows' own names in short.

    Source: Microsoft, winnt.h, JOBOBJECT_BASIC_LIMIT_INFORMATION, IO_COUNTERS and what encloses them.
    """

    _fields_ = (
        ("process_time", ctypes.c_int64),
        ("job_time", ctypes.c_int64),
        ("flags", ctypes.c_uint32),
        ("least_working_set", ctypes.c_size_t),
        ("most_working_set", ctypes.c_size_t),
        ("processes", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("priority", ctypes.c_uint32),
        ("scheduling", ctypes.c_uint32),
        ("io_counters", ctypes.c_uint64 * 6),
        ("process_memory", ctypes.c_size_t),
        ("job_memory", ctypes.c_size_t),
        ("peak_process_memory", ctypes.c_size_t),
        ("peak_job_memory", ctypes.c_size_t),
    )


_PROCESS_TIME, _PROCESS_MEMORY, _DIE_SILENTLY = 0x2, 0x100, 0x400  # JOB_OBJECT_LIMIT_…; silently: without a dialog
_TICKS = 10_000_000  # of 100 nanoseconds in a second
_EXTENDED_LIMITS = 9  # JobObjectExtendedLimitInformation

if sys.platform == "win32":

    def _limit_by_job(memory: int, seconds: int) -> None:
        """Puts this process into a Windows job. The job's handle stays open as long as the process lives."""
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = kernel.GetCurrentProcess.restype = ctypes.c_void_p
        job = ctypes.c_void_p(kernel.CreateJobObjectW(None, None))
        process = ctypes.c_void_p(kernel.GetCurrentProcess())
        flags = _PROCESS_TIME | _PROCESS_MEMORY | _DIE_SILENTLY
        limits = JobLimits(flags=flags, process_memory=memory, process_time=seconds * _TICKS)
        size = ctypes.sizeof(limits)
        if not (
            kernel.SetInformationJobObject(job, _EXTENDED_LIMITS, ctypes.byref(limits), size)
            and kernel.AssignProcessToJobObject(job, process)
        ):
            raise ctypes.WinError(ctypes.get_last_error())
