"""Which of the two panes a key means, and what both show of the lists and of the outline."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from reviewer.casebook.book import Casebook
from reviewer.records.cases import DocumentState
from reviewer.rounds.terms import take_in
from tests.ui.read.inquiry import PASSPHRASE
from tests.ui.read.steps import calm, open_document, open_reference
from tests.ui.read.test_beside import CONTROL, arrived, both, open_beside
from tests.ui.waiting import WAIT
from ui.settings import OUTLINE_SHOWN


@pytest.fixture
def path(path):
    with Casebook.open(path, PASSPHRASE) as book:
        take_in(book, [("Restraint", ["face down"])])
    return path


def change(room, title, **what):
    """Let a document of the open case be another from now on, as an update does."""
    material = room.judging.material
    held = next(one for one in material.documents if one.title == title)
    other = replace(held, **what)
    left = tuple(one for one in material.documents if one is not held)
    gone = other.state is DocumentState.WITHDRAWN
    room.judging.material = replace(
        material,
        documents=left if gone else (*left, other),
        withdrawn=(other,) if gone else (),
    )
    room.judging.updated.emit()
    return other


def test_with_the_keys_in_the_results_the_second_pane_is_not_in_use(qtbot, room):
    both(qtbot, room)
    second = room.beside.pane.reader.view
    room._find_everywhere("")
    qtbot.waitUntil(room.results.field.hasFocus, timeout=WAIT)
    assert not room.beside.active
    before = second.verticalScrollBar().value()
    qtbot.keyClick(room.results.field, Qt.Key.Key_PageDown)
    assert second.verticalScrollBar().value() == before
    room.tabs.setCurrentIndex(0)
    qtbot.waitUntil(lambda: room._middle.currentWidget() is room.reader, timeout=WAIT)
    calm(qtbot, room)


def test_the_list_of_documents_floats_and_takes_nothing_out_of_use(qtbot, room):
    both(qtbot, room)
    room.listing.turn()
    qtbot.waitUntil(lambda: room.listing.list.isAncestorOf(QApplication.focusWidget()))
    assert room.beside.active


def test_words_are_found_in_the_pane_in_use(qtbot, room):
    both(qtbot, room)
    open_beside(qtbot, room, "999 call")
    second = room.beside.pane.reader
    qtbot.keyClick(second.view, Qt.Key.Key_F, CONTROL)
    assert second.find_bar.isVisible()
    assert not room.reader.find_bar.isVisible()
    room.reader.view.setFocus()
    qtbot.keyClick(room.reader.view, Qt.Key.Key_F, CONTROL)
    assert room.reader.find_bar.isVisible()


def test_v_opens_the_cover_in_both_panes_and_is_a_letter_where_a_list_goes_by_letters(qtbot, room):
    both(qtbot, room)
    cover = room.listing.cover
    qtbot.keyClick(room.beside.pane.reader.view, Qt.Key.Key_V)
    assert cover.isVisible()
    qtbot.keyClick(cover.area, Qt.Key.Key_V)
    room._find_everywhere("")
    agency = room.results.filters.agency
    agency.addItems(["Ambulance", "Victoria Police"])
    agency.setFocus()
    qtbot.keyClick(agency, Qt.Key.Key_V)
    assert not cover.isVisible()
    assert agency.currentText() == "Victoria Police"
    room.commands["outline"]()
    room.commands["terms"]()
    for part in (room.results.list, room.outlining.outline.tree, room.word_lists.page):
        qtbot.keyClick(part, Qt.Key.Key_V)
        assert not cover.isVisible()


def test_words_of_the_lists_are_lit_in_the_second_pane_too(qtbot, room):
    both(qtbot, room)
    open_beside(qtbot, room, "999 call")
    second = room.beside.pane.reader
    qtbot.waitUntil(lambda: "Restraint" in second.foot.about.whole, timeout=WAIT)
    qtbot.waitUntil(lambda: bool(second.view.lights.heights(second.view._layout)), timeout=WAIT)
    room.word_lists.lighting._let_go()
    assert not second.view.lights.told(1, second.view.characters(1))


def test_what_becomes_of_the_second_document_while_it_is_read_is_told(qtbot, room):
    both(qtbot, room)
    open_beside(qtbot, room, "999 call")
    pane = room.beside.pane
    assert not pane.below.news.isVisible()
    change(room, "999 call", state=DocumentState.REPLACED, reason="Cut.", changed="2026-03-01")
    assert "before the correction" in pane.below.news.sentence
    assert pane.below.news.isVisible()
    change(room, "999 call", state=DocumentState.WITHDRAWN, reason="A child.")
    assert not room.beside.opened
    assert "999 call was withdrawn" in room.below.news.sentence
    assert pane.reader.document is None


def test_no_page_is_shown_of_a_document_that_is_withdrawn_while_it_is_read(qtbot, room):
    open_reference(qtbot, room, "2010-07")
    open_document(qtbot, room, "999 call")
    change(
        room, "999 call", state=DocumentState.WITHDRAWN, reason="A child.", changed="2026-03-01"
    )
    assert room.reader.document is None
    qtbot.waitUntil(lambda: room.reader.document is not None, timeout=WAIT)
    calm(qtbot, room)
    assert room.chosen_document.title != "999 call"
    news = room.below.news
    assert news.sentence.startswith("999 call was withdrawn on 2026-03-01")
    change(room, room.chosen_document.title, state=DocumentState.REPLACED, changed="2026-04-02")
    assert news.sentence.startswith("999 call was withdrawn"), "read before it goes"
    news._action.click()
    assert "before the correction of 2026-04-02" in news.sentence


@pytest.fixture
def narrow(qtbot, room):
    room.resize(1366, 700)
    open_reference(qtbot, room, "2010-07")
    open_document(qtbot, room, "999 call")
    room.commands["outline"]()
    assert room.outlining.outline.isVisible()
    return room


def test_the_outline_makes_way_for_two_documents_that_would_be_too_narrow(qtbot, narrow):
    outline, told = narrow.outlining.outline, []
    narrow.tells.connect(told.append)
    outline.tree.setFocus()
    narrow.beside.turn()
    arrived(qtbot, narrow, "Photograph")
    assert not outline.isVisible()
    narrow.commands["outline"]()
    assert not outline.isVisible()
    assert "no room for the outline" in told[-1]
    assert narrow.settings.get(OUTLINE_SHOWN), "it comes back by itself"
    narrow.beside.leave()
    assert outline.isVisible()
    outline.tree.setFocus()
    narrow.commands["outline"]()
    assert not outline.isVisible()
    assert narrow.reader.view.hasFocus()


def test_a_document_is_read_whole_for_an_outline_only_where_that_is_seen(qtbot, room, monkeypatch):
    read = []
    open_reference(qtbot, room, "2010-07")
    asks = room.desk.ask
    monkeypatch.setattr(
        room.outlining, "_desk", Asking(room.desk, lambda ask: read.append(ask) or asks(ask))
    )
    open_document(qtbot, room, "999 call")
    assert read == []
    room.commands["outline"]()
    qtbot.waitUntil(lambda: bool(room.outlining.outline.tree.every()), timeout=WAIT)
    assert len(read) == 1
    room.commands["outline"]()
    room.commands["outline"]()
    assert len(read) == 1


class Asking:
    """The desk, of which each question is taken down."""

    def __init__(self, desk, ask):
        self._desk, self.ask = desk, ask

    def __getattr__(self, name):
        return getattr(self._desk, name)
