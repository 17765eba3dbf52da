"""A sheet over a document with a content note: the reader chooses when to look."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

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
        self.hint = Label(
            "Look when you are ready. Nothing is marked as read before.",
            tone="secondary",
            wrap=True,
        )
        for words in (self.title, self.note, self.hint):
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            words.setMaximumWidth(round(480 * theme.scale()))
            words.setMinimumWidth(round(240 * theme.scale()))
        self.show_button = button("Show the document", self.shown.emit, kind="primary")
        column.addStretch(2)
        for one in (self.title, self.note, self.hint, self.show_button):
            column.addWidget(one, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def tell(self, title: str, note: str) -> None:
        """Say what lies under the cover."""
        self.title.setText(title)
        self.note.setText(note)
        self.setAccessibleName(f"{title} is covered. {note}")
        self.setFocusProxy(self.show_button)
