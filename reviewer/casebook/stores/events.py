"""The chronology of each case as stored; every change of it is a step that can be taken back."""

from collections.abc import Mapping, Sequence
from typing import Any

from reviewer.casebook.change import Change
from reviewer.casebook.stores.marks import anchor_json, anchor_of
from reviewer.casebook.writer import Transaction, Value, Writer, now
from reviewer.records.events import LONGEST_SOURCE, Event, Standing
from reviewer.records.ids import CaseId, DocumentId, EventId
from reviewer.records.text import clean_line

_EVENTS = """
SELECT id, member, inquiry_case, happened, written, clock, fast, lane, what, document, page,
       source, anchor, standing, disputed_by, disputed_with, follows, at FROM event
"""
_OF_CASE = f"{_EVENTS} WHERE inquiry_case = :case ORDER BY rowid"
_ONE = f"{_EVENTS} WHERE id = :event"
_COUNTS = "SELECT inquiry_case, count(*) FROM event GROUP BY inquiry_case"
_POINTING = """
SELECT id FROM event WHERE inquiry_case = :case
AND (disputed_with = :event OR follows = :event)
"""
_THIRDS = """
SELECT disputed_with, id FROM event WHERE inquiry_case = :case AND id <> :event
AND disputed_with NOT IN ('', id) ORDER BY rowid DESC
"""  # the first that disputes each is the last of its rows
_CITING = "SELECT id FROM event WHERE inquiry_case = :case AND document = :document"


class Events:
    """The events of every case; whose casebook it is owns them."""

    def __init__(self, connection: Any, writer: Writer) -> None:  # noqa: ANN401 - the driver has no types
        self._connection = connection
        self._writer = writer

    def of(self, case: CaseId) -> list[Event]:
        """Return the events of one case, in the order in which they were entered."""
        return [_event(row) for row in self._connection.execute(_OF_CASE, {"case": case})]

    def get(self, event: EventId) -> Event | None:
        """Return one event, or None."""
        row = self._connection.execute(_ONE, {"event": event}).fetchone()
        return None if row is None else _event(row)

    def counts(self) -> Mapping[CaseId, int]:
        """Return how many events each case has, of those that have any."""
        return {CaseId(case): count for case, count in self._connection.execute(_COUNTS)}

    def put(self, events: Sequence[Event]) -> Change:
        """Keep events, new or changed, in one step that can be taken back."""
        subject = events[0].id if len(events) == 1 else str(len(events))
        with self._writer.change("enter events", subject=subject, undoable=True) as tx:
            at = now()
            for event in events:
                _put(tx, event, at)
        return tx.result

    def remove(self, event: EventId) -> Change:
        """Take an event out, and every other's word that it is disputed with it or follows it."""
        with self._writer.change("remove event", subject=event, undoable=True) as tx:
            row = tx.get("event", {"id": event})
            if row is not None:
                case = CaseId(str(row["inquiry_case"]))
                tx.touch(case=case)
                found = {"case": case, "event": event}
                thirds = dict(self._connection.execute(_THIRDS, found).fetchall())
                for (other,) in self._connection.execute(_POINTING, found).fetchall():
                    _let_go(tx, other, event, thirds.get(other, ""))
                tx.remove("event", {"id": event})
        return tx.result


def _put(tx: Transaction, event: Event, at: str) -> None:
    row: dict[str, Value] = {
        "id": event.id,
        "member": event.member,
        "inquiry_case": event.case,
        "happened": clean_line(event.when),
        "written": clean_line(event.written),
        "clock": clean_line(event.clock),
        "fast": event.fast,
        "lane": clean_line(event.lane),
        "what": clean_line(event.what),
        "document": event.document,
        "page": event.page,
        "source": clean_line(event.source),
        "anchor": anchor_json(event.anchor),
        "standing": event.standing.value,
        "disputed_by": clean_line(event.disputed_by),
        "disputed_with": event.disputed_with,
        "follows": event.follows,
        "at": event.at or at,
    }
    tx.put("event", row)
    tx.touch(case=event.case)


def name_only(tx: Transaction, document: DocumentId, case: CaseId, title: str) -> None:
    """Let the events of ``case`` that cite ``document``, which leaves it, keep its name alone."""
    found = {"case": case, "document": document}
    for (event,) in tx.connection.execute(_CITING, found).fetchall():
        source = clean_line(title)[:LONGEST_SOURCE]
        tx.amend("event", {"id": event}, {"document": None, "source": source})


def _let_go(tx: Transaction, other: str, event: EventId, third: str) -> None:
    """Let ``other`` say nothing of ``event``; it stays disputed where anybody else disputes it."""
    row = tx.get("event", {"id": other})
    if row is None:
        return
    if row["follows"] == event:
        row["follows"] = ""
    if row["disputed_with"] == event:
        row["disputed_with"] = third
        if row["standing"] == Standing.DISPUTED and not third and not row["disputed_by"]:
            row["standing"] = Standing.UNDISPUTED.value
    tx.put("event", row)


def _event(row: Sequence[Any]) -> Event:
    return Event(
        id=EventId(row[0]),
        member=row[1],
        case=CaseId(row[2]),
        when=row[3],
        written=row[4],
        clock=row[5],
        fast=row[6],
        lane=row[7],
        what=row[8],
        document=None if row[9] is None else DocumentId(row[9]),
        page=row[10],
        source=row[11],
        anchor=anchor_of(row[12]),
        standing=Standing(row[13]),
        disputed_by=row[14],
        disputed_with=row[15],
        follows=row[16],
        at=row[17],
    )
