"""One worker process, from its start to its end: a frame to it, and one back in its time."""

import time
from collections.abc import Callable, Mapping
from typing import Any

from reviewer.documents import limits
from reviewer.documents.frames import FRAME, MAX_HEAD, pack, parse_head
from reviewer.documents.outside import untrusted as checks
from reviewer.documents.outside.channel import Channel
from reviewer.documents.outside.spawn import Shared, end, kill, start
from reviewer.documents.outside.untrusted import Lie
from reviewer.documents.outside.windows_job import Job
from reviewer.documents.reach import Reach
from reviewer.errors import EngineError


class Running:
    """One process, from its start to its end."""

    def __init__(
        self, command: list[str], shared: Shared, piece: Callable[[Mapping[str, Any]], bytes]
    ) -> None:
        """Start it; ``piece`` returns what it asks for of a document, or raises ``Lie``."""
        self._piece = piece
        self._process = start(command, shared)
        self._job = Job(self._process)
        self._channel = Channel(self._process)
        self.number = self._process.pid
        self.reach: tuple[Reach, ...] = tuple(Reach)
        try:
            answer, _ = received(self._channel, time.monotonic() + limits.START_SECONDS, 0)
            ready = answer.get("ready") is True
            self.reach = checks.reach(answer)
        except (TimeoutError, EOFError, Lie):
            ready = False
        if not ready:
            self.stop()
            raise EngineError(
                "The part of Reviewer that reads documents did not start. "
                "Install Reviewer again; nothing was changed."
            )

    @property
    def gone(self) -> bool:
        """Whether it has ended."""
        return self._process.poll() is not None

    def ask(
        self, head: Mapping[str, object], body: bytes, seconds: float, most: int
    ) -> tuple[dict[str, Any], bytes]:
        """Send one frame and return its answer; raises TimeoutError, EOFError or Lie.

        Before it answers the process may ask for pieces of a document that it has open.
        """
        deadline = time.monotonic() + seconds
        self._channel.send(pack(head, len(body)), deadline)
        self._channel.send(body, deadline)
        while True:
            answer, blob = received(self._channel, deadline, most)
            if "piece" not in answer:
                return answer, blob
            asked = time.monotonic()
            piece = self._piece(answer)
            deadline += time.monotonic() - asked  # our own time, not the document's
            self._channel.send(pack({}, len(piece)), deadline)
            self._channel.send(piece, deadline)

    def kill(self) -> None:
        """End it from any thread, if it goes on; who waits for an answer gets EOFError."""
        if not self.gone:
            kill(self._process)

    def stop(self) -> None:
        """End it."""
        end(self._process)
        self._job.close()


def received(channel: Channel, deadline: float, most: int) -> tuple[dict[str, Any], bytes]:
    """Return the next frame of a process: its head, and at most so many bytes of body.

    Raises ``TimeoutError``, ``EOFError`` or ``Lie``.
    """
    head, body = FRAME.unpack(channel.receive(FRAME.size, deadline))
    if head > MAX_HEAD or body > most:
        raise Lie("length")
    untrusted = channel.receive(head, deadline)
    try:
        answer = parse_head(untrusted)
    except ValueError as error:
        raise Lie("head") from error
    return answer, channel.receive(body, deadline)
