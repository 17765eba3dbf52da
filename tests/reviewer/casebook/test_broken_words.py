"""A word that a page breaks at the end of a line is found whole, and as it is printed."""

import pytest

from reviewer.casebook.book import Casebook
from tests.books import PASSPHRASE, case, chair_book, document

PAGES = (
    "He was moved to the obser-\nvation ward and given infor-\nmation by the self-\nharm team.",
    "Nobody heard the police-\nled review. No body was found.",
    "A whole observation, and in-\nformation of another kind.",
)


@pytest.fixture
def book(tmp_path):
    book = chair_book(tmp_path / "a.casebook")
    made = case("2010-01")
    book.cases.add([made])
    book.documents.add(*document(made, pages=PAGES))
    yield book
    book.close()


def pages(book, query):
    return [hit.page for hit in sorted(book.search(query), key=lambda hit: hit.page)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("observation", [1, 3]),
        ("Observation ward", [1]),
        ('"observation ward"', [1]),
        ('"moved to the observation ward"', [1]),
        ("observ*", [1, 3]),
        ("information", [1, 3]),
        ("information nobody", []),
        ("self-harm", [1]),
        ('"the self-harm team"', [1]),
        ("police-led", [2]),
        ("policeled", [2]),
        ("obser", [1]),
        ("nobody", [2]),
        ("observations", []),
    ],
)
def test_search_finds_words_that_lines_break(book, query, found):
    assert pages(book, query) == found
    assert [hits.pages for hits in book.search_cases(query)] == [len(found)] * bool(found)


def test_two_words_beside_each_other_are_not_one_that_no_line_breaks(book):
    assert pages(book, "nob") == []
    assert pages(book, "bodywas") == []


def test_a_page_that_breaks_nothing_keeps_nothing(tmp_path):
    book = chair_book(tmp_path / "b.casebook", cases=1)
    rows = book._connection.execute("SELECT count(*) FROM broken_word").fetchone()
    assert rows == (0,)
    book.close()


def test_the_same_break_is_kept_once(book):
    for title in ("2010-02", "2010-03"):
        made = case(title)
        book.cases.add([made])
        book.documents.add(*document(made, pages=PAGES))
    rows = book._connection.execute("SELECT word, first FROM broken_word ORDER BY 1, 2").fetchall()
    assert rows == [
        ("information", "in"),
        ("information", "infor"),
        ("observation", "obser"),
        ("policeled", "police"),
        ("selfharm", "self"),
    ]
    path = book.path
    book.close()
    assert all(check.passed for check in Casebook.verify(path, PASSPHRASE)), "the digest has them"
