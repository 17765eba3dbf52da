"""How one page is painted: paper, picture, marks, hits, the selection. Nothing is remembered."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from reviewer.messages import say
from ui.reader.page.lights import Lit, paint_lit
from ui.reader.page.wash import lay
from ui.reader.shown import ShownMark
from ui.theme import DARK, LIGHT, font, tokens
from ui.theme.paper import at_night, paper

WASH = 56  # of 255: strength of a mark's wash over the words, which stay readable
FAINT_WASH = 30
SIGN = 4  # width of the bar beside a marked line
# Paper is light in both schemes, so what lies on it takes the light one's inks.
_HIT, _HIT_NOW = LIGHT.ratings[2], LIGHT.ratings[3]
_SHADOW = (10, 18, 26)  # strengths of the three lines under a page


@dataclass(frozen=True, kw_only=True, slots=True)
class PlacedMark:
    """A mark and where its boxes lie in the viewport."""

    mark: ShownMark
    rects: tuple[QRectF, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class PageParts:
    """All that is painted on one page, in viewport coordinates."""

    number: int
    rect: QRectF
    image: QImage | None
    problem: str = ""
    marks: tuple[PlacedMark, ...] = ()
    lit: tuple[Lit, ...] = ()
    chosen: str = ""
    hits: tuple[QRectF, ...] = ()
    hit_now: tuple[QRectF, ...] = ()
    selection: tuple[QRectF, ...] = field(default=())
    drawing: QRectF | None = None


def paint_page(painter: QPainter, parts: PageParts) -> None:
    """Paint one page with all that lies on it."""
    _paper(painter, parts)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    paint_lit(painter, parts.lit)
    for placed in parts.marks:
        _mark(painter, placed, parts.rect, chosen=placed.mark.id == parts.chosen)
    _wash(painter, parts.hits, _HIT, 110)
    _wash(painter, parts.hit_now, _HIT_NOW, 150)
    _frames(painter, parts.hit_now, LIGHT.accent)
    _wash(painter, parts.selection, LIGHT.focus, 72)
    if parts.drawing is not None:
        _wash(painter, (parts.drawing,), LIGHT.focus, 40)
        _frames(painter, (parts.drawing,), LIGHT.focus)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def _paper(painter: QPainter, parts: PageParts) -> None:
    rect = parts.rect
    for step, strength in enumerate(_SHADOW):
        colour = QColor(0, 0, 0, strength)
        grown = rect.adjusted(step - 2, step - 1, 2 - step, 3 - step)
        painter.fillRect(grown, colour)
    if parts.image is not None:
        _picture(painter, rect, parts.image)
    else:
        painter.fillRect(rect, QColor(paper()))
        _say(painter, rect, parts)
    painter.setPen(QPen(QColor(tokens().line), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(rect.adjusted(0, 0, -1, -1))


def _picture(painter: QPainter, page: QRectF, image: QImage) -> None:
    """Paint the picture of a page, unstretched where it is a pixel larger or smaller than it.

    The two are rounded each by itself; a row of pixels left out makes another figure of a small
    one.
    """
    ratio = image.devicePixelRatio()
    wide, high = image.width() / ratio, image.height() / ratio
    if abs(wide - page.width()) > 1 or abs(high - page.height()) > 1:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, True)
        painter.drawImage(page, image)
        return
    painter.fillRect(page, QColor(paper()))
    shown = QRectF(0, 0, min(wide, page.width()), min(high, page.height()))
    part = QRectF(0, 0, shown.width() * ratio, shown.height() * ratio)
    painter.drawImage(shown.translated(page.topLeft()), image, part)


def _say(painter: QPainter, rect: QRectF, parts: PageParts) -> None:
    painter.setPen(QColor((DARK if at_night() else LIGHT).ink3))
    text = parts.problem or say("Page {number}", number=parts.number)
    flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
    inner = rect.adjusted(24, rect.height() * 0.12, -24, -24)
    painter.setFont(font())
    painter.drawText(inner, int(flags), text)


def _mark(painter: QPainter, placed: PlacedMark, page: QRectF, *, chosen: bool) -> None:
    colour = QColor(placed.mark.colour)
    wash = QColor(colour)
    wash.setAlpha(WASH if placed.mark.attached else 0 if placed.mark.typed else FAINT_WASH)
    style = Qt.PenStyle.SolidLine if placed.mark.attached else Qt.PenStyle.DotLine
    pen = QPen(colour, 2, style, Qt.PenCapStyle.FlatCap)
    for rect in placed.rects:
        lay(painter, rect, wash)
        painter.setPen(pen)
        painter.drawLine(
            QPointF(rect.left(), rect.bottom() + 1), QPointF(rect.right(), rect.bottom() + 1)
        )
    if chosen:
        _frames(painter, placed.rects, placed.mark.colour)
    if not placed.mark.typed:
        _sign(painter, placed, page, colour)


def _sign(painter: QPainter, placed: PlacedMark, page: QRectF, colour: QColor) -> None:
    """Paint the bar in the left margin, with a dot above it where there is a note."""
    bar = sign_rect(placed, page)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour if placed.mark.attached else Qt.BrushStyle.NoBrush)
    if not placed.mark.attached:
        painter.setPen(QPen(colour, 1))
    painter.drawRoundedRect(bar, SIGN / 2, SIGN / 2)
    if placed.mark.noted:
        painter.setPen(QPen(colour, 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        note = QRectF(bar.left() - 13, bar.top() + 1, 9, 8)
        painter.drawRoundedRect(note, 2, 2)
        painter.drawLine(note.bottomLeft() + QPointF(2, 0), note.bottomLeft() + QPointF(2, 3))


def sign_rect(placed: PlacedMark, page: QRectF) -> QRectF:
    """Return where the bar of a mark stands in the margin of its page."""
    if not placed.rects:
        return QRectF(page.left() + 6, page.top() + 8, SIGN, 24)
    top = min(rect.top() for rect in placed.rects)
    bottom = max(rect.bottom() for rect in placed.rects)
    # In the page's own margin, so that it never lies on words.
    return QRectF(page.left() + max(10.0, page.width() * 0.035), top, SIGN, max(bottom - top, 10))


def sign_area(placed: PlacedMark, page: QRectF) -> QRectF:
    """Return where a click means the sign of a mark: the bar, its note, and a little around."""
    return sign_rect(placed, page).adjusted(-16, -2, 6, 2)


def _wash(painter: QPainter, rects: Iterable[QRectF], colour: str, alpha: int) -> None:
    wash = QColor(colour)
    wash.setAlpha(alpha)
    for rect in rects:
        lay(painter, rect.adjusted(-1, -1, 1, 1), wash)


def _frames(painter: QPainter, rects: Iterable[QRectF], colour: str) -> None:
    painter.setPen(QPen(QColor(colour), 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for rect in rects:
        painter.drawRect(rect.adjusted(-1.5, -1.5, 1.5, 1.5))
