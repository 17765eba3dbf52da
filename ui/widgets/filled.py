"""Whether a person has filled something in: what a form holds, compared with how it began."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

ASKS = (
    "Escape would throw away what you filled in here. Go on with it, or say that it shall be"
    " thrown away."
)
THROW_AWAY = "Throw it away"


def state_of(form: QWidget) -> tuple[object, ...]:
    """Return what every field in ``form`` holds that a person can change."""
    return tuple(_held(field) for field in form.findChildren(QWidget))


def _held(field: QWidget) -> object:
    if isinstance(field, QLineEdit | QPlainTextEdit | QTextEdit) and field.isReadOnly():
        return None
    if isinstance(field, QLineEdit):
        return field.text()
    if isinstance(field, QPlainTextEdit | QTextEdit):
        return field.toPlainText()
    if isinstance(field, QComboBox):
        return field.currentIndex()
    if isinstance(field, QListWidget):
        ticked = Qt.CheckState.Checked
        return tuple(field.item(at).checkState() == ticked for at in range(field.count()))
    return field.isChecked() if isinstance(field, QAbstractButton) else None
