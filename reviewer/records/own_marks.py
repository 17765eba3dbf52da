"""A reader's marks as a list shows them: each with where it stands and what it supports."""

from collections.abc import Sequence
from typing import NamedTuple

from reviewer.messages import plural, say
from reviewer.records.cases import DocumentState
from reviewer.records.ids import CaseId, DocumentId, MarkId


class OwnMark(NamedTuple):
    """One mark of one's own in its document and case, without the boxes that draw it.

    ``page`` counts from 1; ``kind`` is that of its anchor (``text``, ``area``, ``page``) and
    ``quote`` its words (of a range of a recording its times), "" where it has none. ``standing``
    says whether its document still stands. ``factors`` are the codes of the ratings that it
    supports, in any round; ``made`` is when it was made (a claimed time, RFC 3339 in UTC), ""
    where the journal does not say.
    ``kept``: it belongs to an earlier round, so that it stays as it is. ``newer`` is the document
    that took the place of its own, while its maker has not said what becomes of it ("" else), and
    ``left`` that it was left where it is. ``label`` is what the document itself calls the page and
    ``called`` that with its count, where it is another; both "" where nobody asked.
    A tuple: there may be 10,000 of them.
    """

    id: MarkId
    case: CaseId
    reference: str
    document: DocumentId
    title: str
    agency: str
    page: int
    kind: str
    quote: str
    note: str
    standing: DocumentState
    factors: tuple[str, ...]
    made: str
    kept: bool = False
    newer: str = ""
    left: bool = False
    label: str = ""
    called: str = ""

    @property
    def citation(self) -> str:
        """The page as other people find it."""
        span = self.quote if self.kind == "area" else ""
        return cited(self.title, self.page, self.reference, span, self.called)

    @property
    def loose(self) -> bool:
        """Whether it supports no rating: such a mark never leaves this computer."""
        return not self.factors


def cited(title: str, page: int, reference: str, span: str = "", called: str = "") -> str:
    """Return a page as it is cited; of a recording the range of time.

    ``called`` is the page with its own label, where it has another than its count (``labelled``).

    >>> cited("Custody record", 3, "INV-014")
    'Custody record p. 3, INV-014'
    >>> cited("999 call", 1, "INV-014", "00:12:03-00:12:09")
    '999 call 00:12:03-00:12:09, INV-014'
    """
    if span:
        return say("{title} {span}, {reference}", title=title, span=span, reference=reference)
    shown = called or page
    return say("{title} p. {page}, {reference}", title=title, page=shown, reference=reference)


def labelled(page: int, label: str, total: int) -> str:
    """Return a page as its document calls it, with its count where that is another; "" for none.

    >>> labelled(12, "9", 117), labelled(12, "12", 117), labelled(12, "", 117)
    ('9 (12 of 117)', '', '')
    """
    if label in {"", str(page)}:
        return ""
    return say("{label} ({page} of {total})", label=label, page=page, total=total)


def with_citation(words: str, citation: str) -> str:
    """Return quoted words with where they stand, or the citation alone.

    >>> with_citation("face down", "Custody record p. 3, INV-014")
    '“face down” (Custody record p. 3, INV-014)'
    """
    quoted = " ".join(words.split())
    if not quoted or quoted in citation:  # a range of time is its own words
        return citation
    return say("\u201c{words}\u201d ({citation})", words=quoted, citation=citation)


def counted(marks: Sequence[OwnMark]) -> str:
    """Return how many marks there are, attached and not, and on documents that do not stand."""
    loose = sum(mark.loose for mark in marks)
    gone = sum(mark.standing is not DocumentState.CURRENT for mark in marks)
    told = plural("{count:,} mark", "{count:,} marks", count=len(marks))
    if not marks:
        return told
    told = say(
        "{marks}: {attached:,} attached, {loose:,} not attached",
        marks=told,
        attached=len(marks) - loose,
        loose=loose,
    )
    if gone:
        told = say("{told}, {gone:,} on pages that no longer stand", told=told, gone=gone)
    waiting = sum(bool(mark.newer) for mark in marks)
    if waiting:
        asked = plural("{count:,} waits for you", "{count:,} wait for you", count=waiting)
        told = f"{told} ({asked})"
    return told


def standing_words(standing: DocumentState) -> str:
    """Return what is said of a mark whose document does not stand; "" where it does."""
    return {
        DocumentState.CURRENT: "",
        DocumentState.REPLACED: say("document replaced"),
        DocumentState.WITHDRAWN: say("document withdrawn"),
    }[standing]


def kind_words(kind: str) -> str:
    """Return what a mark without words is called."""
    return {"area": say("box on the page"), "page": say("whole page")}.get(kind, "")
