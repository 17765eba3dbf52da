"""Returns of one member that contradict one another: said plainly, with a choice for the chair."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from reviewer.crypto.words import fingerprint_words
from reviewer.messages import later, say
from reviewer.records.panel import Received
from ui.rooms.merge.round_status import Out
from ui.theme import SPACE
from ui.widgets.buttons import button
from ui.widgets.dates import when
from ui.widgets.side_form import SideForm
from ui.widgets.text import Label

_TWO_KEYS = later(
    "Two keys signed returns in the name of {name}: the casebook was"
    " copied, or somebody else had it. None counts. Telephone {name}, have"
    " the six key words read to you, and choose the return that has them."
)
_TWO_RETURNS = later(
    "Two returns of {name} were sealed with one number, as after going"
    " back to an older copy. None counts. Ask {name} which is right, and"
    " choose it."
)
_UNTIL = later("The choice can be taken back until the round is released.")
_THEN = later(
    "Nothing is opened by this. What you choose can be opened as late then, with a reason."
)


class ForkRow(QFrame):
    """One conflict in a line, with what can be done about it."""

    def __init__(
        self, words: str, action: str, then: Callable[[], object], *, warn: bool = False
    ) -> None:
        super().__init__()
        self.setProperty("surface", "problem" if warn else "raised")
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE.M, SPACE.S, SPACE.S, SPACE.S)
        row.setSpacing(SPACE.S)
        row.addWidget(Label(words, wrap=True), 1)
        made = button(action, then)
        made.setAccessibleName(f"{action.rstrip('.')}: {words}")
        row.addWidget(made, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setAccessibleName(words)


class ForkForm(SideForm):
    """Tells ``chosen`` with the digest of the return that shall count, or ``away``."""

    chosen = Signal(str)

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__("", say("Let it count"), self.send, away=say("Not yet"), parent=parent)
        self._buttons: list[tuple[QRadioButton, str]] = []
        self._said = Label("", wrap=True)
        self.inside.addWidget(self._said)
        self._choices = QVBoxLayout()
        self._choices.setSpacing(SPACE.M)
        self.inside.addLayout(self._choices)
        self._then = Label(say(_UNTIL), tone="secondary", wrap=True)
        self.inside.addWidget(self._then)
        self.inside.addStretch(1)

    def begin(self, out: Out) -> None:
        """Ask which of the returns of ``out`` counts."""
        two_keys = len({one.public_key for one in out.fork}) > 1
        self._title.setText(say("{name}: which return counts?", name=out.name))
        self._then.setText(say(_THEN) if out.late else say(_UNTIL))
        self._said.setText(
            (say(_TWO_KEYS) if two_keys else say(_TWO_RETURNS)).format(name=out.name)
        )
        while (item := self._choices.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self._buttons = []
        for one in out.fork:
            self._choices.addWidget(self._choice(one, words=two_keys))
        self._problem.clear()
        self._buttons[0][0].setFocus()
        self._area.verticalScrollBar().setValue(0)

    def send(self) -> None:
        """Tell what was chosen, or that nothing is."""
        picked = [digest for made, digest in self._buttons if made.isChecked()]
        if not picked:
            self._problem.tell(say("Choose one of the returns."))
            return
        self._problem.clear()
        self.chosen.emit(picked[0])

    def _choice(self, one: Received, *, words: bool) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.XS)
        made = QRadioButton(say("No. {seq}, arrived {when}", seq=one.seq, when=when(one.at)))
        made.setAutoExclusive(False)  # each has a parent of its own
        made.clicked.connect(lambda _on=False, made=made: self._only(made))
        column.addWidget(made)
        told = say("Starts with {sha256}", sha256=one.sha256[:8])
        key = fingerprint_words(one.public_key) if words else ""
        if key:
            label = Label(key, size="strong", wrap=True)
            label.setContentsMargins(SPACE.XL, 0, 0, 0)
            column.addWidget(label)
        least = Label(told, tone="secondary", size="small")
        least.setContentsMargins(SPACE.XL, 0, 0, 0)
        column.addWidget(least)
        made.setAccessibleDescription(". ".join(part for part in (key, told) if part))
        self._buttons.append((made, one.sha256))
        return part

    def _only(self, picked: QRadioButton) -> None:
        for made, _ in self._buttons:
            made.setChecked(made is picked)
        self._problem.clear()
