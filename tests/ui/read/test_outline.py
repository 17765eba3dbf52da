"""The outline beside the pages, and pages that go by names of their own."""

import pytest
from PySide6.QtCore import Qt

from reviewer.records.contents import Contents, Heading
from tests.ui.read.steps import calm, open_document, open_reference
from ui.widgets.text import plain

OWN = Contents(
    headings=(
        Heading(title="Arrival", page=1),
        Heading(title="In the cell", page=2, depth=1),
        Heading(title="Another file", page=0, depth=1),
        Heading(title="", page=3),
    ),
    labels=("i", "A-1", "A-2"),
    loops=True,
    cut=True,
)


def lines(room):
    tree = room.outlining.outline.tree
    return [(item.text(0), item.text(1)) for item in tree.every()]


@pytest.fixture
def reading(qtbot, room):
    open_reference(qtbot, room, "2010-07")
    open_document(qtbot, room, "999 call")
    room.commands["outline"]()
    qtbot.waitUntil(lambda: bool(lines(room)))
    return room


def test_without_an_outline_one_is_made_and_said_to_be(qtbot, reading):
    outline = reading.outlining.outline
    assert (
        lines(reading) == [("CUSTODY RECORD, page 1. Invented.", "1")]
        or lines(reading)[0][1] == "1"
    )
    assert outline.told.text().startswith("Made of how the pages begin")
    open_document(qtbot, reading, "Photograph")
    qtbot.waitUntil(lambda: outline.told.text().startswith("There is no outline"))
    assert lines(reading) == []


def test_the_document_s_own_outline_is_shown_by_depth_and_leads_to_its_pages(qtbot, reading):
    outline, view = reading.outlining.outline, reading.reader.view
    reading.commands["outline"]()
    assert outline.isHidden()
    reading.commands["outline"]()
    assert outline.isVisible()
    assert outline.tree.hasFocus()
    reading.renderer.described.emit(reading.reading.document, OWN)
    assert lines(reading) == [
        ("Arrival", "i"),
        ("In the cell", "A-1"),
        ("Another file", ""),
        ("(no words)", "A-2"),
    ]
    first, second, dead, last = outline.tree.every()
    assert second.parent() is first
    assert last.parent() is None
    told = outline.told.text()
    for part in ("leads back into itself", "longer than", "lead to nothing"):
        assert part in told
    outline.tree.itemClicked.emit(dead, 0)
    assert view.page == 1
    outline.tree.setCurrentItem(last)
    qtbot.keyClick(outline.tree, Qt.Key.Key_Return)
    assert view.page == 3
    assert view.hasFocus()
    assert outline.tree.currentItem() is last
    reading.jumps.step(-1)
    assert view.page == 1, "a heading is a jump like any other"
    assert outline.tree.currentItem() is first
    outline.tree.setFocus()
    qtbot.keyClick(outline.tree, Qt.Key.Key_Escape)
    assert outline.isHidden()
    assert view.hasFocus()


def test_headings_are_listed_once_they_are_seen(qtbot, reading):
    outline = reading.outlining.outline
    reading.commands["outline"]()
    reading.renderer.described.emit(reading.reading.document, OWN)
    reading.reader.view.go_to(2)
    assert lines(reading) == []
    assert reading.reader.foot.total.text() == "of 3: A-1", "names of pages are there all the same"
    reading.commands["outline"]()
    assert [words for words, _ in lines(reading)][:2] == ["Arrival", "In the cell"]
    assert outline.tree.currentItem() is outline.tree.every()[1]


def test_a_heading_s_tool_tip_is_words_and_never_markup(reading):
    title = '<b>x</b><img src="//host/share/x">'
    hostile = Contents(headings=(Heading(title=title, page=1),), labels=())
    reading.renderer.described.emit(reading.reading.document, hostile)
    tip = reading.outlining.outline.tree.topLevelItem(0).toolTip(0)
    assert tip == plain(title)


def test_pages_go_by_the_names_that_the_file_gives_them(qtbot, reading):
    foot, view = reading.reader.foot, reading.reader.view
    assert foot.total.text() == "of 3"
    reading.renderer.described.emit(reading.reading.document, OWN)
    assert foot.total.text() == "of 3: i"
    for typed, page in (("a-2", 3), ("i", 1), ("2", 2)):
        reading.reader.to_page_field()
        qtbot.keyClicks(foot.page, typed)
        qtbot.keyClick(foot.page, Qt.Key.Key_Return)
        assert view.page == page
    assert foot.total.text() == "of 3: A-1"
    reading.reader.to_page_field()
    qtbot.keyClicks(foot.page, "xi")
    qtbot.keyClick(foot.page, Qt.Key.Key_Return)
    assert view.page == 2
    assert foot.about.whole == "No page of this document is called xi."
    open_document(qtbot, reading, "Photograph")
    assert foot.total.text() == "of 3", "names of another document are not kept"


def test_what_came_too_late_and_what_is_covered_show_nothing(qtbot, reading):
    reading.renderer.described.emit("another", OWN)
    assert ("Arrival", "i") not in lines(reading)
    open_document(qtbot, reading, "Custody record")
    assert reading.reader.covered
    calm(qtbot, reading)
    assert lines(reading) == []
    reading.reader.cover.shown.emit()
    qtbot.waitUntil(lambda: bool(lines(reading)))
