"""An event of the chronology, asked for over the pages that tell of it."""

from functools import partial

from PySide6.QtWidgets import QWidget

from reviewer.casebook.book import Casebook, Change
from reviewer.chronology.keeping import keep_typed, keep_unfinished
from reviewer.chronology.timeline import ordered
from reviewer.messages import say
from reviewer.records.cases import Document
from reviewer.records.events import Event
from reviewer.records.ids import CaseId
from ui import errors
from ui.desk.desk import Desk
from ui.dialogs.event import EventDialog
from ui.rooms.room import Room
from ui.widgets.event_fields import Entered

_Beside = tuple[list[Document], list[Event]]


class Noting:
    """Asks about one event, keeps it, and tells it in the room that wanted it."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        self._desk = desk
        self._window = window

    def event(self, room: Room, event: Event) -> None:
        """Ask about an event that ``room`` began."""
        about = self._desk.about
        if about is not None and not about.member:
            room.tells.emit(say("A chronology is kept in the casebook of who rates, not here."))
            return
        ask = self._desk.ask(partial(_beside, case=event.case))
        ask.owner(room).succeeded(partial(self._ask, room, event)).run()

    def _ask(self, room: Room, event: Event, beside: _Beside) -> None:
        documents, others = beside
        dialog = EventDialog(self._window, event, documents, others)
        dialog.wanted.connect(partial(self._keep, dialog, room, event))
        dialog.begun.connect(partial(self._keep_begun, event))
        dialog.open()

    def _keep(self, dialog: EventDialog, room: Room, was: Event, entered: Entered) -> None:
        told = [""]

        def change(book: Casebook) -> Change | None:
            kept = keep_typed(book, was, entered.event, entered.quote)
            told[0] = kept.told
            return kept.change

        def refused(error: Exception) -> None:
            words = errors.words(error)
            dialog.problem.tell(words.sentence, details=words.details)

        def kept(_change: object) -> None:
            dialog.end()
            room.tells.emit(told[0] or say("Kept in the chronology. Ctrl+Z takes it back."))

        self._desk.do(change).owner(dialog).succeeded(kept).failed(refused).run()

    def _keep_begun(self, was: Event, entered: Entered) -> None:
        typed, quote = entered.event, entered.quote
        self._desk.do(lambda book: keep_unfinished(book, was, typed, quote), keep=True).run()


def _beside(book: Casebook, case: CaseId) -> _Beside:
    """Return the documents that an event of a case may name, and the events beside it."""
    others = [placed.event for placed in ordered(book.events.of(case))]
    return [one for one in book.documents.of(case) if one.current], others
