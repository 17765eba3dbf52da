"""Words of a reader's lists, lit on the pages: a pale ground and a dashed line, no mark's colour.

A mark has a sign in the margin and a whole or dotted line; what is lit has neither. Only the last
``MOST_PAGES`` that were in view are remembered, and the places on the scroll bar, which whoever
knows the text works out.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from reviewer.pagetext.characters import Characters
from reviewer.pagetext.terms import Terms
from reviewer.records.cases import Box
from ui.reader.page.layout import Layout
from ui.reader.page.wash import lay
from ui.theme.paper import at_night

COLOURS = ("#0F8B8D", "#6B8E23", "#A45A9C", "#5C6B73", "#B8862B")  # on paper, which is light
_WASH = 34  # of 255
_LIGHTER = 150  # of 100: their lines on dark paper
MOST_PAGES = 16  # more than are in view at once
MOST_LIT = 2000  # places on one page; more is a word like "the"
FINEST = 4000  # ticks over the whole bar that can be told apart, of each colour


class Lit(NamedTuple):
    """The boxes of one lit place in the viewport, and which colour it has."""

    colour: int
    rects: tuple[QRectF, ...]


class Tick(NamedTuple):
    """A lit place: its page, how far down that it is (0-1), which colour it has."""

    page: int
    share: float
    colour: int


class Lights:
    """What is lit now. ``use`` is told of the lists, ``set_ticks`` of the whole document."""

    def __init__(self) -> None:
        self._terms = Terms(())
        self._names: Sequence[str] = ()
        self._colours: Sequence[int] = ()
        self._pages: dict[int, tuple[Characters, list[tuple[int, tuple[Box, ...]]]]] = {}
        self._ticks: Sequence[Tick] = ()
        self._heights: tuple[object, object, list[tuple[float, str]]] = (None, None, [])

    def use(self, terms: Terms, names: Sequence[str], colours: Sequence[int]) -> None:
        """Light ``terms``, whose lists are called ``names`` and have ``colours``."""
        self._terms, self._names, self._colours = terms, names, colours
        self.clear()

    def clear(self) -> None:
        """Forget the pages: another document, or other words."""
        self._pages.clear()
        self._ticks = ()

    def set_ticks(self, ticks: Sequence[Tick]) -> None:
        """Show where words are lit in the whole document."""
        self._ticks = ticks

    def placed(
        self, page: int, text: Characters | None, place: Callable[[Box], QRectF]
    ) -> tuple[Lit, ...]:
        """Return what is lit on a page; ``place`` says where a box lies in the viewport."""
        if text is None or not self._terms:
            return ()
        return tuple(
            Lit(self._colours[which], tuple(map(place, boxes)))
            for which, boxes in self._on(page, text)
        )

    def told(self, page: int, text: Characters | None) -> str:
        """Return how often each list is lit on a page, by its name."""
        if text is None or not self._terms:
            return ""
        counts = Counter(which for which, _ in self._on(page, text))
        return ", ".join(f"{self._names[which]} {counts[which]}" for which in sorted(counts))

    def heights(self, layout: Layout) -> list[tuple[float, str]]:
        """Return how far down the whole document each place is (0-1), with its colour.

        One list until the layout or the places change.
        """
        if self._heights[0] is not layout or self._heights[1] is not self._ticks:
            whole = max(layout.height, 1.0)
            rects = {page: layout.rect(page) for page in {one.page for one in self._ticks}}
            found = [
                (
                    (rects[one.page].top() + one.share * rects[one.page].height()) / whole,
                    COLOURS[one.colour % len(COLOURS)],
                )
                for one in self._ticks
            ]
            self._heights = layout, self._ticks, found
        return self._heights[2]

    def _on(self, page: int, text: Characters) -> list[tuple[int, tuple[Box, ...]]]:
        kept = self._pages.pop(page, None)
        if kept is None or kept[0] is not text:
            places = self._terms.places(text.text)[:MOST_LIT]
            found = [(one.which, text.boxes(one.start, one.end)) for one in places]
            kept = text, found
        self._pages[page] = kept  # as the last one
        if len(self._pages) > MOST_PAGES:
            del self._pages[next(iter(self._pages))]
        return kept[1]


def ticks_of(
    terms: Terms, colours: Sequence[int], texts: Sequence[str], *, wanted: Callable[[], bool]
) -> list[Tick]:
    """Return where terms stand on the pages with these texts; stops where it is not ``wanted``.

    Of those that would lie on each other there is one, so that they are quickly placed anew.
    """
    found: list[Tick] = []
    fine = max(FINEST // max(len(texts), 1), 1)  # on each page
    for page, text in enumerate(texts, 1):
        if not wanted():
            return []
        size = max(len(text), 1)
        apart: dict[tuple[int, int], Tick] = {}
        for at in terms.places(text):
            share, colour = at.start / size, colours[at.which]
            apart.setdefault((int(share * fine), colour), Tick(page, share, colour))
        found += apart.values()
    return found


def paint_lit(painter: QPainter, lit: Sequence[Lit]) -> None:
    """Paint what is lit on a page, under its marks."""
    for one in lit:
        colour = QColor(COLOURS[one.colour % len(COLOURS)])
        wash = QColor(colour)
        wash.setAlpha(_WASH)
        line = colour.lighter(_LIGHTER) if at_night() else colour
        pen = QPen(line, 1.6, Qt.PenStyle.DashLine, Qt.PenCapStyle.FlatCap)
        for rect in one.rects:
            lay(painter, rect, wash)
            painter.setPen(pen)
            y = rect.bottom() + 0.5
            painter.drawLine(QPointF(rect.left(), y), QPointF(rect.right(), y))
