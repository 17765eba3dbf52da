"""Deliveries as stored: their files, what was found in them, and bytes that wait for a case."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from reviewer.casebook.change import Change
from reviewer.casebook.stores.documents import add_document, clear_state, set_state
from reviewer.casebook.stores.file_pieces import FilePieces
from reviewer.casebook.writer import Transaction, Value, Writer, now
from reviewer.errors import StateError
from reviewer.messages import say
from reviewer.records.canonical import canonical
from reviewer.records.cases import Document, DocumentState, Reading
from reviewer.records.deliveries import DeliveredFile, Delivery, DeliveryLook, FileState
from reviewer.records.ids import DocumentId
from reviewer.records.large import FileBytes

_DELIVERIES = """
SELECT id, number, name, sender, received, at, rules, notes FROM delivery ORDER BY number
"""
_FILES = """
SELECT delivery, position, path, sha256, size, own, state, document FROM delivery_file
WHERE delivery = :delivery AND position > :after ORDER BY position LIMIT :most
"""
_LOOKS = """
SELECT position, facts, alike, signature FROM delivery_look
WHERE delivery = :delivery AND position > :after AND position <= :until
"""
_LAST = "SELECT coalesce(max(number), 0) FROM delivery"
_CONTENT = "SELECT content FROM staged_file WHERE sha256 = :digest"
_STAGED = "SELECT sha256 FROM staged_file"
_IN_PIECES = """
SELECT sha256, size FROM file_piece JOIN (SELECT DISTINCT sha256, size FROM delivery_file)
USING (sha256) GROUP BY sha256, size HAVING sum(length(content)) = size
"""
_ONE_IN_PIECES = """
SELECT sha256, size FROM file_piece JOIN (SELECT DISTINCT sha256, size FROM delivery_file)
USING (sha256) WHERE sha256 = :digest GROUP BY sha256, size HAVING sum(length(content)) = size
"""
_IS_STAGED = "SELECT 1 FROM staged_file WHERE sha256 = :digest"
_SIGNATURES = """
SELECT document, signature FROM delivery_file JOIN delivery_look USING (delivery, position)
WHERE document <> ''
"""
_EVERY = (1 << 63) - 1
_NONE, _NOTHING = "[]", "{}"  # as JSON: what most files have
_WAITING = """
SELECT 1 FROM delivery_file WHERE sha256 = :digest AND state IN ('staged', 'left out')
"""


class Deliveries:
    """What was delivered to this casebook."""

    def __init__(self, connection: Any, writer: Writer) -> None:  # noqa: ANN401 - the driver has no types
        self._connection = connection
        self._writer = writer
        self._pieces = FilePieces(connection, writer)

    def all(self) -> list[Delivery]:
        """Return every delivery, the oldest first."""
        return [_delivery(row) for row in self._connection.execute(_DELIVERIES)]

    def files(self, delivery: str, *, after: int = 0, most: int = _EVERY) -> list[DeliveredFile]:
        """Return ``most`` files of a delivery in their order, those ``after`` a position."""
        asked = {"delivery": delivery, "after": after, "most": most}
        return [_file(row) for row in self._connection.execute(_FILES, asked)]

    def looks(
        self, delivery: str, *, after: int = 0, until: int = _EVERY
    ) -> dict[int, DeliveryLook]:
        """Return what was found in the files of a delivery that were looked at, by position.

        Only of positions ``after`` one and ``until`` another, itself among them.
        """
        asked = {"delivery": delivery, "after": after, "until": until}
        rows = self._connection.execute(_LOOKS, asked).fetchall()
        read = json.loads(f"[{','.join(row[1] for row in rows)}]")  # at once: half the time
        return {
            position: DeliveryLook(
                facts=facts,
                alike=tuple(json.loads(alike)) if alike != _NONE else (),
                signature=bytes(signature),
            )
            for (position, _, alike, signature), facts in zip(rows, read, strict=True)
        }

    def is_staged(self, sha256: str) -> bool:
        """Whether the bytes of a file wait here."""
        asked = {"digest": sha256}
        both = (self._connection.execute(one, asked) for one in (_IS_STAGED, _ONE_IN_PIECES))
        return any(found.fetchone() is not None for found in both)

    def staged(self) -> set[str]:
        """Return the hashes of all files whose bytes wait here."""
        found = (*self._connection.execute(_STAGED), *self._connection.execute(_IN_PIECES))
        return {str(sha256) for sha256, *_ in found}

    def signatures(self) -> dict[str, bytes]:
        """Return what stands for the words of each document that came in a delivery."""
        return {document: bytes(one) for document, one in self._connection.execute(_SIGNATURES)}

    def content(self, sha256: str) -> FileBytes:
        """Return the bytes of a file that waits here; of a large one as ``FilePieces.file``."""
        asked = {"digest": sha256}
        row = self._connection.execute(_CONTENT, asked).fetchone()
        if row is not None:
            return bytes(row[0])
        row = self._connection.execute(_ONE_IN_PIECES, asked).fetchone()
        if row is None:
            raise StateError(say("The bytes of that file are not here."))
        return self._pieces.file(*row)

    def begin(self, delivery: Delivery, files: Sequence[DeliveredFile]) -> Change:
        """Record a delivery with the list of its files, their bytes still to come."""
        with self._writer.change("stage delivery", subject=delivery.id) as tx:
            number = tx.connection.execute(_LAST).fetchone()[0] + 1
            tx.put("delivery", _delivery_row(delivery, number))
            tx.add_all("delivery_file", [_file_values(one) for one in files])
        return tx.result

    def come(self, files: Sequence[DeliveredFile], contents: Mapping[str, bytes]) -> Change:
        """Keep the hashes and sizes of files that were read, and bytes that wait for a case.

        ``contents`` are those bytes by their hashes. Why a file could not be read before is
        forgotten.
        """
        with self._writer.change("stage delivery", subject=str(len(files))) as tx:
            tx.add_all("staged_file", contents.items())
            for one in files:
                values: dict[str, Value] = {"sha256": one.sha256, "size": one.size}
                tx.amend("delivery_file", _key(one), values, secret=True)
                tx.remove("delivery_look", _key(one), secret=True)
        return tx.result

    def use_rules(self, delivery: str, rules: Mapping[str, Any]) -> Change:
        """Let other rules say whose case a delivery's files are."""
        with self._writer.change("decide delivery", subject=delivery) as tx:
            tx.amend("delivery", {"id": delivery}, {"rules": _json(rules)})
        return tx.result

    def describe(self, delivery: str, *, sender: str, received: str) -> Change:
        """Keep who sent a delivery, and on which day it came."""
        with self._writer.change("decide delivery", subject=delivery) as tx:
            tx.amend("delivery", {"id": delivery}, {"sender": sender, "received": received})
        return tx.result

    def decide(self, files: Iterable[DeliveredFile]) -> Change:
        """Keep what a person said of files: whose case, which kind, whether they are left out."""
        files = list(files)
        with self._writer.change("decide delivery", subject=str(len(files))) as tx:
            for one in files:
                values: dict[str, Value] = {"own": _json(one.own), "state": one.state.value}
                tx.amend("delivery_file", _key(one), values)
        return tx.result

    def keep_looks(self, looks: Iterable[tuple[DeliveredFile, DeliveryLook]]) -> Change:
        """Keep what was found by looking at files."""
        looks = list(looks)
        with self._writer.change("look at delivery", subject=str(len(looks))) as tx:
            for one, look in looks:
                keep_look(tx, one, look)
        return tx.result

    def bring_in(
        self,
        file: DeliveredFile,
        items: Sequence[tuple[Document, FileBytes, Reading]],
        look: DeliveryLook | None = None,
    ) -> Change:
        """Let a file join its case: the first of ``items``, with what came within it."""
        with self._writer.change("add documents", subject=items[0][0].id) as tx:
            for item in items:
                add_document(tx, *item)
            if look is not None:
                keep_look(tx, file, look)
            _became(tx, file, items[0][0].id)
        return tx.result

    def bring_back(
        self, files: Sequence[DeliveredFile], documents: Sequence[DocumentId]
    ) -> Change:
        """Let the documents of files that were taken back be shown again."""
        with self._writer.change("reinstate document", subject=str(len(documents))) as tx:
            for document in documents:
                clear_state(tx, document)
            for one in files:
                tx.amend("delivery_file", _key(one), {"state": FileState.BROUGHT_IN.value})
        return tx.result

    def take_back(
        self,
        delivery: str,
        files: Sequence[DeliveredFile],
        documents: Sequence[DocumentId],
        reason: str,
    ) -> Change:
        """Let the documents that came of a delivery's files no longer be shown; all is kept."""
        with self._writer.change("take back delivery", subject=delivery) as tx:
            for document in documents:
                set_state(tx, document, DocumentState.WITHDRAWN, at=now(), reason=reason)
            for one in files:
                tx.amend("delivery_file", _key(one), {"state": FileState.TAKEN_BACK.value})
        return tx.result


