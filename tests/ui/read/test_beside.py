"""Two documents side by side: each with its place, marks go to the one in use, closing returns."""

from PySide6.QtCore import SIGNAL, Qt

from tests.ui.read.steps import calm, open_document, open_reference, ratings, stored
from ui.widgets import clipboard

CONTROL = Qt.KeyboardModifier.ControlModifier


def both(qtbot, room):
    """Open the case at the 999 call, and the photograph's neighbour beside it by the key."""
    open_reference(qtbot, room, "2010-07")
    open_document(qtbot, room, "999 call")
    qtbot.keyClick(room.reader.view, Qt.Key.Key_2, CONTROL)
    arrived(qtbot, room, "Photograph")


def arrived(qtbot, room, title):
    """Wait until the second pane shows a document."""
    beside = room.beside

    def there():
        document = room.judging.material.document(beside._second.reading.document or "")
        return document is not None and document.title == title

    qtbot.waitUntil(there)
    reader = beside.pane.reader
    qtbot.waitUntil(lambda: reader.covered or reader.view.characters(1) is not None)
    calm(qtbot, room)


def open_beside(qtbot, room, title):
    document = next(d for d in room.judging.material.documents if d.title == title)
    room.beside.open(document)
    arrived(qtbot, room, title)


def select(view, words):
    start = view.characters(1).text.index(words)
    view.select(1, start, start + len(words))


def test_the_key_opens_the_next_document_beside_the_one_that_is_read_and_closes_it(qtbot, room):
    both(qtbot, room)
    beside = room.beside
    assert beside.opened
    assert beside.active
    assert beside.pane.title.text() == "Photograph"
    assert room.chosen_document.title == "999 call"
    assert (room._centre.line.on, beside.pane.line.on) == (False, True)
    assert room._centre.line.isVisible()
    assert beside.pane.line.isVisible()
    assert room.tabs.tabText(room.tabs.currentIndex()).startswith("Photograph")
    qtbot.keyClick(beside.pane.reader.view, Qt.Key.Key_2, CONTROL)
    assert not beside.opened
    assert not room._centre.line.isVisible()
    assert room.reader.view.hasFocus()
    assert room.tabs.tabText(room.tabs.currentIndex()).startswith("999 call")


def test_marks_and_the_sheets_key_go_to_the_pane_in_use(qtbot, room):
    both(qtbot, room)
    open_beside(qtbot, room, "999 call")
    second = room.beside.pane.reader.view
    open_document_of_first(qtbot, room, "Photograph")
    select(second, "four officers")
    second.setFocus()
    qtbot.keyClick(second, Qt.Key.Key_M)
    calm(qtbot, room)
    call = next(d for d in room.judging.material.documents if d.title == "999 call")
    assert [mark.document for mark in room.judging.material.marks] == [call.id]
    assert [mark.anchor.quote for mark in room.judging.material.marks] == ["four officers"]
    assert len(room.beside.pane.reader.marks) == 1
    assert not room.reader.marks
    select(second, "face down")
    room.sheet.open_factor("SYS-CALL")
    qtbot.keyClick(room.sheet.rows["SYS-CALL"], "e")
    calm(qtbot, room)
    assert len(ratings(qtbot, room)["SYS-CALL"].evidence) == 1
    assert len(room.judging.material.marks) == 2


def open_document_of_first(qtbot, room, title):
    document = next(d for d in room.judging.material.documents if d.title == title)
    room.reading.open(document)
    qtbot.waitUntil(lambda: room.chosen_document and room.chosen_document.title == title)
    calm(qtbot, room)


def test_f6_walks_through_both_and_what_is_chosen_opens_in_the_one_in_use(qtbot, room):
    both(qtbot, room)
    second = room.beside.pane.reader
    room.reader.view.setFocus()
    assert not room.beside.active
    qtbot.keyClick(room.reader.view, Qt.Key.Key_F6)
    assert second.view.hasFocus()
    assert room.beside.active
    qtbot.keyClick(second.view, Qt.Key.Key_F6)
    assert room.walking._right.isAncestorOf(room.focusWidget())
    assert room.beside.active  # the sheet belongs to neither: the last one stays in use
    room.tabs.setCurrentIndex(0)
    arrived(qtbot, room, "Custody record")
    assert room.chosen_document.title == "999 call"
    qtbot.keyClick(room.sheet.rows["SYS-CALL"], Qt.Key.Key_PageDown, CONTROL)
    arrived(qtbot, room, "999 call")


