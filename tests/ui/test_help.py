"""Help says what is protected and what is not, in the words of the file that carries them."""

from PySide6.QtWidgets import QLabel

from ui.dialogs.help import HelpDialog, protection


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
