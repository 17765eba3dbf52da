"""What is said before a seal is what the seal sends."""

import pytest

from reviewer.errors import StateError
from reviewer.exchange.going import what_goes
from reviewer.exchange.seal import seal
from reviewer.records.judgement import Rating, Reason, ReviewState
from tests.books import chair_book, page_mark


def test_the_counts_before_a_seal_are_those_of_the_seal(tmp_path):
    with chair_book(tmp_path / "a.casebook", cases=4) as book:
        me, cases = book.about.member, book.cases.all()
        mark = page_mark(book, book.documents.of(cases[0].id)[0])
        loose = page_mark(book, book.documents.of(cases[1].id)[0])
        book.marks.put_all([mark, loose], round_number=1)
        made = (
            Rating(factor="IND-FORCE", value=3, comment="Seven minutes", evidence=(mark.id,)),
            Rating(factor="SYS-CALL", reason=Reason.MISSING, record="CAD log"),
            Rating(factor="SYS-CUST", comment="Not rated, and said why"),
        )
        book.ratings.put_all(me, 1, [(cases[0].id, one) for one in made])
        book.reviews.set_text(me, cases[1].id, 1, good_practice="Rang twice")
        book.reviews.set_state(me, cases[2].id, 1, ReviewState.DEFERRED)
        going = what_goes(book)
        counts = seal(book).counts
    assert (going.rated, going.comments, going.marks, going.cited) == (
        counts.ratings,
        counts.comments,
        counts.marks,
        counts.evidence,
    )
    assert (going.asked, going.blank, going.cases, going.rated_cases) == (68, 66, 4, 1)
    assert going.mostly_blank
    assert going.words() == (
        "2 of 68 ratings, in 1 of 4 cases",
        "2 comments",
        "2 marked passages, cited 1 time as evidence",
        "What you wrote under \u201cNot scored\u201d in 1 case",
        "That you set 1 case aside",
    )


def test_where_nobody_rates_there_is_nothing_to_go(tmp_path):
    path = tmp_path / "a.casebook"
    with chair_book(path, rates=False, cases=1) as book, pytest.raises(StateError):
        what_goes(book)
