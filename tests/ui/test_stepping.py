"""Undo and redo: named, shown where they are, and not beyond what this session did."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from reviewer.casebook.book import Casebook
from reviewer.records.judgement import Rating
from tests.ui.sample import PASSPHRASE, chair_casebook
from tests.ui.test_window import unlock
from tests.ui.waiting import calm
from ui.dialogs.steps import StepsDialog
from ui.widgets.keyhint import KeyHint

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def opened(qtbot, window, panellist_file):
    unlock(qtbot, window, panellist_file)
    window.show_room("read")
    calm(qtbot, window)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def open_at(qtbot, window, place):
    room = window.room
    by_reference = sorted(
        room.cases._rows, key=lambda row: row.row.first
    )  # the first four are rated
    room.open_case(by_reference[place].id)
    calm(qtbot, window)
    return room.judging.material.case


def rate(qtbot, window, factor, key):
    sheet = window.room.sheet
    sheet.open_factor(factor)
    qtbot.keyClick(sheet.rows[factor], key)
    calm(qtbot, window)


def press(qtbot, window, key, modifiers=CTRL):
    qtbot.keyClick(QApplication.focusWidget() or window, key, modifiers)
    calm(qtbot, window)


def value(window, factor):
    return window.room.judging.material.ratings.get(factor, Rating(factor=factor)).value


def test_undo_goes_to_its_case_and_factor_and_says_what_it_took_back(qtbot, opened):
    first = open_at(qtbot, opened, 8)
    rate(qtbot, opened, "IND-FORCE", "3")
    open_at(qtbot, opened, 9)
    press(qtbot, opened, Qt.Key.Key_Z)
    room = opened.room
    assert room.judging.material.case.id == first.id
    assert room.sheet.factor.code == "IND-FORCE"
    qtbot.waitUntil(room.sheet.rows["IND-FORCE"].hasFocus)
    assert value(opened, "IND-FORCE") is None
    assert opened._said.isVisible()
    assert opened._said.sentence == (
        f"Taken back: {first.reference}: Use of force and restraint, 3 (before: blank)"
    )
    open_at(qtbot, opened, 9)
    press(qtbot, opened, Qt.Key.Key_Y)
    assert room.judging.material.case.id == first.id
    assert value(opened, "IND-FORCE") == 3
    assert opened._said.sentence.startswith("Done again: ")


def test_undo_reads_again_only_the_case_that_it_changed(qtbot, opened):
    open_at(qtbot, opened, 8)
    read = []
    opened.room.overviews.read.connect(lambda overview: read.append(len(overview.cases)))
    opened.room.overviews.changed.connect(lambda _overview, cases: read.append(len(cases)))
    rate(qtbot, opened, "IND-FORCE", "3")
    qtbot.waitUntil(lambda: read == [1])
    press(qtbot, opened, Qt.Key.Key_Z)
    qtbot.waitUntil(lambda: len(read) > 1)
    calm(qtbot, opened)
    assert read == [1, 1]


def test_only_a_step_that_is_told_offers_to_be_done_again(qtbot, opened):
    open_at(qtbot, opened, 8)
    rate(qtbot, opened, "IND-FORCE", "3")
    redo, steps = opened._said.offers
    opened.room.tells.emit("Those were words.")
    assert opened._said.isVisible()
    assert not redo.isVisible()
    assert not steps.isVisible()
    assert [hint for hint in opened._said.findChildren(KeyHint) if hint.isVisible()] == []
    press(qtbot, opened, Qt.Key.Key_Z)
    assert redo.isVisible()
    assert steps.isVisible()
    opened.room.tells.emit("Those were words.")
    assert not redo.isVisible()


def test_undo_from_another_room_comes_to_where_it_is(qtbot, opened):
    first = open_at(qtbot, opened, 8)
    rate(qtbot, opened, "SYS-CALL", "1")
    opened.show_room("all-cases")
    calm(qtbot, opened)
    opened.actions_.run("undo")
    calm(qtbot, opened)
    assert opened.room is opened._rooms["read"]
    assert opened.room.judging.material.case.id == first.id


def test_undo_stops_at_what_an_earlier_session_did(qtbot, opened):
    case = open_at(qtbot, opened, 8)
    rate(qtbot, opened, "IND-FORCE", "3")
    path = opened.desk.path
    opened.actions_.run("lock")
    calm(qtbot, opened)
    unlock(qtbot, opened, path)
    opened.show_room("read")
    calm(qtbot, opened)
    opened.actions_.run("undo")
    calm(qtbot, opened)
    assert "since this casebook was opened" in opened._said.sentence
    opened.actions_.run("lock")
    calm(qtbot, opened)
    with Casebook.open(path, PASSPHRASE) as book:
        ratings = book.ratings.of(book.about.member, case.id, 1)
    assert ratings["IND-FORCE"].value == 3


def test_what_is_still_being_typed_is_saved_before_undo_reaches_for_it(qtbot, opened):
    open_at(qtbot, opened, 8)
    rate(qtbot, opened, "IND-FORCE", "3")
    opened.room.sheet.body.comment.setPlainText("Seven minutes")
    opened.room.sheet.take_focus()
    press(qtbot, opened, Qt.Key.Key_Z)
    assert "comment" in opened._said.sentence
    assert value(opened, "IND-FORCE") == 3
    assert opened.room.sheet.body.comment.toPlainText() == ""


def test_older_steps_are_listed_and_one_is_taken_back_by_keyboard(qtbot, opened):
    case = open_at(qtbot, opened, 8)
    rate(qtbot, opened, "IND-FORCE", "3")
    rate(qtbot, opened, "SYS-CALL", "1")
    open_at(qtbot, opened, 9)
    press(qtbot, opened, Qt.Key.Key_H)
    dialog = opened.findChild(StepsDialog)
    qtbot.waitUntil(lambda: dialog.model.rowCount() > 0)
    assert dialog.list.hasFocus()
    assert dialog.step.told == f"{case.reference}: Call handling and dispatch, 1 (before: blank)"
    qtbot.keyClick(dialog.list, Qt.Key.Key_Down)
    assert dialog.step.told.endswith("3 (before: blank)")
    while QApplication.focusWidget() is not dialog.turn:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClick(dialog.turn, Qt.Key.Key_Space)
    calm(qtbot, opened)
    assert dialog.problem.sentence.startswith(f"Taken back: {case.reference}")
    assert dialog.turn.text() == "Do it again"
    dialog.list.setFocus()
    qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    calm(qtbot, opened)
    assert opened.room.judging.material.case.id == case.id
    assert value(opened, "IND-FORCE") is None
    assert value(opened, "SYS-CALL") == 1


def test_enter_in_the_list_takes_nothing_back(qtbot, opened):
    open_at(qtbot, opened, 8)
    rate(qtbot, opened, "IND-FORCE", "3")
    press(qtbot, opened, Qt.Key.Key_H)
    dialog = opened.findChild(StepsDialog)
    qtbot.waitUntil(lambda: dialog.model.rowCount() > 0)
    qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    calm(qtbot, opened)
    assert value(opened, "IND-FORCE") == 3


def test_a_chair_who_rates_nobody_is_told_that_there_is_nothing(qtbot, window, tmp_path):
    unlock(qtbot, window, chair_casebook(tmp_path))
    window.actions_.run("undo")
    calm(qtbot, window)
    assert "No rating, comment, mark or typed word was changed" in window._said.sentence
    redo, steps = window._said.offers
    assert (redo.isVisible(), steps.isVisible()) == (False, True)
    window.actions_.run("steps")
    calm(qtbot, window)
    assert window.findChild(StepsDialog).none.isVisible()


def test_a_view_that_has_something_to_take_back_is_asked_first(
    qtbot, window, tmp_path, monkeypatch
):
    unlock(qtbot, window, chair_casebook(tmp_path))
    window.show_room("cases")
    window.room.views.show_view("bring-in")
    calm(qtbot, window)
    asked, front = [], window.room.front
    monkeypatch.setattr(front, "step_back", lambda: asked.append(front) or True)
    window.actions_.run("undo")
    assert asked == [front]
    assert not window._said.isVisible(), "no step of the casebook was taken back beside it"
    window.show_room("read")
    window.actions_.run("undo")
    calm(qtbot, window)
    assert window._said.isVisible()
