"""Words in everything: as they are typed, under their cases, all of them, nothing covered."""

import pytest
from PySide6.QtCore import Qt

from reviewer.casebook.book import Casebook
from reviewer.records.cases import CaseHits, Hit
from tests.ui.read.inquiry import PASSPHRASE
from tests.ui.read.steps import calm, open_document, open_reference
from ui.rooms.read.pages import searching
from ui.rooms.read.pages.search import FOUND


def found(room):
    rows = [room.results.model.index(n, 0) for n in range(room.results.model.rowCount())]
    return [row.data(FOUND) for row in rows]


def cases(room):
    return {f.reference: (f.pages, f.covered) for f in found(room) if isinstance(f, CaseHits)}


def pages(room):
    return [(f.reference, f.title, f.page) for f in found(room) if isinstance(f, Hit)]


def type_everywhere(qtbot, room, words):
    open_reference(qtbot, room, "2010-08")
    room._find_everywhere("")
    qtbot.keyClicks(room.results.field, words)


def test_words_are_looked_for_as_they_are_typed_and_grouped_by_case(qtbot, room):
    type_everywhere(qtbot, room, "officers")
    qtbot.waitUntil(lambda: cases(room) == {"2010-07": (3, 3), "2010-08": (3, 0)})
    assert pages(room) == [
        *(("2010-07", "999 call", n) for n in (1, 2, 3)),
        *(("2010-08", "Nursing notes", n) for n in (1, 2, 3)),
    ]
    assert room.results.count.text().startswith("6 pages in 2 cases. 3 more under content notes")
    assert room.results.field.hasFocus()
    qtbot.keyClicks(room.results.field, " zebra")
    qtbot.waitUntil(lambda: found(room) == [])
    assert room.results.count.text().startswith("No page that is open to you")


def test_nothing_of_a_covered_document_is_shown_before_it_is_opened(qtbot, room):
    type_everywhere(qtbot, room, "officers")
    qtbot.waitUntil(lambda: bool(cases(room)))
    assert "Custody record" not in {title for _, title, _ in pages(room)}
    open_reference(qtbot, room, "2010-07")
    open_document(qtbot, room, "Custody record")
    qtbot.mouseClick(room.reader.cover.show_button, Qt.MouseButton.LeftButton)
    calm(qtbot, room)
    room._find_everywhere("officers")
    qtbot.waitUntil(lambda: cases(room).get("2010-07") == (6, 0))
    assert "Custody record" in {title for _, title, _ in pages(room)}


def test_the_phrase_may_be_quoted_as_the_field_shows_it(qtbot, room):
    type_everywhere(qtbot, room, "")
    room.results.field.setText("\u201cfour officers\u201d")
    room.results.field.textEdited.emit(room.results.field.text())
    qtbot.waitUntil(lambda: bool(pages(room)))
    room._open_hit(next(f for f in found(room) if isinstance(f, Hit)))
    calm(qtbot, room)
    assert room.reader.find_bar.field.text().casefold() == "four officers"
    qtbot.waitUntil(lambda: "of" in room.reader.find_bar.count.text())


def test_of_very_many_every_case_is_counted_and_its_pages_come_when_asked(
    qtbot, room, monkeypatch
):
    monkeypatch.setattr(searching, "AT_ONCE", 4)
    type_everywhere(qtbot, room, "officers")
    qtbot.waitUntil(lambda: cases(room) == {"2010-07": (3, 3), "2010-08": (3, 0)})
    assert pages(room) == []
    room.results.list.setCurrentIndex(room.results.model.index(1, 0))
    room.results.list.setFocus()
    qtbot.keyClick(room.results.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(pages(room)) == 3)
    assert {reference for reference, _, _ in pages(room)} == {"2010-08"}
    qtbot.keyClick(room.results.list, Qt.Key.Key_Return)
    calm(qtbot, room)
    assert room.judging.material.case.reference == "2010-08"


@pytest.mark.parametrize("limit", [None, 2])
def test_the_casebook_hides_none_by_a_cap_and_counts_what_is_covered(path, limit):
    with Casebook.open(path, PASSPHRASE) as book:
        hits = book.search("officers", limit=limit)
        assert len(hits) == (limit or 6)
        counted = book.search_cases("officers")
        assert [(c.reference, c.pages, c.covered) for c in counted] == [
            ("2010-07", 3, 3),
            ("2010-08", 3, 0),
        ]
        case = book.cases.by_reference("2010-08").id
        assert [c.pages for c in book.search_cases("officers", case=case)] == [3]
        assert book.search_cases("  ") == []
