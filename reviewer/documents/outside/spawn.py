"""Starting and ending the worker process, and the memory it draws into.

The parent makes the memory, so that a worker can never choose its size; on Linux it is sealed,
since a worker that cut it short would crash the parent that reads it.
"""

import contextlib
import mmap
import os
import secrets
import signal
import subprocess
import sys
from pathlib import Path

from reviewer.documents import limits

if sys.platform == "linux":
    import fcntl
    import resource

_ROOT = Path(__file__).resolve().parents[3]
_KEPT = ("SYSTEMROOT", "WINDIR")  # without these Windows starts no program
_WAIT = 5.0  # seconds for a killed process to be gone


class Shared:
    """Memory that the worker draws pages into; ``argument`` tells the worker where it is."""

    def __init__(self) -> None:
        self.files: tuple[int, ...] = ()
        self._map: mmap.mmap | None = None
        self.argument = "pipe"
        if sys.platform == "linux":
            self._memory_file()
        elif sys.platform == "win32":
            name = f"reviewer-{secrets.token_hex(16)}"
            self._map = mmap.mmap(-1, limits.SHARED, tagname=name)
            self.argument = f"tag:{name}"

    @property
    def used(self) -> bool:
        """Whether pixels come through this memory rather than through the pipe."""
        return self._map is not None

    def copy(self, length: int) -> bytes:
        """Return the first ``length`` bytes."""
        return b"" if self._map is None else self._map[:length]

    def close(self) -> None:
        """Give the memory back."""
        if self._map is not None:
            self._map.close()
        for file in self.files:
            os.close(file)
        self.files = ()

    def _memory_file(self) -> None:
        if sys.platform != "linux":
            return
        file = os.memfd_create("pages", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
        os.ftruncate(file, limits.SHARED)
        seals = fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SEAL
        fcntl.fcntl(file, fcntl.F_ADD_SEALS, seals)
        self._map = mmap.mmap(file, limits.SHARED)
        self.files = (file,)
        self.argument = f"fd:{file}"


def start(
    command: list[str], shared: Shared | None = None, kind: limits.Kind = limits.READING
) -> subprocess.Popen[bytes]:
    """Start the worker with an empty environment and nothing open but its pipes.

    On Linux its limits are set from here, before it has been sent a byte: a worker that was taken
    over cannot have left them out. ``confine`` gives up more from within.
    """
    process = subprocess.Popen(  # noqa: S603 - our own program
        [*command, shared.argument] if shared else command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        bufsize=0,
        cwd=_ROOT,
        env=environment(),
        pass_fds=shared.files if shared and os.name == "posix" else (),
        close_fds=True,
        start_new_session=os.name == "posix",
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    _limit(process.pid, kind)
    return process


def _limit(pid: int, kind: limits.Kind) -> None:
    """Bound what a process may hold and write; it can never raise these again."""
    if sys.platform != "linux":
        return
    for what, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, kind.open_files),
        (resource.RLIMIT_AS, kind.memory),
        (resource.RLIMIT_CPU, kind.processor_in_all),
    ):
        with contextlib.suppress(OSError):  # it has ended already: whoever asks it is told so
            resource.prlimit(pid, what, (most, most))


def worker_command(part: str = "--worker") -> list[str]:
    """Return the command of the worker: this very program."""
    if getattr(sys, "frozen", False):
        return [sys.executable, part]
    return [sys.executable, "-B", "-E", "-s", "-X", "utf8", "-m", "reviewer", part]


def environment() -> dict[str, str]:
    """Return all that the worker may know of this machine."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return {**kept, "LC_ALL": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1"}


def kill(process: subprocess.Popen[bytes]) -> None:
    """Kill the worker and whatever it started; waits for nothing, from any thread."""
    if os.name == "posix":
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()


def end(process: subprocess.Popen[bytes]) -> None:
    """Kill the worker and whatever it started, and close its pipes."""
    kill(process)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(_WAIT)
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            with contextlib.suppress(OSError):
                stream.close()
