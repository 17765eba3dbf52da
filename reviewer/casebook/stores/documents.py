"""Documents and their pages as stored."""

import json
import zlib
from collections.abc import Sequence
from typing import Any

from reviewer.casebook.change import Change
from reviewer.casebook.stores.broken_words import keep_broken_words
from reviewer.casebook.stores.bundles import give_number
from reviewer.casebook.stores.document_rows import document_of, document_row, origin_row
from reviewer.casebook.stores.events import name_only
from reviewer.casebook.stores.file_pieces import FilePieces, keep_file
from reviewer.casebook.stores.previews import add_previews
from reviewer.casebook.stores.scans import add_corrections, add_readings
from reviewer.casebook.writer import Transaction, Writer, now
from reviewer.errors import StateError
from reviewer.messages import say
from reviewer.records.canonical import canonical
from reviewer.records.cases import Document, DocumentState, LedgerLine, Origin, PageText, Reading
from reviewer.records.ids import CaseId, DocumentId
from reviewer.records.large import LARGE, FileBytes, LargeFile
from reviewer.records.text import clean

_DOCUMENTS = """
SELECT id, inquiry_case, title, kind, agency, date, file_name, media, sha256, size, page_count,
       content_note, text_source, coalesce(state, ''), coalesce(replaced_by, ''),
       coalesce(at, ''), coalesce(reason, ''),
       coalesce(parent, ''), coalesce(place, 0), coalesce(path, ''), coalesce(facts, '{}'),
       coalesce(first, 0)
FROM document LEFT JOIN document_state ON document_state.document = document.id
     LEFT JOIN document_origin ON document_origin.document = document.id
     LEFT JOIN bundle_number ON bundle_number.of_case = document.inquiry_case
               AND bundle_number.document = document.id
"""
_LAST_PAGE = "SELECT coalesce(max(id), 0) FROM page"
_LAST_DOCUMENT = "SELECT coalesce(max(position), 0) FROM document"
_SHOWN = """
SELECT CASE WHEN length(rendition) > 0 THEN rendition ELSE original END, sha256, size
FROM document_file JOIN document ON document.id = document WHERE document = :document
"""
_ORIGINAL = """
SELECT original, sha256, size
FROM document_file JOIN document ON document.id = document WHERE document = :document
"""
_RENDITION = "SELECT rendition FROM document_file WHERE document = :document"
_PAGE = """
SELECT number, text, boxes, width, height FROM page
WHERE document = :document AND number = :number
"""
_TEXTS = "SELECT text FROM page WHERE document = :document ORDER BY number"
_SIZES = "SELECT width, height FROM page WHERE document = :document ORDER BY number"
_NOTES = "SELECT note FROM document_note WHERE document = :document ORDER BY position"
_NOTES_OF_CASE = """
SELECT document, note FROM document JOIN document_note ON document_note.document = document.id
WHERE inquiry_case = :case ORDER BY document, document_note.position
"""
_LEDGER = """
SELECT thing, held, shown, named, missing FROM document_ledger
WHERE document = :document ORDER BY thing
"""
_BELOW = "SELECT coalesce(max(place), 0) FROM document_origin WHERE parent = :parent"
_WORDING = ("title", "kind", "agency", "date", "content_note")  # what a chair may word anew


