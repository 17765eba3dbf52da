"""The window: welcome, unlock, rooms, lock; one way through, as a person goes it."""

import gc
import os
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QDialog, QLabel, QMessageBox

from reviewer.casebook.book import Casebook
from tests.books import PASSPHRASE as CHAIR_PASSPHRASE
from tests.ui.chair.panel import issued_panel
from tests.ui.sample import PASSPHRASE, TITLES, issued_casebook
from ui import app
from ui.dialogs.frame import Frame
from ui.dialogs.new_casebook import NewCasebookDialog
from ui.dialogs.progress import ProgressDialog
from ui.rooms.cases.room import CasesRoom
from ui.rooms.opening.first_unlock import FirstUnlockRoom
from ui.rooms.opening.unlock import UnlockRoom
from ui.rooms.opening.welcome import Choice, WelcomeRoom
from ui.settings import TEXT_SCALE, Settings
from ui.widgets.passphrase import PassphraseField


def field(window):
    return window.room.findChild(PassphraseField, "passphrase")


def unlock(qtbot, window, path, passphrase=PASSPHRASE):
    window.show_unlock(path)
    typed = field(window)
    typed.setText(passphrase)
    qtbot.keyClick(typed, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not window._unlock.busy and window.desk.idle, timeout=10000)


def words_on(widget):
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def test_the_first_screen_offers_three_ways_in(window):
    assert isinstance(window.room, WelcomeRoom)
    names = [choice.text() for choice in window.room.findChildren(Choice)]
    assert names == ["Open a casebook", "New casebook", "Try the demonstration"]


def test_unlock_leads_to_the_first_room_of_ones_role(qtbot, window, chair_file):
    unlock(qtbot, window, chair_file)
    assert isinstance(window.room, CasesRoom)
    assert "13 cases" in words_on(window.room)
    assert "OFFICIAL-SENSITIVE" in words_on(window)
    assert "Chair" in words_on(window)


def test_a_wrong_passphrase_is_told_honestly_and_forgotten(qtbot, window, chair_file):
    unlock(qtbot, window, chair_file, "not the one")
    assert isinstance(window.room, UnlockRoom)
    told = window.room._problem.sentence
    assert "look alike" in told
    assert field(window).text() == ""
    unlock(qtbot, window, chair_file)
    assert isinstance(window.room, CasesRoom)


@pytest.mark.parametrize(
    "content", [b"", b"SQLite format 3\x00" + bytes(4080), b"short", os.urandom(8192)], ids=len
)
def test_files_that_are_no_casebook_get_one_sentence_each(qtbot, window, tmp_path, content):
    path = tmp_path / "odd.casebook"
    path.write_bytes(content)
    unlock(qtbot, window, path)
    assert window.room._problem.sentence
    assert path.read_bytes() == content
    assert window.desk.about is None


def test_lock_drops_everything_that_held_text(qtbot, window, chair_file):
    unlock(qtbot, window, chair_file)
    assert any(title in words_on(window) for title in TITLES)
    with qtbot.waitSignal(window.desk.locked):
        window.actions_.run("lock")
    qtbot.waitUntil(lambda: not window.findChildren(CasesRoom), timeout=3000)
    assert isinstance(window.room, UnlockRoom)
    assert not window.header.isVisible()
    gc.collect()
    for label in window.findChildren(QLabel):
        for title in TITLES:
            assert title not in label.text()
    unlock(qtbot, window, chair_file)
    assert isinstance(window.room, CasesRoom)


