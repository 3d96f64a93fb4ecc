"""Limits the memory and the working time of this process; on POSIX by its own limits, on Windows by a job object."""

import ctypes
import gc
import sys

MEGABYTE = 2**20


def limit_process(megabytes: int, seconds: int | None = None) -> None:
    """Limits the memory and the processor time of this process, and turns core dumps off.

    Its parent stops it by the clock, too, since a process that only waits uses no processor time.

    Args:
        megabytes: The most memory, in MiB.
        seconds: The most working time; None if the process does one job after another.

    Raises:
        OSError: The system does not grant the limits.
    """
    if sys.platform == "win32":
        _limit_by_job(megabytes * MEGABYTE, seconds)
    else:
        import resource

        _limit(resource.RLIMIT_AS, megabytes * MEGABYTE)
        _limit(resource.RLIMIT_CORE, 0)
        if seconds is not None:
            _limit(resource.RLIMIT_CPU, seconds, more=1)  # a signal says which limit it was, a second before the end


def collect_garbage_rarely() -> None:
    """Makes Python's garbage collector run less often, in a process that does large jobs one after the other.

    A job's objects live until its end. To examine them again and again takes a fifth of the time.
    """
    gc.freeze()
    gc.set_threshold(_OBJECTS)


_OBJECTS = 100_000


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

    def _limit_by_job(memory: int, seconds: int | None) -> None:
        """Puts this process into a Windows job object of its own, whose handle stays open until the process ends."""
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = kernel.GetCurrentProcess.restype = ctypes.c_void_p
        job = ctypes.c_void_p(kernel.CreateJobObjectW(None, None))
        process = ctypes.c_void_p(kernel.GetCurrentProcess())
        flags = _PROCESS_MEMORY | _DIE_SILENTLY | (_PROCESS_TIME if seconds else 0)
        limits = JobLimits(flags=flags, process_memory=memory, process_time=(seconds or 0) * _TICKS)
        size = ctypes.sizeof(limits)
        if not (
            kernel.SetInformationJobObject(job, _EXTENDED_LIMITS, ctypes.byref(limits), size)
            and kernel.AssignProcessToJobObject(job, process)
        ):
            raise ctypes.WinError(ctypes.get_last_error())

else:

    def _limit(what: int, wanted: int, more: int = 0) -> None:
        """Sets a POSIX limit, no higher than the system allows; the hard limit is `more` above the soft one."""
        import resource

        _, most = resource.getrlimit(what)
        limit = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
        resource.setrlimit(what, (limit, limit + more if most == resource.RLIM_INFINITY else most))
