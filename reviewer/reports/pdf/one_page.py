"""What our one-page papers share: banner, title, facts, numbered groups with their square."""

import io
from collections.abc import Callable, Sequence

from reportlab.graphics import renderPDF
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from reviewer.reports.pdf import palette
from reviewer.reports.pdf.pages import pdf_date
from reviewer.typeset import fonts
from reviewer.typeset.fonts import Type

WIDE, HIGH = A4
LEFT, RIGHT = 48.0, WIDE - 48.0
_BAND = 22.0
_QR = 118.0  # points; 57 modules of 2 points print and scan well
_BANNER = Type(fonts.SANS_BOLD, 8, palette.PAPER)
_LABEL = Type(fonts.SANS_BOLD, 8, palette.INK2)
SMALL = Type(fonts.SANS, 8, palette.INK2)
TEXT = Type(fonts.SERIF, 9.5, palette.INK)
_VALUE = Type(fonts.SANS_BOLD, 10, palette.INK)
_HEAD = Type(fonts.SANS_BOLD, 10.5, palette.INK)
_TITLE = Type(fonts.SERIF_BOLD, 20, palette.INK)
_GROUP = Type(fonts.SANS_BOLD, 14, palette.INK)
_CHECK = Type(fonts.SANS, 14, palette.INK2)


def one_page(title: str, printed_on: str, draw: Callable[[Canvas], None]) -> bytes:
    """Return a PDF of one A4 page that ``draw`` fills; ``printed_on`` is its only date."""
    return papers(title, printed_on, [draw])


def papers(
    title: str,
    printed_on: str,
    pages: Sequence[Callable[[Canvas], None]],
    size: tuple[float, float] = A4,
) -> bytes:
    """Return a PDF with a page for each of ``pages``, which fill them; ``size`` is in points."""
    fonts.ready()
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=size, pageCompression=1, invariant=1, lang="en")
    canvas.setTitle(title)
    canvas.setAuthor("")
    canvas.setSubject("")
    canvas.setKeywords("")
    canvas.setCreator("Reviewer")
    canvas.setProducer("Reviewer")
    canvas.setDateFormatter(lambda *_: pdf_date(printed_on))
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def banner(canvas: Canvas, parts: Sequence[str]) -> None:
    """Draw the coloured band at the top with those of ``parts`` that say something."""
    canvas.setFillColor(palette.MARKING)
    canvas.rect(0, HIGH - _BAND, WIDE, _BAND, stroke=0, fill=1)
    line = "  \u00b7  ".join(part for part in parts if part)
    line = fonts.elide(line, _BANNER.face, _BANNER.size, WIDE - 24)
    fonts.draw(canvas, WIDE / 2, HIGH - _BAND + 7.5, line, _BANNER, align=0.5)


def head(canvas: Canvas, title: str, facts: Sequence[tuple[str, str]]) -> float:
    """Draw the title and (name, value) lines; returns the height below them."""
    fonts.draw(canvas, LEFT, HIGH - 62, title, _TITLE)
    y = float(HIGH - 86)
    for name, value in facts:
        fonts.draw(canvas, LEFT, y, name, _LABEL)
        shown = fonts.elide(value, _VALUE.face, _VALUE.size, RIGHT - LEFT - 64)
        fonts.draw(canvas, LEFT + 64, y, shown, _VALUE)
        y -= 15
    return y - 6


def box(canvas: Canvas, lines: Sequence[str], numbered: str, top: float) -> float:
    """Draw lines in columns of groups, digit under digit, and ``numbered`` as a square beside."""
    step = 23.0
    high = max(len(lines) * step + 20, _QR + 26)
    canvas.setFillColor(palette.PANEL)
    canvas.setStrokeColor(palette.LINE2)
    canvas.roundRect(LEFT, top - high, RIGHT - LEFT, high, 6, stroke=1, fill=1)
    y = top - (high - len(lines) * step) / 2 - step + 7
    for number, line in enumerate(lines, 1):
        fonts.draw(canvas, LEFT + 22, y, str(number), SMALL, align=1)
        groups = line.split()
        for column, group in enumerate(groups):
            checks = column == 4 or len(groups) < 5
            style = _CHECK if checks else _GROUP
            fonts.draw(canvas, LEFT + 36 + column * 60, y, group, style)
        y -= step
    square(canvas, numbered, RIGHT - _QR - 14, top - (high + _QR) / 2, _QR, quiet=6)
    return top - high - 24


def square(canvas: Canvas, text: str, x: float, y: float, side: float, *, quiet: float) -> None:
    """Draw ``text`` as a QR code of ``side`` points with a blank edge of ``quiet`` points."""
    code = QrCodeWidget(text, barLevel="M", barBorder=0)
    left, bottom, right, top = code.getBounds()
    scale = [side / (right - left), 0, 0, side / (top - bottom), 0, 0]
    drawing = Drawing(side, side, transform=scale)
    drawing.add(code)
    canvas.setFillColor(palette.PAPER)
    canvas.rect(x - quiet, y - quiet, side + 2 * quiet, side + 2 * quiet, stroke=0, fill=1)
    renderPDF.draw(drawing, canvas, x - left, y - bottom)


def section(canvas: Canvas, title: str, y: float) -> float:
    """Draw a heading; returns the height below it."""
    fonts.draw(canvas, LEFT, y, title, _HEAD)
    return y - 17


def point(canvas: Canvas, text: str, y: float) -> float:
    """Draw one point of a list, wrapped; returns the height below it."""
    canvas.setFillColor(palette.ACCENT)
    canvas.circle(LEFT + 4, y + 3, 1.8, stroke=0, fill=1)
    for line in fonts.wrap([(TEXT.face, " ".join(text.split()))], TEXT.size, RIGHT - LEFT - 16):
        canvas.setFillColor(TEXT.colour)
        fonts.draw_line(canvas, LEFT + 16, y, line, TEXT.size)
        y -= 13
    return y - 3
