"""What people do with the events of a case: enter them, cite a page, dispute one by another."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from reviewer.casebook.book import Casebook
from reviewer.casebook.change import Change
from reviewer.errors import InputError, StateError
from reviewer.messages import say
from reviewer.pagetext.anchors import quoted
from reviewer.pagetext.breaks import across_breaks
from reviewer.records.cases import Document
from reviewer.records.events import LONGEST_SOURCE, Event, Standing
from reviewer.records.ids import DocumentId, EventId
from reviewer.records.judgement import Anchor
from reviewer.records.text import clean, clean_line

LONGEST = {  # characters
    "what": 2000,
    "when": 400,
    "written": 400,
    "clock": 60,
    "lane": 60,
    "source": LONGEST_SOURCE,
    "disputed_by": 400,
    "quote": 4000,
}
MOST = 20_000  # events of a case
MOST_FAST = 10 * 24 * 60  # minutes that a clock can be wrong by


def enter(book: Casebook, events: Sequence[Event]) -> Change | None:
    """Keep events, new or changed, in one step; None where there is nothing to keep.

    Raises ``InputError`` where one cannot be as it is; nothing is kept then.
    """
    if not events:
        return None
    member = book.about.member
    for case in {event.case for event in events}:
        there = {event.id: event for event in book.events.of(case)}
        own = [event for event in events if event.case == case]
        documents = {one.id: one for one in book.documents.of(case)}
        ids = {*there, *(event.id for event in own)}
        if len(ids) > MOST:
            raise InputError(
                say("A case has at most {count:,} events. Nothing was changed.", count=MOST)
            )
        for event in own:
            require_sound(event, documents, ids)
    return book.events.put([replace(one, member=one.member or member) for one in events])


def require_sound(
    event: Event, documents: Mapping[DocumentId, Document], ids: set[EventId]
) -> None:
    """Raise ``InputError`` where an event cannot be kept as it is.

    ``documents`` are those of its case and ``ids`` the events that it may name.
    """
    _require_words(event)
    if abs(event.fast) > MOST_FAST:
        raise InputError(say("A clock is wrong by at most ten days."))
    _require_page(event, documents)
    for other in (event.disputed_with, event.follows):
        if other == event.id:
            raise InputError(say("An event neither follows nor disputes itself."))
        if other and EventId(other) not in ids:
            raise InputError(say("The other event is not one of this case."))


def _require_page(event: Event, documents: Mapping[DocumentId, Document]) -> None:
    if event.page < 0:
        raise InputError(say("A page is numbered from 1."))
    if event.document is None:
        return
    document = documents.get(event.document)
    if document is None:
        raise InputError(say("Its document is not one of this case."))
    if event.page > document.page_count:
        raise InputError(
            say(
                "{title} has no page {page}; its last is {last}.",
                title=document.title,
                page=event.page,
                last=document.page_count,
            )
        )


def _require_words(event: Event) -> None:
    if not clean_line(event.what):
        raise InputError(say("Say what happened."))
    if not clean_line(event.lane):
        raise InputError(say("Say whose account it is: choose a lane."))
    for name, most in LONGEST.items():
        if len(getattr(event, name)) > most:
            raise InputError(
                say("“{name}” is longer than {most:,} characters.", name=name, most=most)
            )


def passage(book: Casebook, document: Document, page: int, quote: str) -> tuple[int, Anchor]:
    """Return the page that has ``quote`` and where on it; ``page`` is looked at first.

    Where no page has the words, they are kept without a place (no boxes, 0 to 0).
    """
    words = clean(quote).strip()
    if not words:
        return page, Anchor(kind="page")
    if 1 <= page <= document.page_count:
        anchor = quoted(book.documents.page(document.id, page), words)
        if anchor is not None:
            return page, anchor
    first = re.compile(across_breaks(words.split()[0]))
    for number, text in enumerate(book.documents.texts(document.id), 1):
        if number == page or not first.search(text):
            continue
        anchor = quoted(book.documents.page(document.id, number), words)
        if anchor is not None:
            return number, anchor
    return page, Anchor(kind="text", quote=words)


def dispute(book: Casebook, one: Event, other: Event, by: str = "") -> Change:
    """Let two events of a case say otherwise of each other, in one step that can be taken back.

    ``by`` says whose account disputes the first. Raises ``InputError`` where they are one event,
    or two of different cases.
    """
    if one.id == other.id or one.case != other.case:
        raise InputError(say("Two events of one case dispute each other; choose another."))
    back = other.disputed_with or one.id
    made = [
        replace(
            one,
            standing=Standing.DISPUTED,
            disputed_with=other.id,
            disputed_by=clean_line(by) or one.disputed_by,
        ),
        replace(other, standing=Standing.DISPUTED, disputed_with=back),
    ]
    return _entered(book, made)


def settle(book: Casebook, event: Event) -> Change:
    """Let nobody dispute an event any more, nor it any other; see ``let_go``."""
    return _entered(book, [_undisputed(event), *let_go(book, event)])


def let_go(book: Casebook, event: Event) -> list[Event]:
    """Return the events that were disputed with ``event`` as they are without it.

    One that a third event disputes stays disputed, with that; nobody disputes the others.
    """
    there = [one for one in book.events.of(event.case) if one.id != event.id]
    thirds = {one.disputed_with: one for one in reversed(there) if one.disputed_with != one.id}
    freed = []
    for other in there:
        third = thirds.get(other.id)
        if other.disputed_with != event.id:
            continue
        if third is not None:
            freed.append(replace(other, disputed_with=third.id, disputed_by=""))
        elif other.standing is Standing.DISPUTED:
            freed.append(_undisputed(other))
        else:
            freed.append(replace(other, disputed_with=""))
    return freed


def find_event(book: Casebook, wanted: str) -> Event:
    """Return the event with this id. Raises ``StateError`` where there is none."""
    found = book.events.get(EventId(wanted.strip()))
    if found is None:
        raise StateError(say("That event is not there any more, or never was."))
    return found


def _undisputed(event: Event) -> Event:
    return replace(event, standing=Standing.UNDISPUTED, disputed_with="", disputed_by="")


def _entered(book: Casebook, events: Sequence[Event]) -> Change:
    change = enter(book, events)
    assert change is not None  # noqa: S101 - there are events
    return change
