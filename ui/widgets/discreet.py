"""What every field and window of the program keeps to itself, wherever it was made.

One filter over the whole application: input methods are told not to learn or predict what is
typed, and text that is selected cannot be dragged out into another program, where nobody would
clear it (SECURITY 4a). The wheel changes no field that it passes over: whoever scrolls a form
would change a case without seeing it.
"""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

SENSITIVE = Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
_TYPED_INTO = (QLineEdit, QPlainTextEdit, QTextEdit, QComboBox)  # its field asks the box


class Discreet(QObject):
    """Install it on the application; it sees every widget as it is first shown."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.Polish:
            _hush(watched)
        elif kind == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            _let_go(watched, event)
        elif kind == QEvent.Type.Wheel and isinstance(watched, QComboBox | QAbstractSpinBox):
            event.ignore()  # what the field stands in scrolls
            return True
        return False


def _hush(made: QObject) -> None:
    if isinstance(made, _TYPED_INTO):
        made.setInputMethodHints(made.inputMethodHints() | SENSITIVE)
    if isinstance(made, QLineEdit | QAbstractItemView):
        made.setDragEnabled(False)


def _let_go(pressed: QObject, event: QMouseEvent) -> None:
    """Drop the selection that a press would begin to drag; a press with Shift extends it."""
    if event.button() != Qt.MouseButton.LeftButton or event.modifiers():
        return
    if isinstance(pressed, QLabel):
        if pressed.hasSelectedText():
            pressed.setSelection(0, 0)
        return
    field = pressed.parent() if isinstance(pressed, QWidget) else None
    if isinstance(field, QPlainTextEdit | QTextEdit) and pressed is field.viewport():
        caret = field.textCursor()
        if caret.hasSelection():
            caret.clearSelection()
            field.setTextCursor(caret)
