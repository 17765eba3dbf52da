"""How each status of a record looks: a sign, a word, a ground; never a colour alone."""

from collections.abc import Mapping
from dataclasses import dataclass

from reviewer.messages import later, say
from reviewer.records.requests import RecordRequest, Status

OVERDUE = "overdue"  # shown as a status of its own, and computed from the days


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """A status as a cell has it (``word``, short) and as it is called (``name``).

    ``tone`` is that of chips; ``dashed`` while an answer is still to come.
    """

    word: str
    name: str
    sign: str
    tone: str = ""
    dashed: bool = False


_LOOKS: Mapping[str, Look] = {
    Status.COMPLETE: Look(
        word=later("Received"), name=later("Received"), sign="check", tone="good"
    ),
    Status.FOUND_LATE: Look(
        word=later("Found late"), name=later("Found late"), sign="undo", tone="accent"
    ),
    Status.PARTIAL: Look(word=later("Partial"), name=later("Partial"), sign="half", tone="warn"),
    Status.ILLEGIBLE: Look(
        word=later("Illegible"), name=later("Illegible"), sign="unclear", tone="warn"
    ),
    Status.EXPECTED: Look(
        word=later("Not asked"), name=later("Not asked for"), sign="plus", dashed=True
    ),
    Status.REQUESTED: Look(
        word=later("Requested"), name=later("Requested"), sign="clock", dashed=True
    ),
    Status.ACKNOWLEDGED: Look(
        word=later("Acknowl."), name=later("Acknowledged"), sign="next", dashed=True
    ),
    OVERDUE: Look(word=later("Overdue"), name=later("Overdue"), sign="warning", tone="stop"),
    Status.NOT_LOCATED: Look(
        word=later("Not located"), name=later("Not located"), sign="question", tone="stop"
    ),
    Status.LOST: Look(
        word=later("Said lost"), name=later("Believed lost"), sign="question", tone="stop"
    ),
    Status.DESTROYED: Look(
        word=later("Destroyed"), name=later("Destroyed"), sign="cross", tone="stop"
    ),
    Status.NONE: Look(word=later("Said none"), name=later("Stated not to exist"), sign="minus"),
    Status.REFUSED: Look(word=later("Refused"), name=later("Refused"), sign="barred", tone="stop"),
    Status.RESTRICTED: Look(
        word=later("Restricted"), name=later("Restricted"), sign="lock", tone="warn"
    ),
}
SHOWN: tuple[str, ...] = tuple(str(key) for key in _LOOKS)
"""Every status in the order of the key."""


def shown_as(record: RecordRequest, today: str) -> str:
    """Return what a record is shown as: overdue, or its status."""
    return OVERDUE if record.overdue(today) else str(record.status.value)


def look_of(shown: str) -> Look:
    """Return how ``shown`` looks, in the person's language."""
    found = {str(key): look for key, look in _LOOKS.items()}[shown]
    return Look(
        word=say(found.word),
        name=say(found.name),
        sign=found.sign,
        tone=found.tone,
        dashed=found.dashed,
    )
