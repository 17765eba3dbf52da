"""What narrows the table of Bring in: words, where files stand; and which delivery is shown."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QWidget

from reviewer.intake.delivery.assess import State
from reviewer.messages import say
from ui import theme
from ui.rooms.cases.bring_in.lines import CHIPS, GROUPS
from ui.rooms.cases.bring_in.work import Shown
from ui.widgets.case_filter import CaseFilter
from ui.widgets.chip import FilterChip
from ui.widgets.flow import Flow


class Filters(QWidget):
    """Tells ``typed`` the words, ``narrowed`` the state (None for all), ``asked`` a delivery."""

    typed = Signal(str)
    narrowed = Signal(object)
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
        self.chips: dict[State | None, FilterChip] = {}
        for state in (None, *GROUPS):
            chip = FilterChip("")
            chip.clicked.connect(partial(self._only, state))
            group.addButton(chip)
            self.chips[state] = chip
            row.addWidget(chip)
        self.chips[None].setChecked(True)
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

    def show_counts(self, shown: Shown) -> None:
        """Say how many files stand where, and which deliveries there are."""
        table = shown.looked.table
        self.chips[None].set_text(say("All {count:,}", count=len(table.rows)))
        for state, words in CHIPS.items():
            count = table.count(state)
            self.chips[state].set_text(say(words, count=count))
            self.chips[state].setVisible(bool(count) or state in GROUPS[:3])
        self.deliveries.clear()
        for one in shown.others:
            self.deliveries.addItem(f"{one.number}  {one.name}, {one.received}", one.number)
        self.deliveries.setCurrentIndex(self.deliveries.findData(shown.delivery.number))
        self.deliveries.setVisible(len(shown.others) > 1)

    def _only(self, state: State | None, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's
        self.narrowed.emit(state)
