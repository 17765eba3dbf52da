"""What narrows the table of Bring in: words, where files stand, a case; and which delivery."""

from collections import Counter
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QWidget

from reviewer.intake.delivery.assess import Row
from reviewer.messages import say
from ui import theme
from ui.rooms.cases.bring_in.lines import CHIPS, GROUPS, SOME, STANDS, stands
from ui.rooms.cases.bring_in.work import Shown
from ui.widgets.case_filter import CaseFilter
from ui.widgets.chip import FilterChip
from ui.widgets.flow import Flow


class Filters(QWidget):
    """Tells ``typed`` the words, ``narrowed`` the state, ``cased`` the case, ``asked`` a delivery.

    None for every state and every case, "" for the files of which nobody knows the case.
    """

    typed = Signal(str)
    narrowed = Signal(object)
    cased = Signal(object)
    asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        row = Flow(self)
        self.words = CaseFilter()
        self.words.setPlaceholderText(say("Filter files"))
        self.words.setAccessibleName(say("Filter files"))
        self.words.setMinimumWidth(round(170 * theme.scale()))
        self.words.textChanged.connect(self.typed)
        row.addWidget(self.words)
        group = QButtonGroup(self)
        self.chips: dict[str | None, FilterChip] = {}
        for state in (None, *STANDS):
            chip = FilterChip("")
            chip.clicked.connect(partial(self._only, state))
            group.addButton(chip)
            self.chips[state] = chip
            row.addWidget(chip)
        self.chips[None].setChecked(True)
        self._counts: dict[str | None, int] = {}
        self.case = QComboBox()
        self.case.setAccessibleName(say("Files of which case"))
        self.case.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.case.setMinimumContentsLength(12)
        self.case.activated.connect(lambda _at: self.cased.emit(self.case.currentData()))
        row.addWidget(self.case)
        self.deliveries = QComboBox()
        self.deliveries.setAccessibleName(say("Delivery"))
        self.deliveries.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.deliveries.setMinimumContentsLength(18)
        self.deliveries.activated.connect(
            lambda _at: self.asked.emit(int(self.deliveries.currentData()))
        )
        row.addWidget(self.deliveries)

    def show_counts(self, shown: Shown) -> str | None:
        """Take what there is of files, cases and deliveries; return the case that is chosen."""
        table = shown.looked.table
        states = Counter(map(stands, table.rows))
        self._counts = {None: len(table.rows), **{state: states[state] for state in STANDS}}
        for state in STANDS:
            self.chips[state].setVisible(bool(states[state]) or state in GROUPS[:3])
        chosen = self._show_cases(sorted({row.case for row in table.rows}))
        self.deliveries.clear()
        for one in shown.others:
            self.deliveries.addItem(f"{one.number}  {one.name}, {one.received}", one.number)
        self.deliveries.setCurrentIndex(self.deliveries.findData(shown.delivery.number))
        self.deliveries.setVisible(len(shown.others) > 1)
        return chosen

    def show_found(self, found: Sequence[Row]) -> None:
        """Say on the chips how many of their files the words and the case leave."""
        states = Counter(map(stands, found))
        whole = self._counts.get(None, 0)
        told = say("All {count:,}", count=whole)
        if len(found) < whole:
            told = say("All {shown:,} of {count:,}", shown=len(found), count=whole)
        self.chips[None].set_text(told)
        for state, words in CHIPS.items():
            shown, count = states[state], self._counts.get(state, 0)
            told = say(words, count=count)
            if shown < count:
                told = say(SOME[state], shown=shown, count=count)
            self.chips[state].set_text(told)

    def _show_cases(self, cases: Sequence[str]) -> str | None:
        """Offer the cases that files go to; return the one that was chosen, if it is there."""
        chosen = self.case.currentData()
        self.case.clear()
        self.case.addItem(say("every case"), None)
        for one in cases:
            self.case.addItem(one or say("which case?"), one)
        place = 0 if chosen is None else max(self.case.findData(chosen), 0)
        self.case.setCurrentIndex(place)
        self.case.setVisible(len(cases) > 1)
        found: str | None = self.case.currentData()
        return found

    def _only(self, state: str | None, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's
        self.narrowed.emit(state)
