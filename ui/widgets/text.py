"""Text on screen: always plain.

``QLabel`` guesses HTML and then loads local images (SECURITY 1.11), so every label is made here,
and what goes to a place that guesses and cannot be told (tool tips) goes through ``plain``.
"""

import html
import re

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QLabel, QMenu, QSizePolicy, QWidget

from reviewer.messages import say
from ui.widgets import clipboard

_TIP = "tip"  # the property with the words of a tool tip that are the description too
MAX_TOOLTIP = 600  # characters; a tool tip is a hint, not a page
_BREAK = "\u200b"  # seen by nobody
_SEAMS = re.compile(r"(?<=[/\\_.@-])")
LONG = 20  # characters of a word, from which on a label may be too narrow for it


def has_long_word(text: str) -> bool:
    """Whether a label might be too narrow for a word of ``text``.

    >>> has_long_word("12 March 2010"), has_long_word("https://example.org/a/b/c")
    (False, True)
    """
    return any(len(word) > LONG for word in text.split())


def breakable(text: str) -> str:
    """Return ``text`` with places where a line may end within a word that is longer than it.

    >>> breakable("a short one") == "a short one"
    True
    """
    return " ".join(_broken(word) for word in text.split(" ")) if has_long_word(text) else text


def _broken(word: str) -> str:
    if len(word) <= LONG:
        return word
    parts = _SEAMS.split(word)  # where a path or a name has its seams, and within what has none
    pieces = [part[at : at + LONG] for part in parts for at in range(0, len(part), LONG)]
    return _BREAK.join(pieces)


def plain(text: str) -> str:
    """Return ``text`` for a tool tip: shown literally even though tool tips guess HTML."""
    short = text if len(text) <= MAX_TOOLTIP else text[:MAX_TOOLTIP] + "..."
    return f'<p style="white-space:pre-wrap">{html.escape(short)}</p>' if short else ""


def set_tip(widget: QWidget, text: str) -> None:
    """Give ``widget`` a tool tip, and the same words to those who are read to.

    Without words of its own a screen reader is handed the tool tip, with the markup that shows
    it literally; a description that was set by somebody else stays.
    """
    own = widget.accessibleDescription() != (widget.property(_TIP) or "")
    widget.setToolTip(plain(text))
    if not own:
        widget.setProperty(_TIP, text)
        widget.setAccessibleDescription(text)


class Label(QLabel):
    """A label of plain text; one that wraps breaks a word that is longer than its line.

    Such a word would make it, and all that it stands in, wider than the screen shows. What is
    picked and copied of it has no break.

    ``tone``: secondary, least, warn, stop, good, accent. ``size``: small, strong, section,
    heading, title, figure. The style sheet reads them (``size`` as
    ``level``, since Qt keeps that name for itself).
    """

    def __init__(
        self,
        text: str = "",
        *,
        tone: str = "",
        size: str = "",
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("tone", tone)
        self.setProperty("level", size)
        self.setWordWrap(wrap)
        if wrap:
            policy = self.sizePolicy()
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)
        self._words = text
        self.setText(text)

    def text(self) -> str:
        return self._words

    def setText(self, text: str) -> None:
        self._words = text
        super().setText(breakable(text) if self.wordWrap() else text)

    def clear(self) -> None:
        self._words = ""
        super().clear()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy) and has_long_word(self._words):
            self._copy()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if not (self.hasSelectedText() and has_long_word(self._words)):
            super().contextMenuEvent(event)
            return
        menu = QMenu(self)  # that of a label would copy the breaks too
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(say("Copy"), self._copy)
        menu.popup(event.globalPos())

    def _copy(self) -> None:
        """Put what is picked on the clipboard as it came."""
        if words := self.selectedText().replace(_BREAK, ""):
            clipboard.copy(words)

    def set_tone(self, tone: str) -> None:
        """Change the tone."""
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            restyle(self)


class Elided(QLabel):
    """One line of plain text that is cut with dots where room is short; the tip has it whole."""

    def __init__(
        self, text: str = "", *, tone: str = "", size: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("tone", tone)
        self.setProperty("level", size)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._whole = ""
        self.set_text(text)

    @property
    def whole(self) -> str:
        """The text before it is cut."""
        return self._whole

    def set_text(self, text: str) -> None:
        """Show ``text`` (line breaks become spaces)."""
        self._whole = " ".join(text.split())
        self.setAccessibleName(self._whole)
        self.setText(self._whole)
        self._tip()

    def minimumSizeHint(self) -> QSize:
        return QSize(24, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tip()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        room = self.contentsRect()
        shown = painter.fontMetrics().elidedText(
            self._whole, Qt.TextElideMode.ElideRight, room.width()
        )
        painter.setPen(self.palette().windowText().color())
        painter.drawText(room, self.alignment(), shown)

    def _tip(self) -> None:
        wants = QFontMetrics(self.font()).size(0, self._whole).width()
        cut = wants > self.contentsRect().width()  # also by the last pixel of its last letter
        set_tip(self, self._whole if cut else "")


def restyle(widget: QWidget) -> None:
    """Read the style sheet again after a property it asks for has changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()
