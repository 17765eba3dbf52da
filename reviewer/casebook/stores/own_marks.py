"""All marks of one member as a list shows them, read in a few statements however many."""

import re
from typing import Any

from reviewer.records.cases import DocumentState
from reviewer.records.ids import CaseId, DocumentId, MemberId
from reviewer.records.own_marks import OwnMark

_MARKS = """
SELECT id, document, page, json_extract(anchor, '$.kind'), json_extract(anchor, '$.quote'), note
FROM mark WHERE member = :member ORDER BY document, page, json_extract(anchor, '$.start'), id
"""
_DOCUMENTS = """
SELECT document.id, inquiry_case.id, inquiry_case.reference, document.title, document.agency,
       coalesce(document_state.state, '')
FROM inquiry_case
JOIN document ON document.inquiry_case = inquiry_case.id
LEFT JOIN document_state ON document_state.document = document.id
WHERE document.id IN (SELECT document FROM mark WHERE member = :member)
ORDER BY inquiry_case.position, document.position
"""
_KEPT = """
SELECT mark.id FROM mark JOIN round_mark ON round_mark.mark = mark.id WHERE mark.member = :member
"""
_FACTORS = """
SELECT evidence.mark, evidence.factor FROM review
JOIN evidence ON evidence.review = review.id
WHERE review.member = :member
"""
_VALUES = """
SELECT review.inquiry_case, rating.factor, rating.value FROM review
JOIN rating ON rating.review = review.id
WHERE review.member = :member AND coalesce(rating.value, rating.reason) IS NOT NULL
ORDER BY review.round
"""
_REPLACED = "SELECT document, replaced_by FROM document_state"
_LEFT = "SELECT mark, document FROM mark_left"
_STANDINGS = {state.value: state for state in DocumentState}
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
        factors: dict[str, set[str]] = {}
        for mark, factor in self._connection.execute(_FACTORS, {"member": member}):
            factors.setdefault(mark, set()).add(factor)
        supports = {mark: tuple(sorted(codes)) for mark, codes in factors.items()}
        made, asked = self._made(), {"member": member}
        kept = {mark for (mark,) in self._connection.execute(_KEPT, asked)}
        newest, left = self._newest(), dict(self._connection.execute(_LEFT))
        under: dict[str, list[Any]] = {}
        for row in self._connection.execute(_MARKS, asked):
            under.setdefault(row[1], []).append(row)
        return [
            OwnMark(
                mark, case, reference, document, title, agency, page, kind, quote, note,
                _STANDINGS[state], supports.get(mark, ()), made.get(mark, ""), mark in kept,
                "" if mark in kept or left.get(mark) == newest.get(document)
                else newest.get(document, ""),
                mark in left and left[mark] == newest.get(document),
            )
            for document, case, reference, title, agency, state in self._connection.execute(
                _DOCUMENTS, asked
            )
            for mark, _, page, kind, quote, note in under[document]
        ]  # fmt: skip

    def values(self, member: MemberId) -> dict[tuple[CaseId, str], int]:
        """Return the points that ``member`` gave, by case and factor, as they stand.

        A later round's stand; so does its word that a factor cannot be assessed, which is none.
        """
        rows = self._connection.execute(_VALUES, {"member": member})
        stands = {(CaseId(case), factor): value for case, factor, value in rows}
        return {cell: value for cell, value in stands.items() if value is not None}

    def _newest(self) -> dict[DocumentId, DocumentId]:
        """Return what stands in the end in the place of each document that was replaced."""
        after = dict(self._connection.execute(_REPLACED))
        newest: dict[DocumentId, DocumentId] = {}
        for document in after:
            end, seen = document, {document}
            while after.get(end) and after[end] not in seen:
                end = after[end]
                seen.add(end)
            if end not in after:  # nor withdrawn
                newest[document] = end
        return newest

    def _made(self) -> dict[str, str]:
        """Return when each mark was first made: the oldest entry of each comes last."""
        return {
            mark: at for at, body in self._connection.execute(_MADE) for mark in _NEW.findall(body)
        }
