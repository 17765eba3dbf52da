"""Lists of words whose words stood in their own row, as format 5 kept them."""

import dataclasses
import shutil

import pytest

from reviewer.casebook.book import Casebook
from reviewer.errors import StateError
from reviewer.records.terms import TermList
from tests.formats.contents import contents
from tests.formats.samples import FOLDER, SAMPLE_PASSPHRASE

WORDS = ("face down", "restrain*")


@pytest.fixture
def path(tmp_path):
    return shutil.copy(FOLDER / "format-5-panellist.casebook", tmp_path / "a.casebook")


@pytest.fixture
def book(path):
    with Casebook.open(path, SAMPLE_PASSPHRASE) as made:
        yield made


def held(book) -> TermList:
    return book.terms.named("Held")


def journaled(book) -> str:
    """The newest entry of the journal, as it is kept."""
    query = "SELECT body FROM journal_value ORDER BY seq DESC LIMIT 1"
    return book._connection.execute(query).fetchone()[0]


def test_a_list_of_format_5_has_its_words(path):
    kept = contents(path, SAMPLE_PASSPHRASE)
    assert '["face down", "restrain*"]' in [
        value for row in kept["term_list"]["rows"] for value in row
    ]
    assert "term_list_words" not in kept
    with Casebook.open(path, SAMPLE_PASSPHRASE) as book:
        assert held(book).terms == WORDS


def test_its_first_tick_sets_its_words_apart_and_the_next_journals_none(book):
    lit = held(book).shown
    book.terms.put([dataclasses.replace(held(book), shown=not lit)])
    assert (held(book).terms, held(book).shown) == (WORDS, not lit)
    told = "no longer lit" if lit else "lit"
    assert book.steps.newest(1)[0].told == f"words \u201cHeld\u201d {told}"
    book.terms.put([dataclasses.replace(held(book), shown=lit)])
    assert "face down" not in journaled(book)
    book.steps.undo()
    book.steps.undo()
    assert (held(book).terms, held(book).shown) == (WORDS, lit)


def test_words_that_joined_and_left_it_are_told_and_taken_back(book):
    book.terms.put([dataclasses.replace(held(book), terms=("restrain*", "prone", "cuffs"))])
    assert held(book).terms == ("restrain*", "prone", "cuffs")
    assert book.steps.newest(1)[0].told == "words \u201cHeld\u201d +2, -1"
    book.steps.undo()
    assert held(book).terms == WORDS
    book.steps.redo()
    assert held(book).terms == ("restrain*", "prone", "cuffs")


def test_it_is_taken_away_and_back(book):
    book.terms.remove(held(book).id)
    assert [one.name for one in book.terms.all()] == ["Breath"]
    book.steps.undo()
    assert held(book).terms == WORDS


def test_what_was_not_changed_is_no_step_and_ends_no_redo(book):
    lit = held(book).shown
    book.terms.put([dataclasses.replace(held(book), shown=not lit)])
    book.steps.undo()
    steps = len(book.steps.newest())
    book.terms.put([held(book)])
    assert len(book.steps.newest()) == steps
    book.steps.redo()
    assert held(book).shown is not lit


def test_words_put_in_later_are_hidden_by_no_step_of_format_5(path):
    """A list that was emptied in format 5, as its own program would have: then filled in 6."""
    with (
        Casebook.open(path, SAMPLE_PASSPHRASE) as book,
        book._writer.change("x", undoable=True) as tx,
    ):
        row = tx.get("term_list", {"id": held(book).id})
        tx.put("term_list", {**row, "terms": "[]"})
    with Casebook.open(path, SAMPLE_PASSPHRASE) as book:
        emptied = book.steps.newest(1)[0].seq
        assert held(book).terms == ()
        book.terms.put([dataclasses.replace(held(book), terms=("later work",))])
        with pytest.raises(StateError, match="later work builds on it"):
            book.steps.undo(emptied)
        assert held(book).terms == ("later work",)


def test_a_step_that_was_done_in_format_5_is_taken_back(book):
    """Both lists came in one step, which is the newest of the reader's own."""
    step = next(one for one in book.steps.newest() if "lists of words" in one.told)
    book.steps.undo(step.seq)
    assert book.terms.all() == []
    book.steps.redo()
    assert held(book).terms == WORDS
