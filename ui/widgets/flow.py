"""A layout that sets its widgets beside each other and breaks the line where room ends."""

from PySide6.QtCore import QMargins, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class Flow(QLayout):
    """Left to right, then down; ``space`` pixels between, ``rows`` between lines.

    With ``end`` each line stands at the right.
    """

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        space: int = 6,
        rows: int = -1,
        end: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setContentsMargins(0, 0, 0, 0)
        self._space = space
        self._rows = space if rows < 0 else rows
        self._end = end
        self._items: list[QLayoutItem] = []

    def clear(self) -> None:
        """Take out and destroy every widget."""
        while self._items:
            widget = self._items.pop().widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.invalidate()

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        margins: QMargins = self.contentsMargins()
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        y = rect.y()
        for line in self._lines(rect.width()):
            used = sum(wide for _, wide in line) + self._space * (len(line) - 1)
            x = rect.x() + (rect.width() - used if self._end else 0)
            row = max(item.sizeHint().height() for item, _ in line)
            for item, wide in line:
                if move:
                    item.setGeometry(QRect(x, y, wide, item.sizeHint().height()))
                x += wide + self._space
            y += row + self._rows
        return max(y - self._rows - rect.y(), 0)

    def _lines(self, width: int) -> list[list[tuple[QLayoutItem, int]]]:
        """Return what stands in each line, and how wide each is."""
        lines: list[list[tuple[QLayoutItem, int]]] = []
        x = 0
        for item in self._items:
            widget = item.widget()
            if widget is not None and widget.isHidden():
                continue
            wide = min(item.sizeHint().width(), width)
            if not lines or x + wide > width:
                lines.append([])
                x = 0
            lines[-1].append((item, wide))
            x += wide + self._space
        return lines
