"""What is copied goes again, and nothing that somebody else copied (test row 50)."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QClipboard, QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPlainTextEdit

from ui.widgets import clipboard
from ui.widgets.clipboard import KEEP, ClipboardKeeper
from ui.widgets.text import Label

HINT = "x-kde-passwordManagerHint"


@pytest.fixture
def board(qapp):
    made = QGuiApplication.clipboard()
    made.clear()
    made.clear(QClipboard.Mode.Selection)
    yield made
    made.clear()
    made.clear(QClipboard.Mode.Selection)


@pytest.fixture
def keeper(board, monkeypatch):
    made = ClipboardKeeper()
    monkeypatch.setattr(made, "_clipboard", Ours(board))  # without a screen Qt never says so
    yield made
    made.deleteLater()


def by_another_program(monkeypatch, keeper, board, text):
    """Another program takes the clipboard: we do not own it any more."""
    monkeypatch.setattr(keeper, "_clipboard", Theirs(board))
    board.setText(text)


class Ours:
    """The one clipboard, as it answers on a screen where this program put its text there."""

    owned = True

    def __init__(self, board):
        self._board = board

    def __getattr__(self, name):
        return getattr(self._board, name)

    def ownsClipboard(self):  # noqa: N802 - Qt's name
        return self.owned

    def ownsSelection(self):  # noqa: N802 - Qt's name
        return self.owned


class Theirs(Ours):
    """... and where another program has put its text there."""

    owned = False


class Stubborn(Ours):
    """A clipboard that will not be cleared, as Wayland's for a window without the focus."""

    def clear(self, mode=QClipboard.Mode.Clipboard):
        pass


def test_a_button_s_copy_is_hinted_and_goes_on_lock_and_exit(keeper, board):
    clipboard.copy("case text")
    assert board.mimeData().hasFormat(HINT)
    assert bytes(board.mimeData().data(HINT)) == b"secret"
    keeper.clear()
    assert board.text() == ""


def test_what_a_field_itself_copies_is_kept_the_same_way(qtbot, keeper, board):
    field = QPlainTextEdit()
    qtbot.addWidget(field)
    field.setPlainText("typed by a panellist")
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert board.text() == "typed by a panellist"
    assert board.mimeData().hasFormat(HINT)
    keeper.clear()
    assert board.text() == ""


def test_it_goes_after_half_a_minute(qtbot, keeper, board):
    clipboard.copy("case text")
    assert KEEP == 30_000
    assert keeper._timer.remainingTime() > KEEP - 1_000
    keeper._timer.setInterval(10)
    keeper._timer.start()
    qtbot.waitUntil(lambda: board.text() == "", timeout=2_000)


def test_what_another_program_copied_meanwhile_stays(monkeypatch, keeper, board):
    clipboard.copy("case text")
    by_another_program(monkeypatch, keeper, board, "theirs")
    keeper.clear()
    assert board.text() == "theirs"


def test_a_clipboard_that_will_not_be_cleared_is_told(qtbot, monkeypatch, keeper, board):
    clipboard.copy("case text")
    monkeypatch.setattr(keeper, "_clipboard", Stubborn(board))
    with qtbot.waitSignal(keeper.failed, timeout=2_000) as told:
        keeper.clear()
    assert "could not be taken off the clipboard" in told.args[0]


def test_a_clipboard_that_was_cleared_is_not_told(qtbot, keeper, board):
    told = []
    keeper.failed.connect(told.append)
    clipboard.copy("case text")
    keeper.clear()
    qtbot.waitUntil(lambda: not keeper._again.isActive(), timeout=2_000)
    assert told == []


@pytest.mark.parametrize("how", ["keys", "menu"])
def test_what_is_copied_of_a_broken_word_is_the_word(qtbot, board, how):
    label = Label("", wrap=True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    qtbot.addWidget(label)
    word = "/a/folder/of-many-names/and-a-file-with-a-long-name.pdf"
    label.setText(word)
    label.show()
    assert label.text() == word
    shown = QLabel.text(label)
    assert shown != word
    label.setSelection(0, len(shown))
    if how == "keys":
        QTest.keyClick(label, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    else:
        middle = label.rect().center()
        event = QContextMenuEvent(
            QContextMenuEvent.Reason.Mouse, middle, label.mapToGlobal(middle)
        )
        QApplication.sendEvent(label, event)
        menu = label.findChild(QMenu)
        menu.actions()[0].trigger()
        menu.close()
    assert board.text() == word
