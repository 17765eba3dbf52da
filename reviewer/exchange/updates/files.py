"""An update file as a stream: put together, and taken apart from outside in.

    age to the update key of ( MAGIC | public key 32 | signature 64 | length 4 | header
                               | changes | bodies )

The signature covers the header, the header the changes by their hash, the changes each body by
its. Nothing is parsed before what vouches for it has been verified, and no more than one document
is held at a time.
"""

import hashlib
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from reviewer.crypto import envelope, strict
from reviewer.crypto.identity import SigningKey
from reviewer.crypto.stream import Parser, lock_stream, unlock_stream
from reviewer.errors import EngineError, ReturnError
from reviewer.exchange.files import open_sent
from reviewer.exchange.layers import digest_of
from reviewer.exchange.signed import MAX_BYTES
from reviewer.exchange.updates import changes as inside
from reviewer.exchange.updates.bodies import Body, Passed, reading_of
from reviewer.exchange.updates.changes import Changes
from reviewer.exchange.updates.header import MAX_FILE, TYPE, UpdateHeader, decode
from reviewer.method.framework import Framework
from reviewer.records.cases import Document, Reading
from reviewer.records.large import LARGE, PIECE, FileBytes, LargeFile

MAGIC = b"reviewer-update\n"
KIND = f"{TYPE} 1"  # what the signature says that it signs
_KEY = 32
_SIGNATURE = 64
_LENGTH = 4
_FRONT = len(MAGIC) + _KEY + _SIGNATURE + _LENGTH

TakeBody = Callable[[Document, FileBytes, Reading], None]
KeepPiece = Callable[[Document, int, bytes], None]


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenedUpdate:
    """An update whose every byte was verified. ``digest`` is what ``prev`` and journals name."""

    header: UpdateHeader
    header_text: str
    digest: str
    changes: Changes


def write_stream(
    out: BinaryIO,
    header: UpdateHeader,
    key: SigningKey,
    changes: bytes,
    bodies: Iterator[bytes],
) -> None:
    """Write an update to ``out``; ``bodies`` must be what the changes say, in their order."""

    def pieces() -> Iterator[bytes]:
        signed = header.encode()
        front = bytes.fromhex(key.public) + envelope.sign(KIND, signed, key.secret)
        yield MAGIC + front + len(signed).to_bytes(_LENGTH) + signed
        yield changes
        yield from bodies

    lock_stream(pieces(), header.recipient, out)


def read_update(
    path: Path,
    secret: str,
    framework: Framework,
    *,
    check: Callable[[UpdateHeader, str], None],
    take: TakeBody,
    keep: KeepPiece,
) -> OpenedUpdate:
    """Read an update to its end, verifying everything.

    ``check`` is given the header and its digest as soon as they are verified and raises where the
    update is not for this casebook; ``take`` is given each body. Of an original that is large
    ``keep`` is given each piece as it comes, before it is known whether it is the one that was
    signed; ``take`` follows where it is. Raises ``ReturnError`` (see FORMAT.md for the layers)
    and what the three raise.
    """
    found: list[OpenedUpdate] = []

    def parser() -> Parser:
        opened = yield from _changes(framework, check)
        for document in opened.changes.documents:
            facts = opened.changes.bodies.get(document.id)
            if facts is None:
                continue
            passed = Passed()
            original = yield from _original(document, passed, keep)
            rendition = yield facts.rendition
            pages = yield facts.pages
            told = yield facts.told
            body = Body(original, rendition, pages, told)
            take(document, original, reading_of(document, facts, passed, body))
        found.append(opened)

    with open_sent(path, MAX_FILE, "update") as untrusted:
        unlock_stream(untrusted, secret, parser())
    return found[0]


def _original(
    document: Document, passed: Passed, keep: KeepPiece
) -> Generator[int, bytes, FileBytes]:
    """Return the bytes of an original; of a large one they are given on and not held."""
    if document.size <= LARGE:
        whole = yield document.size
        passed.add(whole)
        return whole
    for number in range(-(-document.size // PIECE)):
        piece = yield min(PIECE, document.size - passed.size)
        passed.add(piece)
        keep(document, number, piece)
    return LargeFile(document.size, _given_on, document.sha256)


def _given_on(number: int) -> bytes:
    raise EngineError(f"Piece {number} of a file in an update was given on, and is not held.")


def _changes(
    framework: Framework, check: Callable[[UpdateHeader, str], None]
) -> Generator[int, bytes, OpenedUpdate]:
    front = yield _FRONT
    if not front.startswith(MAGIC):
        raise ReturnError(
            "This file was sealed for this casebook, but it is not an update.", layer="magic"
        )
    at = len(MAGIC)
    public, signature = front[at : at + _KEY], front[at + _KEY : at + _KEY + _SIGNATURE]
    length = int.from_bytes(front[-_LENGTH:])
    if not 0 < length <= MAX_BYTES:
        strict.refuse("header", "is longer than a header may be, or empty")
    signed = yield length
    envelope.verify(KIND, signed, signature, public)
    header = decode(signed)
    if header.public_key != public.hex():
        strict.refuse("header", "names another key than the one that signed it")
    digest = digest_of(signed)
    check(header, digest)
    text = yield header.length
    if hashlib.sha256(text).hexdigest() != header.changes:
        strict.refuse("changes", "is not the one that was signed")
    changes = inside.decode(text, points=len(framework.values), factors=frozenset(framework.codes))
    if (changes.counts, changes.length) != (header.counts, header.size):
        strict.refuse("changes", "holds other than what was signed")
    if header.round != (1 if changes.round is None else changes.round.number):
        strict.refuse("changes", "is for another round than was signed")
    return OpenedUpdate(
        header=header, header_text=signed.decode("utf-8"), digest=digest, changes=changes
    )
