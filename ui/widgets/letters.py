"""Letters that choose in a list, or are typed: no key of the room around takes them."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget


class KeepsLetters(QObject):
    """Lets letters and digits that are pressed in ``part`` stay there, whatever they mean else."""

    def __init__(self, part: QWidget) -> None:
        super().__init__(part)
        part.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if event.text().isalnum() and not held & ~Qt.KeyboardModifier.ShiftModifier:
                event.accept()
                return True
        return super().eventFilter(watched, event)
