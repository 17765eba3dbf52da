"""The heat map: cells that fill the width, arrows that walk, a legend below."""

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from reviewer.messages import say
from reviewer.summary.shapes import Cell, Summary
from ui import theme
from ui.rooms.agreement.matrix import HeatModel, Order
from ui.rooms.agreement.painting import HeatDelegate, References, TurnedHeads

DECIDE = "d"
_ROWS = 3  # are seen at least, with large text too
_LEAST, _MOST, _DIFFERING = 36, 60, 62  # pixels of a column at the drawn text size


AnyIndex = QModelIndex | QPersistentModelIndex


class HeatMap(QTableView):
    """Paints only what can be seen; tells which cell is chosen."""

    chosen = Signal(object)  # Cell, or None on the last column
    opened = Signal(object)  # Cell, by Enter or a double click
    decides = Signal()  # the chosen cell is to be determined: D

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cells = HeatModel(self)
        self.setAccessibleName(say("Cases by factors"))
        self._delegate = HeatDelegate(self)
        self._heads, self._references = TurnedHeads(self), References(self)
        self.setHorizontalHeader(self._heads)
        self.setVerticalHeader(self._references)
        self.setModel(self._cells)
        self.setItemDelegate(self._delegate)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setProperty("surface", "heat")
        self.setStyleSheet("QTableView { border: none; } QTableView:focus { border: none; }")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._heads.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setCornerButtonEnabled(False)

    @property
    def cells(self) -> HeatModel:
        """The model behind it."""
        return self._cells

    @property
    def current(self) -> Cell | None:
        """The cell that is chosen."""
        return self._cells.cell(self.currentIndex())

    def minimumSizeHint(self) -> QSize:
        """Need room for the heads, which read upwards, and a few rows below them."""
        least = super().minimumSizeHint()
        rows = _ROWS * self._references.defaultSectionSize()
        return QSize(least.width(), max(least.height(), self._heads.sizeHint().height() + rows))

    def show_summary(self, summary: Summary) -> None:
        """Show ``summary``; of the same cases the rows stay, and what is chosen stays chosen."""
        self._delegate.points = len(summary.panel.framework.scale)
        kept = self.current
        stays = self._cells.set_summary(summary)
        self._references.fit()
        self._spread()
        if summary.cells:
            at = self._cells.index_of(kept) if kept and stays else self._cells.index(0, 0)
            self._go_to(at)

    def set_order(self, order: Order) -> None:
        """Put the cases into another order; the chosen cell stays chosen."""
        kept = self.current
        self._cells.set_order(order)
        self._go_to(self._cells.index_of(kept) if kept else self._cells.index(0, 0))

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        super().currentChanged(current, previous)
        self.chosen.emit(self._cells.cell(self.currentIndex()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open()
        elif event.text().lower() == DECIDE:
            self.decides.emit()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        self._open()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._spread()

    def _open(self) -> None:
        cell = self.current
        if cell is not None:
            self.opened.emit(cell)

    def _go_to(self, place: QModelIndex) -> None:
        self.selectionModel().setCurrentIndex(
            place, QItemSelectionModel.SelectionFlag.ClearAndSelect
        )
        self.scrollTo(place)

    def _spread(self) -> None:
        """Share the width among the factors, between the least and the most a cell wants."""
        factors = self._cells.factors
        if not factors:
            return
        grown = theme.scale()
        last = round(_DIFFERING * grown)
        share = (self.viewport().width() - last) // factors
        wide = min(max(share, round(_LEAST * grown)), round(_MOST * grown))
        for column in range(factors):
            self._heads.resizeSection(column, wide)
        self._heads.resizeSection(factors, last)
