"""Marks as stored: where on a page, whose, what they note, and the ratings they support."""

import json
from collections.abc import Sequence
from typing import Any

from reviewer.casebook.change import Change
from reviewer.casebook.stores.reviews import Judgement
from reviewer.casebook.writer import Transaction
from reviewer.records.cases import Box
from reviewer.records.ids import CaseId, DocumentId, MarkId, MemberId
from reviewer.records.judgement import Anchor, Mark
from reviewer.records.text import clean

_MARKS = "SELECT mark.id, mark.member, mark.document, mark.page, mark.anchor, mark.note FROM mark"
_OF_CASE = " JOIN document ON document.id = mark.document WHERE document.inquiry_case = :case"
_EVIDENCE_OF_MARK = "SELECT review, factor, mark FROM evidence WHERE mark = :mark"
_CASE_OF_DOCUMENT = "SELECT inquiry_case FROM document WHERE id = :document"


class Marks(Judgement):
    """Marks on pages."""

    def of_case(self, member: MemberId, case: CaseId) -> list[Mark]:
        """Return one member's marks in all documents of one case."""
        rows = self._connection.execute(
            _MARKS + _OF_CASE + " AND member = :member ORDER BY document.position, page, mark.id",
            {"case": case, "member": member},
        )
        return [_mark(row) for row in rows]

    def in_case(self, case: CaseId) -> list[Mark]:
        """Return everybody's marks in all documents of one case."""
        return [_mark(row) for row in self._connection.execute(_MARKS + _OF_CASE, {"case": case})]

    def of_member(self, member: MemberId) -> list[Mark]:
        """Return all marks of one member."""
        return [
            _mark(row) for row in self._connection.execute(_MARKS + " WHERE member = ?", (member,))
        ]

    def get(self, mark: MarkId) -> Mark | None:
        """Return one mark, or None."""
        row = self._connection.execute(_MARKS + " WHERE id = ?", (mark,)).fetchone()
        return None if row is None else _mark(row)

    def put(self, mark: Mark, *, round_number: int) -> Change:
        """Keep a mark, new or with another note."""
        return self.put_all([mark], round_number=round_number)

    def put_all(self, marks: Sequence[Mark], *, round_number: int) -> Change:
        """Keep several marks in one undoable step."""
        self.require_open(round_number)
        self.require_loose(mark.id for mark in marks)
        subject = marks[0].id if len(marks) == 1 else str(len(marks))
        with self._writer.change("mark", subject=subject, undoable=True) as tx:
            for mark in marks:
                put_mark(tx, mark)
        return tx.result

    def leave(self, mark: MarkId, on: DocumentId | None) -> Change:
        """Remember that a mark stays where it is though the document ``on`` is newer.

        None forgets it, and for a document that is newer still it is asked again. No round closes
        over it: it changes nothing of the mark. A step that can be taken back.
        """
        with self._writer.change("leave mark", subject=mark, undoable=True) as tx:
            if on is None:
                tx.remove("mark_left", {"mark": mark})
            else:
                tx.put("mark_left", {"mark": mark, "document": on})
            row = tx.get("mark", {"id": mark})
            if row is not None:
                _touch_document(tx, DocumentId(str(row["document"])))
        return tx.result

    def delete(self, mark: MarkId, *, round_number: int) -> Change:
        """Remove a mark, and from every rating whose evidence it was."""
        self.require_open(round_number)
        self.require_loose([mark])
        with self._writer.change("remove mark", subject=mark, undoable=True) as tx:
            row = tx.get("mark", {"id": mark})
            if row is not None:
                _touch_document(tx, DocumentId(str(row["document"])))
            for review, factor, evidence in self._connection.execute(
                _EVIDENCE_OF_MARK, {"mark": mark}
            ).fetchall():
                tx.remove("evidence", {"review": review, "factor": factor, "mark": evidence})
            tx.remove("mark", {"id": mark})
        return tx.result


def put_mark(tx: Transaction, mark: Mark) -> None:
    """Keep one mark in an open transaction."""
    tx.put("mark", mark_row(mark))
    _touch_document(tx, mark.document)


def mark_row(mark: Mark) -> dict[str, str | int | float | bytes | None]:
    """Return a mark as its table's row."""
    return {
        "id": mark.id,
        "member": mark.member,
        "document": mark.document,
        "page": mark.page,
        "anchor": anchor_json(mark.anchor),
        "note": clean(mark.note),
    }


def anchor_json(anchor: Anchor) -> str:
    """Return an anchor as its column's JSON. Spelt out: ``asdict`` costs six times as much."""
    return json.dumps(
        {
            "kind": anchor.kind,
            "start": anchor.start,
            "end": anchor.end,
            "quote": anchor.quote,
            "prefix": anchor.prefix,
            "suffix": anchor.suffix,
            "boxes": [
                {"left": box.left, "top": box.top, "right": box.right, "bottom": box.bottom}
                for box in anchor.boxes
            ],
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def anchor_of(text: str) -> Anchor:
    """Return the anchor that ``anchor_json`` wrote."""
    anchor = json.loads(text)
    anchor["boxes"] = tuple(Box(**box) for box in anchor["boxes"])
    return Anchor(**anchor)


def _touch_document(tx: Transaction, document: DocumentId) -> None:
    found = tx.connection.execute(_CASE_OF_DOCUMENT, {"document": document}).fetchone()
    tx.touch(document=document, case=None if found is None else CaseId(found[0]))


def _mark(row: Sequence[Any]) -> Mark:
    return Mark(
        id=MarkId(row[0]),
        member=MemberId(row[1]),
        document=DocumentId(row[2]),
        page=row[3],
        anchor=anchor_of(row[4]),
        note=row[5],
    )
