"""Bytes to and from the worker, against the clock.

A worker may stop reading, stop writing, or leave a child behind that keeps the pipe open: no
wait here is without an end.
"""

import contextlib
import os
import select
import subprocess
import threading
import time
from collections.abc import Iterator

_CHUNK = 1 << 20
_POSIX = os.name == "posix"


class Channel:
    """The two pipes of one worker process."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        if process.stdin is None or process.stdout is None:
            raise ValueError("the worker was started without pipes")
        self._process = process
        self._to, self._from = process.stdin.fileno(), process.stdout.fileno()
        if _POSIX:
            os.set_blocking(self._to, False)
            os.set_blocking(self._from, False)

    def send(self, data: bytes, deadline: float) -> None:
        """Write all of ``data`` before ``deadline`` (``time.monotonic``).

        Raises ``TimeoutError``, or ``EOFError`` when the worker is gone.
        """
        view = memoryview(data)
        with self._watched(deadline):
            while view:
                self._ready(self._to, select.POLLOUT if _POSIX else 0, deadline)
                try:
                    view = view[os.write(self._to, view[:_CHUNK]) :]
                except BlockingIOError:
                    continue
                except OSError as error:
                    raise EOFError from error

    def receive(self, length: int, deadline: float) -> bytes:
        """Read exactly ``length`` bytes before ``deadline``; raises as ``send`` does."""
        parts: list[bytes] = []
        with self._watched(deadline):
            while length:
                self._ready(self._from, select.POLLIN if _POSIX else 0, deadline)
                try:
                    part = os.read(self._from, min(length, _CHUNK))
                except BlockingIOError:
                    continue
                except OSError as error:
                    raise EOFError from error
                if not part:
                    raise EOFError
                parts.append(part)
                length -= len(part)
        return b"".join(parts)

    def _ready(self, file: int, event: int, deadline: float) -> None:
        if not _POSIX:
            return
        left = deadline - time.monotonic()
        poll = select.poll()
        poll.register(file, event)
        if left <= 0 or not poll.poll(left * 1000):
            raise TimeoutError

    @contextlib.contextmanager
    def _watched(self, deadline: float) -> Iterator[None]:
        """Where pipes cannot be polled (Windows), kill the worker when its time is up."""
        if _POSIX:
            yield
            return
        late = threading.Event()
        timer = threading.Timer(max(0.0, deadline - time.monotonic()), self._kill, [late])
        timer.start()
        try:
            yield
        except EOFError as error:
            raise (TimeoutError() if late.is_set() else error) from error
        finally:
            timer.cancel()

    def _kill(self, late: threading.Event) -> None:
        late.set()
        self._process.kill()
