"""Finding in everything, narrowed; what is on no page; ticks on the scroll bar; citations."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from reviewer.casebook.book import Casebook
from reviewer.records.cases import CaseHits, Hit, PageText
from reviewer.records.finding import Beside, Source
from reviewer.records.judgement import Rating, Reason
from tests.books import document, page_mark
from tests.ui.read.inquiry import PASSPHRASE
from tests.ui.read.steps import calm, open_document, open_reference, stored
from ui.rooms.read.pages import search, searching
from ui.rooms.read.pages.search import beside_words

FORCE = "IND-FORCE"


@pytest.fixture
def path(path):
    """The inquiry with agencies, a day, and words of one's own about officers and a zebra."""
    with Casebook.open(path, PASSPHRASE) as book:
        one = book.cases.by_reference("2010-07")
        call = next(d for d in book.documents.of(one.id) if d.title == "999 call")
        sheet, original, reading = document(one, pages=("Four officers helped to carry him.",))
        facts = {"agency": "Ambulance", "date": "2010-07-03", "title": "Ambulance sheet"}
        book.documents.add(replace(sheet, **facts), original, reading)
        member = book.about.member
        book.marks.put(page_mark(book, call, page=2, note="Four zebras"), round_number=1)
        book.ratings.put(member, one.id, 1, Rating(factor=FORCE, comment="No zebra was seen"))
        other = book.cases.by_reference("2010-09")
        book.reviews.set_text(member, other.id, 1, narrative="The officers knew of a zebra")
    return path


def rows(room):
    model = room.results.model
    found = [model.item(row).data(Qt.ItemDataRole.UserRole + 1) for row in range(model.rowCount())]
    return [
        one.reference if isinstance(one, CaseHits)
        else (one.title, one.page) if isinstance(one, Hit)
        else beside_words(one)
        for one in found
    ]  # fmt: skip


def look(qtbot, room, words):
    open_reference(qtbot, room, "2010-08")
    room._find_everywhere(words)
    calm(qtbot, room)
    calm(qtbot, room)


def test_what_stands_on_no_page_is_listed_below_the_pages_of_its_case(qtbot, room):
    look(qtbot, room, "zebra*")
    assert rows(room) == [
        "2010-07",
        "Your note to 999 call, page 2",
        "Your comment on Use of force and restraint",
        "2010-09",
        "Your words on the case",
    ]
    assert "3 beside the pages" in room.results.count.text()
    assert room.results.model.item(1).data(Qt.ItemDataRole.AccessibleTextRole).endswith("zebras")
    look(qtbot, room, "officers")
    assert rows(room)[-2:] == ["2010-09", "Your words on the case"]
    assert room.results.list.viewport().grab().width()  # both kinds of row are drawn


def test_what_is_beside_the_pages_of_many_cases_is_placed_in_one_pass(qtbot, monkeypatch):
    def case(number, pages):
        return CaseHits(
            case=f"c{number}", reference=f"R{number}", title="", pages=pages, covered=0
        )

    def text(number):
        return Beside(source=Source.TEXT, case=f"c{number}", reference="", name="", snippet="")

    looked, case_at = [], search._case_at
    monkeypatch.setattr(search, "_case_at", lambda item: looked.append(item) or case_at(item))
    results = search.SearchResults()
    qtbot.addWidget(results)
    hit = Hit(case="c1", reference="R1", document="d", title="Notes", page=4, snippet="")
    results.set_found([case(1, 1), case(2, 9), case(3, 9)], {"c1": [hit]})
    results.add_beside([(replace(case(n, 0), beside=2), [text(n), text(n)]) for n in (0, 1, 3, 5)])
    words = "Your words on the case"
    told = [results.model.item(n).text() for n in range(results.model.rowCount())]
    assert ["*" if row == words else row for row in told] == [
        "R1: 1 page, 2 beside the pages", "Notes, page 4", "*", "*",
        "R2: 9 pages",
        "R3: 9 pages, 2 beside the pages", "*", "*",
        "R0: 2 beside the pages", "*", "*",
        "R5: 2 beside the pages", "*", "*",
    ]  # fmt: skip
    assert results.list.currentIndex().row() == 1
    assert len(looked) == 4, "each row that was there is looked at once"


