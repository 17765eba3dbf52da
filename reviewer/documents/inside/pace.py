"""Speech slower or faster at the pitch it was spoken in: short parts laid over one another.

Each part is taken from near where it is due, where it goes on best from the one before (WSOLA).
"""

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]  # a row a moment, a column a channel; from -1 to 1

_PART = 0.04  # seconds of one part, of which each half lies over the next
_NEAR = 0.008  # seconds before and after its due place that a part is looked for in
_QUIET = 1e-9  # energy that stands for none


class Pace:
    """Turns samples that come piece by piece into what is heard at ``speed``; 1 is as it is."""

    def __init__(self, speed: float, rate: int) -> None:
        self._speed = speed
        self._half = max(8, round(rate * _PART / 2))
        self._near = max(2, round(rate * _NEAR))
        width = 2 * self._half
        window = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(width) / width)
        self._window = window.astype(np.float32)[:, None]
        self._held: Samples | None = None  # what came and is still needed
        self._due = 0.0  # where in that the next part should begin
        self._onward = -1  # where the part before goes on, or -1
        self._tail: Samples | None = None  # its second half, faded

    def feed(self, samples: Samples) -> Samples:
        """Take the next samples; return what can be heard by now."""
        if self._speed == 1:
            return samples
        held = samples if self._held is None else np.concatenate([self._held, samples])
        made: list[Samples] = []
        width, half = 2 * self._half, self._half
        while True:
            due = int(self._due)
            last = max(due, self._onward) + self._near + width
            if last > len(held):
                break
            at = due if self._onward < 0 else self._best(held, due)
            part = held[at : at + width] * self._window
            if self._tail is not None:
                made.append(self._tail + part[:half])
            self._tail = part[half:]
            self._onward = at + half
            self._due += half * self._speed
        begin = max(0, min(int(self._due), self._onward) - self._near)
        self._held = held[begin:]
        self._due -= begin
        self._onward -= begin if self._onward >= 0 else 0
        return np.concatenate(made) if made else samples[:0]

    def _best(self, held: Samples, due: int) -> int:
        """Return where near ``due`` the sound is most like what would have come next."""
        low = max(0, due - self._near)
        like = held[self._onward : self._onward + self._half].mean(axis=1)
        among = held[low : due + self._near + self._half].mean(axis=1)
        together = np.correlate(among, like, "valid")
        loud = np.cumsum(np.concatenate([[0.0], among.astype(np.float64) ** 2]))
        energy = loud[len(like) :] - loud[: -len(like)]
        return low + int(np.argmax(together / np.sqrt(energy + _QUIET)))
