"""Of a mark whose document was replaced: where its words stand now, and what becomes of it."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reviewer.messages import say
from reviewer.records.own_marks import OwnMark
from reviewer.rounds.moved_marks import Found, told
from ui.rooms.my_marks.strip import PageWords
from ui.theme import SPACE
from ui.widgets.buttons import button
from ui.widgets.card import SectionHeading
from ui.widgets.text import Label

_REST = 200  # ms that a mark is in hand before its words are looked for


class MovedPart(QWidget):
    """Hidden for a mark whose document stands. It moves nothing itself: it asks by signals.

    One mark at a time is looked for: ``show_found`` answers each ``look_asked``.
    """

    look_asked = Signal(object)  # OwnMark whose words are to be found again
    take_asked = Signal(object)  # Found
    leave_asked = Signal(object, bool)  # OwnMark, whether it stays or is asked about again

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mark: OwnMark | None = None
        self._found: Found | None = None
        self._looked: OwnMark | None = None  # that is being looked for
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST)
        self._rest.timeout.connect(self._look)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.S)
        self.told = Label("", wrap=True)
        self.strip = PageWords()
        self.take = button(say("Take it along"), self._take, kind="primary")
        self.leave = button(say("Leave it on the old page"), lambda: self._leave(stays=True))
        self.again = button(say("Ask me again"), lambda: self._leave(stays=False))
        for part in (
            SectionHeading(say("Its document was replaced")),
            self.told,
            self.strip,
            self.take,
            self.leave,
            self.again,
        ):
            column.addWidget(part)
        self.hide()

    def show_mark(self, mark: OwnMark | None, *, read_only: bool) -> None:
        """Show what is to be said of ``mark``, and ask for its words to be found again."""
        before, self._mark = self._mark, mark
        self.setVisible(mark is not None and bool(mark.newer or mark.left))
        if mark is None or not (mark.newer or mark.left):
            self._found = None
            return
        self.leave.setVisible(not mark.left)
        self.again.setVisible(mark.left)
        self.take.setEnabled(not read_only)
        if mark.left:
            self._found = None
            self.told.setText(say("You left this mark on the document as it was."))
            self.strip.hide()
            self.take.hide()
        elif before != mark or self._found is None:
            self._found = None
            self.told.setText(say("Looking for its words in the newer document..."))
            self.strip.hide()
            self.take.hide()
            self._rest.start()

    def show_found(self, found: Found | None) -> None:
        """Show what came of looking, where it is still asked for; None: nothing came of it."""
        mark, looked = self._mark, self._looked
        self._looked = None
        if mark != looked:
            self._rest.start()
        if (
            found is None
            or mark is None
            or mark.id != found.before.id
            or mark.newer != found.now.id
        ):
            return
        self._found = found
        self.told.setText(told(found))
        anchor = found.anchor
        self.take.setVisible(anchor is not None)
        self.strip.setVisible(anchor is not None)
        if anchor is not None:
            self.strip.show_words(anchor.prefix, anchor.quote, anchor.suffix)

    def clear(self) -> None:
        """Hold and show nothing."""
        self.show_mark(None, read_only=True)
        self._rest.stop()
        self._looked = None
        self.told.setText("")
        self.strip.show_words("", "", "")

    def _look(self) -> None:
        mark = self._mark
        waits = mark is not None and mark.newer and not mark.left and self._found is None
        if waits and self._looked is None:
            self._looked = mark
            self.look_asked.emit(mark)

    def _take(self) -> None:
        if self._found is not None:
            self.take_asked.emit(self._found)

    def _leave(self, *, stays: bool) -> None:
        if self._mark is not None:
            self.leave_asked.emit(self._mark, stays)