def test_what_is_not_listed_beside_the_pages_is_counted(qtbot, room, monkeypatch):
    monkeypatch.setattr("reviewer.casebook.stores.beside_pages.MOST", 2)
    look(qtbot, room, "zebra*")
    assert room.results.count.text().endswith(
        ". 2 beside the pages."
        " 1 more beside the pages is not listed: add a word, or choose a case."
    )


def test_a_note_leads_to_its_page_and_a_comment_to_its_case(qtbot, room):
    look(qtbot, room, "zebra*")
    room.results.list.setCurrentIndex(room.results.model.index(1, 0))
    room.results.list.setFocus()
    qtbot.keyClick(room.results.list, Qt.Key.Key_Return)
    calm(qtbot, room)
    assert room.judging.material.case.reference == "2010-07"
    qtbot.waitUntil(lambda: room.reader.view.page == 2)
    look(qtbot, room, "zebra*")
    room.results._choose(room.results.model.index(4, 0))
    calm(qtbot, room)
    assert room.judging.material.case.reference == "2010-09"


def test_a_search_is_narrowed_and_says_the_same_of_its_count(qtbot, room):
    look(qtbot, room, "officers")
    filters = room.results.filters
    assert [filters.agency.itemText(n) for n in range(filters.agency.count())] == [
        "All agencies", "Ambulance"
    ]  # fmt: skip
    filters.agency.setCurrentIndex(1)
    calm(qtbot, room)
    assert rows(room) == ["2010-07", ("Ambulance sheet", 1)]
    filters.agency.setCurrentIndex(0)
    filters.case.setCurrentIndex(filters.case.findText("2010-08"))
    calm(qtbot, room)
    assert [row for row in rows(room) if isinstance(row, str)] == ["2010-08"]
    filters.case.setCurrentIndex(0)
    qtbot.keyClicks(filters.since, "2010-06")
    qtbot.waitUntil(lambda: rows(room) == ["2010-07", ("Ambulance sheet", 1)])
    qtbot.keyClicks(filters.since, "-")
    qtbot.waitUntil(lambda: "2010-08" in rows(room))  # no day yet
    filters.since.clear()
    filters.unread.setChecked(True)
    calm(qtbot, room)
    assert "2010-09" not in rows(room)  # what is of no document was neither read nor not
    room.results.clear()
    assert not filters.unread.isChecked()
    assert filters.agency.count() == 1
    assert room.results.words == ""


def test_what_narrows_stays_chosen_while_no_words_are_typed(qtbot, room):
    look(qtbot, room, "")
    filters, field = room.results.filters, room.results.field
    filters.agency.setCurrentIndex(filters.agency.findText("Ambulance"))
    filters.unread.setChecked(True)
    calm(qtbot, room)
    assert filters.agency.currentText() == "Ambulance"
    assert filters.unread.isChecked()
    qtbot.keyClicks(field, "officers")
    qtbot.waitUntil(lambda: rows(room) == ["2010-07", ("Ambulance sheet", 1)])
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: rows(room) == [])
    assert room.results.count.text() == ""
    qtbot.keyClicks(field, "four")
    qtbot.waitUntil(lambda: rows(room) == ["2010-07", ("Ambulance sheet", 1)])
    assert filters.agency.count() == 2
    assert filters.case.count() == 4


def test_pages_of_a_case_that_come_after_it_was_narrowed_are_let_go(qtbot, room, monkeypatch):
    monkeypatch.setattr(searching, "AT_ONCE", 0)
    look(qtbot, room, "officers")
    asked = [row for row in rows(room) if isinstance(row, str)]
    room.searching.list_case(room.results.model.item(0).data(Qt.ItemDataRole.UserRole + 1).case)
    room.results.filters.blockSignals(True)  # as while a day is typed: it is looked for later
    room.results.filters.agency.setCurrentIndex(1)
    calm(qtbot, room)
    assert rows(room) == asked


