"""Backups in the window: made unasked, listed, restored; a failing one is told."""

import os
import subprocess
import sys

import pytest

from reviewer.casebook.book import Casebook
from reviewer.casebook.change import EVERYTHING
from reviewer.casebook.file import backup as backups
from reviewer.casebook.file import connection as files
from reviewer.casebook.file import copying
from reviewer.casebook.file.errors import SpeakingConnection
from tests.ui.sample import PASSPHRASE, chair_casebook, panellist_casebook
from tests.ui.test_desk import rate
from ui.actions import backing_up
from ui.actions.backing_up import EVERY, BackingUp
from ui.desk import backups as keeping
from ui.rooms.safekeeping.backups import BackupsCard
from ui.settings import BACKUP_FOLDER, Settings
from ui.widgets.rows import RowRole

WAIT = 15_000
WORTH_KEEPING = backing_up.worth_keeping
OPEN = """
import sys
from pathlib import Path
from reviewer.casebook.book import Casebook
from reviewer.casebook.file.errors import SpeakingConnection
from tests.ui.sample import PASSPHRASE
Casebook.open(Path(sys.argv[1]), PASSPHRASE)
"""


class Clock:
    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture(autouse=True)
def real_work(monkeypatch):
    """The samples are demonstrations: here they stand for somebody's work."""
    monkeypatch.setattr(backing_up, "worth_keeping", lambda _about: True)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def watch(desk, tmp_path, clock, monkeypatch):
    monkeypatch.setattr(backing_up, "SOON", 1)
    made = BackingUp(desk, Settings(tmp_path / "reviewer.ini"), desk, now=clock)
    desk.opened.connect(made.begin)
    made.settings = made._settings
    return made


def unlock(qtbot, desk, path):
    with qtbot.waitSignal(desk.opened, timeout=WAIT):
        desk.open(path, PASSPHRASE).run()
    qtbot.waitUntil(lambda: desk.idle, timeout=WAIT)


def change(qtbot, desk, value):
    with qtbot.waitSignal(desk.changed, timeout=WAIT):
        rate(desk, value).run()
    qtbot.waitUntil(lambda: desk.idle, timeout=WAIT)


def test_a_large_step_is_backed_up_at_once(qtbot, desk, panellist_file, watch):
    with Casebook.open(panellist_file, PASSPHRASE) as book:
        earlier = book.backup()
    unlock(qtbot, desk, panellist_file)
    with qtbot.waitSignal(desk.backed_up, timeout=WAIT) as told:
        desk.work(lambda _book, _progress: None, changes=True).run()
    made = told.args[0]
    assert backups.sound_of(panellist_file) == [made, earlier]
    with Casebook.open(made.path, PASSPHRASE) as book:
        assert book.about.id == made.manifest.casebook


def test_small_changes_are_backed_up_hourly_and_no_more_often(
    qtbot, desk, panellist_file, watch, clock
):
    unlock(qtbot, desk, panellist_file)
    with qtbot.waitSignal(desk.backed_up, timeout=WAIT):
        change(qtbot, desk, 1)  # there was none yet
    clock.now += EVERY - 1
    change(qtbot, desk, 2)
    assert not watch._timer.isActive()
    clock.now += 2
    with qtbot.waitSignal(desk.backed_up, timeout=WAIT):
        change(qtbot, desk, 3)
    assert len(backups.backups_in(backups.folder_of(panellist_file))) == 2


def test_who_goes_to_another_room_leaves_no_passphrase_behind(qtbot, window, panellist_file):
    unlock(qtbot, window.desk, panellist_file)
    with qtbot.waitSignal(window.desk.backed_up, timeout=WAIT):
        keeping.back_up(window.desk, window._settings).run()
    window.show_room("safekeeping")
    card = next(card for card in window.room.cards if isinstance(card, BackupsCard))
    qtbot.waitUntil(card.list.isVisible, timeout=WAIT)
    card._ask(on=True)
    card._passphrase.setText("typed half-way")
    window.show_room("read")
    assert not card._passphrase.text()
    assert card._question.isHidden()


def test_a_hand_that_never_rests_does_not_put_a_backup_off(
    qtbot, desk, panellist_file, watch, clock
):
    unlock(qtbot, desk, panellist_file)
    watch._timer.setInterval(WAIT)
    desk.changed.emit(EVERYTHING)
    running = watch._timer.timerId()
    desk.changed.emit(EVERYTHING)
    assert watch._timer.timerId() == running


def test_the_demonstration_is_not_backed_up_unasked(
    qtbot, desk, panellist_file, watch, monkeypatch
):
    monkeypatch.setattr(backing_up, "worth_keeping", WORTH_KEEPING)
    unlock(qtbot, desk, panellist_file)
    watch.back_up()
    qtbot.waitUntil(lambda: desk.idle, timeout=WAIT)
    assert not backups.folder_of(panellist_file).exists()
    assert desk.about.demonstration


