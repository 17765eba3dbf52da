"""One's own marks in a document that was replaced: shown, moved or left by whoever made them."""

from dataclasses import replace

import pytest

from reviewer.casebook.steps import at_once
from reviewer.errors import InputError, StateError
from reviewer.exchange.seal import reopen, seal
from reviewer.pagetext.moved import Sure
from reviewer.progress import Quiet
from reviewer.records.cases import Box
from reviewer.records.ids import DocumentId, MarkId, new_id
from reviewer.records.judgement import Anchor, Rating
from reviewer.rounds.moved_marks import find_again, find_all, take_place, told
from reviewer.rounds.own_marks import own_marks
from tests.books import case, chair_book, document, page_mark

OLD = ("He was restrained face down for seven minutes.", "Sister telephoned the ward at nine.")
NEW = (
    "A page that was missing.",
    "He was restrained face down for seven minutes.",
    "Sister telephoned that ward at ten.",
)
QUOTES = ("restrained face down", "Sister telephoned the ward at nine", "nobody wrote this")


@pytest.fixture
def book(tmp_path):
    """A rating chair's casebook: three passages, a box; then the document is corrected."""
    with chair_book(tmp_path / "a.casebook") as made:
        one = case("2010-01")
        made.cases.add([one])
        old, original, reading = document(one, pages=OLD)
        made.documents.add(old, original, reading)
        marks = [
            replace(
                page_mark(made, old, page=page, note="seen"),
                anchor=Anchor(kind="text", start=0, end=len(quote), quote=quote),
            )
            for quote, page in zip(QUOTES, (1, 2, 2), strict=True)
        ]
        box = Anchor(kind="area", boxes=(Box(left=0, top=0, right=1, bottom=0.5),))
        marks.append(replace(page_mark(made, old), anchor=box))
        rating = Rating(factor="IND-FORCE", value=3, comment="So", evidence=(marks[0].id,))
        made.ratings.put_all(
            made.about.member, 1, [(one.id, rating)], marks=marks, action="import sheet"
        )
        yield made


def correct(book, pages=NEW):
    """Replace the document that stands, as the chair does; return the new one."""
    (one,) = book.cases.all()
    before = next(each for each in book.documents.of(one.id) if each.current)
    new, original, reading = document(one, pages=pages)
    new = replace(new, title="Custody record, whole")
    book.documents.replace(before.id, new, original, reading, "a page was missing")
    return new


def mark_of(book, quote=QUOTES[0]):
    return next(mark for mark in own_marks(book) if mark.quote == quote)


def look(book, quote=QUOTES[0]):
    mark = mark_of(book, quote)
    return find_again(at_once(book), mark.id, mark.newer)


def test_nothing_waits_until_the_document_is_replaced_and_then_all_its_marks_do(book):
    assert not any(mark.newer or mark.left for mark in own_marks(book))
    new = correct(book)
    assert {mark.newer for mark in own_marks(book)} == {new.id}


def test_nothing_is_moved_by_being_looked_for(book):
    before = book.marks.of_member(book.about.member)
    correct(book)
    for mark in own_marks(book):
        find_again(at_once(book), mark.id, mark.newer)
    assert book.marks.of_member(book.about.member) == before


def test_what_is_found_word_for_word_is_taken_along_with_note_and_evidence(book):
    new = correct(book)
    found = look(book)
    assert (found.again.sure, found.page) == (Sure.EXACT, 2)
    assert told(found) == "Found word for word on page 2 of Custody record, whole."
    take_place(book, found, round_number=1)
    moved = book.marks.get(found.before.id)
    assert (moved.document, moved.page, moved.note) == (new.id, 2, "seen")
    assert moved.anchor.quote == QUOTES[0]
    assert moved.anchor.prefix == "He was "
    (one,) = book.cases.all()
    assert book.ratings.of(book.about.member, one.id, 1)["IND-FORCE"].evidence == (moved.id,)
    assert not mark_of(book).newer
    (step,) = [each for each in book.steps.newest() if "taken along" in each.words]
    assert step.words == "mark taken along to Custody record, whole p.2"
    book.undo()
    assert book.marks.get(moved.id) == found.before
    assert mark_of(book).newer == new.id