def test_what_is_not_found_where_it_was_narrowed_is_not_told_of_everything(qtbot, room):
    look(qtbot, room, "zebra")
    told = room.results.count
    assert told.text().startswith("No page that is open to you holds all of these words.")
    filters = room.results.filters
    filters.agency.setCurrentIndex(1)
    calm(qtbot, room)
    assert told.text() == "No page that fits what is chosen above holds all of these words."
    filters.agency.setCurrentIndex(0)
    qtbot.keyClicks(filters.since, "2010-06")
    qtbot.waitUntil(lambda: told.text().endswith("documents without a known day are left out."))
    look(qtbot, room, "officers")
    assert told.text() == "1 page in 1 case. 4 documents without a known day are left out."


def test_a_case_one_is_recused_from_is_never_found(qtbot, room):
    def recuse(book):
        about, case = book.about, book.cases.by_reference("2010-08")
        rows_ = [
            (case.id, Rating(factor=code, reason=Reason.RECUSED)) for code in about.framework.codes
        ]
        return book.ratings.put_all(about.member, 1, rows_)

    room.desk.do(recuse).run()
    look(qtbot, room, "officers")
    assert "2010-08" not in rows(room)
    choices = room.results.filters.case
    assert choices.findText("2010-08") < 0


def test_hits_are_ticked_on_the_scroll_bar(qtbot, room):
    open_reference(qtbot, room, "2010-07")
    open_document(qtbot, room, "999 call")
    view = room.reader.view
    bar = view.verticalScrollBar()
    assert bar.places() == []
    room.reader.find_words("officers")
    qtbot.waitUntil(lambda: len(bar.places()) >= 3)
    heights = view.heights_found()
    assert heights == sorted(heights)
    assert 0 < heights[0] < 1 / 3 < heights[-1] < 1
    assert bar.grab().toImage().pixelColor(3, bar.places()[0] + 1).name() == "#8a5a00"
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    assert view.page == 3  # it scrolls as before


def test_ticks_are_worked_out_anew_only_where_something_changed(qtbot, room):
    open_reference(qtbot, room, "2010-07")
    open_document(qtbot, room, "999 call")
    view = room.reader.view
    bar = view.verticalScrollBar()
    room.reader.find_words("officers")
    qtbot.waitUntil(lambda: len(bar.places()) >= 3)
    heights, places = view.heights_found(), bar.places()
    bar.setValue(bar.maximum())
    bar.grab()
    assert view.heights_found() is heights
    assert bar.places() is places
    bar.resize(bar.width(), bar.height() // 2)
    assert bar.places()[-1] < places[-1]
    view.turn()
    assert view.heights_found() != heights
    heights = view.heights_found()
    view.set_text(PageText(number=1, text="", boxes=b"", width=1, height=1))
    assert view.heights_found()[0] != heights[0], "the middle of a page without places"
    view.set_found([])
    assert (view.heights_found(), bar.places()) == ([], [])


@pytest.mark.parametrize("marked", [False, True])
def test_words_and_marks_are_copied_with_their_citation(qtbot, room, marked):
    open_reference(qtbot, room, "2010-07")
    open_document(qtbot, room, "999 call")
    view = room.reader.view
    qtbot.keyClick(
        view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    assert QGuiApplication.clipboard().text() == ""  # nothing is picked: it is said how
    start = view.characters(1).text.index("four officers")
    view.select(1, start, start + len("four officers"))
    if marked:
        qtbot.keyClick(view, Qt.Key.Key_M)
        calm(qtbot, room)
        (mark,) = stored(
            qtbot, room, lambda b: [m for m in b.marks.of_member(b.about.member) if m.anchor.quote]
        )
        view.chosen_mark = mark.id
    qtbot.keyClick(
        view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    assert (
        QGuiApplication.clipboard().text() == "\u201cfour officers\u201d (999 call p. 1, 2010-07)"
    )
    room.reader.foot.set_labels(("A-9",))
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(view, Qt.Key.Key_C, keys)
    count = view.page_count
    citation = f"(999 call p. A-9 (1 of {count}), 2010-07)"
    assert QGuiApplication.clipboard().text() == f"\u201cfour officers\u201d {citation}"


def test_what_is_found_beside_the_pages_is_named():
    def named(source, name=""):
        return beside_words(
            Beside(source=source, case="c", reference="R", name=name, snippet="", page=2)
        )

    assert named(Source.NOTE, "Mail") == "What is to be known of Mail"
    assert named(Source.FACT, "ethnicity") == "The case: ethnicity"
    assert named(Source.FACT) == "The case"
