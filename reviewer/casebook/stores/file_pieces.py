"""The bytes of large files as stored: a row a MiB, each in the state digest by its own hash."""

import hashlib
from collections.abc import Mapping
from typing import Any

from reviewer.casebook.change import Change
from reviewer.casebook.writer import Transaction, Value, Writer
from reviewer.errors import StateError
from reviewer.messages import say
from reviewer.records.ids import DocumentId
from reviewer.records.large import PIECE, FileBytes, LargeFile, pieces_of

_PIECE = "SELECT content FROM file_piece WHERE sha256 = :sha256 AND number = :number"
_HERE = "SELECT number, length(content) FROM file_piece WHERE sha256 = :sha256"
_NUMBERS = "SELECT number FROM file_piece WHERE sha256 = :sha256 ORDER BY number"
_ASTRAY = """
SELECT number FROM file_piece WHERE sha256 = :sha256 AND NOT number BETWEEN 0 AND :last LIMIT :most
"""
_NEEDED = """
SELECT size > 0 AND length(original) = 0 FROM document
JOIN document_file ON document_file.document = document.id WHERE document.id = :document
"""
_UNUSED = """
SELECT DISTINCT sha256 FROM file_piece
WHERE sha256 NOT IN (SELECT sha256 FROM document) AND sha256 NOT IN (
    SELECT sha256 FROM delivery_file WHERE state IN ('staged', 'left out'))
"""


class FilePieces:
    """The large files of a casebook, known by their SHA-256."""

    def __init__(self, connection: Any, writer: Writer) -> None:  # noqa: ANN401 - the driver has no types
        self._connection = connection
        self._writer = writer

    def file(self, sha256: str, size: int) -> LargeFile:
        """Return a file of ``size`` bytes that is here; it is read on the casebook's thread."""
        return LargeFile(size, lambda number: self.piece(sha256, number), sha256)

    def piece(self, sha256: str, number: int) -> bytes:
        """Return one piece of a file, counted from 0. Raises ``StateError`` where it is not."""
        asked = {"sha256": sha256, "number": number}
        row = self._connection.execute(_PIECE, asked).fetchone()
        if row is None:
            raise StateError(say("The bytes of that file are not here."))
        return bytes(row[0])

    def missing(self, sha256: str, size: int) -> list[int]:
        """Return the numbers of the pieces of a file of ``size`` bytes that are not here."""
        return _missing(self._connection, sha256, size)

    def keep(self, sha256: str, pieces: Mapping[int, bytes]) -> Change:
        """Keep pieces of a file by their numbers, each in place of what is here under its own."""
        with self._writer.change("keep pieces", subject=sha256) as tx:
            for number, piece in pieces.items():
                keep_piece(tx, sha256, number, piece)
        return tx.result

    def needed(self, document: DocumentId) -> bool:
        """Return whether a document has its bytes here."""
        row = self._connection.execute(_NEEDED, {"document": document}).fetchone()
        return row is not None and bool(row[0])

    def tidy(self, sha256: str, size: int, most: int) -> bool:
        """Let go of at most so many rows that are no piece of a file of ``size`` bytes.

        Return whether there was any.
        """
        asked = {"sha256": sha256, "last": -(-size // PIECE) - 1, "most": most}
        astray = self._connection.execute(_ASTRAY, asked).fetchall()
        if astray:
            with self._writer.change("keep pieces", subject=sha256) as tx:
                for (number,) in astray:
                    tx.remove("file_piece", {"sha256": sha256, "number": number}, secret=True)
        return bool(astray)

    def unused(self) -> list[str]:
        """Return the files that no document has and no delivery waits for: one was cut off."""
        return unused(self._connection)

    def forget(self, sha256: str, most: int) -> bool:
        """Let go of at most so many pieces of a file that is unused; return whether any went."""
        if sha256 not in self.unused():
            return False
        with self._writer.change("keep pieces", subject=sha256) as tx:
            here = tx.connection.execute(_NUMBERS, {"sha256": sha256}).fetchmany(most)
            for (number,) in here:
                tx.remove("file_piece", {"sha256": sha256, "number": number}, secret=True)
        return True


def keep_file(tx: Transaction, sha256: str, file: FileBytes) -> None:
    """Keep what is not here of a large file, in an open transaction, a MiB at a time.

    What is here of one that is held is compared; of a ``LargeFile`` it was read before. Raises
    ``StateError`` where what is read has another hash: nothing of it is kept then.
    """
    missing = set(_missing(tx.connection, sha256, len(file)))
    if isinstance(file, LargeFile) and not missing:
        return
    read = hashlib.sha256()
    for number, piece in enumerate(pieces_of(file)):
        read.update(piece)
        if number in missing or not isinstance(file, LargeFile):
            keep_piece(tx, sha256, number, piece)
    if read.hexdigest() != sha256:
        raise StateError(
            say(
                "The bytes of a large file are not what was brought in, so nothing was kept. Go"
                " back to a backup, or bring the file in again."
            )
        )


def unused(connection: Any) -> list[str]:  # noqa: ANN401 - as above
    """Return the files that no document has and no delivery waits for."""
    return [sha256 for (sha256,) in connection.execute(_UNUSED)]


def keep_piece(tx: Transaction, sha256: str, number: int, piece: bytes) -> None:
    """Keep one piece of a file in an open transaction, in place of what is here of it."""
    row: dict[str, Value] = {"sha256": sha256, "number": number, "content": piece}
    tx.put("file_piece", row, secret=True)


def _missing(connection: Any, sha256: str, size: int) -> list[int]:  # noqa: ANN401 - as above
    here = dict(connection.execute(_HERE, {"sha256": sha256}).fetchall())
    count = -(-size // PIECE)
    return [at for at in range(count) if here.get(at) != min(PIECE, size - at * PIECE)]
