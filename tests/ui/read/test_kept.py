"""Searches kept under a name in the window, and pages like what is picked."""

import pytest
from PySide6.QtCore import Qt

from reviewer.casebook.book import Casebook
from reviewer.records.cases import Hit
from reviewer.records.finding import Within
from reviewer.records.ids import CaseId, SavedSearchId
from reviewer.records.terms import SavedSearch
from tests.books import document
from tests.ui.read.inquiry import PASSPHRASE
from tests.ui.read.steps import calm, select_with_mouse, stored
from ui.rooms.read.pages import keeping


@pytest.fixture
def path(path):
    with Casebook.open(path, PASSPHRASE) as book:
        other = book.cases.by_reference("2010-09")
        pages = ("Four officers held him face down, he was restrained.", "Weather.")
        book.documents.add(*document(other, pages=pages))
    return path


def find(qtbot, room, words):
    room._find_everywhere(words)
    calm(qtbot, room)


def menu(qtbot, room):
    kept = room.results.filters.kept
    kept.click()
    qtbot.waitUntil(kept.list.isVisible)
    return kept, [one.text() for one in kept.list.actions() if one.text()]


def test_a_search_is_kept_with_its_filters_and_looked_for_again(qtbot, call):
    find(qtbot, call, "officers")
    filters = call.results.filters
    one = stored(qtbot, call, lambda book: book.cases.by_reference("2010-09").id)
    filters.case.setCurrentIndex(filters.case.findData(one))
    filters.since.setText("2010")
    filters.unread.setChecked(True)
    kept, words = menu(qtbot, call)
    assert words == []
    kept.name.setText("Held & down")
    qtbot.keyClick(kept.name, Qt.Key.Key_Return)
    calm(qtbot, call)
    (held,) = stored(qtbot, call, lambda book: book.searches.all())
    assert (held.name, held.query) == ("Held & down", "officers")
    assert held.within == Within(cases=frozenset({one}), since="2010", unread=True)
    filters.clear()
    find(qtbot, call, "zebra")
    kept, words = menu(qtbot, call)
    assert words == ["Held && down  \u00b7  officers", "Forget"]
    kept.list.actions()[1].trigger()
    calm(qtbot, call)
    assert call.results.words == "officers"
    assert filters.within == held.within
    kept.forgotten.emit(held)
    calm(qtbot, call)
    assert stored(qtbot, call, lambda book: book.searches.all()) == []
    kept.click()
    qtbot.waitUntil(lambda: kept.kept == ())
    assert [one.text() for one in kept.list.actions() if one.text()] == []


def test_a_name_that_cannot_be_is_told_and_nothing_stays_at_a_lock(qtbot, desk, call):
    told = []
    call.tells.connect(told.append)
    find(qtbot, call, "officers")
    kept, _ = menu(qtbot, call)
    kept.name.setText("  ")
    qtbot.keyClick(kept.name, Qt.Key.Key_Return)
    calm(qtbot, call)
    assert told == ["A name has 1 to 60 characters."]
    with qtbot.waitSignal(desk.locked):
        desk.lock()
    assert kept.kept == ()


def test_an_agency_that_is_not_offered_is_wanted_all_the_same(qtbot, call):
    filters = call.results.filters
    filters.choose(Within(agency="Coroner"))
    assert filters.within == Within(agency="Coroner")


def test_a_kept_search_never_looks_in_more_than_was_kept(qtbot, call):
    gone = CaseId("0" * 32)
    kept = Within(cases=frozenset({gone}), agency="Coroner", kind="Diary")
    search = SavedSearch(id=SavedSearchId("s"), name="Held", query="officers", within=kept)
    call.results.filters.kept.chosen.emit(search)
    calm(qtbot, call)
    calm(qtbot, call)
    filters = call.results.filters
    assert filters.within == kept
    assert filters.case.currentText() == "A case that is not open to you"
    assert [filters.agency.currentText(), filters.kind.currentText()] == ["Coroner", "Diary"]
    assert call.results.model.rowCount() == 0
    filters.agency.setCurrentIndex(0)
    call.searching.offer()
    calm(qtbot, call)
    assert filters.agency.findData("Coroner") < 0, "offered though nothing has it"


def test_pages_like_what_is_picked_are_listed_and_never_its_own(qtbot, call, monkeypatch):
    call.commands["alike"]()
    assert "Pick words on the page first" in call.reader.foot.about.text()
    select_with_mouse(qtbot, call, "Restrained by four officers and held face down")
    call.commands["alike"]()
    calm(qtbot, call)
    assert call._middle.currentWidget() is call.results
    assert "like what you picked, by these words: " in call.results.count.text()
    model = call.results.model
    found = [model.item(row).data(Qt.ItemDataRole.UserRole + 1) for row in range(model.rowCount())]
    hits = [one for one in found if isinstance(one, Hit)]
    assert any(one.reference == "2010-09" for one in hits)
    document_now = call.reading.document
    assert (document_now, 1) not in [(one.document, one.page) for one in hits]
    monkeypatch.setattr(keeping, "MOST_ALIKE", 1)
    call._show_pages()
    call.commands["alike"]()
    calm(qtbot, call)
    assert call.results.count.text().endswith("Less alike ones are not listed.")
    monkeypatch.setattr(keeping, "read_alike", lambda *_given: ([], [], {}))
    call._show_pages()
    call.commands["alike"]()
    calm(qtbot, call)
    assert call.results.count.text().startswith("No other page")
