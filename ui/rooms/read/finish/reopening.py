"""Opening a sealed round again: what that means, and why it is done."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from reviewer.messages import later, say
from reviewer.records.text import clean_line
from ui.theme import SPACE
from ui.widgets.buttons import button
from ui.widgets.form import Form
from ui.widgets.problem import InlineProblem
from ui.widgets.text import Label

_LONGEST = 300  # characters of a reason
_MEANS = later(
    "You can change your ratings again, seal anew, and write another"
    " return; the newer one counts. Once the chair has released the round,"
    " a return is late. This laptop learns of the release only from an"
    " update: if your return is with the chair, ask first."
)
_CHAIR_MEANS = later(
    "You can change your own ratings again and seal anew. Until you do, no return can be opened."
)


class Reopening(QWidget):
    """One quiet button, and the question behind it."""

    asked = Signal(str)  # the reason
    asking = Signal(bool)  # whether the question stands there and needs the room

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.S)
        self.open = button(say("Open the round again\u2026"), self.ask, kind="quiet")
        column.addWidget(self.open)
        self.question = QWidget()
        inside = QVBoxLayout(self.question)
        inside.setContentsMargins(0, SPACE.S, 0, 0)
        inside.setSpacing(SPACE.S)
        self.means = Label("", tone="secondary", size="small", wrap=True)
        self.reason = QLineEdit()
        self.reason.setMaxLength(_LONGEST)
        self.reason.returnPressed.connect(self.send)
        self.problem = InlineProblem()
        form = Form()
        form.add(
            say("Why you open it again"), self.reason, help_=say("It is kept in the journal.")
        )
        row = QHBoxLayout()
        row.setSpacing(SPACE.S)
        self.go = button(say("Open it again"), self.send)
        self.keep = button(say("Leave it sealed"), self.leave, kind="quiet")
        row.addWidget(self.keep)
        row.addWidget(self.go)
        row.addStretch(1)
        for part in (self.means, form, self.problem):
            inside.addWidget(part)
        inside.addLayout(row)
        column.addWidget(self.question)

    def begin(self, round_number: int, *, possible: bool, chair: bool) -> None:
        """Show the button where a round can be opened again; ask nothing yet."""
        self.open.setText(say("Open round {round_number} again…", round_number=round_number))
        self.open.setAccessibleName(
            say("Open round {round_number} again", round_number=round_number)
        )
        self.means.setText(say(_CHAIR_MEANS) if chair else say(_MEANS))
        self.setVisible(possible)
        self._show(asking=False)

    def ask(self) -> None:
        """Ask why."""
        self._show(asking=True)
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def send(self) -> None:
        """Tell the reason, or that there is none."""
        reason = clean_line(self.reason.text())
        if reason:
            self.problem.clear()
            self.asked.emit(reason)
        else:
            self.problem.tell(say("Say in a few words why the round is opened again."))
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Ask nothing any more."""
        self._show(asking=False)
        self.open.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, *, asking: bool) -> None:
        self.reason.clear()
        self.problem.clear()
        self.question.setVisible(asking)
        self.open.setVisible(not asking)
        self.asking.emit(asking)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.question.isVisible():
            self.leave()
        else:
            super().keyPressEvent(event)
