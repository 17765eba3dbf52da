"""The field that narrows a list (of cases, if nothing else is said).

Escape empties it, Down goes on into the list.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from reviewer.messages import say
from ui.widgets.filled import saved_as_typed


class CaseFilter(QLineEdit):
    """Tells ``down`` where the person goes on into what it has narrowed."""

    down = Signal()

    def __init__(self, name: str = "", *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        saved_as_typed(self)
        self.setPlaceholderText(name or say("Filter cases"))
        self.setAccessibleName(name or say("Filter cases"))
        self.setClearButtonEnabled(True)
        self.setAcceptDrops(False)  # files that are dropped here are for the cases
        self.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() == Qt.Key.Key_Down:
            self.down.emit()
        else:
            super().keyPressEvent(event)
