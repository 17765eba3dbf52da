"""Safekeeping: one column of cards for the chair and the panellist alike."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from reviewer.messages import say
from ui.desk.desk import Desk
from ui.rooms.room import Room
from ui.rooms.safekeeping.card import SafekeepingCard
from ui.rooms.safekeeping.cards import CARDS
from ui.settings import Settings
from ui.theme import SPACE
from ui.widgets.column import TextColumn
from ui.widgets.page_head import PageHead

WIDTH = 760  # of the column, at the drawn text size


class SafekeepingRoom(Room):
    """Places the cards; each knows its own matter."""

    def __init__(self, desk: Desk, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(desk, settings, parent)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        self._area = QScrollArea()
        self._area.setAccessibleName(say("Safekeeping"))
        self._area.setWidgetResizable(True)
        page.addWidget(self._area)
        self._wanted: QWidget | None = None  # what a card has just opened
        bar = self._area.verticalScrollBar()
        bar.rangeChanged.connect(self._scroll)
        bar.actionTriggered.connect(self._forget_wanted)
        ground = QWidget()
        self._area.setWidget(ground)
        outer = QVBoxLayout(ground)
        outer.setContentsMargins(SPACE.XXL, SPACE.XL, SPACE.XXL, SPACE.XXL)
        column = TextColumn(WIDTH)
        outer.addLayout(column.centred())
        outer.addStretch(1)
        column.inside.setSpacing(SPACE.L)
        column.inside.addWidget(
            PageHead(
                say("Safekeeping"), note=say("What keeps this casebook from being lost or read.")
            )
        )
        about = desk.about
        self.cards: list[SafekeepingCard] = [
            entry.build(desk, settings)
            for entry in CARDS
            if about is not None and entry.when(about)
        ]
        for card in self.cards:
            card.wants.connect(self.wants)
            card.opened.connect(self._bring_into_sight)
            column.inside.addWidget(card)

    def _bring_into_sight(self, part: QWidget) -> None:
        """Keep ``part`` in sight while the column grows for it, until the person scrolls."""
        self._wanted = part
        QTimer.singleShot(0, self, self._scroll)

    def _scroll(self) -> None:
        if self._wanted is not None and self._wanted.isVisible():
            self._area.ensureWidgetVisible(self._wanted, 0, SPACE.L)

    def _forget_wanted(self) -> None:
        self._wanted = None

    def enter(self) -> None:
        for card in self.cards:
            card.enter()
        self._area.setFocus()
