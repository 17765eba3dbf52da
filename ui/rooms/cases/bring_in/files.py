"""The table of Bring in: the files that came, narrowed, in an order that stays under the hand."""

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reviewer.intake.delivery.assess import Row
from reviewer.messages import say
from ui.models.table import ROW_ROLE, TableModel
from ui.rooms.cases.bring_in.filters import Filters
from ui.rooms.cases.bring_in.lines import NO_LINES, columns, stands
from ui.rooms.cases.bring_in.work import Shown
from ui.theme import SPACE
from ui.widgets.table import Shortened, Table

_FILE, _KNOW = 1, 8  # the columns of what a file is called, and of what to know of it
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
        self._state: str | None = None
        self._words = ""
        self._case: str | None = None  # every case
        self._lines = NO_LINES
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.M)
        self.filters = Filters()
        column.addWidget(self.filters)
        self.model: TableModel[Row] = TableModel(columns(), self)
        self.table = Table(self.model, say("Files that came"), wide=_KNOW, spare=(7, 3, 4, 5))
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
    def alike(self) -> tuple[int, int]:
        """How many files are called like the chosen one, and how many a rule of its folder is for.

        Itself among them.
        """
        return self._lines.like(self.chosen), self._lines.beside(self.chosen)

    def show_files(self, shown: Shown, *, kept: str = "", still: bool = False) -> None:
        """Show a delivery's files and choose ``kept``, or what was chosen.

        ``still``: each stays where it is although what was said of one may have moved it, so that
        somebody can go through them one after another.
        """
        self._lines = shown.lines.as_in(self._lines) if still else shown.lines
        self._case = self.filters.show_counts(shown)
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
        key = QShortcut(QKeySequence("/"), self.table)
        key.setContext(Qt.ShortcutContext.WidgetShortcut)
        key.activated.connect(self.filters.words.setFocus)
        self.filters.typed.connect(self._narrow)
        self.filters.words.down.connect(self.table.setFocus)
        self.filters.narrowed.connect(self._only)
        self.filters.cased.connect(self._of)
        self.filters.asked.connect(self.asked)

    def _narrow(self, words: str) -> None:
        self._words = words
        self._fill()

    def _only(self, state: str | None) -> None:
        self._state = state
        self._fill()

    def _of(self, case: str | None) -> None:
        self._case = case
        self._fill()

    def _fill(self, kept: str = "") -> None:
        """Show the wanted rows; choose ``kept``, what was chosen, or what is in its place now."""
        row, place = self.chosen, max(self.table.currentIndex().row(), 0)
        path = kept or (row.item.path if row is not None else "")
        found = self._lines.having(self._words, self._case)
        self.filters.show_found(found)
        wanted = [one for one in found if self._state in {None, stands(one)}]
        self.model.set_rows(wanted)
        index = self.model.place(lambda one: one.item.path == path)
        if not index.isValid():
            index = self.model.index(min(place, len(wanted) - 1), 0)
        flags = QItemSelectionModel.SelectionFlag
        self.table.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.table.scrollTo(self.table.currentIndex())
        self.chosen_changed.emit()
