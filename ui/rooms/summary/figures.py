"""The parts of the summary room: a key figure, a line a group or factor, a record to chase."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from reviewer.messages import plural, say
from reviewer.summary.register import RecordNeed
from reviewer.summary.shapes import Prevalence, Summary
from ui import theme
from ui.theme import SPACE
from ui.widgets.card import Card, Line
from ui.widgets.charts import BoundedBar
from ui.widgets.text import Elided, Label

_NAME, _COUNT, _REST = 280, 170, 176  # pixels at text size 1
_LARGE = 1.25  # text size from which the two counts stand one under the other
_MOST_RECORDS = 6


class KeyFigure(Card):
    """A name, a number with its denominator, and what it rests on."""

    def __init__(self, name: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.body.setSpacing(SPACE.XS)
        self._figure = Label("", size="title")
        self._more = Elided("", tone="secondary")
        for part in (Label(name, tone="secondary"), self._figure, self._more):
            self.body.addWidget(part)

    def tell(self, figure: str, more: str) -> None:
        """Show the figure and the line under it."""
        self._figure.setText(figure)
        self._more.set_text(more)

    @property
    def figure(self) -> str:
        """The number as shown."""
        return self._figure.text()


class PrevalenceLine(QWidget):
    """One group or factor: its bar with bounds, and the count with its denominator."""

    chosen = Signal()

    def __init__(
        self, line: Prevalence, *, opens: bool, inset: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._opens = opens
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if opens else Qt.FocusPolicy.NoFocus)
        if opens:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE.XL if inset else 0, SPACE.XS, 0, SPACE.XS)
        row.setSpacing(SPACE.L)
        self._add(row, line, inset=inset)
        self.count = say(
            "{counted} of {assessable} assessable",
            counted=line.counted,
            assessable=line.assessable,
        )
        self.setAccessibleName(
            say(
                "{name}: {count}, {low} to {high} of {relevant}",
                name=line.name,
                count=self.count,
                low=line.low,
                high=line.high,
                relevant=line.relevant,
            )
        )

    def _add(self, row: QHBoxLayout, line: Prevalence, *, inset: bool) -> None:
        name = Elided(line.name) if inset else Elided(line.name, size="strong")
        grown = theme.scale()
        name.setFixedWidth(round((_NAME - (SPACE.XL if inset else 0)) * min(grown, _LARGE)))
        bar = BoundedBar()
        share = line.relevant or 1
        bar.set_value(line.counted / share, line.low / share, line.high / share, group=line.group)
        count = Label(
            say(
                "{counted} of {assessable} assessable",
                counted=line.counted,
                assessable=line.assessable,
            )
        )
        count.setFixedWidth(round(_COUNT * grown))
        rest = Elided(_rest(line), tone="secondary")
        row.addWidget(name)
        row.addWidget(bar, 1)
        if grown > _LARGE:
            counts = QVBoxLayout()
            counts.setSpacing(0)
            counts.addWidget(count)
            counts.addWidget(rest)
            row.addLayout(counts)
        else:
            rest.setFixedWidth(round(_REST * grown))
            row.addWidget(count)
            row.addWidget(rest)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._opens and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._opens and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.chosen.emit()
        else:
            super().keyPressEvent(event)


def _rest(line: Prevalence) -> str:
    """Return how many cases stand beside the denominator, and why."""
    counts = (
        (line.not_assessable, say("not assessable")),
        (line.blank, "blank"),
        (line.not_allocated, say("not allocated")),
    )
    return ", ".join(f"{n} {what}" for n, what in counts if n) or say("0 not assessable")


class GroupsCard(Card):
    """Groups, most often failed first; a group opens its factors in place."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(say("By group of factors"), parent=parent)
        inside = scrolled(self, say("Groups of factors"))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(SPACE.XS)
        inside.addLayout(self._rows)
        inside.addWidget(
            Label(
                say("Choose a group to see its factors. Press it again to close them."),
                tone="least",
            )
        )
        inside.addStretch(1)
        self.groups: list[PrevalenceLine] = []

    def show_summary(self, summary: Summary) -> None:
        """Show one line a group."""
        self.groups = []
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for group in sorted(summary.groups, key=lambda g: (-g.counted, g.name)):
            factors = [f for f in summary.factors if f.group == group.code]
            self._rows.addWidget(self._group(group, factors))
            self._rows.addWidget(Line())

    def _group(self, group: Prevalence, factors: list[Prevalence]) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = PrevalenceLine(group, opens=bool(factors))
        below = QWidget()
        lines = QVBoxLayout(below)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        for factor in factors:
            lines.addWidget(PrevalenceLine(factor, opens=False, inset=True))
        below.hide()
        head.chosen.connect(lambda: below.setVisible(below.isHidden()))
        column.addWidget(head)
        column.addWidget(below)
        self.groups.append(head)
        return part


class RecordsCard(Card):
    """Which missing record to chase first, as panellists named them."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(say("Which record to chase first"), parent=parent)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(SPACE.M)
        self._grid.setVerticalSpacing(SPACE.S)
        inside = scrolled(self, say("Records to chase"))
        inside.addLayout(self._grid)
        self._none = Label(
            say("No panellist named a missing record."), tone="secondary", wrap=True
        )
        inside.addWidget(self._none)
        inside.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)

    def show_summary(self, summary: Summary) -> None:
        """Show the records that block most."""
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self._none.setVisible(not summary.records)
        for place, need in enumerate(summary.records[:_MOST_RECORDS]):
            self._grid.addWidget(_record(need), place, 0)


def scrolled(card: Card, name: str) -> QVBoxLayout:
    """Return a column in ``card`` that scrolls where room is short, so that no line is cut."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setAccessibleName(name)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    inside = QWidget()
    column = QVBoxLayout(inside)
    column.setContentsMargins(0, 0, SPACE.S, 0)
    area.setWidget(inside)
    card.body.addWidget(area, 1)
    return column


def _record(need: RecordNeed) -> QWidget:
    part = QWidget()
    column = QVBoxLayout(part)
    column.setContentsMargins(0, 0, 0, SPACE.XS)
    column.setSpacing(2)
    cases = plural("{count:,} case", "{count:,} cases", count=len(need.cases))
    waits = plural("{count:,} rating waits", "{count:,} ratings wait", count=need.ratings)
    column.addWidget(Elided(need.record, size="strong"))
    told = say("{waits} for it, in {cases}", waits=waits, cases=cases)
    if need.came:
        told = say("It has come since. {told}", told=told)
    column.addWidget(Elided(told, tone="secondary"))
    return part
