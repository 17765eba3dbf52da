"""A document is corrected, withdrawn and shown again in the window, each with a reason."""

import pytest

from reviewer.records.cases import DocumentState
from tests.books import chair_book
from tests.ui.waiting import calm
from ui.rooms.cases.room import CasesRoom

NEW = "The corrected entry names another officer.\n" * 4


@pytest.fixture
def path(tmp_path):
    made = tmp_path / "inquiry.casebook"
    chair_book(made, rates=False, cases=2).close()
    return made


@pytest.fixture
def room(qtbot, path, enter):
    made = enter(CasesRoom, path)
    made.table.selectRow(0)
    calm(qtbot, made)
    made.detail.choose(0)
    return made


def test_a_corrected_file_takes_the_place_of_a_document_and_keeps_why(qtbot, room, path, tmp_path):
    new = tmp_path / "corrected.txt"
    new.write_text(NEW, "utf-8")
    old = room.detail.chosen
    acts = room.detail.acts
    acts.begin_correcting(old, new)
    acts.send()
    assert "Say in a few words why" in acts._problem.sentence
    acts._why.setText("An officer was named wrongly")
    said = []
    room.tells.connect(said.append)
    acts.send()
    calm(qtbot, room)
    assert said == [f"{old.title} is corrected."]
    case = room.chosen_case
    now = {one.id: one for one in room.desk.call(lambda book: book.documents.of(case))}
    assert now[old.id].state is DocumentState.REPLACED
    (new_one,) = now.keys() - {old.id}
    (text,) = room.desk.call(lambda book: book.documents.texts(new_one))
    assert "names another officer" in text


def test_a_file_that_cannot_be_read_leaves_the_document_as_it_was(qtbot, room, tmp_path):
    new = tmp_path / "corrected.pdf"
    new.write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 9)
    acts = room.detail.acts
    before = room.detail.chosen
    acts.begin_correcting(before, new)
    acts._why.setText("Another copy")
    acts.send()
    calm(qtbot, room)
    assert room.outcome.text
    assert room.outcome.isVisible()
    assert room.desk.call(lambda book: book.documents.get(before.id)) == before


def test_a_document_that_is_not_chosen_any_more_is_not_replaced(qtbot, room, tmp_path):
    acts = room.detail.acts
    old = room.detail.chosen
    room.table.selectRow(1)
    calm(qtbot, room)
    acts.begin_correcting(old, tmp_path / "corrected.txt")
    assert "is not chosen any more, so nothing was replaced" in room.outcome.text
