"""Rows of a form, made one way: label, buddy, accessible name, help."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.theme import SPACE
from ui.widgets.text import Label


class Form(QWidget):
    """Fields under their labels, help in small type below."""

    def __init__(self, *, close: bool = False, parent: QWidget | None = None) -> None:
        """Build a form without fields; ``close`` together where there are many."""
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE.M if close else SPACE.L)

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

    def beside(self, first: QWidget, second: QWidget) -> None:
        """Put two rows that were added beside each other, where the first of them stands."""
        both = QWidget(self)
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE.L)
        self._column.insertWidget(self._column.indexOf(first), both)
        for part in (first, second):
            row.addWidget(part, 1, Qt.AlignmentFlag.AlignTop)

    def add_plain(self, widget: QWidget) -> None:
        """Add something that needs no label."""
        self._column.addWidget(widget)
