"""Marks reached by keys, and what a screen reader says as one reads."""

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt

from tests.ui.read.steps import calm, open_document, open_reference
from ui.main_window.header import Header
from ui.widgets.status import SaveStatus

QUOTES = ("Detained person brought in", "Restrained by four officers", "Checked through hatch")


@pytest.fixture
def marked(qtbot, room):
    """The room at a document with three marks, made in another order than they stand in."""
    open_reference(qtbot, room, "2010-07")
    open_document(qtbot, room, "999 call")
    view = room.reader.view
    for quote in reversed(QUOTES):
        at = view.characters(1).text.index(quote)
        view.select(1, at, at + len(quote))
        qtbot.keyClick(view, Qt.Key.Key_M)
        calm(qtbot, room)
    view.chosen_mark = ""  # the one just made: as when the case is opened anew
    return room


def quote_in_hand(room):
    return room.judging.mark(room.reader.view.chosen_mark).anchor.quote


def test_every_mark_is_reached_and_said_and_after_the_last_comes_the_first(qtbot, marked, heard):
    for turn in (*QUOTES, QUOTES[0]):
        qtbot.keyClick(marked.reader.view, Qt.Key.Key_F8)
        assert quote_in_hand(marked) == turn
        assert turn in heard[-1]
    assert heard[-1].startswith("Mark 1 of 3, page 1")
    qtbot.keyClick(marked.reader.view, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert quote_in_hand(marked) == QUOTES[-1]


def test_the_mark_that_was_gone_to_is_opened_by_enter_and_attached_by_e(qtbot, marked):
    marked.sheet.open_factor("IND-FORCE")
    qtbot.keyClick(marked, Qt.Key.Key_F7)
    qtbot.waitUntil(marked.reader.twin.hasFocus)
    qtbot.keyClick(marked.reader.twin, Qt.Key.Key_F8)
    qtbot.keyClick(marked.reader.twin, Qt.Key.Key_F8)
    twin = marked.reader.twin
    assert twin.hasFocus()
    assert twin.words[twin.textCursor().position() :].startswith(QUOTES[1])
    qtbot.keyClick(twin, Qt.Key.Key_Return)
    assert marked.card.isVisible()
    qtbot.keyClick(marked.card, Qt.Key.Key_Escape)
    assert twin.hasFocus()
    qtbot.keyClick(twin, Qt.Key.Key_F8)
    assert quote_in_hand(marked) == QUOTES[2]  # on from where the hand was
    qtbot.keyClick(twin, Qt.Key.Key_E)
    calm(qtbot, marked)
    attached = {m.tip.split("\n")[0] for m in marked.reader.marks if m.attached}
    assert attached == {"Use of force and restraint"}


def test_where_there_is_no_mark_it_is_said(qtbot, room, heard):
    open_reference(qtbot, room, "2010-07")
    open_document(qtbot, room, "999 call")
    qtbot.keyClick(room.reader.view, Qt.Key.Key_F8)
    assert heard[-1] == "There is no mark in this document."
    assert room.reader.foot.about.text() == "There is no mark in this document."


def test_from_a_page_with_none_the_nearest_one_that_way_is_next(qtbot, marked):
    marks, ear = marked.reader.marks, marked.by_ear
    marked.reader.view._page = 2
    assert ear._next(marks, 1) == 0
    assert ear._next(marks, -1) == 2
    marked.reader.view._page = 0
    assert ear._next(marks, -1) == 2


def test_the_page_is_said_with_its_marks(qtbot, marked, heard):
    marked.by_ear.say_page()
    assert heard[-1] == "Page 1 of 3, 3 marks"


def test_nothing_of_a_covered_document_is_said_or_shown(qtbot, room, heard):
    open_reference(qtbot, room, "2010-07")
    open_document(qtbot, room, "Custody record")
    assert room.reader.covered
    heard.clear()
    qtbot.keyClick(room.reader.cover, Qt.Key.Key_F7)
    qtbot.keyClick(room.reader.cover, Qt.Key.Key_F8)
    room.by_ear.say_page()
    assert heard == []
    assert room.reader.twin.isHidden()


def test_how_many_were_found_is_said(qtbot, marked, heard):
    marked._find_everywhere("officers")
    qtbot.waitUntil(lambda: any("page" in one and "case" in one for one in heard))


def test_it_is_said_when_the_last_change_is_on_the_disk_and_when_it_is_not(qtbot, heard):
    status = SaveStatus()
    qtbot.addWidget(status)
    status.show()
    status.saving()
    status.saved(datetime(2026, 3, 1, 9, 30, tzinfo=UTC))
    status.not_saved()
    assert heard == ["Saved", "Not saved"]


def test_turning_pages_is_saved_without_a_word_until_something_was_not_saved(qtbot, marked, heard):
    header = Header()
    qtbot.addWidget(header)
    header.heed(marked.desk)
    header.show()

    def turn_to(page):
        marked.reader.view.go_to(page)
        marked.reading.keep_place()
        calm(qtbot, marked)
        qtbot.waitUntil(lambda: header.status.words.startswith("Saved"))

    turn_to(2)
    assert "Saved" not in heard
    header.status.not_saved()
    turn_to(3)
    assert heard.count("Saved") == 1
    turn_to(1)
    assert heard.count("Saved") == 1
    marked.judging.delete_mark(marked.judging.material.marks[0].id)
    qtbot.waitUntil(lambda: heard.count("Saved") == 2)
