"""Text on screen: always plain.

``QLabel`` guesses HTML and then loads local images (SECURITY 1.11), so every label is made here,
and what goes to a place that guesses and cannot be told (tool tips) goes through ``plain``.
"""

import html

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

_TIP = "tip"  # the property with the words of a tool tip that are the description too
MAX_TOOLTIP = 600  # characters; a tool tip is a hint, not a page


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
    """A label of plain text.

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
        self.setText(text)

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
