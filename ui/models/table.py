"""A table of values: columns are declared, rows are handed in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)

from ui.widgets.text import plain

T = TypeVar("T")
AnyIndex = QModelIndex | QPersistentModelIndex
SORT_ROLE = int(Qt.ItemDataRole.UserRole) + 1
ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 2
_NOWHERE = QModelIndex()


@dataclass(frozen=True, kw_only=True, slots=True)
class Column(Generic[T]):
    """One column: its heading, what it shows of a row, what it sorts by."""

    title: str
    show: Callable[[T], str]
    sort: Callable[[T], Any] | None = None
    numbers: bool = False
    tip: str = ""


class TableModel(QAbstractTableModel, Generic[T]):
    """Rows of one kind under declared columns."""

    def __init__(self, columns: Sequence[Column[T]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._given: list[T] = []
        self._rows: list[T] = []  # as shown
        self._by, self._order = -1, Qt.SortOrder.AscendingOrder

    @property
    def rows(self) -> tuple[T, ...]:
        """What is shown, in the model's own order."""
        return tuple(self._rows)

    def row_at(self, place: int) -> T | None:
        """Return the row that stands there, or None."""
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def set_rows(self, rows: Sequence[T]) -> None:
        """Show these rows and no others, sorted as those before them were."""
        self.beginResetModel()
        self._given = list(rows)
        self._rows = self._sorted()
        self.endResetModel()

    def place(self, wanted: Callable[[T], bool]) -> QModelIndex:
        """Return where the first row is shown that is ``wanted``, or nowhere."""
        at = next((at for at, row in enumerate(self._rows) if wanted(row)), -1)
        return self.index(at, 0)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Show the rows by a column's own key; by none (-1) as they were handed in."""
        self._by, self._order = column, order
        self.layoutAboutToBeChanged.emit()
        held = self.persistentIndexList()
        rows = [self._rows[index.row()] for index in held]
        self._rows = self._sorted()
        places = {id(row): at for at, row in enumerate(self._rows)} if held else {}
        for index, row in zip(held, rows, strict=True):
            self.changePersistentIndex(index, self.index(places[id(row)], index.column()))
        self.layoutChanged.emit()

    def _sorted(self) -> list[T]:
        if not 0 <= self._by < len(self._columns):
            return list(self._given)
        key = _key_of(self._columns[self._by])
        down = self._order == Qt.SortOrder.DescendingOrder
        return sorted(self._given, key=key, reverse=down)

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: AnyIndex, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        return self._told(self._rows[index.row()], self._columns[index.column()], role)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = int(Qt.ItemDataRole.DisplayRole),
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal or section >= len(self._columns):
            return None
        column = self._columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain(column.tip or column.title)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(column)
        return None

    @staticmethod
    def _told(row: T, column: Column[T], role: int) -> object:
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return column.show(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain(column.show(row))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(column)
        if role == SORT_ROLE:
            return _key_of(column)(row)
        return row if role == ROW_ROLE else None


class Sorted(QSortFilterProxyModel):
    """Sorts by each column's own key, and filters by words that must all occur in a row."""

    def __init__(self, source: QAbstractItemModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words: tuple[str, ...] = ()
        self.setSortRole(SORT_ROLE)
        self.setSourceModel(source)

    def set_filter(self, text: str) -> None:
        """Show only rows in which every word of ``text`` occurs somewhere."""
        self.beginFilterChange()
        self._words = tuple(text.casefold().split())
        self.endFilterChange()

    def filterAcceptsRow(self, row: int, parent: AnyIndex) -> bool:
        if not self._words:
            return True
        source = self.sourceModel()
        whole = " ".join(
            str(source.index(row, column, parent).data())
            for column in range(source.columnCount(parent))
        ).casefold()
        return all(word in whole for word in self._words)

    def lessThan(self, left: AnyIndex, right: AnyIndex) -> bool:
        one, other = left.data(SORT_ROLE), right.data(SORT_ROLE)
        return bool(one < other)


def _key_of(column: Column[T]) -> Callable[[T], Any]:
    return column.sort or (lambda row: column.show(row).casefold())


def _side(column: Column[T]) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column.numbers else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