def keep_look(tx: Transaction, file: DeliveredFile, look: DeliveryLook) -> None:
    """Keep what was found in a file, in an open transaction."""
    found: dict[str, Value] = {
        **_key(file),
        "facts": _json(look.facts),
        "alike": _json(list(look.alike)),
        "signature": look.signature,
    }
    tx.put("delivery_look", found, secret=True)


def _became(tx: Transaction, file: DeliveredFile, document: DocumentId) -> None:
    """Say what a file became; its bytes wait no longer where nothing else waits for them."""
    values: dict[str, Value] = {"state": FileState.BROUGHT_IN.value, "document": document}
    tx.amend("delivery_file", _key(file), values)
    waiting = tx.connection.execute(_WAITING, {"digest": file.sha256}).fetchone()
    if waiting is None:
        tx.remove("staged_file", {"sha256": file.sha256}, secret=True)


def _key(file: DeliveredFile) -> dict[str, Value]:
    return {"delivery": file.delivery, "position": file.position}


def _json(data: Any) -> str:  # noqa: ANN401 - whatever JSON can hold
    return canonical(data if isinstance(data, list) else dict(data)).decode()


def _delivery(row: Sequence[Any]) -> Delivery:
    return Delivery(
        id=row[0],
        number=row[1],
        name=row[2],
        sender=row[3],
        received=row[4],
        at=row[5],
        rules=json.loads(row[6]),
        notes=tuple(json.loads(row[7])),
    )


def _delivery_row(delivery: Delivery, number: int) -> dict[str, Value]:
    return {
        "id": delivery.id,
        "number": number,
        "name": delivery.name,
        "sender": delivery.sender,
        "received": delivery.received,
        "at": delivery.at,
        "rules": _json(delivery.rules),
        "notes": _json(list(delivery.notes)),
    }


def _file(row: Sequence[Any]) -> DeliveredFile:
    return DeliveredFile(
        delivery=row[0],
        position=row[1],
        path=row[2],
        sha256=row[3],
        size=row[4],
        own=json.loads(row[5]) if row[5] != _NOTHING else {},
        state=FileState(row[6]),
        document=row[7],
    )


def _file_values(one: DeliveredFile) -> tuple[Value, ...]:
    return (
        one.delivery,
        one.position,
        one.path,
        one.sha256,
        one.size,
        _json(one.own),
        one.state.value,
        one.document,
    )
