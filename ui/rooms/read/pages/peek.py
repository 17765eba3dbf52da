"""A page looked at without leaving: it floats over what is read until Esc closes it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from reviewer.messages import say
from reviewer.records.cases import Box, Hit
from ui.reader.page.by_key import turned
from ui.reader.page.wash import lay
from ui.theme import LIGHT, SPACE, scale
from ui.theme.paper import paper
from ui.widgets.buttons import button
from ui.widgets.shadow import cast_shadow
from ui.widgets.text import Label

WIDE = 640  # logical pixels of the page at the drawn text size
_WASH = 72  # of 255


@dataclass(frozen=True, kw_only=True, slots=True)
class Peeked:
    """A page to look at: ``size`` in points as it came, ``turn`` in degrees clockwise.

    ``why_not`` says why it is not shown; ``boxes`` is what of it is meant, in page units. A range
    of a recording has its ``times``, and what is ``said`` in it.
    """

    hit: Hit
    size: tuple[float, float] = (1.0, 1.0)
    turn: int = 0
    words: str = ""
    boxes: Sequence[Box] = ()
    why_not: str = ""
    times: str = ""
    said: str = ""


class Sheet(QWidget):
    """The page itself: its paper until it is drawn, and what of it is meant."""

    def __init__(self) -> None:
        super().__init__()
        self._image: QImage | None = None
        self._boxes: tuple[Box, ...] = ()

    def begin(self, peeked: Peeked, wide: int) -> None:
        """Show the paper of a page, ``wide`` logical pixels across."""
        one, other = peeked.size if peeked.turn % 180 == 0 else peeked.size[::-1]
        self._image = None
        self._boxes = tuple(turned(box, peeked.turn) for box in peeked.boxes)
        self.setFixedSize(QSize(wide, max(round(wide * other / max(one, 1.0)), 1)))
        self.update()

    def show_image(self, image: QImage) -> None:
        """Show the page as it was drawn."""
        self._image = image
        self.update()

    def clear(self) -> None:
        """Hold nothing."""
        self._image, self._boxes = None, ()

    @property
    def drawn(self) -> bool:
        """Whether the page is drawn, and not its paper alone."""
        return self._image is not None

    @property
    def top(self) -> int:
        """How far down what is meant begins, in logical pixels."""
        return round(min((box.top for box in self._boxes), default=0.0) * self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(paper()))
        if self._image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self.rect(), self._image)
        wash = QColor(LIGHT.focus)
        wash.setAlpha(_WASH)
        wide, high = self.width(), self.height()
        painter.setPen(QPen(QColor(LIGHT.focus), 1))
        for box in self._boxes:
            across, down = box.right - box.left, box.bottom - box.top
            rect = QRectF(box.left * wide, box.top * high, across * wide, down * high)
            lay(painter, rect, wash)
            painter.drawRect(rect)
        painter.end()


class Peek(QFrame):
    """Floats over ``over``: Esc or Space closes it, Enter goes to the page, arrows step on."""

    closed = Signal()
    go_asked = Signal(object)  # Hit
    stepped = Signal(int)  # to the next of several that are cited, or the one before

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.setProperty("surface", "raised")
        self._hit: Hit | None = None
        self.title = Label("", size="strong", wrap=True)
        self.told = Label("", tone="secondary", wrap=True)
        self.sheet = Sheet()
        self.area = QScrollArea()
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.area.setWidget(self.sheet)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.go = button(say("Go there"), self._go, kind="quiet", tip=say("Enter"))
        self.shut = button(say("Close"), self.close_peek, kind="quiet", tip="Esc")
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        for one in (self.go, self.shut):
            head.addWidget(one, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE.M, SPACE.S, SPACE.S, SPACE.S)
        column.setSpacing(SPACE.S)
        column.addLayout(head)
        column.addWidget(self.told)
        column.addWidget(self.area, 1)
        cast_shadow(self)
        over.installEventFilter(self)
        self.area.installEventFilter(self)
        self.hide()

    def open_at(self, peeked: Peeked, at: int, count: int) -> None:
        """Show one page, the ``at``-th (from 1) of ``count`` that are cited."""
        hit = self._hit = peeked.hit
        name = (
            say("{title} {times}, {case}", title=hit.title, times=peeked.times, case=hit.reference)
            if peeked.times
            else say(
                "{title} p.{page}, {case}", title=hit.title, page=hit.page, case=hit.reference
            )
        )
        self.title.setText(name)
        several = (
            say("{at} of {count} that are cited here: Left and Right step.", at=at, count=count)
            if count > 1
            else ""
        )
        told = "\n".join(part for part in (peeked.why_not, peeked.said, several) if part)
        self.told.setText(told)
        self.told.setVisible(bool(told))
        self.area.setVisible(not peeked.why_not)
        self.setAccessibleName(say("Looking at {title}", title=name))
        self.area.setAccessibleName(say("Looking at {title}", title=name))
        self.area.setAccessibleDescription(" ".join(part for part in (told, peeked.words) if part))
        self._place(high=bool(not peeked.why_not))
        wide = self.width() - 3 * SPACE.M - self.area.verticalScrollBar().sizeHint().width()
        self.sheet.begin(peeked, max(wide, 1))
        self.show()
        self.raise_()
        self.area.verticalScrollBar().setValue(self.sheet.top - self.area.height() // 3)
        (self.shut if peeked.why_not else self.area).setFocus(Qt.FocusReason.OtherFocusReason)

    def close_peek(self) -> None:
        """Close it, and give the keys back to where they were."""
        self.clear()
        self.closed.emit()

    def clear(self) -> None:
        """Hold nothing."""
        self.hide()
        self._hit = None
        self.sheet.clear()
        self.title.setText("")
        self.told.setText("")
        self.area.setAccessibleName("")
        self.area.setAccessibleDescription("")

    # ------------------------------------------------------------ private

    def _go(self) -> None:
        hit = self._hit
        self.close_peek()
        if hit is not None:
            self.go_asked.emit(hit)

    def _stepped(self, key: int) -> bool:
        """Step on by an arrow, which the page around would take to scroll by."""
        if key not in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            return False
        self.stepped.emit(1 if key == Qt.Key.Key_Right else -1)
        return True

    def _place(self, *, high: bool) -> None:
        over = self.parentWidget()
        if over is None:
            return
        room = over.rect().adjusted(SPACE.S, SPACE.S, -SPACE.S, -SPACE.S)
        wide = min(round(WIDE * scale()), room.width())
        layout = self.layout()
        least = layout.totalHeightForWidth(wide) if layout is not None else 0
        least = max(least, self.minimumSizeHint().height())
        tall = room.height() if high else min(least, room.height())
        self.setGeometry(room.left() + (room.width() - wide) // 2, room.top(), wide, tall)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.area and isinstance(event, QKeyEvent):
            return event.type() == QEvent.Type.KeyPress and self._stepped(event.key())
        if event.type() == QEvent.Type.Resize and watched is not self.area and self.isVisible():
            self.close_peek()  # its page would be of another size: look again
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in {Qt.Key.Key_Escape, Qt.Key.Key_Space}:
            self.close_peek()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._go()
        elif not self._stepped(key):
            super().keyPressEvent(event)
