"""Putting everything out of sight when the casebook is locked, and the questions at the end."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QMessageBox,
    QPushButton,
    QToolTip,
    QWidget,
)

from reviewer.messages import say
from ui import errors
from ui.rooms.room import Room
from ui.widgets.filled import ASKS_AT_THE_END, GO_ON, THROW_AWAY, Filling, keep_begun, unsent_in


def close_all_but(window: QWidget) -> None:
    """Close every dialog, menu and hint of the program: each may show text of the casebook.

    A dialog that waits for work to stop does not close at once; it is hidden all the same.
    """
    QToolTip.hideText()
    others = {one for one in QApplication.topLevelWidgets() if one.isVisible()}
    for dialog in {*others, *window.findChildren(QDialog)} - {window}:
        dialog.close()
        if dialog.isVisible():
            dialog.hide()


def keep_all(window: QWidget, rooms: Iterable[Room]) -> None:
    """Put into the casebook what is typed and what was begun: it is being locked."""
    rooms = tuple(rooms)
    for room in rooms:
        room.settle()
    for top in (*rooms, *_dialogs(window)):
        keep_begun(top)


def unsent(window: QWidget, rooms: Iterable[Room]) -> tuple[str, ...]:
    """Return the forms that were filled in and not sent, also behind."""
    tops = (*rooms, *_dialogs(window))
    return tuple(dict.fromkeys(name for top in tops for name in unsent_in(top)))


def _dialogs(window: QWidget) -> list[QDialog]:
    dialogs = window.findChildren(QDialog)
    return [one for one in dialogs if isinstance(one, Filling) and one.isVisible()]


def unfinished(window: QWidget, rooms: Iterable[Room]) -> tuple[str, ...]:
    """Return what was begun and is in no casebook: forms, also behind, and what rooms hold."""
    rooms = tuple(rooms)
    held = [room.unfinished for room in rooms]
    return tuple(dict.fromkeys(name for name in (*unsent(window, rooms), *held) if name))


def locked_words(names: Sequence[str], cut_short: Sequence[str] = ()) -> str:
    """Say what a lock has kept, and by name what it has not, and what work it stopped."""
    told = say("Locked. Everything you typed has been saved.")
    if names:
        told = say(
            "Locked. What you rated, marked and wrote is saved. Not kept, since it"
            " was not sent: {names}.",
            names="; ".join(names),
        )
    if not cut_short:
        return told
    return say(
        "{told} Stopped before its end: {work}.",
        told=told,
        work="; ".join(cut_short),
    )


class LastQuestions:
    """What is asked before ``window`` closes: of what was begun, then of what was not saved.

    ``go_on`` brings the room to the front in which something was begun.
    """

    def __init__(
        self,
        window: QWidget,
        rooms: Callable[[], Mapping[str, Room]],
        go_on: Callable[[str], object],
    ) -> None:
        self._window = window
        self._rooms = rooms
        self._go_on = go_on
        self._asking = False
        self._thrown = False  # the person decided to close over what was begun
        self._lost = False  # ... and without what could not be saved

    def begin_afresh(self) -> None:
        """Forget what was answered: another casebook is open."""
        self._thrown = self._lost = False

    def ask_nothing(self) -> None:
        """Close over whatever there is, as who ends the program by other means does."""
        self._thrown = self._lost = True

    def of_what_was_begun(self) -> bool:
        """Ask as Escape does where a filled form would be lost; return whether that waits.

        A list that nobody filled in is no form: Escape does not ask about it either.
        """
        for room in self._rooms().values():  # what is saved as typed is not asked about
            room.settle()
        names = unsent(self._window, self._rooms().values())
        if not names or self._thrown:
            return False
        if not self._asking:
            self._ask_to_throw_away(names)
        return True

    def of_what_was_not_saved(self, reason: str, forget: Callable[[], object]) -> bool:
        """Ask, once the lock has put everything else away; return whether that waits."""
        if not reason or self._lost:
            return False

        def lose() -> None:
            self._lost = True
            forget()
            self._window.close()

        ask = partial(_ask_to_lose, self._window, reason, lose)
        QTimer.singleShot(0, self._window, ask)
        return True

    def _ask_to_throw_away(self, names: Sequence[str]) -> None:
        box = errors.tell(
            self._window,
            say(ASKS_AT_THE_END, names="; ".join(names)),
            title=say("Not everything was sent"),
        )
        stay, throw = _two_ways(box, say(GO_ON), say(THROW_AWAY))
        stay.clicked.connect(lambda _checked=False: self._come_to_it())
        throw.clicked.connect(lambda _checked=False: self._throw_away())
        box.finished.connect(self._answered)
        self._asking = True

    def _answered(self) -> None:
        self._asking = False

    def _throw_away(self) -> None:
        self._thrown = True
        self._window.close()

    def _come_to_it(self) -> None:
        """Bring the form to the front that is gone on with, where another room stands there."""
        begun = [ident for ident, room in self._rooms().items() if unsent_in(room)]
        shown = [ident for ident, room in self._rooms().items() if room.isVisible()]
        if begun and not set(shown) & set(begun):
            self._go_on(begun[0])


def _two_ways(box: QMessageBox, stays: str, loses: str) -> tuple[QPushButton, QPushButton]:
    """Let ``box`` be answered by two buttons; Enter and Escape lose nothing."""
    box.setStandardButtons(QMessageBox.StandardButton.NoButton)
    stay = box.addButton(stays, QMessageBox.ButtonRole.RejectRole)
    lose = box.addButton(loses, QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(stay)
    box.setEscapeButton(stay)
    return stay, lose


def _ask_to_lose(window: QWidget, reason: str, then: Callable[[], object]) -> None:
    """Say that typed words could not be saved; call ``then`` where the person gives them up."""
    box = errors.tell(
        window,
        say(
            "{reason} Reviewer still holds what you typed last. Keep it open, put"
            " the disk right and unlock the casebook: then it is saved.",
            reason=reason,
        ),
        title=say("Not everything is saved"),
    )
    _, lose = _two_ways(box, say("Keep Reviewer open"), say("Close and lose it"))
    lose.clicked.connect(lambda _checked=False: then())
