"""What is to be asked next of each record, and from which day on: computed, never kept."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from reviewer.messages import later, say
from reviewer.record_requests.dates import days_after
from reviewer.records.requests import RecordRequest, RequestStep, Status, What

WITHIN = 21  # days that a letter gives an agency, where nobody said otherwise
AFTER = 14  # days after an answer until what it leaves open is asked about


class Ask(StrEnum):
    """What the next letter asks of a record."""

    FIRST = "request"
    ANSWER = "answer"
    REST = "rest"
    LEGIBLE = "legible copy"
    WHERE = "where they looked"
    LOSS = "how it was lost"
    DESTRUCTION = "record of destruction"
    GROUND = "ground of refusal"
    ACCESS = "how it may be read"


_WORDS: Mapping[Ask, str] = {
    Ask.FIRST: later("ask for it"),
    Ask.ANSWER: later("chase the answer"),
    Ask.REST: later("ask for the rest"),
    Ask.LEGIBLE: later("ask for a legible copy"),
    Ask.WHERE: later("ask where they looked"),
    Ask.LOSS: later("ask when it was last seen"),
    Ask.DESTRUCTION: later("ask for the record of its destruction"),
    Ask.GROUND: later("ask on what ground it is refused"),
    Ask.ACCESS: later("ask how it may be read"),
}
_AFTER: Mapping[Status, Ask] = {
    Status.EXPECTED: Ask.FIRST,
    Status.REQUESTED: Ask.ANSWER,
    Status.ACKNOWLEDGED: Ask.ANSWER,
    Status.PARTIAL: Ask.REST,
    Status.ILLEGIBLE: Ask.LEGIBLE,
    Status.NOT_LOCATED: Ask.WHERE,
    Status.LOST: Ask.LOSS,
    Status.DESTROYED: Ask.DESTRUCTION,
    Status.REFUSED: Ask.GROUND,
    Status.RESTRICTED: Ask.ACCESS,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Next:
    """The next step of a record: what to ask, and the first day on which it is due ("": now)."""

    ask: Ask
    date: str

    def due(self, today: str) -> bool:
        """Whether it is due on the day ``today``."""
        return self.date <= today

    @property
    def words(self) -> str:
        """What to do, in words."""
        return say(_WORDS[self.ask])


def next_step(record: RecordRequest) -> Next | None:
    """Return what to ask next, or None: all came, there is none, or it is left as it is.

    A letter is due when its answer is late. What an answer leaves open is asked about once, after
    a while, and chased like any other letter; the same answer again is for people to weigh.
    """
    ask = _AFTER.get(record.status)
    if ask is None:
        return None
    if not record.steps:
        return Next(ask=ask, date="")
    latest = record.steps[-1]
    if latest.what is What.ENOUGH:
        return None
    if ask is Ask.ANSWER or latest.what is What.CHASED:
        return Next(ask=ask, date=days_after(_expected_by(record.steps), 1))
    if _asked_about(record.steps):
        return None
    return Next(ask=ask, date=days_after(latest.date, AFTER))


def _expected_by(steps: tuple[RequestStep, ...]) -> str:
    """Return the day by which the latest letter, or who acknowledged it, said to answer."""
    for step in reversed(steps):
        if step.due:
            return step.due
        if step.what in {What.REQUESTED, What.CHASED}:
            return days_after(step.date, WITHIN)
    return steps[-1].date


def _asked_about(steps: tuple[RequestStep, ...]) -> bool:
    """Whether the answer that stands last was given before, and asked about since."""
    said = [step.what for step in steps]
    before = said[:-1]
    return said[-1] in before and What.CHASED in before[before.index(said[-1]) :]


@dataclass(frozen=True, kw_only=True, slots=True)
class Letter:
    """What one agency is to be asked: for the first time, and again. In the records' order."""

    agency: str
    first: tuple[RecordRequest, ...]
    again: tuple[RecordRequest, ...]
    overdue: int

    @property
    def records(self) -> tuple[RecordRequest, ...]:
        """All of them."""
        return (*self.first, *self.again)


def letters_due(records: Iterable[RecordRequest], today: str) -> list[Letter]:
    """Return one letter for each agency of which something is to be asked by ``today``.

    Those with the most that is overdue come first. A record without an agency is in none.
    """
    first: dict[str, list[RecordRequest]] = {}
    again: dict[str, list[RecordRequest]] = {}
    overdue: dict[str, int] = {}
    for one in records:
        step = next_step(one)
        if one.agency and step is not None and step.due(today):
            (first if step.ask is Ask.FIRST else again).setdefault(one.agency, []).append(one)
            overdue[one.agency] = overdue.get(one.agency, 0) + one.overdue(today)
    return [
        Letter(
            agency=agency,
            first=tuple(first.get(agency, ())),
            again=tuple(again.get(agency, ())),
            overdue=overdue[agency],
        )
        for agency in sorted(overdue, key=lambda name: (-overdue[name], name.casefold()))
    ]
