"""Charts on pages: a drawing whose rows go on to the next page where one page is too short."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from reportlab.graphics import renderPDF
from reportlab.graphics.shapes import Drawing
from reportlab.platypus import Flowable

from reviewer.reports.pdf.blocks import LABEL
from reviewer.typeset import fonts

Row = TypeVar("Row")

_HEAD = 14.0  # points for the head that is repeated
_FEWEST = 3  # rows; fewer are not worth beginning at the foot of a page


class Chart(Flowable, Generic[Row]):  # type: ignore[misc]  # reportlab has no types
    """Rows that ``draw`` draws with their axis, whichever part of them it is given.

    A part on a later page has ``title`` above it once more.
    """

    def __init__(
        self,
        rows: Sequence[Row],
        draw: Callable[[Sequence[Row]], Drawing],
        title: str,
        *,
        later: bool = False,
    ) -> None:
        super().__init__()
        self._rows, self._drawn_by, self._title, self._later = rows, draw, title, later
        self._drawing = draw(rows)

    def wrap(self, _wide: float, _high: float) -> tuple[float, float]:
        """Return the size."""
        return self._drawing.width, self._drawing.height + (_HEAD if self._later else 0)

    def split(self, _wide: float, high: float) -> list[Flowable]:
        """Return two charts, the first of which fits into ``high``; nothing where none does."""
        one, two = (self._drawn_by(self._rows[:n]).height for n in (1, 2))
        room = high - one - (_HEAD if self._later else 0)
        fit = 1 + int(room // (two - one)) if two > one and room >= 0 else 0
        if fit < min(_FEWEST, len(self._rows)) or fit >= len(self._rows):
            return []
        first = Chart(self._rows[:fit], self._drawn_by, self._title, later=self._later)
        return [first, Chart(self._rows[fit:], self._drawn_by, self._title, later=True)]

    def draw(self) -> None:
        """Draw the head, if it is repeated, and the rows."""
        renderPDF.draw(self._drawing, self.canv, 0, 0)
        if self._later:
            wide, ending = self._drawing.width, ", continued"
            room = wide - fonts.width(ending, LABEL.face, LABEL.size)
            title = fonts.elide(self._title, LABEL.face, LABEL.size, room) + ending
            fonts.draw(self.canv, 0, self._drawing.height + 4, title, LABEL)
