"""The system says that nobody is here: a real bus, invented services, the real window (row 49)."""

import ctypes
import os
import shutil
import subprocess
import threading

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPlainTextEdit

from reviewer.assets import resource
from reviewer.casebook.book import NewCasebook
from reviewer.method.framework import load
from tests.ui.sample import PASSPHRASE
from tests.ui.test_window import unlock, words_on
from ui.dialogs.progress import ProgressDialog
from ui.main_window import session
from ui.main_window.session import SessionWatch, says_left
from ui.rooms.opening.unlock import UnlockRoom
from ui.widgets.files import choose_file

LOGIN = "org.freedesktop.login1"
SAVER = "org.freedesktop.ScreenSaver"
SESSION = "/org/freedesktop/login1/session/_32"
TRIGGERS = {
    "suspend": (LOGIN, "/org/freedesktop/login1", f"{LOGIN}.Manager", "PrepareForSleep", [True]),
    "session lock": (LOGIN, SESSION, f"{LOGIN}.Session", "Lock", []),
    "user switch": (
        *(LOGIN, SESSION, "org.freedesktop.DBus.Properties", "PropertiesChanged"),
        [f"{LOGIN}.Session", {"Active": False}, [""]],
    ),
    "screen saver": (SAVER, "/org/freedesktop/ScreenSaver", SAVER, "ActiveChanged", [True]),
    "gnome": (
        *("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver", "org.gnome.ScreenSaver"),
        *("ActiveChanged", [True]),
    ),
}


