"""The desk: opens, tells what changed and when it was saved, locks without losing a word."""

import pytest
from sqlcipher3 import dbapi2

from reviewer.casebook import schema
from reviewer.casebook.change import EVERYTHING
from reviewer.casebook.engine import Database
from reviewer.errors import StateError, UnlockError
from reviewer.records.judgement import Rating
from tests.reviewer.casebook.interrupted import interrupt
from tests.reviewer.casebook.test_swapped import swap
from tests.ui.sample import PASSPHRASE


@pytest.fixture
def open_desk(qtbot, desk, panellist_file):
    with qtbot.waitSignal(desk.opened, timeout=10000):
        desk.open(panellist_file, PASSPHRASE).run()
    return desk


def rate(desk, value):
    about = desk.about

    def work(book):
        case = book.cases.all()[0].id
        rating = Rating(factor=about.framework.codes[0], value=value)
        return book.ratings.put(about.member, case, about.round, rating)

    return desk.do(work)


def first_value(qtbot, desk):
    read = []
    about = desk.about

    def work(book):
        case = book.cases.all()[0].id
        return book.ratings.of(about.member, case, about.round)[about.framework.codes[0]].value

    desk.ask(work).succeeded(read.append).run()
    qtbot.waitUntil(lambda: bool(read), timeout=5000)
    return read[0]


def test_a_change_tells_every_view_what_and_when(qtbot, open_desk):
    changes, saves = [], []
    open_desk.changed.connect(changes.append)
    open_desk.saved.connect(saves.append)
    rate(open_desk, 3).run()
    qtbot.waitUntil(lambda: bool(saves), timeout=5000)
    assert "rating" in changes[0].tables
    assert saves[0].tzinfo is not None
    assert first_value(qtbot, open_desk) == 3


def test_undo_and_redo_travel_through_the_same_signal(qtbot, open_desk):
    before = first_value(qtbot, open_desk)
    rate(open_desk, 4).run()
    assert first_value(qtbot, open_desk) == 4
    with qtbot.waitSignal(open_desk.changed):
        open_desk.do(lambda book: book.undo()).run()
    assert first_value(qtbot, open_desk) == before
    with qtbot.waitSignal(open_desk.changed):
        open_desk.do(lambda book: book.redo()).run()
    assert first_value(qtbot, open_desk) == 4


def test_wrong_passphrase_fails_and_nothing_is_open(qtbot, desk, panellist_file):
    errors = []
    job = desk.open(panellist_file, "not the one").failed(errors.append)
    job.run()
    qtbot.waitUntil(lambda: bool(errors), timeout=5000)
    assert isinstance(errors[0], UnlockError)
    assert desk.about is None


def test_what_is_put_while_locking_reaches_the_file(qtbot, open_desk, panellist_file):
    open_desk.locking.connect(lambda: rate(open_desk, 2).run())
    with qtbot.waitSignal(open_desk.locked):
        open_desk.lock()
    assert open_desk.about is None
    with qtbot.waitSignal(open_desk.opened, timeout=10000):
        open_desk.open(panellist_file, PASSPHRASE).run()
    assert first_value(qtbot, open_desk) == 2


def test_reading_a_locked_casebook_is_refused_in_words(qtbot, open_desk):
    with qtbot.waitSignal(open_desk.locked):
        open_desk.lock()
    errors = []
    open_desk.ask(lambda book: book.cases.all()).failed(errors.append).run()
    qtbot.waitUntil(lambda: bool(errors), timeout=5000)
    assert isinstance(errors[0], StateError)


def test_long_work_that_fails_still_tells_the_views_to_read_again(qtbot, open_desk):
    changes, errors = [], []
    open_desk.changed.connect(changes.append)

    def work(_book, _progress):
        raise StateError("Stopped half way.")

    open_desk.work(work, changes=True).failed(errors.append).run()
    qtbot.waitUntil(lambda: bool(errors) and bool(changes), timeout=5000)
    assert {"inquiry_case", "document", "rating"} <= changes[0].tables


def test_everything_told_by_long_work_names_real_tables():
    connection = dbapi2.connect(":memory:", isolation_level=None)
    database = Database(connection, execute_plugins=False)
    schema.migrations.apply(database)
    assert EVERYTHING.tables <= set(schema.tables(database))
    connection.close()


def test_new_passphrase_opens_and_the_old_one_does_not(qtbot, open_desk, panellist_file):
    done = []
    open_desk.rekey("another one entirely").succeeded(lambda _none: done.append(True)).run()
    qtbot.waitUntil(lambda: bool(done), timeout=5000)
    with qtbot.waitSignal(open_desk.locked):
        open_desk.lock()
    errors = []
    open_desk.open(panellist_file, PASSPHRASE).failed(errors.append).run()
    qtbot.waitUntil(lambda: bool(errors), timeout=5000)
    with qtbot.waitSignal(open_desk.opened):
        open_desk.open(panellist_file, "another one entirely").run()


def test_a_file_that_a_sync_client_swaps_is_not_called_saved(qtbot, open_desk):
    """The window comes to the unlock screen and says where the work is."""
    path, saves, told = open_desk.path, [], []
    rate(open_desk, 3).run()
    qtbot.waitUntil(lambda: open_desk.idle)
    open_desk.saved.connect(saves.append)
    open_desk.failed.connect(lambda error: told.append(str(error)))
    swap(path)
    with qtbot.waitSignal(open_desk.locked):
        rate(open_desk, 2).run()
    qtbot.waitUntil(lambda: bool(told))
    assert not saves
    (kept,) = path.parent.glob("*.saved-elsewhere-*.casebook")
    assert [kept.name in sentence for sentence in told] == [True]
    with qtbot.waitSignal(open_desk.opened):
        open_desk.open(kept, PASSPHRASE).run()
    assert first_value(qtbot, open_desk) == 3


def test_a_file_swapped_after_the_last_change_is_told_after_locking(qtbot, open_desk):
    path, told = open_desk.path, []
    rate(open_desk, 3).run()
    qtbot.waitUntil(lambda: open_desk.idle)
    open_desk.failed.connect(lambda error: told.append(str(error)))
    swap(path)
    with qtbot.waitSignal(open_desk.locked):
        open_desk.lock()
    qtbot.waitUntil(lambda: bool(told))
    assert "everything saved here" in told[0]


def test_a_casebook_that_was_interrupted_opens_whole_and_the_window_says_so(
    qtbot, desk, panellist_file
):
    interrupt(panellist_file, PASSPHRASE)
    told = []
    desk.told.connect(told.append)
    with qtbot.waitSignal(desk.opened):
        desk.open(panellist_file, PASSPHRASE).run()
    qtbot.waitUntil(lambda: bool(told))
    assert "was interrupted before it was whole, so it was taken back" in told[0]
    assert f"{panellist_file.name}.interrupted-" in told[0]
    with qtbot.waitSignal(desk.locked):
        desk.lock()
    with qtbot.waitSignal(desk.opened):
        desk.open(panellist_file, PASSPHRASE).run()
    assert len(told) == 1
