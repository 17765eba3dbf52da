"""The second custodian in the window: asked for, told, shown, and typed in at the release."""

import pytest
from PySide6.QtCore import Qt

from reviewer.crypto.groups import Sheet, to_lines
from reviewer.exchange.custody import sheet_path
from reviewer.exchange.merge import receive
from reviewer.exchange.seal import seal
from tests.books import PASSPHRASE, chair_book
from tests.reviewer.exchange import panel
from tests.reviewer.exchange.test_custody import NAME, all_in, two_of_them
from tests.reviewer.reports import pdfs
from ui.dialogs.custodian import MEANS, SheetWrittenDialog
from ui.dialogs.new_casebook import NewCasebookDialog
from ui.rooms.merge.room import MergeRoom
from ui.rooms.safekeeping.custodian import CustodianCard
from ui.rooms.safekeeping.room import SafekeepingRoom
from ui.widgets.sheet_entry import SheetEntry
from ui.widgets.text import Label

WAIT = 10_000


def words_on(widget):
    return " ".join(label.text() for label in widget.findChildren(Label) if label.text())


def test_a_chair_who_scores_is_asked_for_one_and_told_where_the_sheet_is(qtbot, window, tmp_path):
    window.actions_.run("new")
    dialog = window.findChild(NewCasebookDialog)
    choice = dialog.custodian
    dialog._set_place(tmp_path / "northmoor.casebook")
    dialog._title.setText("Northmoor")
    dialog.choice.written.setChecked(True)
    assert not choice.box.isChecked(), "a chair who does not score is not asked"
    dialog._rates.setChecked(True)
    assert choice.box.isChecked()
    assert MEANS in words_on(choice)
    for act, told in (
        (lambda: None, "Give the name"),
        (lambda: choice.name.setText("chair"), "somebody else than the chair"),
        (lambda: choice.name.setText(NAME), "Choose a folder"),
        (lambda: choice.set_folder(tmp_path), "must not lie beside"),
    ):
        act()
        dialog.accept()
        assert told in dialog.problem.sentence
    choice.set_folder(tmp_path / "stick")
    with qtbot.waitSignal(window.desk.opened, timeout=WAIT):
        dialog.accept()
    qtbot.waitUntil(lambda: window.findChild(SheetWrittenDialog) is not None, timeout=WAIT)
    custodian = window.desk.about.custodian
    sheet = sheet_path(tmp_path / "stick", custodian)
    assert len(pdfs.texts(sheet.read_bytes())) == 2
    told = words_on(window.findChild(SheetWrittenDialog))
    assert sheet.name in told
    assert "can never be printed again" in told
    assert "never be opened" in told


def test_who_refuses_one_is_told_what_is_lost(window):
    window.actions_.run("new")
    dialog = window.findChild(NewCasebookDialog)
    dialog._rates.setChecked(True)
    dialog.custodian.box.click()
    assert "nobody would see it" in words_on(dialog.custodian)
    dialog._rates.setChecked(False)
    assert "nobody would see it" not in words_on(dialog.custodian)
    dialog._rates.setChecked(True)
    assert not dialog.custodian.box.isChecked(), "what a person decided stays"


def type_lines(form, lines):
    for field, line in zip(form._half.entry._fields, lines, strict=False):
        field.setText(line)


@pytest.fixture
def all_back(tmp_path, monkeypatch):
    """A casebook with a custodian and every return in; returns (path, the lines on paper)."""
    for module in (panel, __import__("tests.reviewer.exchange.test_custody", fromlist=["x"])):
        monkeypatch.setattr(module, "PASSPHRASE", PASSPHRASE)
    book, paper = two_of_them(tmp_path)
    with book:
        all_in(tmp_path, book)
    return tmp_path / "chair.casebook", to_lines(paper, Sheet.CUSTODIAN)