class Documents:
    """The documents of a casebook, their files and their pages."""

    def __init__(self, connection: Any, writer: Writer) -> None:  # noqa: ANN401 - the driver has no types
        self._connection = connection
        self._writer = writer
        self._pieces = FilePieces(connection, writer)

    def all(self) -> list[Document]:
        """Return every document, case by case, in the order they were added."""
        rows = self._connection.execute(_DOCUMENTS + " ORDER BY position").fetchall()
        return [document_of(row) for row in rows]

    def of(self, case: CaseId) -> list[Document]:
        """Return the documents of one case, in the order they were added."""
        rows = self._connection.execute(
            _DOCUMENTS + " WHERE inquiry_case = ? ORDER BY position", (case,)
        ).fetchall()
        return [document_of(row) for row in rows]

    def get(self, document: DocumentId) -> Document | None:
        """Return one document, or None."""
        row = self._connection.execute(_DOCUMENTS + " WHERE id = ?", (document,)).fetchone()
        return None if row is None else document_of(row)

    def by_sha(self, case: CaseId, sha256: str) -> Document | None:
        """Return the document of ``case`` whose original has this SHA-256, or None."""
        row = self._connection.execute(
            _DOCUMENTS + " WHERE inquiry_case = ? AND sha256 = ?", (case, sha256)
        ).fetchone()
        return None if row is None else document_of(row)

    def add(self, document: Document, original: FileBytes, reading: Reading) -> Change:
        """Add one document with its file, its rendition and its pages, in one transaction."""
        return self.add_many([(document, original, reading)])

    def add_many(
        self, items: Sequence[tuple[Document, FileBytes, Reading]], *, subject: str = ""
    ) -> Change:
        """Add several documents in one transaction."""
        subject = subject or (items[0][0].id if len(items) == 1 else str(len(items)))
        with self._writer.change("add documents", subject=subject) as tx:
            for item in items:
                add_document(tx, *item)
        return tx.result

    def add_family(self, items: Sequence[tuple[Document, FileBytes, Reading]]) -> Change:
        """Add a document and those that came with it: the journal names the first."""
        return self.add_many(items, subject=items[0][0].id)

    def replace(
        self,
        old: DocumentId,
        document: Document,
        original: FileBytes,
        reading: Reading,
        reason: str,
        *,
        came_with: Sequence[tuple[Document, FileBytes, Reading]] = (),
    ) -> Change:
        """Add the corrected ``document``, and what came with it, in the place of ``old``.

        What it takes the place of is kept.
        """
        with self._writer.change("replace document", subject=old) as tx:
            for item in ((document, original, reading), *came_with):
                add_document(tx, *item)
            set_state(
                tx, old, DocumentState.REPLACED, at=now(), reason=reason, replaced_by=document.id
            )
        return tx.result

    def withdraw(
        self, document: DocumentId, reason: str, came_with: Sequence[DocumentId] = ()
    ) -> Change:
        """Let a document, and what came with it, no longer be shown; all is kept, marks too."""
        at = now()
        with self._writer.change("withdraw document", subject=document) as tx:
            for one in (document, *came_with):
                set_state(tx, one, DocumentState.WITHDRAWN, at=at, reason=reason)
        return tx.result

    def reinstate(self, document: DocumentId, came_with: Sequence[DocumentId] = ()) -> Change:
        """Let a withdrawn document, and what was withdrawn with it, be shown again."""
        with self._writer.change("reinstate document", subject=document) as tx:
            for one in (document, *came_with):
                clear_state(tx, one)
        return tx.result

    def move(self, documents: Sequence[DocumentId], to: CaseId, *, reason: str) -> Change:
        """Let ``documents`` (one, and what it took the place of) belong to the case ``to``.

        No step of work from before it can be taken back: it may cite what has gone. Events of the
        case that it leaves keep its name, their page and their quotation, no longer the document.
        """
        with self._writer.change("move document", subject=documents[0]) as tx:
            for document in documents:
                row = tx.get("document", {"id": document}) or {}
                held = CaseId(str(row["inquiry_case"]))
                tx.touch(case=held, document=document)
                tx.put("document", {**row, "inquiry_case": to})
                name_only(tx, document, held, str(row["title"]))
                if tx.get("bundle_number", {"of_case": to, "document": document}) is None:
                    give_number(tx, to, document, int(row["page_count"] or 0))
            tx.touch(case=to)
            tx.forget_steps()
            tx.note = {"reason": clean(reason)}
        return tx.result

    def put_below(self, documents: Sequence[DocumentId], parent: DocumentId) -> Change:
        """Let ``documents`` stand below ``parent`` from now on, behind what is there."""
        with self._writer.change("describe document", subject=parent) as tx:
            there = tx.connection.execute(_BELOW, {"parent": parent}).fetchone()[0]
            for place, document in enumerate(documents, there + 1):
                row = tx.get("document_origin", {"document": document})
                origin = row or {"document": document, "path": "", "facts": "{}"}
                tx.put("document_origin", {**origin, "parent": parent, "place": place})
                held = tx.get("document", {"id": document}) or {}
                tx.touch(case=CaseId(str(held["inquiry_case"])), document=document)
        return tx.result

    def keep_states(self, documents: Sequence[Document]) -> Change:
        """Keep why each of ``documents``, which are here and stand, no longer does."""
        with self._writer.change("keep states", subject=str(len(documents))) as tx:
            for one in documents:
                set_state(
                    tx,
                    one.id,
                    one.state,
                    at=one.changed,
                    reason=one.reason,
                    replaced_by=one.replaced_by,
                )
        return tx.result

    def describe(self, document: Document) -> Change:
        """Keep another title, kind, agency, date or content note of a document that is here."""
        with self._writer.change("describe document", subject=document.id) as tx:
            describe_document(tx, document)
        return tx.result

    def shown(self, document: DocumentId) -> FileBytes:
        """Return the PDF that is drawn: the rendition, or the original where it is the PDF.

        What is kept in pieces is read on the casebook's thread: elsewhere, see ``by_steps``.
        """
        return self._file(_SHOWN, document)

    def original(self, document: DocumentId) -> FileBytes:
        """Return the bytes that were imported; as ``shown`` does where they are many."""
        return self._file(_ORIGINAL, document)

    def rendition(self, document: DocumentId) -> bytes:
        """Return the PDF we set in place of the original, or nothing."""
        return bytes(self._row(_RENDITION, document)[0])

    def page(self, document: DocumentId, number: int) -> PageText:
        """Return one page's text and boxes; ``number`` counts from 1."""
        row = self._connection.execute(_PAGE, {"document": document, "number": number}).fetchone()
        if row is None:
            raise StateError(say("The document has no page {number}.", number=number))
        return PageText(
            number=row[0],
            text=row[1],
            boxes=zlib.decompress(row[2]) if row[2] else b"",
            width=row[3],
            height=row[4],
        )

    def texts(self, document: DocumentId) -> list[str]:
        """Return the text of each page, without its boxes."""
        return [text for (text,) in self._connection.execute(_TEXTS, {"document": document})]

    def sizes(self, document: DocumentId) -> list[tuple[float, float]]:
        """Return (width, height) of each page in points."""
        return [tuple(row) for row in self._connection.execute(_SIZES, {"document": document})]

    def notes(self, document: DocumentId) -> tuple[str, ...]:
        """Return the sentences about what of a document is not on its pages."""
        rows = self._connection.execute(_NOTES, {"document": document})
        return tuple(note for (note,) in rows)

    def notes_of(self, case: CaseId) -> dict[DocumentId, tuple[str, ...]]:
        """Return the notes of every document of a case that has some."""
        found: dict[DocumentId, list[str]] = {}
        for document, note in self._connection.execute(_NOTES_OF_CASE, {"case": case}):
            found.setdefault(DocumentId(document), []).append(note)
        return {document: tuple(notes) for document, notes in found.items()}

    def ledger(self, document: DocumentId) -> tuple[LedgerLine, ...]:
        """Return how much of each thing a document holds, shows and names, by the thing."""
        return tuple(
            LedgerLine(
                thing=thing,
                held=held,
                shown=shown,
                named=named,
                missing=tuple(json.loads(missing)),
            )
            for thing, held, shown, named, missing in self._connection.execute(
                _LEDGER, {"document": document}
            )
        )

    def _file(self, query: str, document: DocumentId) -> FileBytes:
        held, sha256, size = self._row(query, document)
        return bytes(held) if held or not size else self._pieces.file(sha256, size)

    def _row(self, query: str, document: DocumentId) -> Sequence[Any]:
        row: Sequence[Any] | None
        row = self._connection.execute(query, {"document": document}).fetchone()
        if row is None:
            raise StateError(say("That document is not in this casebook."))
        return row


