"""Back and forward lead over every jump: pages, documents, cases, and the room before."""

from PySide6.QtCore import Qt

from reviewer.records.cases import Hit
from reviewer.records.ids import CaseId, DocumentId
from reviewer.records.steps import Where
from tests.ui.read.steps import calm, open_document, open_reference, select_with_mouse
from ui import errors
from ui.reader.history import History, Spot


def here(room):
    """Return the case, the document and the page that are read."""
    return (
        room.judging.material.case.reference,
        room.reader.document.title if room.reading.document else "",
        room.reader.place().page if room.reading.document else 0,
    )


def step(qtbot, room, by, wanted):
    room.jumps.step(by)
    qtbot.waitUntil(lambda: here(room) == wanted, timeout=5_000)
    calm(qtbot, room)
    assert here(room) == wanted


def spot(page, document="d", case="c"):
    return Spot(case=case, document=document, page=page)


def test_spots_are_walked_both_ways_and_a_new_jump_forgets_those_ahead():
    history = History()
    assert history.back(spot(1)) is None
    history.leave(spot(1))
    history.leave(spot(5))
    assert history.back(spot(9)) == spot(5)
    assert history.back(spot(5)) == spot(1)
    assert history.back(spot(1)) is None
    assert history.forward(spot(1)) == spot(5)
    assert history.forward(spot(5)) == spot(9)
    assert history.forward(spot(9)) is None
    assert history.back(spot(9)) == spot(5)
    history.leave(spot(5))
    assert history.forward(spot(7)) is None


def test_the_same_place_twice_is_one_step_and_only_the_last_are_kept():
    history = History()
    for page in (1, 1, 2):
        history.leave(spot(page))
    assert history.back(spot(2)) == spot(1), "not the page that is shown"
    for page in range(2000):
        history.leave(spot(page))
    kept = 0
    now = spot(-1)
    while (found := history.back(now)) is not None:
        now, kept = found, kept + 1
    assert kept == 500


def test_jumps_since_one_came_are_counted_and_taken_back():
    history = History()
    history.leave(spot(1))
    history.arrive()
    assert not history.travelled
    history.leave(spot(4))
    assert history.travelled
    history.back(spot(9))
    assert not history.travelled
    history.forward(spot(4))
    assert history.travelled
    history.clear()
    assert not history.travelled
    assert history.back(spot(9)) is None


def test_within_a_document_every_jump_is_taken_back(qtbot, room):
    open_reference(qtbot, room, "2010-07")
    open_document(qtbot, room, "999 call")
    room.jumps.clear()
    view = room.reader.view
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert view.page == 3
    room.reader.foot.page_entered.emit(1)
    assert view.page == 1
    room.reader.thumbnails.page_chosen.emit(3)
    for by, page in ((-1, 1), (-1, 3), (-1, 1), (1, 3), (1, 1), (1, 3)):
        step(qtbot, room, by, ("2010-07", "999 call", page))


def test_reading_on_is_no_jump(qtbot, room):
    open_reference(qtbot, room, "2010-07")
    open_document(qtbot, room, "999 call")
    room.jumps.clear()
    view = room.reader.view
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Right)
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    told = []
    room.tells.connect(told.append)
    room.jumps.step(-1)
    room.jumps.step(1)
    assert told == [
        "There is no page before this one to go back to.",
        "There is no page to go forward to.",
    ]
    assert view.page == 3


def test_the_place_is_found_again_to_the_line_and_the_size_stays(qtbot, room):
    open_reference(qtbot, room, "2010-07")
    open_document(qtbot, room, "999 call")
    view, bar = room.reader.view, room.reader.view.verticalScrollBar()
    bar.setValue(250)
    room.reader.foot.page_entered.emit(3)
    view.set_zoom(view.zoom)
    room.jumps.step(-1)
    assert abs(bar.value() - 250) <= 2
    assert view.settings.fit.value == "free"


def test_find_is_one_jump_while_one_types_and_one_a_step_to_another_page(qtbot, room):
    open_reference(qtbot, room, "2010-07")
    open_document(qtbot, room, "999 call")
    room.reader.foot.page_entered.emit(3)
    room.jumps.clear()
    room.reader.find_words("page 1")
    qtbot.waitUntil(lambda: room.reader.view.page == 1)
    calm(qtbot, room)
    room.reader.find_words("page 2")
    qtbot.waitUntil(lambda: room.reader.view.page == 2)
    calm(qtbot, room)
    step(qtbot, room, -1, ("2010-07", "999 call", 3))
    room.reader.find_words("Invented")
    qtbot.waitUntil(lambda: len(room.reader._found) == 3)
    room.jumps.clear()
    room.reader._step(1)
    page = room.reader.view.page
    step(qtbot, room, -1, ("2010-07", "999 call", 3))
    assert page != 3


