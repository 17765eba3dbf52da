"""Agreement: where the panel agrees and where it does not, and what it settles together."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from reviewer.messages import later, say
from reviewer.method import blanks
from reviewer.records.judgement import Mark
from reviewer.reports import phrases, rounds
from reviewer.reports.facts import headline
from reviewer.summary.ground import Ground, ground
from reviewer.summary.shapes import Cell, Summary
from ui import theme
from ui.desk.desk import Desk
from ui.rooms.agreement.cellcard import CellCard
from ui.rooms.agreement.figures import FactorCard, OverallCard
from ui.rooms.agreement.ground import GroundPage
from ui.rooms.agreement.heatmap import HeatMap
from ui.rooms.agreement.matrix import Order
from ui.rooms.agreement.meeting.view import AgendaView
from ui.rooms.agreement.movement import MovementView
from ui.rooms.released import ReleasedRoom
from ui.settings import Settings
from ui.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.chip import FilterChip
from ui.widgets.column import pile
from ui.widgets.heat import HeatCell
from ui.widgets.kinds import KindsLine
from ui.widgets.roomy import OneOf
from ui.widgets.text import Elided, Label
from ui.widgets.view_bar import ViewBar, step_by_keys

MAP, AGENDA, MOVEMENT = "map", "agenda", "movement"
_VIEWS = {MAP: later("Map"), AGENDA: later("Agenda"), MOVEMENT: later("Movement")}
_SIDE = 372  # pixels at the drawn text size
_FACTORS = 200  # ... of the factors at least; with large text the side scrolls


class AgreementRoom(ReleasedRoom):
    """The heat map at the left; overall figures, the chosen cell and all factors at the right."""

    def __init__(self, desk: Desk, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(desk, settings, parent)
        self.bar = ViewBar([(ident, say(title)) for ident, title in _VIEWS.items()])
        self.bar.chosen.connect(self.show_view)
        step_by_keys(self.bar, self)
        self._summary: Summary | None = None
        self._front = OneOf()
        pile(self.page, self.bar, self._front).setStretch(1, 1)
        main = self._main = QWidget()
        row = QHBoxLayout(main)
        row.setContentsMargins(SPACE.XL, SPACE.L, SPACE.XL, SPACE.L)
        row.setSpacing(SPACE.L)
        row.addWidget(self._build_map(), 1)
        row.addWidget(self._build_side())
        self._front.addWidget(main)
        self.ground = GroundPage(self.framework)
        self._front.addWidget(self.ground)
        self.agenda = AgendaView(desk, self.framework)
        self._front.addWidget(self.agenda)
        self.agenda.opened.connect(self.open_cell)
        self.agenda.tells.connect(self.tells)
        self.movement = MovementView(desk)
        self._front.addWidget(self.movement)
        self.movement.wants_agenda.connect(partial(self.show_view, AGENDA))
        desk.locking.connect(self.movement.forget)
        self.map.decides.connect(self.decide)
        self.cell.decides.connect(self.decide)
        self.commands = {
            "map": partial(self.show_view, MAP),
            "agenda": partial(self.show_view, AGENDA),
            "movement": partial(self.show_view, MOVEMENT),
            "determine": self.decide,
            "settle": self.agenda.settle,
        }
        self.map.opened.connect(self.open_cell)
        self.cell.opened.connect(lambda: self.open_cell(self.map.current))
        self.ground.left.connect(self.show_map)
        self.ground.shown.connect(self._show_page)
        desk.locking.connect(self.ground.forget)

    def enter(self) -> None:
        super().enter()
        self.take_focus()

    def take_focus(self) -> None:
        front = self._front.currentWidget()
        if front is self.ground:
            self.ground.take_focus()
        elif front is self.agenda:
            self.agenda.take_focus()
        elif front is self.movement:
            self.movement.take_focus()
        else:
            self.map.setFocus()

    def step_back(self) -> bool:
        return self._front.currentWidget() is self.agenda and self.agenda.reopen_last()

    def show_view(self, ident: str) -> None:
        """Bring one view to the front."""
        if self._summary is None:
            return
        self.bar.choose(ident)
        self.ground.forget()
        if ident == AGENDA:
            self._front.setCurrentWidget(self.agenda)
            self.agenda.enter()
        elif ident == MOVEMENT:
            self._front.setCurrentWidget(self.movement)
            self.movement.show_summary(self._summary)
            self.movement.take_focus()
        else:
            self._front.setCurrentWidget(self._main)
            self.map.setFocus()

    def decide(self) -> None:
        """Put the cell that is chosen on the map before the panel, to be determined."""
        cell = self.map.current
        if self._front.currentWidget() is not self.agenda and cell is not None:
            self.show_view(AGENDA)
            self.agenda.decide(cell)

    def open_cell(self, cell: Cell | None) -> None:
        """Show what ``cell`` rests on: the ratings, their reasons, the pages."""
        if cell is None or self._summary is None:
            return
        panel = self._summary.panel
        reference = panel.cases[cell.case].reference
        factor = panel.framework.factors[cell.factor].code
        job = self.desk.ask(lambda book: ground(book, reference, factor)).owner(self)
        job.succeeded(self._show_ground).run()

    def show_map(self) -> None:
        """Come back to where the cell was left: the map, or the agenda."""
        self.show_view(self.bar.current)

    def _show_ground(self, found: Ground) -> None:
        self._case = found.case.id
        self._front.setCurrentWidget(self.ground)
        self.ground.show_ground(found)

    def _show_page(self, mark: Mark) -> None:
        self.reads.emit(self._case, mark)

    def show_summary(self, summary: Summary) -> None:
        facts = headline(summary)
        cases = len(summary.panel.cases)
        late = f", {phrases.late(facts.late)}" if facts.late else ""
        self._note.set_text(
            say(
                "Ratings as they stand after {rounds} · {returned} of {members}"
                " returned it{late} · {cases} by {factors} · median of each cell",
                rounds=rounds.title(summary),
                returned=facts.returned,
                members=phrases.counted(facts.members, "panellist"),
                late=late,
                cases=phrases.counted(cases, "case"),
                factors=phrases.counted(self._factors(summary), "factor"),
            )
        )
        self._summary = summary
        said = blanks.warning(facts.blank, facts.asked)
        self.warning.setText(said)
        self.warning.setVisible(bool(said))
        self._show_legend(summary)
        self.overall.show_summary(summary)
        self.factors.show_summary(summary)
        self.map.show_summary(summary)
        self.agenda.show_summary(summary)
        if self._front.currentWidget() is self.movement:
            self.movement.show_summary(summary)

    def _build_map(self) -> QWidget:
        card = Card()
        head = QHBoxLayout()
        head.setSpacing(SPACE.S)
        head.addWidget(Label(say("Where the panel agrees"), size="heading"), 1)
        self._orders = QButtonGroup(self)
        for order, text in (
            (Order.DIFFERING, say("Most to discuss first")),
            (Order.REFERENCE, say("By reference")),
        ):
            chip = FilterChip(text)
            chip.setAccessibleName(say("Sort: {text}", text=text))
            chip.clicked.connect(partial(self._sort, order))
            self._orders.addButton(chip)
            chip.setChecked(order is Order.DIFFERING)
            head.addWidget(chip, 0, Qt.AlignmentFlag.AlignVCenter)
        card.body.addLayout(head)
        self._note = Elided("", tone="secondary")
        self.warning = Label("", tone="warn", wrap=True)
        card.body.addWidget(self.warning)
        card.body.addWidget(self._note)
        self.map = HeatMap()
        self.map.chosen.connect(self._choose)
        card.body.addWidget(self.map, 1)
        self.legend = KindsLine()
        card.body.addWidget(self.legend)
        return card

    def _build_side(self) -> QWidget:
        area = QScrollArea()
        area.setAccessibleName(say("Figures"))
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setFixedWidth(round(_SIDE * theme.scale()))
        side = QWidget()
        area.setWidget(side)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.M)
        self.overall, self.cell, self.factors = OverallCard(), CellCard(), FactorCard()
        column.addWidget(self.overall)
        column.addWidget(self.cell)
        self.factors.setMinimumHeight(round(_FACTORS * theme.scale()))
        column.addWidget(self.factors, 1)
        return area

    def _show_legend(self, summary: Summary) -> None:
        scale = summary.panel.framework.scale
        ends = tuple(
            (HeatCell(words=str(scale[at].value), index=at), scale[at].label.lower())
            for at in (0, len(scale) - 1)
        )
        self.legend.show_summary(summary, more=ends)

    def _sort(self, order: Order, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's
        self.map.set_order(order)
        self.map.setFocus()

    def _choose(self, cell: Cell | None) -> None:
        if self._summary is not None:
            self.cell.show_cell(self._summary, cell)

    @staticmethod
    def _factors(summary: Summary) -> int:
        return len(summary.panel.framework.factors)
