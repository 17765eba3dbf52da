"""Long work that was stopped: it says so in its place, or where a lock did it on that page."""

import threading

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMessageBox

from reviewer.errors import Cancelled
from reviewer.exchange.updates import write
from tests.ui.chair.panel import NAMES, released_panel
from tests.ui.test_unsent import SAVED, chairs, locked
from tests.ui.waiting import WAIT
from ui.dialogs.progress import ProgressDialog
from ui.rooms.summary.room import SummaryRoom


@pytest.fixture
def held(monkeypatch):
    """Let the second document of an import wait until it is let go."""
    go, there = threading.Event(), threading.Event()

    def contents(path):
        if path.stem == "second":
            there.set()
            go.wait(WAIT / 1000)
        return path.read_bytes()

    monkeypatch.setattr("reviewer.intake.places.contents", contents)
    yield there, go
    go.set()


def importing(qtbot, window, tmp_path, held):
    room = chairs(qtbot, window, tmp_path)
    paths = [tmp_path / f"{name}.txt" for name in ("first", "second", "third")]
    for path in paths:
        path.write_text(f"{path.stem} words", "utf-8")
    reference = room._model.rows[0].reference
    window.actions_.bringing.import_documents(reference, paths)
    qtbot.waitUntil(held[0].is_set, timeout=WAIT)


def test_a_lock_names_the_import_that_it_stopped_and_how_far_it_came(
    qtbot, window, tmp_path, held
):
    importing(qtbot, window, tmp_path, held)
    told = locked(qtbot, window)
    assert SAVED in told
    assert "Stopped before its end: the import of documents, after 1 of 3 (start it again" in told
    held[1].set()
    qtbot.waitUntil(lambda: window.desk.idle, timeout=WAIT)
    assert not window.findChildren(QMessageBox), "nothing lies over the locked page"


def test_a_lock_names_nothing_that_came_to_its_end(qtbot, window, tmp_path):
    chairs(qtbot, window, tmp_path)
    there, go = threading.Event(), threading.Event()

    def ends(_book, _progress):
        there.set()
        go.wait(WAIT / 1000)

    window.desk.work(ends).named("this").run()
    qtbot.waitUntil(there.is_set, timeout=WAIT)
    QTimer.singleShot(0, go.set)
    assert "Stopped" not in locked(qtbot, window)


def test_an_import_that_a_person_stops_says_how_far_it_came(qtbot, window, tmp_path, held):
    importing(qtbot, window, tmp_path, held)
    window.findChild(ProgressDialog).reject()
    held[1].set()
    qtbot.waitUntil(lambda: bool(window.findChildren(QMessageBox)), timeout=WAIT)
    told = window.findChild(QMessageBox)
    assert "the import of documents, after 1 of 3" in told.text()
    told.close()


def test_a_report_that_a_person_stops_says_that_there_is_none(qtbot, tmp_path, enter, monkeypatch):
    room = enter(SummaryRoom, released_panel(tmp_path))
    qtbot.waitUntil(lambda: bool(room.groups.groups), timeout=WAIT)

    def stopped(*_given, **_more):
        raise Cancelled

    monkeypatch.setattr("ui.rooms.summary.room.write_report", stopped)
    room.write_to(tmp_path)
    qtbot.waitUntil(lambda: room.desk.idle, timeout=WAIT)
    assert "Nothing of it was written" in room.outcome.text


def test_updates_that_are_stopped_name_who_has_none_and_who_has(monkeypatch, tmp_path):
    def one(_source, name, *_given, **_more):
        if name != NAMES[0]:
            raise Cancelled
        return name

    monkeypatch.setattr(write, "_write_one", one)
    written, refused = write.write_updates(None, NAMES[:3], tmp_path)
    assert written == [NAMES[0]]
    assert [name for name, _why in refused] == list(NAMES[1:3])
