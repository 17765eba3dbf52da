"""Documents go to the case that is chosen, and one in the wrong case is moved, with a reason."""

import pytest
from PySide6.QtWidgets import QLabel

from reviewer.casebook.book import Casebook
from reviewer.crypto.profiles import CHEAP
from reviewer.exchange.pack import issue
from tests.books import PASSPHRASE, chair_book, document, sql_of
from tests.ui.waiting import calm, shown
from ui.dialogs.choose_case import ChooseCaseDialog
from ui.rooms.cases.detail import read_case
from ui.rooms.cases.room import CasesRoom

WAIT = 10_000


@pytest.fixture
def path(tmp_path):
    made = tmp_path / "inquiry.casebook"
    chair_book(made, rates=False, cases=3).close()
    return made


@pytest.fixture
def room(path, enter):
    return enter(CasesRoom, path)


def choose(qtbot, room, place):
    room.table.selectRow(place)
    calm(qtbot, room)


def adding(qtbot, window):
    """Press "Add documents..." in the window and return its dialog."""
    window.actions_.run("import-documents")
    return shown(qtbot, window, ChooseCaseDialog)


def test_documents_are_added_to_the_chosen_case_and_the_title_says_it(qtbot, window, path):
    with qtbot.waitSignal(window.desk.opened, timeout=WAIT):
        window.desk.open(path, PASSPHRASE).run()
    qtbot.waitUntil(lambda: window.room.chosen_case is not None, timeout=WAIT)
    choose(qtbot, window.room, 2)
    dialog = adding(qtbot, window)
    assert dialog.windowTitle() == "Add documents to 2010-03"
    assert "Add documents to 2010-03" in [label.text() for label in dialog.findChildren(QLabel)]
    with qtbot.waitSignal(dialog.chosen, timeout=WAIT) as told:
        dialog._box.setCurrentIndex(1)
        assert dialog.windowTitle() == "Add documents to 2010-02"
        dialog.accept()
    assert told.args == ["2010-02"]


def test_where_no_case_is_chosen_none_is_taken_for_it(qtbot, window, path):
    with qtbot.waitSignal(window.desk.opened, timeout=WAIT):
        window.desk.open(path, PASSPHRASE).run()
    qtbot.waitUntil(lambda: window.room.chosen_case is not None, timeout=WAIT)
    window.room._filter.setText("no case is called this")
    dialog = adding(qtbot, window)
    assert dialog.windowTitle() == "Add documents"
    assert not dialog.go.isEnabled()


def test_a_document_is_moved_from_the_room_and_keeps_its_reason(qtbot, room, path):
    choose(qtbot, room, 0)
    detail = room.detail
    detail.choose(0)
    acts = detail.acts
    acts._move.click()
    acts.send()
    assert "Choose the case" in acts._problem.sentence
    acts._to.setCurrentIndex(1)
    acts.send()
    assert "why" in acts._problem.sentence
    acts._why.setText("it is the other man's")
    said = []
    room.tells.connect(said.append)
    acts.send()
    calm(qtbot, room)
    assert not room.outcome.isVisible(), "no row moves under the pointer"
    assert said == ["Custody record is in case 2010-03 now."]
    room.desk.lock()
    qtbot.waitUntil(lambda: room.desk.idle, timeout=WAIT)
    with Casebook.open(path, PASSPHRASE) as book:
        third = book.cases.by_reference("2010-03")
        assert len(book.documents.of(third.id)) == 2
        assert list(book.journal.noted("move document").values()) == [
            {"reason": "it is the other man's"}
        ]


def test_what_was_issued_says_why_it_stays_before_anything_is_typed(qtbot, path, enter, tmp_path):
    with Casebook.open(path, PASSPHRASE) as book:
        issue(book, "B. One", tmp_path / "sticks", passphrase=PASSPHRASE, profile=CHEAP)
    room = enter(CasesRoom, path)
    choose(qtbot, room, 1)
    room.detail.choose(0)
    room.detail.acts._move.click()
    assert "went to panellists in case 2010-02" in room.outcome.text
    assert room.detail.acts._stack.currentIndex() == 0


def test_a_case_of_many_documents_takes_no_more_statements_than_one_of_few(path):
    ran = []
    with Casebook.open(path, PASSPHRASE) as book:
        book.finish_checks()
        case = book.cases.by_reference("2010-01")
        few = len(read_case(book, case.id, chair=True).documents)
        sql_of(book).set_trace_callback(ran.append)
        read_case(book, case.id, chair=True)
        least = len(ran)
        sql_of(book).set_trace_callback(None)
        book.documents.add_many([document(case) for _ in range(6)])
        ran.clear()
        sql_of(book).set_trace_callback(ran.append)
        many = len(read_case(book, case.id, chair=True).documents)
        sql_of(book).set_trace_callback(None)
    assert (few, many) == (1, 7)
    assert 0 < len(ran) == least


def test_a_refresh_keeps_the_case_that_was_chosen_a_moment_ago(qtbot, room):
    room.table.selectRow(2)
    room._read()
    calm(qtbot, room)
    assert room.detail.shown.case.reference == "2010-03"


def test_a_refresh_keeps_the_document_and_what_is_typed_of_it(qtbot, room):
    choose(qtbot, room, 1)
    room.detail.choose(0)
    room.detail.acts._begin_withdrawing()
    room.detail.acts._why.setText("it shows a child")
    room._read()
    calm(qtbot, room)
    assert room.detail.acts.document is not None
    assert room.detail.acts._stack.currentIndex() == 1
    assert room.detail.acts._why.text() == "it shows a child"
