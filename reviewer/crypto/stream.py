"""The same age envelope over files too large for memory: a piece at a time, in and out.

What is read is authenticated in pieces of 64 KiB, and that nothing was cut off is known only at
the end: whoever takes the pieces must be able to throw away what they have made of them.
"""

from collections.abc import Generator, Iterator
from typing import BinaryIO

import pyrage

from reviewer.crypto.envelope import MAX_HEADER, check_header
from reviewer.errors import ReturnError

Parser = Generator[int, bytes, None]
"""Yields how many bytes it wants next and is sent exactly that many."""


def lock_stream(pieces: Iterator[bytes], recipient: str, out: BinaryIO) -> None:
    """Write ``pieces`` to ``out`` as a binary age file to one X25519 ``recipient``."""
    pyrage.encrypt_io(_Pieces(pieces), out, [pyrage.x25519.Recipient.from_str(recipient)])


def unlock_stream(untrusted: BinaryIO, secret: str, parser: Parser) -> None:
    """Feed the content of a binary age file to ``parser``, to its last byte and no further.

    Raises ``ReturnError`` with the layer ``file``, ``age`` or ``recipient``, or ``bodies`` where
    there is less or more than the parser wants; and whatever the parser raises.
    """
    try:
        head = untrusted.read(MAX_HEADER)
        untrusted.seek(0)
    except OSError as error:
        raise _unreadable(error) from None
    check_header(head)
    source, sink = _Source(untrusted), _Sink(parser)
    try:
        pyrage.decrypt_io(source, sink, [pyrage.x25519.Identity.from_str(secret)])
    except (pyrage.DecryptError, OSError) as error:
        if source.failed is not None:
            raise _unreadable(source.failed) from None
        if sink.failed is not None:
            raise sink.failed from None
        if "No matching keys" in str(error):
            raise ReturnError(
                "This file was not sealed for this casebook, or its beginning is damaged. Check"
                " who it is for, or ask for a new copy.",
                layer="recipient",
            ) from None
        raise ReturnError(
            "This file is damaged or cut short. Ask for a new copy.", layer="age"
        ) from None
    sink.end()


def _unreadable(error: OSError) -> ReturnError:
    return ReturnError(
        f"The file could not be read ({error.strerror or 'disk error'}). Copy it to this computer"
        " and try again.",
        layer="file",
    )


class _Pieces:
    """Pieces of bytes as a file that is read."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._have = b""
        self._at = 0

    def read(self, size: int = -1) -> bytes:
        """Return up to ``size`` bytes, none only at the end."""
        while self._at >= len(self._have):
            piece = next(self._pieces, None)
            if piece is None:
                return b""
            self._have, self._at = piece, 0
        end = len(self._have) if size < 0 else self._at + size
        found = self._have[self._at : end]
        self._at += len(found)
        return found


class _Source:
    """The file that is read; remembers what the disk refused."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.failed: OSError | None = None

    def read(self, size: int = -1) -> bytes:
        """Return up to ``size`` bytes."""
        try:
            return self._stream.read(size)
        except OSError as error:
            self.failed = error
            raise


class _Sink:
    """Takes what was decrypted and hands the parser what it wants."""

    def __init__(self, parser: Parser) -> None:
        self._parser = parser
        self._have = bytearray()
        self._want: int | None = next(parser)
        self.failed: BaseException | None = None

    def write(self, data: bytes) -> int:
        """Take ``data``; stops the reading by raising what the parser raised."""
        if self.failed is not None:  # the library may try once more before it gives up
            raise OSError from self.failed
        self._have += data
        try:
            self._feed()
        except BaseException as error:
            self.failed = error
            raise OSError from error
        return len(data)

    def flush(self) -> None:
        """Do nothing: the parser is fed as bytes come."""

    def end(self) -> None:
        """Raise ``ReturnError`` unless the parser has had all that it wanted."""
        self._feed()
        if self._want is not None:
            raise ReturnError(
                "This file holds less than it says. Ask for a new copy.", layer="bodies"
            )

    def _feed(self) -> None:
        while self._want is not None and len(self._have) >= self._want:
            piece = bytes(memoryview(self._have)[: self._want])
            del self._have[: self._want]
            try:
                self._want = self._parser.send(piece)
            except StopIteration:
                self._want = None
        if self._want is None and self._have:
            raise ReturnError(
                "This file holds more than it says. Ask for a new copy.", layer="bodies"
            )
