"""A recording in the worker while it is heard: a little of it at a time, as plain samples.

Nothing of it is written anywhere, and never more than a piece is decoded at once.
"""

from collections.abc import Callable
from typing import Any, BinaryIO

import numpy as np
import soundfile

from reviewer.documents import limits
from reviewer.documents.formats import adts, mp4
from reviewer.documents.inside.pace import Pace, Samples
from reviewer.documents.refusals import Refused

_HEAD = 64 << 10  # bytes that tell what a recording is
_FULL = 32767
_BROKEN = (soundfile.SoundFileError, RuntimeError, ValueError, TypeError, OSError)


class Heard:
    """One recording that is open; ``opens`` returns its file anew, at its beginning.

    ``rate`` and ``frames`` are its own; what is heard has ``heard_rate`` samples a second. Raises
    ``Refused`` where it cannot be decoded.
    """

    def __init__(self, opens: Callable[[], BinaryIO]) -> None:
        head = opens().read(_HEAD)
        if mp4.is_mp4(head) or adts.begins(head):
            raise Refused("sound-aac")
        self._opens = opens
        self._played = sound = self._open()
        self._drawn: soundfile.SoundFile | None = None
        self.rate, self.frames = int(sound.samplerate), int(sound.frames)
        if not 0 < self.rate <= limits.MAX_RATE or not 0 <= self.frames <= limits.MAX_FRAMES:
            raise Refused("sound-broken")
        if not 0 < sound.channels <= limits.MAX_CHANNELS:
            raise Refused("sound-broken")
        self._every = -(-self.rate // limits.HEARD_RATE)  # of so many samples one is heard
        self.heard_rate = self.rate // self._every
        self.channels = 2 if sound.channels == 2 else 1
        self._speed, self._next = 0.0, -1
        self._pace = Pace(1, self.heard_rate)

    def close(self) -> None:
        """Let go of it."""
        for sound in (self._played, self._drawn):
            if sound is not None:
                sound.close()

    def samples(self, at: int, speed: float) -> tuple[int, bytes]:
        """Return what is heard from the frame ``at`` on, and the frame that it goes on from.

        As 16-bit numbers, the lower byte first, ``channels`` beside one another; none at the end.
        """
        try:
            if at != self._next or speed != self._speed:
                self._played.seek(min(at, self.frames))
                self._pace, self._speed = Pace(speed, self.heard_rate), speed
            piece = self._read(self._played, max(1, round(self.rate * limits.HEARD_SECONDS)))
        except _BROKEN as error:
            self._next = -1
            raise Refused("sound-broken") from error
        self._next = at + len(piece)
        made = self._pace.feed(self._fewer(self._heard(piece)))
        return self._next, (made * _FULL).astype("<i2").tobytes()

    def loudness(self, begin: int, count: int, bars: int) -> bytes:
        """Return the loudest moment of each of ``bars`` equal parts of ``count`` frames: 0-255."""
        made = np.zeros(bars, np.uint8)
        try:
            if self._drawn is None:
                self._drawn = self._open()
            self._drawn.seek(min(begin, self.frames))
            done = 0
            most = max(1, limits.DECODED // self._drawn.channels)
            while done < count:
                piece = self._read(self._drawn, min(most, count - done))
                if not len(piece):
                    break
                loud = np.abs(piece).max(axis=1)
                place = (np.arange(done, done + len(loud)) * bars) // count
                np.maximum.at(made, place, np.minimum(loud * 255, 255).astype(np.uint8))
                done += len(loud)
        except _BROKEN as error:
            raise Refused("sound-broken") from error
        return made.tobytes()

    def _open(self) -> soundfile.SoundFile:
        """Open it once more, to be read from a place of its own."""
        try:
            return soundfile.SoundFile(self._opens())
        except _BROKEN as error:
            raise Refused("sound-broken") from error

    @staticmethod
    def _read(sound: soundfile.SoundFile, count: int) -> Samples:
        piece: Any = sound.read(count, dtype="float32", always_2d=True)
        read: Samples = np.clip(np.nan_to_num(piece, nan=0.0, posinf=1.0, neginf=-1.0), -1.0, 1.0)
        return read

    def _heard(self, piece: Samples) -> Samples:
        if piece.shape[1] == self.channels:
            return piece
        mixed: Samples = piece.mean(axis=1, keepdims=True, dtype=np.float32)
        return mixed

    def _fewer(self, piece: Samples) -> Samples:
        """Return the mean of each few samples, where there are more than anybody hears."""
        whole = len(piece) // self._every * self._every
        if self._every == 1 or not whole:
            return piece[: len(piece) if self._every == 1 else 0]
        parts = piece[:whole].reshape(-1, self._every, piece.shape[1])
        mean: Samples = parts.mean(axis=1, dtype=np.float32)
        return mean