def test_another_document_and_another_case_are_jumps(qtbot, room):
    open_reference(qtbot, room, "2010-07")
    open_document(qtbot, room, "999 call")
    room.jumps.clear()
    room.reader.foot.page_entered.emit(3)
    open_document(qtbot, room, "Photograph")
    open_reference(qtbot, room, "2010-09")
    open_reference(qtbot, room, "2010-08")
    for by, wanted in (
        (-1, ("2010-09", "", 0)),
        (-1, ("2010-07", "Photograph", 1)),
        (-1, ("2010-07", "999 call", 3)),
        (-1, ("2010-07", "999 call", 1)),
        (1, ("2010-07", "999 call", 3)),
        (1, ("2010-07", "Photograph", 1)),
        (1, ("2010-09", "", 0)),
        (1, ("2010-08", "Nursing notes", 1)),
    ):
        step(qtbot, room, by, wanted)


def test_two_steps_at_once_are_two(qtbot, room):
    open_reference(qtbot, room, "2010-07")
    open_document(qtbot, room, "999 call")
    open_document(qtbot, room, "Photograph")
    open_reference(qtbot, room, "2010-08")
    room.jumps.step(-1)
    step(qtbot, room, -1, ("2010-07", "999 call", 1))
    room.jumps.step(1)
    step(qtbot, room, 1, ("2010-08", "Nursing notes", 1))


def test_a_page_that_was_cited_and_a_mark_are_jumps(qtbot, room):
    open_reference(qtbot, room, "2010-07")
    open_document(qtbot, room, "999 call")
    room.reader.view.setFocus()
    select_with_mouse(qtbot, room, "Restrained by four officers")
    qtbot.keyClick(room.reader.view, Qt.Key.Key_M)
    calm(qtbot, room)
    mark = room.judging.material.marks[0]
    open_document(qtbot, room, "Photograph")
    room.jumps.clear()
    room._jump(mark.id)
    qtbot.waitUntil(lambda: here(room) == ("2010-07", "999 call", 1))
    step(qtbot, room, -1, ("2010-07", "Photograph", 1))
    other = room.judging.material.case.id
    photograph = room.reading.document
    open_reference(qtbot, room, "2010-08")
    room.go_to(Where(case=other, document=photograph, page=2))
    qtbot.waitUntil(lambda: here(room) == ("2010-07", "Photograph", 2))
    step(qtbot, room, -1, ("2010-08", "Nursing notes", 1))


def test_what_is_gone_is_left_out(qtbot, room):
    open_reference(qtbot, room, "2010-07")
    open_document(qtbot, room, "999 call")
    case = room.judging.material.case.id
    room.jumps.history.leave(Spot(case=case, document="gone", page=2))
    told = []
    room.tells.connect(told.append)
    step(qtbot, room, -1, ("2010-07", "Custody record", 1))
    room.jumps.history.leave(Spot(case=case, document="gone", page=2))
    open_reference(qtbot, room, "2010-08")
    room.jumps.history._behind.pop()
    room.jumps.step(-1)
    qtbot.waitUntil(lambda: told == ["The document that you were in is no longer in this case."])
    assert room.judging.material.case.reference == "2010-07"


def test_a_failure_on_the_way_forgets_the_way(qtbot, room):
    open_reference(qtbot, room, "2010-07")
    open_document(qtbot, room, "999 call")
    room.jumps._going = spot(2)
    room.jumps._give_up(OSError())
    room.reader.foot.page_entered.emit(3)
    step(qtbot, room, -1, ("2010-07", "999 call", 1))


def test_a_case_that_is_gone_is_told_and_jumps_are_taken_down_again(qtbot, room, monkeypatch):
    told = []
    monkeypatch.setattr(errors, "show", lambda _over, error: told.append(str(error)))
    open_reference(qtbot, room, "2010-07")
    open_document(qtbot, room, "999 call")
    room.jumps.history.leave(spot(2, case="0" * 32))
    room.jumps.step(-1)
    qtbot.waitUntil(lambda: bool(told), timeout=5_000)
    assert told == ["This case is no longer in the casebook."]
    assert here(room) == ("2010-07", "999 call", 1)
    room.reader.foot.page_entered.emit(3)
    step(qtbot, room, -1, ("2010-07", "999 call", 1))


def test_a_page_that_was_asked_for_in_a_case_that_is_gone_leads_nowhere_later(
    qtbot, room, monkeypatch
):
    told = []
    monkeypatch.setattr(errors, "show", lambda _over, error: told.append(str(error)))
    gone = {"case": CaseId("0" * 32), "reference": "", "title": "", "snippet": ""}
    room._open_hit(Hit(document=DocumentId("gone"), page=2, **gone))
    qtbot.waitUntil(lambda: bool(told), timeout=5_000)
    open_reference(qtbot, room, "2010-08")
    assert here(room) == ("2010-08", "Nursing notes", 1)


def test_stepping_to_a_mark_on_another_page_is_a_jump(qtbot, room):
    open_reference(qtbot, room, "2010-07")
    open_document(qtbot, room, "999 call")
    select_with_mouse(qtbot, room, "Restrained by four officers")
    qtbot.keyClick(room.reader.view, Qt.Key.Key_M)
    calm(qtbot, room)
    room.reader.view.go_to(3)
    room.jumps.clear()
    room.by_ear.step(1)
    assert room.reader.view.page == 1
    step(qtbot, room, -1, ("2010-07", "999 call", 3))
