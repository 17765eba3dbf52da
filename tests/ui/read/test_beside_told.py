"""What is told of the second document: what is not on its pages, its words, its marks."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from reviewer.records.cases import DocumentState
from tests.ui.read.family import NOTES, give_family
from tests.ui.read.steps import calm, open_document, open_reference
from tests.ui.read.test_beside import CONTROL, arrived, both, open_beside, select


@pytest.fixture
def family(path):
    """The mail and its attachment, added before the room is opened."""
    return give_family(path)


def test_what_is_not_on_the_pages_of_the_second_document_is_told_below_it(qtbot, family, room):
    open_reference(qtbot, room, "2010-07")
    open_document(qtbot, room, "999 call")
    open_beside(qtbot, room, "Re: the hatch")
    pane = room.beside.pane
    assert pane.below.notes.isVisible()
    assert pane.below.notes.notes == NOTES
    assert not room.below.notes.isVisible()
    qtbot.keyClick(pane.reader.view, Qt.Key.Key_I, CONTROL)
    assert pane.below.notes.list.hasFocus()
    room.reader.view.setFocus()
    qtbot.keyClick(room.reader.view, Qt.Key.Key_I, CONTROL)
    assert not room.below.notes.list.isVisible()
    assert pane.below.notes.list.isVisible()
    open_beside(qtbot, room, "Photo of the hatch")
    qtbot.mouseClick(pane.below.notes.came, Qt.MouseButton.LeftButton)
    arrived(qtbot, room, "Re: the hatch")
    room.beside.leave()
    assert pane.below.notes.notes == ()


def test_that_the_second_document_was_replaced_is_told_below_it(qtbot, room):
    both(qtbot, room)
    material = room.judging.material
    call = next(one for one in material.documents if one.title == "999 call")
    old = replace(call, state=DocumentState.REPLACED, reason="Illegible.", changed="2026-03-01")
    others = tuple(old if one is call else one for one in material.documents)
    room.judging.material = replace(material, documents=others)
    room.beside.open(old)
    arrived(qtbot, room, "999 call")
    assert room.beside.pane.below.news.isVisible()
    assert "before the correction" in room.beside.pane.below.news.sentence


def test_the_words_of_a_page_and_its_marks_are_those_of_the_pane_in_use(qtbot, room, heard):
    both(qtbot, room)
    open_beside(qtbot, room, "999 call")
    second, first = room.beside.pane.reader, room.reader
    select(second.view, "four officers")
    qtbot.keyClick(second.view, Qt.Key.Key_M)
    calm(qtbot, room)
    qtbot.keyClick(second.view, Qt.Key.Key_F8)
    assert second.view.chosen_mark == room.judging.material.marks[0].id
    qtbot.keyClick(second.view, Qt.Key.Key_F7)
    qtbot.waitUntil(second.twin.hasFocus)
    assert first.twin.isHidden()
    heard.clear()
    second.view.go_to(2)
    qtbot.waitUntil(lambda: heard == ["Page 2 of 3"], timeout=5_000)
    first.view.setFocus()
    qtbot.keyClick(first.view, Qt.Key.Key_F7)
    assert first.twin.isVisible()
