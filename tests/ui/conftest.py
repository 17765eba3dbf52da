"""What every test of the window stands on: nothing left behind, no nested loops, a real desk."""

import threading

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox

from reviewer.crypto.profiles import CHEAP
from tests.books import PASSPHRASE
from tests.ui.sample import chair_casebook, panellist_casebook
from tests.ui.waiting import WAIT
from ui import app
from ui.desk.desk import THREADS, Desk
from ui.rooms.cases.scans_strip import ScansStrip
from ui.settings import Settings
from ui.theme import Scheme, Theme
from ui.widgets import announce


@pytest.fixture(autouse=True)
def nothing_left_behind(request):
    """After each test with an application: no thread of ours lives, no window is visible.

    The clipboard is emptied: what Python put there crashes the interpreter's end, and only the
    program's keeper takes it off.
    """
    yield
    application = QApplication.instance()
    if application is None or "qapp" not in request.fixturenames:
        return
    application.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    application.clipboard().clear()
    threads = [t.name for t in threading.enumerate() if t.name.startswith(THREADS)]
    windows = [type(w).__name__ for w in application.topLevelWidgets() if w.isVisible()]
    for widget in application.topLevelWidgets():
        widget.close()
    assert not threads, f"threads left behind: {threads}"
    assert not windows, f"windows left behind: {windows}"


@pytest.fixture(autouse=True)
def no_nested_loops(monkeypatch):
    """A box that waits inside the call stops everything else: boxes are opened, not executed."""

    def refuse(*_args):
        pytest.fail("use open() and say what happens when it ends")

    monkeypatch.setattr(QDialog, "exec", refuse)
    monkeypatch.setattr(QMessageBox, "exec", refuse)


@pytest.fixture
def light(qapp):
    """Dress the application in the light scheme at the drawn text size."""
    made = Theme(qapp, scheme=Scheme.LIGHT, text_scale=1.0)
    yield made
    made.deleteLater()


@pytest.fixture
def heard(monkeypatch):
    """Take down what a screen reader is told, one sentence after the other."""
    said = []
    monkeypatch.setattr(
        announce.QAccessible, "updateAccessibility", lambda event: said.append(event.message())
    )
    return said


@pytest.fixture
def desk(qapp):
    """A desk with cheap keys, closed at the end."""
    made = Desk(profile=CHEAP)
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def chair_file(tmp_path):
    """A chair's casebook with invented cases."""
    return chair_casebook(tmp_path)


@pytest.fixture
def panellist_file(tmp_path):
    """A panellist's casebook with invented cases and a few ratings."""
    return panellist_casebook(tmp_path)


@pytest.fixture
def window(qapp, qtbot, tmp_path):
    """The whole window with cheap keys and settings of its own."""
    made = app.build(qapp, tmp_path / "settings" / "reviewer.ini", profile=CHEAP)
    made.resize(1366, 768)
    made.show()
    yield made
    for dialog in made.findChildren(QDialog):
        dialog.close()
    made._last.ask_nothing()
    made.close()
    made.deleteLater()


@pytest.fixture
def enter_room(qtbot, window):
    """Open a casebook in the whole window and go to a room; returns the room."""

    def open_and_enter(path, ident):
        with qtbot.waitSignal(window.desk.opened, timeout=20_000):
            window.desk.open(path, PASSPHRASE).run()
        window.show_room(ident)
        qtbot.waitUntil(lambda: window.desk.idle, timeout=20_000)
        return window.room

    return open_and_enter


@pytest.fixture(autouse=True)
def _no_scan_is_read_unasked(request, monkeypatch):
    """Reading takes seconds a page; the tests that want it say so (``reads_scans``)."""
    if "reads_scans" not in request.fixturenames:
        monkeypatch.setattr(ScansStrip, "_begin", lambda _strip: None)


@pytest.fixture
def reads_scans():
    """Let scans be read behind all else, as in use."""


@pytest.fixture
def passphrase():
    """Return what opens the casebooks that are entered; a folder may have another."""
    return PASSPHRASE


@pytest.fixture
def enter(qtbot, tmp_path, passphrase):
    """Open a casebook at a desk and enter one room over it; returns once it is at rest."""
    desks = []

    def open_and_enter(kind, path):
        desk = Desk(profile=CHEAP)
        desks.append(desk)
        with qtbot.waitSignal(desk.opened, timeout=WAIT):
            desk.open(path, passphrase).run()
        room = kind(desk, Settings(tmp_path / "settings.ini"))
        qtbot.addWidget(room)
        room.resize(1366, 700)
        room.show()
        room.enter()
        qtbot.waitUntil(lambda: desk.idle, timeout=WAIT)
        return room

    yield open_and_enter
    for desk in desks:
        desk.close()
