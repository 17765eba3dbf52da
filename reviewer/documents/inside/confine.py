"""What the worker gives up before it reads its first byte from outside.

On Linux: network, files, new processes, every call to the system that reading does not need, new
privileges, core dumps and most memory. Where a system gives less the worker says what it still
has (``Reach``), and the parent's own limits (time, sizes, sanity) hold without any of it.
"""

import contextlib
import ctypes
import importlib
import mimetypes
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from reviewer.documents import limits
from reviewer.documents.inside import landlock, seccomp
from reviewer.documents.reach import Reach

if sys.platform != "win32":
    import resource

_NEWUSER, _NEWNET = 0x10000000, 0x40000000  # <linux/sched.h>
_SET_DUMPABLE, _SET_NO_NEW_PRIVS = 4, 38  # <linux/prctl.h>
_ROOT = Path(__file__).resolve().parents[3]
_PACKAGES = _ROOT / "reviewer", _ROOT / "resources"
_FONTS = Path("/usr/share/fonts"), Path("/usr/local/share/fonts")  # for PDFs that bring none

# Modules of Python that stand on libraries of the system, and such libraries that those of our
# packages stand on: the system's folders cannot be read afterwards.
_MODULES = ("bz2", "lzma", "zlib", "_hashlib", "_decimal", "_elementtree", "pyexpat", "_uuid")
_LIBRARIES = (
    "libm.so.6", "libmvec.so.1", "libpthread.so.0", "libdl.so.2", "librt.so.1", "libutil.so.1",
)  # fmt: skip
_LANGUAGES = ("libgcc_s.so.1", "libstdc++.so.6")
LOADERS = Path("/lib64/ld-linux-x86-64.so.2"), Path("/lib/ld-linux-aarch64.so.1")


def confine() -> tuple[Reach, ...]:
    """Give up what reading does not need; return what could not be given up.

    Must run while this process has one thread.
    """
    if sys.platform == "win32":
        return tuple(Reach)  # the parent's Job object holds the limits there
    alone = _leave_network()
    _load()
    # The kernel counts threads as processes: of a name space of our own, or of all that the
    # person runs, where none may be started then.
    _bound(limits.READING, processes=limits.THREADS if alone else 0)
    if sys.platform != "linux":
        return tuple(Reach)
    fileless = landlock.read_only_below(_own_folders())
    if not seccomp.allow_only_reading():
        _lower(resource.RLIMIT_NPROC, 0)  # nothing else tells a thread from a process then
        return tuple(Reach)  # local sockets lead to services that have files, networks, programs
    return () if fileless else (Reach.FILES,)


def confine_to(program: Path, folders: Sequence[Path], files: Sequence[Path]) -> tuple[Reach, ...]:
    """Give up all but starting ``program``, which reads below ``folders`` and ``files``.

    Whatever it starts is as confined. Returns what could not be given up. Must run while this
    process has one thread.
    """
    if sys.platform == "win32":
        return tuple(Reach)
    _leave_network()
    _load()
    _bound(limits.RECOGNISING, processes=None)
    with contextlib.suppress(OSError):
        os.nice(limits.RECOGNISING.nice)
    if sys.platform != "linux":
        return tuple(Reach)
    alone = landlock.read_only_below(
        [*_own_folders(), *folders], files=files, run=[program, *LOADERS]
    )
    if not seccomp.allow_starting():
        return tuple(Reach)
    return () if alone else (Reach.FILES, Reach.PROGRAMS)


def _bound(kind: limits.Kind, *, processes: int | None) -> None:
    """Let this process, and what it starts, hold no more than its kind of work needs.

    ``processes`` is how many there may be, this one with its threads too; ``None``: any number.
    """
    if sys.platform == "win32":
        return
    for what, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, kind.open_files),
        (resource.RLIMIT_AS, kind.memory),
    ):
        _lower(what, most)
    if processes is not None:
        _lower(resource.RLIMIT_NPROC, processes)
    spend(kind.processor_seconds, kind.processor_in_all)


def spend(seconds: int, in_all: int = limits.PROCESSOR_IN_ALL) -> None:
    """Allow ``seconds`` of processor time from now on."""
    if sys.platform == "win32":
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + seconds
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    hard = in_all if hard == resource.RLIM_INFINITY else hard
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
        held["network"] = _target(Path("/proc/self/ns/net"))
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
            with contextlib.suppress(OSError):
                path.unlink()
    return True


def _lower(what: int, most: int) -> None:
    if sys.platform == "win32":
        return
    _, hard = resource.getrlimit(what)
    value = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(what, (value, value))


def _leave_network() -> bool:
    """Enter an empty network of our own, where the system gives one.

    Returns whether this process is now in a name space where it is counted alone.
    """
    if sys.platform != "linux":
        return False
    library = ctypes.CDLL(None, use_errno=True)
    library.prctl(_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    alone = True
    if library.unshare(_NEWUSER | _NEWNET) != 0:  # forbidden in some containers
        library.unshare(_NEWNET)
        alone = library.unshare(_NEWUSER) == 0
    library.prctl(_SET_DUMPABLE, 0, 0, 0, 0)
    return alone


def _load() -> None:
    """Load what lies in the system's own folders, before they are out of reach."""
    for name in _MODULES:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    mimetypes.knownfiles.clear()  # the system's lists; who asks for them later would fail
    mimetypes.init()
    for name in (*_LIBRARIES, *_LANGUAGES):
        with contextlib.suppress(OSError):
            ctypes.CDLL(name)


def _own_folders() -> list[Path]:
    """Return the folders that hold this program: its packages, Python's, its data; and fonts.

    Never the folder that the packages lie in, where it is a checkout: people keep files there.
    """
    if getattr(sys, "frozen", False):
        return [Path(sys.executable).resolve().parent, *_FONTS]
    python = [Path(os.__file__).resolve().parent]
    paths = [Path(entry).resolve() for entry in sys.path if entry]
    return [
        *_PACKAGES,
        *_FONTS,
        *python,
        *(path for path in paths if path.is_dir() and path != _ROOT),
    ]


def _target(link: Path) -> str:
    try:
        return str(link.readlink())
    except OSError:
        return ""
