"""What the worker gives up before it reads its first byte from outside.

Every step is best effort: the parent's own limits (time, sizes, sanity) hold without any of it.
"""

import ctypes
import os
import sys
from pathlib import Path

from reviewer.documents import limits

if sys.platform != "win32":
    import resource

_NEWUSER, _NEWNET = 0x10000000, 0x40000000  # <linux/sched.h>
_SET_DUMPABLE, _SET_NO_NEW_PRIVS = 4, 38  # <linux/prctl.h>
_FOREVER = 4 * 3600  # seconds of processor time that no working day of reading needs


def confine() -> None:
    """Give up network, new privileges, new files, core dumps and most memory."""
    if sys.platform == "win32":
        return  # the parent's Job object holds the limits there
    _leave_network()
    for what, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, limits.OPEN_FILES),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_AS, limits.MEMORY),
    ):
        _lower(what, most)
    spend(limits.PROCESSOR_SECONDS)


def spend(seconds: int) -> None:
    """Allow ``seconds`` of processor time from now on."""
    if sys.platform == "win32":
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + seconds
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    hard = _FOREVER if hard == resource.RLIM_INFINITY else hard
    resource.setrlimit(resource.RLIMIT_CPU, (min(soft, hard), hard))


def report() -> dict[str, object]:
    """Return what this process still holds, for the tests of SECURITY 44."""
    held: dict[str, object] = {"environment": sorted(os.environ), "arguments": sys.argv[1:]}
    held["wrote"] = _writes()
    if sys.platform == "win32":
        return held
    for name in ("CORE", "FSIZE", "NOFILE", "AS", "CPU", "NPROC"):
        held[name] = list(resource.getrlimit(getattr(resource, f"RLIMIT_{name}")))
    if sys.platform == "linux":
        held["files"] = [_target(Path("/proc/self/fd", str(n))) for n in range(limits.OPEN_FILES)]
        held["interfaces"] = _interfaces()
        held["dumpable"] = ctypes.CDLL(None).prctl(3, 0, 0, 0, 0)
    return held


def _writes() -> bool:
    """Whether a byte can be written to a file, where the system would take one."""
    path = Path(os.devnull if sys.platform == "win32" else f"/tmp/reviewer-{os.getpid()}")  # noqa: S108 - it must not come to be
    try:
        path.write_bytes(b"x")
    except OSError:
        return False
    finally:
        if sys.platform != "win32":
            path.unlink(missing_ok=True)
    return True


def _interfaces() -> list[str]:
    lines = Path("/proc/self/net/dev").read_text(encoding="ascii").splitlines()[2:]
    return [line.split(":")[0].strip() for line in lines]


def _lower(what: int, most: int) -> None:
    if sys.platform == "win32":
        return
    _, hard = resource.getrlimit(what)
    value = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(what, (value, value))


def _leave_network() -> None:
    """Enter an empty network of our own. Must run while this process has one thread."""
    if sys.platform != "linux":
        return
    library = ctypes.CDLL(None, use_errno=True)
    library.prctl(_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if library.unshare(_NEWUSER | _NEWNET) != 0:  # forbidden in some containers
        library.unshare(_NEWNET)
    library.prctl(_SET_DUMPABLE, 0, 0, 0, 0)


def _target(link: Path) -> str:
    try:
        return str(link.readlink())
    except OSError:
        return ""
