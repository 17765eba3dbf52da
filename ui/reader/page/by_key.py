"""A hand without a mouse on a page: a box that arrows move, and a mark that is opened."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent

from reviewer.messages import say
from reviewer.records.cases import Box
from ui.reader.page.reading_view import ReadingView
from ui.widgets.announce import announce

_WIDE, _HIGH = 0.2, 0.1  # of the page: a box as it begins
_STEP, _FINE = 0.02, 0.002  # of the page: an arrow, and one with Ctrl
_SMALLEST = 0.004  # of the page: a box never gets smaller
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class ByKey(QObject):
    """Watches the keys of the pages; what it does not know goes on to them.

    B begins a box in the middle of what is seen. Arrows move it, with Shift its right and lower
    edge, with Ctrl by little. Enter opens the mark in hand.
    """

    box_left = Signal()  # Escape, while a box was to be drawn

    def __init__(self, view: ReadingView) -> None:
        super().__init__(view)
        self._view = view
        view.installEventFilter(self)

    def begin(self) -> None:
        """Put a box on the page in the middle of what is seen of it."""
        view = self._view
        if not view.marking or not view.page:
            return
        page = view.page
        middle = view.viewport().rect().center()
        across, down = _seen(view.unit_at(page, middle), view.settings.turn(page))
        left = min(max(across - _WIDE / 2, 0.0), 1 - _WIDE)
        top = min(max(down - _HIGH / 2, 0.0), 1 - _HIGH)
        self._put(page, Box(left=left, top=top, right=left + _WIDE, bottom=top + _HIGH))
        view.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._pressed(event)
        return super().eventFilter(watched, event)

    # ------------------------------------------------------------ private

    def _pressed(self, event: QKeyEvent) -> bool:
        modifier = Qt.KeyboardModifier
        held = event.modifiers() & ~modifier.KeypadModifier
        key = Qt.Key(event.key())
        if key in _ARROWS and not held & ~(modifier.ShiftModifier | modifier.ControlModifier):
            step = _FINE if held & modifier.ControlModifier else _STEP
            return self._move(_ARROWS[key], step, size=bool(held & modifier.ShiftModifier))
        if held != modifier.NoModifier:
            return False
        if key == Qt.Key.Key_B and self._view.marking:
            self.begin()
            return True
        if key == Qt.Key.Key_Escape and self._view.boxing:
            self.box_left.emit()
            return True
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._view.chosen_mark:
            self._open()
            return True
        return False

    def _move(self, way: tuple[int, int], step: float, *, size: bool) -> bool:
        """Move the box that is there, or one edge of it; False where there is none."""
        view = self._view
        picked = view.selection
        if picked is None or picked.anchor.kind != "area":
            return False
        box = turned(picked.anchor.boxes[0], view.settings.turn(picked.page))
        across, down = way[0] * step, way[1] * step
        if size:
            right = min(max(box.right + across, box.left + _SMALLEST), 1.0)
            bottom = min(max(box.bottom + down, box.top + _SMALLEST), 1.0)
            box = Box(left=box.left, top=box.top, right=right, bottom=bottom)
        else:
            across = min(max(across, -box.left), 1 - box.right)
            down = min(max(down, -box.top), 1 - box.bottom)
            box = Box(
                left=box.left + across,
                top=box.top + down,
                right=box.right + across,
                bottom=box.bottom + down,
            )
        self._put(picked.page, box)
        return True

    def _put(self, page: int, box: Box) -> None:
        """Pick ``box``, as it is seen on the turned page, and say where it is."""
        view = self._view
        view.pick_box(page, turned(box, -view.settings.turn(page)))
        place = view.selection_rect()
        if place is not None:
            view.reveal(page, QRectF(place).translated(view.offset()))
        told = say(
            "Box on page {page}: {left} % from the left, {top} % from the top,"
            " {wide} % wide, {high} % high.",
            page=page,
            left=round(box.left * 100),
            top=round(box.top * 100),
            wide=round((box.right - box.left) * 100),
            high=round((box.bottom - box.top) * 100),
        )
        announce(view, told)

    def _open(self) -> None:
        """Open the card of the mark in hand, beside where it is."""
        view = self._view
        rects = [
            rect
            for parts in view.parts()
            for placed in parts.marks
            if placed.mark.id == view.chosen_mark
            for rect in placed.rects
        ]
        whole = QRectF()
        for rect in rects:
            whole = whole.united(rect)
        corner = QRect(QPoint(80, 60), QPoint(90, 70))
        view.mark_pressed.emit(view.chosen_mark, whole.toAlignedRect() if rects else corner)


def turned(box: Box, degrees: int) -> Box:
    """Return where ``box`` lies on its page when that is turned clockwise by ``degrees``.

    >>> turned(Box(left=0.0, top=0.0, right=0.5, bottom=0.25), 90)
    Box(left=0.75, top=0.0, right=1.0, bottom=0.5)
    """
    one, two = _seen((box.left, box.top), degrees), _seen((box.right, box.bottom), degrees)
    return Box(
        left=min(one[0], two[0]),
        top=min(one[1], two[1]),
        right=max(one[0], two[0]),
        bottom=max(one[1], two[1]),
    )


def _seen(point: tuple[float, float], degrees: int) -> tuple[float, float]:
    x, y = point
    return {0: (x, y), 90: (1 - y, x), 180: (1 - x, 1 - y), 270: (y, 1 - x)}[degrees % 360]
