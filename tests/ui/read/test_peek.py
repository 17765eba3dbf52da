"""A page is looked at without leaving: of evidence, a heading, what was found, what is cited."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from reviewer.errors import StateError
from reviewer.records.cases import DocumentState, PageText
from tests.ui.read.steps import calm, open_document, open_reference, select_with_mouse
from tests.ui.waiting import WAIT
from ui.rooms.read import peeking
from ui.widgets.chip import EvidenceChip


@pytest.fixture
def told(room):
    said = []
    room.tells.connect(said.append)
    return said


def press(qtbot, key=Qt.Key.Key_Space):
    qtbot.keyClick(QApplication.focusWidget(), key)


def looked_at(qtbot, room, start):
    peek = room.peeking.peek
    qtbot.waitUntil(lambda: peek.isVisible() and peek.title.text().startswith(start), timeout=WAIT)
    return peek


def cite(room, words):
    """Let the page in view hold ``words``, without a place for any of them."""
    view = room.reader.view
    view.set_text(PageText(number=view.page, text=words, boxes=b"", width=595, height=842))


def test_evidence_is_looked_at_and_enter_goes_there(qtbot, call):
    call.sheet.open_factor("SYS-CALL")
    select_with_mouse(qtbot, call, "four officers")
    call.reader.view.attach_asked.emit()
    calm(qtbot, call)
    open_document(qtbot, call, "Photograph")
    chip = call.sheet.findChild(EvidenceChip)
    chip.setFocus()
    qtbot.keyClick(chip, Qt.Key.Key_Space)
    peek = looked_at(qtbot, call, "999 call p.1, 2010-07")
    qtbot.waitUntil(lambda: peek.sheet.drawn, timeout=WAIT)
    assert peek.sheet._boxes == call.judging.material.marks[0].anchor.boxes
    assert peek.area.hasFocus()
    assert "four officers" in peek.area.accessibleDescription()
    grabbed = peek.sheet.grab()
    assert not grabbed.isNull()
    assert call.chosen_document.title == "Photograph", "nothing was left"
    qtbot.keyClick(peek.area, Qt.Key.Key_Escape)
    assert not peek.isVisible()
    assert chip.hasFocus()
    qtbot.mouseClick(chip, Qt.MouseButton.MiddleButton)
    looked_at(qtbot, call, "999 call")
    qtbot.keyClick(peek.area, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: call.chosen_document.title == "999 call", timeout=WAIT)
    calm(qtbot, call)
    chip = call.sheet.findChild(EvidenceChip)
    open_document(qtbot, call, "Photograph")
    qtbot.keyClick(chip, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: call.chosen_document.title == "999 call", timeout=WAIT)


def test_what_a_page_cites_is_stepped_through_and_what_leads_nowhere_is_told(qtbot, call, told):
    view = call.reader.view
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert told[-1].startswith("No page is cited here.")
    cite(call, "See {2010-07/7} and {2010-07/8}, again {2010-07/7}.")
    call.commands["peek"]()
    peek = looked_at(qtbot, call, "Photograph p.1")
    assert peek.told.text().endswith("1 of 2 that are cited here: Left and Right step.")
    qtbot.keyClick(peek.area, Qt.Key.Key_Right)
    looked_at(qtbot, call, "Photograph p.2")
    qtbot.keyClick(peek.area, Qt.Key.Key_Left)
    looked_at(qtbot, call, "Photograph p.1")
    qtbot.keyClick(peek.area, Qt.Key.Key_Space)
    assert not peek.isVisible()
    assert view.hasFocus()
    cite(call, "See {2010-07/9999}.")
    qtbot.keyClick(view, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "9999" in told[-1], timeout=WAIT)
    assert not peek.isVisible()


def test_one_that_is_cited_alone_does_not_step(qtbot, call):
    cite(call, "See {2010-07/7}.")
    call.reader.view.setFocus()
    press(qtbot)
    peek = looked_at(qtbot, call, "Photograph p.1")
    press(qtbot, Qt.Key.Key_Right)
    assert peek.told.text().count("cited here") == 0


def test_a_document_with_a_content_note_stays_covered(qtbot, call):
    cite(call, "See {2010-07/1}.")
    call.reader.view.setFocus()
    press(qtbot)
    peek = looked_at(qtbot, call, "Custody record p.1")
    assert "content note" in peek.told.text()
    assert not peek.area.isVisible()
    assert not peek.sheet.drawn
    assert "Restrained" not in peek.area.accessibleDescription()
    assert peek.shut.hasFocus()
    peek.go.click()
    qtbot.waitUntil(lambda: call.reader.covered, timeout=WAIT)
    assert call.chosen_document.title == "Custody record"


def test_a_heading_and_a_page_that_was_found_are_looked_at(qtbot, call):
    call.commands["outline"]()
    tree = call.outlining.outline.tree
    qtbot.waitUntil(lambda: bool(tree.every()), timeout=WAIT)
    tree.setCurrentItem(tree.every()[-1])
    qtbot.keyClick(tree, Qt.Key.Key_Space)
    peek = looked_at(qtbot, call, f"999 call p.{call.outlining.outline.heading_page}")
    peek.close_peek()
    call._find_everywhere("four officers")
    qtbot.waitUntil(lambda: call.results.model.rowCount() > 1, timeout=WAIT)
    shown = call.results.list
    shown.setFocus()
    shown.setCurrentIndex(call.results.model.index(1, 0))
    qtbot.keyClick(shown, Qt.Key.Key_Space)
    qtbot.waitUntil(peek.isVisible, timeout=WAIT)
    calm(qtbot, call)
    call.resize(call.width() + 40, call.height())
    qtbot.waitUntil(lambda: not peek.isVisible(), timeout=WAIT)
    assert shown.hasFocus()
    shown.setCurrentIndex(call.results.model.index(0, 0))
    qtbot.keyClick(shown, Qt.Key.Key_Space)
    assert not peek.isVisible(), "a case is no page"


def test_what_cannot_be_drawn_or_read_is_told(qtbot, call, told, monkeypatch):
    shown = []
    monkeypatch.setattr(peeking.errors, "show", lambda _room, error: shown.append(error))
    cite(call, "See {2010-07/7}.")
    call.reader.view.setFocus()
    press(qtbot)
    peek = looked_at(qtbot, call, "Photograph p.1")
    call.peeking._renderer.failed.emit("x", 1, "This page is damaged.")
    assert peek.told.text() == "This page is damaged."
    call.peeking._refuse(StateError("broken"))
    assert shown
    open_reference(qtbot, call, "2010-08")
    assert not peek.isVisible()
    call.peeking._renderer.failed.emit("x", 1, "Late.")
    assert peek.told.text() == ""


def test_a_withdrawn_document_is_not_looked_at_nor_one_that_is_gone(call, monkeypatch):
    held = call.chosen_document

    class Book:
        def __init__(self, document):
            self.documents = self.cases = self
            self.document = document
            self.reading = self

        def get(self, _id):
            return self.document and replace(self.document, state=DocumentState.WITHDRAWN)

        def of(self, _id):
            return None

    book = Book(held)
    monkeypatch.setattr(type(book), "reference", "2010-07", raising=False)
    book.cases = type("Cases", (), {"get": lambda _s, _i: call.judging.material.case})()
    told = peeking._peeked(book, document=held.id, page=1, boxes=())
    assert "withdrawn" in told.why_not
    with pytest.raises(peeking.InputError):
        peeking._peeked(Book(None), document=held.id, page=1, boxes=())


def test_a_lock_holds_nothing_of_it(qtbot, call):
    cite(call, "See {2010-07/7}.")
    call.reader.view.peek_asked.emit()  # as the menu over the pages does
    peek = looked_at(qtbot, call, "Photograph p.1")
    call.peeking._let_go()
    assert not peek.isVisible()
    assert peek.title.text() == peek.area.accessibleDescription() == ""
    assert not call.peeking._renderer.has(call.reading.document)
