"""The key of the register: each status with its sign, its count, and a filter by it."""

from collections import Counter

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from reviewer.messages import say
from ui import theme
from ui.rooms.cases.records.look import SHOWN, look_of, shown_as
from ui.rooms.cases.records.material import Material
from ui.rooms.cases.records.painting import colours
from ui.theme.icons import icon
from ui.widgets.chip import FilterChip
from ui.widgets.flow import Flow


class Key(QWidget):
    """Tells ``narrowed`` with the statuses that are to be shown; none stands for all."""

    narrowed = Signal(object)  # frozenset[str]

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(say("Statuses, how many of each, and a filter by them"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        parts = Flow(self)
        self.chips: dict[str, FilterChip] = {}
        for shown in SHOWN:
            chip = FilterChip(look_of(shown).name)
            chip.clicked.connect(lambda _checked=False: self._tell())
            parts.addWidget(chip)
            self.chips[shown] = chip

    @property
    def chosen(self) -> frozenset[str]:
        """The statuses that are to be shown."""
        return frozenset(shown for shown, chip in self.chips.items() if chip.isChecked())

    def clear(self) -> None:
        """Show all again, without telling it."""
        for chip in self.chips.values():
            chip.setChecked(False)

    def show_material(self, material: Material) -> None:
        """Count each status; what nothing has is left out, unless it is chosen."""
        today = material.register.today
        found = Counter(shown_as(one, today) for one in material.register.records)
        paint = theme.tokens()
        for shown, chip in self.chips.items():
            look = look_of(shown)
            chip.set_text(say("{name} {count:,}", name=look.name, count=found[shown]))
            chip.setIcon(icon(look.sign, colours(paint, look.tone)[0]))
            chip.setVisible(bool(found[shown]) or chip.isChecked())

    def _tell(self) -> None:
        self.narrowed.emit(self.chosen)
