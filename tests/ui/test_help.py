"""Help says what is protected and what is not, in the words of the file that carries them."""

import pytest
from PySide6.QtWidgets import QLabel

from tests.ui.sample import chair_casebook, panellist_casebook
from tests.ui.test_all_cases import unlock
from ui.dialogs.help import READING_KEYS, HelpDialog, protection, work


def test_help_shows_every_sentence(qtbot, window):
    dialog = HelpDialog(window, [("F1", "help")])
    qtbot.addWidget(dialog)
    shown = {label.text() for label in dialog.findChildren(QLabel)}
    parts = protection()
    assert [heading for heading, _ in parts] == [
        "What Reviewer protects",
        "What you can do",
        "What it cannot do",
    ]
    for heading, sentences in parts:
        assert heading in shown
        assert len(sentences) > 4
        assert set(sentences) <= shown


@pytest.mark.parametrize(("kind", "told"), [("panellist", False), ("chair", True)])
def test_help_names_no_key_that_the_role_may_not_use(qtbot, window, tmp_path, kind, told):
    make = {"panellist": panellist_casebook, "chair": chair_casebook}[kind]
    unlock(qtbot, window, make(tmp_path))
    assert ("Import a register" in [what for _key, what in window.actions_.keys]) is told


def test_help_names_no_key_twice(qtbot, window, tmp_path):
    unlock(qtbot, window, panellist_casebook(tmp_path))
    every = [key for key, _what in (*window.actions_.keys, *READING_KEYS)]
    assert {"Ctrl+Shift+F", "Ctrl+F"} <= set(every)
    assert sorted(every) == sorted(set(every))


def test_help_has_an_entry_for_each_part_of_the_work(qtbot, window):
    dialog = HelpDialog(window, [("F1", "help")])
    qtbot.addWidget(dialog)
    shown = {label.text() for label in dialog.findChildren(QLabel)}
    parts = dict(work())
    assert list(parts) == ["Reading", "Sealing and later rounds", "For the chair"]
    for heading, sentences in parts.items():
        assert heading in shown
        assert set(sentences) <= shown
    told = " ".join(shown)
    for word in ("Before a round is sealed", "What I did", "turns this page", "Agreement:", "late",
                 "Reading documents", "Too few for a class", "a sheet of its own"):  # fmt: skip
        assert word in told, word
