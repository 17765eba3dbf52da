"""What was released, sealed or has arrived stays: against the program, and against SQL."""

import pytest

from reviewer.casebook.book import Casebook
from reviewer.errors import CasebookError, StateError
from reviewer.exchange.merge import receive
from reviewer.exchange.release import release
from reviewer.exchange.seal import reopen, seal
from reviewer.records.judgement import Rating
from tests.books import sql_of
from tests.reviewer.exchange.panel import (
    PASSPHRASE,
    issue_to,
    make_chair,
    open_it,
    page_mark,
    rate_something,
    returned,
)

STATEMENTS = {
    "a score": "UPDATE rating SET value = 4 WHERE review = "
    "(SELECT min(id) FROM review WHERE member <> :chair)",
    "a comment": "UPDATE rating SET comment = 'so' WHERE review = "
    "(SELECT min(id) FROM review WHERE member <> :chair)",
    "the chair's own score": "UPDATE rating SET value = 4 WHERE review ="
    " (SELECT id FROM review WHERE member = :chair LIMIT 1)",
    "a score taken away": "DELETE FROM rating WHERE review = "
    "(SELECT min(id) FROM review WHERE member <> :chair)",
    "a score put in": "INSERT INTO rating SELECT "
    "(SELECT min(id) FROM review WHERE member <> :chair), 'X', 4, NULL, NULL, '', ''",
    "a score put over another": "INSERT INTO rating SELECT review, factor, 4, reason, confidence,"
    " comment, record FROM rating WHERE true ON CONFLICT DO UPDATE SET value = 4",
    "a score replaced": "REPLACE INTO rating SELECT review, factor, 4, reason, confidence,"
    " comment, record FROM rating",
    "a story": "UPDATE review SET narrative = 'other'",
    "a story put in": "INSERT INTO review SELECT 9999, member, inquiry_case, round, state, '', '',"
    " '' FROM review LIMIT 1",
    "a story taken away": "DELETE FROM review",
    "whose story it is": "UPDATE review SET member = :chair",
    "evidence": "UPDATE evidence SET position = 9",
    "evidence taken away": "DELETE FROM evidence",
    "evidence put in": "INSERT INTO evidence SELECT "
    "(SELECT min(id) FROM review WHERE member <> :chair), 'X', id, 0 FROM mark LIMIT 1",
    "who was absent": "INSERT INTO absence SELECT 1, id, 'ill' FROM member LIMIT 1",
    "the release undone": "UPDATE round SET released = ''",
    "the release dated": "UPDATE round SET released = '1970-01-01T00:00:00Z'",
    "the round taken away": "DELETE FROM round",
    "a return": "UPDATE received SET sealed = x'00'",
    "a return's header": "UPDATE received SET header = '{}'",
    "a return taken away": "DELETE FROM received",
    "what the chair sealed": "UPDATE sealed_return SET body = x'00'",
    "what the chair sealed, taken away": "DELETE FROM sealed_return",
    "the journal": "UPDATE journal SET action = 'rate'",
    "the journal cut": "DELETE FROM journal WHERE seq = (SELECT max(seq) FROM journal)",
    "the journal's values": "UPDATE journal_value SET body = '{}'",
    "the journal's values, taken away": "DELETE FROM journal_value",
}


@pytest.fixture(scope="module")
def released(tmp_path_factory):
    folder = tmp_path_factory.mktemp("released")
    with make_chair(folder, rates=True) as chair:
        pack = issue_to(chair, "Bo", folder)
        sealed = returned(pack, folder)
        rate_something(chair)
        seal(chair)
        receive(chair, [sealed])
        release(chair)
    return folder / "chair.casebook"


@pytest.mark.parametrize("what", STATEMENTS)
def test_sql_on_our_own_connection_cannot_change(released, what):
    with Casebook.open(released, PASSPHRASE) as book:
        before = book.journal.head()
        with pytest.raises(CasebookError, match=r"released|stays|append-only"):
            sql_of(book).execute(STATEMENTS[what], {"chair": book.about.member})
        assert book.journal.head() == before
        assert all(check.passed for check in book.journal.checks())


def test_the_program_refuses_each_way_to_change_it(released):
    with Casebook.open(released, PASSPHRASE) as book:
        member, case = book.about.member, book.cases.all()[0]
        other = next(m.id for m in book.members.all() if m.id != member)
        mark = page_mark(book, book.documents.of(case.id)[0])
        rating = Rating(factor=book.about.framework.codes[0], value=1)
        before = book.journal.head()
        for change in (
            lambda: book.ratings.put(member, case.id, 1, rating),
            lambda: book.ratings.put(other, case.id, 1, rating),
            lambda: book.ratings.put_all(other, 1, [(case.id, rating)], marks=[]),
            lambda: book.reviews.set_text(other, case.id, 1, narrative="other"),
            lambda: book.marks.put(mark, round_number=1),
            lambda: reopen(book, "once more"),
            lambda: seal(book),
            lambda: release(book),
            book.undo,
            book.redo,
        ):
            with pytest.raises(StateError):
                change()
        assert book.journal.head() == before


def test_the_journal_has_exactly_one_release_and_it_names_what_was_opened(released):
    with Casebook.open(released, PASSPHRASE) as book:
        entries = [entry for entry in book.journal.tail(1000) if entry.action == "release"]
        assert [entry.subject for entry in entries] == ["1"]


def test_a_panellist_cannot_change_what_was_sealed(tmp_path):
    with make_chair(tmp_path) as chair:
        pack = issue_to(chair, "Bo", tmp_path)
    returned(pack, tmp_path)
    with open_it(pack) as own:
        for statement in (STATEMENTS["what the chair sealed"], "DELETE FROM sealed_return"):
            with pytest.raises(CasebookError, match="stays"):
                sql_of(own).execute(statement)
        reopen(own, "a page was overlooked")
        seal(own)
        assert [one.seq for one in own.returns.every_own()] == [1, 2]
