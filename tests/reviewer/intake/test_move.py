"""A document brought into the wrong case: moved while nobody else has it, and kept for why."""

import pytest

from reviewer.casebook.book import Casebook
from reviewer.crypto.profiles import CHEAP
from reviewer.errors import InputError, StateError
from reviewer.exchange.pack import issue
from reviewer.intake import move_document, why_they_stay, withdraw_document
from reviewer.record_requests.dealings import add_record, answer, arrived
from tests.books import PASSPHRASE, chair_book, document, page_mark


@pytest.fixture
def chair(tmp_path):
    with chair_book(tmp_path / "inquiry.casebook", cases=2) as book:
        yield book


def cases(book):
    return tuple(book.cases.all())


def test_a_document_moves_with_its_pages_and_the_journal_keeps_why(chair):
    first, second = cases(chair)
    (one,) = chair.documents.of(first.id)
    change = move_document(chair, one, second, reason="it is  the other man's")
    assert change.cases == {first.id, second.id}
    assert chair.documents.of(first.id) == []
    assert one.id in {d.id for d in chair.documents.of(second.id)}
    assert one.id in {hit.document for hit in chair.search("restrained", case=second.id)}
    assert chair.search("restrained", case=first.id) == []
    assert chair.journal.noted("move document")[one.id] == {"reason": "it is the other man's"}
    assert all(check.passed for check in chair.verdicts())


def test_what_came_for_a_record_stays_until_that_is_taken_back(chair):
    first, second = cases(chair)
    (one,) = chair.documents.of(first.id)
    record = add_record(chair, first, "Custody record", "Police")
    answer(chair, record, arrived(record), on="2026-03-02", today="2026-03-02", document=one)
    assert "R-0001" in why_they_stay(chair, first, chair.documents.of(first.id))[one.id]
    with pytest.raises(StateError, match="what came for the record R-0001"):
        move_document(chair, one, second, reason="wrong case")
    chair.requests.take_back(record.id)
    move_document(chair, one, second, reason="wrong case")


def test_what_it_corrected_goes_with_it(chair):
    first, second = cases(chair)
    (old,) = chair.documents.of(first.id)
    made, original, reading = document(first)
    chair.documents.replace(old.id, made, original, reading, "a page was missing")
    move_document(chair, chair.documents.get(made.id), second, reason="wrong case")
    assert chair.documents.of(first.id) == []
    assert {old.id, made.id} <= {one.id for one in chair.documents.of(second.id)}


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_reason_is_asked_for(chair, reason):
    first, second = cases(chair)
    with pytest.raises(InputError, match="why"):
        move_document(chair, chair.documents.of(first.id)[0], second, reason=reason)


def test_its_own_case_a_twin_and_a_withdrawn_one_are_refused(chair):
    first, second = cases(chair)
    (one,) = chair.documents.of(first.id)
    with pytest.raises(InputError, match="already"):
        move_document(chair, one, first, reason="why")
    twin, original, reading = document(second)
    chair.documents.add(type(twin)(**{**_facts(twin), "sha256": one.sha256}), original, reading)
    with pytest.raises(InputError, match="has that file already"):
        move_document(chair, one, second, reason="why")
    withdraw_document(chair, one, "not ours")
    with pytest.raises(InputError, match="withdrawn already"):
        move_document(chair, chair.documents.get(one.id), second, reason="why")


def test_what_was_issued_stays_and_the_way_out_is_said(chair, tmp_path):
    first, second = cases(chair)
    (one,) = chair.documents.of(first.id)
    issue(chair, "B. One", tmp_path / "sticks", passphrase=PASSPHRASE, profile=CHEAP)
    with pytest.raises(StateError, match="add the file to the other case"):
        move_document(chair, one, second, reason="wrong case")
    assert chair.documents.get(one.id).case == first.id


def test_what_the_chair_has_marked_stays(chair):
    first, second = cases(chair)
    (one,) = chair.documents.of(first.id)
    chair.marks.put(page_mark(chair, one), round_number=1)
    with pytest.raises(StateError, match="marks of yours"):
        move_document(chair, one, second, reason="wrong case")


def test_what_took_the_place_of_a_marked_document_stays_with_it(chair):
    first, _ = cases(chair)
    (old,) = chair.documents.of(first.id)
    chair.marks.put(page_mark(chair, old), round_number=1)
    at = old.id
    for _ in range(2):
        made, original, reading = document(first)
        chair.documents.replace(at, made, original, reading, "a page was missing")
        at = made.id
    documents = chair.documents.of(first.id)
    chair.documents.add(*document(first))
    stays = why_they_stay(chair, first, chair.documents.of(first.id))
    assert stays.keys() == {one.id for one in documents}
    assert all("marks of yours in case 2010-01" in why for why in stays.values())


def test_no_step_from_before_can_be_taken_back(chair):
    first, second = cases(chair)
    (one,) = chair.documents.of(first.id)
    mark = page_mark(chair, one)
    chair.marks.put(mark, round_number=1)
    chair.marks.delete(mark.id, round_number=1)
    move_document(chair, one, second, reason="wrong case")
    assert chair.undo() is None
    assert chair.redo() is None


def test_only_the_chair_moves(chair, tmp_path):
    made = issue(chair, "B. One", tmp_path / "sticks", passphrase=PASSPHRASE, profile=CHEAP)
    with Casebook.open(made.path, PASSPHRASE) as own:
        first, second = cases(own)
        with pytest.raises(StateError, match="Only the chair"):
            move_document(own, own.documents.of(first.id)[0], second, reason="why")


def _facts(one):
    return {name: getattr(one, name) for name in one.__dataclass_fields__}
