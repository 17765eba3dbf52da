"""Pages of a case numbered through: given once, kept for ever, and the same for everybody."""

import hashlib
from dataclasses import replace

import pytest

from reviewer.casebook.book import Casebook
from reviewer.errors import InputError
from reviewer.exchange.pack import issue
from reviewer.exchange.updates.apply import apply
from reviewer.exchange.updates.write import write_update
from reviewer.intake import move_document
from reviewer.intake.bundles import cite, cited_pages
from reviewer.records.judgement import Rating, Reason
from tests.books import PASSPHRASE, case, chair_book, document


@pytest.fixture
def chair(tmp_path):
    with chair_book(tmp_path / "inquiry.casebook") as book:
        book.cases.add([case("INV-014"), case("C/2019/7")])
        yield book


def add(book, reference, pages):
    one, _, reading = document(
        book.cases.by_reference(reference), pages=[f"Page {n}" for n in range(pages)]
    )
    original = one.id.encode()
    sha256 = hashlib.sha256(original).hexdigest()
    book.documents.add(replace(one, sha256=sha256, size=len(original)), original, reading)
    return one.id


def numbers(book, reference):
    return [one.bundle for one in book.documents.of(book.cases.by_reference(reference).id)]


def test_pages_are_numbered_through_in_the_order_in_which_they_came(chair):
    for pages in (3, 1, 10):
        add(chair, "INV-014", pages)
    add(chair, "C/2019/7", 2)
    assert numbers(chair, "INV-014") == [1, 4, 5]
    assert numbers(chair, "C/2019/7") == [1]


def test_what_was_cited_stays_whatever_comes_or_goes(chair):
    first, second = add(chair, "INV-014", 3), add(chair, "INV-014", 2)
    chair.documents.withdraw(first, "Sent in error")
    add(chair, "INV-014", 5)
    assert numbers(chair, "INV-014") == [1, 4, 6]
    own = chair.documents.get(second)
    assert cite(chair.cases.get(own.case), own, 2) == "{INV-014/5}"
    (found,) = cited_pages(chair, "{INV-014/5}")
    assert (found.document.id, found.page) == (second, 2)


def test_one_that_moves_leaves_its_numbers_behind(chair):
    first, second = add(chair, "INV-014", 3), add(chair, "INV-014", 2)
    add(chair, "C/2019/7", 4)
    move_document(chair, chair.documents.get(first), chair.cases.by_reference("C/2019/7"),
                  reason="Filed wrongly")  # fmt: skip
    add(chair, "INV-014", 1)
    assert numbers(chair, "INV-014") == [4, 6]
    moved = chair.documents.get(first)
    assert moved.bundle == 5
    assert chair.documents.get(second).bundle == 4
    assert [one.page for one in cited_pages(chair, "{C/2019/7/5-7}")] == [1, 2, 3]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("{INV-014/2}", [2]),
        ("inv\u2013014/2", [2]),
        (" {INV-014/ 2 - 4} ", [2, 3, 4]),
    ],
)
def test_a_reference_is_read_as_people_type_it(chair, typed, found):
    add(chair, "INV-014", 3)
    add(chair, "INV-014", 3)
    assert [one.number for one in cited_pages(chair, typed)] == found


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("{INV-014}", "is no reference"),
        ("{INV-014/x}", "is no reference"),
        ("{INV-099/1}", "no case INV-099"),
        ("{INV-014/0}", "between 1 and"),
        ("{INV-014/4}", "No page of INV-014 has the number 4"),
        ("{INV-014/3-1}", "between 1 and"),
        ("{INV-014/1-9999999}", "between 1 and"),
    ],
)
def test_what_is_none_is_refused(chair, typed, words):
    add(chair, "INV-014", 3)
    with pytest.raises(InputError, match=words):
        cited_pages(chair, typed)


def test_pages_of_a_case_one_is_recused_from_are_not_looked_up(chair):
    first, _ = add(chair, "INV-014", 3), add(chair, "INV-014", 2)
    other = chair.cases.by_reference("C/2019/7")
    move_document(chair, chair.documents.get(first), other, reason="Filed wrongly")
    about = chair.about
    rows = [(other.id, Rating(factor=one, reason=Reason.RECUSED)) for one in about.framework.codes]
    chair.ratings.put_all(about.member, 1, rows)
    assert [one.page for one in cited_pages(chair, "{INV-014/4-5}")] == [1, 2]
    for typed in ("{INV-014/3}", "{INV-014/2-4}", "{C/2019/7/1}"):
        with pytest.raises(InputError, match="recused from for every factor"):
            cited_pages(chair, typed)


def test_a_panellist_has_the_chairs_numbers_and_makes_none(chair, tmp_path):
    first = add(chair, "INV-014", 3)
    second = add(chair, "INV-014", 2)
    chair.documents.withdraw(first, "Sent in error")
    issued = issue(chair, "Dr Vane", tmp_path / "out", passphrase=PASSPHRASE,
                   must_change_passphrase=False)  # fmt: skip
    third = add(chair, "INV-014", 5)
    update = write_update(chair, "Dr Vane", tmp_path / "out")
    with Casebook.open(issued.path, PASSPHRASE) as own:
        assert own.documents.get(second).bundle == 4
        apply(own, update.path)
        assert own.documents.get(third).bundle == 6
        (found,) = cited_pages(own, "{INV-014/7}")
        assert (found.document.id, found.page) == (third, 2)
        extra = document(own.cases.by_reference("INV-014"))
        own._writer.role = None
        own.documents.add(*extra)
        assert own.documents.get(extra[0].id).bundle == 0, "only the chair gives numbers"
