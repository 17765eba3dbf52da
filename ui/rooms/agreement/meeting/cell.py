"""One cell on the wall: its spread without names, the reasons, what holds and was decided."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from reviewer.messages import later, plural, say
from reviewer.records.determinations import Determination
from reviewer.reports import decisions, phrases
from reviewer.summary.shapes import Cell, Flag, Panel, Summary
from reviewer.summary.talk import Talk, Wording, talk
from ui import theme
from ui.rooms.agreement import telling
from ui.theme import SPACE
from ui.widgets.buttons import button
from ui.widgets.card import Card
from ui.widgets.charts import Stack, StackedDots
from ui.widgets.chip import Chip
from ui.widgets.heat import HeatCell, Sample
from ui.widgets.text import Elided, Label, restyle

_PAGES = 6  # cited pages that are told by name; how many more there are is told
_BESIDE = 600  # pixels from which two cards stand beside each other, at the drawn text size
_NO_WORDS = later("without a comment")


class CellPage(QWidget):
    """Shows one cell; ``opened`` asks for its ratings with names and pages."""

    opened = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid: QGridLayout | None = None
        self._cards: tuple[QWidget, ...] = ()
        self._decided: QWidget | None = None
        self._beside = True
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.S)
        head = QHBoxLayout()
        self._case = Elided("", tone="secondary")
        self._class = Chip("")
        head.addWidget(self._case, 1)
        head.addWidget(self._class, 0, Qt.AlignmentFlag.AlignRight)
        column.addLayout(head)
        self._factor = Elided("", size="title")
        column.addWidget(self._factor)
        self._why = Label("", tone="warn", wrap=True)
        self._force = Label("", wrap=True)
        column.addWidget(self._why)
        column.addWidget(self._force)
        self._area = QScrollArea()
        self._area.setAccessibleName(say("What was said of this cell"))
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        column.addWidget(self._area, 1)

    @property
    def text(self) -> str:
        """What stands over the spread, for a reader."""
        parts = (self._case.whole, self._factor.whole, self._why.text(), self._force.text())
        return "\n".join(part for part in parts if part)

    def show_cell(self, summary: Summary, cell: Cell) -> None:
        """Show ``cell`` of ``summary``."""
        panel = summary.panel
        case = panel.cases[cell.case]
        self._case.set_text(case.reference + (f" \u00b7 {case.title}" if case.title else ""))
        self._factor.set_text(panel.framework.factors[cell.factor].name)
        self._class.setText(telling.short(cell))
        self._class.setProperty("tone", telling.tone(cell))
        restyle(self._class)
        why = "; ".join(phrases.WHY[Flag(flag)] for flag in cell.flags)
        self._why.setText(say("On the agenda: {why}.", why=why) if why else "")
        self._why.setVisible(bool(why))
        self._force.setText(in_force(panel, cell))
        said = talk(panel, cell.case, cell.factor)
        inside = QWidget()
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(0, 0, SPACE.XS, 0)
        self._grid.setSpacing(SPACE.M)
        self._cards = (self._spread(summary, cell, said), _reasons(panel, said))
        self._decided = _history(panel, cell)
        self._arrange()
        self._area.setWidget(inside)

    def _arrange(self) -> None:
        """Put the reasons beside the spread, or below it where room is short."""
        grid = self._grid
        if grid is None:
            return
        spread, reasons = self._cards
        beside = self._is_wide()
        grid.addWidget(spread, 0, 0, 1, 1 if beside else 2)
        grid.addWidget(reasons, *((0, 1, 1, 1) if beside else (1, 0, 1, 2)))
        if self._decided is not None:
            grid.addWidget(self._decided, 2, 0, 1, 2)
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
        grid.setRowStretch(3, 1)
        self._beside = beside

    def _is_wide(self) -> bool:
        return self.width() >= round(_BESIDE * theme.scale())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._is_wide() != self._beside:
            self._arrange()

    def forget(self) -> None:
        """Hold no text any more."""
        for part in (self._case, self._factor):
            part.set_text("")
        for label in (self._why, self._force, self._class):
            label.setText("")
        self._grid, self._cards, self._decided = None, (), None
        self._area.setWidget(QWidget())

    def _spread(self, summary: Summary, cell: Cell, said: Talk) -> QWidget:
        card = Card(say("The spread, without names"))
        dots = StackedDots()
        dots.setFixedHeight(round(150 * theme.scale()))
        scale, before = summary.panel.framework.scale, said.before
        stacks = [
            Stack(
                words=str(point.value),
                count=said.now.points[place],
                index=place,
                before=None if before is None else before.points[place],
            )
            for place, point in enumerate(scale)
        ]
        stacks.append(
            Stack(
                words="n/a",
                count=said.now.unassessed,
                before=None if before is None else before.unassessed,
            )
        )
        dots.set_stacks(tuple(stacks), len(scale))
        card.body.addWidget(dots)
        for line in _told(summary, cell, said):
            card.body.addWidget(Label(line, tone="secondary", wrap=True))
        card.body.addWidget(
            button(say("Ratings and pages"), self.opened.emit, tip=say("With names; G")),
            0,
            Qt.AlignmentFlag.AlignLeft,
        )
        card.body.addStretch(1)
        return card


def in_force(panel: Panel, cell: Cell) -> str:
    """Return what holds in a cell and why: its determination, else the median, else nothing."""
    history = panel.determinations.get((cell.case, cell.factor), ())
    if cell.determined and history:
        return say(
            "In force: {told}, as the panel determined. {reason}",
            told=decisions.told(history[-1]),
            reason=history[-1].reason,
        )
    if cell.in_force is None:
        return say("In force: no value, since nobody scored it.")
    return say(
        "In force: {number}, the median of {n}; nothing was determined.",
        number=phrases.number(cell.in_force),
        n=phrases.counted(cell.n, "score"),
    )


def _told(summary: Summary, cell: Cell, said: Talk) -> list[str]:
    lines = [telling.sentence(summary, cell)]
    if said.before is not None:
        lines.append(
            say(
                "Hollow: round {round}, median {median}.",
                round=said.before.round,
                median="\u2013"
                if said.before.median is None
                else phrases.number(said.before.median),
            )
        )
    if said.earlier:
        lines.append(
            plural(
                "{count:,} rating stands from an earlier round.",
                "{count:,} ratings stand from an earlier round.",
                count=said.earlier,
            )
        )
    if said.pages:
        told = ", ".join(
            say("{page} (cited by {many})", page=page, many=many)
            for page, many in said.pages[:_PAGES]
        )
        rest = len(said.pages) - _PAGES
        more = say(", and {rest:,} more", rest=rest) if rest > 0 else ""
        lines.append(say("Cited pages: {told}{more}.", told=told, more=more))
    return lines


def _reasons(panel: Panel, said: Talk) -> QWidget:
    card = Card(say("Reasons given"))
    members = sum(one.members for one in said.wordings)
    grid = QGridLayout()
    grid.setHorizontalSpacing(SPACE.M)
    grid.setVerticalSpacing(SPACE.S)
    grid.setColumnStretch(1, 1)
    points = len(panel.framework.scale)
    for row, one in enumerate(said.wordings):
        grid.addWidget(_sign(panel, one, points), row, 0)
        grid.addWidget(Label(_words(panel, one), wrap=True), row, 1)
        count = Label(
            say("{many} of {members}", many=one.members, members=members), tone="secondary"
        )
        grid.addWidget(count, row, 2, Qt.AlignmentFlag.AlignRight)
    if not said.wordings:
        grid.addWidget(Label(say("Nobody has rated this yet."), tone="secondary"), 0, 1)
    card.body.addLayout(grid)
    card.body.addStretch(1)
    return card


def _sign(panel: Panel, one: Wording, points: int) -> Sample:
    if one.value is None:
        return Sample(HeatCell(words="n/a", hatched=True), points=points)
    index = panel.framework.values.index(one.value)
    return Sample(HeatCell(words=str(one.value), index=index), points=points)


def _words(panel: Panel, one: Wording) -> str:
    words = one.words or say(_NO_WORDS)
    if one.value is not None:
        return words
    told = phrases.reason(one.reason, panel)
    parts = [told + (f": {one.record}" if one.record else "")]
    return ". ".join([*parts, *([one.words] if one.words else [])])


def _history(panel: Panel, cell: Cell) -> QWidget | None:
    """Return every decision on the cell with its dissent, newest first; None where there is none.

    The one in force is told over the spread already; here it stands among the others.
    """
    decided = panel.determinations.get((cell.case, cell.factor), ())
    if not decided:
        return None
    card = Card(say("What was decided of it"))
    for one in reversed(decided):
        card.body.addWidget(Label(decision_words(one), wrap=True))
        for part in one.dissents:
            told = say("Dissent, {who}: {words}", who=decisions.dissent(part), words=part.words)
            card.body.addWidget(Label(told, tone="secondary", wrap=True))
    return card


def decision_words(one: Determination) -> str:
    """Return one decision in a line: its number, what, when, by whom and why."""
    return say(
        "{number}. {told}, {at}, {by}, after round {round}: {reason}",
        number=one.number,
        told=decisions.told(one),
        at=phrases.moment(one.at),
        by=one.by,
        round=one.round,
        reason=one.reason,
    )
