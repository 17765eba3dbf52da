"""Long work beside the casebook's thread: reading goes on; no other casebook gets a step."""

import threading

import pytest

from reviewer.errors import Cancelled, StateError
from reviewer.records.cases import Case
from reviewer.records.ids import CaseId, new_id
from tests.ui.sample import PASSPHRASE
from tests.ui.waiting import WAIT


@pytest.fixture
def held():
    """Where a test holds the long thread until it lets it go on."""
    go = threading.Event()
    yield go
    go.set()


def unlock(qtbot, desk, path):
    with qtbot.waitSignal(desk.opened, timeout=WAIT):
        desk.open(path, PASSPHRASE).run()


def run(job):
    """Run a job; return what it ended in: results and exceptions, in order, then None."""
    ended = []
    job.succeeded(ended.append).failed(ended.append).finished(lambda: ended.append(None)).run()
    return ended


def case(reference):
    return Case(id=CaseId(new_id()), reference=reference, title="")


def test_a_question_is_answered_between_two_steps(qtbot, desk, chair_file, held):
    unlock(qtbot, desk, chair_file)
    order = []

    def long(steps, _progress):
        order.append(steps(lambda book: len(book.cases.all())))
        held.wait(WAIT / 1000)
        order.append("second")
        return steps(lambda book: book.about.title)

    ended = run(desk.aside(long))
    qtbot.waitUntil(lambda: bool(order), timeout=WAIT)
    with qtbot.waitSignal(desk.saved, timeout=WAIT):
        desk.do(lambda book: book.cases.add([case("between")])).succeeded(order.append).run()
    asked = run(desk.ask(lambda book: book.cases.by_reference("between").reference))
    qtbot.waitUntil(lambda: len(asked) == 2, timeout=WAIT)
    assert asked == ["between", None]
    assert "second" not in order
    held.set()
    qtbot.waitUntil(lambda: len(ended) == 2, timeout=WAIT)
    assert ended[0] == desk.about.title


def test_what_is_typed_before_is_stored_before(qtbot, desk, chair_file):
    unlock(qtbot, desk, chair_file)
    desk.do(lambda book: book.cases.add([case("typed")])).run()
    ended = run(desk.aside(lambda steps, _told: steps(lambda b: b.cases.by_reference("typed"))))
    qtbot.waitUntil(lambda: len(ended) == 2, timeout=WAIT)
    assert ended[0].reference == "typed"


def test_a_lock_stops_it_and_the_next_casebook_gets_no_step(
    qtbot, desk, chair_file, panellist_file, held
):
    unlock(qtbot, desk, chair_file)
    began, steps_of = [], []

    def long(steps, _progress):
        began.append(True)
        held.wait(WAIT / 1000)
        with pytest.raises(Cancelled) as refused:
            steps(lambda book: steps_of.append(book.about.kind))
        raise refused.value

    ended = run(desk.aside(long, changes=True))
    qtbot.waitUntil(lambda: bool(began), timeout=WAIT)
    desk.lock()
    unlock(qtbot, desk, panellist_file)
    held.set()
    qtbot.waitUntil(lambda: bool(ended), timeout=WAIT)
    assert (ended, steps_of) == ([None], [])


def test_a_step_after_the_lock_is_silence(qtbot, desk, chair_file, held):
    unlock(qtbot, desk, chair_file)
    began = []

    def long(steps, _progress):
        began.append(True)
        held.wait(WAIT / 1000)
        return steps(lambda book: book.about.kind)

    ended = run(desk.aside(long))
    qtbot.waitUntil(lambda: bool(began), timeout=WAIT)
    with qtbot.waitSignal(desk.locked, timeout=WAIT):
        desk.lock()
    held.set()
    qtbot.waitUntil(lambda: bool(ended), timeout=WAIT)
    assert ended == [None]


def test_without_an_open_casebook_it_fails_as_other_work_does(qtbot, desk):
    ended = run(desk.aside(lambda steps, _progress: steps(lambda book: book.about.kind)))
    qtbot.waitUntil(lambda: len(ended) == 2, timeout=WAIT)
    assert isinstance(ended[0], StateError)


def test_what_was_stored_before_a_stop_is_shown(qtbot, desk, chair_file):
    unlock(qtbot, desk, chair_file)

    def long(steps, progress):
        steps(lambda book: book.cases.add([case("stored")]))
        job.cancel()
        progress.step(1, 2)

    job = desk.aside(long, changes=True)
    changes = []
    desk.changed.connect(changes.append)
    ended = run(job)
    qtbot.waitUntil(lambda: bool(ended), timeout=WAIT)
    qtbot.waitUntil(lambda: any("inquiry_case" in one.tables for one in changes), timeout=WAIT)
    assert ended == [None]
