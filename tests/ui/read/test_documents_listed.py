"""The documents of a case as a list: what rows tell, how it narrows, which pages were read."""

import hashlib
from dataclasses import replace
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from reviewer.casebook.book import Casebook
from reviewer.crypto.profiles import CHEAP
from reviewer.records.cases import Document, PageText, Reading
from reviewer.records.ids import DocumentId, new_id
from reviewer.records.requests import Status
from tests.ui.read.family import give_family
from tests.ui.read.inquiry import PASSPHRASE
from tests.ui.read.steps import (
    calm,
    open_document,
    open_reference,
    select_with_mouse,
    stored,
)
from tests.ui.read.test_lacking import register
from tests.ui.reader.pages import make_pdf
from ui.desk.desk import Desk
from ui.reader.dwelling import ENOUGH
from ui.rooms.read.pages.document_rows import rows_of
from ui.rooms.read.queries import CaseMaterial
from ui.rooms.read.room import ReadRoom
from ui.settings import Settings


def give_many(path, count, *, reference="2010-07"):
    """Add ``count`` documents of one page to a case, of two agencies."""
    pdf = make_pdf(1)
    page = PageText(number=1, text="Seen.", boxes=b"", width=595.0, height=842.0)
    with Casebook.open(path, PASSPHRASE) as book:
        case = book.cases.by_reference(reference)
        for number in range(1, count + 1):
            original = f"Invented {number}".encode()
            one = Document(
                id=DocumentId(new_id()),
                case=case.id,
                title=f"Statement {number:02}",
                kind="Statement",
                agency="Police" if number % 2 else "Ambulance",
                date=f"2010-03-{1 + number % 28:02}",
                file_name=f"{number}.txt",
                media="text/plain",
                sha256=hashlib.sha256(original).hexdigest(),
                size=len(original),
                page_count=1,
            )
            reading = Reading(media="text/plain", pages=(page,), rendition=pdf)
            book.documents.add(one, original, reading)


@pytest.fixture
def family(path):
    give_family(path)


@pytest.fixture
def many(path):
    give_many(path, 40)


def listed(room):
    return [row.row for row in room.listing.list.shown]


def row(room, title):
    return next(one for one in listed(room) if one.first == title)


def signs(one):
    return [sign.text for sign in one.signs]


