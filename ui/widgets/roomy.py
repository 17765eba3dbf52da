"""A place for rooms that scrolls before anything in it would be cut."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QWidget


class Roomy(QScrollArea):
    """Shows ``stack``; where its page needs more than there is (large text), it scrolls.

    Only the page in front counts: what another page would need moves nothing.
    """

    def __init__(self, stack: QStackedWidget, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(_Holder(stack, self))


class Front(QStackedWidget):
    """A stack that needs no more room than the page in front does."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.currentChanged.connect(lambda _index: self.updateGeometry())

    def minimumSizeHint(self) -> QSize:
        page = self.currentWidget()
        return QSize(0, 0) if page is None else page.minimumSizeHint()


class _Holder(QWidget):
    """Holds the stack at the size of the place, or at what its page needs at least."""

    def __init__(self, stack: QStackedWidget, place: QScrollArea) -> None:
        super().__init__()
        self._stack = stack
        self._place = place
        stack.setParent(self)
        stack.currentChanged.connect(lambda _index: self.updateGeometry())

    def minimumSizeHint(self) -> QSize:
        page = self._stack.currentWidget()
        if page is None:
            return QSize(0, 0)
        least, inside = page.minimumSizeHint().expandedTo(page.minimumSize()), page.layout()
        if inside is not None and inside.hasHeightForWidth():
            wide = max(self._place.viewport().width(), least.width())
            least.setHeight(max(least.height(), inside.totalMinimumHeightForWidth(wide)))
        return least

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._stack.setGeometry(self.rect())