def add_document(
    tx: Transaction, document: Document, original: FileBytes, reading: Reading
) -> None:
    """Add one document with its file and its pages in an open transaction.

    Of a large file what is not here yet is kept in pieces.
    """
    place = tx.connection.execute(_LAST_DOCUMENT).fetchone()[0] + 1
    page = tx.connection.execute(_LAST_PAGE).fetchone()[0]
    tx.add_all("document", [document_row(document, place)])
    if isinstance(original, LargeFile) or len(original) > LARGE:
        keep_file(tx, document.sha256, original)
        original = b""
    tx.add_all("document_file", [(document.id, original, reading.rendition)])
    tx.add_all(
        "page",
        [
            (
                page + at,
                document.id,
                text.number,
                text.text,
                zlib.compress(text.boxes, 6) if text.boxes else b"",
                float(text.width),
                float(text.height),
            )
            for at, text in enumerate(reading.pages, 1)
        ],
    )
    keep_broken_words(tx, (page.text for page in reading.pages))
    _add_shelf(tx, document, reading)
    give_number(tx, document.case, document.id, document.page_count, document.bundle)
    add_readings(tx, document.id, reading.scans)
    add_corrections(tx, document.id, reading.corrections)
    add_previews(tx, document.id, reading.previews)
    tx.touch(case=document.case, document=document.id)


