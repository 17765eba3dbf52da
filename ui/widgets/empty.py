"""An empty screen: what belongs there, and the first step."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.theme import SPACE
from ui.widgets.buttons import button
from ui.widgets.column import TextColumn
from ui.widgets.picture import Picture
from ui.widgets.text import Label


class EmptyState(QWidget):
    """One sentence and at most one action, in the middle of the room it is given."""

    def __init__(
        self,
        sentence: str,
        *,
        action: str = "",
        then: Callable[[], object] | None = None,
        icon: str = "",
        title: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(title or sentence)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE.XXL, SPACE.XXL, SPACE.XXL, SPACE.XXL)
        column.setSpacing(SPACE.M)
        column.addStretch(2)
        if icon:
            column.addWidget(Picture(icon, tone="ink3", size=36), 0, Qt.AlignmentFlag.AlignHCenter)
        if title:
            heading = Label(title, size="section")
            column.addWidget(heading, 0, Qt.AlignmentFlag.AlignHCenter)
        self._titled = bool(title)
        words = self._words = Label(sentence, tone="secondary", wrap=True)
        words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        middle = TextColumn(440, least=200)  # beside a list, too, no word is cut
        middle.inside.addWidget(words)
        column.addLayout(middle.centred())
        if action and then is not None:
            made = button(action, then, kind="primary")
            column.addWidget(made, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def set_sentence(self, sentence: str) -> None:
        """Say something else."""
        self._words.setText(sentence)
        if not self._titled:
            self.setAccessibleName(sentence)