def test_a_row_tells_of_marks_notes_family_content_and_what_is_missing(qtbot, family, room):
    register(qtbot, room, "Ward log", status=Status.NOT_LOCATED)
    open_reference(qtbot, room, "2010-07")
    open_document(qtbot, room, "999 call")
    select_with_mouse(qtbot, room, "four officers")
    qtbot.keyClick(room.reader.view, Qt.Key.Key_M)
    calm(qtbot, room)
    qtbot.keyClick(room.reader.view, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert room.listing.list.isVisible()
    assert signs(row(room, "999 call")) == ["1 mark"]
    assert signs(row(room, "Custody record")) == ["!"]
    assert signs(row(room, "Re: the hatch")) == ["2 to know"]
    attached = row(room, "\u21b3 Photo of the hatch")
    assert attached.second == "attached to Re: the hatch"
    assert attached.state == "1 page, unread"
    lacking = listed(room)[-1]
    assert (lacking.first, lacking.state) == ("Ward log", "not in the file")
    assert "record R-0001: not located. The answer came on 2026-03-02." in lacking.second
    assert room.listing.list.foot.text() == "Read 0 of 11 pages of this case"


def test_typed_words_narrow_the_list_and_enter_opens_what_is_left(qtbot, many, room):
    open_reference(qtbot, room, "2010-07")
    qtbot.mouseClick(room._centre.head.all, Qt.MouseButton.LeftButton)
    assert room._centre.head.all.text() == "All 43"
    shown = room.listing.list
    assert len(listed(room)) == 43
    assert shown.filter.hasFocus()
    qtbot.keyClicks(shown.filter, "ambulance 38")
    assert [one.first for one in listed(room)] == ["Statement 38"]
    qtbot.keyClick(shown.filter, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: room.chosen_document and room.chosen_document.title == "Statement 38")
    assert not shown.isVisible()
    assert room.reader.view.hasFocus()


def test_arrows_move_in_the_list_while_words_are_typed_and_escape_closes_it(qtbot, room):
    open_reference(qtbot, room, "2010-07")
    open_document(qtbot, room, "999 call")
    room.listing.turn()
    shown = room.listing.list
    assert shown.list.currentIndex().row() == 1  # the document that is read
    qtbot.keyClick(shown.filter, Qt.Key.Key_Down)
    assert shown.list.currentIndex().row() == 2
    qtbot.keyClicks(shown.filter, "no such")
    assert shown.nothing.isVisible()
    qtbot.keyClick(shown.filter, Qt.Key.Key_Return)
    assert shown.isVisible()  # nothing to open
    qtbot.keyClick(shown.filter, Qt.Key.Key_Escape)
    assert shown.isVisible()
    assert len(listed(room)) == 3
    qtbot.keyClick(shown.filter, Qt.Key.Key_Escape)
    assert not shown.isVisible()
    assert room.reader.view.hasFocus()
    assert room.chosen_document.title == "999 call"


def test_a_record_that_is_not_in_the_file_cannot_be_opened(qtbot, room):
    register(qtbot, room, "Ward log")
    open_reference(qtbot, room, "2010-07")
    room.listing.turn()
    shown = room.listing.list
    qtbot.keyClicks(shown.filter, "ward")
    qtbot.keyClick(shown.filter, Qt.Key.Key_Return)
    assert shown.isVisible()


def test_the_list_goes_where_the_focus_goes_elsewhere_or_another_case_is_opened(qtbot, room):
    open_reference(qtbot, room, "2010-07")
    room.listing.turn()
    room.cases.focus_filter()
    assert not room.listing.list.isVisible()
    room.listing.turn()
    room.listing.turn()
    assert not room.listing.list.isVisible()
    room.listing.turn()
    open_reference(qtbot, room, "2010-08")
    assert not room.listing.list.isVisible()
    open_reference(qtbot, room, "2010-09")
    assert not room._centre.head.all.isVisible()


def test_what_changes_meanwhile_is_shown_and_the_row_at_hand_stays(qtbot, room):
    open_reference(qtbot, room, "2010-07")
    room.listing.turn()
    shown = room.listing.list
    qtbot.keyClick(shown.filter, Qt.Key.Key_Down)
    register(qtbot, room, "Ward log")
    assert listed(room)[-1].first == "Ward log"
    assert shown.list.currentIndex().row() == 1
    room.resize(1024, 700)
    assert room._centre.middle.rect().contains(shown.geometry())


def test_pages_in_sight_long_enough_are_read_and_known_when_the_case_is_opened_again(
    qtbot, room, path, tmp_path
):
    open_reference(qtbot, room, "2010-07")
    open_document(qtbot, room, "999 call")
    dwelling = room.reading.dwelling
    qtbot.waitUntil(lambda: room.reader.view.parts()[0].image is not None)
    qtbot.waitUntil(room.isActiveWindow)
    room.reader.view.set_zoom(0.2)
    for _ in range(ENOUGH):
        dwelling.look()
    assert not room.reading.pages_read(room.reading.document)  # too small to be read
    room.reader.view.set_zoom(1.0)
    room.reader.go_to(1)
    qtbot.waitUntil(lambda: room.reader.view.parts()[0].image is not None)
    dwelling.look()
    assert not room.reading.pages_read(room.reading.document)  # not for long enough
    for _ in range(ENOUGH):
        dwelling.look()
    assert room.reading.pages_read(room.reading.document) == {1}
    room.listing.turn()
    assert row(room, "999 call").state == "1 of 3 pages"
    assert room.listing.list.foot.text() == "Read 1 of 9 pages of this case"
    document, case = room.reading.document, room.judging.material.case.id
    room.settle()
    calm(qtbot, room)
    assert stored(qtbot, room, lambda book: book.reading.read_of(case)) == {document: {1}}
    room.desk.close()
    again = Desk(profile=CHEAP)
    with qtbot.waitSignal(again.opened):
        again.open(path, PASSPHRASE).run()
    other = ReadRoom(again, Settings(tmp_path / "others.ini"))
    qtbot.addWidget(other)
    with qtbot.waitSignal(other.judging.loaded):
        other.enter()
    open_reference(qtbot, other, "2010-07")
    assert other.reading.pages_read(document) == {1}
    again.close()


def test_a_page_behind_the_cover_of_the_case_or_the_list_is_not_read(qtbot, room):
    open_reference(qtbot, room, "2010-07")
    open_document(qtbot, room, "999 call")
    dwelling, listing = room.reading.dwelling, room.listing
    room.reader.view.set_zoom(1.0)
    room.reader.go_to(1)
    qtbot.waitUntil(lambda: room.reader.view.parts()[0].image is not None)
    qtbot.waitUntil(room.isActiveWindow)
    for turn, over in ((listing.turn_cover, listing.cover), (listing.turn, listing.list)):
        turn()
        assert over.isVisible()
        for _ in range(ENOUGH + 1):
            dwelling.look()
        assert not room.reading.pages_read(room.reading.document)
        turn()
    for _ in range(ENOUGH + 1):
        dwelling.look()
    assert room.reading.pages_read(room.reading.document) == {1}


def test_a_covered_document_has_no_page_that_is_read(qtbot, room):
    open_reference(qtbot, room, "2010-07")
    open_document(qtbot, room, "Custody record")
    assert room.reader.covered
    for _ in range(ENOUGH):
        room.reading.dwelling.look()
    assert not room.reading.pages_read(room.reading.document)


@pytest.mark.parametrize("wide", [1024, 1366, 1440])
def test_the_last_tab_lies_clear_of_the_arrows(qtbot, many, room, wide):
    room.resize(wide, 700)
    open_reference(qtbot, room, "2010-07")
    open_document(qtbot, room, "Statement 40")

    def clear():
        rect = room.tabs.tabRect(room.tabs.currentIndex())
        arrows = [one for one in room.tabs.findChildren(QToolButton) if one.isVisible()]
        return rect.left() >= 0 and rect.right() < min(one.x() for one in arrows)

    qtbot.waitUntil(clear)


def test_marks_and_parents_are_looked_up_once_for_all_rows(qtbot, family, room, monkeypatch):
    open_reference(qtbot, room, "2010-07")
    material = room.judging.material
    mail = next(one for one in material.documents if one.title == "Re: the hatch")

    passes = []

    class Marks(list):
        def __iter__(self):
            passes.append(1)
            return super().__iter__()

    marks = Marks([SimpleNamespace(document=mail.id)] * 2)
    monkeypatch.setattr(CaseMaterial, "document", None)  # walks over all of them
    rows = rows_of(replace(material, marks=marks), lambda _document: frozenset())
    assert len(passes) == 1
    by_title = {one.row.first: one.row for one in rows}
    assert "2 marks" in signs(by_title["Re: the hatch"])
    assert "attached to Re: the hatch" in by_title["\u21b3 Photo of the hatch"].second
