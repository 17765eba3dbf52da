"""All marks of one member as a list shows them, read in three statements however many they are."""

import re
from typing import Any

from reviewer.records.cases import DocumentState
from reviewer.records.ids import CaseId, DocumentId, MarkId, MemberId
from reviewer.records.own_marks import OwnMark

_MARKS = """
SELECT mark.id, mark.document, mark.page, json_extract(mark.anchor, '$.kind'),
       json_extract(mark.anchor, '$.quote'), mark.note, inquiry_case.id, inquiry_case.reference,
       document.title, document.agency, coalesce(document_state.state, ''),
       EXISTS (SELECT 1 FROM round_mark WHERE round_mark.mark = mark.id)
FROM mark
JOIN document ON document.id = mark.document
JOIN inquiry_case ON inquiry_case.id = document.inquiry_case
LEFT JOIN document_state ON document_state.document = document.id
WHERE mark.member = :member
ORDER BY inquiry_case.position, document.position, mark.page,
         json_extract(mark.anchor, '$.start'), mark.id
"""
_FACTORS = """
SELECT DISTINCT evidence.mark, evidence.factor FROM review
JOIN evidence ON evidence.review = review.id
WHERE review.member = :member ORDER BY evidence.factor
"""
# A mark is made in one of these steps; the body of a step is canonical JSON, in whose texts every
# quotation mark has a backslash before it: what is looked for stands in none of them.
_MADE = """
SELECT journal.at, journal_value.body FROM journal JOIN journal_value USING (seq)
WHERE action IN ('mark', 'attach', 'rate', 'import sheet')
      AND instr(body, '["mark",{"id":"') > 0
ORDER BY seq DESC
"""
_NEW = re.compile(r'\["mark",\{"id":"([^"]+)"\},null,')


class OwnMarks:
    """The marks of a casebook as lists show them."""

    def __init__(self, connection: Any) -> None:  # noqa: ANN401 - the driver has no types
        self._connection = connection

    def of(self, member: MemberId) -> list[OwnMark]:
        """Return the marks of ``member``: by case, document, page and place on it."""
        factors: dict[str, list[str]] = {}
        for mark, factor in self._connection.execute(_FACTORS, {"member": member}):
            factors.setdefault(mark, []).append(factor)
        made = self._made()
        return [
            OwnMark(
                id=MarkId(row[0]),
                document=DocumentId(row[1]),
                page=row[2],
                kind=row[3],
                quote=row[4],
                note=row[5],
                case=CaseId(row[6]),
                reference=row[7],
                title=row[8],
                agency=row[9],
                standing=DocumentState(row[10]),
                kept=bool(row[11]),
                factors=tuple(factors.get(row[0], ())),
                made=made.get(row[0], ""),
            )
            for row in self._connection.execute(_MARKS, {"member": member})
        ]

    def _made(self) -> dict[str, str]:
        """Return when each mark was first made: the oldest entry of each comes last."""
        return {
            mark: at for at, body in self._connection.execute(_MADE) for mark in _NEW.findall(body)
        }
