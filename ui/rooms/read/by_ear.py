"""By ear and by keys: the page's words, every mark of it, what a screen reader says."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from reviewer.messages import plural, say
from reviewer.records.ids import MarkId
from ui.reader.reader import Reader
from ui.reader.shown import ShownMark
from ui.rooms.read.beside.beside import Beside
from ui.rooms.read.open_case import Judging
from ui.rooms.read.page_keys import add_keys
from ui.widgets.announce import announce

_REST = 400  # ms on a page until it is said which


class ByEar(QObject):
    """Adds its keys to ``within``: F7 the words of the page, F8 and Shift+F8 its marks."""

    def __init__(self, panes: Beside, judging: Judging, within: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._panes = panes
        self._judging = judging
        self._mark = MarkId("")  # the one that was gone to last
        self._said = QTimer(self)
        self._said.setSingleShot(True)
        self._said.setInterval(_REST)
        self._said.timeout.connect(self.say_page)
        panes.turned.connect(self._said.start)
        keys = {"F7": "page-words", "F8": "next-mark", "Shift+F8": "previous-mark"}
        add_keys(within, {key: self.commands[ident] for key, ident in keys.items()})

    @property
    def _reader(self) -> Reader:
        """The pages in use."""
        return self._panes.reader

    @property
    def commands(self) -> dict[str, Callable[[], object]]:
        """What actions of the window do here, by their ids."""
        return {
            "page-words": self.turn_words,
            "next-mark": lambda: self.step(1),
            "previous-mark": lambda: self.step(-1),
        }

    def turn_words(self) -> None:
        """Open the words of the page, or close them; under a cover there are none."""
        if not self._reader.covered and self._reader.view.page_count:
            self._reader.twin.turn()

    def say_page(self) -> None:
        """Have said which page it is, and how many marks are on it."""
        view = self._reader.view
        if view.page and not self._reader.covered:
            here = sum(1 for mark in self._reader.marks if mark.page == view.page)
            told = say("Page {page} of {count}", page=view.page, count=view.page_count)
            marks = plural("{count} mark", "{count} marks", count=here) if here else ""
            announce(view, ", ".join(part for part in (told, marks) if part))

    def step(self, by: int) -> None:
        """Go to the next mark of the document, or to the one before; after the last the first."""
        reader = self._reader
        marks = reader.marks
        if reader.covered or not reader.view.page_count:
            return
        if not marks:
            reader.say(say("There is no mark in this document."))
            announce(reader.view, say("There is no mark in this document."))
            return
        at = self._next(marks, by)
        mark = marks[at]
        self._mark = mark.id
        if mark.page != reader.view.page:
            reader.leaving.emit()
        reader.view.show_mark(mark.id)
        held = self._judging.mark(mark.id)
        if held is not None and held.anchor.kind == "text":
            reader.twin.place(mark.page, held.anchor.start)
        quote = " ".join(held.anchor.quote.split()) if held is not None else ""
        told = say(
            "Mark {at} of {count}, page {page}", at=at + 1, count=len(marks), page=mark.page
        )
        about = "; ".join(mark.tip.split("\n"))
        announce(reader.view, ". ".join(part for part in (told, quote, about) if part))
        reader.say(told)
        reader.take_keys()

    def _next(self, marks: list[ShownMark], by: int) -> int:
        """Return which mark is next: from the one in hand, else from the page that is read."""
        page = self._reader.view.page
        ids = [mark.id for mark in marks]
        chosen = self._reader.view.chosen_mark
        last = MarkId(chosen) if chosen in ids else self._mark
        if last in ids and (chosen in ids or marks[ids.index(last)].page == page):
            return (ids.index(last) + by) % len(ids)
        if by > 0:
            return next((n for n, mark in enumerate(marks) if mark.page >= page), 0)
        below = [n for n, mark in enumerate(marks) if mark.page < page]
        return below[-1] if below else len(ids) - 1
