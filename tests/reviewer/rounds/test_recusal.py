"""Stepping back from a whole case: every factor that is asked for, in one step, with a reason."""

import pytest

from reviewer.casebook.steps import at_once
from reviewer.cli.requests_shown import missing
from reviewer.errors import InputError, StateError
from reviewer.exchange.seal import seal
from reviewer.records.ids import CaseId, RequestId, new_id
from reviewer.records.judgement import Rating, Reason
from reviewer.records.requests import RecordRequest
from reviewer.reports.notes.model import own_notes
from reviewer.rounds.allocation import readable
from reviewer.rounds.own_marks import own_marks
from reviewer.rounds.recusal import recuse, said_of
from reviewer.rounds.terms import count_pages
from tests.books import chair_book, page_mark


@pytest.fixture
def book(tmp_path):
    with chair_book(tmp_path / "a.casebook", cases=2) as made:
        yield made


def held(book, case):
    return book.ratings.of(book.about.member, case.id, 1)


def test_every_factor_is_recused_in_one_step_that_undo_takes_back(book):
    one, other = book.cases.all()
    before = Rating(factor="IND-FORCE", value=3, comment="As he said")
    book.ratings.put(book.about.member, one.id, 1, before)
    assert said_of(book, one.id) == 1
    recuse(book, one.id, " I know\nthe family ")
    ratings = held(book, one)
    assert set(ratings) == set(book.about.framework.codes)
    assert {(r.reason, r.comment, r.value) for r in ratings.values()} == {
        (Reason.RECUSED, "I know the family", None)
    }
    assert [case.id for case in readable(book, book.about)] == [other.id]
    assert not held(book, other)
    book.undo()
    assert held(book, one) == {"IND-FORCE": before}
    assert len(readable(book, book.about)) == 2


def told(book):
    """Return, by who tells it, the cases of which something is told where none was asked for."""
    records, _ = missing(book, "2026-01-01", case=None, agency="", called=None)
    return {
        "words": {one.case for one in count_pages(at_once(book), ["face down"])},
        "marks": {one.case for one in own_marks(book)},
        "notes": {one.title.split()[0].rstrip(".,:") for one in own_notes(book).cases},
        "records": {one["case"] for one in records["missing"]},
    }


def test_where_all_cases_are_told_of_nothing_is_told_of_that_one(book):
    cases = one, other = book.cases.all()
    for number, case in enumerate(cases, 1):
        book.marks.put(page_mark(book, *book.documents.of(case.id), note="N"), round_number=1)
        record = RecordRequest(
            id=RequestId(new_id()), number=number, case=case.id, kind="log", agency="Police"
        )
        book.requests.add([record])
    ids, names = {one.id, other.id}, {one.reference, other.reference}
    assert told(book) == {"words": ids, "marks": ids, "notes": names, "records": names}
    recuse(book, one.id, "I know the family")
    ids, names = {other.id}, {other.reference}
    assert told(book) == {"words": ids, "marks": ids, "notes": names, "records": names}


@pytest.mark.parametrize("why", ["", "  \n"])
def test_a_reason_is_asked_for(book, why):
    one = book.cases.all()[0]
    with pytest.raises(InputError, match="Say why"):
        recuse(book, one.id, why)
    assert not held(book, one)


def test_a_case_that_is_not_asked_about_is_left_alone(book):
    with pytest.raises(StateError, match="asks for nothing"):
        recuse(book, CaseId(new_id()), "I know the family")


def test_a_sealed_round_stays_what_it_was(book):
    one = book.cases.all()[0]
    seal(book)
    with pytest.raises(StateError):
        recuse(book, one.id, "I know the family")
    assert not held(book, one)


def test_nobody_is_recused_where_nobody_rates(tmp_path):
    with chair_book(tmp_path / "b.casebook", rates=False, cases=1) as book:
        one = book.cases.all()[0]
        refused = pytest.raises(StateError, match="Nobody rates")
        with refused:
            recuse(book, one.id, "I know the family")
