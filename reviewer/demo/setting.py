"""The pages that we set for the invented papers: tidy forms and statements, in our own faces."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from reviewer.assets import resource
from reviewer.demo.words import INVENTED

WIDTH, HEIGHT = 595.28, 841.89  # A4 in points
LEFT, RIGHT, TOP, BOTTOM = 62.0, 533.0, 752.0, 76.0
SERIF, SANS = "DemoSerif", "DemoSans"
BOLD = {SERIF: "DemoSerif-Bold", SANS: "DemoSans-Bold"}
_FACES = {
    SERIF: "NotoSerif-Regular",
    BOLD[SERIF]: "NotoSerif-Bold",
    SANS: "NotoSans-Regular",
    BOLD[SANS]: "NotoSans-Bold",
}
_INK, _QUIET, _LINE = 0.13, 0.42, 0.78  # greys, 0 black to 1 white


@dataclass(slots=True)
class _Page:
    texts: list[tuple[float, float, str, float, float, str]] = field(default_factory=list)
    lines: list[tuple[float, float, float, float]] = field(default_factory=list)


class Sheet:
    """A paper being set: paragraphs and tables flow down the page, then onto the next.

    ``page`` is the page that was written to last, from 1: the place of a quotation is known as
    soon as it is set, because a paragraph is never cut in two.
    """

    def __init__(
        self, heading: str, agency: str, *, face: str = SERIF, size: float = 11.5
    ) -> None:
        _register()
        self._heading = heading.upper()
        self._agency = f"{agency} \u00b7 INVENTED"
        self._face = face
        self._size = size
        self._pages: list[_Page] = []
        self._y = 0.0
        self.new_page()

    @property
    def page(self) -> int:
        """The page that was written to last, from 1."""
        return len(self._pages)

    def new_page(self) -> None:
        """Go on at the top of a new page."""
        self._pages.append(_Page())
        self._y = TOP

    def space(self, points: float) -> None:
        """Leave room."""
        self._y -= points

    def title(self, text: str) -> None:
        """Set a title across the page."""
        self._room(44)
        self._put(LEFT, BOLD[SANS], 15, _INK, text)
        self._y -= 26

    def section(self, text: str) -> None:
        """Set a heading, kept together with what follows."""
        self._room(64)
        self._y -= 6
        self._put(LEFT, BOLD[SANS], 10.5, _INK, text)
        self._y -= 21

    def paragraph(self, text: str, *, label: str = "", quiet: bool = False) -> int:
        """Set a paragraph, ``label`` in bold before it; return the page it stands on."""
        size = self._size - 1.5 if quiet else self._size
        lead = size * 1.55
        face = SANS if quiet else self._face
        indent = pdfmetrics.stringWidth(label, BOLD[face], size) + 7 if label else 0.0
        lines = _wrap(text, face, size, RIGHT - LEFT, indent)
        self._room(len(lines) * lead + 4)
        if label:
            self._put(LEFT, BOLD[face], size, _INK, label)
        for number, line in enumerate(lines):
            left = LEFT + (indent if number == 0 else 0)
            self._put(left, face, size, _QUIET if quiet else _INK, line)
            self._y -= lead
        self._y -= size * 0.78
        return self.page

    def fields(self, rows: Sequence[tuple[str, str]]) -> None:
        """Set names and values of a form, ruled between."""
        self.table(("", ""), rows, (150.0, RIGHT - LEFT - 150.0))

    def table(
        self,
        heads: Sequence[str],
        rows: Sequence[Sequence[str]],
        widths: Sequence[float],
    ) -> None:
        """Set a ruled table; the heads are repeated on each page. Widths in points."""
        self._heads(heads, widths)
        for row in rows:
            cells = [
                _wrap(text, SANS, 9, width - 8) for text, width in zip(row, widths, strict=True)
            ]
            height = max(len(cell) for cell in cells) * 12.6 + 7
            if self._y - height < BOTTOM:
                self.new_page()
                self._heads(heads, widths)
            left, top = LEFT, self._y
            for number, (cell, width) in enumerate(zip(cells, widths, strict=True)):
                face = BOLD[SANS] if number == 0 else SANS
                for line, text in enumerate(cell):
                    self._y = top - line * 12.6
                    self._put(left + (0 if number == 0 else 4), face, 9, _INK, text)
                left += width
            self._y = top - height + 4
            self._rule()
            self._y -= 13
        self._y -= 6

    def signature(self, who: str) -> None:
        """Set a line for a signature."""
        self._room(60)
        self._y -= 26
        self._pages[-1].lines.append((LEFT, self._y, LEFT + 190, self._y))
        self._y -= 14
        self._put(LEFT, SANS, 8.5, _QUIET, who)
        self._y -= 18

    def finish(self) -> bytes:
        """Return the PDF. The same content gives the same bytes."""
        target = io.BytesIO()
        canvas = Canvas(target, pagesize=(WIDTH, HEIGHT), invariant=1, pageCompression=1)
        canvas.setTitle(f"{self._heading.capitalize()} (invented demonstration)")
        canvas.setAuthor("Reviewer")
        for number, page in enumerate(self._pages, 1):
            self._draw(canvas, page, number)
            canvas.showPage()
        canvas.save()
        return target.getvalue()

    def _draw(self, canvas: Canvas, page: _Page, number: int) -> None:
        canvas.setStrokeGray(_LINE)
        canvas.setLineWidth(0.6)
        canvas.line(LEFT, 779, RIGHT, 779)
        for rule in page.lines:
            canvas.line(*rule)
        canvas.setFillGray(0.30)
        canvas.setFont(SANS, 8.5)
        canvas.drawString(LEFT, 787, self._heading, charSpace=0.7)
        canvas.setFont(BOLD[SANS], 8.5)
        canvas.drawRightString(RIGHT, 787, self._agency)
        canvas.setFont(SANS, 7.5)
        canvas.setFillGray(_QUIET)
        canvas.drawString(LEFT, 44, INVENTED)
        canvas.drawRightString(RIGHT, 44, f"Page {number} of {len(self._pages)}")
        for left, y, face, size, grey, text in page.texts:
            canvas.setFillGray(grey)
            canvas.setFont(face, size)
            canvas.drawString(left, y, text)

    def _heads(self, heads: Sequence[str], widths: Sequence[float]) -> None:
        self._room(60)
        if any(heads):
            left = LEFT
            for number, (head, width) in enumerate(zip(heads, widths, strict=True)):
                self._put(left + (0 if number == 0 else 4), SANS, 8, _QUIET, head)
                left += width
            self._y -= 6
        else:
            self._y += 10
        self._rule()
        self._y -= 13

    def _rule(self) -> None:
        self._pages[-1].lines.append((LEFT, self._y, RIGHT, self._y))

    def _room(self, height: float) -> None:
        if self._y - height < BOTTOM and self._y < TOP:
            self.new_page()

    def _put(self, left: float, face: str, size: float, grey: float, text: str) -> None:
        self._pages[-1].texts.append((left, self._y, face, size, grey, text))


@cache
def _register() -> None:
    for name, file in _FACES.items():
        pdfmetrics.registerFont(TTFont(name, str(resource(f"fonts/{file}.ttf"))))


def _wrap(text: str, face: str, size: float, width: float, indent: float = 0.0) -> list[str]:
    """Break ``text`` into lines of at most ``width`` points, the first less ``indent``."""
    lines, line = [], ""
    room = width - indent
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if line and pdfmetrics.stringWidth(longer, face, size) > room:
            lines.append(line)
            line, room = word, width
        else:
            line = longer
    return [*lines, line]
