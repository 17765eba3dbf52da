"""A part of a sentence that parts no words is found, and a sign that stands alone."""

from dataclasses import replace

import pytest

from tests.books import case, chair_book, document

PAGES = (
    "他说他不\n能呼吸 on the ward",
    "ฉันหายใจไม่ออก in the cell",
    "I am fine 😢 today",
    "Seen on the ward. 息ができない",
)


@pytest.fixture
def book(tmp_path):
    book = chair_book(tmp_path / "a.casebook")
    made = [case("2010-01"), case("2010-02")]
    book.cases.add(made)
    for one in made:
        book.documents.add(*document(one, pages=PAGES))
    yield book
    book.close()


def pages(book, query, **asked):
    return [hit.page for hit in book.search(query, **asked)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("不能呼吸", [1]),
        ("他说他不能呼吸", [1]),
        ("呼吸 他说", [1]),
        ("呼吸 ward", [1]),
        ("呼吸 cell", []),
        ("呼吸 ลั", []),
        ("หายใจ", [2]),
        ("でき", [4]),
        ("😢", [3]),
        ("fine 😢", [3]),
        ("fine 🔪", [3]),
        ("🔪", []),
        ("ward", [1, 4]),
    ],
)
def test_what_no_blank_parts_is_found(book, query, found):
    assert sorted(pages(book, query)) == sorted(found * 2)
    assert [hits.pages for hits in book.search_cases(query)] == [len(found)] * 2 * bool(found)


def test_what_is_found_is_lit_in_the_words_around_it(book):
    (hit,) = book.search("能呼", limit=1)
    assert hit.snippet == "他说他不 \x02能呼\x03吸 on the ward"
    assert book.search("不能呼", limit=1)[0].snippet == "他说他\x02不能呼\x03吸 on the ward"
    second = book.cases.all()[1].id
    assert [hit.case for hit in book.search("能呼", case=second)] == [second]
    assert len(book.search_cases("能呼", case=second)) == 1


def test_of_a_document_with_a_content_note_nothing_is_shown(book):
    first = book.cases.all()[0]
    (document_,) = book.documents.of(first.id)
    book.documents.describe(replace(document_, content_note="death"))
    assert len(pages(book, "能呼")) == 1
    assert [(hits.pages, hits.covered) for hits in book.search_cases("能呼")] == [(0, 1), (1, 0)]
