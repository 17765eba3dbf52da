"""An event from the pages: T brings the picked words and their page, and offers their dates."""

import struct

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QMenu, QPushButton, QSpinBox

from reviewer.casebook.stores.documents import Documents
from reviewer.crypto.profiles import CHEAP
from reviewer.records.cases import Box, Document, PageText
from reviewer.records.events import Event
from reviewer.records.ids import CaseId, EventId
from reviewer.records.judgement import Anchor
from tests.books import PASSPHRASE, chair_book
from tests.ui.read.steps import stored
from tests.ui.waiting import WAIT, calm
from ui.actions.noting import Noting
from ui.desk.desk import Desk
from ui.dialogs.event import EventDialog
from ui.rooms.catalogue import ROOMS
from ui.rooms.read.room import ReadRoom
from ui.settings import Settings
from ui.widgets.event_fields import Entered, EventFields, Missing
from ui.widgets.order import as_they_stand, tab_stops

WORDS = "face down"


@pytest.fixture
def pages(qtbot, light, file, tmp_path):
    desk = Desk(profile=CHEAP)
    with qtbot.waitSignal(desk.opened, timeout=WAIT):
        desk.open(file, PASSPHRASE).run()
    made = ReadRoom(desk, Settings(tmp_path / "settings.ini"))
    noting = Noting(desk, made)
    made.begins_event.connect(lambda event: noting.event(made, event))
    qtbot.addWidget(made)
    made.resize(1366, 800)
    with qtbot.waitExposed(made):
        made.show()
    with qtbot.waitSignal(made.judging.loaded, timeout=WAIT):
        made.enter()
    qtbot.waitUntil(lambda: made.reader.view.characters(1) is not None, timeout=WAIT)
    calm(qtbot, made)
    made.reader.view.set_text(written(made.reader.view.characters(1).text))
    made.activateWindow()
    yield made
    desk.close()


def written(text):
    """Return a page whose letters stand beside each other."""
    lefts = range(1000, 1000 + 600 * len(text), 600)
    boxes = b"".join(struct.pack("<4H", left, 1000, left + 500, 2000) for left in lefts)
    return PageText(number=1, text=text, boxes=boxes, width=595, height=842)


def pick(room):
    text = room.reader.view.characters(1).text
    start = text.index(WORDS)
    room.reader.view.select(1, start, start + len(WORDS))
    return start


def asked(qtbot, room):
    qtbot.waitUntil(lambda: bool(shown(room)), timeout=WAIT)
    return shown(room)[0]


def shown(room):
    return [one for one in room.findChildren(EventDialog) if one.isVisible()]


def events(qtbot, room):
    case = room.judging.material.case.id
    return {one.id: one for one in stored(qtbot, room, lambda book: book.events.of(case))}


def test_an_event_of_the_picked_words_is_kept_with_its_place(qtbot, pages):
    before = events(qtbot, pages)
    start = pick(pages)
    QTest.keyClick(pages.reader.view, Qt.Key.Key_T)
    dialog = asked(qtbot, pages)
    fields = dialog.fields
    assert fields.quote.toPlainText() == WORDS
    assert fields.document.currentData() == pages.reading.document
    assert fields.page.value() == 1
    assert (fields.when.text(), fields.what.text()) == ("", "")  # nothing is guessed
    assert {fields.follows.itemData(at) for at in range(fields.follows.count())} >= set(before)
    dialog.go.click()
    assert "what happened" in dialog.problem.sentence
    fields.what.setText("Held face down")
    dialog.go.click()
    assert "choose a lane" in dialog.problem.sentence
    fields.lane.setEditText("police")
    with qtbot.waitSignal(pages.tells, timeout=WAIT) as told:
        dialog.go.click()
    assert "Ctrl+Z" in told.args[0]
    calm(qtbot, pages)
    assert shown(pages) == []
    now = events(qtbot, pages)
    (made,) = [now[one] for one in now.keys() - before.keys()]
    assert (made.quote, made.page, made.anchor.start) == (WORDS, 1, start)
    assert made.anchor.boxes
    assert made.document == pages.reading.document