@pytest.fixture(scope="module")
def address():
    """A bus of its own, as each computer has one."""
    daemon = shutil.which("dbus-daemon")
    if daemon is None:
        if os.environ.get("CI"):
            pytest.fail("dbus-daemon is missing: tools/system-libraries.sh faults")
        pytest.skip("needs dbus-daemon (tools/system-libraries.sh faults)")
    process = subprocess.Popen(
        [daemon, "--session", "--nofork", "--print-address=1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    yield process.stdout.readline().strip()
    process.terminate()
    process.wait(60)
    process.stdout.close()


@pytest.fixture
def bus(address, monkeypatch, qapp):
    """The other side of the bus, where the services are."""
    for name in ("DBUS_SYSTEM_BUS_ADDRESS", "DBUS_SESSION_BUS_ADDRESS"):
        monkeypatch.setenv(name, address)
    monkeypatch.setenv("XDG_SESSION_ID", "2")
    made = QDBusConnection.connectToBus(address, "services")
    for service in (LOGIN, SAVER, "org.gnome.ScreenSaver"):
        assert made.registerService(service)
    yield made
    del made
    QDBusConnection.disconnectFromBus("services")


def tell(bus, which, *, value=None):
    _service, path, interface, name, arguments = TRIGGERS[which]
    message = QDBusMessage.createSignal(path, interface, name)
    message.setArguments(arguments if value is None else [value])
    assert bus.send(message)


@pytest.mark.parametrize("which", TRIGGERS)
def test_the_window_locks_on_the_signal(qtbot, bus, window, chair_file, which):
    unlock(qtbot, window, chair_file)
    with qtbot.waitSignal(window.desk.locking):
        tell(bus, which)
    assert isinstance(window.room, UnlockRoom)
    qtbot.waitUntil(lambda: window.desk.idle)
    assert "Everything you typed has been saved" in words_on(window.room)


def test_waking_up_and_another_session_s_lock_are_no_reason(qtbot, bus, window, chair_file):
    unlock(qtbot, window, chair_file)
    told = []
    window.desk.locking.connect(lambda: told.append("locked"))
    tell(bus, "suspend", value=False)
    tell(bus, "screen saver", value=False)
    other = QDBusMessage.createSignal(SESSION + "1", f"{LOGIN}.Session", "Lock")
    assert bus.send(other)
    marker = SessionWatch(window)
    marker.start()
    with qtbot.waitSignal(marker.left):  # what was sent before has arrived by now
        window._session.blockSignals(True)
        tell(bus, "gnome")
    window._session.blockSignals(False)
    marker.stop()
    assert told == []


def test_nothing_that_shows_text_stays_visible(qtbot, bus, window, chair_file):
    unlock(qtbot, window, chair_file)
    window.actions_.run("help")
    choose_file(window, "Open a casebook", "All files (*)", lambda _path: None)
    note = QDialog(window)
    QLabel("CANARY of a dialog", note)
    QPlainTextEdit("CANARY typed there", note)
    note.open()
    qtbot.waitUntil(lambda: len([d for d in window.findChildren(QDialog) if d.isVisible()]) == 3)
    with qtbot.waitSignal(window.desk.locking):
        tell(bus, "session lock")
    visible = [type(w).__name__ for w in QApplication.topLevelWidgets() if w.isVisible()]
    assert visible == ["MainWindow"]
    assert "CANARY" not in words_on(window)
    qtbot.waitUntil(lambda: window.desk.idle)
    assert "cases" not in words_on(window)


def test_a_running_import_and_its_dialog_hide_nothing_from_the_lock(
    qtbot, bus, window, chair_file
):
    unlock(qtbot, window, chair_file)
    running, go_on = threading.Event(), threading.Event()

    def stubborn(_book, progress):
        """Take its time over one document before it looks whether it should stop."""
        running.set()
        go_on.wait(60)
        progress.step(0, 2, "CANARY.pdf")

    job = window.desk.work(stubborn, changes=True)
    dialog = ProgressDialog(window, "Importing", job)
    dialog.open()
    job.run()
    assert running.wait(60)
    with qtbot.waitSignal(window.desk.locking):
        tell(bus, "session lock")
    assert isinstance(window.room, UnlockRoom)
    assert [w for w in QApplication.topLevelWidgets() if w.isVisible()] == [window]
    go_on.set()
    qtbot.waitUntil(lambda: window.desk.idle)
    assert "CANARY" not in words_on(window)


def test_a_lock_while_it_is_being_opened_locks_what_was_opened(qtbot, bus, window, chair_file):
    window.show_unlock(chair_file)
    window._unlock._field.setText(PASSPHRASE)
    with qtbot.waitSignal(window.desk.locked):
        window._unlock.start()
        window.desk.leave()
    assert window.desk.about is None
    assert isinstance(window.room, UnlockRoom)
    unlock(qtbot, window, chair_file)  # that was once: whoever comes back gets in
    qtbot.waitUntil(lambda: window.desk.idle)
    assert window.desk.about is not None


def test_a_lock_while_a_new_one_is_made_locks_what_was_made(qtbot, bus, window, tmp_path):
    new = NewCasebook(title="New", framework=load(resource("frameworks/commission.toml")))
    with qtbot.waitSignal(window.desk.locked):
        window.actions_.making.create(tmp_path / "new.casebook", PASSPHRASE, new, None)
        qtbot.waitUntil(lambda: bool(window.findChildren(ProgressDialog)))
        window.desk.leave()
    assert window.desk.about is None


def test_a_bus_over_a_network_is_not_spoken_to(qapp, window, monkeypatch):
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "tcp:host=127.0.0.1,port=9")
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", "tcp:host=127.0.0.1,port=9")
    watch = SessionWatch(window)
    watch.start()
    assert not watch.told


@pytest.mark.parametrize(
    ("ident", "path"),
    [("2", "_32"), ("12", "_312"), ("c1", "c1"), ("a-b", "a_2db"), ("", "")],
)
def test_the_session_s_name_on_the_bus(monkeypatch, ident, path):
    monkeypatch.setenv("XDG_SESSION_ID", ident)
    assert session.session_path().rpartition("/")[2] == path


def test_what_windows_says(qapp, window):
    assert says_left(0x02B1, 7)
    assert says_left(0x02B1, 2)
    assert says_left(0x0218, 4)
    assert not says_left(0x02B1, 8)
    assert not says_left(0x0218, 7)
    assert not says_left(0x0200, 7)
    watch = SessionWatch(window)
    told = []
    watch.left.connect(lambda: told.append("left"))
    made = session._WindowsFilter(watch)
    message = session._Message(None, 0x02B1, 7)
    kind = QByteArray(b"windows_generic_MSG")
    assert made.nativeEventFilter(kind, ctypes.addressof(message)) == (False, 0)
    assert told == ["left"]
