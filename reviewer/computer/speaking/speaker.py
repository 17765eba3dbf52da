"""Our side of the process that plays."""

import contextlib
import os
import re
import subprocess
import threading
from collections.abc import Mapping, Sequence
from typing import IO

from reviewer.computer.speaking.devices import NoSound
from reviewer.computer.speaking.process import BYTES

_KEPT = (
    "SYSTEMROOT", "WINDIR", "HOME", "USERPROFILE", "XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS",
    "PULSE_SERVER", "PIPEWIRE_RUNTIME_DIR", "ALSA_CONFIG_PATH", "ALSA_CONFIG_DIR",
)  # fmt: skip
_SERVER = re.compile(r"(?:\{[^}]*\})?(?:unix:|/).*")  # of sound, on this computer
_WAIT = 5.0  # seconds for one that was killed to be gone


class Speaker:
    """Plays samples; ``heard`` grows as they come out of this computer.

    ``command`` starts the process, without what it is to play. Raises ``NoSound``.
    """

    def __init__(self, command: Sequence[str], rate: int, channels: int) -> None:
        self.heard = 0
        kept = _kept(os.environ)
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own program
                [*command, str(rate), str(channels)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
                env={**kept, "LC_ALL": "C.UTF-8"},
                close_fds=True,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError as error:
            raise NoSound from error
        self._counts = threading.Thread(target=self._count, name="heard", daemon=True)
        self._counts.start()

    def play(self, samples: bytes) -> None:
        """Play them after those of before; waits while there is enough. Raises ``NoSound``."""
        rest = memoryview(samples)
        try:
            while rest:
                rest = rest[self._into.write(rest) :]
        except (OSError, ValueError) as error:
            raise NoSound from error

    def finish(self) -> None:
        """Wait until all of it was heard. Raises ``NoSound`` where it ended before."""
        with contextlib.suppress(OSError):
            self._into.close()
        if self._process.wait():
            raise NoSound
        self._counts.join()

    def stop(self) -> None:
        """Be silent now; from any thread, and more than once."""
        self._process.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_WAIT)

    def close(self) -> None:
        """Be silent and let go of all of it; in the thread that plays."""
        self.stop()
        self._counts.join()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()

    @property
    def _into(self) -> IO[bytes]:
        if self._process.stdin is None:
            raise NoSound
        return self._process.stdin

    def _count(self) -> None:
        answers = self._process.stdout
        while answers is not None and len(told := answers.read(BYTES)) == BYTES:
            self.heard = int.from_bytes(told, "big")


def _kept(environment: Mapping[str, str]) -> dict[str, str]:
    """Return what the process is told: of servers of sound none that is on another computer."""
    kept = {name: environment[name] for name in _KEPT if name in environment}
    if not all(map(_SERVER.fullmatch, kept.get("PULSE_SERVER", "").split())):
        del kept["PULSE_SERVER"]
    return kept
