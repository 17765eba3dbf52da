"""Page bitmaps that were drawn, up to a memory cap; the ones looked at longest ago go first."""

from collections import OrderedDict
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage

from ui.theme.paper import paper

DEFAULT_CAP = 32 << 20  # bytes; a view holds as much as its window needs
_LARGEST_CAP = 128 << 20
_WINDOWS = 12  # pages in sight, and those drawn ahead, each up to twice as high as the window

MOST_PIXELS = 5000  # the engine refuses more on a side


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """One bitmap: page ``page`` (from 1) of the document ``key``, ``width`` device pixels wide
    before it is turned, on paper of the colour ``paper`` (``#rrggbb``).
    """  # noqa: D205 - one sentence over two lines

    key: str
    page: int
    width: int
    turn: int = 0
    paper: str = "#ffffff"


class Cache:
    """Bitmaps by what was wanted; never holds more than ``cap`` bytes (but always the newest)."""

    def __init__(self, cap: int = DEFAULT_CAP) -> None:
        self.cap = cap
        self.size = 0
        self._images: OrderedDict[Wanted, QImage] = OrderedDict()

    def __len__(self) -> int:
        return len(self._images)

    def __contains__(self, wanted: object) -> bool:
        return wanted in self._images

    def get(self, wanted: Wanted) -> QImage | None:
        """Return the bitmap and count it as looked at."""
        image = self._images.get(wanted)
        if image is not None:
            self._images.move_to_end(wanted)
        return image

    def stand_in(self, wanted: Wanted) -> QImage | None:
        """Return the sharpest bitmap of the same page at another size, to show meanwhile."""
        same = [
            (other.width, image)
            for other, image in self._images.items()
            if (other.key, other.page, other.turn) == (wanted.key, wanted.page, wanted.turn)
        ]
        return max(same, key=lambda pair: pair[0])[1] if same else None

    def put(self, wanted: Wanted, image: QImage) -> None:
        """Keep a bitmap, and let go of the oldest until the cap holds."""
        old = self._images.pop(wanted, None)
        if old is not None:
            self.size -= old.sizeInBytes()
        self._images[wanted] = image
        self.size += image.sizeInBytes()
        while self.size > self.cap and len(self._images) > 1:
            _, gone = self._images.popitem(last=False)
            self.size -= gone.sizeInBytes()

    def clear(self) -> None:
        """Let go of everything."""
        self._images.clear()
        self.size = 0


def cap_of(wide: float, high: float, ratio: float) -> int:
    """Return how many bytes a view of that size (device-independent pixels) holds of pages.

    >>> cap_of(830, 800, 1) >> 20, cap_of(1440, 900, 2) >> 20, cap_of(3000, 1900, 2) >> 20
    (32, 128, 128)
    """
    return min(max(DEFAULT_CAP, int(wide * high * ratio**2) * 4 * _WINDOWS), _LARGEST_CAP)


def bitmap_of(key: str, page: int, rect: QRectF, turn: int, ratio: float) -> Wanted:
    """Return what is to be drawn to fill ``rect`` (device-independent pixels) at ``ratio``."""
    across = rect.height() if turn in {90, 270} else rect.width()
    down = rect.width() if turn in {90, 270} else rect.height()
    width = min(across * ratio, MOST_PIXELS, MOST_PIXELS * across / max(down, 1))
    return Wanted(key=key, page=page, width=max(int(width), 1), turn=turn, paper=paper())
