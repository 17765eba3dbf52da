"""The rows of the case list as Qt sees them. Rows are handed in; ``data`` only dispatches."""

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from reviewer.records.ids import CaseId
from ui.rooms.read.cases.rows import CaseRow
from ui.widgets.rows import RowRole
from ui.widgets.text import plain

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class CaseModel(QAbstractListModel):
    """A flat list of ``CaseRow``."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[CaseRow] = []

    def set_rows(self, rows: list[CaseRow]) -> None:
        """Show ``rows``; where the cases are the same ones only their contents change."""
        if [row.id for row in rows] == [row.id for row in self._rows]:
            for place, row in enumerate(rows):
                if row != self._rows[place]:
                    self._rows[place] = row
                    at = self.index(place)
                    self.dataChanged.emit(at, at)
            return
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def set_row(self, row: CaseRow) -> None:
        """Show other contents of a case that is shown."""
        at = self.place(row.id)
        if at.isValid() and row != self._rows[at.row()]:
            self._rows[at.row()] = row
            self.dataChanged.emit(at, at)

    def case(self, index: Index) -> CaseId | None:
        """Return the case of a row, or None."""
        return self._rows[index.row()].id if index.isValid() else None

    def place(self, case: CaseId | None) -> QModelIndex:
        """Return where a case stands, or an invalid index."""
        for number, row in enumerate(self._rows):
            if row.id == case:
                return self.index(number)
        return QModelIndex()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()].row
        if role == RowRole.ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.first
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.spoken
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain("\n".join((row.first, row.second, *(s.words for s in row.signs))))
        return None
