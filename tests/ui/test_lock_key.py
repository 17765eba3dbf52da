"""The key that locks acts wherever a person is when they leave."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from tests.books import chair_book
from ui import errors

WAIT = 10_000


def in_front(window):
    return next(one for one in window.findChildren(QDialog) if one.isVisible())


def help_page(window):
    window.actions_.run("help")


def told(window):
    errors.tell(window, "The stick was taken out.")


@pytest.mark.parametrize("ask", [help_page, told], ids=["a dialog", "a box"])
def test_it_locks_from_within(qtbot, window, enter_room, tmp_path, ask):
    chair_book(tmp_path / "inquiry.casebook", cases=2).close()
    enter_room(tmp_path / "inquiry.casebook", "cases")
    ask(window)
    qtbot.waitUntil(lambda: in_front(window).isActiveWindow(), timeout=WAIT)
    qtbot.keyClick(in_front(window), Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.desk.about is None, timeout=WAIT)
    qtbot.waitUntil(
        lambda: not [one for one in window.findChildren(QDialog) if one.isVisible()], timeout=WAIT
    )
