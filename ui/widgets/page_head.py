"""The head of a room: its title, one line that says what is in it, its actions at the right."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.theme import SPACE
from ui.widgets.text import Elided, Label


class PageHead(QWidget):
    """Title and note at the left, ``actions`` at the right on the line of the note."""

    def __init__(
        self, title: str, *actions: QWidget, note: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE.S)
        words = QVBoxLayout()
        words.setSpacing(SPACE.XS)
        self._title = Label(title, size="title")
        self._note = Elided(note, tone="secondary")
        words.addWidget(self._title)
        words.addWidget(self._note)
        row.addLayout(words, 1)
        row.addSpacing(SPACE.L)
        for action in actions:
            row.addWidget(action, 0, Qt.AlignmentFlag.AlignBottom)

    @property
    def note(self) -> str:
        """The line under the title."""
        return self._note.whole

    def tell(self, note: str, *, title: str = "") -> None:
        """Change the line under the title, and the title where one is given."""
        self._note.set_text(note)
        if title:
            self._title.setText(title)
