"""The documents of a case as rows of a list; what is not in the file stands among them."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from reviewer.messages import plural, say
from reviewer.record_requests.lacking import Lack
from reviewer.records.cases import Document
from reviewer.records.ids import DocumentId
from ui.rooms.read.queries import CaseMaterial
from ui.widgets.rows import SideRow, Sign

BELOW = "\u21b3 "  # attached to one of those before it


@dataclass(frozen=True, kw_only=True, slots=True)
class DocumentRow:
    """One row: a document, or (None) a record that the case lacks. ``words`` are folded."""

    document: Document | None
    row: SideRow
    words: str


def rows_of(
    material: CaseMaterial, read: Callable[[DocumentId], frozenset[int]]
) -> list[DocumentRow]:
    """Return a row for each document, then one for each record that the case lacks."""
    marks = Counter(mark.document for mark in material.marks)
    held = {one.id: one for one in (*material.documents, *material.withdrawn)}

    def row(one: Document) -> DocumentRow:
        notes = len(material.notes.get(one.id, ()))
        parent = held.get(DocumentId(one.origin.parent)) if one.origin.parent else None
        return _document(one, parent, read(one.id), _signs(one, marks[one.id], notes))

    rows = [row(one) for one in material.documents]
    return rows + [_lack(one) for one in material.lacks]


def read_in_all(
    material: CaseMaterial, read: Callable[[DocumentId], frozenset[int]]
) -> tuple[int, int]:
    """Return how many pages of the documents that stand were read, and of how many."""
    standing = [one for one in material.documents if one.current]
    return sum(len(read(one.id)) for one in standing), sum(one.page_count for one in standing)


def passes(row: DocumentRow, typed: str) -> bool:
    """Whether every word of ``typed`` is in a row."""
    return all(word in row.words for word in typed.casefold().split())


def _document(
    one: Document, parent: Document | None, read: frozenset[int], signs: list[Sign]
) -> DocumentRow:
    below = BELOW if parent is not None else ""
    parts = [one.kind, one.agency, one.date]
    if not one.current:
        parts.insert(0, say("Replaced"))
    if parent is not None:
        parts.append(say("attached to {title}", title=parent.title))
    row = SideRow(
        first=f"{below}{one.title}",
        second=" \u00b7 ".join(part for part in parts if part) or one.file_name,
        state=_read(len(read), one.page_count),
        share=len(read) / one.page_count,
        complete=len(read) == one.page_count,
        signs=tuple(signs),
    )
    words = f"{one.title} {one.file_name} {row.spoken}"
    return DocumentRow(document=one, row=row, words=words.casefold())


def _read(read: int, count: int) -> str:
    if not read:
        return plural("{count:,} page, unread", "{count:,} pages, unread", count=count)
    return plural(
        "{read:,} of {count:,} page", "{read:,} of {count:,} pages", count=count, read=read
    )


def _signs(one: Document, marks: int, notes: int) -> list[Sign]:
    """Return what a row tells with a sign: a content note, marks, what is not on the pages."""
    signs = []
    if one.content_note:
        words = say("content note: {notes}", notes=one.content_note)
        signs.append(Sign(text="!", words=words, tone="warn"))
    if marks:
        words = plural("{count} mark", "{count} marks", count=marks)
        signs.append(Sign(text=words, words=words))
    if notes:
        words = plural(
            "{count} thing to know that is not on its pages",
            "{count} things to know that are not on its pages",
            count=notes,
        )
        text = plural("{count} to know", "{count} to know", count=notes)
        signs.append(Sign(text=text, words=words))
    return signs


def _lack(one: Lack) -> DocumentRow:
    row = SideRow(first=one.name, second=one.told, state=say("not in the file"))
    return DocumentRow(document=None, row=row, words=f"{one.told} {one.words}".casefold())
