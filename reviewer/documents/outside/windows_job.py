"""Windows: a Job object around the worker, so that it cannot grow, fork or outlive us.

Written from the documentation of ``SetInformationJobObject``; elsewhere it does nothing.
"""

import ctypes
import subprocess
import sys

from reviewer.documents import limits

_ONE_PROCESS, _MEMORY, _NO_ERROR_BOX, _KILL_ON_CLOSE = 0x8, 0x100, 0x400, 0x2000
_EXTENDED = 9  # JobObjectExtendedLimitInformation


class Job:
    """A Job object: so many processes, bounded memory, killed when this handle closes."""

    def __init__(self, process: subprocess.Popen[bytes], *, processes: int = 1) -> None:
        self._handle: int | None = None
        if sys.platform == "win32":
            kernel = ctypes.windll.kernel32
            kernel.CreateJobObjectW.restype = ctypes.c_void_p
            self._handle = kernel.CreateJobObjectW(None, None)
            wanted = _Limits(
                flags=_ONE_PROCESS | _MEMORY | _NO_ERROR_BOX | _KILL_ON_CLOSE,
                processes=processes,
                process_memory=limits.MEMORY,
            )
            job = ctypes.c_void_p(self._handle)
            size = ctypes.sizeof(wanted)
            kernel.SetInformationJobObject(job, _EXTENDED, ctypes.byref(wanted), size)
            handle = int(process._handle)  # noqa: SLF001 - subprocess offers no other way
            kernel.AssignProcessToJobObject(job, ctypes.c_void_p(handle))

    def close(self) -> None:
        """End what is in it."""
        if sys.platform == "win32" and self._handle:
            ctypes.windll.kernel32.CloseHandle(ctypes.c_void_p(self._handle))
        self._handle = None


class _Limits(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION (winnt.h), 64-bit."""

    _fields_ = (
        ("times", ctypes.c_int64 * 2),
        ("flags", ctypes.c_uint32),
        ("working_set", ctypes.c_size_t * 2),
        ("processes", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("classes", ctypes.c_uint32 * 2),
        ("io", ctypes.c_uint64 * 6),
        ("process_memory", ctypes.c_size_t),
        ("rest", ctypes.c_size_t * 3),
    )
