"""A document as a row, and a row as a document."""

import json
from collections.abc import Sequence
from typing import Any

from reviewer.records.canonical import canonical
from reviewer.records.cases import Document, DocumentState, Origin
from reviewer.records.ids import CaseId, DocumentId


def document_of(row: Sequence[Any]) -> Document:
    """Return the document of a row that ``Documents`` reads, in the order it asks for."""
    return Document(
        id=DocumentId(row[0]),
        case=CaseId(row[1]),
        title=row[2],
        kind=row[3],
        agency=row[4],
        date=row[5],
        file_name=row[6],
        media=row[7],
        sha256=row[8],
        size=row[9],
        page_count=row[10],
        content_note=row[11],
        text_source=row[12],
        state=DocumentState(row[13]),
        replaced_by=row[14],
        changed=row[15],
        reason=row[16],
        origin=Origin(parent=row[17], place=row[18], path=row[19], facts=json.loads(row[20])),
        bundle=row[21],
    )


def document_row(document: Document, place: int) -> tuple[str | int, ...]:
    """Return the row of ``document`` as the table has it; ``place`` is its order among all."""
    return (
        document.id,
        document.case,
        document.title,
        document.kind,
        document.agency,
        document.date,
        document.file_name,
        document.media,
        document.sha256,
        document.size,
        document.page_count,
        document.content_note,
        document.text_source,
        place,
    )


def origin_row(document: Document) -> dict[str, str | int | float | bytes | None]:
    """Return what a document came with as a row."""
    origin = document.origin
    return {
        "document": document.id,
        "parent": origin.parent,
        "place": origin.place,
        "path": origin.path,
        "facts": canonical(dict(origin.facts)).decode(),
    }
