"""Care for whoever reads: the page of care, an end for today, stepping back from a case."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from reviewer.casebook.book import Change
from reviewer.messages import say
from reviewer.records.cases import Case
from reviewer.rounds.recusal import recuse, said_of
from ui import errors
from ui.actions.breaks import Breaks
from ui.desk.desk import Desk
from ui.dialogs.care import CareDialog
from ui.dialogs.recuse import RecuseDialog
from ui.rooms.room import Room
from ui.settings import Settings


class Caring:
    """Asks over the room in front, and does it."""

    def __init__(self, desk: Desk, settings: Settings, breaks: Breaks, window: QWidget) -> None:
        self._desk = desk
        self._settings = settings
        self._breaks = breaks
        self._window = window
        self.front: Callable[[], Room | None] = lambda: None

    def show(self) -> None:
        """Show what can be set, and offer to finish for today."""
        read = self._breaks.minutes if self._desk.about is not None else None
        dialog = CareDialog(self._window, self._settings, read)
        dialog.ended.connect(self._desk.lock)
        dialog.open()

    def step_back(self) -> None:
        """Ask why whoever rates steps back from the case in front."""
        room = self.front()
        if room is None:
            return
        case = room.case_read or room.chosen_case
        if case is None:
            room.tells.emit(say("Open the case in Read first, then press the key again."))
            return
        room.settle()  # what is typed counts, and is stored before what comes in its place
        ask = self._desk.ask(lambda book: (book.cases.get(case), said_of(book, case)))
        ask.owner(room).succeeded(partial(self._ask_why, room)).run()

    def _ask_why(self, room: Room, found: tuple[Case | None, int]) -> None:
        case, said = found
        if case is not None:
            dialog = RecuseDialog(self._window, case.reference, said)
            dialog.wanted.connect(partial(self._recuse, dialog, room, case))
            dialog.open()

    def _recuse(self, dialog: RecuseDialog, room: Room, case: Case, why: str) -> None:
        def done(_change: Change | None) -> None:
            dialog.end()
            room.tells.emit(
                say(
                    "You stepped back from {reference}. Ctrl+Z takes it back.",
                    reference=case.reference,
                )
            )

        def refused(error: Exception) -> None:
            words = errors.words(error)
            dialog.problem.tell(words.sentence, details=words.details)

        job = self._desk.do(lambda book: recuse(book, case.id, why))
        job.owner(dialog).succeeded(done).failed(refused).run()