def test_what_cannot_be_kept_stays_in_the_form(qtbot, pages):
    pick(pages)
    pages.commands["event"]()  # the action
    dialog = asked(qtbot, pages)
    dialog.fields.what.setText("x" * 2001)
    dialog.fields.lane.setEditText("police")
    dialog.go.click()
    calm(qtbot, pages)
    assert "longer than 2,000" in dialog.problem.sentence
    dialog.reject()


def test_without_words_a_sentence_says_what_to_do(qtbot, pages, monkeypatch):
    said = []
    monkeypatch.setattr(pages.reader, "say", said.append)
    QTest.keyClick(pages.reader.view, Qt.Key.Key_T)
    assert said == ["Pick the words on the page first, then press the key again."]
    assert shown(pages) == []


def test_a_part_of_a_page_keeps_its_place(qtbot, pages):
    before = events(qtbot, pages)
    box = Box(left=0.2, top=0.2, right=0.4, bottom=0.3)
    pages.reader.view.pick_box(1, box)
    QTest.keyClick(pages.reader.view, Qt.Key.Key_T)
    dialog = asked(qtbot, pages)
    dialog.fields.what.setText("A photograph")
    dialog.fields.lane.setEditText("police")
    dialog.go.click()
    qtbot.waitUntil(lambda: not shown(pages), timeout=WAIT)
    now = events(qtbot, pages)
    (made,) = [now[one] for one in now.keys() - before.keys()]
    assert made.anchor.boxes == (box,)


def test_a_second_document_beside_the_first_has_the_key_too(qtbot, pages):
    pages.beside.turn()
    view = pages.beside.reader.view
    qtbot.waitUntil(lambda: view.characters(1) is not None, timeout=WAIT)
    view.select(1, 0, 5)
    QTest.keyClick(view, Qt.Key.Key_T)
    asked(qtbot, pages).reject()
    pages.beside.leave()
    calm(qtbot, pages)


def test_the_menu_over_the_page_offers_it_where_words_are_picked(qtbot, pages):
    view = pages.reader.view
    for picked in (False, True):
        if picked:
            pick(pages)
        at = QPoint(50, 50)
        view.contextMenuEvent(QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, at))
        menu = next(one for one in view.findChildren(QMenu) if one.isVisible())
        (act,) = [one for one in menu.actions() if one.text().endswith("\tT")]
        assert act.isEnabled() is picked
        menu.close()
        qtbot.waitUntil(lambda: not view.findChildren(QMenu))


def test_a_chair_is_told_where_a_chronology_is_kept(qtbot, pages, monkeypatch):
    pick(pages)
    monkeypatch.setattr(type(pages.desk), "about", property(lambda _desk: as_chair()))
    with qtbot.waitSignal(pages.tells) as told:
        QTest.keyClick(pages.reader.view, Qt.Key.Key_T)
    monkeypatch.undo()
    assert "who rates" in told.args[0]
    assert shown(pages) == []


@pytest.mark.parametrize("scores", [True, False])
def test_a_chair_has_a_chronology_where_they_rate(tmp_path, scores):
    with chair_book(tmp_path / "a.casebook", rates=scores) as book:
        rooms = {entry.id for entry in ROOMS if entry.when(book.about)}
    assert ("chronology" in rooms) is scores


def as_chair():
    return type("About", (), {"kind": "chair", "member": ""})()


def test_the_dates_in_the_words_are_offered_and_one_is_taken_when_it_is_pressed(qtbot, light):
    fields = EventFields()
    qtbot.addWidget(fields)
    assert fields.entered() is None
    begin(fields, "Seen on 03/04/2012 at 22:04.")
    buttons = fields.offered.findChildren(QPushButton)
    assert [one.text() for one in buttons] == [
        "3 Apr 2012 22:04", "4 Mar 2012 22:04", "3 Apr 2012", "4 Mar 2012",
    ]  # fmt: skip
    assert fields.when.text() == fields.written.text() == ""
    buttons[1].click()
    assert fields.when.text() == "2012-03-04T22:04"
    assert fields.written.text() == "03/04/2012 at 22:04"
    begin(fields, "Seen by nobody.")
    assert fields.offered.isHidden()


