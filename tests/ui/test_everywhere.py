"""Ctrl+Shift+F finds in everything, from whatever room it is pressed in."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.ui.sample import PASSPHRASE
from tests.ui.waiting import WAIT, calm

_KEYS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.mark.parametrize("room", ["read", "my-marks", "chronology", "safekeeping"])
@pytest.mark.parametrize("built", [True, False], ids=["after the pages", "before them"])
def test_it_comes_to_the_search_of_the_pages(qtbot, window, panellist_file, room, built):
    with qtbot.waitSignal(window.desk.opened, timeout=WAIT):
        window.desk.open(panellist_file, PASSPHRASE).run()
    pages = window.room
    qtbot.waitUntil(lambda: pages.judging.material is not None, timeout=WAIT)
    if not built:
        window._drop_rooms()
        window._enter()
    window.show_room(room)
    calm(qtbot, window.room)
    window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_F, _KEYS)
    qtbot.waitUntil(lambda: window.header.switcher.current == "read", timeout=WAIT)
    pages = window.room
    qtbot.waitUntil(lambda: pages._middle.currentWidget() is pages.results, timeout=WAIT)
    calm(qtbot, pages)
    assert pages._middle.currentWidget() is pages.results
    qtbot.waitUntil(lambda: pages.results.isAncestorOf(QApplication.focusWidget()), timeout=WAIT)
