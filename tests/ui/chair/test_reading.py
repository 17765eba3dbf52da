"""The chair who does not rate reads all the same, and comes from a cell to its pages and back."""

import pytest
from PySide6.QtCore import Qt

from tests.books import PASSPHRASE
from tests.ui.chair.panel import NAMES, issued_panel, released_panel
from tests.ui.sample import PASSPHRASE as WORDS
from tests.ui.sample import chair_casebook
from ui.reader.shown import Shown
from ui.rooms.catalogue import rooms_for
from ui.widgets.chip import EvidenceChip
from ui.widgets.text import Label


@pytest.fixture
def chair(qtbot, window, tmp_path):
    with qtbot.waitSignal(window.desk.opened):
        window.desk.open(released_panel(tmp_path), PASSPHRASE).run()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def enter(qtbot, window, ident):
    window.show_room(ident)
    qtbot.waitUntil(lambda: window.desk.idle)
    return window.room


def test_the_chair_reads_and_searches_without_a_sheet(qtbot, window, tmp_path):
    path, _ = issued_panel(tmp_path)
    with qtbot.waitSignal(window.desk.opened):
        window.desk.open(path, PASSPHRASE).run()
    titles = [entry.title for entry in rooms_for(window.desk.about)]
    assert "Read" in titles
    room = enter(qtbot, window, "read")
    qtbot.waitUntil(lambda: room.reading.document is not None)
    assert not room._right.isVisible()
    assert room.reader.isVisible()
    assert room.cases.foot.whole == "4 cases"
    room.reader.view.select(1, 0, 4)
    assert not room.reader.bar.isVisible(), "nobody marks here"
    qtbot.keyClick(room.reader.view, Qt.Key.Key_M)
    assert room.judging.material.marks == ()
    room._find_everywhere("invented")
    qtbot.waitUntil(lambda: window.desk.idle)
    assert room.results.isVisible()


@pytest.fixture
def reading(qtbot, window, tmp_path):
    with qtbot.waitSignal(window.desk.opened):
        window.desk.open(chair_casebook(tmp_path, cases=5), WORDS).run()
    room = enter(qtbot, window, "read")
    qtbot.waitUntil(lambda: room.reading.document is not None)
    return window


def where(window):
    room = window.room
    return room.judging.material.case.reference, room.reader.view.page


def lead(qtbot, window, reference, page):
    qtbot.waitUntil(lambda: window.desk.idle and where(window) == (reference, page))


def test_the_number_of_a_page_in_its_case_stands_beside_it(qtbot, reading):
    reader = reading.room.reader
    assert where(reading) == ("2009-01", 1)
    assert reader.foot.number.text() == "{2009-01/1}"
    reader.go_to(3)
    qtbot.waitUntil(lambda: reader.foot.number.text() == "{2009-01/3}")
    assert reader.thumbnails.caption(3) == "3  {3}"
    reader.thumbnails.set_document("other", [(100, 100)] * 3, first=12)
    assert reader.thumbnails.caption(3) == "3  {14}"
    assert Shown(key="", title="", sizes=(), reference="A-1", first=12).cited(3) == "{A-1/14}"
    assert Shown(key="", title="", sizes=(), reference="A-1").cited(3) == "", "it has none"


def test_a_numbered_page_is_typed_where_a_page_is(qtbot, reading):
    foot = reading.room.reader.foot
    reading.room.reader.to_page_field()  # Ctrl G
    qtbot.keyClicks(foot.page, "{2009-04/5}")
    assert foot.page.maximumWidth() >= 140, "there is room to see what is typed"
    qtbot.keyClick(foot.page, Qt.Key.Key_Return)
    lead(qtbot, reading, "2009-04", 5)
    assert reading.focusWidget() is reading.room.reader.view
    assert not reading.room.reader.find_bar.isVisible()


def test_where_there_is_no_room_beside_the_page_the_number_stands_under_the_small_ones(
    qtbot, reading
):
    foot = reading.room.reader.foot
    assert foot.number.isVisible()
    narrow = foot.minimumSizeHint().width()
    foot.resize(narrow, foot.height())
    assert not foot.number.isVisible()
    assert foot.minimumSizeHint().width() <= narrow, "it widens nothing"
    foot.resize(narrow + 300, foot.height())
    assert foot.number.isVisible()


def test_a_numbered_page_is_typed_where_words_are_looked_for(qtbot, reading):
    room = reading.room
    room._find()
    room.reader.find_bar.field.setText("{2009-03/4}")
    lead(qtbot, reading, "2009-03", 4)
    room._find_everywhere("{2009-02/2}")
    lead(qtbot, reading, "2009-02", 2)
    assert room._middle.currentWidget() is room.reader
    assert not room.reader.find_bar.isVisible()


