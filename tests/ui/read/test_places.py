"""Where somebody is in each document outlives the lock: page, offset, zoom, turned pages."""

import pytest
from PySide6.QtCore import Qt

from reviewer.casebook.book import Casebook
from reviewer.records.reading import ReadingPlace, Turn
from tests.ui.read.inquiry import PASSPHRASE
from tests.ui.read.steps import calm, open_document, open_reference
from ui.reader.page.layout import Fit, ranges_of
from ui.reader.status_bar import Pages
from ui.rooms.read.room import ReadRoom
from ui.settings import Settings

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def again(qtbot, desk, path, tmp_path):
    """Unlock once more, and come to the room anew."""
    with qtbot.waitSignal(desk.opened, timeout=10_000):
        desk.open(path, PASSPHRASE).run()
    made = ReadRoom(desk, Settings(tmp_path / "settings.ini"))
    qtbot.addWidget(made)
    made.resize(1440, 800)
    made.show()
    with qtbot.waitSignal(made.judging.loaded, timeout=10_000):
        made.enter()
    calm(qtbot, made)
    return made


@pytest.mark.parametrize("how", ["lock", "leave"])
def test_the_place_is_there_again_after_a_lock(qtbot, room, path, tmp_path, how):
    desk = room.desk
    open_reference(qtbot, room, "2010-07")
    open_document(qtbot, room, "Photograph")
    open_document(qtbot, room, "999 call")
    view = room.reader.view
    view.setFocus()
    view.set_zoom(1.25)
    view.go_to(2)
    view.verticalScrollBar().setValue(view.verticalScrollBar().value() + 333)
    qtbot.keyClick(view, Qt.Key.Key_R, CONTROL | SHIFT)
    view.verticalScrollBar().setValue(view.verticalScrollBar().value() + 40)
    left = view.place()
    with qtbot.waitSignal(desk.locked, timeout=10_000):
        getattr(desk, how)()  # leave: what happens by itself when nobody is here
    qtbot.waitUntil(lambda: desk.idle)
    found = again(qtbot, desk, path, tmp_path)
    assert found.judging.material.case.reference == "2010-07"
    assert found.reader.document.title == "999 call"
    place = found.reader.view.place()
    assert (place.page, place.zoom, place.turns) == (left.page, 1.25, left.turns)
    assert place.turns == (Turn(first=2, last=2, degrees=270),)
    assert place.offset == pytest.approx(left.offset, abs=0.01)
    open_document(qtbot, found, "Photograph")
    assert found.reader.view.settings.turns == {}


def test_a_document_that_was_only_opened_is_the_one_in_hand_after_a_lock(
    qtbot, room, path, tmp_path
):
    open_reference(qtbot, room, "2010-07")
    open_document(qtbot, room, "Photograph")
    open_document(qtbot, room, "999 call")
    room.settle()
    desk = room.desk
    with qtbot.waitSignal(desk.locked, timeout=10_000):
        desk.lock()
    qtbot.waitUntil(lambda: desk.idle)
    second = again(qtbot, desk, path, tmp_path)
    assert second.reader.document.title == "999 call"
    open_document(qtbot, second, "Photograph")
    with qtbot.waitSignal(desk.locked, timeout=10_000):
        desk.lock()
    qtbot.waitUntil(lambda: desk.idle)
    third = again(qtbot, desk, path, tmp_path)
    assert third.reader.document.title == "Photograph"
    with qtbot.waitSignal(desk.locked, timeout=10_000):
        desk.lock()
    qtbot.waitUntil(lambda: desk.idle)
    with Casebook.open(path, PASSPHRASE) as book:
        reads = [one for one in book.journal.tail(500) if one.action == "read"]
    fourth = again(qtbot, desk, path, tmp_path)
    assert fourth.reader.document.title == "Photograph"
    fourth.settle()
    qtbot.waitUntil(lambda: desk.idle)
    with qtbot.waitSignal(desk.locked, timeout=10_000):
        desk.lock()
    qtbot.waitUntil(lambda: desk.idle)
    with Casebook.open(path, PASSPHRASE) as book:
        assert [one for one in book.journal.tail(500) if one.action == "read"] == reads


def test_pages_are_turned_by_ranges_and_both_ways(qtbot, room):
    open_reference(qtbot, room, "2010-07")
    open_document(qtbot, room, "999 call")
    view, foot = room.reader.view, room.reader.foot
    view.setFocus()
    view.go_to(2)
    qtbot.keyClick(view, Qt.Key.Key_R, CONTROL)
    assert view.settings.turns == {2: 90}
    qtbot.keyClick(view, Qt.Key.Key_R, CONTROL | SHIFT)
    assert view.settings.turns == {}
    foot.turn_asked.emit(-90, Pages.ONWARD)
    assert view.settings.turns == {2: 270, 3: 270}
    foot.turn_asked.emit(90, Pages.ALL)
    assert view.settings.turns == {1: 90}
    assert ranges_of({1: 90, 2: 90, 3: 180}) == (
        Turn(first=1, last=2, degrees=90),
        Turn(first=3, last=3, degrees=180),
    )


def test_a_document_never_opened_takes_the_zoom_at_hand(qtbot, room):
    open_reference(qtbot, room, "2010-07")
    open_document(qtbot, room, "999 call")
    room.reader.view.set_zoom(1.5)
    open_document(qtbot, room, "Photograph")
    assert room.reader.view.settings.fit is Fit.FREE
    assert room.reader.view.zoom == pytest.approx(1.5)


def test_the_casebook_keeps_the_place_and_an_older_one_has_its_page(path):
    with Casebook.open(path, PASSPHRASE) as book:
        document = book.documents.all()[0]
        with book.reading._writer.change("read") as tx:  # as format 2 did
            tx.put("reading", {"document": document.id, "page": 2, "uncovered": 1})
        assert book.reading.of(document.id) == ReadingPlace(page=2, uncovered=True)
        place = ReadingPlace(
            page=3,
            offset=0.25,
            fit="free",
            zoom=1.5,
            turns=(Turn(first=1, last=2, degrees=90),),
            uncovered=True,
        )
        book.reading.put(document.id, place)
    with Casebook.open(path, PASSPHRASE) as book:
        assert book.reading.of(document.id) == place
        assert book.reading.latest_case() == document.case
        assert book.reading.latest_of(document.case) == document.id


def test_a_page_that_is_turned_stays_the_page_that_turning_back_means(qtbot, room):
    open_reference(qtbot, room, "2010-07")
    open_document(qtbot, room, "999 call")
    view, bar = room.reader.view, room.reader.view.verticalScrollBar()
    for place in range(0, bar.maximum(), 97):
        bar.setValue(place)
        page = view.page
        view.turn()
        assert (view.settings.turns, view.page) == ({page: 90}, page)
        view.turn(-90)
        assert (view.settings.turns, view.page) == ({}, page)


def test_the_page_keys_act_from_the_sheet_and_the_list(qtbot, room):
    open_reference(qtbot, room, "2010-07")
    open_document(qtbot, room, "999 call")
    row = room.sheet.rows[room.sheet.factor.code]
    for held in (row, room.cases.list, room.cases.filter):
        held.setFocus()
        qtbot.keyClick(held, Qt.Key.Key_R, CONTROL)
        assert room.reader.view.settings.turns == {1: 90}
        qtbot.keyClick(held, Qt.Key.Key_R, CONTROL | SHIFT)
        assert room.reader.view.settings.turns == {}
        qtbot.keyClick(held, Qt.Key.Key_G, CONTROL)
        assert room.reader.foot.page.hasFocus()
