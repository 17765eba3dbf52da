"""What all dialogs share: a heading, a body, one primary action and a way out."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from reviewer.messages import say
from ui import theme
from ui.errors import let_lock
from ui.theme import SPACE
from ui.widgets.buttons import STOPS, button
from ui.widgets.card import Line
from ui.widgets.filled import ASKS, THROW_AWAY, Filling, state_of
from ui.widgets.in_sight import InSight
from ui.widgets.order import go_through, tab_stops
from ui.widgets.problem import InlineProblem
from ui.widgets.text import Label

_FOOT = 84  # height of what stands under the body, at the drawn text size
_ACROSS = 0.94  # share of the window's width that a dialog may take
_ROOM = 0.86  # share of the window's height that a dialog may take before its body scrolls


class Frame(QDialog, Filling):
    """A dialog over the window. Put fields into ``body``; ``accept`` is the primary action.

    Once something was filled in, Escape asks before it is thrown away; the button that cancels
    says so itself. Where there is no primary action, what is chosen acts at once.
    ``called`` is what a lock calls it, where ``title`` may name people and ``action`` says little.
    """

    def __init__(
        self,
        parent: QWidget,
        title: str,
        *,
        lead: str = "",
        action: str = "",
        called: str = "",
        width: int = 520,
    ) -> None:
        super().__init__(parent)
        self.called = say("the form “{action}”", action=called or action or title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        let_lock(self, parent)
        self.setWindowTitle(title)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._area = QScrollArea()
        self._area.setAccessibleName(title)
        self._area.setWidgetResizable(True)
        self._inside = QWidget()
        self.body = QVBoxLayout(self._inside)
        self.body.setContentsMargins(SPACE.XXL, SPACE.XXL, SPACE.XXL, SPACE.S)
        self.body.setSpacing(SPACE.L)
        self._area.setWidget(self._inside)
        self._in_sight = InSight(self._area)
        column.addWidget(self._area, 1)
        self.heading = Label(title, size="heading", wrap=True)
        self.body.addWidget(self.heading)
        self.lead = Label(lead, tone="secondary", wrap=True)
        self.body.addWidget(self.lead)
        self.lead.setVisible(bool(lead))
        self.problem = InlineProblem()
        self._began: tuple[object, ...] = ()
        self._busy = False
        self._wanted = 0  # the height in which the body does not scroll
        column.addWidget(self._build_told())
        column.addWidget(Line())
        column.addLayout(self._build_foot(action))
        self.setFixedWidth(_within(parent, round(width * theme.scale())))

    def open(self) -> None:
        self.body.addStretch(1)
        self._fit()
        self._began = state_of(self._inside)
        self._order()
        super().open()

    def _order(self) -> None:
        """Let Tab go through the body, then the foot; begin where something can be chosen.

        A body of words alone that is longer than the room for it takes the focus itself, so that
        the arrows scroll it.
        """
        chain = tab_stops(self, self._inside)
        if chain:
            self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            foot = [button for button in (self.away, self.go) if button.parent() is self]
            go_through([*chain, *foot])
        if not self._inside.isAncestorOf(self.focusWidget()):
            first = (part for part in chain if part.isVisibleTo(self))
            next(first, self._alone()).setFocus(Qt.FocusReason.TabFocusReason)

    def _alone(self) -> QWidget:
        """Return what begins where there are words alone: the way out, if all can be seen."""
        whole = self.height() >= self._wanted and not self.away.property(STOPS)
        return self.away if whole and not self.go.isVisibleTo(self) else self._area

    def renew(self) -> None:
        """Take what it holds by now as what it began with: it was kept."""
        self._began = state_of(self._inside)

    def retitle(self, title: str) -> None:
        """Say another title, on the window and over the body."""
        self.setWindowTitle(title)
        self.heading.setText(title)

    def end(self) -> None:
        """Close, what was asked for being done: ``accept`` asks and may stay."""
        QDialog.accept(self)

    def refuse(self, sentence: str, at: QWidget) -> None:
        """Say what stands in the way, and go to the field that it is about."""
        self.problem.tell(sentence)
        self._in_sight.go_to(at)

    def add_button(self, text: str, then: Callable[[], object]) -> QPushButton:
        """Add a button between the way out and the primary action."""
        made = button(text, then)
        self._foot.insertWidget(self._foot.indexOf(self.away) + 1, made)
        return made

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.filled:
            self._ask()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        if event.spontaneous() and self.filled:  # the window's own cross, not the lock
            self._ask()
            event.ignore()
        else:
            super().closeEvent(event)

    @property
    def filled(self) -> bool:
        """Whether something was filled in here that its action would send."""
        form = self.go.isVisibleTo(self) and not self._busy
        return form and state_of(self._inside) != self._began

    def _ask(self) -> None:
        self.problem.tell(say(ASKS), action=say(THROW_AWAY), then=self.reject, notice=True)

    def _fit(self) -> None:
        """Take the height the body wants, as far as the window has it."""
        self.body.activate()  # what was shown or hidden just now counts
        wanted = self._inside.sizeHint().height()  # guesses narrow lines where words wrap
        if self.body.hasHeightForWidth():
            wanted = self.body.totalHeightForWidth(self.width())
        wanted = self._wanted = wanted + round(_FOOT * theme.scale())
        owner = self.parentWidget()
        most = round(owner.window().height() * _ROOM) if owner else wanted
        self.resize(self.width(), max(min(wanted, most), 160))

    def _build_told(self) -> QWidget:
        """Build where problems are told: over the foot, in sight however far the body scrolls."""
        part = QWidget()
        row = QHBoxLayout(part)
        row.setContentsMargins(SPACE.XXL, SPACE.S, SPACE.XXL, SPACE.S)
        row.addWidget(self.problem)
        return part

    def _build_foot(self, action: str) -> QHBoxLayout:
        row = self._foot = QHBoxLayout()
        row.setContentsMargins(SPACE.XXL, SPACE.L, SPACE.XXL, SPACE.L)
        row.setSpacing(SPACE.S)
        row.addStretch(1)
        self.away = button(say("Cancel") if action else say("Close"), self.reject)
        row.addWidget(self.away)
        self.go = button(action or say("Done"), self.accept, kind="primary")
        if action:
            self.go.setDefault(True)
            row.addWidget(self.go)
        else:
            self.go.hide()
            self.go.setParent(self)
        return row


def _within(owner: QWidget, width: int) -> int:
    """Return ``width``, or what the window has where large text makes a dialog wider than it."""
    return min(width, round(owner.window().width() * _ACROSS))