def test_an_hour_counts_over_a_restart(qtbot, desk, panellist_file, watch):
    with Casebook.open(panellist_file, PASSPHRASE) as book:
        book.backup()
    unlock(qtbot, desk, panellist_file)
    change(qtbot, desk, 1)
    assert not watch._timer.isActive()


def test_the_folder_is_the_person_s_choice(qtbot, desk, panellist_file, watch, tmp_path):
    elsewhere = tmp_path / "backups here"
    watch.settings.put(BACKUP_FOLDER, str(elsewhere))
    unlock(qtbot, desk, panellist_file)
    with qtbot.waitSignal(desk.backed_up, timeout=WAIT) as told:
        desk.changed.emit(EVERYTHING)
    assert told.args[0].path.parent == elsewhere
    assert not backups.folder_of(panellist_file).exists()


def back_up(qtbot, desk, settings):
    with qtbot.waitSignal(desk.backed_up, timeout=WAIT) as told:
        keeping.back_up(desk, settings).run()
    return told.args[0]


def test_reading_goes_on_while_a_backup_is_copied_and_verified(
    qtbot, desk, panellist_file, monkeypatch, tmp_path
):
    unlock(qtbot, desk, panellist_file)
    answered = []

    def meanwhile(real):
        def step(*given):
            answered.append(desk._casebook.call(lambda: len(desk._book.cases.all())))
            return real(*given)

        return step

    monkeypatch.setattr(files, "copy_raw", meanwhile(files.copy_raw))
    monkeypatch.setattr(copying, "finish", meanwhile(copying.finish))
    made = back_up(qtbot, desk, Settings(tmp_path / "reviewer.ini"))
    assert answered == [13, 13]
    assert made.path.read_bytes() == panellist_file.read_bytes()


@pytest.mark.parametrize(("times", "copies"), [(1, 2), (9, 5)])
def test_a_casebook_that_changes_while_it_is_copied_is_copied_again(
    qtbot, desk, watch, *, panellist_file, monkeypatch, times, copies
):
    unlock(qtbot, desk, panellist_file)
    started = []
    real = SpeakingConnection.read_raw

    def late(connection, size, start):
        if not start:
            started.append(start)
        elif start == 4096 and len(started) <= times:
            desk._casebook.call(lambda: write(desk._book, f"{len(started)}"))
        return real(connection, size, start)

    monkeypatch.setattr(files, "_SLICE", 4096)
    monkeypatch.setattr(SpeakingConnection, "read_raw", late)
    made = back_up(qtbot, desk, watch.settings)
    assert len(started) == copies
    newest = []
    desk.ask(lambda book: book.journal.head()).succeeded(newest.append).run()
    qtbot.waitUntil(lambda: bool(newest), timeout=WAIT)
    assert made.manifest.head == newest[0]
    assert [p.suffix for p in sorted(made.path.parent.iterdir())] == [".casebook", ".json"]


def write(book, text):
    book.reviews.set_text(book.about.member, book.cases.all()[0].id, 1, narrative=text)


def test_the_lock_of_the_casebook_outlives_a_backup(qtbot, desk, panellist_file, tmp_path):
    unlock(qtbot, desk, panellist_file)
    back_up(qtbot, desk, Settings(tmp_path / "reviewer.ini"))
    other = subprocess.run(
        [sys.executable, "-c", OPEN, panellist_file],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        check=False,
    )
    assert b"BusyError" in other.stderr


def test_locking_while_a_copy_is_made_throws_the_copy_away(
    qtbot, desk, panellist_file, watch, monkeypatch
):
    unlock(qtbot, desk, panellist_file)
    real = files.copy_raw

    def slow(connection, copy):
        desk._casebook.call(desk._close)
        real(connection, copy)

    monkeypatch.setattr(files, "copy_raw", slow)
    ended = []
    job = keeping.back_up(desk, watch.settings)
    job.failed(ended.append).run()
    qtbot.waitUntil(lambda: bool(ended), timeout=WAIT)
    assert "closed while it was copied" in str(ended[0])
    assert list(backups.folder_of(panellist_file).iterdir()) == []


@pytest.mark.usefixtures("light")
def test_a_backup_that_fails_is_told_until_one_succeeds(qtbot, window, tmp_path):
    path = chair_casebook(tmp_path)
    backups.folder_of(path).write_text("in the way", encoding="utf-8")
    unlock(qtbot, window.desk, path)
    with qtbot.waitSignal(window.actions_.backing_up.failed, timeout=WAIT):
        window.actions_.backing_up.back_up()
    assert window._unbacked.isVisible()
    assert "No backup could be made" in window._unbacked.sentence
    backups.folder_of(path).unlink()
    with qtbot.waitSignal(window.desk.backed_up, timeout=WAIT):
        window.actions_.backing_up.back_up()
    assert not window._unbacked.isVisible()


@pytest.fixture
def card(qtbot, window, tmp_path):
    path = panellist_casebook(tmp_path)
    unlock(qtbot, window.desk, path)
    window.show_room("safekeeping")
    found = next(c for c in window.room.cards if isinstance(c, BackupsCard))
    qtbot.waitUntil(lambda: window.desk.idle, timeout=WAIT)
    window._rooms["read"].settle()  # the place that is read is kept now, not by locking later
    qtbot.waitUntil(lambda: window.desk.idle, timeout=WAIT)
    return found


