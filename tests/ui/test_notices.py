"""What comes unasked moves nothing that somebody is about to press."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QDialog, QPushButton

from reviewer.errors import StorageError
from tests.ui.sample import PASSPHRASE


def test_a_notice_that_comes_moves_no_row(qtbot, window, panellist_file):
    with qtbot.waitSignal(window.desk.opened, timeout=10_000):
        window.desk.open(panellist_file, PASSPHRASE).run()
    qtbot.waitUntil(lambda: window.desk.idle and window.room.judging.material is not None)
    room = window.room

    def tops():
        parts = (room.cases.list, room.reader, room.sheet, room.tabs)
        return [part.mapTo(window, QPoint(0, 0)).y() for part in parts]

    before = tops()
    window._warn(20)
    window._unbacked.tell_failure(StorageError("The disk is full."))
    room.below.news.tell("Changed since you opened this case:", details=("One.",), notice=True)
    qtbot.waitUntil(lambda: room.below.news.height() > 0 and window._notice.y() > room.height())
    assert window._notice.isVisible()
    assert tops() == before


@pytest.mark.parametrize("away", [False, True])
@pytest.mark.parametrize("how", ["hidden", "greyed", "gone"])
def test_the_focus_of_what_goes_stays_in_the_room_and_never_comes_to_lock(
    qtbot, window, panellist_file, how, away
):
    with qtbot.waitSignal(window.desk.opened, timeout=10_000):
        window.desk.open(panellist_file, PASSPHRASE).run()
    qtbot.waitUntil(lambda: window.desk.idle and window.room.judging.material is not None)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    room = window.room
    held = QPushButton("Delete", room)
    held.show()
    held.setFocus()
    assert held.hasFocus()
    other = QPushButton("Choose a file")
    qtbot.addWidget(other)
    if away:
        other.show()
        other.activateWindow()
        qtbot.waitUntil(other.isActiveWindow)
    if how == "hidden":
        held.hide()
    elif how == "greyed":
        held.setEnabled(False)
    else:
        held.setParent(None)
        held.deleteLater()
    if away:
        other.hide()
        window.activateWindow()
    qtbot.waitUntil(lambda: room.sheet.isAncestorOf(QApplication.focusWidget() or window))
    assert not window.header.isAncestorOf(QApplication.focusWidget())


def test_after_a_dialog_the_focus_is_where_it_was_though_that_was_greyed_meanwhile(
    qtbot, window, panellist_file
):
    """Qt leaves it on Lock, where a Space locks: the button is greyed behind the dialog."""
    with qtbot.waitSignal(window.desk.opened, timeout=10_000):
        window.desk.open(panellist_file, PASSPHRASE).run()
    qtbot.waitUntil(lambda: window.desk.idle and window.room.judging.material is not None)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    held = QPushButton("Choose files...", window.room)
    held.show()
    held.setFocus()
    dialog = QDialog(window)
    dialog.open()
    qtbot.waitUntil(dialog.isActiveWindow)
    held.setEnabled(False)
    held.setEnabled(True)
    dialog.close()
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is held)
