"""What a piece of work did, told in place: a sentence, and lines that can be copied."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from reviewer.messages import say
from ui import theme
from ui.theme import SPACE
from ui.widgets import clipboard
from ui.widgets.buttons import button
from ui.widgets.picture import Picture
from ui.widgets.text import Label

_MOST_LINES = 6  # shown before the lines scroll
_FEW = 2  # lines that are shown at once even where rows stand under the outcome
_WARNED = 3  # lines shown at once of what must be read


class Outcome(QFrame):
    """Hidden until ``tell``; the person closes it.

    With ``folds`` rows stand under it: more than a few lines then wait behind a button, so that
    they do not push the rows down. The first of what must be read are shown all the same.
    """

    def __init__(self, *, folds: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folds = folds
        self._count = 0
        self._folded = 0  # lines shown while the others wait
        self._whole = True
        self._offered: Callable[[], object] | None = None
        self.setProperty("surface", "raised")
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE.L, SPACE.M, SPACE.M, SPACE.M)
        row.setSpacing(SPACE.M)
        self._signs = {
            "good": Picture("check", tone="good", words=say("Done")),
            "warn": Picture("warning", tone="warn", words=say("Look at this")),
        }
        first = button("", self.clear).sizeHint().height()  # the height of the first line
        for sign in self._signs.values():
            sign.setFixedHeight(first)
            row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(SPACE.S)
        self._sentence = Label("", wrap=True)
        self._lines = QPlainTextEdit()
        self._lines.setReadOnly(True)
        self._lines.setTabChangesFocus(True)
        self._lines.setAccessibleName(say("Details"))
        column.addWidget(self._sentence)
        column.addWidget(self._lines)
        row.addLayout(column, 1)
        row.addLayout(self._build_side())
        self.hide()

    @property
    def text(self) -> str:
        """Everything it says."""
        return "\n".join(part for part in (self._sentence.text(), self.lines) if part)

    @property
    def lines(self) -> str:
        """The lines under the sentence."""
        return self._lines.toPlainText()

    def tell(
        self,
        sentence: str,
        *,
        lines: Sequence[str] = (),
        warn: bool = False,
        offer: tuple[str, Callable[[], object]] | None = None,
    ) -> None:
        """Say what was done; with ``warn`` something was left undone.

        ``offer`` is what a person may want to do next: the words of a button, and what it does.
        """
        self._offered = offer[1] if offer else None
        self.offer.setText(offer[0] if offer else "")
        self.offer.setVisible(offer is not None)
        self._signs["good"].setVisible(not warn)
        self._signs["warn"].setVisible(warn)
        self._sentence.setText(sentence)
        self._lines.setPlainText("\n".join(lines))
        self._count = len(lines)
        self._folded = _WARNED if warn else 0
        more = self._folds and len(lines) > max(_FEW, self._folded)
        self._more.setVisible(more)
        self._unfold(whole=not more)
        self.setAccessibleName(sentence)
        self.show()

    def clear(self) -> None:
        """Tell nothing any more."""
        self._sentence.clear()
        self._lines.clear()
        self.hide()

    def _build_side(self) -> QVBoxLayout:
        side = QVBoxLayout()
        side.setSpacing(SPACE.XS)
        self._more = button("", self._turn)
        self._shut = button(say("Close"), self.clear, kind="quiet")
        self.offer = button("", self._take_offer)
        self._copy = button(say("Copy"), self._copied, tip=say("Copy all lines"))
        first = QHBoxLayout()
        first.setSpacing(SPACE.XS)
        first.addWidget(self._more)
        first.addWidget(self._shut)
        side.addLayout(first)
        side.addWidget(self.offer)
        side.addWidget(self._copy)
        side.addStretch(1)
        return side

    def _turn(self) -> None:
        self._unfold(whole=not self._whole)

    def _unfold(self, *, whole: bool) -> None:
        """Show all lines, scrolling where they are many, or the first of them, or none."""
        self._whole = whole
        shown = min(self._count if whole else self._folded, _MOST_LINES)
        fewer = say("Show fewer") if self._folded else say("Hide lines")
        self._more.setText(fewer if whole else say("Show {count:,} lines", count=self._count))
        self._more.setAccessibleName(self._more.text())
        line = self._lines.cursorRect().height()  # the metrics of some fonts say a pixel less
        self._lines.setFixedHeight(line * shown + round(24 * theme.scale()))
        for part in (self._lines, self._copy):
            part.setVisible(shown > 0)

    def _take_offer(self) -> None:
        if self._offered is not None:
            self._offered()

    def _copied(self) -> None:
        clipboard.copy(self.text)
