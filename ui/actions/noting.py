"""An event of the chronology, asked for over the pages that tell of it."""

from functools import partial
from typing import NamedTuple

from PySide6.QtWidgets import QWidget

from reviewer.casebook.book import Casebook, Change
from reviewer.chronology.finding import days_above
from reviewer.chronology.keeping import keep_typed, keep_unfinished
from reviewer.chronology.timeline import ordered
from reviewer.messages import say
from reviewer.records.cases import Case, Document
from reviewer.records.events import Event
from ui import errors
from ui.desk.desk import Desk
from ui.dialogs.event import EventDialog
from ui.rooms.room import Room
from ui.widgets.event_fields import Entered


class _Beside(NamedTuple):
    documents: list[Document]
    others: list[Event]
    above: list[str]
    case: Case | None


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
        ask = self._desk.ask(partial(_beside, event=event))
        ask.owner(room).succeeded(partial(self._ask, room, event)).run()

    def _ask(self, room: Room, event: Event, beside: _Beside) -> None:
        dialog = EventDialog(
            self._window,
            event,
            beside.documents,
            beside.others,
            above=beside.above,
            case=beside.case,
        )
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


def _beside(book: Casebook, event: Event) -> _Beside:
    """Return the documents that an event may name, the events beside it, and the day above it."""
    others = [placed.event for placed in ordered(book.events.of(event.case))]
    documents = [one for one in book.documents.of(event.case) if one.current]
    above: list[str] = []
    if event.document and event.page and event.anchor.end:
        text = book.documents.page(event.document, event.page).text
        above = days_above(text[: event.anchor.start])
    return _Beside(documents, others, above, book.cases.get(event.case))
