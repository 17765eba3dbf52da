"""The table of Bring in: the files that came, narrowed, in an order that stays under the hand."""

from collections import Counter

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reviewer.intake.delivery.assess import Row, State
from reviewer.intake.delivery.rules import like
from reviewer.messages import say
from ui.models.table import ROW_ROLE, Sorted, TableModel
from ui.rooms.cases.bring_in.filters import Filters
from ui.rooms.cases.bring_in.lines import columns, ordered, texts_of
from ui.rooms.cases.bring_in.work import Shown
from ui.theme import SPACE
from ui.widgets.table import Shortened, Table

_FILE, _KNOW = 1, 7  # the columns of what a file is called, and of what to know of it
_PATH = 290  # pixels at the drawn text size: a longer path loses its middle


class Files(QWidget):
    """Shows files; tells which one is ``chosen`` and what a key asks of it."""

    chosen_changed = Signal()
    entered = Signal()  # Enter, or a double click
    turned = Signal()  # X: leave it out, or take it in
    looked = Signal()  # Space: its first page
    ruled = Signal()  # R: a rule from it
    asked = Signal(int)  # the delivery that somebody wants to see

    def __init__(self) -> None:
        super().__init__()
        self._state: State | None = None
        self._words = ""
        self._ordered: list[Row] = []
        self._texts: list[str] = []  # what stands in each of these rows, for the filter
        self._alike: Counter[str] = Counter()  # files called like one another, by their pattern
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.M)
        self.filters = Filters()
        column.addWidget(self.filters)
        self._model: TableModel[Row] = TableModel(columns(), self)
        self.sorted = Sorted(self._model, self)
        self.table = Table(self.sorted, say("Files that came"), wide=_KNOW, spare=(6, 3, 4))
        self.table.setItemDelegateForColumn(_FILE, Shortened(_PATH, self.table))
        self.table.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.table.setSortingEnabled(True)  # by a heading; as they come, they are in order
        column.addWidget(self.table, 1)
        self._connect()

    @property
    def chosen(self) -> Row | None:
        """The file that is chosen."""
        row = self.table.currentIndex().data(ROW_ROLE)
        return row if isinstance(row, Row) else None

    @property
    def alike(self) -> int:
        """How many files are called like the chosen one, itself among them."""
        row = self.chosen
        return self._alike[_form(row)] if row is not None else 0

    def show_files(self, shown: Shown, *, kept: str = "", still: bool = False) -> None:
        """Show a delivery's files and choose ``kept``, or what was chosen.

        ``still``: each stays where it is although what was said of one may have moved it, so that
        somebody can go through them one after another.
        """
        rows = shown.looked.table.rows
        places = {row.item.path: at for at, row in enumerate(self._ordered)}
        if still and len(places) == len(rows) and all(row.item.path in places for row in rows):
            self._ordered = sorted(rows, key=lambda row: places[row.item.path])
        else:
            self._ordered = ordered(rows)
        self._texts = texts_of(self._ordered)
        self._alike = Counter(_form(row) for row in self._ordered)
        self.filters.show_counts(shown)
        self._fill(kept)

    def _connect(self) -> None:
        self.table.selectionModel().currentRowChanged.connect(
            lambda _new, _old: self.chosen_changed.emit()
        )
        self.table.opened.connect(self.entered)
        for keys, asks in (("X", self.turned), ("Space", self.looked), ("R", self.ruled)):
            key = QShortcut(QKeySequence(keys), self.table)
            key.setContext(Qt.ShortcutContext.WidgetShortcut)
            key.activated.connect(asks)
        self.filters.typed.connect(self._narrow)
        self.filters.words.down.connect(self.table.setFocus)
        self.filters.narrowed.connect(self._only)
        self.filters.asked.connect(self.asked)

    def _narrow(self, words: str) -> None:
        self._words = words
        self._fill()

    def _only(self, state: State | None) -> None:
        self._state = state
        self._fill()

    def _fill(self, kept: str = "") -> None:
        """Show the wanted rows; choose ``kept``, what was chosen, or what is in its place now."""
        row, place = self.chosen, max(self.table.currentIndex().row(), 0)
        path = kept or (row.item.path if row is not None else "")
        words = self._words.casefold().split()
        wanted = [
            one
            for one, text in zip(self._ordered, self._texts, strict=True)
            if self._state in {None, one.state} and all(word in text for word in words)
        ]
        self._model.set_rows(wanted)
        at = next((at for at, one in enumerate(wanted) if one.item.path == path), -1)
        index = self.sorted.mapFromSource(self._model.index(at, 0))
        if not index.isValid():
            index = self.sorted.index(min(place, len(wanted) - 1), 0)
        flags = QItemSelectionModel.SelectionFlag
        self.table.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.table.scrollTo(self.table.currentIndex())
        self.chosen_changed.emit()


def _form(row: Row) -> str:
    return like(row.item.path, {}).path
