"""The strip of small pages beside the reader: where you are, and where marks are."""

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from reviewer.messages import say
from ui.reader.page.cache import Cache, Wanted
from ui.reader.page.renderer import Renderer
from ui.reader.shown import ShownMark
from ui.theme import font, scale, tokens
from ui.theme.paper import paper

WIDTH = 56  # logical pixels of one small page
TALLEST = 96
GAP = 14
CAP = 24 << 20  # bytes of small pages kept
_TAIL = 14  # for the number under a page, at the drawn text size


class Thumbnails(QAbstractScrollArea):
    """Small pages under each other; ``set_document`` first."""

    page_chosen = Signal(int)

    def __init__(self, renderer: Renderer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFixedWidth(WIDTH + 40)
        self.setAccessibleName(say("Small pages"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        self._renderer = renderer
        self._cache = Cache(CAP)
        self._key = ""
        self._page = 0
        self._first = 0  # the number of the first page among those of the case
        self._tops: list[int] = []
        self._sizes: list[QSize] = []
        self._marked: dict[int, list[str]] = {}
        renderer.ready.connect(self._on_ready)
        renderer.previews.came.connect(self.viewport().update)
        renderer.previews.lacking.connect(self._request)
        self.verticalScrollBar().valueChanged.connect(self._request)

    def set_document(self, key: str, sizes: list[tuple[float, float]], *, first: int = 0) -> None:
        """Show the pages of a document, sizes in points; ``first`` as in ``Shown``."""
        self._first = first
        self._key, self._page, self._marked = key, 0, {}
        self._sizes = [
            QSize(WIDTH, min(max(round(WIDTH * h / max(w, 1)), 24), TALLEST)) for w, h in sizes
        ]
        self._tops, top = [], GAP
        for size in self._sizes:
            self._tops.append(top)
            top += size.height() + _tail() + GAP
        self.verticalScrollBar().setRange(0, max(0, top - self.viewport().height()))
        self.verticalScrollBar().setSingleStep(40)
        self.verticalScrollBar().setValue(0)
        self._request()

    def set_page(self, page: int) -> None:
        """Frame the page that is being read, and bring it into sight."""
        self._page = page
        self.setAccessibleDescription(
            say("Page {page} of {count}", page=page, count=len(self._tops))
        )
        if 1 <= page <= len(self._tops):
            top, bar = self._tops[page - 1], self.verticalScrollBar()
            bottom = top + self._sizes[page - 1].height() + _tail()
            if top < bar.value() or bottom > bar.value() + self.viewport().height():
                bar.setValue(top - self.viewport().height() // 3)
        self.viewport().update()

    def set_marks(self, marks: list[ShownMark]) -> None:
        """Show which pages carry marks, by colour."""
        self._marked = {}
        for mark in marks:
            colours = self._marked.setdefault(mark.page, [])
            if mark.colour not in colours:
                colours.append(mark.colour)
        self.viewport().update()

    def caption(self, page: int) -> str:
        """Return what stands under a page: its number, and the one that it has in the case."""
        return f"{page}  {{{self._first + page - 1}}}" if self._first else str(page)

    def forget_pictures(self) -> None:
        """Let go of every small page that was drawn."""
        self._cache.clear()

    def look_again(self) -> None:
        """Draw the small pages anew: their paper is another."""
        self._request()

    # ------------------------------------------------------------ private

    def _shown(self) -> list[int]:
        top = self.verticalScrollBar().value()
        bottom = top + self.viewport().height()
        return [
            index + 1
            for index, at in enumerate(self._tops)
            if at + self._sizes[index].height() + _tail() >= top and at <= bottom
        ]

    def _rect(self, page: int) -> QRectF:
        size = self._sizes[page - 1]
        left = (self.viewport().width() - size.width()) // 2
        top = self._tops[page - 1] - self.verticalScrollBar().value()
        return QRectF(left, top, size.width(), size.height())

    def _wanted(self, page: int) -> Wanted:
        width = round(WIDTH * self.devicePixelRatioF())
        return Wanted(key=self._key, page=page, width=width, paper=paper())

    def _request(self) -> None:
        previews = self._renderer.previews
        shown = self._shown() if self.isVisible() else []
        previews.show_small(self._key, shown)
        wanted = [self._wanted(n) for n in shown if not previews.covers(self._key, n)]
        self._renderer.want("2 small", [w for w in wanted if w not in self._cache])
        self.viewport().update()

    def _on_ready(self, wanted: Wanted, image: QImage) -> None:
        if wanted.key == self._key and wanted.width == self._wanted(1).width:
            image.setDevicePixelRatio(self.devicePixelRatioF())
            self._cache.put(wanted, image)
            self.viewport().update()

    def _paint_one(self, painter: QPainter, page: int) -> None:
        paint, rect = tokens(), self._rect(page)
        wanted = self._wanted(page)
        image = self._cache.get(wanted) or self._renderer.previews.small(wanted)
        painter.fillRect(rect, QColor(paper()))
        if image is not None:
            painter.drawImage(rect, image)
        current = page == self._page
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        pen = QPen(QColor(paint.accent), 2.5) if current else QPen(QColor(paint.line2), 1)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect.adjusted(-1, -1, 1, 1), 3, 3)
        painter.setPen(Qt.PenStyle.NoPen)
        for place, colour in enumerate(self._marked.get(page, [])[:6]):
            painter.setBrush(QColor(colour))
            painter.drawRoundedRect(
                QRectF(rect.right() + 5, rect.top() + 2 + place * 11, 4, 9), 2, 2
            )
        painter.setPen(QColor(paint.ink if current else paint.ink3))
        painter.setFont(font("small"))
        painter.drawText(
            QRectF(0, rect.bottom() + 1, self.viewport().width(), _tail() + 4),
            int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop),
            self.caption(page),
        )

    def _page_at(self, point: QPoint) -> int:
        return next((n for n in self._shown() if self._rect(n).bottom() + _tail() >= point.y()), 0)

    # ------------------------------------------------------------ Qt

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), QColor(tokens().bg))
        for page in self._shown():
            self._paint_one(painter, page)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        page = self._page_at(event.position().toPoint())
        if page:
            self.page_chosen.emit(page)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        step = steps.get(Qt.Key(event.key()), 0)
        page = self._page + step
        if step and 1 <= page <= len(self._tops):
            self.page_chosen.emit(page)
        elif not step:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        last = self._tops[-1] + self._sizes[-1].height() + _tail() + GAP if self._tops else 0
        self.verticalScrollBar().setRange(0, max(0, last - self.viewport().height()))
        self.verticalScrollBar().setPageStep(self.viewport().height())
        self._request()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._request()  # another paper

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]  # Qt hands a QShowEvent
        self._request()


def _tail() -> int:
    return round(_TAIL * scale())
