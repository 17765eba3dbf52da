"""The chair who does not rate reads all the same, and comes from a cell to its pages and back."""

import pytest
from PySide6.QtCore import Qt

from tests.books import PASSPHRASE
from tests.ui.chair.panel import NAMES, issued_panel, released_panel
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
