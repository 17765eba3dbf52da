"""The records that the case lacks, offered where a rating names the one that is missing."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from reviewer.messages import say
from ui.theme import SPACE
from ui.widgets.buttons import button
from ui.widgets.flow import Flow

MOST = 12  # that are offered; the field takes any other


class LackingChips(QWidget):
    """A chip each, behind the field; tells ``named`` with what is to stand there."""

    named = Signal(str)

    def __init__(self, field: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field = field
        self._flow = Flow(self, space=SPACE.XS + 1)
        self._names: tuple[str, ...] = ()
        self.setAccessibleName(say("Records that this case lacks"))

    def offer(self, names: Sequence[str]) -> None:
        """Offer these records."""
        if tuple(names) == self._names:
            return
        self._names = tuple(names)
        self._flow.clear()
        before = self._field
        for name in self._names[:MOST]:
            made = button(name, partial(self.named.emit, name), kind="chip")
            made.setProperty("tone", "dashed")
            made.setAccessibleName(say("Missing is: {name}", name=name))
            self._flow.addWidget(made)
            QWidget.setTabOrder(before, made)  # else behind all that was there before
            before = made
            made.show()

    def show_for(self, *, wanted: bool) -> None:
        """Stand there where a record is to be named, and there is one to offer."""
        self.setVisible(wanted and bool(self._names))
