"""Where its one reader is in each document; it stays in this casebook and never travels."""

import json
from collections.abc import Iterable
from typing import Any

from reviewer.casebook.change import Change
from reviewer.casebook.writer import Writer
from reviewer.records.ids import CaseId, DocumentId
from reviewer.records.reading import ReadingPlace, Turn

_PLACE = """
SELECT page, uncovered, offset, fit, zoom, turns
FROM reading LEFT JOIN reading_place ON reading_place.document = reading.document
WHERE reading.document = ?
"""
_LATEST_OF = """
SELECT document.id FROM reading_place JOIN document ON document.id = reading_place.document
WHERE document.inquiry_case = ? ORDER BY latest DESC LIMIT 1
"""
_LATEST_CASE = """
SELECT document.inquiry_case FROM reading_place
JOIN document ON document.id = reading_place.document ORDER BY latest DESC LIMIT 1
"""
_READ_OF = """
SELECT page_read.document, page_read.page FROM document
JOIN page_read ON page_read.document = document.id
WHERE document.inquiry_case = ?
"""
_NEXT = "SELECT coalesce(max(latest), 0) + 1 FROM reading_place"


class Places:
    """The reading places of a casebook."""

    def __init__(self, connection: Any, writer: Writer) -> None:  # noqa: ANN401 - the driver has no types
        self._connection = connection
        self._writer = writer

    def of(self, document: DocumentId) -> ReadingPlace:
        """Return where a document was left; its beginning where it was never opened."""
        row = self._connection.execute(_PLACE, (document,)).fetchone()
        if row is None:
            return ReadingPlace()
        place = ReadingPlace(page=row[0], uncovered=bool(row[1]))
        if row[2] is None:  # left in an earlier format
            return place
        turns = tuple(Turn(first=a, last=b, degrees=d) for a, b, d in json.loads(row[5]))
        return ReadingPlace(
            page=row[0],
            uncovered=bool(row[1]),
            offset=row[2],
            fit=row[3],
            zoom=row[4],
            turns=turns,
        )

    def put(
        self, document: DocumentId, place: ReadingPlace, *, read: Iterable[int] = ()
    ) -> Change:
        """Keep where a document is left, which is the one read last now, and pages ``read``."""
        with self._writer.change("read", subject=document) as tx:
            page, uncovered = place.page, int(place.uncovered)
            tx.put("reading", {"document": document, "page": page, "uncovered": uncovered})
            tx.put(
                "reading_place",
                {
                    "document": document,
                    "offset": float(place.offset),
                    "fit": place.fit,
                    "zoom": float(place.zoom),
                    "turns": json.dumps([(t.first, t.last, t.degrees) for t in place.turns]),
                    "latest": self._connection.execute(_NEXT).fetchone()[0],
                },
            )
            for number in read:
                tx.put("page_read", {"document": document, "page": number}, secret=True)
        return tx.result

    def read_of(self, case: CaseId) -> dict[DocumentId, frozenset[int]]:
        """Return the pages of each document of ``case`` that were read; none where none was."""
        found: dict[DocumentId, set[int]] = {}
        for document, page in self._connection.execute(_READ_OF, (case,)):
            found.setdefault(DocumentId(document), set()).add(page)
        return {document: frozenset(pages) for document, pages in found.items()}

    def latest_of(self, case: CaseId) -> DocumentId | None:
        """Return the document of ``case`` that was read last, or None."""
        row = self._connection.execute(_LATEST_OF, (case,)).fetchone()
        return None if row is None else DocumentId(row[0])

    def latest_case(self) -> CaseId | None:
        """Return the case that was read last, or None."""
        row = self._connection.execute(_LATEST_CASE).fetchone()
        return None if row is None else CaseId(row[0])
