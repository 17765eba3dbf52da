"""How the lists of words stand: three columns or fewer, and rows whose counts are never cut."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QGridLayout, QLayout, QStyledItemDelegate, QStyleOptionViewItem

from ui.theme import SPACE, scale

_EDGE = 12  # pixels of a row at either side of its words
_THREE, _TWO = 840, 520  # logical pixels at the drawn text size that three and two columns need
_PLACES = {  # of each part by the number of columns: row, column, rows
    3: ((0, 0, 1), (0, 1, 1), (0, 2, 1)),
    2: ((0, 0, 1), (0, 1, 2), (1, 0, 1)),
    1: ((0, 0, 1), (1, 0, 1), (2, 0, 1)),
}


class KeepsCounts(QStyledItemDelegate):
    """Cuts what stands before the last colon of a row, never the counts after it."""

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().initStyleOption(option, index)
        option.text = counts_kept(option.text, option.fontMetrics, option.rect.width() - 2 * _EDGE)


def counts_kept(words: str, metrics: QFontMetrics, wide: int) -> str:
    """Return ``words`` as they fit into ``wide`` pixels."""
    name, colon, counts = words.rpartition(": ")
    if not colon or metrics.horizontalAdvance(words) <= wide:
        return words
    left = wide - metrics.horizontalAdvance(colon + counts)
    return metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, left) + colon + counts


class Columns(QGridLayout):
    """Lays ``parts``; in two columns the last one stands under the first."""

    def __init__(self, *parts: QLayout) -> None:
        super().__init__()
        self.setSpacing(SPACE.L)
        self._parts = parts
        self._count = 3
        for part, (row, column, rows) in zip(parts, _PLACES[3], strict=True):
            self.addLayout(part, row, column, rows, 1)
        self._share()

    def fit(self, wide: int) -> None:
        """Stand in as many columns as ``wide`` pixels have room for."""
        count = 3 if wide >= _THREE * scale() else 2 if wide >= _TWO * scale() else 1
        if count == self._count:
            return
        self._count = count
        for part in self._parts:
            self.removeItem(part)
            part.setParent(None)
        for part, (row, column, rows) in zip(self._parts, _PLACES[count], strict=True):
            self.addLayout(part, row, column, rows, 1)
        self._share()

    def _share(self) -> None:
        for at in range(3):
            self.setColumnStretch(at, int(at < self._count))
            self.setRowStretch(at, int(at < 4 - self._count))
