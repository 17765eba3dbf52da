"""A place for rooms that scrolls before anything in it would be cut."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)


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
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow)

    def _follow(self, _old: QWidget | None, now: QWidget | None) -> None:
        """Bring what got the focus into sight where the room goes on at the sides."""
        if now is not None and self.horizontalScrollBar().maximum() and self.isAncestorOf(now):
            self.ensureWidgetVisible(now, 8, 0)


class Front(QStackedWidget):
    """A stack that needs no more room than the page in front does."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.currentChanged.connect(lambda _index: self.updateGeometry())

    def minimumSizeHint(self) -> QSize:
        page = self.currentWidget()
        if page is None:
            return QSize(0, 0)
        return page.minimumSizeHint().expandedTo(page.minimumSize())


class OneOf(QWidget):
    """Shows one page and needs the room of that one: a stack would need that of its largest."""

    def __init__(self, *pages: QWidget) -> None:
        super().__init__()
        self._pages: list[QWidget] = []
        self._at = 0
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for page in pages:
            self.addWidget(page)

    def addWidget(self, page: QWidget) -> None:
        """Add a page; the first one is shown."""
        self._pages.append(page)
        self._column.addWidget(page)
        page.setVisible(len(self._pages) - 1 == self._at)

    def currentIndex(self) -> int:
        """Return which page is shown, from 0."""
        return self._at

    def currentWidget(self) -> QWidget | None:
        """Return the page that is shown."""
        return self._pages[self._at] if self._pages else None

    def setCurrentIndex(self, at: int) -> None:
        """Show the page ``at``, from 0."""
        self._at = at
        for number, page in enumerate(self._pages):  # first away, so that nothing is squeezed
            if number != at:
                page.hide()
        self._pages[at].show()

    def setCurrentWidget(self, page: QWidget) -> None:
        """Show ``page``, which was added before."""
        self.setCurrentIndex(self._pages.index(page))


class Bounded(QScrollArea):
    """Shows ``inside`` as high as it wants to be, up to a third of the window; then it scrolls."""

    def __init__(self, inside: QWidget, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inside = inside
        self.setWidget(inside)
        inside.installEventFilter(self)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kinds = QEvent.Type
        if event.type() in {kinds.ShowToParent, kinds.HideToParent, kinds.LayoutRequest}:
            self._fit()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        inside = self._inside
        if inside.isHidden() or self.parentWidget() is not None:  # never a window of its own
            self.setVisible(not inside.isHidden())
        wanted = max(inside.heightForWidth(self.viewport().width()), inside.sizeHint().height())
        self.setFixedHeight(min(wanted, self.window().height() // 3))
        self.viewport().updateGeometry()


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
