"""An event that nobody sent is kept over a lock, and says that it is not finished."""

import pytest
from PySide6.QtWidgets import QDialog

from reviewer.casebook.book import Casebook
from reviewer.chronology.keeping import keep_unfinished
from reviewer.records.events import Event
from reviewer.records.ids import EventId, new_id
from tests.books import PASSPHRASE
from tests.ui.test_unsent import NOT_SENT, SAVED, locked, settled
from tests.ui.waiting import WAIT
from ui.dialogs.event import EventDialog


def kept(file):
    with Casebook.open(file, PASSPHRASE) as book:
        cases = [case.id for case in book.cases.all()]
        return {one.what: one for case in cases for one in book.events.of(case)}


def from_a_page(qtbot, window, enter_room, file):
    room = enter_room(file, "read")
    qtbot.waitUntil(lambda: room.case_read is not None, timeout=WAIT)
    event = Event(id=EventId(new_id()), case=room.case_read, what="", lane="")
    room.begins_event.emit(event)
    qtbot.waitUntil(lambda: bool(dialogs(window)), timeout=WAIT)
    return dialogs(window)[0].fields


def dialogs(window):
    return [one for one in window.findChildren(QDialog) if isinstance(one, EventDialog)]


def beside_the_table(qtbot, window, enter_room, file):
    room = enter_room(file, "chronology")
    qtbot.waitUntil(room.add.isEnabled, timeout=WAIT)
    room.add.click()
    for _turn in range(5):  # the form begins once what it asked with last time is gone
        qtbot.wait(10)
    return room.form.fields


@pytest.mark.parametrize("begin", [from_a_page, beside_the_table])
def test_what_was_typed_stays_over_a_lock(qtbot, window, enter_room, file, begin):
    fields = begin(qtbot, window, enter_room, file)
    fields.what.setText("Neighbour hears shouting")
    fields.when.setText("2012-03-11T20:40")
    window.show_room("my-marks")
    settled(qtbot, window)
    said = locked(qtbot, window)
    assert SAVED in said
    assert NOT_SENT not in said
    made = kept(file)["Not finished: Neighbour hears shouting"]
    assert (made.when, made.lane) == ("2012-03-11T20:40", "not chosen")


@pytest.mark.parametrize("begin", [from_a_page, beside_the_table])
def test_what_is_too_long_to_be_kept_is_named(qtbot, window, enter_room, file, begin):
    fields = begin(qtbot, window, enter_room, file)
    fields.what.setText("long " * 2001)
    said = locked(qtbot, window)
    assert NOT_SENT in said
    assert "the form \u201cAdd an event\u201d" in said
    assert len(kept(file)) == 5


def test_nothing_typed_is_no_event(qtbot, window, enter_room, file):
    beside_the_table(qtbot, window, enter_room, file)
    assert SAVED in locked(qtbot, window)
    assert len(kept(file)) == 5


def test_a_change_that_was_begun_is_kept_and_what_was_emptied_stays(file):
    with Casebook.open(file, PASSPHRASE) as book:
        was = book.events.get(EventId("checked"))
        typed = Event(id=was.id, case=was.case, what=" ", lane="", when="2012-03-11T22:33")
        keep_unfinished(book, was, typed, "")
        now = book.events.get(was.id)
        assert (now.what, now.lane, now.when) == (was.what, "police", "2012-03-11T22:33")
        book.events.remove(was.id)
        keep_unfinished(book, was, typed, "")
        assert book.events.get(was.id) is None
        texts = {one.what for one in book.events.of(was.case)}
    assert "Not finished" in texts


@pytest.mark.parametrize(
    ("what", "quote", "told"),
    [
        ("", "a very long quotation " * 9, "Not finished: a very long quotation"),
        ("", "", "Not finished"),
        ("x" * 2000, "", "x" * 2000),
    ],
    ids=["the words of the page", "nothing", "as long as it may be"],
)
def test_it_is_called_by_what_there_is(file, what, quote, told):
    with Casebook.open(file, PASSPHRASE) as book:
        case = book.cases.all()[0].id
        typed = Event(id=EventId("new"), case=case, what=what, lane="")
        keep_unfinished(book, typed, typed, quote)
        made = book.events.get(EventId("new"))
    assert made.what.startswith(told)
    assert len(made.what) <= 2000
