"""Coming to the chronology: with the case that is read, by keys, also where nothing is in it."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from reviewer.records.ids import CaseId
from tests.ui.chronology.test_table import key, stored, take
from tests.ui.waiting import WAIT, calm
from ui.rooms.room import Room


class Pages(Room):
    """A room in which a case is read."""

    read: str | None = None

    @property
    def case_read(self):
        return CaseId(self.read) if self.read else None


def beside(qtbot, room):
    made = Pages(room.desk, room.settings)
    qtbot.addWidget(made)
    room.pages = lambda: made
    return made


def enter(qtbot, room):
    room.enter()
    calm(qtbot, room)
    return room.chosen_case


def test_it_opens_on_the_case_that_is_read_else_as_it_was_left(qtbot, room):
    first, second = (case.id for case in room._material.cases)
    pages = beside(qtbot, room)
    pages.read = second
    assert enter(qtbot, room) == second
    assert room.form.of.text() == ""
    room.cases.setCurrentIndex(0)
    calm(qtbot, room)
    assert enter(qtbot, room) == first  # chosen here, while the same case is read
    pages.read = first
    enter(qtbot, room)
    pages.read = second
    assert enter(qtbot, room) == second


def test_a_form_that_is_being_filled_keeps_its_case_and_names_it(qtbot, room):
    first, second = (case.id for case in room._material.cases)
    pages = beside(qtbot, room)
    room.add.click()
    assert room.form.of.text().startswith("2010-01")
    room.form.fields.what.setText("Something")
    pages.read = second
    assert enter(qtbot, room) == first
    assert room.form.fields.what.text() == "Something"
    assert room.form.fields.what.hasFocus()


def test_after_a_lock_it_opens_on_the_case_that_was_read_last(qtbot, window, file, enter_room):
    room = enter_room(file, "read")
    cases = room.desk.call(lambda book: [case.id for case in book.cases.all()])
    other = next(case for case in cases if case != room.case_read)
    with qtbot.waitSignal(room.judging.loaded, timeout=WAIT):
        room.open_case(other)
    calm(qtbot, room)
    window.show_room("chronology")
    calm(qtbot, window.room)
    assert window.room.chosen_case == other
    with qtbot.waitSignal(window.desk.locked, timeout=WAIT):
        window.desk.lock()
    enter_room(file, "chronology")
    calm(qtbot, window.room)
    assert window.room.chosen_case == other


def test_where_nothing_is_in_it_t_adds_the_first_and_tab_stays_in_the_room(qtbot, room):
    room.cases.setCurrentIndex(1)
    calm(qtbot, room)
    room.take_focus()
    button = QApplication.focusWidget()
    assert "first" in button.text()
    QTest.keyClick(button, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is room.cases
    QTest.keyClick(room.chips[next(iter(room.chips))], Qt.Key.Key_T)
    assert room.form.isVisible()
    QTest.keyClick(room.form.fields.standing, Qt.Key.Key_T)
    assert room.form.problem == ""
    assert room.form.fields.what.text() == ""


def test_the_time_line_goes_with_the_last_event(qtbot, room):
    assert room.line.isVisible()
    for one in [event.what for event in stored(room).values()]:
        take(room, one)
        key(qtbot, room, Qt.Key.Key_Delete)
    assert not stored(room)
    assert room.line.span is None
    assert not room.line.isVisible()
