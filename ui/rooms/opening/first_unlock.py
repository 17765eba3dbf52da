"""The first unlock of an issued casebook: a passphrase of the panellist's own."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QScrollArea, QVBoxLayout, QWidget

from reviewer.messages import say
from ui import errors
from ui.desk.desk import Desk
from ui.theme import SPACE
from ui.widgets.buttons import button
from ui.widgets.column import TextColumn
from ui.widgets.passphrase_choice import PassphraseChoice
from ui.widgets.problem import InlineProblem
from ui.widgets.text import Label

WIDTH = 520  # of the column, at the drawn text size


class FirstUnlockRoom(QWidget):
    """Asks for a new passphrase and encrypts the casebook anew with it."""

    done = Signal()
    locked = Signal()  # the person would rather do this another time

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "page")
        self._desk = desk
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        area = QScrollArea()
        area.setAccessibleName(say("First unlock"))
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        page.addWidget(area)
        ground = QWidget()
        area.setWidget(ground)
        middle = QVBoxLayout(ground)
        middle.addStretch(4)
        column = TextColumn(WIDTH)
        middle.addLayout(column.centred())
        middle.addStretch(5)
        inside = column.inside
        inside.setContentsMargins(0, SPACE.L, 0, SPACE.L)
        inside.setSpacing(SPACE.M)
        inside.addWidget(Label(say("Choose your own passphrase"), size="title"))
        inside.addWidget(
            Label(
                say(
                    "The printed slip opened this casebook once. From now on only your"
                    " passphrase does; nobody can look it up for you, so print a recovery"
                    " sheet afterwards, in Safekeeping. Destroy the slip: older copies, on"
                    " a stick perhaps, open with it."
                ),
                tone="secondary",
                wrap=True,
            )
        )
        self.choice = PassphraseChoice()
        self.choice.changed.connect(self._judge)
        self.choice.entered.connect(self.start)
        inside.addWidget(self.choice)
        self._problem = InlineProblem()
        inside.addWidget(self._problem)
        inside.addLayout(self._build_buttons())
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(say("Encrypting the casebook anew"))
        self._bar.hide()
        inside.addWidget(self._bar)
        self._judge()

    def showEvent(self, event: QShowEvent) -> None:
        about = self._desk.about
        if about is not None:
            self.choice.set_context([about.title, about.chair])
        if not event.spontaneous():  # not where the window only comes back to the front
            self.choice.draw()
        super().showEvent(event)
        if not event.spontaneous():
            self.choice.take_focus()

    def hideEvent(self, event: QHideEvent) -> None:
        if not event.spontaneous():
            self.choice.clear()  # locked half-way: other words are drawn the next time
        super().hideEvent(event)

    def start(self) -> None:
        """Give the casebook the passphrase that was chosen."""
        passphrase = self.choice.passphrase
        if not passphrase:
            return
        self._waiting(on=True)
        (
            self._desk.rekey(passphrase)
            .owner(self)
            .succeeded(lambda _none: self._finish())
            .failed(self._failed)
            .finished(lambda: self._waiting(on=False))
            .run()
        )

    def _build_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self._later = button(say("Lock, do it later"), self.locked.emit)
        self._set = button(say("Use this passphrase"), self.start, kind="primary")
        row.addWidget(self._later)
        row.addStretch(1)
        row.addWidget(self._set)
        return row

    def _judge(self) -> None:
        self._set.setEnabled(bool(self.choice.passphrase))

    def _waiting(self, *, on: bool) -> None:
        self._bar.setVisible(on)
        for part in (self.choice, self._later, self._set):
            part.setEnabled(not on)
        if not on:
            self._judge()

    def _failed(self, error: Exception) -> None:
        told = errors.words(error)
        self._problem.tell(told.sentence, details=told.details)

    def _finish(self) -> None:
        self.choice.clear()
        self.done.emit()
