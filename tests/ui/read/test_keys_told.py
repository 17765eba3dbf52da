"""Every key of the room stands in Help, and what it does is among the actions of the window."""

from PySide6.QtGui import QShortcut

from ui.actions.reading import _COMMANDS
from ui.dialogs.help import READING_KEYS


def test_what_the_actions_of_the_window_name_is_done_in_the_room(qtbot, call):
    missing = [ident for ident, _words, _key in _COMMANDS if ident not in call.commands]
    assert not missing
    call.commands["page-words"]()
    assert call.reader.twin.isVisible()
    corrected = []
    call.reader.view.correct_asked.connect(lambda: corrected.append(1))
    call.commands["correct"]()
    assert corrected
    call.commands["next-mark"]()
    call.commands["previous-mark"]()
    assert call.reader.foot.about.whole == "There is no mark in this document."


def test_every_key_of_the_room_stands_in_help(call):
    told = " ".join(f"{key} {words} " for key, words in READING_KEYS)
    told += " ".join(f"{key} " for _ident, _words, key in _COMMANDS)
    keys = {one.key().toString() for one in call.findChildren(QShortcut)}
    same = {"Ctrl+=": "Ctrl++"}  # on keyboards where + is above =
    assert {"F7", "Ctrl+D", "V", "PgDown"} <= keys
    assert {key for key in keys if f"{same.get(key, key)} " not in told} == set()