def test_finding_in_everything_can_be_opened_again_after_it_led_to_a_page(qtbot, reading):
    room = reading.room
    room._find_everywhere("")
    qtbot.keyClicks(room.results.field, "{2009-04/5}")
    lead(qtbot, reading, "2009-04", 5)
    assert reading.focusWidget() is room.reader.view
    room._find_everywhere("")
    assert room.results.words == ""
    qtbot.waitUntil(lambda: reading.desk.idle)
    assert room._middle.currentWidget() is room.results
    qtbot.keyClicks(room.results.field, "{2009-04/500}")
    with qtbot.waitSignal(room.tells):
        qtbot.keyClick(room.results.field, Qt.Key.Key_Return)
    assert room.results.words == "{2009-04/500}", "it can be mended"


def test_a_reference_that_is_no_longer_typed_leads_nowhere(qtbot, reading):
    room = reading.room
    room._find_everywhere("{2009-04/5}")
    room.results.field.setText("zebra")
    qtbot.waitUntil(lambda: reading.desk.idle)
    assert where(reading)[0] == "2009-01"
    assert room._middle.currentWidget() is room.results


def test_a_reference_that_leads_nowhere_is_told_why(qtbot, reading):
    room = reading.room
    for typed, why in (
        ("{2009-04/500}", "No page of 2009-04 has the number 500."),
        ("{2031-04/5}", "There is no case 2031-04 in this casebook."),
    ):
        with qtbot.waitSignal(room.tells) as told:
            room.reader.foot.cited.emit(typed)
        assert told.args == [why]
    withdraw = reading.desk.do(
        lambda book: book.documents.withdraw(
            book.documents.of(book.cases.by_reference("2009-04").id)[0].id, "Sent in error"
        )
    )
    withdraw.run()
    qtbot.waitUntil(lambda: reading.desk.idle)
    with qtbot.waitSignal(room.tells) as told:
        room.searching.cite("{2009-04/5}")
    assert "which is no longer shown" in told.args[0]
    assert where(reading)[0] == "2009-01"


def to_a_page(qtbot, window):
    """Go from a cell of the map to a page that was marked, as the keys do."""
    room = enter(qtbot, window, "agreement")
    qtbot.waitUntil(lambda: room.map.current is not None)
    room.map.setFocus()
    qtbot.keyClick(room.map, Qt.Key.Key_Return)
    qtbot.waitUntil(room.ground.isVisible)
    chips = room.ground.findChildren(EvidenceChip)
    qtbot.waitUntil(lambda: window.focusWidget() is chips[0])
    qtbot.keyClick(chips[0], Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.room is not room and window.desk.idle)


def back(qtbot, window):
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)


def test_after_a_lock_nothing_leads_back_to_where_a_page_was_opened_from(qtbot, chair):
    to_a_page(qtbot, chair)
    with qtbot.waitSignal(chair.desk.locked):
        chair.actions_.run("lock")
    with qtbot.waitSignal(chair.desk.opened):
        chair.desk.open(chair.desk.path, PASSPHRASE).run()
    qtbot.waitUntil(lambda: chair.desk.idle)
    room = enter(qtbot, chair, "cases")
    back(qtbot, chair)
    assert chair.room is room


def test_a_cell_opens_its_ratings_and_a_page_and_back(qtbot, chair):
    room = enter(qtbot, chair, "agreement")
    qtbot.waitUntil(lambda: room.map.current is not None)
    room.map.setFocus()
    cell = room.map.current
    qtbot.keyClick(room.map, Qt.Key.Key_Return)
    qtbot.waitUntil(room.ground.isVisible)
    said = {label.text() for label in room.ground.findChildren(Label)}
    assert set(NAMES) <= said
    chips = room.ground.findChildren(EvidenceChip)
    assert len(chips) == len(NAMES)
    qtbot.waitUntil(lambda: chair.focusWidget() is chips[0])
    qtbot.keyClick(chips[0], Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: chair.room is not room)
    read = chair.room
    qtbot.waitUntil(lambda: read.reading.document is not None and chair.desk.idle)
    assert read.judging.material.case.reference == room._summary.panel.cases[cell.case].reference
    assert [mark.id for mark in read.reader._marks] == [chips[0].mark]
    back(qtbot, chair)
    assert chair.room is room
    assert room.ground.isVisible()
    qtbot.keyClick(room.ground, Qt.Key.Key_Escape)
    assert room.map.isVisible()
    assert chair.focusWidget() is room.map
    assert room.map.current == cell
    assert room.ground.findChildren(EvidenceChip) == []
