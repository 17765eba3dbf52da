"""What narrows the register: words, an agency, gaps, what is overdue; and the order of cases."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QWidget

from reviewer.messages import say
from ui import theme
from ui.rooms.cases.records.material import Material, Order, Which
from ui.widgets.case_filter import CaseFilter
from ui.widgets.chip import FilterChip
from ui.widgets.flow import Flow


class Filters(QWidget):
    """Tells ``narrowed`` with the fields of ``Narrow`` that are another now."""

    narrowed = Signal(object)  # dict[str, object]

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = Flow(self)
        self.filter = CaseFilter()
        self.filter.setPlaceholderText(say("Case or record ({key})", key="/"))
        self.filter.setMinimumWidth(round(196 * theme.scale()))
        self.filter.textChanged.connect(lambda text: self.narrowed.emit({"words": text}))
        row.addWidget(self.filter)
        self.agency, self.order = QComboBox(), QComboBox()
        self.agency.setAccessibleName(say("Agency"))
        self.order.setAccessibleName(say("Order"))
        for order, text in (
            (Order.COMPLETE, say("least complete first")),
            (Order.OVERDUE, say("most overdue first")),
            (Order.REFERENCE, say("by reference")),
        ):
            self.order.addItem(text, order)
        self.order.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.agency.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.agency.setMinimumContentsLength(16)
        self.agency.activated.connect(
            lambda _at: self.narrowed.emit({"agency": str(self.agency.currentData() or "")})
        )
        self.order.activated.connect(
            lambda _at: self.narrowed.emit({"order": Order(self.order.currentData())})
        )
        row.addWidget(self.agency)
        self._which = QButtonGroup(self)
        self.chips: dict[Which, FilterChip] = {}
        for which in Which:
            chip = FilterChip("")
            chip.clicked.connect(partial(self._choose, which))
            chip.setChecked(which is Which.ALL)
            self._which.addButton(chip)
            self.chips[which] = chip
            row.addWidget(_beside(chip, self.order))
        row.addWidget(self.order)

    def show_material(self, material: Material) -> None:
        """Count what each choice leaves, and offer the agencies there are."""
        cases = material.register.cases.values()
        gaps, late = sum(one.gap for one in cases), sum(bool(one.overdue) for one in cases)
        for which, text in (
            (Which.ALL, say("All cases {count:,}", count=len(cases))),
            (Which.GAP, say("With a gap {count:,}", count=gaps)),
            (Which.OVERDUE, say("Overdue {count:,}", count=late)),
        ):
            self.chips[which].set_text(text)
        kept = self.agency.currentData()
        self.agency.clear()
        self.agency.addItem(say("every agency"), "")
        for name in material.agencies:
            self.agency.addItem(name, name)
        self.agency.setCurrentIndex(max(self.agency.findData(kept), 0))

    def _choose(self, which: Which, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's
        self.narrowed.emit({"which": which})


def _beside(chip: FilterChip, field: QWidget) -> QWidget:
    """Return a chip in the middle of a line as high as ``field``."""
    part = QWidget()
    row = QHBoxLayout(part)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(chip, 0, Qt.AlignmentFlag.AlignVCenter)
    part.setMinimumHeight(field.sizeHint().height())
    return part
