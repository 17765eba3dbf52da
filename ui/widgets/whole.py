"""Text that is shown whole whatever it is: a word longer than its line is broken, never cut."""

import re
from math import ceil

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QMenu, QPlainTextEdit, QWidget

from reviewer.messages import say
from ui.widgets import clipboard
from ui.widgets.text import Label

_BREAK = "\u200b"  # seen by nobody
_SEAMS = re.compile(r"(?<=[/\\_.@-])")
LONG = 20  # characters of a word, from which on a label may be too narrow for it


def has_long_word(text: str) -> bool:
    """Whether a label might cut a word of ``text``.

    >>> has_long_word("12 March 2010"), has_long_word("https://example.org/a/b/c")
    (False, True)
    """
    return any(len(word) > LONG for word in text.split())


def breakable(text: str) -> str:
    """Return ``text`` with places where a label may break a word that is longer than its line.

    >>> breakable("a short one") == "a short one"
    True
    """
    return " ".join(_broken(word) for word in text.split(" "))


def _broken(word: str) -> str:
    if len(word) <= LONG:
        return word
    parts = _SEAMS.split(word)  # where a path or a name has its seams, and within what has none
    pieces = [part[at : at + LONG] for part in parts for at in range(0, len(part), LONG)]
    return _BREAK.join(pieces)


class Picked(Label):
    """A label that breaks long words and is picked with the mouse; what is copied has no break."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__("", wrap=True, parent=parent)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def show_text(self, text: str) -> None:
        """Show ``text``, whose long words may be broken."""
        self.setText(breakable(text))

    def copy(self) -> None:
        """Put what is picked on the clipboard as it came."""
        if words := self.selectedText().replace(_BREAK, ""):
            clipboard.copy(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)  # that of a label would copy the breaks too
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(say("Copy"), self.copy).setEnabled(self.hasSelectedText())
        menu.popup(event.globalPos())


class Whole(QPlainTextEdit):
    """As high as its text needs; it can be picked with the mouse, and not changed."""

    def __init__(self, text: str, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "whole")
        self.setReadOnly(True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(name)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        self.setPlainText(text)

    @property
    def lines(self) -> int:
        """How many lines it takes at its present width."""
        block, count = self.document().firstBlock(), 0
        while block.isValid():
            count += max(block.layout().lineCount(), 1)
            block = block.next()
        return count

    def _text_height(self) -> float:
        """Return how high the lines are as they are laid out: a font's spacing may be less."""
        block, high = self.document().firstBlock(), 0.0
        while block.isValid():
            high += self.blockBoundingRect(block).height()
            block = block.next()
        return high

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        high = ceil(self._text_height()) + 2
        if high != self.height():
            self.setFixedHeight(high)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # what it stands in scrolls
