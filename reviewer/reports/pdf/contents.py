"""The list of contents, whose page numbers are set after the last page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from reviewer.reports.pdf import palette
from reviewer.typeset import fonts
from reviewer.typeset.fonts import Type


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One line of the contents."""

    words: str
    key: str
    level: int


class Contents(Flowable):  # type: ignore[misc]  # reportlab has no types
    """The list of headings with page numbers and links, in ``columns`` columns."""

    def __init__(self, name: str, entries: Sequence[Entry], *, columns: int = 1) -> None:
        super().__init__()
        self._name, self._entries, self._columns = name, entries, columns
        self._high = 15.5 if columns == 1 else 12.5
        self._wide = 0.0
        self.parts: list[Contents] = [self]

    def wrap(self, wide: float, _high: float) -> tuple[float, float]:
        """Return the size."""
        self._wide = wide
        return wide, self._high * -(-len(self._entries) // self._columns)

    def split(self, _wide: float, high: float) -> list[Flowable]:
        """Fill the page column by column; the rest goes on to the next."""
        fit = int(high // self._high) * self._columns
        if fit == 0 or fit >= len(self._entries):
            return []
        first, rest = self._part(self._entries[:fit], "a"), self._part(self._entries[fit:], "b")
        self.parts.remove(self)
        self.parts += [first, rest]
        return [first, rest]

    def draw(self) -> None:
        """Draw the words, the links, and the form that will hold the numbers."""
        for entry, x, y, wide in self._spots():
            style = self._style(entry)
            left = x + 14 * entry.level
            name = fonts.elide(entry.words, style.face, style.size, wide - 44 - 14 * entry.level)
            fonts.draw(self.canv, left, y, name, style)
            self.canv.linkRect(
                "", entry.key, (x, y - 3, x + wide, y + self._high - 5), relative=1, thickness=0
            )
            start = left + fonts.width(name, style.face, style.size) + 4
            self.canv.setStrokeColor(palette.LINE2)
            self.canv.setLineWidth(0.5)
            self.canv.setDash([0.5, 2.5])
            self.canv.line(start, y + 1, x + wide - 24, y + 1)
            self.canv.setDash()
        self.canv.doForm(self._name)

    def set_numbers(self, canvas: Canvas, pages: Mapping[str, int]) -> None:
        """Set the page numbers of every part that was drawn, from pages by key."""
        for part in self.parts:
            part.set_part(canvas, pages)

    def set_part(self, canvas: Canvas, pages: Mapping[str, int]) -> None:
        """Set the page numbers of this part."""
        canvas.beginForm(self._name)
        for entry, x, y, wide in self._spots():
            number = str(pages.get(entry.key, ""))
            fonts.draw(canvas, x + wide, y, number, self._style(entry), align=1)
        canvas.endForm()

    def _part(self, entries: Sequence[Entry], suffix: str) -> "Contents":
        part = Contents(self._name + suffix, entries, columns=self._columns)
        part.parts = self.parts
        return part

    def _style(self, entry: Entry) -> Type:
        if self._columns > 1:
            return Type(fonts.SANS, 7.5, palette.INK)
        face = fonts.SANS_BOLD if entry.level == 0 else fonts.SANS
        return Type(face, 9, palette.INK if entry.level < 2 else palette.INK2)

    def _spots(self) -> list[tuple[Entry, float, float, float]]:
        """Return each entry with its left, base line and width."""
        rows = -(-len(self._entries) // self._columns)
        gap = 18.0 if self._columns > 1 else 0.0
        wide = (self._wide - gap * (self._columns - 1)) / self._columns
        return [
            (
                entry,
                (place // rows) * (wide + gap),
                self._high * (rows - place % rows) - self._high + 4,
                wide,
            )
            for place, entry in enumerate(self._entries)
        ]
