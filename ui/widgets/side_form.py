"""A form beside a table: what is asked scrolls, what is missing and the action stay in sight."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from reviewer.messages import say
from ui.theme import SPACE
from ui.widgets.buttons import button
from ui.widgets.filled import ASKS, THROW_AWAY, Filling, state_of
from ui.widgets.in_sight import InSight
from ui.widgets.order import as_they_stand, go_through, tab_stops
from ui.widgets.problem import InlineProblem
from ui.widgets.text import Label


class SideForm(QWidget, Filling):
    """Put parts into ``inside``. ``away`` tells that the person thought better of it.

    Escape goes away too, and asks first where something was filled in.
    """

    away = Signal()

    def __init__(
        self,
        title: str,
        action: str,
        then: Callable[[], object],
        *,
        away: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.called = say("the form “{title}”", title=title or action)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.M)
        self._title = Label(title, size="section", wrap=True)
        column.addWidget(self._title)
        self._area = QScrollArea()
        self._area.setAccessibleName(say("Form"))
        self._area.setWidgetResizable(True)
        self._scrolled = QWidget()
        self.inside = QVBoxLayout(self._scrolled)
        self.inside.setContentsMargins(0, 0, SPACE.XS, 0)
        self.inside.setSpacing(SPACE.L)
        self._area.setWidget(self._scrolled)
        InSight(self._area)
        column.addWidget(self._area, 1)
        self._began: tuple[object, ...] = ()
        self._put_away = True
        self._problem = InlineProblem()
        column.addWidget(self._problem)
        self.over_foot = QVBoxLayout()
        column.addLayout(self.over_foot)
        row = QHBoxLayout()
        row.setSpacing(SPACE.S)
        row.addStretch(1)
        self._away = button(away or say("Cancel"), self.leave)
        row.addWidget(self._away)
        self._go = button(action, then, kind="primary")
        row.addWidget(self._go)
        column.addLayout(row)

    @property
    def problem(self) -> str:
        """What stands in the way, in a sentence, or ""."""
        return self._problem.sentence

    @property
    def filled(self) -> bool:
        return state_of(self) != self._began

    def refuse(self, sentence: str, details: tuple[str, ...] = ()) -> None:
        """Say what stands in the way."""
        self._problem.tell(sentence, details=details)

    def ask_first(self, sentence: str) -> None:
        """Say that what was filled in would be lost, and offer to throw it away."""
        self._problem.tell(sentence, action=say(THROW_AWAY), then=self.leave, notice=True)

    def renew(self) -> None:
        """Take what it holds by now as what it begins with: it asks about something else."""
        self._problem.clear()
        self._began = state_of(self)
        self._let_go_first()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape or not self.isEnabled():
            super().keyPressEvent(event)
        elif self.filled:
            self.ask_first(say(ASKS))
        else:
            self.leave()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._put_away:  # what it begins with is filled in right after
            self._put_away = False
            QTimer.singleShot(0, self, self._let_go_first)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        page = self.parentWidget()
        if event.type() == QEvent.Type.ParentChange and page is not None:
            page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.HideToParent:  # the page went, not the room around it
            self._put_away = True
        return super().eventFilter(watched, event)

    def _let_go_first(self) -> None:
        """Begin once the parts that it asked with last time are gone, whose turn comes next."""
        QTimer.singleShot(0, self, self._begin_afresh)

    def _begin_afresh(self) -> None:
        self._began = state_of(self)
        self._order()

    def _order(self) -> None:
        """Let Tab go as the form is read; parts of it are made when it is asked for."""
        self.inside.activate()
        asked = tab_stops(self, self._scrolled)
        foot = [part for part in tab_stops(self, self) if part not in {*asked, self._area}]
        go_through([*as_they_stand(self._scrolled, asked), *as_they_stand(self, foot)])

    def leave(self) -> None:
        """Tell that nothing is to be done."""
        self.away.emit()
