"""Stepping back from a whole case: what that means, and why."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from reviewer.messages import plural, say
from reviewer.records.text import clean_line
from ui.dialogs.frame import Frame
from ui.widgets.form import Form

_LONGEST = 300


class RecuseDialog(Frame):
    """Asks why; tells ``wanted`` and stays open until it is kept."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget, reference: str, said: int) -> None:
        replaced = (
            plural(
                " What you said of {count} factor is replaced.",
                " What you said of {count} factors is replaced.",
                count=said,
            )
            if said
            else ""
        )
        super().__init__(
            parent,
            say("Step back from case {reference}?", reference=reference),
            lead=say(
                "Every factor of it that this round asks you for is set to recused, in one step."
                "{replaced} Your marks stay with you, and Ctrl+Z takes it back.",
                replaced=replaced,
            ),
            action=say("Step back from it"),
            width=480,
        )
        self.why = QLineEdit()
        self.why.setMaxLength(_LONGEST)
        form = Form()
        form.add(
            say("Why"), self.why, help_=say("A few words: they go to the chair with your return.")
        )
        self.body.addWidget(form)

    def accept(self) -> None:
        why = clean_line(self.why.text())
        if not why:
            self.refuse(say("Say why in a few words."), self.why)
            return
        self.problem.clear()
        self.wanted.emit(why)
