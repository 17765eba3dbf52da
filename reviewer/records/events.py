"""What happened in a case, as its papers say it: an event a row (METHOD 5b).

An event keeps the words it was given. When it happened is a text in EDTF, read by
``reviewer.chronology.dates``; one that is no date stays as it was written, and the event stands
without one.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from reviewer.messages import later
from reviewer.records.ids import CaseId, DocumentId, EventId
from reviewer.records.judgement import Anchor
from reviewer.records.text import look_alike

LONGEST_SOURCE = 400  # characters of a document's name


class Lane(StrEnum):
    """Whose account an event belongs to; told apart by place and name only."""

    FAMILY = "person and family"
    POLICE = "police"
    AMBULANCE = "ambulance"
    HEALTH = "health"
    OTHERS = "others"

    @property
    def agency(self) -> bool:
        """Whether it keeps records of its own, so that a time without an entry means something."""
        return self in {Lane.POLICE, Lane.AMBULANCE, Lane.HEALTH}


LANE_NAMES = {
    Lane.FAMILY: later("Person and family"),
    Lane.POLICE: later("Police"),
    Lane.AMBULANCE: later("Ambulance"),
    Lane.HEALTH: later("Health"),
    Lane.OTHERS: later("Others"),
}


class Standing(StrEnum):
    """Whether anybody says otherwise."""

    UNDISPUTED = "undisputed"
    DISPUTED = "disputed"
    UNSURE = "unsure"


STANDING_NAMES = {
    Standing.UNDISPUTED: later("undisputed"),
    Standing.DISPUTED: later("disputed"),
    Standing.UNSURE: later("unsure"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """One event of a case.

    ``when`` is EDTF ("" for none) and ``written`` the words as a page has them. ``clock`` names
    the clock that it was read from ("" for none in particular), which runs ``fast`` minutes ahead.
    ``lane`` is a word of ``Lane``, or another, which stands among the others. ``document`` and
    ``page`` (0 for none) are where it says so, ``anchor`` the passage; ``source`` is the name of a
    document that is not here. ``disputed_with`` is the event that says otherwise; ``follows`` the
    one after which it happened, where only the order is known. ``at`` is when it was entered
    (a claimed time, RFC 3339 in UTC), "" before it is stored.
    """

    id: EventId
    case: CaseId
    what: str
    lane: str
    when: str = ""
    written: str = ""
    clock: str = ""
    fast: int = 0
    document: DocumentId | None = None
    page: int = 0
    source: str = ""
    anchor: Anchor = field(default_factory=lambda: Anchor(kind="page"))
    standing: Standing = Standing.UNDISPUTED
    disputed_by: str = ""
    disputed_with: str = ""
    follows: str = ""
    member: str = ""
    at: str = ""

    @property
    def quote(self) -> str:
        """The words of the passage, "" where there are none."""
        return self.anchor.quote


def lane_of(text: str) -> Lane:
    """Return the lane that ``text`` names, whatever its capitals; all else is others'.

    >>> lane_of("Police "), lane_of("Fire service")
    (<Lane.POLICE: 'police'>, <Lane.OTHERS: 'others'>)
    """
    key = look_alike(text)
    return next((lane for lane in Lane if lane.value == key), Lane.OTHERS)
