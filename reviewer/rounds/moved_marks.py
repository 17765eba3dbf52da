"""One's own marks on documents that were replaced, and where their words stand now.

Nothing is moved by itself: whoever made a mark takes the place that was found, leaves the mark
where it is, or removes it. What belongs to a sealed round stays what it was.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from reviewer.casebook.book import Casebook
from reviewer.casebook.change import Change
from reviewer.casebook.steps import Steps
from reviewer.errors import InputError
from reviewer.messages import say
from reviewer.pagetext.characters import Characters
from reviewer.pagetext.moved import Again, Sure, look
from reviewer.progress import Progress
from reviewer.records.cases import Document
from reviewer.records.ids import DocumentId, MarkId
from reviewer.records.judgement import Anchor, Mark


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """A mark whose document ``now`` took the place of; ``page`` and ``anchor`` where it was found.

    ``before`` is how it stands today. ``page`` is 0 and ``anchor`` None where it was not found.
    """

    before: Mark
    now: Document
    again: Again
    page: int = 0
    anchor: Anchor | None = None


def find_all(
    steps: Steps, wanted: Sequence[tuple[MarkId, DocumentId]], progress: Progress
) -> dict[MarkId, Found]:
    """Look for the words of marks, each in a document; those of which either is gone are left out.

    The text of a document is fetched once, and one document's at a time is held. Raises
    ``Cancelled``.
    """
    found: dict[MarkId, Found] = {}
    held: DocumentId | None = None
    texts: Sequence[str] = ()
    for done, (mark, now) in enumerate(sorted(wanted, key=lambda one: one[1])):
        progress.step(done, len(wanted))
        if now != held:
            held, texts = now, steps(partial(_texts, now))
        one = find_again(steps, mark, now, texts)
        if one is not None:
            found[mark] = one
    progress.step(len(wanted), len(wanted))
    return found


def _texts(document: DocumentId, book: Casebook) -> Sequence[str]:
    return book.documents.texts(document)


def find_again(
    steps: Steps, mark: MarkId, now: DocumentId, texts: Sequence[str] | None = None
) -> Found | None:
    """Look for the words of ``mark`` in the document ``now``; None where either is gone.

    ``texts`` are those of its pages, where they were fetched already.
    """
    held = steps(lambda book: (book.marks.get(mark), book.documents.get(now)))
    before, document = held
    if before is None or document is None:
        return None
    if before.anchor.kind != "text":
        return Found(before=before, now=document, again=Again(sure=Sure.NO_WORDS))
    texts = steps(partial(_texts, now)) if texts is None else texts
    again = look(texts, before.anchor)
    place = again.place
    if place is None:
        return Found(before=before, now=document, again=again)
    page = steps(lambda book: book.documents.page(now, place.page))
    within = (place.start, place.end)
    anchor = Characters(page, within=within).anchor(place.start, place.end)
    return Found(before=before, now=document, again=again, page=place.page, anchor=anchor)


def require_found(found: Found) -> Anchor:
    """Return where a mark was found; raises ``InputError`` where it was not."""
    if found.anchor is None:
        raise InputError(
            say(
                "The words of this mark were not found in the newer document. Mark them there by"
                " hand, and remove this mark or keep it."
            )
        )
    return found.anchor


def take_place(book: Casebook, found: Found, *, round_number: int) -> Change | None:
    """Let a mark be where it was found; what it supports, it supports there. None: it is gone.

    Raises ``StateError`` where the round is closed or the mark belongs to a sealed one, and
    ``InputError`` where it was not found or is not what was looked for any more.
    """
    anchor = require_found(found)
    held = book.marks.get(found.before.id)
    if held is None:
        return None
    document = book.documents.get(found.now.id)
    if held.anchor != found.before.anchor or held.document != found.before.document:
        raise InputError(say("This mark was changed meanwhile. Look at it again."))
    if document is None or not document.current:
        raise InputError(say("The newer document no longer stands either. Look at it again."))
    moved = replace(held, document=found.now.id, page=found.page, anchor=anchor)
    return book.marks.put(moved, round_number=round_number)


def told(found: Found) -> str:
    """Return what came of looking, in a sentence, with its doubt."""
    again, title = found.again, found.now.title
    named: dict[Sure, Callable[[], str]] = {
        Sure.EXACT: lambda: say(
            "Found word for word on page {page} of {title}.", page=found.page, title=title
        ),
        Sure.NEAR: lambda: _near(found),
        Sure.SEVERAL: lambda: say(
            "The words stand in several places of {title}, and none is clearly the one. Mark the"
            " right one by hand.",
            title=title,
        ),
        Sure.NOWHERE: lambda: say(
            "Not found in {title}: nothing there is alike enough.", title=title
        ),
        Sure.NO_WORDS: lambda: say(
            "A box or a whole page has no words to look for in {title}. Look there yourself.",
            title=title,
        ),
    }
    return named[again.sure]()


def _near(found: Found) -> str:
    """Say what is like a mark, and where else: one place alone would look surer than it is."""
    other = found.again.other
    if other is None:
        return say(
            "Something like it stands on page {page} of {title}: {alike} % alike. Compare the two"
            " before you take it.",
            page=found.page,
            title=found.now.title,
            alike=_percent(found.again),
        )
    return say(
        "Something like it stands on page {page} of {title}: {alike} % alike. Another place, on"
        " page {other}, is about as much alike; what stands around speaks for the first. Compare"
        " both before you take it.",
        page=found.page,
        title=found.now.title,
        alike=_percent(found.again),
        other=other.page,
    )


def _percent(again: Again) -> int:
    """Return how much alike in whole percent, never rounded up to all of it."""
    return min(int(again.place.alike * 100), 99) if again.place is not None else 0