def test_the_card_makes_one_and_lists_what_each_lacks(qtbot, window, card):
    assert card.none.isVisible()
    assert not card.ask.isEnabled()
    with qtbot.waitSignal(window.desk.backed_up, timeout=WAIT):
        card.now.click()
    qtbot.waitUntil(card.list.isVisible, timeout=WAIT)
    assert "opened again and found whole" in card.outcome.text
    assert card.list.count() == 1


def test_restoring_from_the_card_closes_puts_in_place_and_opens(qtbot, window, card):
    path = window.desk.path
    with qtbot.waitSignal(window.desk.backed_up, timeout=WAIT):
        card.now.click()
    qtbot.waitUntil(lambda: window.desk.idle, timeout=WAIT)
    seq = card.list.chosen.manifest.seq
    change(qtbot, window.desk, 2)
    newer = path.read_bytes()
    card.ask.click()
    card._passphrase.setText(PASSPHRASE)
    with qtbot.waitSignals([window.desk.opened, window.desk.told], timeout=WAIT):
        card._do.click()
    newest = []
    window.desk.ask(lambda book: book.journal.tail(1)[0].seq).succeeded(newest.append).run()
    qtbot.waitUntil(lambda: bool(newest), timeout=WAIT)
    assert newest == [seq]
    assert not window._older.isVisible()
    (aside,) = path.parent.glob("*.before-restore-*.casebook")
    assert aside.read_bytes() == newer


def test_the_card_changes_where_backups_are_kept(qtbot, window, card, tmp_path):
    card.keep_in(tmp_path / "chosen")
    assert keeping.folder_for(window._settings, window.desk.path) == tmp_path / "chosen"
    assert card._folder.whole == str(tmp_path / "chosen")
    card._usual.click()
    assert card._folder.whole == str(backups.folder_of(window.desk.path))


def test_while_a_backup_is_put_in_place_nothing_is_asked_for(qtbot, window, card, monkeypatch):
    """The page that asks for a passphrase is there, says what is done, and takes no key."""
    with qtbot.waitSignal(window.desk.backed_up, timeout=WAIT):
        card.now.click()
    qtbot.waitUntil(lambda: window.desk.idle, timeout=WAIT)
    seen = []

    def look():
        page = window._unlock
        seen.append((page._where.text(), page._field.isEnabled(), page._unlock.isEnabled()))
        qtbot.keyClicks(window, "a secret")
        seen.append(page._field.text())

    window.desk.locked.connect(look)
    card.ask.click()
    card._passphrase.setText(PASSPHRASE)
    with qtbot.waitSignals([window.desk.opened, window.desk.told], timeout=WAIT):
        card._do.click()
    (words, field, unlock), typed = seen
    assert words.startswith("Putting the backup of ")
    assert (field, unlock, typed) == (False, False, "")


def test_a_wrong_passphrase_restores_nothing_and_asks_again_on_the_page(qtbot, window, card):
    path = window.desk.path
    with qtbot.waitSignal(window.desk.backed_up, timeout=WAIT):
        card.now.click()
    qtbot.waitUntil(lambda: window.desk.idle, timeout=WAIT)
    before = path.read_bytes()
    card.ask.click()
    card._passphrase.setText("wrong")
    card._do.click()
    page = window._unlock
    qtbot.waitUntil(lambda: "does not open" in page._problem.sentence, timeout=WAIT)
    qtbot.waitUntil(page._field.isEnabled, timeout=WAIT)
    assert path.read_bytes() == before
    assert list(path.parent.glob("*before-restore*")) == []
    page._field.setText(PASSPHRASE)
    with qtbot.waitSignal(window.desk.opened, timeout=WAIT):
        page.start()


def test_a_backup_newer_than_the_state_put_back_says_what_it_is(qtbot, window, card):
    first = card
    with qtbot.waitSignal(window.desk.backed_up, timeout=WAIT):
        first.now.click()
    qtbot.waitUntil(lambda: window.desk.idle and first.list.count() == 1, timeout=WAIT)
    change(qtbot, window.desk, 2)
    with qtbot.waitSignal(window.desk.backed_up, timeout=WAIT):
        first.now.click()
    qtbot.waitUntil(lambda: window.desk.idle and first.list.count() == 2, timeout=WAIT)
    first.list.setCurrentRow(1)
    first.ask.click()
    first._passphrase.setText(PASSPHRASE)
    with qtbot.waitSignals([window.desk.opened, window.desk.told], timeout=WAIT):
        first._do.click()
    window.show_room("safekeeping")
    again = next(one for one in window.room.cards if isinstance(one, BackupsCard))
    qtbot.waitUntil(lambda: again.list.count() == 2, timeout=WAIT)
    rows = [again.list.item(n).data(int(RowRole.ROW)).second for n in range(2)]
    assert "more than here: made before an older state was put back" in rows[0]
    assert "nothing is missing" in rows[1]
