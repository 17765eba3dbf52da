"""An event as a form sends it: what was changed there goes over what is stored by now."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reviewer.casebook.book import Casebook
from reviewer.casebook.change import Change
from reviewer.chronology.dealings import LONGEST, enter, let_go, passage
from reviewer.errors import StateError
from reviewer.messages import say
from reviewer.records.events import Event, Standing
from reviewer.records.ids import EventId, new_id
from reviewer.records.judgement import Anchor
from reviewer.records.text import clean_line

_ASKED = (
    "what", "when", "written", "clock", "fast", "lane", "document", "page", "source",
    "standing", "disputed_by", "follows",
)  # fmt: skip

_SHORT = 80  # characters of a quotation that stand for what nobody said


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """The step that kept an event, and what is to be said of its quotation ("" for nothing)."""

    change: Change | None
    told: str


def keep_typed(book: Casebook, was: Event, typed: Event, quote: str) -> Kept:
    """Keep an event that was ``was`` when it was asked about, and is now ``typed``.

    ``quote`` is what the form holds as the words of its page. What nobody changed there stays as
    it is stored by now, and so does the place of the quotation, unless its words, document or
    page are others: then it is looked for anew. Raises ``StateError`` where the event was stored
    and is gone, ``InputError`` where it cannot be kept so; nothing is changed then.
    """
    now = book.events.get(was.id)
    if now is None and was.at:
        raise StateError(
            say(
                "This event is not there any more, so it cannot be changed. What you typed is"
                " still here: bring the event back first, or add it as a new one."
            )
        )
    before = now or was
    changed = {name: getattr(typed, name) for name in _ASKED
               if getattr(typed, name) != getattr(was, name)}  # fmt: skip
    made = replace(before, **changed)
    words = before.quote if _flat(quote) == _flat(was.quote) else quote
    where = (made.document, made.page, _flat(words))
    moved = where != (before.document, before.page, _flat(before.quote))
    placed = made.anchor.end or made.anchor.boxes
    told = ""
    if moved or (words and not placed):
        asked, made = made.page, quoted_anew(book, before, made, words)
        told = _of_quotation(book, made, asked) if moved else ""
    return Kept(change=enter(book, with_its_pair(book, before, made)), told=told)


def keep_unfinished(book: Casebook, was: Event, typed: Event, quote: str) -> Change | None:
    """Keep an event that nobody sent, as ``typed`` by now, since the casebook is being locked.

    A new one says that it is not finished, and whose account it is where nobody chose that; one
    that was stored keeps what was taken out of it, and is a new one where it is gone.
    """
    what, lane = (clean_line(one) for one in (typed.what, typed.lane))
    gone = bool(was.at) and book.events.get(was.id) is None
    if gone or not was.at:
        words = what or clean_line(quote)[:_SHORT]
        told = say("Not finished: {what}", what=words) if words else say("Not finished")
        what = told if len(told) <= LONGEST["what"] else words
    if gone:
        was = replace(was, id=EventId(new_id()), at="")
    whole = replace(
        typed,
        id=was.id,
        at=was.at,
        what=what or was.what,
        lane=lane or was.lane or say("not chosen"),
    )
    return keep_typed(book, was, whole, quote).change


def quoted_anew(book: Casebook, before: Event, made: Event, quote: str) -> Event:
    """Return an event with ``quote`` found on its page, or on another of its document.

    Where no page has it, or there is no document, it has no place (0 to 0).
    """
    document = book.documents.get(made.document) if made.document else None
    if document is not None:
        page, anchor = passage(book, document, made.page, quote)
        return replace(made, page=page, anchor=anchor)
    gone = before.document is not None and made.page == before.page
    anchor = Anchor(kind="text" if quote else "page", quote=quote)
    return replace(made, page=0 if gone else made.page, anchor=anchor)


def with_its_pair(book: Casebook, before: Event, made: Event) -> Sequence[Event]:
    """Return an event, with those it was disputed with where nobody disputes it any more."""
    if made.standing is not Standing.UNDISPUTED or before.standing is made.standing:
        return [made]
    return [replace(made, disputed_with=""), *let_go(book, before)]


def _of_quotation(book: Casebook, event: Event, asked: int) -> str:
    """Say where the words of an event were found instead, or that they were not."""
    document = book.documents.get(event.document) if event.document else None
    if document is None or not event.quote:
        return ""
    if not event.anchor.end:
        return say(
            "These words were not found on any page of {title}: they are kept as typed.",
            title=document.title,
        )
    if asked and event.page != asked:
        return say(
            "The words were not found on page {asked}. They stand on page {page} of {title};"
            " that page was kept.",
            asked=asked,
            page=event.page,
            title=document.title,
        )
    return ""


def _flat(words: str) -> str:
    """Return words as they are compared: a field gives other spaces back than it was given."""
    return " ".join(words.split())
