"""Previews as stored: kept with their document, had by whom it is issued to, missed by nobody."""

import hashlib
from dataclasses import replace

import pytest

from reviewer.casebook.book import Casebook
from reviewer.crypto.profiles import CHEAP
from reviewer.exchange.pack import issue
from reviewer.exchange.updates.apply import apply
from reviewer.exchange.updates.write import write_update
from tests.books import PASSPHRASE, case, chair_book, document

ONE, TWO = b"\xff\xd8 one \xff\xd9", b"\xff\xd8 two \xff\xd9" * 1_000


@pytest.fixture
def book(tmp_path):
    with chair_book(tmp_path / "chair.casebook") as made:
        yield made


def previewed(book, original=b"%PDF-1"):
    inquiry_case = book.cases.all()[0] if book.cases.all() else case("2010-1")
    if not book.cases.all():
        book.cases.add([inquiry_case])
    made, _, reading = document(inquiry_case, pages=("a", "b", "c"))
    digest = hashlib.sha256(original).hexdigest()
    made = replace(made, sha256=digest, size=len(original))
    book.documents.add(made, original, replace(reading, previews={1: ONE, 3: TWO}))
    return made


def test_previews_are_kept_by_page_and_asked_for_by_some(book):
    made = previewed(book)
    assert book.previews.pages(made.id) == (1, 3)
    assert book.previews.some(made.id, [3, 2, 1]) == {1: ONE, 3: TWO}
    assert book.previews.some(made.id, []) == {}


def test_a_document_without_them_has_none(book):
    inquiry_case = case("2010-2")
    book.cases.add([inquiry_case])
    made, original, reading = document(inquiry_case)
    book.documents.add(made, original, reading)
    assert book.previews.pages(made.id) == ()
    assert book.previews.some(made.id, [1]) == {}


def test_they_enter_the_digest_and_the_checks_hold(book, tmp_path):
    made = previewed(book)
    book.close()
    with Casebook.open(tmp_path / "chair.casebook", PASSPHRASE) as again:
        assert all(check.passed for check in again.journal.checks())
        assert again.previews.some(made.id, [1]) == {1: ONE}


def test_an_issued_casebook_has_them_and_what_comes_in_an_update_has_none(book, tmp_path):
    first = previewed(book)
    pack = issue(book, "Ben One", tmp_path, passphrase=PASSPHRASE, profile=CHEAP).path
    second = previewed(book, b"%PDF-2")
    update = write_update(book, "Ben One", tmp_path).path
    with Casebook.open(pack, PASSPHRASE) as own:
        apply(own, update)
        assert own.previews.some(first.id, [1, 3]) == {1: ONE, 3: TWO}
        assert own.documents.get(second.id) is not None
        assert own.previews.pages(second.id) == ()
