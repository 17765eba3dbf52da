"""What happened in the first invented case, as its logs and a letter tell it, for who learns."""

import datetime as dt
from collections.abc import Iterator, Sequence

from reviewer.casebook.book import Casebook
from reviewer.chronology.dealings import dispute, enter
from reviewer.demo.intake import Loaded
from reviewer.demo.plot import Story, rows, stamp, story
from reviewer.demo.shapes import Inquiry
from reviewer.demo.words import first_sentence
from reviewer.errors import EngineError
from reviewer.pagetext.anchors import find
from reviewer.records.events import Event, Lane
from reviewer.records.ids import EventId, new_id

_LOGS = {  # which papers record an entry, and in whose lane it stands
    "call": ("Call log", Lane.POLICE),
    "custody": ("Custody record", Lane.POLICE),
    "notes": ("Clinical notes", Lane.HEALTH),
}
_LETTER = "Letter"
_TAKEN = "Detained"  # begins what the family saw otherwise


def keep_events(book: Casebook, made: Inquiry, loaded: Sequence[Loaded]) -> list[Event]:
    """Enter the events of the first case, of which two dispute each other; return them."""
    case = made.cases[0]
    told, papers = story(rows()[0], 0, made.seed), loaded[0]
    events = sorted(_logged(told, papers), key=lambda one: one.when)
    family = [
        _event(papers, passage.document, passage.quote, Lane.FAMILY, f"{told.day}T{passage.at}~")
        for code in case.passages
        for passage in case.passages[code]
        if papers.pages[passage.document][0].kind == _LETTER
    ]
    enter(book, [*events, *family])
    taken = next((one for one in events if _TAKEN in one.what), None)
    if taken is not None and family:
        dispute(book, taken, family[0], case.facts["Relation"])
    return [*events, *family]


def _logged(told: Story, papers: Loaded) -> Iterator[Event]:
    """Yield an event for each paper that records an entry."""
    for entry in told.entries:
        when = dt.datetime.combine(told.on(entry.minute), dt.time.fromisoformat(stamp(entry)))
        for paper in sorted(entry.papers):
            kind, lane = _LOGS[paper]
            for name, (document, _) in papers.pages.items():
                if document.kind == kind:
                    yield _event(papers, name, entry.text, lane, when.isoformat("T", "minutes"))


def _event(papers: Loaded, name: str, text: str, lane: Lane, when: str) -> Event:
    document, pages = papers.pages[name]
    quote = first_sentence(text)
    place = find(pages, quote, page=0)
    if place is None:
        raise EngineError(f"The demonstration quotes what {name} does not say: {quote}")
    return Event(
        id=EventId(new_id()),
        case=papers.case.id,
        what=text,
        lane=lane.value,
        when=when,
        clock="CAD" if document.kind == "Call log" else "",
        document=document.id,
        page=place[0],
        anchor=place[1],
    )
