"""The matrix of the register: arrows walk, letters act on the record that is chosen."""

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from ui import theme
from ui.rooms.cases.records.material import Material, Narrow
from ui.rooms.cases.records.matrix import MatrixModel, spoken
from ui.rooms.cases.records.painting import CaseHeads, Corner, KindHeads, StatusDelegate

_LEAST, _MOST = 97, 130  # pixels of a column at the drawn text size
FILTER = "/"  # goes to the filter, on whichever key it lies
AnyIndex = QModelIndex | QPersistentModelIndex


class Matrix(QTableView):
    """Paints only what can be seen; tells which cell is chosen and what is asked for."""

    chosen = Signal()
    opened = Signal()  # Enter, or a double click: the card
    answering = Signal()  # S
    attaching = Signal()  # D
    writing = Signal()  # L

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cells = MatrixModel(self)
        self._corner = Corner(self.cells, self)
        self._heads, self._cases = KindHeads(self), CaseHeads(self)
        self.setHorizontalHeader(self._heads)
        self.setVerticalHeader(self._cases)
        self.setModel(self.cells)
        self.setItemDelegate(StatusDelegate(self))
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setProperty("surface", "heat")
        self.setStyleSheet("QTableView { border: none; } QTableView:focus { border: none; }")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._heads.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setCornerButtonEnabled(False)
        self.setCornerWidget(QWidget())  # where the scroll bars meet there is nothing

    def show_material(self, material: Material) -> None:
        """Show ``material``; what was chosen stays chosen."""
        place = self.place
        self.cells.set_material(material)
        self._shown(*place)

    def show_narrow(self, narrow: Narrow) -> None:
        """Leave other things out; what was chosen stays chosen where it is still there."""
        place = self.place
        self.cells.set_narrow(narrow)
        self._shown(*place)

    @property
    def place(self) -> tuple[str, str]:
        """The case and the kind that are chosen; "" for none."""
        index = self.currentIndex()
        kind = self.cells.headerData(index.column(), Qt.Orientation.Horizontal)
        case = self.cells.case(index) or ""
        return case, str(kind or "") if index.isValid() else ""

    def go_to(self, index: QModelIndex) -> None:
        """Choose a cell, and bring it into sight."""
        self.selectionModel().setCurrentIndex(
            index, QItemSelectionModel.SelectionFlag.ClearAndSelect
        )
        self.scrollTo(index)

    def updateGeometries(self) -> None:
        super().updateGeometries()
        self._corner.setGeometry(0, 0, self._cases.width(), self._heads.height())

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        super().currentChanged(current, previous)
        if current.row() != previous.row():
            self._cases.viewport().update()
            self.viewport().update()
        self.chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        acts = {
            Qt.Key.Key_Return: self.opened,
            Qt.Key.Key_Enter: self.opened,
            Qt.Key.Key_S: self.answering,
            Qt.Key.Key_D: self.attaching,
            Qt.Key.Key_L: self.writing,
        }
        act = acts.get(Qt.Key(event.key()))
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if act is not None and not held and self.currentIndex().isValid():
            act.emit()
        elif event.text() == FILTER:
            event.ignore()  # the view's, and no letter to look for a cell by
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: object) -> None:
        super().mouseDoubleClickEvent(event)  # type: ignore[arg-type]
        self.opened.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._spread()

    def _shown(self, case: str, kind: str) -> None:
        self._cases.fit()
        self._spread()
        self._corner.update()
        self.setAccessibleName(spoken(self.cells))
        if self.cells.rowCount() and self.cells.columnCount():
            self.go_to(self.cells.index_of(case, kind))
        self.chosen.emit()

    def _spread(self) -> None:
        """Share the width among the kinds, between the least and the most a cell wants."""
        kinds = self.cells.columnCount()
        if kinds:
            grown = theme.scale()
            share = self.viewport().width() // kinds
            wide = min(max(share, round(_LEAST * grown)), round(_MOST * grown))
            for column in range(kinds):
                self._heads.resizeSection(column, wide)
            if self._heads.sizeHint().height() != self._heads.height():
                self.updateGeometries()  # a kind stands in two lines now, or in one again
