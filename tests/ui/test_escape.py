"""Escape asks before it throws away what was filled in; a filter without a match says so."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from reviewer.exchange.pack import issue
from tests.books import PASSPHRASE, chair_book
from tests.ui.chair.panel import NAMES, issued_panel
from ui.dialogs.frame import Frame
from ui.dialogs.new_casebook import NewCasebookDialog
from ui.rooms.cases.room import CasesRoom
from ui.widgets.filled import ASKS, THROW_AWAY
from ui.widgets.side_form import SideForm

WAIT = 10_000


def escape(qtbot, widget):
    qtbot.keyClick(widget, Qt.Key.Key_Escape)


def throw_away(form):
    (made,) = [b for b in form.findChildren(QPushButton) if b.text() == THROW_AWAY]
    made.click()


@pytest.fixture
def over(qtbot, light):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1024, 768)
    window.show()
    return window


class Asking(Frame):
    def __init__(self, parent):
        super().__init__(parent, "Something", action="Do it")
        self.line, self.box = QLineEdit("as it was"), QCheckBox("a box")
        self.body.addWidget(self.line)
        self.body.addWidget(self.box)


@pytest.mark.parametrize(
    "fill", [lambda d: d.line.setText("words"), lambda d: d.box.click()], ids=("words", "box")
)
def test_escape_asks_once_something_was_filled_in(qtbot, over, fill):
    dialog = Asking(over)
    dialog.open()
    fill(dialog)
    escape(qtbot, dialog.line)
    escape(qtbot, dialog.line)
    assert dialog.isVisible(), "a key that is held throws nothing away"
    assert dialog.problem.sentence == ASKS
    throw_away(dialog)
    assert not dialog.isVisible()


def test_escape_closes_what_is_as_it_was(qtbot, over):
    dialog = Asking(over)
    dialog.open()
    dialog.line.setText("other")
    dialog.line.setText("as it was")
    escape(qtbot, dialog.line)
    assert not dialog.isVisible()


def test_a_lock_closes_a_filled_form_without_asking(over):
    dialog = Asking(over)
    dialog.open()
    dialog.line.setText("words")
    dialog.close()
    assert not dialog.isVisible()


def test_a_filled_form_for_a_new_casebook_is_not_lost(qtbot, over, tmp_path):
    dialog = NewCasebookDialog(over, tmp_path)
    dialog.open()
    escape(qtbot, dialog)
    assert not dialog.isVisible()
    dialog = NewCasebookDialog(over, tmp_path)
    dialog.open()
    dialog._title.setText("Northmoor Inquiry")
    escape(qtbot, dialog._title)
    assert dialog.isVisible()
    throw_away(dialog)


@pytest.mark.parametrize(("ident", "ask"), [("panel", "ask_to_issue"), ("merge", "_ask_release")])
def test_every_form_beside_a_table_asks(qtbot, window, tmp_path, ident, ask):
    path, _ = issued_panel(tmp_path, names=NAMES[:2], cases=2)
    with qtbot.waitSignal(window.desk.opened, timeout=WAIT):
        window.desk.open(path, PASSPHRASE).run()
    window.show_room(ident)
    qtbot.waitUntil(lambda: window.desk.idle, timeout=WAIT)
    getattr(window.room, ask)()
    side = window.room._side

    def forms():
        return [f for f in window.room.findChildren(SideForm) if f.isVisible()]

    qtbot.waitUntil(lambda: bool(forms()) and forms()[0]._began != (), timeout=WAIT)
    qtbot.waitUntil(lambda: window.desk.idle, timeout=WAIT)
    (form,) = forms()
    form._begin_afresh()
    fields = form.findChildren(QPlainTextEdit) + form.findChildren(QLineEdit)
    line = next(f for f in fields if f.isVisible() and not f.isReadOnly())
    line.insertPlainText("typed") if isinstance(line, QPlainTextEdit) else line.insert("typed")
    escape(qtbot, line)
    assert side.currentIndex() > 0
    assert form.problem == ASKS
    throw_away(form)
    assert side.currentIndex() == 0
    getattr(window.room, ask)()
    qtbot.waitUntil(lambda: window.desk.idle and side.currentIndex() > 0, timeout=WAIT)
    line.clear()
    form._begin_afresh()
    escape(qtbot, form)
    assert side.currentIndex() == 0


@pytest.mark.parametrize("behind", [False, True], ids=("in front", "behind"))
@pytest.mark.parametrize("which", [("panel", "ask_to_update"), ("merge", "_ask_release")])
def test_a_form_begins_anew_each_time(qtbot, enter_room, tmp_path, which, behind):
    """Also where it was put away while another room stood in front."""
    ident, ask = which
    path, _ = issued_panel(tmp_path, names=NAMES[:1], cases=2)
    room = enter_room(path, ident)
    window = room.window()

    def opened():
        getattr(room, ask)()
        qtbot.waitUntil(lambda: window.desk.idle and room._side.currentIndex() > 0, timeout=WAIT)
        (form,) = [f for f in room.findChildren(SideForm) if f.isVisible()]
        qtbot.waitUntil(lambda: not form.filled, timeout=WAIT)  # it begins in its turn
        return form

    first = opened()
    if behind:
        window.show_room("cases")
    first.leave()
    window.desk.work(
        lambda book, _p: issue(book, NAMES[1], tmp_path, passphrase=PASSPHRASE), changes=True
    ).run()
    qtbot.waitUntil(lambda: window.desk.idle, timeout=WAIT)
    window.show_room(ident)
    qtbot.waitUntil(lambda: window.desk.idle, timeout=WAIT)
    again = opened()  # it asks about another member, and nobody typed anything
    assert again is first
    escape(qtbot, again)
    assert room._side.currentIndex() == 0


def test_a_reason_that_is_typed_for_a_document_is_not_lost(qtbot, window, tmp_path):
    path, _ = issued_panel(tmp_path, names=NAMES[:1], cases=2)
    with qtbot.waitSignal(window.desk.opened, timeout=WAIT):
        window.desk.open(path, PASSPHRASE).run()
    room = window.room
    qtbot.waitUntil(lambda: window.desk.idle and room.detail.shown is not None, timeout=WAIT)
    room.detail.choose(0)
    acts = room.detail.acts
    acts._begin_withdrawing()
    acts._why.setText("it shows a child")
    escape(qtbot, acts._why)
    assert acts._stack.currentIndex() == 1
    assert acts._problem.sentence == ASKS
    throw_away(acts)
    assert acts._stack.currentIndex() == 0


def test_a_filter_without_a_match_says_so_and_can_be_taken_off(qtbot, window, tmp_path):
    path, _ = issued_panel(tmp_path, names=NAMES[:1], cases=2)
    with qtbot.waitSignal(window.desk.opened, timeout=WAIT):
        window.desk.open(path, PASSPHRASE).run()
    room = window.room
    assert isinstance(room, CasesRoom)
    qtbot.waitUntil(lambda: window.desk.idle and bool(room._model.rows), timeout=WAIT)
    room._filter.setText("nothing is called this")
    assert room._stack.currentWidget() is room._no_match
    assert room._no_match.accessibleName() == "No case matches the filter"
    assert room.chosen_case is None
    room._no_match.findChild(QPushButton).click()
    assert room._stack.currentIndex() == 0
    assert room._filter.text() == ""


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
@pytest.mark.parametrize("count", [2, 4, 9])
def test_a_list_of_choices_opens_whole(qtbot, over, count):
    box = QComboBox(over)
    box.addItems([f"Commission, extended: {n} factors" for n in range(count)])
    box.setGeometry(20, 20, 300, 34)
    box.show()
    box.showPopup()
    view = box.view()
    qtbot.waitUntil(view.isVisible, timeout=WAIT)
    last = view.visualRect(box.model().index(count - 1, 0))
    assert last.bottom() <= view.viewport().height()
    assert view.window().height() == view.height(), "no arrow lies over the last choice"
    box.hidePopup()


@pytest.mark.parametrize("ident", ["cases", "read"])
def test_escape_empties_the_filter_of_cases_and_down_leaves_it(qtbot, window, tmp_path, ident):
    path = tmp_path / "chair.casebook"
    chair_book(path, cases=3).close()
    with qtbot.waitSignal(window.desk.opened, timeout=WAIT):
        window.desk.open(path, PASSPHRASE).run()
    window.show_room(ident)
    qtbot.waitUntil(lambda: window.desk.idle, timeout=WAIT)
    (field,) = [
        one
        for one in window.room.findChildren(QLineEdit)
        if one.accessibleName() == "Filter cases"
    ]
    field.setFocus()
    qtbot.keyClicks(field, "002")
    escape(qtbot, field)
    assert field.text() == ""
    assert window.room.isVisible()
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert not field.hasFocus()
