"""What is held of pages, up to a number of bytes; what was looked at longest ago goes first."""

from collections import OrderedDict
from typing import Generic, TypeVar

from PySide6.QtGui import QImage

One = TypeVar("One", bound=QImage | bytes)


class Held(Generic[One]):
    """Pictures or files by their page; never more than ``most`` bytes, but always the newest."""

    def __init__(self, most: int) -> None:
        self.most, self.size = most, 0
        self._kept: OrderedDict[int, tuple[One, int]] = OrderedDict()

    def __contains__(self, page: int) -> bool:
        return page in self._kept

    def get(self, page: int) -> One | None:
        """Return what is held of a page, and count it as looked at."""
        kept = self._kept.get(page)
        if kept is None:
            return None
        self._kept.move_to_end(page)
        return kept[0]

    def size_of(self, page: int) -> int:
        """Return how many bytes are held of a page."""
        kept = self._kept.get(page)
        return kept[1] if kept is not None else 0

    def put(self, page: int, one: One) -> None:
        """Hold ``one``, and let go of the oldest until the limit holds."""
        size = one.sizeInBytes() if isinstance(one, QImage) else len(one)
        self.size += size - self.size_of(page)
        self._kept[page] = one, size
        while self.size > self.most and len(self._kept) > 1:
            self.size -= self._kept.popitem(last=False)[1][1]

    def clear(self) -> None:
        """Hold nothing."""
        self._kept.clear()
        self.size = 0
