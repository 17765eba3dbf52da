"""Choosing a new passphrase."""

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from reviewer.crypto.advice import Advice, Strength, judge
from reviewer.crypto.words import new_passphrase
from reviewer.messages import say
from ui.theme import SPACE
from ui.widgets.buttons import button
from ui.widgets.passphrase import PassphraseField
from ui.widgets.text import Label
from ui.widgets.tick import Tick


class PassphraseChoice(QWidget):
    """A new passphrase: six drawn words by default, or an own one that is strong enough."""

    changed = Signal()
    entered = Signal()  # Enter was pressed, and the passphrase can be taken

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context: tuple[str, ...] = ()
        self._last: tuple[str, Advice] | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.S)
        self._drawn = QRadioButton(say("Six words drawn for you"))
        self._own = QRadioButton(say("A passphrase of your own"))
        group = QButtonGroup(self)
        for choice in (self._drawn, self._own):
            group.addButton(choice)
        self._drawn.setChecked(True)
        column.addWidget(self._drawn)
        column.addWidget(self._build_drawn())
        column.addWidget(self._own)
        column.addWidget(self._build_own())
        self._drawn.toggled.connect(lambda _on: self._switched())
        self._switched()

    @property
    def passphrase(self) -> str:
        """The passphrase, or "" while it is not yet one to accept."""
        if self._drawn.isChecked():
            return self._words.text() if self.written.isChecked() else ""
        return self._field.text() if self.problem == "" else ""

    @property
    def problem(self) -> str:
        """What still stands in the way, in a sentence, or ""."""
        if self._drawn.isChecked():
            return (
                "" if self.written.isChecked() else say("Write the words down, then tick the box.")
            )
        if not self._field.text():
            return say("Type a passphrase.")
        advice = self._judged()
        if advice.strength is Strength.REFUSED:
            return advice.sentence
        return "" if self._field.text() == self._again.text() else say("The two are not the same.")

    @property
    def wanting(self) -> QWidget:
        """The field that ``problem`` is about."""
        if self._drawn.isChecked():
            return self.written
        taken = self._field.text() and self._judged().strength is not Strength.REFUSED
        return self._again if taken else self._field

    def set_context(self, texts: Iterable[str]) -> None:
        """Say what everybody knows of this inquiry: words that an attacker would try first."""
        self._context = tuple(texts)
        self._last = None

    def draw(self) -> None:
        """Start afresh with six new words and nothing typed."""
        self.clear()
        self._drawn.setChecked(True)
        self._draw()

    def take_focus(self) -> None:
        """Put the focus on the way that is chosen."""
        (self._drawn if self._drawn.isChecked() else self._field).setFocus()

    def clear(self) -> None:
        """Forget everything typed and drawn."""
        self._field.forget()
        self._again.forget()
        self._words.clear()
        self.written.setChecked(False)
        self._last = None

    def _build_drawn(self) -> QWidget:
        self._drawn_part = QFrame(self)
        self._drawn_part.setProperty("surface", "raised")
        column = QVBoxLayout(self._drawn_part)
        column.setContentsMargins(SPACE.L, SPACE.M, SPACE.L, SPACE.M)
        column.setSpacing(SPACE.S)
        row = QHBoxLayout()
        self._words = Label(new_passphrase(), size="section", wrap=True)
        self._words.setAccessibleDescription(say("The new passphrase"))
        row.addWidget(self._words, 1)
        row.addWidget(button(say("Draw others"), self._draw, kind="quiet"), 0)
        column.addLayout(row)
        self.written = Tick(say("I have written it down and keep it away from this computer"))
        self.written.toggled.connect(lambda _on: self.changed.emit())
        column.addWidget(self.written)
        return self._drawn_part

    def _build_own(self) -> QWidget:
        self._own_part = QWidget(self)
        column = QVBoxLayout(self._own_part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.S)
        self._field = PassphraseField(say("New passphrase"))
        self._field.setPlaceholderText(say("New passphrase"))
        self._again = PassphraseField(say("The same again"))
        self._again.setPlaceholderText(say("The same again"))
        self._advice = Label("", tone="secondary", size="small", wrap=True)
        for part in (self._field, self._again, self._advice):
            column.addWidget(part)
        self._field.textChanged.connect(lambda _text: self._judge())
        self._again.textChanged.connect(lambda _text: self._judge())
        self._field.returnPressed.connect(self._again.setFocus)
        self._again.returnPressed.connect(self._enter)
        self.setTabOrder(self._field, self._again)  # what is typed twice is not typed on a button
        self.setTabOrder(self._again, self._field.show_button)
        self.setTabOrder(self._field.show_button, self._again.show_button)
        return self._own_part

    def _enter(self) -> None:
        if self.passphrase:
            self.entered.emit()

    def _draw(self) -> None:
        self._words.setText(new_passphrase())
        self.written.setChecked(False)
        self.changed.emit()

    def _judged(self) -> Advice:
        """Return the judgement on what is typed; long ones take a moment, so once only."""
        text = self._field.text()
        if self._last is None or self._last[0] != text:
            self._last = (text, judge(text, context=self._context))
        return self._last[1]

    def _judge(self) -> None:
        problem = self.problem
        advice = self._judged().sentence if self._field.text() else ""
        self._advice.setText(problem or advice or say("Strong, and both the same."))
        self._advice.set_tone("secondary" if problem or advice else "good")
        self.changed.emit()

    def _switched(self) -> None:
        drawn = self._drawn.isChecked()
        self._drawn_part.setVisible(drawn)
        self._own_part.setVisible(not drawn)
        if not drawn:
            self._judge()
            self._field.setFocus()
        self.changed.emit()
