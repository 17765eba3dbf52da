"""The first unlock by keyboard alone: the focus is seen, and no letter goes to another field."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.ui.sample import PASSPHRASE, issued_casebook

OWN = "harbour thimble orchard granite 41"


def first(qtbot, window, tmp_path):
    window.show()
    window.activateWindow()
    with qtbot.waitSignal(window.desk.opened, timeout=10_000):
        window.desk.open(issued_casebook(tmp_path), PASSPHRASE).run()
    return window._first


def press(qtbot, key):
    qtbot.keyClick(QApplication.focusWidget(), key)


def test_an_own_passphrase_is_chosen_with_keys_alone(qtbot, window, tmp_path):
    page = first(qtbot, window, tmp_path)
    choice = page.choice
    assert choice._drawn.hasFocus()
    press(qtbot, Qt.Key.Key_Down)
    assert choice._own.isChecked()
    choice._field.setFocus()
    qtbot.keyClicks(QApplication.focusWidget(), OWN)
    press(qtbot, Qt.Key.Key_Tab)
    qtbot.keyClicks(QApplication.focusWidget(), OWN)
    assert (choice._field.text(), choice._again.text()) == (OWN, OWN)
    with qtbot.waitSignal(page.done, timeout=10_000):
        press(qtbot, Qt.Key.Key_Return)


def test_letters_on_the_button_that_shows_a_passphrase_go_nowhere(qtbot, window, tmp_path):
    choice = first(qtbot, window, tmp_path).choice
    choice._own.setChecked(True)
    choice._field.show_button.setFocus()
    qtbot.keyClicks(choice._field.show_button, "harbour")
    assert choice._field.text() == ""
