"""Whether what is typed has been saved, and when."""

from datetime import datetime

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from reviewer.messages import say
from ui import theme
from ui.theme import SPACE
from ui.widgets.announce import announce
from ui.widgets.text import Label


class Dot(QWidget):
    """A small filled circle in the colour of a state (good, warn, stop, least)."""

    SIDE = 8

    def __init__(self, tone: str = "good", *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_tone(self, tone: str) -> None:
        """Change the state it stands for."""
        self._tone = tone
        self.update()

    def sizeHint(self) -> QSize:
        side = round(self.SIDE * theme.scale())
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint = theme.tokens()
        colours = {"good": paint.good, "warn": paint.warn, "stop": paint.stop}
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(0, 0, 0, 0))
        painter.setBrush(QColor(colours.get(self._tone, paint.ink3)))
        painter.drawEllipse(self.rect().adjusted(0, 0, -1, -1))


_READING_ON = frozenset(["reading", "reading_place", "page_read", "journal", "journal_value"])


class SaveStatus(QWidget):
    """A dot and a few words that always tell the truth about saving.

    Every change is shown. By ear only that is said which somebody did: a page that was turned to
    is saved too, and "Saved" would cut across its words.
    """

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE.XS + 2)
        self._quiet = False  # of what is saved next, nothing is said
        self._lost = False  # something was not saved
        self._dot = Dot("least")
        self._words = Label("", tone="secondary")
        row.addWidget(self._dot)
        row.addWidget(self._words)
        self.nothing_yet()

    @property
    def words(self) -> str:
        """What it says."""
        return self._words.text()

    def nothing_yet(self) -> None:
        """Say that nothing has been changed since the casebook was opened."""
        self._say("least", say("Everything saved"))

    def checking(self) -> None:
        """Say that the file is still checked and can only be read."""
        self._say("warn", say("Checking the file..."))

    def saving(self) -> None:
        """Say that something is on its way to the disk."""
        self._say("warn", say("Saving..."))

    def note(self, tables: frozenset[str]) -> None:
        """Take what was changed by what is saved next."""
        self._quiet = bool(tables) and tables <= _READING_ON

    def saved(self, when: datetime) -> None:
        """Say that the last change reached the disk at ``when``."""
        self._say("good", say("Saved {when:%H:%M:%S}", when=when))
        if self._lost or not self._quiet:
            announce(self, say("Saved"))
        self._quiet = self._lost = False

    def not_saved(self) -> None:
        """Say that the last change did not reach the disk."""
        self._lost = True
        self._say("stop", say("Not saved"))
        announce(self, say("Not saved"))

    def _say(self, tone: str, words: str) -> None:
        self._dot.set_tone(tone)
        self._words.setText(words)
        self.setAccessibleName(words)
