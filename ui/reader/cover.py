"""A sheet over a document with a content note: the reader chooses when to look."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from reviewer.messages import say
from ui import theme
from ui.theme import SPACE
from ui.widgets.buttons import button
from ui.widgets.text import Label


class Cover(QFrame):
    """One sentence and "Show"; nothing of the document is seen or blurred behind it."""

    shown = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "page")
        self.setAutoFillBackground(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE.XXL, SPACE.XXL, SPACE.XXL, SPACE.XXL)
        column.setSpacing(SPACE.M)
        self.title = Label("", size="heading", wrap=True)
        self.note = Label("", wrap=True)
        self.hint = Label(say("Look when you are ready."), tone="secondary")
        for words in (self.title, self.note, self.hint):
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.show_button = button(say("Show the document"), self.shown.emit, kind="primary")
        inner = QWidget()
        inner.setMaximumWidth(round(520 * theme.scale()))
        lines = QVBoxLayout(inner)
        lines.setSpacing(SPACE.M)
        for words in (self.title, self.note, self.hint):
            lines.addWidget(words)
        lines.addWidget(self.show_button, 0, Qt.AlignmentFlag.AlignHCenter)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(inner, 8)
        row.addStretch(1)
        column.addStretch(2)
        column.addLayout(row)
        column.addStretch(3)

    def tell(self, title: str, note: str) -> None:
        """Say what lies under the cover."""
        self.title.setText(title)
        self.note.setText(note)
        self.setAccessibleName(say("{title} is covered. {note}", title=title, note=note))
        self.setFocusProxy(self.show_button)
