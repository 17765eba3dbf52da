"""Steps that can be taken back: named, in any order that holds, and only those of a session."""

from dataclasses import replace

import pytest

from reviewer.errors import StateError
from reviewer.records.ids import MarkId, new_id
from reviewer.records.judgement import Confidence, Rating, Reason, ReviewState
from reviewer.records.moments import range_anchor
from reviewer.records.steps import Where
from tests.books import chair_book, page_mark

FORCE = "Use of force and restraint"


@pytest.fixture
def book(tmp_path):
    with chair_book(tmp_path / "a.casebook", cases=2) as made:
        yield made


def one(book):
    return book.about.member, book.cases.all()[0].id


def rate(book, factor="IND-FORCE", **how):
    member, case = one(book)
    return book.ratings.put(member, case, 1, Rating(factor=factor, **how)).seq


def told(book):
    return [step.told for step in book.steps.newest()]


def test_each_step_is_named_with_its_case(book):
    member, case = one(book)
    document = book.documents.of(case)[0]
    rate(book, value=3)
    rate(book, value=3, confidence=Confidence.LOW)
    rate(book, reason=Reason.MISSING, record="CAD log", confidence=Confidence.LOW)
    rate(book, value=1, comment="Seven minutes by two accounts, and watched his breathing")
    mark = page_mark(book, document)
    book.marks.put(mark, round_number=1)
    book.marks.delete(mark.id, round_number=1)
    book.reviews.set_text(member, case, 1, good_practice="Rang the sister")
    book.reviews.set_state(member, case, 1, ReviewState.DEFERRED)
    changed = (
        "1 (before: Record missing), confidence taken out, comment \u201cSeven minutes by two"
        " accounts, and\u2026\u201d, record taken out"
    )
    assert told(book) == [
        "2010-01: set aside",
        "2010-01: \u201cGood practice\u201d \u201cRang the sister\u201d",
        "2010-01: mark on Custody record p.1 taken out",
        "2010-01: mark on Custody record p.1",
        f"2010-01: {FORCE}, {changed}",
        f"2010-01: {FORCE}, Record missing (before: 3), record \u201cCAD log\u201d",
        f"2010-01: {FORCE}, confidence low",
        f"2010-01: {FORCE}, 3 (before: blank)",
    ]
    assert book.steps.newest()[0].where == Where(case=case)
    assert book.steps.newest()[3].where == Where(case=case, document=document.id, page=1)
    assert book.steps.newest()[7].where == Where(case=case, factor="IND-FORCE")


def test_ranges_of_a_recording_are_told_apart_by_their_times(book):
    member, case = one(book)
    document = book.documents.of(case)[0]
    first, second = (
        replace(page_mark(book, document), id=MarkId(new_id()), anchor=range_anchor(at, at + 4))
        for at in (10.0, 30.0)
    )
    book.marks.put(first, round_number=1)
    book.marks.put(second, round_number=1)
    rate(book, value=1)
    cited = Rating(factor="IND-FORCE", value=1, evidence=(first.id,))
    book.ratings.put(member, case, 1, cited)
    book.ratings.put(member, case, 1, replace(cited, evidence=()))
    book.marks.delete(first.id, round_number=1)
    assert told(book) == [
        "2010-01: mark on Custody record 00:00:10-00:00:14 taken out",
        f"2010-01: {FORCE}, 00:00:10-00:00:14 no longer cited",
        f"2010-01: {FORCE}, 00:00:10-00:00:14 cited",
        f"2010-01: {FORCE}, 1 (before: blank)",
        "2010-01: mark on Custody record 00:00:30-00:00:34",
        "2010-01: mark on Custody record 00:00:10-00:00:14",
    ]


def test_many_ratings_at_once_are_counted(book):
    member = book.about.member
    cases = [case.id for case in book.cases.all()]
    both = [(case, Rating(factor="SYS-CALL", value=0)) for case in cases]
    book.ratings.put_all(member, 1, both)
    codes = book.about.framework.codes[:3]
    book.ratings.put_all(member, 1, [(cases[0], Rating(factor=c, value=1)) for c in codes])
    assert told(book) == ["2010-01: 3 ratings", "2 ratings in 2 cases"]
    assert book.steps.newest()[1].where is None


def test_undo_stops_at_what_came_before_the_session(book):
    rate(book, value=1)
    begun = book.journal.tail(1)[0].seq
    rate(book, value=2)
    assert book.undo(after=begun) is not None
    assert book.undo(after=begun) is None
    member, case = one(book)
    assert book.ratings.of(member, case, 1)["IND-FORCE"].value == 1
    later = book.journal.tail(1)[0].seq
    assert book.redo(after=later) is None
    assert book.redo(after=begun) is not None
    assert book.ratings.of(member, case, 1)["IND-FORCE"].value == 2


def test_an_older_step_is_taken_back_by_itself_and_done_again(book):
    first = rate(book, factor="SYS-CALL", value=1)
    rate(book, factor="IND-FORCE", value=1)
    member, case = one(book)
    book.undo(first)
    assert set(book.ratings.of(member, case, 1)) == {"IND-FORCE"}
    assert [step.undone for step in book.steps.newest()] == [False, True]
    with pytest.raises(StateError, match="taken back already"):
        book.undo(first)
    book.redo(first)
    assert set(book.ratings.of(member, case, 1)) == {"IND-FORCE", "SYS-CALL"}


def test_a_step_that_later_work_builds_on_is_refused_and_nothing_changes(book):
    first = rate(book, value=1)
    rate(book, value=2)
    with pytest.raises(StateError, match="later work builds on it"):
        book.undo(first)
    member, case = one(book)
    assert book.ratings.of(member, case, 1)["IND-FORCE"].value == 2


def test_what_was_taken_back_last_is_done_again_first(book):
    first = rate(book, factor="SYS-CALL", value=1)
    second = rate(book, factor="IND-FORCE", value=1)
    book.undo(first)
    book.undo(second)
    book.redo()
    member, case = one(book)
    assert set(book.ratings.of(member, case, 1)) == {"IND-FORCE"}


def test_a_mark_that_a_rating_cites_is_not_taken_from_under_it(book):
    member, case = one(book)
    mark = page_mark(book, book.documents.of(case)[0])
    made = book.marks.put(mark, round_number=1).seq
    cited = rate(book, value=1, evidence=(mark.id,))
    with pytest.raises(StateError, match="a rating cites this mark"):
        book.undo(made)
    assert book.ratings.of(member, case, 1)["IND-FORCE"].evidence == (mark.id,)
    book.undo(cited)
    book.undo(made)
    with pytest.raises(StateError, match="a rating cites this mark"):
        book.redo(cited)
    assert book.marks.of_case(member, case) == []


def test_the_first_rating_of_a_case_goes_without_its_review(book):
    member, case = one(book)
    first = rate(book, factor="SYS-CALL", value=1)
    book.reviews.set_text(member, case, 1, other="Weather")
    rate(book, factor="IND-FORCE", value=1)
    book.undo(first)
    assert book.steps.last_taken().where == Where(case=case, factor="SYS-CALL")
    assert set(book.ratings.of(member, case, 1)) == {"IND-FORCE"}
    assert book.reviews.all(member, 1)[case].other == "Weather"
    book.redo(first)
    assert set(book.ratings.of(member, case, 1)) == {"IND-FORCE", "SYS-CALL"}
    assert all(check.passed for check in book.journal.checks())


def test_a_step_keeps_its_name_when_the_review_goes_with_it(book):
    rate(book, value=1)
    before = told(book)
    book.undo()
    assert book.steps.last_taken().told == before[0]
    assert told(book) == before
