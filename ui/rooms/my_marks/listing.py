"""The list: heads and marks as rows of one height, of which only those in sight are drawn."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from reviewer.messages import say
from reviewer.records.own_marks import OwnMark, kind_words, standing_words
from ui.rooms.my_marks.grouping import Head, Row
from ui.rooms.my_marks.painting import ROW, RowDelegate
from ui.widgets.text import plain

_NOWHERE = QModelIndex()
AnyIndex = QModelIndex | QPersistentModelIndex


def spoken(row: Row) -> str:
    """Return a row as one sentence."""
    if isinstance(row, Head):
        return row.spoken
    parts = (words_of(row), row.note, standing_words(row.standing), row.citation, row.made[:10])
    return ", ".join(" ".join(part.split()) for part in parts if part)


def words_of(mark: OwnMark) -> str:
    """Return what stands for a mark in a list: its words, or what it is."""
    quote = " ".join(mark.quote.split())
    return f"\u201c{quote}\u201d" if quote else kind_words(mark.kind)


class MarkModel(QAbstractListModel):
    """Rows are handed in; the delegate paints them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[Row, ...] = ()

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows and no others."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: AnyIndex, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return spoken(row)
        return plain(spoken(row)) if role == Qt.ItemDataRole.ToolTipRole else None


class MarkList(QListView):
    """Enter opens a mark's page or folds a head; Del, N and E are about the mark in hand."""

    chosen = Signal(object)  # OwnMark, or None on a head
    opened = Signal(object)  # OwnMark
    folded = Signal(str)  # the key of a head
    note_asked = Signal()
    attach_asked = Signal()
    remove_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.marks = MarkModel(self)
        self.setModel(self.marks)
        self.setItemDelegate(RowDelegate(self))
        self.setAccessibleName(say("My marks"))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.doubleClicked.connect(lambda _index: self._enter())
        self.selectionModel().currentChanged.connect(lambda *_: self.chosen.emit(self.mark))

    @property
    def row(self) -> Row | None:
        """The row in hand."""
        found = self.currentIndex().data(ROW)
        return found if isinstance(found, Head | OwnMark) else None

    @property
    def mark(self) -> OwnMark | None:
        """The mark in hand, or None."""
        row = self.row
        return row if isinstance(row, OwnMark) else None

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows, with the same one in hand where it is among them.

        Where it is not, what stands in its place is: a hand that deletes goes on down the list.
        """
        held, place = self.row, self.currentIndex().row()
        self.marks.set_rows(rows)
        same = [
            at
            for at, row in enumerate(rows)
            if held is not None and type(row) is type(held) and _key(row) == _key(held)
        ]
        at = min(same, key=lambda one: abs(one - place)) if same else max(place, 0)
        if not same and rows:
            at = min(at, len(rows) - 1)
            marks = [n for n in range(at, len(rows)) if isinstance(rows[n], OwnMark)]
            at = marks[0] if marks else at
        if rows:
            self.setCurrentIndex(self.marks.index(at, 0))
        self.chosen.emit(self.mark)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        acts = {
            Qt.Key.Key_Return: self._enter,
            Qt.Key.Key_Enter: self._enter,
            Qt.Key.Key_N: self.note_asked.emit,
            Qt.Key.Key_E: self.attach_asked.emit,
            Qt.Key.Key_Delete: self.remove_asked.emit,
        }
        plain_key = event.modifiers() in {
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        }
        act = acts.get(Qt.Key(event.key())) if plain_key else None
        if act is None:
            super().keyPressEvent(event)
        else:
            act()

    def keyboardSearch(self, search: str) -> None:
        """Letters are keys here: none begins a search through the rows."""

    def _enter(self) -> None:
        row = self.row
        if isinstance(row, Head):
            self.folded.emit(row.key)
        elif row is not None:
            self.opened.emit(row)


def _key(row: Row) -> str:
    return row.key if isinstance(row, Head) else row.id
