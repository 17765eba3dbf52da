"""The list of cases: filter, chips with counts, rows, and how far the whole has come."""

from collections.abc import Collection

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListView,
    QVBoxLayout,
    QWidget,
)

from reviewer.messages import plural, say
from reviewer.records.ids import CaseId
from ui.rooms.read.cases.model import CaseModel
from ui.rooms.read.cases.rows import (
    CaseProgress,
    CaseRow,
    counts_of,
    outside,
    passes,
    row_of,
    rows_of,
)
from ui.rooms.read.queries import Overview
from ui.theme import SPACE, scale
from ui.widgets.case_filter import CaseFilter
from ui.widgets.chip import FilterChip
from ui.widgets.flow import Flow
from ui.widgets.keyhint import KeyHint
from ui.widgets.rows import SideRowDelegate
from ui.widgets.text import Elided, Label

_PAUSE = 200  # ms an arrow key must rest on a case before it is opened


class CaseList(QWidget):
    """Shows the cases of an overview; ``case_chosen`` when the reader settles on one."""

    case_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(round(184 * scale()))
        self._rows: list[CaseRow] = []
        self._stand: CaseProgress | None = None
        self._current: CaseId | None = None
        self._quiet = False  # while rows are put in, moves are not the reader's
        self.model = CaseModel(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self._settle)
        self._build()

    # ------------------------------------------------------------ what it is told

    def set_overview(self, overview: Overview) -> None:
        """Show these cases; the chosen one stays chosen and the list does not move."""
        self._rows = rows_of(overview)
        self._count(overview)
        self._show()

    def set_cases(self, overview: Overview, cases: Collection[CaseId]) -> None:
        """Show what has become of ``cases``; nothing else in the overview is another."""
        fresh = {case.id: row_of(case, overview) for case in overview.cases if case.id in cases}
        self._rows = [fresh.get(row.id, row) for row in self._rows]
        self._count(overview)
        if self._stand is None and not self.filter.text():
            for row in fresh.values():
                self.model.set_row(row)
        else:
            self._show()

    def _count(self, overview: Overview) -> None:
        counts = counts_of(self._rows)
        self._chips[None].set_text(say("All {count}", count=len(self._rows)))
        for stand, count in counts.items():
            chip = self._chips[stand]
            chip.set_text(f"{say(stand.value)} {count}")
            chip.setVisible(count > 0 or stand in {CaseProgress.TO_READ, self._stand})
        self._states.setVisible(bool(overview.about.member))
        if not overview.about.member:
            self.foot.set_text(plural("{count:,} case", "{count:,} cases", count=len(self._rows)))
            return
        begun = sum(1 for row in self._rows if row.begun)  # not what sealing makes of them
        order = say(" \u00b7 your own order") if overview.about.member else ""
        self.foot.set_text(
            say("{begun} of {count} begun{order}", begun=begun, count=len(self._rows), order=order)
        )

    def set_current(self, case: CaseId | None) -> None:
        """Show which case is open."""
        self._current = case
        self._show()

    @property
    def shown(self) -> list[CaseId]:
        """The cases that pass the filter, in order."""
        rows = [self.model.index(n) for n in range(self.model.rowCount())]
        return [case for case in map(self.model.case, rows) if case is not None]

    def step(self, by: int) -> None:
        """Choose the next (or the previous) case in the list."""
        shown = self.shown
        if not shown:
            return
        at = shown.index(self._current) if self._current in shown else -1
        self.case_chosen.emit(shown[min(max(at + by, 0), len(shown) - 1)])

    def focus_filter(self) -> None:
        """Put the caret into the filter field."""
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    # ------------------------------------------------------------ private

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE.M, 0, SPACE.S)
        column.setSpacing(SPACE.S)
        head = QVBoxLayout()
        head.setContentsMargins(SPACE.M, 0, SPACE.M, 0)
        head.setSpacing(SPACE.S)
        self._build_filter(head)
        self._build_chips(head)
        column.addLayout(head)
        column.addWidget(self._build_list(), 1)
        self.foot = Elided("", tone="secondary")
        foot = QVBoxLayout()
        foot.setContentsMargins(SPACE.M, 0, SPACE.M, 0)
        self.nothing = Label(say("No other case matches the filter."), tone="secondary", wrap=True)
        self.nothing.hide()
        foot.addWidget(self.nothing)  # below: what comes moves no row under the hand
        foot.addWidget(self.foot)
        column.addLayout(foot)

    def _build_filter(self, head: QVBoxLayout) -> None:
        self.filter = CaseFilter()
        self.filter.down.connect(lambda: self.list.setFocus(Qt.FocusReason.TabFocusReason))
        self.filter.textChanged.connect(self._show)
        row = QHBoxLayout()
        row.setSpacing(SPACE.S)
        row.addWidget(self.filter, 1)
        row.addWidget(KeyHint("/"))
        head.addLayout(row)

    def _build_chips(self, head: QVBoxLayout) -> None:
        chips = QWidget()
        flow = Flow(chips, space=SPACE.XS + 1)
        self._chips: dict[CaseProgress | None, FilterChip] = {}
        for stand in (None, *CaseProgress):
            chip = FilterChip(say(stand.value) if stand else say("All"))
            chip.clicked.connect(lambda _checked=False, s=stand: self._filter_by(s))
            chip.setChecked(stand is None)
            flow.addWidget(chip)
            self._chips[stand] = chip
        self._states = chips
        head.addWidget(chips)

    def _build_list(self) -> QWidget:
        self.list = _Keys()
        self.list.setModel(self.model)
        self.list.setItemDelegate(SideRowDelegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(say("Cases"))
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self.list.clicked.connect(self._on_clicked)
        self.list.settled.connect(self._settle)
        return self.list

    def _show(self) -> None:
        words = self.filter.text()
        rows = [
            row if passes(row, self._stand, words) else outside(row)
            for row in self._rows
            if row.id == self._current or passes(row, self._stand, words)
        ]
        self._quiet = True
        self.model.set_rows(rows)
        place = self.model.place(self._current)
        if place != self.list.currentIndex():
            self.list.setCurrentIndex(place)
        self._quiet = False
        self.list.viewport().update()
        found = any(passes(row, self._stand, words) for row in self._rows)
        self.nothing.setVisible(bool(self._rows) and not found)

    def _filter_by(self, stand: CaseProgress | None) -> None:
        self._stand = None if stand is self._stand else stand
        for key, chip in self._chips.items():
            chip.setChecked(key is self._stand)
        self._show()

    # ------------------------------------------------------------ slots

    def _on_current(self, index: QModelIndex, before: QModelIndex) -> None:
        del before
        if index.isValid() and not self._quiet:
            self._timer.start()

    def _on_clicked(self, index: QModelIndex) -> None:
        del index
        self._settle()

    def _open_first(self) -> None:
        """Open the first case that passes the filter; the open one is shown all the same."""
        words = self.filter.text()
        case = next((row.id for row in self._rows if passes(row, self._stand, words)), None)
        if case is not None:
            self.list.setFocus(Qt.FocusReason.TabFocusReason)
            if case != self._current:
                self.case_chosen.emit(case)

    def _settle(self) -> None:
        self._timer.stop()
        case = self.model.case(self.list.currentIndex())
        if case is not None and case != self._current:
            self.case_chosen.emit(case)

    # ------------------------------------------------------------ Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.filter.text():
            self.filter.clear()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.filter.hasFocus():
            self._open_first()
        else:
            super().keyPressEvent(event)


class _Keys(QListView):
    """A list whose letters are left alone (the room uses some) and whose Enter opens."""

    settled = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.settled.emit()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters do not jump through the list: the filter field is for that."""
