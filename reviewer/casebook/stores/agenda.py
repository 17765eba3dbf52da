"""Later rounds as stored: their agenda, and that what came before stays as it was."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from reviewer.casebook.change import Change
from reviewer.casebook.stores.custody import add_key, newest_key
from reviewer.casebook.stores.marks import mark_row
from reviewer.casebook.writer import Transaction, Writer, now
from reviewer.errors import StateError
from reviewer.messages import say
from reviewer.records.ids import CaseId, DocumentId, MarkId
from reviewer.records.judgement import Mark
from reviewer.records.panel import RoundKey
from reviewer.records.updates import AgendaCell, CitedPage, Feedback

_AGENDA = """
SELECT inquiry_case.id, factor, flags, feedback FROM agenda_cell
JOIN inquiry_case ON inquiry_case.id = agenda_cell.inquiry_case
WHERE round = :round ORDER BY inquiry_case.position, factor
"""
_OPENED = "SELECT opened FROM round WHERE number = :round"
_EARLIER = "SELECT number FROM round WHERE number < :round AND released = ''"
_LOOSE_MARKS = "SELECT id FROM mark WHERE id NOT IN (SELECT mark FROM round_mark)"
_LATEST = "SELECT coalesce(max(number), 0) FROM round WHERE released <> ''"
LATER = "SELECT EXISTS (SELECT 1 FROM round WHERE number > 1)"
_OF_MEMBER = "SELECT id FROM mark WHERE member = :member"
_OF_ROUND = "SELECT mark FROM round_mark WHERE round = :round"
_KEPT = "SELECT DISTINCT mark FROM round_mark"


class Agenda:
    """The agenda of each later round, and the step from one round to the next."""

    def __init__(self, connection: Any, writer: Writer) -> None:  # noqa: ANN401 - the driver has no types
        self._connection = connection
        self._writer = writer

    def of(self, round_number: int) -> list[AgendaCell]:
        """Return the cells to be rated again in a round, case by case; none in round 1."""
        return [_cell(row) for row in self._connection.execute(_AGENDA, {"round": round_number})]

    def opened(self, round_number: int) -> str:
        """Return when a round was opened, or ""."""
        row = self._connection.execute(_OPENED, {"round": round_number}).fetchone()
        return "" if row is None else str(row[0])

    def latest_released(self) -> int:
        """Return the number of the latest round that was released, or 0."""
        return int(self._connection.execute(_LATEST).fetchone()[0])

    def kept_marks(self) -> frozenset[MarkId]:
        """Return the marks that belong to a round before the open one: they stay as they are."""
        return frozenset(MarkId(mark) for (mark,) in self._connection.execute(_KEPT))

    def marks_of(self, round_number: int) -> frozenset[MarkId]:
        """Return the marks of a round before the open one, of everybody whose return opened."""
        rows = self._connection.execute(_OF_ROUND, {"round": round_number})
        return frozenset(MarkId(mark) for (mark,) in rows)

    def begin(
        self,
        number: int,
        cells: Sequence[AgendaCell],
        *,
        opened: str = "",
        released: str = "",
        key: RoundKey | None = None,
        keep: Mapping[str, bytes] | None = None,
    ) -> Change:
        """Open round ``number`` over ``cells``: see ``begin_round``; ``opened`` is now if "".

        ``keep`` are the secrets that come with its ``key``.
        """
        with self._writer.change("open round", subject=str(number)) as tx:
            begin_round(
                tx, number, opened=opened or now(), released=released, cells=cells, key=key
            )
            for name, value in (keep or {}).items():
                tx.put("secret", {"name": name, "value": value}, secret=True)
        return tx.result


def keep_marks(tx: Transaction, number: int, marks: Sequence[Mark], *, there: bool) -> None:
    """Keep the marks of one return of round ``number``, at release or late.

    With ``there`` all of them are in this casebook already (the chair's own). Those of another
    round may be there too; the caller has seen to it that they are the same.
    """
    rows = tx.values_of("mark")
    if not there:
        known = {
            mark
            for member in {mark.member for mark in marks}
            for (mark,) in tx.connection.execute(_OF_MEMBER, {"member": member})
        }
        new = [mark for mark in marks if mark.id not in known]
        if new:
            tx.add_all("mark", map(rows, map(mark_row, new)))
    if number > 1 or tx.connection.execute(LATER).fetchone()[0]:
        tx.add_all("round_mark", [(number, mark.id) for mark in marks])
    # Which marks belong to round 1 is kept when the next round is opened.


def begin_round(
    tx: Transaction,
    number: int,
    *,
    opened: str,
    released: str,
    cells: Sequence[AgendaCell],
    key: RoundKey | None = None,
) -> None:
    """Let round ``number`` be the one that is open, in an open transaction.

    Its returns are sealed to ``key``; where none is given, to what the round before was sealed to.

    Every mark made so far belongs to the round that ends; nothing can be undone into it. Earlier
    rounds that this casebook does not know to be released are, since ``released``.
    """
    meta = tx.get("meta", {"key": "round"}) or {}
    last = int(str(meta["value"]))
    if number <= last:
        raise StateError(
            say(
                "Round {number} was opened before; this casebook is in round {last}.",
                number=number,
                last=last,
            )
        )
    for (earlier,) in tx.connection.execute(_EARLIER, {"round": number}).fetchall():
        tx.amend("round", {"number": earlier}, {"released": released})
    loose = tx.connection.execute(_LOOSE_MARKS).fetchall()
    tx.add_all("round_mark", [(last, mark) for (mark,) in loose])
    tx.forget_steps()
    tx.put("round", {"number": number, "opened": opened, "released": ""})
    tx.put("round_framework", {"round": number, "framework": _framework(tx)})
    tx.put("meta", {"key": "round", "value": str(number)})
    key = key or newest_key(tx, last)
    if key is not None:
        add_key(tx, number, key)
    tx.add_all(
        "agenda_cell",
        [
            (number, cell.case, cell.factor, " ".join(cell.flags), _told(cell.feedback))
            for cell in cells
        ],
    )
    for cell in cells:
        tx.touch(case=cell.case)


def _framework(tx: Transaction) -> str:
    return str((tx.get("meta", {"key": "framework"}) or {})["value"])


def _told(feedback: Feedback) -> str:
    return json.dumps(
        {
            "points": list(feedback.points),
            "reasons": dict(feedback.reasons),
            "pages": [[page.document, page.page, page.times] for page in feedback.pages],
        },
        sort_keys=True,
    )


def _cell(row: Sequence[Any]) -> AgendaCell:
    told = json.loads(row[3])
    return AgendaCell(
        case=CaseId(row[0]),
        factor=row[1],
        flags=tuple(row[2].split()),
        feedback=Feedback(
            points=tuple(told["points"]),
            reasons=told["reasons"],
            pages=tuple(
                CitedPage(document=DocumentId(page[0]), page=page[1], times=page[2])
                for page in told["pages"]
            ),
        ),
    )
