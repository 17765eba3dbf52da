"""What the system lets us do for privacy, and honest words about what it does not."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QLabel

from tests.ui.test_window import words_on
from ui import system
from ui.dialogs import settings as settings_dialog
from ui.settings import ALLOW_CAPTURE, LOCK_MINUTES
from ui.widgets.capture import CaptureGuard


@pytest.fixture
def affinities():
    """What was asked of the system, window by window."""
    return {}


@pytest.fixture
def guard(qapp, affinities):
    allowed = []

    def set_affinity(handle, value):
        affinities[handle] = value
        return True

    made = CaptureGuard(lambda: bool(allowed), set_affinity=set_affinity)
    made.allowed = allowed
    yield made
    qapp.removeEventFilter(made)


def test_every_window_that_is_shown_is_kept_out_of_pictures(qtbot, guard, affinities, window):
    dialog, hint = QDialog(window), QLabel("case text", window, Qt.WindowType.ToolTip)
    QLabel("case text", dialog)
    dialog.open()
    hint.show()
    for one in (dialog, hint):
        assert affinities[one.internalWinId()] == 0x11
        one.close()


def test_what_the_person_chooses_acts_on_windows_that_are_open(qtbot, guard, affinities, window):
    window.hide()
    window.show()
    assert affinities[window.internalWinId()] == 0x11
    guard.allowed.append(True)
    guard.look_again()
    assert affinities[window.internalWinId()] == 0


def test_an_older_system_shows_a_black_picture_instead(qapp, qtbot, window):
    asked = []

    def set_affinity(_handle, value):
        asked.append(value)
        return value != 0x11

    made = CaptureGuard(lambda: False, set_affinity=set_affinity)
    made.look_again()
    qapp.removeEventFilter(made)
    assert asked == [0x11, 0x01]


def test_where_it_can_be_prevented_it_is_a_choice(monkeypatch, window):
    monkeypatch.setattr(settings_dialog, "can_hide", lambda: True)
    monkeypatch.setattr(system, "can_hide", lambda: True)
    window.actions_.run("settings")
    dialog = window.findChild(settings_dialog.SettingsDialog)
    box = next(b for b in dialog.findChildren(QCheckBox) if "pictures" in b.text())
    assert not box.isChecked()
    box.setChecked(True)
    assert window._settings.get(ALLOW_CAPTURE)
    assert "no way to prevent it" not in words_on(dialog)


def test_where_it_cannot_the_settings_say_so(window):
    window.actions_.run("settings")
    dialog = window.findChild(settings_dialog.SettingsDialog)
    assert "no way to prevent it" in words_on(dialog)
    assert window._settings.get(LOCK_MINUTES) == 15


@pytest.mark.parametrize(
    ("address", "told"), [("unix:path=/x", True), ("tcp:host=h", False), ("", False)]
)
def test_the_settings_say_whether_a_locked_screen_is_noticed(monkeypatch, address, told):
    monkeypatch.setattr(system, "system_bus", lambda: "")
    monkeypatch.setattr(system, "session_bus", lambda: address)
    assert system.tells_when_left() == told
    assert ("Reviewer locks too" in system.facts()[0]) == told


def test_swap_in_clear_is_named_and_nothing_is_said_without_it(monkeypatch):
    monkeypatch.setattr(system.swap_space, "in_clear", lambda: ("/dev/sda2",))
    assert any("Turn on full-disk encryption" in fact for fact in system.facts())
    monkeypatch.setattr(system.swap_space, "in_clear", lambda: ())
    assert not any("full-disk" in fact for fact in system.facts())
