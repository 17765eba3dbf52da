"""What comes unasked moves nothing that somebody is about to press."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QPushButton

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
    room.news.tell("Changed since you opened this case:", details=("One.",), notice=True)
    qtbot.waitUntil(lambda: room.news.height() > 0 and window._notice.y() > room.height())
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
    assert not window._header.isAncestorOf(QApplication.focusWidget())
