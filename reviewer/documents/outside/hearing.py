"""Our side of a recording that is heard: opened in the worker, decoded a piece at a time."""

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from reviewer.documents import limits, refusals
from reviewer.documents.outside import untrusted as checks
from reviewer.documents.outside.asking import Asking
from reviewer.documents.outside.untrusted import Lie
from reviewer.errors import EngineError
from reviewer.records.large import FileBytes

SPEEDS = (0.5, 2.0)  # the slowest and the fastest


@dataclass(frozen=True, kw_only=True, slots=True)
class Sound:
    """What is known of a recording: ``frames`` of ``rate`` a second.

    What is heard of it has ``heard_rate`` samples a second in each of one or two ``channels``.
    """

    rate: int
    frames: int
    heard_rate: int
    channels: int

    @property
    def seconds(self) -> float:
        """How long it is."""
        return self.frames / self.rate


class Hearing(Asking):
    """The part of a ``Worker`` that decodes recordings; one stays open under each key."""

    _files: dict[str, FileBytes]
    _in_pieces: set[str]

    @abstractmethod
    def _alive(self) -> Any:  # noqa: ANN401 - the process, which is nothing to us here
        """Start the process where it is not."""

    @abstractmethod
    def _drop(self, key: str) -> None:
        """Forget what is open under a key."""

    def listen(self, key: str, recording: FileBytes) -> Sound:
        """Open a recording under ``key``; of its bytes only what is needed is sent.

        Raises ``DocumentError``.
        """
        self._drop(key)
        if len(recording) > limits.MAX_BYTES:
            raise refusals.refusal("large")
        self._files[key] = recording
        self._in_pieces.add(key)
        return self._listen(key)

    def samples(self, key: str, at: int, speed: float = 1.0) -> tuple[int, bytes]:
        """Return a quarter of a second from the frame ``at`` on, and the frame after it.

        16-bit numbers, the lower byte first, at ``speed`` (within ``SPEEDS``) and as high as they
        were spoken. At the end the frame after it is ``at``. Raises ``DocumentError``.
        """
        head = {"do": "samples", "key": key, "at": at, "speed": speed}
        answer, body = self._of(key, head, limits.HEARD)
        with self._believed():
            onward = checks.whole(answer, "next", at, limits.MAX_FRAMES)
            if len(body) % 2:
                raise Lie("samples")
        return onward, body

    def loudness(self, key: str, begin: int, count: int, bars: int) -> bytes:
        """Return how loud each of ``bars`` parts of ``count`` frames is at most, from 0 to 255.

        Raises ``DocumentError``.
        """
        head = {"do": "loudness", "key": key, "begin": begin, "count": count, "bars": bars}
        _, body = self._of(key, head, limits.BARS)
        with self._believed():
            if len(body) != bars:
                raise Lie("loudness")
        return body

    def _listen(self, key: str) -> Sound:
        if key not in self._files:
            raise EngineError("A recording was asked for that is not open.")
        head = {"do": "listen", "key": key, "size": len(self._files[key])}
        answer, _ = self._ask(head, b"", limits.DOCUMENT_SECONDS, 0)
        with self._believed():
            rate = checks.whole(answer, "rate", 1, limits.MAX_RATE)
            sound = Sound(
                rate=rate,
                frames=checks.whole(answer, "frames", 0, limits.MAX_FRAMES),
                heard_rate=checks.whole(answer, "heard_rate", 1, limits.HEARD_RATE),
                channels=checks.whole(answer, "channels", 1, 2),
            )
        self._sent.add(key)
        return sound

    def _of(self, key: str, head: Mapping[str, object], most: int) -> tuple[dict[str, Any], bytes]:
        """Ask for something of a recording; a process that began anew opens it again."""
        self._alive()
        if key not in self._sent:
            self._listen(key)
        return self._ask(head, b"", limits.PAGE_SECONDS, most)
