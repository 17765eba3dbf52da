"""A sentence that lies over the foot of a window for a while, and moves nothing under it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QWidget,
)

from reviewer.messages import say
from ui import theme
from ui.theme import SPACE
from ui.widgets.buttons import button
from ui.widgets.keyhint import KeyHint
from ui.widgets.text import Label

_STAYS = 12_000  # ms
_ASIDE = 120  # left of the middle: over the pages rather than over a sheet at the right
_WIDTH = 560  # of the words at most, at the drawn text size

Offer = tuple[str, str, Callable[[], object]]  # words, key, what it does


class Said(QFrame):
    """Hidden until ``say``; the next sentence takes the place of the one before."""

    def __init__(self, over: QWidget, offers: Sequence[Offer] = ()) -> None:
        super().__init__(over)
        self.setProperty("surface", "raised")
        self._over = over
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE.L, SPACE.S, SPACE.S, SPACE.S)
        row.setSpacing(SPACE.S)
        self._words = Label("", wrap=True)
        row.addWidget(self._words, 1)
        self.offers: list[QPushButton] = []
        self._hints: list[KeyHint] = []
        self._offered = QWidget()
        beside = QHBoxLayout(self._offered)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(SPACE.S)
        for words, key, then in offers:
            made = button(words, then, kind="quiet")
            beside.addWidget(made)
            hint = KeyHint(key)
            beside.addWidget(hint)
            self.offers.append(made)
            self._hints.append(hint)
        row.addWidget(self._offered)
        self._close = button(say("Close"), self.clear, kind="quiet")
        row.addWidget(self._close)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_STAYS)
        self._timer.timeout.connect(self.clear)
        over.installEventFilter(self)
        self.hide()

    @property
    def sentence(self) -> str:
        """What it says now."""
        return self._words.text()

    def offer(self, sentence: str, first: bool) -> None:  # noqa: FBT001 - a signal's argument
        """Show ``sentence`` with the offers, of which the ``first`` may have nothing to do."""
        for part in (*self.offers[:1], *self._hints[:1]):
            part.setVisible(first)
        self.say(sentence, offering=True)

    def say(self, sentence: str, *, offering: bool = False) -> None:
        """Show ``sentence``, and let it be read aloud; the offers stand beside it on demand."""
        self._words.setText(sentence)
        self._offered.setVisible(offering)
        self.setAccessibleName(sentence)
        self._place()
        self.show()
        self.raise_()
        self._timer.start()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def clear(self) -> None:
        """Say nothing, and hold nothing of what was said."""
        focus = QApplication.focusWidget()
        held = focus is not None and self.isAncestorOf(focus)
        self._timer.stop()
        self.hide()
        self._words.clear()
        self.setAccessibleName("")
        if held:
            self._over.setFocus(Qt.FocusReason.OtherFocusReason)

    def _place(self) -> None:
        """Be as wide as the words are, up to a line that is still read, and as high as that."""
        for part in (self._offered, self):
            layout = part.layout()
            if layout is not None:
                layout.activate()  # what was shown or hidden just now counts
        words = self._words.fontMetrics().horizontalAdvance(self.sentence) + SPACE.XS
        beside = 0 if self._offered.isHidden() else self._offered.sizeHint().width() + SPACE.S
        beside += self._close.sizeHint().width() + SPACE.S + SPACE.L + SPACE.S
        wide = min(words, round(_WIDTH * theme.scale())) + beside
        wide = min(wide, self._over.width() - 2 * SPACE.L)
        high = self.heightForWidth(wide) if self.hasHeightForWidth() else self.sizeHint().height()
        left = max((self._over.width() - wide) // 2 - round(_ASIDE * theme.scale()), SPACE.L)
        place = QRect(left, self._over.height() - high - SPACE.XXL, wide, high)
        self.setGeometry(self._clear_of_parts(place))

    def _clear_of_parts(self, place: QRect) -> QRect:
        """Return ``place``, or one above it in the lower half that covers no button and field."""
        over = self._over
        parts = [*over.findChildren(QAbstractButton), *over.findChildren(QLineEdit)]
        taken = [
            QRect(one.mapTo(over, QPoint(0, 0)), one.size())
            for one in parts
            if one.isVisibleTo(over)
            and one.window() is over.window()
            and not self.isAncestorOf(one)
        ]
        free = QRect(place)
        while free.top() > over.height() // 2:
            under = [one.top() for one in taken if one.intersects(free)]
            if not under:
                return free
            free.moveBottom(min(under) - SPACE.S)
        return place

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._over and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)
