"""Working in a casebook: what is kept, undone, found, and refused once sealed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer.casebook.book import Casebook
from reviewer.casebook.stores.releases import OpenedReturn
from reviewer.casebook.stores.returns import SealedReturn
from reviewer.casebook.stores.search import match_of
from reviewer.errors import InputError, StateError
from reviewer.records.ids import MemberId, new_id
from reviewer.records.judgement import Confidence, Rating, Reason, ReviewState
from reviewer.records.panel import Counts, Member, Received, ReturnStatus
from tests.books import PASSPHRASE, chair_book, page_mark, sql_of


@pytest.fixture
def book(tmp_path):
    with chair_book(tmp_path / "x.casebook", cases=4) as book:
        yield book


def rated(book, case, **parts):
    rating = Rating(factor="SYS-CALL", **parts)
    book.ratings.put(book.about.member, case.id, 1, rating)
    return rating


def test_a_rating_comes_back_as_it_was_given(book):
    case = book.cases.all()[0]
    mark = page_mark(book, book.documents.of(case.id)[0])
    book.marks.put(mark, round_number=1)
    rating = rated(
        book,
        case,
        value=3,
        confidence=Confidence.HIGH,
        comment="Two accounts.",
        evidence=(mark.id,),
    )
    assert book.ratings.of(book.about.member, case.id, 1) == {"SYS-CALL": rating}
    review = book.reviews.all(book.about.member, 1)[case.id]
    assert (review.state, review.rated) == (ReviewState.DRAFT, 1)


def test_a_reason_is_never_a_number_and_a_blank_with_a_comment_stays(book):
    case = book.cases.all()[0]
    rated(book, case, reason=Reason.MISSING, record="Ward log")
    assert book.ratings.of(book.about.member, case.id, 1)["SYS-CALL"].value is None
    rated(book, case, comment="Look at page 3 again")
    assert book.ratings.of(book.about.member, case.id, 1)["SYS-CALL"].blank
    assert book.reviews.all(book.about.member, 1)[case.id].rated == 0
    rated(book, case)
    assert book.ratings.of(book.about.member, case.id, 1) == {}


def test_typed_text_is_cleaned_on_the_way_in(book):
    case = book.cases.all()[0]
    rated(book, case, value=1, comment="a\u202eb\r\nc\x00d")
    assert book.ratings.of(book.about.member, case.id, 1)["SYS-CALL"].comment == "ab\ncd"


def test_removing_a_mark_takes_it_out_of_the_evidence_and_undo_brings_both_back(book):
    case = book.cases.all()[0]
    mark = page_mark(book, book.documents.of(case.id)[0], note="Here")
    book.marks.put(mark, round_number=1)
    rating = rated(book, case, value=2, comment="x", evidence=(mark.id,))
    book.marks.delete(mark.id, round_number=1)
    assert book.ratings.of(book.about.member, case.id, 1)["SYS-CALL"].evidence == ()
    change = book.undo()
    assert change.cases == {case.id}
    assert book.ratings.of(book.about.member, case.id, 1)["SYS-CALL"] == rating
    assert book.marks.get(mark.id) == mark


STEP = st.tuples(
    st.sampled_from(["rate", "text", "state", "undo", "redo"]),
    st.integers(0, 3),
    st.integers(0, 4),
)


@settings(max_examples=25, deadline=None)
@given(steps=st.lists(STEP, max_size=25))
def test_undo_and_redo_walk_the_same_states_back_and_forth(tmp_path_factory, steps):
    folder = tmp_path_factory.mktemp("undo")
    with chair_book(folder / "x.casebook", cases=4) as book:
        member, cases = book.about.member, book.cases.all()

        def state():
            return (
                [book.ratings.of(member, case.id, 1) for case in cases],
                book.reviews.all(member, 1),
            )

        past, future = [state()], []
        for action, which, value in steps:
            case = cases[which]
            before = book.journal.head()
            if action == "undo":
                assert (book.undo() is None) == (len(past) == 1)
                if len(past) > 1:
                    future.append(past.pop())
            elif action == "redo":
                assert (book.redo() is None) == (not future)
                if future:
                    past.append(future.pop())
            else:
                _act(book, action, case, value)
                if state() != past[-1]:
                    past.append(state())
                    future = []
            assert state() == past[-1], (action, before)
        assert all(check.passed for check in book.journal.checks())


def _act(book, action, case, value):
    member = book.about.member
    if action == "rate":
        book.ratings.put(member, case.id, 1, Rating(factor="IND-JUDG", value=value))
    elif action == "text":
        book.reviews.set_text(member, case.id, 1, narrative=f"text {value}")
    else:
        book.reviews.set_state(member, case.id, 1, list(ReviewState)[value % 4])


def test_a_step_that_changes_nothing_is_no_step_to_undo(book):
    case = book.cases.all()[0]
    rated(book, case, value=1)
    rated(book, case, value=1)
    book.undo()
    assert book.ratings.of(book.about.member, case.id, 1) == {}


def test_nothing_changes_once_the_round_is_sealed_until_it_is_reopened(book):
    case = book.cases.all()[0]
    mark = page_mark(book, book.documents.of(case.id)[0])
    book.marks.put(mark, round_number=1)
    book.returns.seal(
        SealedReturn(round=1, seq=1, at="2026-01-01T00:00:00Z", sha256="", reopened="", body=b"x")
    )
    member = book.about.member
    for refused in (
        lambda: rated(book, case, value=1),
        lambda: book.marks.put(mark, round_number=1),
        lambda: book.marks.delete(mark.id, round_number=1),
        lambda: book.reviews.set_text(member, case.id, 1, narrative="x"),
        lambda: book.reviews.set_state(member, case.id, 1, ReviewState.DEFERRED),
        book.undo,
        book.redo,
    ):
        with pytest.raises(StateError, match="sealed"):
            refused()
    book.returns.reopen(1, "found a page")
    rated(book, case, value=1)
    with pytest.raises(StateError, match="not sealed"):
        book.returns.reopen(1, "again")


def test_a_failing_change_leaves_nothing_behind(book):
    seq = book.journal.tail(1)[0].seq

    def stop(book):
        with book._writer.change("rate") as tx:
            tx.put("meta", {"key": "new", "value": "x"})
            raise InputError("stop")

    with pytest.raises(InputError):
        stop(book)
    assert book.journal.tail(1)[0].seq == seq
    assert all(check.passed for check in book.journal.checks())


def test_the_journal_is_append_only_even_for_our_own_connection(book):
    for statement in (
        "UPDATE journal SET action = 'x'",
        "DELETE FROM journal",
        "UPDATE journal_value SET body = replace(body, 'Chair', 'Other')",
        "DELETE FROM journal_value",
    ):
        with pytest.raises(Exception, match="append-only"):
            sql_of(book).execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE inquiry_case SET title = 'other' WHERE position = 1",
        "DELETE FROM page WHERE number = 2 AND document = (SELECT min(id) FROM document)",
        "UPDATE journal_value SET body = '' WHERE seq = 1",
        "INSERT INTO meta VALUES ('x', 'y')",
        "UPDATE digest SET rows = rows + 1",
    ],
)
def test_a_row_changed_behind_the_journals_back_is_found(tmp_path, statement):
    with chair_book(tmp_path / "x.casebook", cases=2) as book:
        assert all(check.passed for check in book.journal.checks())
        sql_of(book).execute(statement)
        assert not all(check.passed for check in book.journal.checks())


def test_search_finds_words_phrases_and_beginnings_whatever_their_case(book):
    assert len(book.search("RESTRAINED seven")) == 4
    assert len(book.search('"face down"')) == 4
    assert book.search('"down face"') == []
    assert len(book.search("restrain*")) == 4
    hit = book.search("sister", case=book.cases.all()[1].id)[0]
    assert (hit.reference, hit.title, hit.page) == ("2010-02", "Custody record", 2)
    assert hit.snippet == "\x02Sister\x03 telephoned."


@given(query=st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_no_query_is_ever_syntax(query):
    import sqlite3  # noqa: PLC0415 - a plain engine is the oracle of this one test

    plain = sqlite3.connect(":memory:")
    plain.execute("CREATE VIRTUAL TABLE t USING fts5(a)")
    match = match_of(query)
    if match:
        plain.execute("SELECT * FROM t WHERE t MATCH ?", (match,)).fetchall()
    plain.close()


def test_documents_come_back_whole(book):
    case = book.cases.all()[0]
    found = book.documents.of(case.id)[0]
    assert book.documents.original(found.id) == b"%PDF"
    assert book.documents.shown(found.id) == b"%PDF"
    assert book.documents.page(found.id, 2).text == "Sister telephoned."
    assert book.documents.by_sha(case.id, found.sha256) == found
    assert book.documents.sizes(found.id) == [(595.0, 842.0)] * 2
    with pytest.raises(StateError, match="no page 3"):
        book.documents.page(found.id, 3)


def test_a_members_name_is_taken_once(book):
    book.members.add(Member(id=MemberId(new_id()), name="A. Panellist"))
    with pytest.raises(InputError, match="already"):
        book.members.add(Member(id=MemberId(new_id()), name="a. panellist"))


def test_work_outlives_closing(tmp_path):
    path = tmp_path / "x.casebook"
    with chair_book(path, cases=2) as book:
        case = book.cases.all()[0]
        rating = rated(book, case, value=4, comment="Clear.")
        member = book.about.member
    with Casebook.open(path, PASSPHRASE) as book:
        assert book.ratings.of(member, case.id, 1) == {"SYS-CALL": rating}
        assert book.undo() is not None
        assert book.ratings.of(member, case.id, 1) == {}


def release_with(book, member, check=None):
    case = book.cases.all()[0]
    opened = OpenedReturn(
        member=member,
        sha256="0" * 64,
        reviews=[(case.id, "draft", "", "", "")],
        ratings=[(case.id, "SYS-CALL", 4, None, "high", "why", "")],
        marks=[],
        evidence=[],
    )
    return book.rounds.release(1, [opened], own=None, without={}, check=check)


def test_released_ratings_never_change(book):
    member = MemberId(new_id())
    book.members.add(Member(id=member, name="A"))
    release_with(book, member)
    assert [(m, r.value) for m, _, r in book.ratings.everyone(1)] == [(member, 4)]
    assert book.rounds.stored_counts(1)[member] == Counts(reviews=1, ratings=1, comments=1)
    for statement in ("UPDATE rating SET value = 0", "DELETE FROM rating"):
        with pytest.raises(Exception, match="released"):
            sql_of(book).execute(statement)
    with pytest.raises(StateError):
        rated(book, book.cases.all()[1], value=1)


def test_a_release_that_fails_its_check_opens_nothing(book):
    member = MemberId(new_id())
    book.members.add(Member(id=member, name="A"))

    def refuse():
        raise StateError("the counts differ")

    with pytest.raises(StateError, match="differ"):
        release_with(book, member, refuse)
    assert list(book.ratings.everyone(1)) == []
    assert book.about.released == ""


def test_a_received_return_is_kept_sealed_with_its_standing_and_pins_the_key(book):
    member = MemberId(new_id())
    book.members.add(Member(id=member, name="A"))
    first = Received(
        id=0, member=member, round=1, seq=1, prev="", sha256="aa", public_key="bb",
        counts=Counts(ratings=2), standing=ReturnStatus.RECEIVED, at="2026-01-01T00:00:00Z",
    )  # fmt: skip
    book.returns.keep(first, header="{}", sealed=b"sealed", standings={}, pin="bb")
    kept = book.returns.by_sha("aa")
    assert (kept.counts.ratings, kept.standing) == (2, ReturnStatus.RECEIVED)
    assert book.returns.sealed(kept.id) == b"sealed"
    assert book.members.get(member).public_key == "bb"
