"""The coefficients: overall with their intervals, then alpha by factor as dots."""

import math

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from reviewer.messages import later, say
from reviewer.reports import phrases
from reviewer.reports.facts import agreement as by_scope
from reviewer.reports.facts import headline
from reviewer.summary import kinds
from reviewer.summary.shapes import Agreement, Estimate, Summary
from ui import theme
from ui.theme import SPACE
from ui.widgets.card import Card, Line
from ui.widgets.charts import IntervalDot
from ui.widgets.text import Elided, Label, set_tip

_RIGHT = 4  # pixels between the values and the scroll bar
_TALK = later(
    "Measured on the sealed scores of round 1, before anyone talked."
    " Talking makes a panel agree with itself; it does not make it more"
    " reliable."
)


class OverallCard(Card):
    """Alpha and AC2 over all factors, and how much there is to talk about."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(say("Round 1, overall, ordinal"), parent=parent)
        row = QHBoxLayout()
        row.setSpacing(SPACE.L)
        self._values: dict[str, tuple[Label, Label]] = {}
        for name in ("Krippendorff's \u03b1", say("Gwet's AC2")):
            value = Label("", size="figure")
            more = Label("", tone="secondary", size="small", wrap=True)
            column = QVBoxLayout()
            column.setSpacing(1)
            column.addWidget(Label(name, tone="secondary", size="small"))
            column.addWidget(more)
            part = QHBoxLayout()
            part.setSpacing(SPACE.S)
            part.addWidget(value)
            part.addLayout(column, 1)
            row.addLayout(part, 1)
            self._values[name] = (value, more)
        self.body.addLayout(row)
        self._agenda = Label("", wrap=True)
        self.body.addWidget(Line())
        self.body.addWidget(self._agenda)
        set_tip(self, say(_TALK))
        self.setAccessibleDescription(say(_TALK))

    def show_summary(self, summary: Summary) -> None:
        """Show the figures of ``summary``."""
        line = by_scope(summary)["overall"]
        for (value, more), estimate in zip(
            self._values.values(), (line.alpha, line.ac2_linear), strict=True
        ):
            value.setText(phrases.coefficient(estimate.value))
            more.setText(_interval(estimate))
        self._agenda.setText(agenda_words(summary))


def agenda_words(summary: Summary) -> str:
    """Return how many cells need talk, and why, each counted."""
    facts = headline(summary)
    if not facts.agenda:
        return kinds.nothing_open(summary.kinds)
    counts = [
        (sum(flag in item.flags for item in summary.agenda), what)
        for flag, what in phrases.FLAGS.items()
    ]
    told = ", ".join(f"{what} {n:,}" for n, what in counts if n)
    if sum(n for n, _what in counts) > facts.agenda:
        told += say(" (some for more than one reason)")
    need = say("cell needs") if facts.agenda == 1 else say("cells need")
    return say(
        "{agenda:,} of {cells:,} {need} talk: {told}.",
        agenda=facts.agenda,
        cells=facts.cells,
        need=need,
        told=told,
    )


class FactorCard(Card):
    """Alpha by factor, highest first; those without a number last, with the reason."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(say("By factor, \u03b1 with interval"), parent=parent)
        self._axis = Axis()
        self._head = QHBoxLayout()
        self.body.addLayout(self._head)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setAccessibleName(say("Agreement by factor"))
        self.body.addWidget(self._area, 1)
        self._head.addSpacing(_name_width())
        self._head.addWidget(self._axis, 1)
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        bar = self._area.verticalScrollBar().sizeHint().width()  # so that the axis stays in line
        self._head.addSpacing(_value_width() + SPACE.S + _RIGHT + bar)
        self._head.setSpacing(0)

    def show_summary(self, summary: Summary) -> None:
        """Show one line a factor."""
        lines = by_scope(summary)
        factors = [(factor, lines[factor.code]) for factor in summary.panel.framework.factors]
        factors.sort(key=lambda pair: -_sort(pair[1]))
        lowest = _lowest([line for _factor, line in factors])
        self._axis.set_lowest(lowest)
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, _RIGHT, 0)
        grid.setHorizontalSpacing(0)
        grid.setVerticalSpacing(2)
        for row, (factor, line) in enumerate(factors):
            name = Elided(factor.short)
            name.setFixedWidth(_name_width())
            set_tip(name, f"{factor.name}\n{told(line)}")
            dot = IntervalDot(lowest=lowest, highest=1.0)
            dot.set_value(line.alpha.value, line.alpha.low, line.alpha.high)
            set_tip(dot, told(line))
            value = Label(_value(line), size="strong" if line.alpha.low is not None else "small")
            value.setAccessibleName(f"{factor.name}: {told(line)}")
            value.setFixedWidth(_value_width() + SPACE.S)
            value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(name, row, 0)
            grid.addWidget(dot, row, 1)
            grid.addWidget(value, row, 2)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(len(factors), 1)
        self._area.setWidget(inside)


class Axis(QWidget):
    """The numbers over the dots: five, from the lowest to 1."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lowest = 0.0

    def set_lowest(self, lowest: float) -> None:
        """Begin the axis at ``lowest``."""
        self._lowest = lowest
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, QFontMetrics(theme.font("small")).height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(theme.font("small"))
        painter.setPen(QColor(theme.tokens().ink3))
        for quarter in range(5):
            value = self._lowest + (1.0 - self._lowest) * quarter / 4
            x = 7 + quarter / 4 * (self.width() - 14)  # as IntervalDot places its lines
            wide = painter.fontMetrics().horizontalAdvance(_tick(value)) + 2
            left = min(max(x - wide / 2, 0), self.width() - wide)  # the ends stay in sight
            room = QRectF(left, 0, wide, self.height())
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, _tick(value))


def told(line: Agreement) -> str:
    """Return one factor's agreement in a sentence."""
    alpha, ac2 = line.alpha, line.ac2_linear
    return say(
        "Alpha {coefficient}, {interval}; AC2 {coefficient2}, {interval2};"
        " {cases} with two scores or more, {with_failing:,} with a failing.",
        coefficient=phrases.coefficient(alpha.value),
        interval=phrases.interval(alpha),
        coefficient2=phrases.coefficient(ac2.value),
        interval2=phrases.interval(ac2),
        cases=phrases.counted(line.cases, "case"),
        with_failing=line.with_failing,
    )


def _interval(estimate: Estimate) -> str:
    if estimate.low is None:
        return phrases.interval(estimate)
    return f"95 % {phrases.interval(estimate)}"


def _value(line: Agreement) -> str:
    if line.alpha.value is None:
        return "undefined"
    if line.alpha.low is None and line.alpha.note:
        return line.alpha.note
    sign = "~" if line.alpha.note == "approximate" else ""
    return sign + phrases.coefficient(line.alpha.value)


def _sort(line: Agreement) -> float:
    if line.alpha.value is None:
        return -math.inf
    return line.alpha.value - (10 if line.alpha.low is None else 0)


def _lowest(lines: list[Agreement]) -> float:
    """Return where the axis begins: 0, or -1 where a value lies below it."""
    values = (line.alpha.value for line in lines if line.alpha.value is not None)
    return 0.0 if min(values, default=0.0) >= 0 else -1.0


def _tick(value: float) -> str:
    if value in {0.0, 1.0}:
        return f"{value:.0f}"
    text = f"{abs(value):.2f}".lstrip("0").rstrip("0").rstrip(".")
    return ("\u2212" if value < 0 else "") + text


def _name_width() -> int:
    return round(112 * theme.scale())


def _value_width() -> int:
    return round(54 * theme.scale())
