"""The very small pictures of the pages of a document: nearest pages first, until all have one.

They take little to make and to hold, and stand where a page has nothing sharper yet; the strip of
small pages shows them too. Nothing here is locked: who uses it does that.
"""

import heapq
from collections.abc import Collection, Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from ui.reader.page.held import Held

MOST = 16 << 20  # bytes of all that are held
WIDEST = 112  # pixels across, or fewer where a document has many pages
_LEAST = 16
_TALL, _COLOUR = 1.5, 2  # height by width, bytes a pixel


class Smalls:
    """Which pages have a very small picture, and which is made next."""

    def __init__(self) -> None:
        self.held: Held[QImage] = Held(MOST)
        self.across = WIDEST
        self._missing: set[int] = set()  # neither here nor on their way
        self._arrived: list[int] = []  # pages whose preview has come
        self._near = 1  # the page that the reader is at
        self._strip: tuple[int, ...] = ()  # what the strip shows

    def begin(self, pages: Collection[int]) -> None:
        """Begin with the pages that lack one, of a document with so many previews."""
        self.across = small_across(len(pages))
        self._missing = {page for page in pages if page not in self.held}
        self._arrived = []

    def clear(self) -> None:
        """Hold nothing and want nothing."""
        self.held.clear()
        self._missing, self._arrived, self._near, self._strip = set(), [], 1, ()

    def go(self, page: int) -> None:
        """Say which page the reader is at."""
        self._near = page

    def show(self, pages: Iterable[int]) -> None:
        """Say what the strip shows: those come before all others."""
        self._strip = tuple(pages)
        self._missing |= {
            page for page in self._strip if page not in self.held and page not in self._arrived
        }
        self._arrived.sort(key=lambda page: page not in self._strip)

    def shows(self, page: int) -> bool:
        """Whether the strip shows ``page``."""
        return page in self._strip

    def arrived(self, page: int) -> None:
        """Take down that the preview of a page has come."""
        if page in self._missing:
            self._missing.discard(page)
            self._arrived.insert(0 if page in self._strip else len(self._arrived), page)

    def lot(self, most: int, without: Collection[int]) -> list[int]:
        """Return up to ``most`` pages whose previews are to come next; none while enough wait."""
        if len(self._arrived) >= most:
            return []
        lacking = self._missing.difference(without)
        first = [page for page in self._strip if page in lacking]
        near = self._near
        rest = heapq.nsmallest(most, lacking, key=lambda page: (abs(page - near), page))
        return list(dict.fromkeys([*first, *rest]))[:most]

    def next(self, files: Held[bytes], without: Collection[int]) -> tuple[int, bytes] | None:
        """Return the page whose picture is to be made now, and its preview out of ``files``."""
        while self._arrived:
            page = self._arrived.pop(0)
            preview = files.get(page)
            if preview is None:
                self._missing.add(page)  # it had to go before its turn: it is brought again
            elif page not in self.held and page not in without:
                return page, preview
        return None

    def put(self, page: int, image: QImage) -> None:
        """Hold the small picture of a page, made of any larger one."""
        self.held.put(page, smaller(image, self.across))
        self._missing.discard(page)


def small_across(pages: int) -> int:
    """Return how many pixels across those have of which ``pages`` are to be held.

    >>> small_across(10), small_across(500), small_across(10_000)
    (112, 105, 23)
    """
    fits = MOST / max(pages, 1) / (_TALL * _COLOUR)
    return max(min(WIDEST, int(fits**0.5)), _LEAST)


def smaller(image: QImage, across: int) -> QImage:
    """Return a picture in ``across`` pixels, a coloured one in two bytes each."""
    grey = image.format() == QImage.Format.Format_Grayscale8
    small = image.scaledToWidth(across, Qt.TransformationMode.SmoothTransformation)
    return small.convertToFormat(image.format() if grey else QImage.Format.Format_RGB16)
