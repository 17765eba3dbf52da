"""One's own marks on replaced documents, on the command line."""

from dataclasses import replace

import pytest

from reviewer.casebook.book import Casebook
from reviewer.records.judgement import Anchor
from tests.books import PASSPHRASE, case, chair_book, document, page_mark

QUOTES = ("face down for seven minutes", "telephoned")


@pytest.fixture
def file(tmp_path):
    """Two marks on a document that was then replaced by one with another first page."""
    path = tmp_path / "a.casebook"
    with chair_book(path) as book:
        one = case("2010-01")
        book.cases.add([one])
        old, original, reading = document(one)
        book.documents.add(old, original, reading)
        for page, quote in enumerate(QUOTES, 1):
            anchor = Anchor(kind="text", start=0, end=len(quote), quote=quote)
            book.marks.put(replace(page_mark(book, old, page=page), anchor=anchor), round_number=1)
        new, original, reading = document(
            one, pages=("A page that was missing.", "Restrained face down for seven minutes.")
        )
        book.documents.replace(old.id, new, original, reading, "a page was missing")
    return path


def test_marks_that_wait_are_listed_and_taken_or_left_one_by_one(reviewer, file):
    data = reviewer("moved", file, "--json").data
    waiting = {one["quote"]: one for one in data["waiting"]}
    assert {quote: (one["found"], one["found_page"]) for quote, one in waiting.items()} == {
        QUOTES[0]: ("exact", 2),
        QUOTES[1]: ("nowhere", 0),
    }
    assert waiting[QUOTES[0]]["found_quote"] == QUOTES[0]
    assert (waiting[QUOTES[0]]["alike"], waiting[QUOTES[0]]["other_page"]) == (1, 0)
    told = reviewer("moved", file, "--case", "2010-01").out
    assert "Found word for word on page 2" in told
    assert "2 marks on documents that were replaced wait for you." in told
    ids = [waiting[quote]["mark"] for quote in QUOTES]
    done = reviewer("moved", file, "--take", ids[0], "--leave", ids[1], "--json").data
    assert done == {"taken": [ids[0]], "left": [ids[1]], "waiting": []}
    with Casebook.open(file, PASSPHRASE) as book:
        (new,) = [one for one in book.documents.all() if one.current]
        assert book.marks.get(ids[0]).document == new.id
        assert book.marks.get(ids[1]).document != new.id


def test_what_cannot_be_done_is_refused_whole(reviewer, file):
    waiting = reviewer("moved", file, "--json").data["waiting"]
    ids = [one["mark"] for one in sorted(waiting, key=lambda one: one["found"])]
    for given, sentence in (
        (("--take", "nobody's"), "waits for you"),
        (("--take", ids[0], "--leave", ids[0]), "not both"),
        (("--take", ids[0], "--take", ids[1]), "by hand"),
    ):
        said = reviewer("moved", file, *given)
        assert (said.code, sentence in said.err) == (2, True)
    assert len(reviewer("moved", file, "--json").data["waiting"]) == 2


def test_a_mark_that_was_left_is_taken_back_and_nothing_else(reviewer, file):
    assert reviewer("terms", file, "--add", "Restraint", "face down").code == 0
    waiting = reviewer("moved", file, "--json").data["waiting"]
    ident = next(one["mark"] for one in waiting if one["found"] == "exact")
    reviewer("moved", file, "--leave", ident)
    assert reviewer("moved", file, "--take", ident).code == 2
    said = reviewer("undo", file)
    assert said.out == "Taken back: 2010-01: mark left on Custody record p.1.\n"
    assert len(reviewer("terms", file, "--json").data["lists"]) == 1
    assert reviewer("moved", file, "--json").data["waiting"] == waiting
    assert "mark left on" in reviewer("redo", file).out
    assert len(reviewer("moved", file, "--json").data["waiting"]) == 1
    reviewer("undo", file)
    assert reviewer("moved", file, "--take", ident).code == 0


def test_what_is_near_is_never_told_to_be_wholly_alike(reviewer, file):
    with Casebook.open(file, PASSPHRASE) as book:
        (now,) = [one for one in book.documents.all() if one.current]
        new, original, reading = document(
            book.cases.all()[0],
            pages=("A page that was missing.", QUOTES[0].replace(" ", ", ", 1)),
        )
        book.documents.replace(now.id, new, original, reading, "a comma was missing")
    waiting = {one["quote"]: one for one in reviewer("moved", file, "--json").data["waiting"]}
    assert waiting[QUOTES[0]]["found"] == "near"
    assert waiting[QUOTES[0]]["alike"] == 0.9999
