"""The bytes of a file that is too large to be held: read from any place, a MiB at a time."""

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Iterator
from typing import TypeAlias

from reviewer.errors import StateError
from reviewer.messages import say

PIECE = 1 << 20  # bytes: what is read at once, and a row of a casebook
LARGE = 16 << 20  # bytes: a file of more is kept in pieces
_KEPT = 4  # pieces that stay at hand: what is asked for next mostly lies in one of them


class LargeFile:
    """A file of ``size`` bytes; ``piece`` returns its piece of a number, counted from 0.

    ``sha256`` is that of the whole, "" where nobody has hashed it yet. Reading raises what
    ``piece`` raises, and it is read where ``piece`` may be called.
    """

    def __init__(self, size: int, piece: Callable[[int], bytes], sha256: str = "") -> None:
        self.sha256 = sha256
        self._size, self._ask = size, piece
        self._held: OrderedDict[int, bytes] = OrderedDict()

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, part: slice) -> bytes:
        start, stop, _ = part.indices(self._size)
        found = []
        while start < stop:
            number, at = divmod(start, PIECE)
            found.append(self.piece(number)[at : at + stop - start])
            start += len(found[-1])
        return b"".join(found)

    @property
    def count(self) -> int:
        """How many pieces it has."""
        return -(-self._size // PIECE)

    def piece(self, number: int) -> bytes:
        """Return one piece, counted from 0. Raises ``StateError`` for one that is no piece."""
        found = self._held.get(number)
        if found is None:
            found = self._ask(number)
            if len(found) != min(PIECE, self._size - number * PIECE):
                raise StateError(say("The bytes of that file are not here."))
            self._held[number] = found
            while len(self._held) > _KEPT:
                self._held.popitem(last=False)
        return found

    def pieces(self) -> Iterator[bytes]:
        """Yield all pieces in their order; none of them stays at hand."""
        for number in range(self.count):
            yield self._held.get(number) or self._ask(number)


FileBytes: TypeAlias = bytes | LargeFile


def pieces_of(file: FileBytes) -> Iterator[bytes]:
    """Yield the bytes of a file in their order, a MiB or less at a time."""
    if isinstance(file, LargeFile):
        yield from file.pieces()
    else:
        for start in range(0, len(file), PIECE):
            yield file[start : start + PIECE]


def sha256_of(file: FileBytes) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    whole = hashlib.sha256()
    for piece in pieces_of(file):
        whole.update(piece)
    return whole.hexdigest()


def known_sha256(file: FileBytes) -> str:
    """Do as ``sha256_of``; a large file that was hashed once is not read again."""
    if isinstance(file, LargeFile) and not file.sha256:
        file.sha256 = sha256_of(file)
    return file.sha256 if isinstance(file, LargeFile) else sha256_of(file)


def whole(file: FileBytes) -> bytes:
    """Return all bytes of a file: of one that is known to be not too large."""
    return b"".join(file.pieces()) if isinstance(file, LargeFile) else file