def test_a_time_is_offered_with_the_day_above_it_and_that_of_its_document(qtbot, light):
    fields = EventFields(wide=True)
    qtbot.addWidget(fields)
    begin(fields, "13:29 Neighbour reports", above=["2008-09-01"], date="2008-09-03")
    buttons = fields.offered.findChildren(QPushButton)
    assert [one.text() for one in buttons] == [
        "1 Sep 2008 13:29, day above", "3 Sep 2008 13:29, date of the document",
    ]  # fmt: skip
    assert fields.when.text() == fields.written.text() == ""
    buttons[0].click()
    assert (fields.when.text(), fields.written.text()) == ("2008-09-01T13:29", "13:29")
    begin(fields, "13:29", above=["2008-09-03"], date="2008-09-03")
    assert [one.text() for one in fields.offered.findChildren(QPushButton)][-1:] == [
        "3 Sep 2008 13:29, day above"
    ]
    begin(fields, "00:12:03-00:12:09", kind="area", above=["2008-09-03"], date="2008")
    assert fields.offered.isHidden()  # times of a recording
    begin(fields, "13:29", date="September 2008")
    assert fields.offered.isHidden()


def test_the_form_names_its_case_and_has_the_words_on_top_with_the_day_above(
    qtbot, pages, monkeypatch
):
    text = "Incident 5247, Monday 1 September 2008\n13:29 Neighbour reports"
    page = PageText(number=1, text=text, boxes=b"", width=595, height=842)
    monkeypatch.setattr(Documents, "page", lambda _store, _document, _number: page)
    view = pages.reader.view
    view.set_text(written(text))
    view.select(1, text.index("13:29"), len(text))
    pages.resize(1366, 768)
    QTest.keyClick(view, Qt.Key.Key_T)
    dialog = asked(qtbot, pages)
    case = pages.judging.material.case
    assert dialog.lead.text() == f"{case.reference} \u00b7 {case.title}"
    fields = dialog.fields
    place = {one: one.mapTo(dialog, QPoint(0, 0)).y() for one in (fields.quote, fields.what)}
    assert place[fields.quote] < place[fields.what]
    assert dialog.focusWidget() is fields.what
    within = QComboBox | QSpinBox
    stops = [one for one in tab_stops(dialog, fields) if not isinstance(one.parent(), within)]
    assert stops == as_they_stand(fields, stops)
    assert fields.page.lineEdit().textMargins().left() > 0, "not at its very edge"
    whole = fields.page.rect()
    assert fields.page.visibleRegion().boundingRect() == whole, "not cut where it scrolls"
    offered = [one.text() for one in fields.offered.findChildren(QPushButton)]
    assert "1 Sep 2008 13:29, day above" in offered
    assert fields.when.text() == ""
    dialog.reject()


@pytest.mark.parametrize("typed", ["CAD +3 min", "CAD runs 3 min fast", "CAD 3 min"])
def test_how_far_a_clock_runs_ahead_is_not_taken_for_its_name(qtbot, light, typed):
    fields = EventFields()
    qtbot.addWidget(fields)
    begin(fields, "Seen by nobody.")
    fields.clock.setText(typed)
    missing = fields.entered()
    assert isinstance(missing, Missing)
    assert missing.field is fields.clock
    assert "name alone" in missing.sentence
    fields.clock.setText("Ward 3")
    fields.fast.setValue(3)
    made = fields.entered()
    assert isinstance(made, Entered)
    assert (made.event.clock, made.event.fast) == ("Ward 3", 3)


def begin(fields, quote, *, kind="text", above=(), date=""):
    box = (Box(left=0, top=0, right=1, bottom=1),) if kind == "area" else ()
    anchor = Anchor(kind=kind, quote=quote, start=1, end=1 + len(quote), boxes=box)
    event = Event(
        id=EventId("e"), case=CaseId("c"), what="Seen", lane="police", page=1, anchor=anchor,
        document="d",
    )  # fmt: skip
    document = Document(
        id="d", case="c", title="Log", media="application/pdf", sha256="", size=1, page_count=1,
        date=date,
    )  # fmt: skip
    fields.begin(event, (document,), (), above)
