"""What is typed survives a lock, also one at which the disk takes nothing (test rows 49, 63)."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QMessageBox

from reviewer.records.judgement import Reason
from tests.books import sql_of
from tests.ui.read.inquiry import PASSPHRASE
from tests.ui.read.steps import open_reference, ratings_on_disk
from tests.ui.test_window import unlock, words_on
from ui.rooms.opening.unlock import UnlockRoom
from ui.rooms.read.room import ReadRoom
from ui.widgets.writing_field import AT_MOST

WORDS = "He was held face down for seven minutes. " * 500


@pytest.fixture
def room(qtbot, window, path):
    return enter(qtbot, window, path)


def enter(qtbot, window, path):
    unlock(qtbot, window, path, PASSPHRASE)
    window.show_room("read")
    room = window.room
    assert isinstance(room, ReadRoom)
    qtbot.waitUntil(lambda: room.judging.material is not None, timeout=10_000)
    open_reference(qtbot, room, "2010-07")
    return room


def full(qtbot, window, *, yes=True):
    """Let the engine say that the disk is full, or that it has room again."""
    done = []

    def work(book):
        pages = sql_of(book).execute("PRAGMA page_count").fetchone()[0]
        most = pages if yes else 1 << 30
        sql_of(book).execute(f"PRAGMA max_page_count={most}").fetchone()
        done.append(True)

    window.desk.ask(work).run()
    qtbot.waitUntil(lambda: bool(done) and window.desk.idle, timeout=5_000)


def write(room, words):
    field = room.sheet.body.comment
    field.setPlainText(words)
    return room.sheet.body.rating.factor


def locked(qtbot, window):
    window.desk.leave()
    qtbot.waitUntil(lambda: window.desk.idle, timeout=10_000)
    assert isinstance(window.room, UnlockRoom)


def test_a_note_that_was_not_saved_yet_is_there_after_the_lock(qtbot, window, room, path):
    factor = write(room, "typed just now")
    locked(qtbot, window)
    assert "Everything you typed has been saved" in words_on(window.room)
    assert ratings_on_disk(path, "2010-07")[factor].comment == "typed just now"


def test_a_disk_that_is_full_at_the_lock_costs_no_word(qtbot, window, room, path):
    full(qtbot, window)
    factor = write(room, WORDS)
    locked(qtbot, window)
    said = words_on(window.room)
    assert "full" in said
    assert "saves it when you unlock" in said
    assert "has been saved" not in said
    assert WORDS[:20] not in said
    assert factor not in ratings_on_disk(path, "2010-07")
    again = enter(qtbot, window, path)
    qtbot.waitUntil(lambda: again.judging.material.ratings.get(factor) is not None, timeout=5_000)
    assert again.judging.material.ratings[factor].comment == WORDS
    locked(qtbot, window)
    assert "has been saved" in words_on(window.room)
    assert ratings_on_disk(path, "2010-07")[factor].comment == WORDS


def test_a_stick_that_is_pulled_at_the_lock_costs_no_word(qtbot, window, room, path, tmp_path):
    full(qtbot, window)
    factor = write(room, WORDS)
    elsewhere = tmp_path / "pocket.casebook"
    path.rename(elsewhere)
    locked(qtbot, window)
    unlock(qtbot, window, path, PASSPHRASE)
    assert window.desk.about is None, "it is not there"
    elsewhere.rename(path)
    enter(qtbot, window, path)
    locked(qtbot, window)
    assert ratings_on_disk(path, "2010-07")[factor].comment == WORDS


def test_a_save_that_fails_leaves_what_was_typed_on_the_screen(qtbot, window, room, path):
    full(qtbot, window)
    factor = write(room, WORDS)
    room.settle()
    qtbot.waitUntil(lambda: window.header.status.words == "Not saved", timeout=5_000)
    qtbot.waitUntil(lambda: window.desk.idle)
    assert room.sheet.body.comment.toPlainText() == WORDS
    for box in window.findChildren(QMessageBox):
        box.close()
    full(qtbot, window, yes=False)
    window.activateWindow()
    room.sheet.take_focus()
    qtbot.waitUntil(room.sheet.rows[factor].hasFocus)
    qtbot.keyClick(room.sheet.rows[factor], Qt.Key.Key_2)
    qtbot.waitUntil(lambda: window.header.status.words != "Not saved", timeout=5_000)
    locked(qtbot, window)
    stored = ratings_on_disk(path, "2010-07")[factor]
    assert (stored.value, stored.comment) == (2, WORDS)


def test_closing_asks_before_words_are_lost(qtbot, window, room, path):
    full(qtbot, window)
    write(room, WORDS)
    assert not window.close()
    qtbot.waitUntil(lambda: bool(window.findChildren(QMessageBox)), timeout=5_000)
    box = next(b for b in window.findChildren(QMessageBox) if b.isVisible())
    assert "still holds what you typed last" in box.text()
    assert box.escapeButton().text() == "Keep Reviewer open"
    qtbot.waitUntil(lambda: window.desk.idle, timeout=5_000)
    assert window.isVisible()
    lose = next(b for b in box.buttons() if b.text() == "Close and lose it")
    lose.click()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=5_000)


def test_typing_that_never_pauses_is_saved_all_the_same(qtbot, window, room):
    """A kill costs at most the last two seconds, also of somebody who types without a stop."""
    field, typist = room.sheet.body.comment, QTimer()
    typist.setInterval(40)
    typist.timeout.connect(lambda: field.insertPlainText("x"))
    typist.start()
    for _ in range(2):
        with qtbot.waitSignal(field.written) as told:
            pass
    typist.stop()
    assert AT_MOST < 2_000
    assert len(told.args[0]) > 10


def test_the_name_of_a_missing_record_is_saved_while_it_is_typed(qtbot, window, room, path):
    room.sheet.open_factor(next(iter(room.sheet.rows)))
    room.sheet.body._pick_reason(Reason.MISSING)
    qtbot.keyClicks(room.sheet.body.record, "custody log")
    with qtbot.waitSignal(room.sheet.rating_edited) as told:
        pass
    assert told.args[0].record == "custody log"
