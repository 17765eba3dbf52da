"""What the panel decided, as stored: every decision on every cell, in order, for good."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from reviewer.casebook.change import Change
from reviewer.casebook.writer import Transaction, Writer, now, steps_of
from reviewer.errors import DamagedError
from reviewer.messages import say
from reviewer.records.canonical import canonical
from reviewer.records.determinations import Determination, Dissent, Ground, Ruling
from reviewer.records.ids import CaseId, DocumentId, MemberId, RequestId
from reviewer.records.text import clean_line

Cell = tuple[CaseId, str]

_COLUMNS = (
    "determination.inquiry_case, factor, determination.position, round, what, halves, reason,"
    " dissent, ground, at, entered_by"
)
_EVERY = f"""
SELECT {_COLUMNS} FROM determination
JOIN inquiry_case ON inquiry_case.id = determination.inquiry_case
ORDER BY inquiry_case.position, factor, determination.position
"""  # noqa: S608 - a constant
_OF_CELL = f"""
SELECT {_COLUMNS} FROM determination WHERE inquiry_case = :case AND factor = :factor
ORDER BY position
"""  # noqa: S608 - a constant
_ASKED = """
SELECT max(round) FROM agenda_cell JOIN round ON round.number = agenda_cell.round
WHERE inquiry_case = :case AND factor = :factor AND released = ''
"""
_KEPT = (
    "SELECT inquiry_case, factor, position, round, what, halves, reason, dissent, ground, at,"
    " entered_by FROM determination"
)
_ENTERED = """
SELECT coalesce(body, '') FROM journal LEFT JOIN journal_value USING (seq)
WHERE action IN ('determine', 'reopen determination')
"""


class Determinations:
    """The decisions of the panel, in the chair's casebook."""

    def __init__(self, connection: Any, writer: Writer) -> None:  # noqa: ANN401 - the driver has no types
        self._connection = connection
        self._writer = writer

    def all(self) -> Mapping[Cell, tuple[Determination, ...]]:
        """Return every decision by its cell, oldest first, in case and factor order."""
        found: dict[Cell, list[Determination]] = {}
        for row in self._connection.execute(_EVERY).fetchall():
            one = _sound(row)
            found.setdefault((one.case, one.factor), []).append(one)
        return {cell: tuple(decisions) for cell, decisions in found.items()}

    def of(self, case: CaseId, factor: str) -> tuple[Determination, ...]:
        """Return the decisions on one cell, oldest first."""
        rows = self._connection.execute(_OF_CELL, {"case": case, "factor": factor}).fetchall()
        return tuple(map(_sound, rows))

    def asked_in(self, case: CaseId, factor: str) -> int:
        """Return the open round that asks for this cell again, or 0."""
        row = self._connection.execute(_ASKED, {"case": case, "factor": factor}).fetchone()
        return row[0] or 0

    def determine(self, made: Determination) -> Change:
        """Add a decision after those that the cell has; its time is now.

        The rules are those of ``rounds.determining``; the table refuses what breaks them.
        """
        with self._writer.change("determine", subject=f"{made.case} {made.factor}") as tx:
            _put(tx, made)
        return tx.result

    def reopen(self, made: Determination) -> Change:
        """Add that what was decided of a cell no longer stands; the decision stays told."""
        subject = f"{made.case} {made.factor}"
        with self._writer.change("reopen determination", subject=subject) as tx:
            _put(tx, made)
        return tx.result


def _put(tx: Transaction, made: Determination) -> None:
    tx.put(
        "determination",
        {
            "inquiry_case": made.case,
            "factor": made.factor,
            "position": made.number,
            "round": made.round,
            "what": made.what.value,
            "halves": made.halves,
            "reason": made.reason,
            "dissent": canonical([asdict(one) for one in made.dissents]).decode(),
            "ground": _ground_told(made.ground),
            "at": now(),
            "entered_by": made.by,
        },
    )
    tx.touch(case=made.case)


def _ground_told(ground: Ground) -> str:
    told: dict[str, Any] = {"said": dict(ground.said), "came": sorted(ground.came)}
    if ground.gone:
        told["gone"] = sorted(ground.gone)
    return canonical(told).decode()


def unlike_journal(connection: Any) -> list[Cell]:  # noqa: ANN401 - the driver has no types
    """Return the cells whose decisions are not those that the journal names, in order."""
    entered = Counter(
        canonical(step.after)
        for (body,) in connection.execute(_ENTERED)
        for step in steps_of(body)
        if step.table == "determination"
    )
    found = connection.execute(_KEPT)
    names = [column[0] for column in found.description]
    kept = Counter(canonical(dict(zip(names, row, strict=True))) for row in found)
    return sorted(
        {
            (CaseId(row["inquiry_case"]), row["factor"])
            for row in map(json.loads, (entered - kept) + (kept - entered))
        }
    )


def _sound(row: Sequence[Any]) -> Determination:
    """Return a decision as it was read. Raises ``DamagedError`` where it is none."""
    try:
        return _read(row)
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise DamagedError(
            say(
                "What the panel determined of {factor} cannot be read, so the casebook is damaged."
                " Check it, and go back to a backup.",
                factor=clean_line(str(row[1])),
            )
        ) from error


def _read(row: Sequence[Any]) -> Determination:
    ground = json.loads(row[8])
    return Determination(
        case=CaseId(row[0]),
        factor=row[1],
        number=row[2],
        round=row[3],
        what=Ruling(row[4]),
        halves=row[5],
        reason=row[6],
        dissents=tuple(Dissent(**one) for one in json.loads(row[7])),
        ground=Ground(
            said={MemberId(member): words for member, words in ground["said"].items()},
            came=frozenset(map(RequestId, ground["came"])),
            gone=frozenset(map(DocumentId, ground.get("gone", ()))),
        ),
        at=row[9],
        by=row[10],
    )
