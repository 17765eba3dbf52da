"""The state digest: one number over the content of every row, kept up to date with each change.

SQLCipher authenticates each page but not which pages belong together: old pages spliced into a
newer file pass its checks (SECURITY 1.4). The digest is written in the same transaction as every
change and catches that. It is a sum modulo 2**512 of one BLAKE2b value a row, so that a change
costs the rows it touches and not the casebook's size (Bellare and Micciancio's AdHash, with the
long modulus that Wagner's attack asks for). The rows are inside an encrypted, authenticated file:
whoever splices cannot choose their content.
"""

import json
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import TypeVar

T = TypeVar("T")
BYTES = 64
_MODULUS = 1 << (8 * BYTES)
_LONG = 256  # bytes; longer values enter by their own hash, so that a page is not spelt twice
_KEPT = 4096  # spellings that are remembered: of what is said again and again behind a number
_SHORT = 256  # bytes of one, at most: what is longer is hardly ever said twice
_PLAIN = frozenset((int, float, str, type(None)))  # spelt as they are


def row_value(table: str, values: Sequence[object]) -> int:
    """Return the contribution of one row; ``values`` in the table's column order."""
    plain = _PLAIN.issuperset(map(type, values))
    spelt = list(values) if plain else [short(value) for value in values]
    value = blake2b(_encoded(f"{table}{spelt!r}"), digest_size=BYTES)
    return int.from_bytes(value.digest(), "little")


def rows_value(table: str, rows: Iterable[Sequence[object]]) -> tuple[int, int]:
    """Return (number of rows, sum of their contributions, not reduced)."""
    count = total = 0
    for row in rows:
        total += row_value(table, row)
        count += 1
    return count, total


def packed_value(table: str, packed: Iterable[tuple[int, str]]) -> tuple[int, int]:
    """Return what ``rows_value`` does of rows that the engine has put together by their number.

    Each of ``packed`` is a first column, a whole number, and a line of JSON for each row that has
    it: the other columns, which hold neither bytes nor fractions. A panel's ratings are millions
    of rows of a review's number and one of a few hundred things that can be said of a factor, so
    that is spelt once.
    """
    count = total = 0
    remembered: dict[str, bytes] = {}
    for first, lines in packed:
        begun = blake2b(f"{table}[{first}, ".encode(), digest_size=BYTES)
        for line in lines.split("\n"):
            count += 1
            spelt = remembered.get(line)
            if spelt is None:
                spelt = _encoded(repr(json.loads(line))[1:])
                if len(spelt) <= _SHORT and len(remembered) < _KEPT:
                    remembered[line] = spelt
            one = begun.copy()
            one.update(spelt)
            total += int.from_bytes(one.digest(), "little")
    return count, total


def add(root: bytes, difference: int) -> bytes:
    """Return ``root`` moved by ``difference``."""
    return ((int.from_bytes(root, "little") + difference) % _MODULUS).to_bytes(BYTES, "little")


def _encoded(spelt: str) -> bytes:
    return spelt.encode("utf-8", "surrogatepass")


def short(value: T) -> T | int | bytes:
    """Return ``value`` as it enters a row's value; what is short already is left as it is."""
    if isinstance(value, bool):
        return int(value)  # SQLite keeps it as a number
    if not isinstance(value, bytes):
        return value
    return value if len(value) <= _LONG else blake2b(value, digest_size=BYTES).digest()
