"""The state digest: one number over the content of every row, kept up to date with each change.

SQLCipher authenticates each page but not which pages belong together: old pages spliced into a
newer file pass its checks (SECURITY 1.4). The digest is written in the same transaction as every
change and catches that. It is a sum modulo 2**512 of one BLAKE2b value a row, so that a change
costs the rows it touches and not the casebook's size (Bellare and Micciancio's AdHash, with the
long modulus that Wagner's attack asks for). The rows are inside an encrypted, authenticated file:
whoever splices cannot choose their content.
"""

import hashlib
from collections.abc import Iterable, Sequence

BYTES = 64
_MODULUS = 1 << (8 * BYTES)
_LONG = 256  # bytes; longer values enter by their own hash, so that a page is not spelt twice


def row_value(table: str, values: Sequence[object]) -> int:
    """Return the contribution of one row; ``values`` in the table's column order."""
    spelt = [_spell(value) for value in values]
    text = f"{table}{spelt!r}".encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(text, digest_size=BYTES).digest(), "little")


def rows_value(table: str, rows: Iterable[Sequence[object]]) -> tuple[int, int]:
    """Return (number of rows, sum of their contributions, not reduced)."""
    count = total = 0
    for row in rows:
        total += row_value(table, row)
        count += 1
    return count, total


def add(root: bytes, difference: int) -> bytes:
    """Return ``root`` moved by ``difference``."""
    return ((int.from_bytes(root, "little") + difference) % _MODULUS).to_bytes(BYTES, "little")


def _spell(value: object) -> object:
    if isinstance(value, bool):
        return int(value)  # SQLite keeps it as a number
    if not isinstance(value, bytes):
        return value
    return value if len(value) <= _LONG else hashlib.blake2b(value, digest_size=BYTES).digest()
