"""A table as all rooms show it: calm lines, rows that grow with the text, chosen by the row."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui import theme

ROW = 32  # pixels at the drawn text size
_WORDS = 170  # pixels for the wide column at the drawn text size: three words or so
_LEAST = 130  # ... where no column is left that could go
_MEASURED = 60  # rows that the widths of columns are taken from; all of 1,000 took 0.5 s


class Shortened(QStyledItemDelegate):
    """Paints texts no wider than ``most`` pixels (at the drawn text size), cut in their middle.

    For paths: the folder and the file's name both tell which file it is; the tip has it whole.
    """

    def __init__(self, most: int, parent: QTableView) -> None:
        super().__init__(parent)
        self._most = most

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return (
            super()
            .sizeHint(option, index)
            .boundedTo(QSize(round(self._most * theme.scale()), round(ROW * theme.scale())))
        )

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().initStyleOption(option, index)
        option.textElideMode = Qt.TextElideMode.ElideMiddle


class Table(QTableView):
    """Shows ``model``; the column ``wide`` takes the room that the others leave.

    Where they leave too little for words (large text), the columns ``spare`` go, those in which
    nothing stands first, then the first named, but for the one that sorts; then the table
    scrolls. A list of spare columns holds what is said elsewhere of the chosen row.

    ``opened`` tells that the chosen row was entered: Enter, or a double click.
    """

    opened = Signal()

    def __init__(
        self,
        model: QAbstractItemModel,
        name: str,
        *,
        wide: int = 0,
        spare: Sequence[int] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)  # the tip has the heading whole
        header.setResizeContentsPrecision(_MEASURED)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self._wide, self._spare = wide, tuple(spare)
        self._fitting = False
        if model.columnCount() > wide:
            header.setSectionResizeMode(wide, QHeaderView.ResizeMode.Stretch)
            for changed in (model.modelReset, model.rowsInserted, model.dataChanged):
                changed.connect(self._share_out)
            header.sortIndicatorChanged.connect(self._share_out)
        self.doubleClicked.connect(lambda _index: self.opened.emit())
        self._fit()

    def sort_by(self, column: int) -> None:
        """Let the headings sort, beginning with ``column`` ascending."""
        self.setSortingEnabled(True)
        self.sortByColumn(column, Qt.SortOrder.AscendingOrder)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()
            self._share_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_out()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        entered = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if entered and self.currentIndex().isValid():
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def _share_out(self, *_what: object) -> None:
        """Give the wide column room for words; hiding a column may come back here."""
        if self._fitting or self.model().columnCount() <= self._wide:
            return
        self._fitting = True
        header, modes = self.horizontalHeader(), QHeaderView.ResizeMode
        for column in self._spare:
            header.showSection(column)  # a hidden one tells no width
        words, least = (
            min(round(size * theme.scale()), self._wants(self._wide)) for size in (_WORDS, _LEAST)
        )
        others = {at for at in range(header.count()) if at != self._wide}
        room = self.viewport().width() - sum(self._wants(at) for at in others)
        for column in sorted(self._spare, key=self._holds):
            if room < words and column != header.sortIndicatorSection():
                room += self._wants(column)
                header.hideSection(column)
        mode = modes.Stretch if room >= least else modes.Fixed
        if header.sectionResizeMode(self._wide) is not mode:
            header.setSectionResizeMode(self._wide, mode)
        if mode is modes.Fixed:
            header.resizeSection(self._wide, least)
        self._fitting = False

    def _holds(self, column: int) -> bool:
        """Whether anything stands in a column, in the rows that its width is taken from."""
        model = self.model()
        rows = range(min(model.rowCount(), _MEASURED))
        return any(str(model.index(row, column).data() or "").strip() for row in rows)

    def _wants(self, column: int) -> int:
        heading = self.horizontalHeader().sectionSizeHint(column)
        return max(self.sizeHintForColumn(column), heading)

    def _fit(self) -> None:
        self.verticalHeader().setDefaultSectionSize(round(ROW * theme.scale()))
