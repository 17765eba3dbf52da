"""What a form changed goes over what is stored by now; a quotation stands where it is found."""

from dataclasses import replace

import pytest

from reviewer.chronology.dealings import dispute, enter, passage
from reviewer.chronology.keeping import keep_typed
from reviewer.errors import StateError
from reviewer.pagetext.breaks import BREAK
from reviewer.records.events import Event, Standing
from reviewer.records.ids import EventId
from reviewer.records.judgement import Anchor
from tests.books import chair_book, document


@pytest.fixture
def book(tmp_path):
    with chair_book(tmp_path / "chair.casebook", cases=1) as made:
        made.documents.add_many([document(made.cases.all()[0], pages=("Police arrived.",))])
        yield made


@pytest.fixture
def held(book):
    (case,) = book.cases.all()
    own = book.documents.of(case.id)[0]
    page, anchor = passage(book, own, 1, "face down")
    made = Event(
        id=EventId("held"), case=case.id, what="Held", lane="police", document=own.id,
        page=page, anchor=anchor,
    )  # fmt: skip
    enter(book, [made, Event(id=EventId("told"), case=case.id, what="Told", lane="police")])
    return book.events.get(made.id)


def kept(book, was, quote=None, **changed):
    told = keep_typed(book, was, replace(was, **changed), was.quote if quote is None else quote)
    return book.events.get(was.id), told.told


def place(event):
    return event.page, event.anchor.start, event.anchor.end


def test_a_quotation_keeps_its_place_where_neither_it_nor_its_page_is_another(book, held):
    event, told = kept(book, held, what="Held down")
    assert (event.what, event.anchor, told) == ("Held down", held.anchor, "")
    event, _ = kept(book, event, " face\u2029down ", what="Held")  # as a field gives it back
    assert event.anchor == held.anchor


def test_a_quotation_is_looked_for_anew_on_another_page_and_that_is_told(book, held):
    event, told = kept(book, held, page=2)  # page 2 does not hold these words
    assert place(event) == place(held)
    assert "not found on page 2. They stand on page 1 of Custody record" in told


def test_a_quotation_has_no_place_in_a_document_that_does_not_hold_it(book, held):
    other = book.documents.of(held.case)[1]
    event, told = kept(book, held, document=other.id)
    assert (event.document, place(event), event.quote) == (other.id, (1, 0, 0), "face down")
    assert (event.anchor.prefix, event.anchor.boxes) == ("", ())
    assert "not found on any page of Custody record: they are kept as typed" in told


def test_words_that_stand_nowhere_are_told(book, held):
    event, told = kept(book, held, "words that stand nowhere")
    assert (place(event), event.quote) == ((1, 0, 0), "words that stand nowhere")
    assert "kept as typed" in told
    event, told = kept(book, event, what="Held down")  # known by now
    assert told == ""


def test_a_quotation_without_a_document_has_no_page_and_no_place(book, held):
    event, told = kept(book, held, document=None)
    assert (place(event), event.quote, told) == ((0, 0, 0), "face down", "")


def test_words_taken_away_leave_the_page(book, held):
    event, told = kept(book, held, "")
    assert (event.page, event.anchor, told) == (1, Anchor(kind="page"), "")


def test_a_new_event_keeps_the_place_that_it_begins_with(book, held):
    new = replace(held, id=EventId("new"), at="", anchor=replace(held.anchor, quote="", end=0))
    event, told = kept(book, new, what="Drawn")
    assert (event.anchor, told) == (new.anchor, "")


def test_an_event_that_is_gone_does_not_come_back(book, held):
    book.events.remove(held.id)
    with pytest.raises(StateError, match="not there any more"):
        kept(book, held, what="Held down")
    assert book.events.get(held.id) is None


def test_what_was_done_meanwhile_stays(book, held):
    dispute(book, held, book.events.get(EventId("told")), "PC 2")
    event, _ = kept(book, held, what="Held down")
    assert (event.what, event.standing, event.disputed_with, event.disputed_by) == (
        "Held down", Standing.DISPUTED, "told", "PC 2",
    )  # fmt: skip
    assert book.events.get(EventId("told")).disputed_with == "held"


def test_a_state_that_nobody_disputes_frees_both_in_one_step(book, held):
    dispute(book, held, book.events.get(EventId("told")))
    event, _ = kept(book, book.events.get(held.id), standing=Standing.UNSURE)
    assert event.disputed_with == "told"  # it still says which says otherwise
    event, _ = kept(book, event, standing=Standing.UNDISPUTED)
    told = book.events.get(EventId("told"))
    assert (event.disputed_with, told.disputed_with) == ("", "")
    assert told.standing is Standing.UNDISPUTED
    book.undo()
    assert book.events.get(EventId("told")).standing is Standing.DISPUTED


def test_a_state_frees_no_event_that_is_disputed_with_another(book, held):
    third = replace(held, id=EventId("third"))
    enter(book, [third])
    told = book.events.get(EventId("told"))
    dispute(book, held, told)
    dispute(book, third, book.events.get(told.id))
    kept(book, book.events.get(third.id), standing=Standing.UNDISPUTED)
    assert book.events.get(told.id).disputed_with == "held"


def test_an_event_that_only_the_one_taken_out_disputed_is_undisputed(book, held):
    told = book.events.get(EventId("told"))
    dispute(book, held, told, "PC 2")
    book.events.remove(told.id)
    assert book.events.get(held.id).standing is Standing.DISPUTED  # by somebody, too
    book.undo()
    book.events.remove(held.id)
    left = book.events.get(told.id)
    assert (left.standing, left.disputed_with) == (Standing.UNDISPUTED, "")


@pytest.mark.parametrize("asked", [0, 1, 2, 9])
def test_a_quotation_is_found_whose_first_word_a_line_breaks(book, asked):
    (case,) = book.cases.all()
    own = document(case, pages=("Nothing.", f"No res{BREAK}traint was used."))
    book.documents.add_many([own])
    page, anchor = passage(book, own[0], asked, "restraint was used")
    assert (page, anchor.end > 0) == (2, True)
