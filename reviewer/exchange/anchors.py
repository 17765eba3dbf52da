"""A mark as one row of a return, and back."""

import re
from collections.abc import Mapping
from typing import Any

from reviewer.crypto import strict
from reviewer.records.cases import Box
from reviewer.records.ids import CaseId, DocumentId, MarkId, MemberId
from reviewer.records.judgement import Anchor, Mark

MAX_OFFSET = 10_000_000  # characters of one page
MAX_QUOTE = 200_000  # characters; a whole dense page is under 10,000
MAX_CONTEXT = 200
MAX_BOXES = 2_000
_LAYER = "work"
_KINDS = ("text", "area", "page")
_COLUMNS = 11
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def mark_to_row(mark: Mark) -> list[Any]:
    """Return ``mark`` without its member: id, document, page, its anchor's fields, note.

    Boxes follow one another as left, top, right, bottom, in one list.
    """
    anchor = mark.anchor
    return [
        mark.id,
        mark.document,
        mark.page,
        anchor.kind,
        anchor.start,
        anchor.end,
        anchor.quote,
        anchor.prefix,
        anchor.suffix,
        [edge for box in anchor.boxes for edge in (box.left, box.top, box.right, box.bottom)],
        mark.note,
    ]


def mark_from_row(
    untrusted: object,
    *,
    member: MemberId,
    documents: Mapping[DocumentId, tuple[CaseId, int]],
) -> Mark:
    """Return the mark in ``untrusted``; quotes are taken as they stand in the document.

    Raises ``ReturnError`` (layer ``work``).
    """
    row = strict.row(untrusted, _COLUMNS, layer=_LAYER)
    if not isinstance(row[0], str) or not _ID.fullmatch(row[0]):
        strict.refuse(_LAYER, "has a mark without an identity")
    if not isinstance(row[1], str) or row[1] not in documents:
        strict.refuse(_LAYER, "has a mark in a document that this casebook does not have")
    document = DocumentId(row[1])
    return Mark(
        id=MarkId(row[0]),
        member=member,
        document=document,
        page=strict.whole(row[2], 1, documents[document][1], layer=_LAYER),
        anchor=_anchor(row),
        note=strict.text(row[10], layer=_LAYER),
    )


def _anchor(row: list[Any]) -> Anchor:
    anchor = Anchor(
        kind=strict.one_of(row[3], _KINDS, layer=_LAYER),
        start=strict.whole(row[4], 0, MAX_OFFSET, layer=_LAYER),
        end=strict.whole(row[5], row[4], MAX_OFFSET, layer=_LAYER),
        quote=strict.verbatim(row[6], layer=_LAYER, at_most=MAX_QUOTE),
        prefix=strict.verbatim(row[7], layer=_LAYER, at_most=MAX_CONTEXT),
        suffix=strict.verbatim(row[8], layer=_LAYER, at_most=MAX_CONTEXT),
        boxes=_boxes(row[9]),
    )
    pinned = anchor.start or anchor.end or anchor.quote or anchor.prefix or anchor.suffix
    if anchor.kind == "page" and pinned:
        strict.refuse(_LAYER, "has a mark of a whole page with words in it")
    if len(anchor.boxes) != 1 if anchor.kind == "area" else anchor.kind == "page" and anchor.boxes:
        strict.refuse(_LAYER, "has a mark whose boxes do not fit its kind")
    return anchor


def _boxes(untrusted: object) -> tuple[Box, ...]:
    edges = strict.rows(untrusted, layer=_LAYER, at_most=4 * MAX_BOXES)
    if len(edges) % 4:
        strict.refuse(_LAYER, "has a box without four edges")
    numbers = [strict.unit(edge, layer=_LAYER) for edge in edges]
    return tuple(
        Box(left=numbers[at], top=numbers[at + 1], right=numbers[at + 2], bottom=numbers[at + 3])
        for at in range(0, len(numbers), 4)
    )
