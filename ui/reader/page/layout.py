"""Where the pages of a document stand, one by one or in twos: sizes, zoom, turns. Arithmetic.

Content coordinates are logical pixels from the top left of the whole run of pages.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

from PySide6.QtCore import QPointF, QRectF, QSizeF

from reviewer.records.cases import Box
from reviewer.records.reading import Turn

GAP = 16  # between two pages
MARGIN = 20  # around all of them
SCREEN = 96 / 72  # logical pixels a point at 100 %
SMALLEST, LARGEST = 0.1, 6.0

_Size = tuple[float, float]  # width, height


class Fit(Enum):
    """How the zoom follows the window."""

    WIDTH = "width"
    PAGE = "page"
    FREE = "free"


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """How the pages are shown; ``zoom`` 1.0 is 100 %.

    ``turns`` are the pages that do not stand as they came, and by 90, 180 or 270 degrees.
    ``two`` has two pages side by side in each row: the first and the second, and so on.
    """

    fit: Fit = Fit.WIDTH
    zoom: float = 1.0
    turns: Mapping[int, int] = field(default_factory=dict)
    two: bool = False

    def turn(self, page: int) -> int:
        """Return by how many degrees ``page`` is turned clockwise."""
        return self.turns.get(page, 0)

    def turned(self, pages: Iterable[int], degrees: int) -> "Settings":
        """Return these settings with ``pages`` turned further by ``degrees``, clockwise."""
        turns = {page: (self.turn(page) + degrees) % 360 for page in pages}
        every = {**self.turns, **turns}
        return replace(self, turns={page: by for page, by in sorted(every.items()) if by})


def ranges_of(turns: Mapping[int, int]) -> tuple[Turn, ...]:
    """Return turned pages as runs of neighbours that are turned alike.

    >>> ranges_of({2: 90, 3: 90, 5: 270})
    (Turn(first=2, last=3, degrees=90), Turn(first=5, last=5, degrees=270))
    """
    runs: list[Turn] = []
    for page, degrees in sorted(turns.items()):
        last = runs[-1] if runs else None
        if last is not None and (last.last, last.degrees) == (page - 1, degrees):
            runs[-1] = replace(last, last=page)
        else:
            runs.append(Turn(first=page, last=page, degrees=degrees))
    return tuple(runs)


def pages_of(runs: Iterable[Turn]) -> dict[int, int]:
    """Return the degrees of every page in ``runs``: ``ranges_of``, back."""
    return {page: run.degrees for run in runs for page in range(run.first, run.last + 1)}


class Layout:
    """The places of all pages for one window size; pages count from 1."""

    def __init__(
        self, sizes: Sequence[tuple[float, float]], settings: Settings, window: QSizeF
    ) -> None:
        """Lay out pages of ``sizes`` (points) in a ``window`` (logical pixels)."""
        turned = [
            (h, w) if settings.turn(page) in {90, 270} else (w, h)
            for page, (w, h) in enumerate(sizes, 1)
        ]
        self.turn = settings.turn
        rows = _rows(turned, settings)
        self.zoom = _zoom(rows, settings, window)
        scale = self.zoom * SCREEN
        gaps = GAP if settings.two else 0
        widest = max((_across(row) for row in rows), default=0.0) * scale + gaps
        self.width = max(window.width(), widest + 2 * MARGIN)
        self._in_row = 2 if settings.two else 1
        self._rects: list[QRectF] = []
        self._bottoms: list[float] = []  # of the rows
        top = float(MARGIN)
        for row in rows:
            sizes = [(round(w * scale), round(h * scale)) for w, h in row]
            left: float = round((self.width - _across(sizes) - gaps) / 2)
            tallest = max(high for _, high in sizes)
            for wide, high in sizes[: len(turned) - len(self._rects)]:
                self._rects.append(QRectF(left, top, wide, high))
                self._bottoms.append(top + tallest)
                left += wide + GAP
            top += tallest + GAP
        self.height = top - GAP + MARGIN if turned else window.height()
        self._tops = [rect.top() for rect in self._rects]

    def __len__(self) -> int:
        return len(self._rects)

    def rect(self, page: int) -> QRectF:
        """Return the place of ``page``."""
        return self._rects[page - 1]

    def between(self, top: float, bottom: float) -> range:
        """Return the numbers of the pages that show between two heights."""
        first = bisect_left(self._bottoms, top)
        last = bisect_right(self._tops, bottom)
        return range(first + 1, last + 1)

    def nearest(self, y: float, held: int = 0) -> int:
        """Return the first page at height ``y``, or of the next row below; 0 where there are none.

        ``held``, where it stands in that row.
        """
        found = min(bisect_left(self._bottoms, y) + 1, len(self._rects))
        return held if held in self._row(found) else found

    def at(self, point: QPointF) -> int:
        """Return the page at ``point``, or nearest to it in its row or the next one below."""
        found = self.nearest(point.y())

        def away(page: int) -> float:
            rect = self.rect(page)
            return max(rect.left() - point.x(), point.x() - rect.right())

        return min(self._row(found), key=away, default=found)

    def unit(self, page: int, point: QPointF) -> tuple[float, float]:
        """Return where ``point`` lies on ``page`` in page units, held to the page."""
        rect = self.rect(page)
        u = min(max((point.x() - rect.left()) / rect.width(), 0.0), 1.0)
        v = min(max((point.y() - rect.top()) / rect.height(), 0.0), 1.0)
        return {0: (u, v), 90: (v, 1 - u), 180: (1 - u, 1 - v), 270: (1 - v, u)}[self.turn(page)]

    def place(self, page: int, box: Box) -> QRectF:
        """Return the rectangle of a box in page units."""
        rect = self.rect(page)
        one, two = self._turned(page, box.left, box.top), self._turned(page, box.right, box.bottom)
        return QRectF(
            QPointF(rect.left() + one[0] * rect.width(), rect.top() + one[1] * rect.height()),
            QPointF(rect.left() + two[0] * rect.width(), rect.top() + two[1] * rect.height()),
        ).normalized()

    def _row(self, page: int) -> range:
        """Return the pages that stand in one row with ``page``."""
        first = page - (page - 1) % self._in_row
        return range(first, min(first + self._in_row, len(self) + 1)) if page else range(0)

    def _turned(self, page: int, x: float, y: float) -> tuple[float, float]:
        return {0: (x, y), 90: (1 - y, x), 180: (1 - x, 1 - y), 270: (y, 1 - x)}[self.turn(page)]


def _rows(sizes: Sequence[_Size], settings: Settings) -> list[Sequence[_Size]]:
    """Return the sizes row by row; a last page without another has room for one beside it."""
    if not settings.two:
        return [(size,) for size in sizes]
    even = [*sizes, *sizes[-1:]] if len(sizes) % 2 else sizes
    return [even[n : n + 2] for n in range(0, len(even), 2)]


def _across(row: Sequence[_Size]) -> float:
    return sum(wide for wide, _ in row)


def _zoom(rows: Sequence[Sequence[_Size]], settings: Settings, window: QSizeF) -> float:
    if settings.fit is Fit.FREE or not rows:
        return min(max(settings.zoom, SMALLEST), LARGEST)
    widest = max(_across(row) for row in rows)
    gaps = GAP + 1 if settings.two else 0  # another 1
    zoom = (window.width() - 2 * MARGIN - 1 - gaps) / (widest * SCREEN)  # 1: for rounding
    if settings.fit is Fit.PAGE:
        tallest = max(h for row in rows for _, h in row)
        zoom = min(zoom, (window.height() - 2 * MARGIN) / (tallest * SCREEN))
    return min(max(zoom, SMALLEST), LARGEST)


ZOOMS = (0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0, 6.0)


def next_zoom(now: float, steps: int) -> float:
    """Return the next larger (``steps`` above 0) or smaller zoom in ``ZOOMS``."""
    if steps > 0:
        return next((z for z in ZOOMS if z > now + 0.01), ZOOMS[-1])
    return next((z for z in reversed(ZOOMS) if z < now - 0.01), ZOOMS[0])
