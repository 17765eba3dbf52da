"""What this process gives up before it holds a key: core dumps, and being read by its neighbours.

A crash must not leave the memory of an open casebook on the disk. Best effort, and never in the
way: a system that refuses one step is asked for the others all the same.
"""

import contextlib
import ctypes
import sys

if sys.platform != "win32":
    import resource

_SET_DUMPABLE = 4  # <linux/prctl.h>
# Windows: no box on a fault, no report of one (SEM_FAILCRITICALERRORS, SEM_NOGPFAULTERRORBOX).
_QUIET_FAULTS = 0x0001 | 0x0002


def harden() -> None:
    """Leave no core dump, whatever limit the parent gave; call it before anything is opened."""
    platform: str = sys.platform  # mypy would judge by the machine it runs on
    if platform == "win32":
        with contextlib.suppress(AttributeError, OSError):
            ctypes.windll.kernel32.SetErrorMode(_QUIET_FAULTS)  # type: ignore[attr-defined,unused-ignore]
        return
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if platform == "linux":
        with contextlib.suppress(AttributeError, OSError):
            ctypes.CDLL(None).prctl(_SET_DUMPABLE, 0, 0, 0, 0)