def test_what_is_asked_for_in_the_second_pane_reaches_the_room_too(qtbot, room):
    both(qtbot, room)
    second = room.beside.pane.reader
    wanted, corrected, steps = [], [], []
    room.wants.connect(wanted.append)
    room.corrects.connect(corrected.append)
    room.reader.view.step_asked.connect(steps.append)
    second.foot.asked.emit("outline")
    room.beside._second.reading.misread.asked.emit("a word")
    second.view.step_asked.emit(-1)
    assert (wanted, corrected, steps) == (["outline"], ["a word"], [-1])
    assert second.view.receivers(SIGNAL("copy_asked(QString)")) == 1  # the clipboard, once


def test_zoom_and_scrolling_by_keys_mean_the_pane_in_use(qtbot, room):
    both(qtbot, room)
    first, second = room.reader.view, room.beside.pane.reader.view
    before = first.zoom, first.verticalScrollBar().value()
    qtbot.keyClick(second, Qt.Key.Key_Plus, CONTROL)
    qtbot.keyClick(second, Qt.Key.Key_PageDown)
    assert (first.zoom, first.verticalScrollBar().value()) == before
    assert second.verticalScrollBar().value() > 0


def test_two_documents_scroll_apart_or_together(qtbot, room):
    both(qtbot, room)
    one = room.reader.view.verticalScrollBar()
    two = room.beside.pane.reader.view.verticalScrollBar()
    one.setValue(0)
    two.setValue(0)
    one.setValue(40)
    assert two.value() == 0
    qtbot.keyClick(room.reader.view, Qt.Key.Key_3, CONTROL)
    assert room.beside.pane.together.isChecked()
    one.setValue(100)
    assert two.value() == 60
    two.setValue(10)
    assert one.value() == 50
    room.beside.pane.reader.view.set_zoom(2.0)  # no scrolling: the other stays
    assert one.value() == 50


def test_the_list_opens_a_document_beside_and_its_place_and_cover_are_kept(qtbot, room):
    open_reference(qtbot, room, "2010-07")
    open_document(qtbot, room, "999 call")
    room.listing.turn()
    qtbot.keyClicks(room.listing.list.filter, "custody")
    qtbot.keyClick(room.listing.list.filter, Qt.Key.Key_Return, CONTROL)
    arrived(qtbot, room, "Custody record")
    second = room.beside.pane.reader
    assert second.covered
    qtbot.mouseClick(second.cover.show_button, Qt.MouseButton.LeftButton)
    second.view.go_to(2)
    room.settle()
    calm(qtbot, room)
    document = room.beside.reading.document
    place = stored(qtbot, room, lambda book: book.reading.of(document))
    assert (place.page, place.uncovered) == (2, True)
    room.listing.turn()
    qtbot.mouseClick(room.listing.list.beside, Qt.MouseButton.LeftButton)
    assert room.beside.opened


def test_another_case_closes_the_second_pane_and_an_empty_one_opens_none(qtbot, room):
    both(qtbot, room)
    open_reference(qtbot, room, "2010-08")
    assert not room.beside.opened
    assert room.beside._second.reading.document is None
    open_reference(qtbot, room, "2010-09")
    room.beside.turn()
    room.beside.scroll_together()
    assert not room.beside.opened


def test_what_is_copied_in_the_second_pane_is_copied_once(qtbot, room, monkeypatch):
    copied = []
    monkeypatch.setattr(clipboard, "copy", copied.append)
    both(qtbot, room)
    room.beside.pane.reader.view.copy_asked.emit("four officers")
    assert copied == ["four officers"]


def test_locking_lets_go_of_the_second_document(qtbot, room):
    open_reference(qtbot, room, "2010-07")
    open_document(qtbot, room, "999 call")
    room.commands["outline"]()
    tree = room.outlining.outline.tree
    qtbot.waitUntil(lambda: bool(tree.every()))
    both(qtbot, room)
    reading = room.beside.reading
    reading._ask_find(reading.document, "officers")
    qtbot.waitUntil(lambda: bool(reading._lookup._pages))
    assert tree.every()
    room._let_go()
    assert not reading._lookup._pages
    assert not room.beside.pane.title.text()
    assert tree.every() == []
    assert not room.beside.opened
    assert room.beside._second.reading.document is None
    assert not room.beside.pane.reader.view.key
