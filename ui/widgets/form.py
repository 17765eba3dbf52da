"""Rows of a form, made one way: label, buddy, accessible name, help."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.theme import SPACE
from ui.widgets.text import Label


class Form(QWidget):
    """Fields under their labels, help in small type below."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE.L)

    def add(self, label: str, field: QWidget, *, help_: str = "", key: str = "") -> QWidget:
        """Add ``field`` under ``label``; ``key`` is the letter of the label that Alt jumps to."""
        part = QWidget(self)
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.XS + 1)
        shown = label.replace("&", "&&")
        told = shown.replace(key, f"&{key}", 1) if key else shown
        words = Label(told, size="strong", wrap=True)
        words.setBuddy(field)
        field.setAccessibleName(label)
        column.addWidget(words)
        column.addWidget(field)
        if help_:
            field.setAccessibleDescription(help_)
            column.addWidget(Label(help_, tone="secondary", size="small", wrap=True))
        self._column.addWidget(part)
        return part

    def add_plain(self, widget: QWidget) -> None:
        """Add something that needs no label."""
        self._column.addWidget(widget)
