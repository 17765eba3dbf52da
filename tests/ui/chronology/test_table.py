"""The chronology as a table: read, filtered, entered, changed, disputed, taken out."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QMenu, QWidget

from reviewer.chronology.timeline import Gap
from reviewer.records.events import Standing
from reviewer.records.judgement import Mark
from tests.ui.waiting import calm, shown
from ui.rooms.chronology import material
from ui.rooms.chronology.material import Only


def told(room):
    return ["gap" if isinstance(row, Gap) else row.event.what for row in room.table.events.rows]


def cells(room, at):
    model = room.table.events
    return [model.index(at, column).data() for column in range(model.columnCount())]


def stored(room):
    case = room.chosen_case
    return {event.id: event for event in room.desk.call(lambda book: book.events.of(case))}


def take(room, what):
    at = told(room).index(what)
    room.table.setCurrentIndex(room.table.events.index(at, 0))


def key(qtbot, room, pressed):
    QTest.keyClick(room.table, pressed)
    calm(qtbot, room)


def test_events_stand_in_their_order_with_gaps_as_rows(room):
    assert told(room) == [
        "Sister telephones", "Held face down", "Checked through hatch", "gap",
        "Found unresponsive", "Fire service called",
    ]  # fmt: skip
    assert cells(room, 1) == [
        "11 Mar 22:03 to 22:10", "between two times · CAD +3 min", "Police", "Held face down",
        "Custody record p.1", "", "",
    ]  # fmt: skip
    assert cells(room, 2)[5] == ""  # since when, nobody knows to the minute
    assert cells(room, 4)[5] == "+ 1 h 15 min"
    assert cells(room, 3)[0] == "Police: no entry for 1 h 15 min."
    assert cells(room, 5)[:3] == ["31 February", "without a date", "Fire service"]
    assert room.head.note.startswith("2010-01")
    assert room.head.note.endswith(" \u00b7 11 Mar 2012")


def test_a_shorter_time_shows_more_gaps(room):
    room.over.setCurrentIndex(0)  # a quarter of an hour
    assert told(room).count("gap") == 2
    room.over.setCurrentIndex(room.over.count() - 1)
    assert told(room).count("gap") == 0


@pytest.mark.parametrize(
    ("only", "left"),
    [
        (Only.DISPUTED, []),
        (Only.GAPS, ["gap"]),
        (Only.NO_DATE, ["Fire service called"]),
        (
            Only.NO_PAGE,
            ["Sister telephones", "Checked through hatch", "Found unresponsive",
             "Fire service called"],
        ),
    ],
)  # fmt: skip
def test_filters_say_how_many_they_leave(room, only, left):
    room.chips[only].click()
    assert told(room) == left
    assert room.chips[only].text().endswith(f" {len(left)}")
    assert [chip.isChecked() for chip in room.chips.values()].count(True) == 1
    assert room._layers.currentIndex() == (0 if left else 2)
    room.chips[Only.ALL].click()
    assert len(told(room)) == 6


def test_an_event_is_added_with_its_page(qtbot, room):
    key(qtbot, room, Qt.Key.Key_T)
    form = room.form
    assert form.isVisible()
    form._go.click()
    assert "what happened" in form.problem
    form.fields.what.setText("Doctor sets out")
    form._go.click()
    assert "choose a lane" in form.problem
    form.fields.lane.setEditText("health")
    form.fields.when.setText("2012-03-11T22:52~")
    assert form.fields.read_as.text() == "Read as about 11 Mar 2012 22:52, about"
    form.fields.document.setCurrentIndex(1)
    assert form.fields.page.maximum() == 2
    form.fields.quote.setPlainText("Sister telephoned")
    form._go.click()
    calm(qtbot, room)
    assert not form.isVisible()
    event = room.table.event_in_hand
    assert (event.what, event.lane, event.page) == ("Doctor sets out", "health", 2)
    assert event.anchor.end
    assert stored(room)[event.id] == event


def test_a_date_that_cannot_be_is_told_and_kept(qtbot, room):
    room.add.click()
    form = room.form
    assert form.fields.read_as.text() == "Without a date"
    form.fields.what.setText("Told")
    form.fields.lane.setEditText("Coroner")
    form.fields.when.setText("31 February")
    assert form.fields.read_as.text().startswith("This is no date")
    form._go.click()
    calm(qtbot, room)
    assert room.table.event_in_hand.when == "31 February"
    assert room.table.event_in_hand.lane == "Coroner"


def test_an_event_is_changed_and_what_cannot_be_is_refused_in_the_form(qtbot, room):
    take(room, "Held face down")
    key(qtbot, room, Qt.Key.Key_F2)
    form = room.form
    assert form.fields.quote.toPlainText() == "face down"
    assert (form.fields.clock.text(), form.fields.fast.value()) == ("CAD", 3)
    form.fields.what.setText("x" * 2001)
    form._go.click()
    calm(qtbot, room)
    assert "longer than 2,000" in form.problem
    form.fields.what.setText("Held down")
    form._go.click()
    calm(qtbot, room)
    event = stored(room)["held"]
    assert event.what == "Held down"
    assert event.anchor.end
    assert told(room)[1] == "Held down"


def test_a_lane_of_another_name_comes_back_to_the_form(qtbot, room):
    take(room, "Fire service called")
    room.edit.click()
    assert room.form.fields.lane.currentText() == "Fire service"
    room.form.leave()
    assert not room.form.isVisible()
    assert room.table.hasFocus()
    assert stored(room)["fire"].lane == "Fire service"


def test_two_events_dispute_each_other_and_are_settled(qtbot, room):
    take(room, "Held face down")
    key(qtbot, room, Qt.Key.Key_D)
    menu = shown(qtbot, room, QMenu)
    act = next(one for one in menu.actions() if "Checked" in one.text())
    act.trigger()
    calm(qtbot, room)
    assert {e.id for e in stored(room).values() if e.standing is Standing.DISPUTED} == {
        "held", "checked",
    }  # fmt: skip
    assert cells(room, 1)[6] == "disputed"
    room.chips[Only.DISPUTED].click()
    assert len(told(room)) == 2
    menu.close()
    room.dispute.click()
    menu = shown(qtbot, room, QMenu)
    menu.actions()[0].trigger()
    calm(qtbot, room)
    assert all(event.standing is Standing.UNDISPUTED for event in stored(room).values())


def test_an_event_is_taken_out_and_comes_back(qtbot, room):
    take(room, "Held face down")
    with qtbot.waitSignal(room.tells):
        QTest.keyClick(room.table, Qt.Key.Key_Delete)
    calm(qtbot, room)
    assert "held" not in stored(room)
    assert room.table.event_in_hand.what == "Checked through hatch"  # the next one
    room.desk.do(lambda book: book.undo()).run()
    calm(qtbot, room)
    assert "Held face down" in told(room)


def test_enter_opens_the_page_and_a_gap_leads_to_what_ends_it(qtbot, room):
    take(room, "Held face down")
    with qtbot.waitSignal(room.reads) as read:
        QTest.keyClick(room.table, Qt.Key.Key_Return)
    case, mark = read.args
    assert case == room.chosen_case
    assert isinstance(mark, Mark)
    assert (mark.page, mark.anchor.quote) == (1, "face down")
    key(qtbot, room, Qt.Key.Key_G)
    assert isinstance(room.table.row, Gap)
    assert not room.edit.isEnabled()
    key(qtbot, room, Qt.Key.Key_Return)
    assert room.table.event_in_hand.what == "Found unresponsive"
    key(qtbot, room, Qt.Key.Key_G)  # from the last one on to the first
    assert isinstance(room.table.row, Gap)
    take(room, "Sister telephones")
    assert not room.go.isEnabled()
    with qtbot.assertNotEmitted(room.reads):
        QTest.keyClick(room.table, Qt.Key.Key_Return)


def test_another_case_is_chosen_and_begins_empty(qtbot, room):
    assert room.cases.itemText(0) == "2010-01"
    room.cases.setCurrentIndex(1)
    calm(qtbot, room)
    assert told(room) == []
    assert room._layers.currentIndex() == 1
    assert room._material.days == ""
    for act in (room.go, room.edit, room.dispute, room.remove):
        assert not act.isEnabled()
    for pressed in (Qt.Key.Key_F2, Qt.Key.Key_D, Qt.Key.Key_Delete, Qt.Key.Key_G):
        key(qtbot, room, pressed)  # nothing in hand: nothing happens
    assert not room.form.isVisible()


def test_the_only_event_has_no_other_to_dispute_it(qtbot, room):
    room.cases.setCurrentIndex(1)
    calm(qtbot, room)
    room.add.click()
    room.form.fields.what.setText("Alone")
    room.form.fields.lane.setEditText("police")
    room.form._go.click()
    calm(qtbot, room)
    room.dispute.click()
    menu = shown(qtbot, room, QMenu)
    assert [act.text() for act in menu.actions()] == ["There is no other event in this case"]
    menu.close()


def test_a_lock_leaves_nothing_in_the_room(qtbot, room):
    take(room, "Held face down")
    key(qtbot, room, Qt.Key.Key_F2)
    room.tell("They stand on page 2 of Custody record")
    room.desk.lock()
    calm(qtbot, room)
    assert told(room) == []
    assert not room.form.isVisible()
    parts = room.findChildren(QWidget)
    boxes = [part for part in parts if isinstance(part, QComboBox)]
    left = [box.itemText(at) for box in boxes for at in range(box.count())]
    said = [getattr(part, name, "") for part in parts for name in ("text", "toPlainText")]
    left += [one() if callable(one) else one for one in said]
    for word in ("Held", "face down", "Custody", "2010", "Sister", "Mar 2012"):
        assert not [words for words in left if word in words], word
    assert room.chips[Only.ALL].text() == "All 0 events"


def test_what_goes_through_all_events_is_worked_out_once(qtbot, room, monkeypatch):
    worked, looked = [], []
    years, gaps = material.several_years, material.gaps
    monkeypatch.setattr(material, "several_years", lambda some: worked.append(1) or years(some))
    monkeypatch.setattr(material, "gaps", lambda *some: looked.append(1) or gaps(*some))
    line = room.line._line
    room.chips[Only.DISPUTED].click()
    assert len(looked) == 1
    room.chips[Only.ALL].click()
    assert len(looked) == 2
    assert room.line._line is line  # the events are the same
    for _ in range(3):
        room.table.grab()
    assert len(worked) <= 1
    assert room.table.row is room.table.events.rows[room.table.currentIndex().row()]
    assert room.table.events.row_at(-1) is None
