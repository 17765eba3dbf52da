"""What was typed and not sent: it stays where it was, and a lock does not call it saved."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPushButton, QVBoxLayout, QWidget

from tests.books import PASSPHRASE, case
from tests.ui.chair.panel import NAMES, issued_panel
from tests.ui.test_window import words_on
from ui.dialogs.choose_case import ChooseCaseDialog
from ui.rooms.panel.form import IssueForm
from ui.widgets.filled import ASKS
from ui.widgets.form import Form
from ui.widgets.side_form import SideForm

WAIT = 10_000
SAVED = "Everything you typed has been saved"
NOT_SENT = "Not kept, since it was not sent"


def chairs(qtbot, window, tmp_path):
    path, _ = issued_panel(tmp_path, names=NAMES[:1], cases=2)
    with qtbot.waitSignal(window.desk.opened, timeout=WAIT):
        window.desk.open(path, PASSPHRASE).run()
    settled(qtbot, window)
    return window.room


def settled(qtbot, window):
    qtbot.waitUntil(lambda: window.desk.idle, timeout=WAIT)
    qtbot.wait(10)


def locked(qtbot, window):
    with qtbot.waitSignal(window.desk.locked, timeout=WAIT):
        window.desk.lock()
    return words_on(window.room)


def issuing(qtbot, window):
    window.show_room("panel")
    settled(qtbot, window)
    window.room.ask_to_issue()
    (form,) = window.room.findChildren(IssueForm)
    settled(qtbot, window)
    return form


def test_a_lock_over_a_filled_form_does_not_say_that_all_is_saved(qtbot, window, tmp_path):
    chairs(qtbot, window, tmp_path)
    form = issuing(qtbot, window)
    qtbot.keyClicks(form._names, "E. Fourth")
    said = locked(qtbot, window)
    assert NOT_SENT in said
    assert SAVED not in said
    assert "the form \u201cIssue casebooks\u201d" in said
    assert "Fourth" not in said


def test_an_empty_form_and_a_filter_are_nothing_that_is_lost(qtbot, window, tmp_path):
    chairs(qtbot, window, tmp_path)
    form = issuing(qtbot, window)
    window.show_room("cases")
    settled(qtbot, window)
    assert not form.filled
    qtbot.keyClicks(window.room._filter, "2010")
    assert SAVED in locked(qtbot, window)


def test_a_form_in_a_room_behind_is_told_at_a_lock(qtbot, window, tmp_path):
    chairs(qtbot, window, tmp_path)
    form = issuing(qtbot, window)
    qtbot.keyClicks(form._names, "E. Fourth")
    window.show_room("cases")
    settled(qtbot, window)
    assert NOT_SENT in locked(qtbot, window)


def test_a_form_that_was_filled_before_another_room_still_asks(qtbot, window, tmp_path):
    chairs(qtbot, window, tmp_path)
    form = issuing(qtbot, window)
    qtbot.keyClicks(form._names, "E. Fourth")
    window.show_room("cases")
    window.show_room("panel")
    settled(qtbot, window)
    qtbot.keyClick(form._names, Qt.Key.Key_Escape)
    assert form.isVisible()
    assert form.problem == ASKS


def test_a_reason_waits_at_its_document_while_another_case_is_looked_at(qtbot, window, tmp_path):
    room = chairs(qtbot, window, tmp_path)
    qtbot.waitUntil(lambda: room.detail.shown is not None, timeout=WAIT)
    room.detail.choose(0)
    acts = room.detail.acts
    first = acts.document
    acts._begin_withdrawing()
    qtbot.keyClicks(acts._why, "it shows a child")
    room.table.selectRow(1)
    settled(qtbot, window)
    assert acts._stack.currentIndex() == 0
    room.detail.choose(0)
    assert acts.document != first
    assert acts._stack.currentIndex() == 0
    assert acts.filled
    room.table.selectRow(0)
    settled(qtbot, window)
    room.detail.choose(0)
    assert acts.document == first
    assert (acts._stack.currentIndex(), acts._why.text()) == (1, "it shows a child")
    room.table.selectRow(1)
    settled(qtbot, window)
    assert NOT_SENT in locked(qtbot, window)


def test_tab_goes_through_a_form_as_it_is_read_also_what_came_later(qtbot, light):
    """What is read aloud off the custodian's sheet must not be typed at Lock."""
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    form = SideForm("Release", "Release it", lambda: None, away="Not yet")
    column.addWidget(form)
    column.addWidget(QPushButton("Lock"))
    line, sure, reason = QLineEdit("line"), QCheckBox("sure"), QLineEdit("reason")
    form.inside.addWidget(line)
    form.over_foot.addWidget(sure)
    form.inside.insertWidget(0, reason)
    window.show()
    qtbot.waitUntil(lambda: form._began != ())
    reason.setFocus()
    seen = []
    for _ in range(5):
        seen.append(window.focusWidget())
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    assert seen == [reason, line, sure, form._away, form._go]


def test_a_long_name_over_a_field_is_read_whole(qtbot, light):
    form = Form()
    qtbot.addWidget(form)
    form.add("Without " + "D. Third-Person With A Name " * 4, QLineEdit())
    assert form.minimumSizeHint().width() < 300


def test_the_list_of_cases_is_no_wider_than_its_dialog(qtbot, light):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1024, 700)
    window.show()
    long = [case("2010-01"), case("2010-02", "A long night on the slipway " * 6)]
    dialog = ChooseCaseDialog(window, long)
    dialog.open()
    assert dialog._inside.minimumSizeHint().width() <= dialog.width()
