"""A large casebook is read while it is checked, and changed only afterwards."""

import threading

import pytest

from reviewer.casebook.book import Casebook
from reviewer.casebook.file import checking
from reviewer.errors import DamagedError
from reviewer.records.judgement import Rating
from tests.books import sql_of
from tests.ui.sample import PASSPHRASE, panellist_casebook
from tests.ui.test_desk import first_value, rate
from ui.rooms.opening.unlock import UnlockRoom

WAIT = 10_000


@pytest.fixture
def held(monkeypatch):
    """Call every casebook large, and hold its checks until the event is set."""
    go = threading.Event()
    real = checking.examine

    def examine(*arguments):
        assert go.wait(60)
        return real(*arguments)

    monkeypatch.setattr(checking, "LARGE", 0)
    monkeypatch.setattr(checking, "examine", examine)
    yield go
    go.set()


def unlock(qtbot, desk, path):
    with qtbot.waitSignal(desk.opened, timeout=WAIT):
        desk.open(path, PASSPHRASE).run()


def test_reading_is_answered_at_once_while_a_change_waits_for_the_verdict(
    qtbot, desk, panellist_file, held
):
    unlock(qtbot, desk, panellist_file)
    assert desk.checking
    before = first_value(qtbot, desk)
    rate(desk, (before or 0) % 4 + 1).run()
    assert first_value(qtbot, desk) == before, "and the checks are still held"
    with qtbot.waitSignals([desk.checked, desk.saved], timeout=WAIT):
        held.set()
    assert not desk.checking
    assert first_value(qtbot, desk) == (before or 0) % 4 + 1


@pytest.mark.usefixtures("light")
def test_the_window_says_so_and_opens_scoring_by_itself(qtbot, window, tmp_path, held):
    unlock(qtbot, window.desk, panellist_casebook(tmp_path))
    window.show_room("read")
    sheet = window.room.sheet
    qtbot.waitUntil(lambda: window.room.judging.material is not None, timeout=WAIT)
    qtbot.waitUntil(lambda: sheet._read_only, timeout=WAIT)
    assert window.header.status.words == "Checking the file..."
    assert "You can read; scoring opens in a moment" in window.room.judging.read_only
    held.set()
    qtbot.waitUntil(lambda: not sheet._read_only, timeout=WAIT)
    assert window.header.status.words == "Everything saved"


def test_locking_does_not_lose_a_change_that_waits(qtbot, desk, panellist_file, held):
    unlock(qtbot, desk, panellist_file)
    rate(desk, 2).run()
    held.set()
    with qtbot.waitSignal(desk.locked, timeout=WAIT):
        desk.lock()
    unlock(qtbot, desk, panellist_file)
    qtbot.waitUntil(lambda: not desk.checking, timeout=WAIT)
    assert first_value(qtbot, desk) == 2


def spliced(path):
    with Casebook.open(path, PASSPHRASE) as book:
        book.backup()
        sql_of(book).execute("UPDATE inquiry_case SET title = 'old' WHERE position = 1")
    return path.read_bytes()


def test_a_bad_verdict_closes_the_casebook_and_changes_nothing(qtbot, window, tmp_path, held):
    path = panellist_casebook(tmp_path)
    held.set()
    before = spliced(path)
    held.clear()
    unlock(qtbot, window.desk, path)
    rate(window.desk, 4).run()
    with qtbot.waitSignal(window.desk.damaged, timeout=WAIT) as told:
        held.set()
    assert isinstance(told.args[0], DamagedError)
    assert window.desk.about is None
    assert isinstance(window.room, UnlockRoom)
    assert "old pages" in window.room._problem.sentence
    qtbot.waitUntil(window._unlock.way_out.isVisible, timeout=WAIT)
    assert window._unlock._unlock.text() == "Restore and open"
    qtbot.waitUntil(lambda: window.desk.idle, timeout=WAIT)
    assert path.read_bytes() == before


def keep(desk, value):
    """Rate as the scoring sheet does: what a person typed is never dropped."""
    rating = Rating(factor=desk.about.framework.codes[0], value=value)
    member, round_ = desk.about.member, desk.about.round

    def change(book):
        return book.ratings.put(member, book.cases.all()[0].id, round_, rating)

    return desk.do(change, keep=True)


def test_what_was_typed_while_the_checks_failed_is_kept_for_the_next_unlock(
    qtbot, desk, panellist_file, held, monkeypatch
):
    def pulled(*_arguments):
        held.wait(60)
        raise OSError(5, "Input/output error")

    unlock(qtbot, desk, panellist_file)
    before = first_value(qtbot, desk)
    with monkeypatch.context() as patch:
        patch.setattr(checking, "examine", pulled)
        with qtbot.waitSignal(desk.locked, timeout=WAIT):
            desk.lock()
        unlock(qtbot, desk, panellist_file)
        keep(desk, (before or 0) % 4 + 1).run()
        with qtbot.waitSignal(desk.damaged, timeout=WAIT):
            held.set()
        assert desk.unkept
    with qtbot.waitSignal(desk.changed, timeout=WAIT):
        desk.open(panellist_file, PASSPHRASE).run()
    assert first_value(qtbot, desk) == (before or 0) % 4 + 1
    assert not desk.unkept


def test_the_key_that_the_checks_were_given_is_gone_after_the_lock(
    qtbot, desk, panellist_file, held
):
    unlock(qtbot, desk, panellist_file)
    assert desk._examination is not None
    held.set()
    with qtbot.waitSignal(desk.locked, timeout=WAIT):
        desk.lock()
    assert desk._examination is None


def test_an_older_casebook_is_told_until_somebody_chose_it(qtbot, window, tmp_path):
    path = panellist_casebook(tmp_path)
    old = path.read_bytes()
    unlock(qtbot, window.desk, path)
    rate(window.desk, 4).run()
    qtbot.waitUntil(lambda: window.desk.idle, timeout=WAIT)
    with qtbot.waitSignal(window.desk.locked, timeout=WAIT):
        window.desk.lock()
    path.write_bytes(old)
    for _ in range(2):
        unlock(qtbot, window.desk, path)
        assert window._older.isVisible()
        assert "older than the one this computer has seen" in window._older.sentence
        with qtbot.waitSignal(window.desk.locked, timeout=WAIT):
            window.desk.lock()
        assert not window._older.isVisible()
    unlock(qtbot, window.desk, path)
    window._older._action.click()
    qtbot.waitUntil(lambda: not window._older.isVisible(), timeout=WAIT)
    with qtbot.waitSignal(window.desk.locked, timeout=WAIT):
        window.desk.lock()
    unlock(qtbot, window.desk, path)
    assert not window._older.isVisible()
