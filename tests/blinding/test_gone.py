"""What was deleted is gone from the pages, and what was released does not change."""

import pytest

from reviewer.casebook.book import Casebook
from reviewer.errors import CasebookError, StateError
from reviewer.exchange.merge import receive
from reviewer.exchange.release import release
from reviewer.records.judgement import Rating
from tests.blinding.finding import decrypted, words_in
from tests.books import PASSPHRASE, page_mark, sql_of

GONE = "gone"


def pages_of(path, planted):
    return words_in(decrypted(path), planted)


@pytest.fixture
def own(panel):
    """One panellist's casebook, opened again for work, and a way to plant in it."""
    path = panel.packs["Panellist 1"]
    with Casebook.open(path, PASSPHRASE) as book:
        book.returns.reopen(1, "to go on")
        yield book, lambda place: panel.planted.word(GONE, place)


def journal_words(book, planted):
    """Return the words in the journal's own bodies: it keeps what was before each change."""
    bodies = sql_of(book).execute("SELECT body FROM journal_value").fetchall()
    return words_in("\n".join(body for (body,) in bodies).encode(), planted)


def test_a_replaced_comment_and_a_deleted_mark_are_in_no_page_but_the_journals(panel, own):
    book, word = own
    about, case = book.about, book.cases.all()[0]
    first = about.framework.codes[0]
    mark = page_mark(book, book.documents.of(case.id)[0], note=word("mark"))
    for at in range(40):  # long enough to fill pages of their own, and to free them again
        rating = Rating(factor=first, value=1, comment=f"{word('comment')} {at} " * 200)
        book.ratings.put(about.member, case.id, 1, rating)
    book.marks.put(mark, round_number=1)
    book.marks.delete(mark.id, round_number=1)
    book.ratings.put(about.member, case.id, 1, Rating(factor=first, value=1, comment="short"))
    kept = journal_words(book, panel.planted)
    assert kept[GONE, "comment"] >= 40, "the journal keeps the history until it is blanked"
    dumped = sum(
        words_in(str(row).encode(), panel.planted)[GONE, "comment"]
        for table in ("rating", "mark", "review", "evidence", "page")
        for row in sql_of(book).execute(f"SELECT * FROM {table}")  # noqa: S608 - ours
    )
    assert dumped == 0
    blank_the_journal(book)
    book.close()
    left = pages_of(panel.packs["Panellist 1"], panel.planted)
    assert not {key for key in left if key[0] == GONE}


def blank_the_journal(book):
    """Do what a permanent deletion does to the journal: the chain stays, the bodies go."""
    sql_of(book).execute("UPDATE journal_value SET body = '', salt = zeroblob(16)")


def test_without_secure_delete_it_would_be_seen(panel, own):
    book, word = own
    sql_of(book).execute("PRAGMA secure_delete = OFF")
    about, case = book.about, book.cases.all()[0]
    first = about.framework.codes[0]
    for _ in range(20):
        rating = Rating(factor=first, value=1, comment=f"{word('comment')} " * 300)
        book.ratings.put(about.member, case.id, 1, rating)
    book.ratings.put(about.member, case.id, 1, Rating(factor=first, value=1, comment="short"))
    blank_the_journal(book)
    book.close()
    left = pages_of(panel.packs["Panellist 1"], panel.planted)
    assert {key for key in left if key[0] == GONE}


def test_a_page_taken_out_of_the_index_leaves_no_word_in_its_shadow(panel):
    path = panel.packs["Panellist 1"]
    with Casebook.open(path, PASSPHRASE) as book:
        sql = sql_of(book)
        word = panel.planted.word(GONE, "index")
        sql.execute("UPDATE page SET text = ? WHERE id = 1", (f"before {word} after",))
        assert sql.execute("SELECT count(*) FROM page_fts WHERE page_fts MATCH ?", (word,))
        shadow = sql.execute("SELECT block FROM page_fts_data").fetchall()
        assert word[8:].encode() in b"".join(block for (block,) in shadow), "it was indexed"
        sql.execute("UPDATE page SET text = 'nothing' WHERE id = 1")
        shadow = sql.execute("SELECT block FROM page_fts_data").fetchall()
        assert word[8:].encode() not in b"".join(block for (block,) in shadow)
    assert word[8:].encode() not in decrypted(path)


@pytest.fixture
def released(panel):
    with Casebook.open(panel.chair, PASSPHRASE) as book:
        receive(book, list(panel.returns.values()))
        release(book)
        yield book


def test_no_way_changes_a_released_score(panel, released):
    """The program refuses, the database refuses, and what it cannot refuse is found out."""
    about, case = released.about, released.cases.all()[0]
    before = list(released.ratings.everyone(1))
    head = released.journal.head()
    factor = about.framework.codes[0]
    with pytest.raises(StateError):
        released.ratings.put(about.member, case.id, 1, Rating(factor=factor, value=0))
    with pytest.raises(StateError):
        released.reviews.set_text(about.member, case.id, 1, narrative="other")
    with pytest.raises(StateError):
        released.undo()
    for statement in (
        "UPDATE rating SET value = 0",
        "DELETE FROM rating",
        "UPDATE review SET narrative = 'other'",
        "DELETE FROM evidence",
        "INSERT INTO rating SELECT review, 'X1', 1, NULL, NULL, '', '' FROM rating LIMIT 1",
        "UPDATE round SET released = ''",
    ):
        with pytest.raises(CasebookError, match="is released"):
            sql_of(released).execute(statement)
    for statement in ("UPDATE journal SET actor = 'x'", "DELETE FROM journal"):
        with pytest.raises(CasebookError, match="append-only"):
            sql_of(released).execute(statement)
    assert list(released.ratings.everyone(1)) == before
    assert released.journal.head() == head
    assert all(check.passed for check in released.journal.checks())


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE mark SET note = 'other'",
        "UPDATE meta SET value = '{}' WHERE key = 'opened 1'",
    ],
)
def test_what_the_database_lets_through_the_digest_finds(panel, released, statement):
    sql_of(released).execute(statement)
    failed = [check.name for check in released.journal.checks() if not check.passed]
    assert failed == ["digest"]
