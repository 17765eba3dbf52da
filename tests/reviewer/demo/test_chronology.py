"""The chronology of the first invented case: every event stands on the page that it names."""

from dataclasses import replace

import pytest

from reviewer.chronology.dates import Precision
from reviewer.chronology.timeline import gaps, ordered, pairs
from reviewer.demo.chronology import keep_events
from reviewer.demo.intake import read_all, store
from reviewer.errors import EngineError
from reviewer.progress import Quiet
from reviewer.records.events import Lane
from tests.books import chair_book


@pytest.fixture
def first(made, tmp_path):
    small = replace(made, cases=made.cases[:1])
    loaded = read_all(small, Quiet())
    with chair_book(tmp_path / "a.casebook") as book:
        store(book, loaded)
        yield book, small, loaded


def test_a_dozen_events_are_read_from_the_papers_and_two_dispute_each_other(first):
    book, small, loaded = first
    case = loaded[0].case.id
    assert len(keep_events(book, small, loaded)) >= 12
    events = book.events.of(case)
    for event in events:
        text = book.documents.page(event.document, event.page).text
        held = text[event.anchor.start : event.anchor.end]
        assert " ".join(held.split()) == " ".join(event.quote.split())
        assert event.anchor.boxes
    placed = ordered(events)
    assert {one.lane for one in placed} == {Lane.FAMILY, Lane.POLICE, Lane.HEALTH}
    assert {one.when.precision for one in placed} == {Precision.MINUTE, Precision.ABOUT}
    assert len(pairs(events)) == 1
    assert gaps(placed, 30)


def test_an_event_that_its_paper_does_not_tell_stops_the_making(first):
    book, small, (papers,) = first
    empty = tuple(
        (document, content, replace(reading, pages=()))
        for document, content, reading in papers.papers
    )
    with pytest.raises(EngineError, match="does not say"):
        keep_events(book, small, [replace(papers, papers=empty)])
