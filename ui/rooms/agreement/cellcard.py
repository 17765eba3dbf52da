"""The chosen cell in full: who gave what (as dots, no names), how many, how far they agree.

From here it is determined: the form stands where the agenda is.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from reviewer.messages import say
from reviewer.summary.shapes import Cell, Summary
from ui import theme
from ui.rooms.agreement import telling
from ui.widgets.buttons import button
from ui.widgets.card import Card
from ui.widgets.charts import Stack, StackedDots
from ui.widgets.chip import Chip
from ui.widgets.text import Elided, Label, restyle

_NOT_ASSESSED = ("missing", "unclear")


class CellCard(Card):
    """Shows one cell; ``opened`` asks for what it rests on, ``decides`` to determine it."""

    opened = Signal()
    decides = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._case = Elided("", size="section")
        self._factor = Elided("", tone="secondary")
        self._class = Chip("")
        row = QHBoxLayout()
        row.addWidget(self._case, 1)
        row.addWidget(self._class, 0, Qt.AlignmentFlag.AlignRight)
        self.body.addLayout(row)
        self.body.addWidget(self._factor)
        self._dots = StackedDots()
        self._dots.setFixedHeight(round(116 * theme.scale()))
        self.body.addWidget(self._dots)
        self._words = Label("", tone="secondary", wrap=True)
        self.body.addWidget(self._words)
        self._open = button(
            say("Ratings and pages"), self.opened.emit, tip=say("Enter on the map")
        )
        self._decide = button(say("Determine..."), self.decides.emit, tip=say("D on the map"))
        foot = QHBoxLayout()
        foot.addWidget(self._open)
        foot.addWidget(self._decide)
        foot.addStretch(1)
        self.body.addLayout(foot)
        self.setAccessibleName(say("The chosen cell"))

    @property
    def text(self) -> str:
        """What it says, for a reader."""
        parts = (self._case.whole, self._factor.whole, self._class.text(), self._words.text())
        return "\n".join(parts)

    def show_cell(self, summary: Summary, cell: Cell | None) -> None:
        """Show ``cell``; None leaves the last one standing."""
        if cell is None:
            return
        panel = summary.panel
        case = panel.cases[cell.case]
        self._case.set_text(case.reference + (f" · {case.title}" if case.title else ""))
        self._factor.set_text(panel.framework.factors[cell.factor].name)
        self._class.setText(telling.short(cell))
        self._class.setProperty("tone", telling.tone(cell))
        restyle(self._class)
        scale = panel.framework.scale
        stacks = [
            Stack(words=str(point.value), count=count, index=place)
            for place, (point, count) in enumerate(zip(scale, cell.distribution, strict=True))
        ]
        stacks.append(
            Stack(words="n/a", count=sum(cell.reasons.get(name, 0) for name in _NOT_ASSESSED))
        )
        self._dots.set_stacks(tuple(stacks), len(scale))
        self._words.setText(telling.sentence(summary, cell))
        self.setAccessibleDescription(telling.whole(summary, cell))
