"""The form beside the table: what is typed is neither lost nor put where it does not belong."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from reviewer.chronology.dealings import dispute
from reviewer.errors import StateError
from reviewer.records.events import Standing
from reviewer.records.ids import EventId
from tests.ui.chronology.test_table import key, stored, take
from tests.ui.waiting import calm
from ui.rooms.chronology.material import Only


def change(qtbot, room, what="Held face down"):
    take(room, what)
    key(qtbot, room, Qt.Key.Key_F2)
    return getattr(room.form, "fields", room.form)


def send(qtbot, room):
    room.form._go.click()
    calm(qtbot, room)


def test_a_quotation_is_not_said_of_a_page_that_does_not_hold_it(qtbot, room):
    fields = change(qtbot, room)
    fields.page.setValue(2)
    send(qtbot, room)
    held = stored(room)["held"]
    assert (held.page, held.quote) == (1, "face down")
    assert "not found on page 2. They stand on page 1" in room.outcome.text
    fields = change(qtbot, room)
    fields.quote.setPlainText("words that stand nowhere")
    send(qtbot, room)
    assert stored(room)["held"].anchor.end == 0
    assert "kept as typed" in room.outcome.text
    fields = change(qtbot, room)
    fields.document.setCurrentIndex(0)
    send(qtbot, room)
    held = stored(room)["held"]
    assert (held.document, held.page, held.anchor.end) == (None, 0, 0)
    assert room.outcome.text == ""


def test_an_event_that_was_taken_out_meanwhile_does_not_come_back(qtbot, room):
    fields = change(qtbot, room)
    fields.what.setText("Held down")
    QTest.keyClick(room.table, Qt.Key.Key_Delete)
    calm(qtbot, room)
    send(qtbot, room)
    assert "held" not in stored(room)
    assert room.form.isVisible()
    assert "not there any more" in room.form.problem
    assert fields.what.text() == "Held down"


def test_a_dispute_made_meanwhile_stays(qtbot, room):
    fields = change(qtbot, room)
    fields.what.setText("Held down")

    def disputed(book):
        return dispute(book, *(book.events.get(EventId(one)) for one in ("held", "checked")))

    room.desk.do(disputed).run()
    calm(qtbot, room)
    send(qtbot, room)
    held = stored(room)["held"]
    assert (held.what, held.standing, held.disputed_with) == (
        "Held down", Standing.DISPUTED, "checked",
    )  # fmt: skip


def test_a_refusal_of_the_disk_is_said_in_our_words(qtbot, room):
    change(qtbot, room)
    room.writing._refused(StateError("Not now.", details=("Because.",)))
    assert room.form.problem == "Not now."
    room.writing._refused(OSError("ENOSPC"))
    assert "ENOSPC" not in room.form.problem
    assert room.form.problem


def test_what_was_typed_is_not_written_over_by_another_event(qtbot, room):
    fields = change(qtbot, room)
    fields.what.setText("LONG TYPED WORDS")
    for pressed in (Qt.Key.Key_T, Qt.Key.Key_F2):
        take(room, "Found unresponsive")
        key(qtbot, room, pressed)
        assert fields.what.text() == "LONG TYPED WORDS"
        assert "writing an event here" in room.form.problem
    room.form._problem._action.click()  # throw it away
    assert not room.form.isVisible()
    change(qtbot, room, "Found unresponsive")
    assert room.form.problem == ""
    change(qtbot, room)  # nothing was typed: it asks about this one
    assert fields.what.text() == "Held face down"
    assert not room.form.filled
    QTest.keyClick(room.form, Qt.Key.Key_Escape)
    assert not room.form.isVisible()


def test_no_event_is_entered_into_another_case_than_the_one_shown(qtbot, room):
    first = room.chosen_case
    fields = change(qtbot, room)
    fields.what.setText("Held down")
    room.cases.setCurrentIndex(1)
    calm(qtbot, room)
    assert (room.chosen_case, room.cases.currentIndex()) == (first, 0)
    assert "writing an event here" in room.form.problem
    room.form.leave()
    change(qtbot, room)  # with nothing typed the form goes with its case
    room.cases.setCurrentIndex(1)
    calm(qtbot, room)
    assert room.chosen_case != first
    assert not room.form.isVisible()


def test_a_form_whose_case_goes_out_of_sight_says_so(qtbot, room):
    fields = change(qtbot, room)
    fields.what.setText("Held down")
    room._wanted = room.cases.itemData(1)  # as when the case is not to be read any more
    room._read()
    calm(qtbot, room)
    assert "not shown any more" in room.form.problem
    assert fields.what.text() == "Held down"
    send(qtbot, room)
    assert not room.form.isVisible()


def test_a_form_with_nothing_typed_goes_with_its_event(qtbot, room):
    change(qtbot, room)
    QTest.keyClick(room.table, Qt.Key.Key_Delete)
    calm(qtbot, room)
    assert not room.form.isVisible()


def test_what_a_filter_leaves_out_is_shown_once_it_is_gone_to(qtbot, room):
    room.chips[Only.GAPS].click()
    room.line.chosen.emit("held")
    assert room.table.event_in_hand.id == "held"
    room.chips[Only.GAPS].click()
    key(qtbot, room, Qt.Key.Key_Return)
    assert room.table.event_in_hand.id == "found"
    room.chips[Only.DISPUTED].click()
    room.add.click()
    fields = getattr(room.form, "fields", room.form)
    fields.what.setText("Doctor sets out")
    fields.lane.setEditText("health")
    send(qtbot, room)
    assert room.table.event_in_hand.what == "Doctor sets out"


def test_the_focus_is_on_what_is_shown(qtbot, room):
    room.table.setFocus()
    room.cases.setCurrentIndex(1)  # a case without events
    calm(qtbot, room)
    assert room.focusWidget().text() == "Add the first event..."
    room.add.click()
    room.form.leave()
    assert room.focusWidget().text() == "Add the first event..."
