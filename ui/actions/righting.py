"""What is said of a case, and who is on the panel, put right: asked over the room in front."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from reviewer.casebook.book import Casebook, Change
from reviewer.exchange.membership import remove, rename, why_stays
from reviewer.intake import correct_case
from reviewer.messages import say
from reviewer.records.cases import Case
from reviewer.records.panel import Member
from ui import errors
from ui.desk.desk import Desk
from ui.dialogs.case import CaseDialog
from ui.dialogs.frame import Frame
from ui.dialogs.member import RemoveDialog, RenameDialog
from ui.dialogs.misread import MisreadDialog
from ui.reader.readings import Misreading
from ui.rooms.room import Room


class Righting:
    """Asks about what is chosen in the room in front, does it, and tells it there."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        self._desk = desk
        self._window = window
        self.front: Callable[[], Room | None] = lambda: None

    def case(self) -> None:
        """Ask what is to be said of the chosen case instead."""
        room = self.front()
        chosen = room.chosen_case if room is not None else None
        if room is not None and chosen is not None:
            ask = self._desk.ask(lambda book: book.cases.get(chosen))
            ask.owner(room).succeeded(partial(self._ask_case, room)).run()

    def name(self) -> None:
        """Ask for the right name of the chosen member."""
        room = self.front()
        member = room.chosen_member if room is not None else None
        if room is not None and member is not None:
            dialog = RenameDialog(self._window, member)
            dialog.wanted.connect(partial(self._rename, dialog, room, member))
            dialog.open()

    def removal(self) -> None:
        """Ask whether the chosen member is to go, or say why that is too late."""
        room = self.front()
        member = room.chosen_member if room is not None else None
        if room is not None and member is not None:
            ask = self._desk.ask(lambda book: why_stays(book, member))
            ask.owner(room).succeeded(partial(self._remove_or_say, room, member)).run()

    def reading(self, asked: Misreading) -> None:
        """Ask what the page says where its words were misread, beside their picture."""
        dialog = MisreadDialog(self._window, asked.read, asked.typed)
        dialog.wanted.connect(lambda typed: self._run(dialog, asked.correct(typed), dialog.end))
        dialog.finished.connect(lambda _result: asked.forget())
        dialog.open()
        asked.draw(dialog.room, dialog.devicePixelRatioF(), dialog.show_picture)

    def _ask_case(self, room: Room, case: Case | None) -> None:
        if case is not None:
            dialog = CaseDialog(self._window, case)
            dialog.wanted.connect(partial(self._correct, dialog, room, case))
            dialog.open()

    def _correct(self, dialog: Frame, room: Room, case: Case, changes: dict[str, Any]) -> None:
        told = say(
            "Case {changes} is corrected.", changes=changes.get("reference", case.reference)
        )

        def correct(issued: bool) -> None:  # noqa: FBT001 - what was asked
            more = say(" Write updates under Panel: the panellists have it as it was.")
            change = partial(correct_case, case=case, **changes)
            self._do(dialog, room, change, told + more if issued else told)

        ask = self._desk.ask(lambda book: book.members.anybody_issued())
        ask.owner(dialog).succeeded(correct).run()

    def _rename(self, dialog: Frame, room: Room, member: Member, name: str) -> None:
        told = say("{name} is called {name2} now.", name=member.name, name2=name)
        if member.issued:
            told += say(" Write updates, so that they see it too.")
        self._do(dialog, room, lambda book: rename(book, member.name, name), told)

    def _remove_or_say(self, room: Room, member: Member, stays: str) -> None:
        if stays:
            room.tell(stays, warn=True)
            return
        dialog = RemoveDialog(self._window, member)
        dialog.wanted.connect(partial(self._remove, dialog, room, member))
        dialog.open()

    def _remove(self, dialog: Frame, room: Room, member: Member, reason: str) -> None:
        told = say("{name} is not on the panel any more.", name=member.name)
        self._do(dialog, room, lambda book: remove(book, member.name, reason=reason), told)

    def _do(
        self, dialog: Frame, room: Room, change: Callable[[Casebook], Change], told: str
    ) -> None:
        """Do it and close the dialog; what cannot be done is said in it."""

        def done() -> None:
            dialog.end()
            room.tell(told)

        self._run(dialog, change, done)

    def _run(
        self,
        dialog: Frame,
        change: Callable[[Casebook], Change],
        done: Callable[[], object],
    ) -> None:
        def refused(error: Exception) -> None:
            words = errors.words(error)
            dialog.problem.tell(words.sentence, details=words.details)

        self._desk.do(change).owner(dialog).succeeded(lambda _made: done()).failed(refused).run()
