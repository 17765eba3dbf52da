"""Putting everything out of sight when the casebook is locked, and the one question at the end."""

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtWidgets import QApplication, QDialog, QMessageBox, QToolTip, QWidget

from ui import errors
from ui.dialogs.frame import Frame
from ui.rooms.room import Room
from ui.widgets.filled import unsent_in


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


def unfinished(window: QWidget, rooms: Iterable[Room]) -> tuple[str, ...]:
    """Return what was begun and is in no casebook: forms, also behind, and what rooms hold."""
    rooms = tuple(rooms)
    dialogs = [one for one in window.findChildren(Frame) if one.isVisible()]
    names = [name for top in (*rooms, *dialogs) for name in unsent_in(top)]
    names += [room.unfinished for room in rooms]
    return tuple(dict.fromkeys(name for name in names if name))


def locked_words(names: Sequence[str]) -> str:
    """Say what a lock has kept, and by name what it has not."""
    if not names:
        return "Locked. Everything you typed has been saved."
    return (
        "Locked. What you rated, marked and wrote is saved. Not kept, since it was not sent:"
        f" {'; '.join(names)}."
    )


def ask_to_lose(window: QWidget, reason: str, then: Callable[[], object]) -> QMessageBox:
    """Say that typed words could not be saved; call ``then`` where the person gives them up."""
    box = errors.tell(
        window,
        f"{reason} Reviewer still holds what you typed last. Keep it open, put the disk right and"
        " unlock the casebook: then it is saved.",
        title="Not everything is saved",
    )
    box.setStandardButtons(QMessageBox.StandardButton.NoButton)
    stay = box.addButton("Keep Reviewer open", QMessageBox.ButtonRole.RejectRole)
    lose = box.addButton("Close and lose it", QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(stay)
    box.setEscapeButton(stay)
    lose.clicked.connect(lambda _checked=False: then())
    return box
