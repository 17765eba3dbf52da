"""Stepping back from a whole case: every factor that is asked for, in one step, with a reason."""

import pytest

from reviewer.errors import InputError, StateError
from reviewer.exchange.seal import seal
from reviewer.records.ids import CaseId, new_id
from reviewer.records.judgement import Rating, Reason
from reviewer.rounds.allocation import readable
from reviewer.rounds.recusal import recuse, said_of
from tests.books import chair_book


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