def test_what_is_only_alike_is_told_with_its_doubt(book):
    correct(book)
    found = look(book, QUOTES[1])
    assert found.again.sure is Sure.NEAR
    assert "on page 3 of Custody record, whole: 88 % alike." in told(found)
    assert found.anchor.quote == "Sister telephoned that ward at ten"
    other = replace(found.again.place, page=7)
    doubted = replace(found, again=replace(found.again, other=other))
    assert "88 % alike. Another place, on page 7, is about as much alike" in told(doubted)


@pytest.mark.parametrize(("quote", "sure"), [(QUOTES[2], Sure.NOWHERE), ("", Sure.NO_WORDS)])
def test_what_is_not_found_cannot_be_taken_along(book, quote, sure):
    correct(book)
    found = look(book, quote)
    assert (found.again.sure, found.page, found.anchor) == (sure, 0, None)
    assert "Custody record, whole" in told(found)
    with pytest.raises(InputError, match="by hand"):
        take_place(book, found, round_number=1)


def test_words_in_several_places_are_not_chosen_between(book):
    correct(book, (OLD[0], OLD[0]))
    assert "none is clearly the one" in told(look(book))


def test_a_mark_that_is_left_is_asked_about_again_only_when_wished_or_corrected_again(book):
    new = correct(book)
    book.marks.leave(mark_of(book).id, new.id)
    assert (mark_of(book).newer, mark_of(book).left) == ("", True)
    book.marks.leave(mark_of(book).id, None)
    assert (mark_of(book).newer, mark_of(book).left) == (new.id, False)
    book.marks.leave(mark_of(book).id, new.id)
    newest = correct(book)
    assert (mark_of(book).newer, mark_of(book).left) == (newest.id, False)


def test_where_the_newer_document_was_withdrawn_nothing_is_offered(book):
    new = correct(book)
    found = look(book)
    book.documents.withdraw(new.id, "not of this case")
    assert not mark_of(book).newer
    with pytest.raises(InputError, match="no longer stands"):
        take_place(book, found, round_number=1)


def test_a_mark_that_was_changed_or_removed_meanwhile_is_not_moved(book):
    correct(book)
    found = look(book)
    stale = replace(found, before=replace(found.before, page=2, anchor=Anchor(kind="page")))
    with pytest.raises(InputError, match="changed meanwhile"):
        take_place(book, stale, round_number=1)
    book.marks.delete(found.before.id, round_number=1)
    assert take_place(book, found, round_number=1) is None
    assert find_again(at_once(book), found.before.id, found.now.id) is None
    assert find_again(at_once(book), MarkId(new_id()), found.now.id) is None


def test_the_text_of_a_document_is_fetched_once_for_all_its_marks(book):
    new = correct(book)
    marks = [(mark.id, DocumentId(mark.newer)) for mark in own_marks(book) if mark.newer]
    assert len(marks) > 1
    fetched, steps = [], []

    def call(step):
        steps.append(step)
        return step(book)

    texts = book.documents.texts
    book.documents.texts = lambda one: fetched.append(one) or texts(one)
    told = []
    progress = Quiet()
    progress.step = lambda done, total, what="": told.append((done, total))
    found = find_all(call, [*marks, (MarkId("gone"), new.id)], progress)
    assert fetched == [new.id]
    assert found == {mark: find_again(at_once(book), mark, now) for mark, now in marks}
    assert told[-1] == (len(marks) + 1, len(marks) + 1)


def test_what_was_sealed_stays_what_it_was(book):
    seal(book)
    before = book.marks.of_member(book.about.member)
    new = correct(book)
    cited = next(mark for mark in before if mark.anchor.quote == QUOTES[0])
    found = find_again(at_once(book), cited.id, new.id)
    with pytest.raises(StateError):
        take_place(book, found, round_number=1)
    assert book.marks.of_member(book.about.member) == before
    assert {mark.newer for mark in own_marks(book)} == {""}  # nothing is asked meanwhile
    reopen(book, "one more page")
    assert {mark.newer for mark in own_marks(book)} == {new.id}
