"""A name with buttons at its right, which go below it where it would be cut."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from ui.theme import SPACE
from ui.widgets.text import Elided

_WAY = QBoxLayout.Direction


class NamedRow(QWidget):
    """Shows ``name``, whole as long as a line has room for it, and ``buttons``."""

    def __init__(
        self, name: Elided, buttons: Sequence[QWidget], *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name = name
        self._aside = QWidget()
        aside = QHBoxLayout(self._aside)
        aside.setContentsMargins(0, 0, 0, 0)
        aside.setSpacing(SPACE.XS)
        aside.addStretch(1)
        for one in buttons:
            aside.addWidget(one)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE.XS)
        row.addWidget(name, 1)
        row.addWidget(self._aside)

    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        wide = max(self._aside.minimumSizeHint().width(), self._name.minimumSizeHint().width())
        return QSize(wide, least.height())

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        wanted = self._name.sizeHint().width() + self._aside.sizeHint().width() + SPACE.XS
        way = _WAY.LeftToRight if wanted <= self.width() else _WAY.TopToBottom
        if way != self._row.direction():
            self._row.setDirection(way)