def test_the_release_takes_the_lines_and_names_the_wrong_one(qtbot, enter_room, all_back):
    path, lines = all_back
    room = enter_room(path, "merge")
    assert isinstance(room, MergeRoom)
    assert f"Opens with this casebook and the sheet that {NAME} keeps." in words_on(room)
    room._ask_release()
    form = room.form
    assert NAME in words_on(form)
    form._sure.setChecked(True)
    form.send()
    assert "lines of the custodian's sheet are missing" in form.problem
    type_lines(form, [lines[0], lines[0]])
    assert "Line 2 is not as printed" in words_on(form._half)
    form.send()
    assert "Line 2 is not as printed" in form.problem
    assert not room.desk.about.released
    type_lines(form, lines)
    assert "All lines are right" in words_on(form._half)
    form.send()
    qtbot.waitUntil(lambda: bool(room.desk.about.released) and room.desk.idle, timeout=WAIT)
    assert not form._half.entry.text.strip(), "the half is let go of"
    assert f"Opened with the half of {NAME}." in words_on(room)


def test_tab_at_the_end_of_a_line_goes_to_the_next_and_skips_none(qtbot, light):
    entry = SheetEntry(Sheet.CUSTODIAN)
    qtbot.addWidget(entry)
    with qtbot.waitActive(entry):
        entry.show()
        entry.activateWindow()
    fields = entry._fields
    fields[0].setFocus()
    for number, line in enumerate(to_lines(bytes(range(32)), Sheet.CUSTODIAN)):
        assert entry.focusWidget() is fields[number]
        qtbot.keyClicks(fields[number], line)
        qtbot.keyClick(entry.focusWidget(), Qt.Key.Key_Tab)
    assert entry.whole
    fields[1].setFocus()
    qtbot.keyClick(fields[1], Qt.Key.Key_Tab)
    assert entry.focusWidget() is fields[2], "a Tab that follows no typing is a Tab"


def test_who_leaves_the_form_leaves_no_half_behind(enter_room, all_back):
    path, lines = all_back
    room = enter_room(path, "merge")
    room._ask_release()
    type_lines(room.form, lines)
    room.form.leave()
    assert not room.form._half.entry.text.strip()


def test_who_goes_to_another_room_leaves_no_half_behind(window, enter_room, all_back):
    path, lines = all_back
    room = enter_room(path, "merge")
    room._ask_release()
    type_lines(room.form, lines)
    window.show_room("panel")
    assert not room.form._half.entry.text.strip()


def test_locking_lets_go_of_a_half_that_was_typed(qtbot, window, enter_room, all_back):
    path, lines = all_back
    room = enter_room(path, "merge")
    room._ask_release()
    type_lines(room.form, lines)
    field = room.form._half.entry._fields[0]
    gone = []
    field.destroyed.connect(lambda: gone.append(True))
    with qtbot.waitSignal(window.desk.locked, timeout=WAIT):
        window.actions_.run("lock")
    qtbot.waitUntil(lambda: bool(gone), timeout=WAIT)


def card_of(room):
    assert isinstance(room, SafekeepingRoom)
    return next(card for card in room.cards if isinstance(card, CustodianCard))


def test_safekeeping_says_who_can_open_the_returns(enter_room, all_back):
    card = card_of(enter_room(all_back[0], "safekeeping"))
    assert f"that {NAME} keeps" in card.who.text()
    assert "cannot be printed again" in card.more.text()
    assert not card.go.isVisible()


def test_a_custodian_can_be_named_there_while_nothing_is_issued(qtbot, enter_room, tmp_path):
    chair_book(tmp_path / "inquiry.casebook", cases=1).close()
    card = card_of(enter_room(tmp_path / "inquiry.casebook", "safekeeping"))
    assert "nobody would see it" in card.more.text()
    card._choose()
    assert "Give the name" in card.problem.sentence
    card.name.setText(NAME)
    card.write_to(tmp_path / "stick")
    qtbot.waitUntil(lambda: card.desk.idle and f"that {NAME} keeps" in card.who.text())
    assert str(sheet_path(tmp_path / "stick", card.desk.about.custodian)) in card.outcome.text
    assert not card.go.isVisible()


def test_afterwards_it_is_too_late_and_the_card_says_why(enter_room, tmp_path):
    path = tmp_path / "inquiry.casebook"
    with chair_book(path, cases=1) as book:
        seal(book)
        receive(book, [])
    card = card_of(enter_room(path, "safekeeping"))
    assert "only before the first casebook was issued" in card.more.text()
    assert not card.form.isVisible()
