"""An update dropped on the window: taken by the open casebook, and explained where none is."""

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QDialog, QLabel

from tests.ui.read.inquiry import PASSPHRASE
from tests.ui.updates.story import NAMES, update_for
from tests.ui.waiting import WAIT, shown
from ui.dialogs.update import UpdateDialog

pytestmark = pytest.mark.slow


def drop(window, path):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPointF(20, 20),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dropEvent(event)


def said(window):
    """What the dialogs over the window say."""
    dialogs = [d for d in window.findChildren(QDialog) if d.isVisible()]
    return "\n".join(label.text() for d in dialogs for label in d.findChildren(QLabel))


def test_a_dropped_update_is_shown_and_the_casebook_stays_open(qtbot, window, changed, tmp_path):
    path, paths = changed
    update = update_for(tmp_path, path, NAMES[0])
    with qtbot.waitSignal(window.desk.opened, timeout=WAIT):
        window.desk.open(paths[NAMES[0]], PASSPHRASE).run()
    drop(window, update)
    before = shown(qtbot, window, UpdateDialog)
    assert "Update 1 from the chair" in before.windowTitle()
    before.reject()
    qtbot.waitUntil(lambda: window.desk.idle, timeout=WAIT)
    assert window.desk.about.round == 1
    assert window.desk.path == paths[NAMES[0]]


def test_an_update_dropped_before_a_casebook_is_open_says_what_to_do(qtbot, window, tmp_path):
    drop(window, tmp_path / "some.update")
    qtbot.waitUntil(lambda: "Open the casebook first" in said(window), timeout=WAIT)


def test_an_update_dropped_on_the_chairs_casebook_is_refused(qtbot, window, changed, tmp_path):
    path, _ = changed
    update = update_for(tmp_path, path, NAMES[0])
    with qtbot.waitSignal(window.desk.opened, timeout=WAIT):
        window.desk.open(path, PASSPHRASE).run()
    drop(window, update)
    qtbot.waitUntil(lambda: "a panellist's casebook" in said(window), timeout=WAIT)
