"""Which rows of a table are events that are there already: by their ids, else by what they say.

What others said of an event meanwhile, and a document that was replaced, make no other event of
it: a table that is brought in again adds no row twice. What a row says otherwise is told.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from reviewer.chronology.dates import read
from reviewer.messages import say
from reviewer.records.cases import Document, end_of
from reviewer.records.events import Event
from reviewer.records.ids import DocumentId, EventId
from reviewer.records.judgement import Anchor
from reviewer.records.text import look_alike


class Said(NamedTuple):
    """What makes an event the same as another, whoever disputes it, by which clock."""

    when: str
    written: str
    lane: str
    what: str
    place: str
    passage: str
    follows: str


@dataclass(kw_only=True, slots=True)
class Sorted:
    """The rows of a table: ``added`` are new; sentences on those that are there otherwise."""

    added: list[Event] = field(default_factory=list)
    differing: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def sort_out(
    rows: Sequence[tuple[int, Event]],
    there: Iterable[Event],
    documents: Mapping[DocumentId, Document],
) -> Sorted:
    """Hold the events of a table (each with its row's number) against those of the case."""
    known = {event.id: event for event in there}
    same: dict[Said, list[Event]] = {}
    for event in known.values():
        same.setdefault(_said(event, documents), []).append(event)
    found, ids, new = Sorted(), dict[str, str](), list[tuple[int, Event]]()
    met: set[EventId] = set()
    for number, event in rows:
        if event.id in known:
            alike, part = [known[event.id]], _content
        else:
            follows = ids.get(event.follows, event.follows)
            said = _said(replace(event, follows=follows), documents)
            alike, part = same.get(said, []), _state
        if not alike:
            new.append((number, event))
            continue
        ids[event.id] = alike[0].id
        met.update(one.id for one in alike)
        if part(event) not in map(part, alike):
            found.differing.append(_otherwise(number))
    found.added = [_naming(event, ids) for _, event in new]
    left = {_about(one, documents) for one in known.values() if one.id not in met}
    found.notes = [
        _beside(number)
        for number, event in new
        if read(event.when).dated and _about(event, documents) in left
    ]
    return found


def _naming(event: Event, ids: Mapping[str, str]) -> Event:
    """Return an event of a table that names others by their ids here."""
    return replace(
        event,
        follows=ids.get(event.follows, event.follows),
        disputed_with=ids.get(event.disputed_with, event.disputed_with),
    )


def _otherwise(number: int) -> str:
    return say(
        "Row {number}: that event is there and says something else. It stays as it is.",
        number=number,
    )


def _beside(number: int) -> str:
    return say(
        "Row {number}: an event of that time, lane and page is there in other words. This one"
        " was added beside it.",
        number=number,
    )


def _said(event: Event, documents: Mapping[DocumentId, Document]) -> Said:
    return Said(
        event.when,
        event.written,
        look_alike(event.lane),
        event.what,
        _place(event, documents),
        event.quote or str(event.page),
        event.follows,
    )


def _about(event: Event, documents: Mapping[DocumentId, Document]) -> tuple[str, ...]:
    said = _said(event, documents)
    return said.when, said.lane, said.place, said.passage


def _place(event: Event, documents: Mapping[DocumentId, Document]) -> str:
    """Return the name of the document that stands now for the one that is cited."""
    document = documents.get(event.document) if event.document else None
    if document is None:
        return look_alike(event.source)
    end = end_of(document, documents)
    return look_alike(documents[end].title if end is not None else document.title)


def _state(event: Event) -> object:
    return event.standing, event.disputed_by, event.clock, event.fast


def _content(event: Event) -> object:
    """Return an event as the table says it, whoever entered it and when."""
    return replace(
        event, id=EventId(""), member="", at="", anchor=Anchor(kind="page", quote=event.quote)
    )
