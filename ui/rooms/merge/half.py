"""Where the custodian types the lines of the sheet, checked as they are typed."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reviewer.crypto.groups import Sheet, from_text
from reviewer.messages import say
from reviewer.records.panel import Custodian
from ui.theme import SPACE
from ui.widgets.sheet_entry import SheetEntry
from ui.widgets.text import Label


class HalfField(QWidget):
    """Holds the typed lines no longer than they are needed; ``clear`` lets go of them."""

    changed = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.S)
        self._label = Label("", size="strong", wrap=True)
        self.entry = SheetEntry(Sheet.CUSTODIAN)
        self.entry.changed.connect(self.changed)
        column.addWidget(self._label)
        column.addWidget(self.entry)

    @property
    def half(self) -> bytes:
        """The half that was typed. Raises ``InputError`` where it is not whole."""
        return from_text(self.entry.text, Sheet.CUSTODIAN)

    @property
    def problem(self) -> str:
        """What is wrong or missing, or ""."""
        if not self.entry.text.strip():
            return say("The lines of the custodian's sheet are missing.")
        return self.entry.problem

    def ask(self, custodian: Custodian) -> None:
        """Ask ``custodian`` for the lines."""
        self.clear()
        words = say(
            "{name} types the lines of sheet {mark}",
            name=custodian.name,
            mark=custodian.mark.upper(),
        )
        self._label.setText(words)
        self.entry.setAccessibleName(words)

    def focus(self) -> None:
        """Put the cursor into the first line that is not right yet."""
        self.entry.focus()

    def hideEvent(self, event: QHideEvent) -> None:
        if not event.spontaneous():
            self.clear()  # another room came to the front: the half is the custodian's alone
        super().hideEvent(event)

    def clear(self) -> None:
        """Let go of what was typed."""
        self.entry.forget()
