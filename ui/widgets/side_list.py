"""A side list of two-line rows."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from ui.widgets.rows import RowRole, SideRow, SideRowDelegate
from ui.widgets.text import plain

AnyIndex = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class SideModel(QAbstractListModel):
    """Rows are handed in; the delegate paints them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[SideRow, ...] = ()

    @property
    def rows(self) -> tuple[SideRow, ...]:
        """What is shown."""
        return self._rows

    def set_rows(self, rows: Sequence[SideRow]) -> None:
        """Show these rows and no others."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: AnyIndex, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == RowRole.ROW:
            return row
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return row.spoken
        return plain(row.spoken) if role == Qt.ItemDataRole.ToolTipRole else None


def side_list(model: QAbstractItemModel, name: str, parent: QWidget | None = None) -> QListView:
    """Return a list of two-line rows over ``model``."""
    made = QListView(parent)
    made.setModel(model)
    made.setItemDelegate(SideRowDelegate(made))
    made.setAccessibleName(name)
    made.setUniformItemSizes(True)
    made.setMouseTracking(True)
    made.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return made
