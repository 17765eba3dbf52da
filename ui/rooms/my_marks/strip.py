"""A strip of a page's own words on paper."""

import re

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QPainter,
    QPaintEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from reviewer.messages import say
from reviewer.pagetext.characters import CONTEXT
from ui import theme
from ui.theme import LIGHT, RADIUS, SPACE

_SPACE = re.compile(r"\s+")
_CUT = "\u2026"  # where the page goes on, often within a word


class PageWords(QWidget):
    """A strip of the page's own words on paper, with those of the mark lit."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = ("", "", "")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_words(self, before: str, words: str, after: str) -> None:
        """Show ``words`` with what stands before and after them."""
        given = before, after
        before, after = _line(before).lstrip(), _line(after).rstrip()
        begin, end = (_CUT if len(one) == CONTEXT else "" for one in given)
        self._parts = (begin + before, _line(words), after + end)
        self.setAccessibleName(say("On the page: {words}", words="".join(self._parts)))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, round(104 * theme.scale()))

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QColor(LIGHT.line2))
        painter.setBrush(QColor(theme.tokens().paper))
        painter.drawRoundedRect(room, RADIUS.CONTROL, RADIUS.CONTROL)
        painter.setClipRect(room)
        before, words, after = self._parts
        layout = QTextLayout(before + words + after, theme.font())
        layout.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
        layout.setFormats([_lit(len(before), len(words))])
        layout.beginLayout()
        y, line = 0.0, layout.createLine()
        while line.isValid():
            line.setLineWidth(room.width() - 2 * SPACE.M)
            line.setPosition(QPointF(0, y))
            y += line.height() + 2
            line = layout.createLine()
        layout.endLayout()
        painter.setPen(QColor(LIGHT.ink))
        layout.draw(painter, QPointF(room.left() + SPACE.M, room.top() + SPACE.S))


def _line(words: str) -> str:
    """Return ``words`` with each run of white space as one space, at the ends as well."""
    return _SPACE.sub(" ", words)


def _lit(start: int, length: int) -> QTextLayout.FormatRange:
    lit = QTextCharFormat()
    lit.setBackground(QColor(LIGHT.accent_soft))
    lit.setForeground(QColor(LIGHT.ink))
    lit.setFontWeight(QFont.Weight.DemiBold)
    found = QTextLayout.FormatRange()
    found.start, found.length, found.format = start, length, lit
    return found
