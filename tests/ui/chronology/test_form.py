"""The form beside the table: what is typed is neither lost nor put where it does not belong."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from reviewer.chronology.dealings import dispute
from reviewer.errors import StateError
from reviewer.records.events import Standing
from reviewer.records.ids import EventId
from tests.ui.chronology.test_table import key, stored, take
from tests.ui.waiting import calm


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
    room._refused(StateError("Not now.", details=("Because.",)))
    assert room.form.problem == "Not now."
    room._refused(OSError("ENOSPC"))
    assert "ENOSPC" not in room.form.problem
    assert room.form.problem
