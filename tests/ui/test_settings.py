"""What this computer remembers: plain choices only, and nothing that is not declared."""

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from ui.dialogs.settings import SettingsDialog
from ui.settings import (
    ALLOWED,
    KEEP_RECENT,
    LOCK_MINUTES,
    RECENT,
    SCHEME,
    TEXT_SCALE,
    Setting,
    Settings,
)
from ui.theme import Scheme


@pytest.fixture
def ini(tmp_path):
    return tmp_path / "config" / "reviewer.ini"


def test_choices_survive_a_restart(qapp, ini):
    first = Settings(ini)
    first.put(SCHEME, Scheme.DARK)
    first.put(TEXT_SCALE, 1.3)
    first.put(LOCK_MINUTES, 5.0)
    again = Settings(ini)
    assert again.get(SCHEME) is Scheme.DARK
    assert again.get(TEXT_SCALE) == 1.3
    assert again.get(LOCK_MINUTES) == 5.0


@pytest.mark.parametrize("bad", ["", "purple", "nan", "-4", "999", "@Variant(x)"])
def test_nonsense_in_the_file_counts_as_absent(qapp, ini, bad):
    ini.parent.mkdir(parents=True)
    ini.write_text(f"[look]\nscheme={bad}\ntext_scale={bad}\n[privacy]\nlock_minutes={bad}\n")
    settings = Settings(ini)
    assert settings.get(SCHEME) is Scheme.SYSTEM
    assert settings.get(TEXT_SCALE) == 1.0
    assert settings.get(LOCK_MINUTES) == 15.0


def test_keys_that_are_not_declared_are_taken_out_and_never_written(qapp, ini):
    ini.parent.mkdir(parents=True)
    ini.write_text("[casebook]\ntitle=Northmoor Inquiry\n")
    settings = Settings(ini)
    with pytest.raises(KeyError):
        settings.put(Setting(key="casebook/title", default="", read=str), "Northmoor Inquiry")
    settings.put(TEXT_SCALE, 1.0)
    assert "Northmoor" not in ini.read_text()


def test_recent_casebooks_are_kept_only_where_asked_and_forgotten_when_not(qapp, ini):
    settings = Settings(ini)
    settings.remember(Path("/home/a/inquiry.casebook"))
    assert settings.recent == ()
    settings.keep_recent(True)
    for n in range(9):
        settings.remember(Path(f"/home/a/{n}.casebook"))
    settings.remember(Path("/home/a/7.casebook"))
    assert settings.recent[:2] == ("/home/a/7.casebook", "/home/a/8.casebook")
    assert len(settings.recent) == 6
    settings.keep_recent(False)
    assert settings.recent == ()
    assert "casebook" not in ini.read_text()


def test_every_declared_setting_is_allowed():
    assert {SCHEME.key, TEXT_SCALE.key, LOCK_MINUTES.key, KEEP_RECENT.key, RECENT.key} <= ALLOWED


def test_look_and_privacy_shows_where_its_focus_is(qtbot, window):
    window.activateWindow()
    window.actions_.run("settings")
    dialog = window.findChild(SettingsDialog)
    dialog.activateWindow()
    qtbot.waitUntil(lambda: dialog.focusWidget() is dialog._scheme)
    order = [dialog.focusWidget()]
    for _ in range(4):
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
        order.append(dialog.focusWidget())
    wanted = [dialog._scheme, dialog._text, dialog._lock, dialog._recent, dialog.away]
    assert order == wanted
    qtbot.waitUntil(dialog.isActiveWindow)
    for held in order:
        held.setFocus()
        assert held.hasFocus()
        with_focus = held.grab().toImage()
        held.clearFocus()
        differs = partial(_differs, held, with_focus)
        qtbot.waitUntil(differs)


def _differs(widget, picture):
    return widget.grab().toImage() != picture