def test_a_dropped_casebook_asks_for_its_passphrase(qtbot, window, chair_file, panellist_file):
    unlock(qtbot, window, chair_file)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(panellist_file))])
    drop = QDropEvent(
        QPointF(QPoint(20, 20)),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    with qtbot.waitSignal(window.desk.locked):
        window.dropEvent(drop)
    qtbot.waitUntil(lambda: window.desk.idle)
    assert isinstance(window.room, UnlockRoom)
    assert panellist_file.name in window.room._title.whole
    unlock(qtbot, window, panellist_file)
    assert window.desk.about.kind == "panellist"


def test_other_files_are_not_taken(window, tmp_path):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "letter.pdf"))])
    drop = QDropEvent(
        QPointF(),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dropEvent(drop)
    assert isinstance(window.room, WelcomeRoom)


def test_the_first_unlock_asks_for_an_own_passphrase(qtbot, window, tmp_path):
    path = issued_casebook(tmp_path)
    unlock(qtbot, window, path)
    room = window.room
    assert isinstance(room, FirstUnlockRoom)
    assert not room._set.isEnabled()
    room.choice.written.setChecked(True)
    own = room.choice.passphrase
    with qtbot.waitSignal(room.done, timeout=10000):
        room._set.click()
    assert not isinstance(window.room, FirstUnlockRoom)
    with qtbot.waitSignal(window.desk.locked):
        window.actions_.run("lock")
    unlock(qtbot, window, path)
    assert window.desk.about is None, "the slip opens it no more"
    unlock(qtbot, window, path, own)
    assert window.desk.about is not None
    assert not window.desk.about.must_change_passphrase


def test_words_drawn_before_a_lock_are_gone_and_others_are_drawn_after(qtbot, window, tmp_path):
    path = issued_casebook(tmp_path)
    unlock(qtbot, window, path)
    choice = window.room.choice
    drawn = choice._words.text()
    choice._field.setText("typed half-way")
    with qtbot.waitSignal(window.desk.locked, timeout=10000):
        window.actions_.run("lock")
    assert choice._words.text() == choice._field.text() == ""
    unlock(qtbot, window, path)
    assert isinstance(window.room, FirstUnlockRoom)
    assert choice._words.text() not in {"", drawn}


def test_a_new_casebook_is_made_and_opened(qtbot, window, tmp_path):
    window.actions_.run("new")
    dialog = window.findChild(NewCasebookDialog)
    dialog._set_place(tmp_path / "northmoor")
    dialog.accept()
    assert dialog.problem.sentence == "Give the inquiry a title."
    dialog._title.setText("  Northmoor\u202e   Inquiry ")
    dialog.accept()
    assert "Write the words down" in dialog.problem.sentence
    dialog.choice.written.setChecked(True)
    passphrase = dialog.choice.passphrase
    dialog._rates.setChecked(True)
    dialog.custodian.box.click()
    with qtbot.waitSignal(window.desk.opened, timeout=10000):
        dialog.accept()
    qtbot.waitUntil(lambda: window.desk.idle and not window.findChildren(QDialog))
    about = window.desk.about
    assert about.custodian is None
    assert about.title == "Northmoor Inquiry"
    assert about.member, "this chair rates"
    with qtbot.waitSignal(window.desk.locked):
        window.actions_.run("lock")
    with Casebook.open(tmp_path / "northmoor.casebook", passphrase) as book:
        assert len(book.about.framework.factors) == 17


def test_a_new_casebook_while_one_is_open_saves_and_leaves_the_old_one(
    qtbot, window, tmp_path, chair_file
):
    unlock(qtbot, window, chair_file)
    window.actions_.run("new")
    dialog = window.findChild(NewCasebookDialog)
    dialog._set_place(tmp_path / "second.casebook")
    dialog._title.setText("Second Inquiry")
    dialog.choice.written.setChecked(True)
    watched = []
    window.desk.opened.connect(
        lambda _about: watched.append([d.isVisible() for d in window.findChildren(ProgressDialog)])
    )
    with qtbot.waitSignal(window.desk.opened, timeout=10000):
        dialog.accept()
    qtbot.waitUntil(lambda: window.desk.idle and "No cases yet" in words_on(window), timeout=10000)
    assert watched == [[True]], "locking the old one puts the making of the new one out of sight"
    assert "13 cases" not in words_on(window)
    assert window.desk.about.title == "Second Inquiry"
    with Casebook.open(chair_file, PASSPHRASE) as book:
        assert len(book.cases.all()) == 13


def test_seven_rooms_fit_a_small_window_with_large_text(qtbot, window, chair_file):
    unlock(qtbot, window, chair_file)
    window.look.set_text_scale(1.5)
    titles = ("Cases and records", "Panel", "Merge", "Agreement", "Agenda", "Findings", "Summary")
    rooms = [(title, title) for title in titles]
    window.header.show_about(window.desk.about, rooms, {"Cases and records": "Cases"})
    window.resize(1366, 768)
    assert window.width() == 1366
    assert window.header.minimumSizeHint().width() <= 1366
    assert not window.header._role.isVisible()
    first = window.header.switcher._segments["Cases and records"]
    qtbot.waitUntil(lambda: first.text() == "Cases")
    assert first.accessibleName() == "Cases and records"
    window.look.set_text_scale(1.0)
    window.resize(1900, 800)
    qtbot.waitUntil(lambda: first.text() == "Cases and records")


def test_a_name_that_is_taken_is_refused_before_anything_is_made(window, tmp_path):
    taken = tmp_path / "taken.casebook"
    taken.write_bytes(b"something")
    window.actions_.run("new")
    dialog = window.findChild(NewCasebookDialog)
    dialog._set_place(taken)
    dialog._title.setText("T")
    dialog.choice.written.setChecked(True)
    dialog.accept()
    assert "already exists" in dialog.problem.sentence
    assert taken.read_bytes() == b"something"


def test_a_failure_that_nobody_took_is_shown_once_in_plain_text(qtbot, window, chair_file):
    unlock(qtbot, window, chair_file)
    window.desk.ask(lambda _book: 1 / 0).run()
    qtbot.waitUntil(lambda: bool(window.findChildren(QMessageBox)), timeout=5000)
    boxes = window.findChildren(QMessageBox)
    assert len(boxes) == 1
    assert "Something went wrong inside Reviewer" in boxes[0].text()
    assert window.header.status.words == "Everything saved", "only reading failed"
    boxes[0].close()


def test_a_change_that_fails_is_not_called_saved(qtbot, window, chair_file):
    unlock(qtbot, window, chair_file)
    told = []
    window.desk.do(lambda _book: 1 / 0).failed(told.append).run()
    qtbot.waitUntil(lambda: bool(told), timeout=5000)
    qtbot.waitUntil(lambda: window.header.status.words == "Not saved", timeout=5000)


def test_a_panellist_sees_the_own_name(qtbot, window, panellist_file):
    unlock(qtbot, window, panellist_file)
    qtbot.waitUntil(lambda: "Panellist 4" in words_on(window), timeout=5000)


def test_locking_does_not_wait_for_a_long_import(qtbot, window, chair_file):
    unlock(qtbot, window, chair_file)
    running = threading.Event()

    def endless(_book, progress):
        while True:
            running.set()
            progress.step(0, 1, "page")

    window.desk.work(endless, changes=True).run()
    assert running.wait(60)
    with qtbot.waitSignal(window.desk.locked, timeout=2000):
        window.actions_.run("lock")


def test_text_grows_and_shrinks_by_keys_and_is_remembered(qtbot, window, tmp_path):
    qtbot.keyClick(window, Qt.Key.Key_Greater, Qt.KeyboardModifier.ControlModifier)
    assert window.look.text_scale == 1.15
    assert Settings(tmp_path / "settings" / "reviewer.ini").get(TEXT_SCALE) == 1.15
    qtbot.keyClick(window, Qt.Key.Key_Less, Qt.KeyboardModifier.ControlModifier)
    assert window.look.text_scale == 1.0


def test_help_and_settings_open_over_the_window(window):
    window.actions_.run("help")
    window.actions_.run("settings")
    opened = window.findChildren(Frame)
    assert {dialog.windowTitle() for dialog in opened} == {"Help", "Look and privacy"}


def test_actions_that_need_a_casebook_wait_for_one(qtbot, window, chair_file):
    assert not window.actions_._made["lock"].isEnabled()
    unlock(qtbot, window, chair_file)
    assert window.actions_._made["lock"].isEnabled()


def test_dangerous_variables_are_gone_before_qt_reads_them(monkeypatch):
    monkeypatch.setenv("QT_PLUGIN_PATH", "/somewhere")
    monkeypatch.setenv("SSLKEYLOGFILE", "/somewhere")
    app.clean_environment()
    assert "QT_PLUGIN_PATH" not in os.environ
    assert "SSLKEYLOGFILE" not in os.environ


def test_nothing_of_the_casebook_is_left_in_the_home_folder(
    qtbot, window, chair_file, home, tmp_path
):
    unlock(qtbot, window, chair_file)
    window.actions_.run("larger")
    with qtbot.waitSignal(window.desk.locked):
        window.actions_.run("lock")
    found = [*Path(home).rglob("*"), *(tmp_path / "settings").rglob("*")]
    files = [path for path in found if path.is_file()]
    assert {"reviewer.ini", "salt"} <= {path.name for path in files}
    for path in files:
        assert b"Northmoor" not in path.read_bytes(), path


def test_a_lock_says_by_name_what_it_did_not_keep(qtbot, window, tmp_path):
    path, _ = issued_panel(tmp_path)
    with qtbot.waitSignal(window.desk.opened):
        window.desk.open(path, CHAIR_PASSPHRASE).run()
    window.show_room("merge")
    room = window.room
    qtbot.waitUntil(lambda: window.desk.idle and room._stands is not None)
    room._ask_release()
    qtbot.wait(50)  # what the form begins with is filled in by then
    field = next(iter(room.form._reasons.values()))
    field.setText("ill since May")
    with qtbot.waitSignal(window.desk.locked):
        window.desk.lock()
    said = window._unlock._where.text()
    assert said.startswith("Locked. What you rated, marked and wrote is saved. Not kept")
    assert "the form \u201cRelease the round\u201d" in said, "never a title, which may name people"
    with qtbot.waitSignal(window.desk.opened):
        window.desk.open(path, CHAIR_PASSPHRASE).run()
    assert window.room is not None
    assert window.header.switcher.current == "merge", "one comes back to where one was"
    with qtbot.waitSignal(window.desk.locked):
        window.desk.lock()
    assert window._unlock._where.text() == "Locked. Everything you typed has been saved."


def test_whose_casebook_it_is_stays_named_when_it_is_sealed(qtbot, window, panellist_file):
    unlock(qtbot, window, panellist_file)
    qtbot.waitUntil(lambda: window.desk.idle, timeout=10000)
    name = window.header._role.text()
    assert name not in {"", "Panellist", "Chair"}
    window.desk.about_changed.emit(window.desk.about)
    assert window.header._role.text() == name
