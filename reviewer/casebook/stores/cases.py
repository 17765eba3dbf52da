"""Cases as stored."""

import json
from collections.abc import Sequence
from typing import Any

from reviewer.casebook.change import Change
from reviewer.casebook.writer import Transaction, Writer
from reviewer.errors import StateError
from reviewer.messages import say
from reviewer.records.cases import Case
from reviewer.records.ids import CaseId

_CASES = """
SELECT id, reference, title, attributes, content_notes FROM inquiry_case
"""
_LAST_CASE = "SELECT coalesce(max(position), 0) FROM inquiry_case"


class Cases:
    """The cases of a casebook."""

    def __init__(self, connection: Any, writer: Writer) -> None:  # noqa: ANN401 - the driver has no types
        self._connection = connection
        self._writer = writer

    def all(self) -> list[Case]:
        """Return every case, in the register's order."""
        rows = self._connection.execute(_CASES + " ORDER BY position").fetchall()
        return [_case(row) for row in rows]

    def get(self, case: CaseId) -> Case | None:
        """Return one case, or None."""
        row = self._connection.execute(_CASES + " WHERE id = ?", (case,)).fetchone()
        return None if row is None else _case(row)

    def by_reference(self, reference: str) -> Case | None:
        """Return the case with exactly this reference, or None."""
        row = self._connection.execute(_CASES + " WHERE reference = ?", (reference,)).fetchone()
        return None if row is None else _case(row)

    def add(self, cases: Sequence[Case]) -> Change:
        """Add new cases in one transaction, after those that are there."""
        with self._writer.change("add cases", subject=str(len(cases))) as tx:
            add_cases(tx, cases)
        return tx.result

    def describe(self, case: Case) -> Change:
        """Keep another reference, title, attributes or content notes of a case that is here."""
        return self.describe_all([case])

    def describe_all(self, cases: Sequence[Case]) -> Change:
        """Let several cases that are here read as ``cases`` do, in one transaction."""
        subject = cases[0].id if len(cases) == 1 else str(len(cases))
        with self._writer.change("describe case", subject=subject) as tx:
            describe_cases(tx, cases)
        return tx.result


def add_cases(tx: Transaction, cases: Sequence[Case]) -> None:
    """Add new cases in an open transaction, after those that are there."""
    start = tx.connection.execute(_LAST_CASE).fetchone()[0]
    tx.add_all("inquiry_case", [_case_row(case, start + at) for at, case in enumerate(cases, 1)])
    for case in cases:
        tx.touch(case=case.id)


def describe_cases(tx: Transaction, cases: Sequence[Case]) -> None:
    """Let cases that are there read as ``cases`` do; their places stay.

    Two may exchange their references: one that is given away is let go of first.
    """
    wanted = {case.reference for case in cases}
    for case in cases:
        row = tx.get("inquiry_case", {"id": case.id})
        if row is None:
            raise StateError(say("That case is not in this casebook."))
        if row["reference"] != case.reference and row["reference"] in wanted:
            tx.put("inquiry_case", {**row, "reference": case.id})
    for case in cases:
        row = tx.get("inquiry_case", {"id": case.id}) or {}
        values = _case_row(case, int(row["position"] or 0))
        tx.put("inquiry_case", dict(zip(row, values, strict=True)))
        tx.touch(case=case.id)


def _case_row(case: Case, place: int) -> tuple[str | int, ...]:
    return (
        case.id,
        case.reference,
        case.title,
        json.dumps(dict(case.attributes), ensure_ascii=False),
        json.dumps(list(case.content_notes), ensure_ascii=False),
        place,
    )


def _case(row: Sequence[Any]) -> Case:
    return Case(
        id=CaseId(row[0]),
        reference=row[1],
        title=row[2],
        attributes=json.loads(row[3]),
        content_notes=tuple(json.loads(row[4])),
    )