def _add_shelf(tx: Transaction, document: Document, reading: Reading) -> None:
    """Add what is told of a document: its notes, its ledger, and what it came with."""
    notes = [(document.id, at, note) for at, note in enumerate(reading.notes, 1)]
    lines = [
        (
            document.id,
            line.thing,
            line.held,
            line.shown,
            line.named,
            canonical(list(line.missing)).decode(),
        )
        for line in reading.ledger
    ]
    order = tx.values_of("document_origin")
    came = [] if document.origin == Origin() else [order(origin_row(document))]
    for table, rows in (
        ("document_note", notes),
        ("document_ledger", lines),
        ("document_origin", came),
    ):
        if rows:
            tx.add_all(table, rows)


def place_document(tx: Transaction, document: Document) -> None:
    """Let a document that is there stand where ``document`` does; a number that it has stays."""
    if document.origin != Origin():
        tx.put("document_origin", origin_row(document))
    else:
        tx.remove("document_origin", {"document": document.id})
    held = {"of_case": document.case, "document": document.id}
    if document.bundle and tx.get("bundle_number", held) is None:
        give_number(tx, document.case, document.id, document.page_count, document.bundle)
    tx.touch(case=document.case, document=document.id)


def describe_document(tx: Transaction, document: Document) -> None:
    """Let a document that is there read as ``document`` does; content, pages and place stay."""
    words = {name: getattr(document, name) for name in _WORDING}
    if not tx.amend("document", {"id": document.id}, words):
        raise StateError(say("That document is not in this casebook."))
    tx.touch(case=document.case, document=document.id)


def set_state(
    tx: Transaction,
    document: DocumentId,
    state: DocumentState,
    *,
    at: str,
    reason: str,
    replaced_by: str = "",
) -> None:
    """Say in an open transaction that a document no longer stands."""
    row = tx.get("document", {"id": document})
    if row is None:
        raise StateError(say("That document is not in this casebook."))
    tx.put(
        "document_state",
        {
            "document": document,
            "state": state.value,
            "replaced_by": replaced_by,
            "at": at,
            "reason": clean(reason),
        },
    )
    tx.touch(case=CaseId(str(row["inquiry_case"])), document=document)


def clear_state(tx: Transaction, document: DocumentId) -> None:
    """Let a document stand again, in an open transaction."""
    tx.remove("document_state", {"document": document})
    row = tx.get("document", {"id": document}) or {}
    tx.touch(case=CaseId(str(row["inquiry_case"])), document=document)
