"""Where a reader has been: every jump can be taken back, and taken again."""

from dataclasses import dataclass

MOST = 500  # spots that are kept each way
_NEAR = 0.1  # of a page's height: less is the same place


@dataclass(frozen=True, kw_only=True, slots=True)
class Spot:
    """A place to go back to: ``offset`` as in ``ReadingPlace``; no ``document`` where none is."""

    case: str
    document: str = ""
    page: int = 0
    offset: float = 0.0

    def meets(self, other: "Spot") -> bool:
        """Whether both show the same."""
        one, two = (self.case, self.document, self.page), (other.case, other.document, other.page)
        return one == two and abs(self.offset - other.offset) < _NEAR


class History:
    """The spots that were jumped from, oldest first, and those that were gone back from."""

    def __init__(self) -> None:
        self._behind: list[Spot] = []
        self._ahead: list[Spot] = []
        self._since = 0

    @property
    def travelled(self) -> bool:
        """Whether there was a jump since ``arrive`` that was not taken back."""
        return self._since > 0

    def arrive(self) -> None:
        """Remember that the reader came here from somewhere else: jumps count from now."""
        self._since = 0

    def leave(self, spot: Spot) -> None:
        """Take the spot that a jump begins at; what was gone back from is forgotten."""
        self._ahead.clear()
        if not self._behind or not self._behind[-1].meets(spot):
            self._behind.append(spot)
            self._since += 1
            del self._behind[:-MOST]

    def back(self, now: Spot) -> Spot | None:
        """Return the spot before ``now``, or None; ``forward`` then leads to ``now``."""
        self._since = max(self._since - 1, 0)
        return _step(self._behind, self._ahead, now)

    def forward(self, now: Spot) -> Spot | None:
        """Return the spot that was gone back from last, or None."""
        found = _step(self._ahead, self._behind, now)
        self._since += found is not None
        return found

    def clear(self) -> None:
        """Forget everything."""
        self._behind.clear()
        self._ahead.clear()
        self._since = 0


def _step(source: list[Spot], target: list[Spot], now: Spot) -> Spot | None:
    while source:
        spot = source.pop()
        if not spot.meets(now):
            target.append(now)
            return spot
    return None
