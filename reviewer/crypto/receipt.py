"""A receipt as a code: which state a casebook was in, in groups that a person can type.

32 bytes: the first 4 of SHA-256 over ``reviewer receipt 1 LF id LF kind LF member`` (which
casebook; every one issued from one has its id), the number of the newest journal entry as 4 bytes,
big-endian, and the first 24 bytes of that entry's hash. Spelt as ``groups`` spells a sheet.
"""

import hashlib
from dataclasses import dataclass

from reviewer.crypto.groups import MAX_TEXT, Sheet, from_text, in_one_line, to_lines

_NAME = 4
_NUMBER = 4
_HEAD = 24  # bytes: 192 bits, so that nobody finds two histories with one receipt


@dataclass(frozen=True, kw_only=True, slots=True)
class Receipt:
    """One state of one casebook. All but ``seq`` are the first bytes of a hash, hexadecimal."""

    name: str
    seq: int
    head: str

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines to print, without their numbers."""
        raw = bytes.fromhex(self.name) + self.seq.to_bytes(_NUMBER) + bytes.fromhex(self.head)
        return to_lines(raw, Sheet.RECEIPT)


def receipt_for(*, casebook: str, kind: str, member: str, seq: int, head: str) -> Receipt:
    """Return the receipt of the state whose newest journal entry is ``seq`` with hash ``head``."""
    said = f"reviewer receipt 1\n{casebook}\n{kind}\n{member}".encode()
    return Receipt(
        name=hashlib.sha256(said).digest()[:_NAME].hex(), seq=seq, head=head[: 2 * _HEAD]
    )


def read_receipt(untrusted: str) -> Receipt:
    """Return the receipt that ``untrusted`` spells, in its lines or in one.

    Raises ``InputError`` whose ``details`` name each line that was typed wrongly.
    """
    text = untrusted if len(untrusted) > MAX_TEXT else in_one_line(untrusted, Sheet.RECEIPT)
    raw = from_text(text, Sheet.RECEIPT)
    return Receipt(
        name=raw[:_NAME].hex(),
        seq=int.from_bytes(raw[_NAME : _NAME + _NUMBER]),
        head=raw[_NAME + _NUMBER :].hex(),
    )
