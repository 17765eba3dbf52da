"""A release key in two halves: one in the casebook, one on paper with somebody else.

Neither half tells anything of the key: it is drawn from both together (HKDF-SHA256).
"""

import hashlib
import secrets
from dataclasses import dataclass

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from reviewer.crypto.identity import AgeKey, age_key
from reviewer.records.panel import Custodian

HALF_BYTES = 32
_PREFIX = "age-secret-key-"
_LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


@dataclass(frozen=True, kw_only=True, slots=True)
class CustodianSheet:
    """What a custodian's sheet says. ``lines`` are the secret: print them and let them go."""

    custodian: Custodian
    lines: tuple[str, ...]
    title: str
    chair: str
    marking: str
    demonstration: bool

    def __repr__(self) -> str:
        return f"CustodianSheet({self.custodian.mark})"


def new_half() -> bytes:
    """Return a fresh half of a release key."""
    return secrets.token_bytes(HALF_BYTES)


def key_of_halves(kept: bytes, paper: bytes) -> AgeKey:
    """Return the release key of the half kept in a casebook and the half on paper."""
    if (len(kept), len(paper)) != (HALF_BYTES, HALF_BYTES):
        raise ValueError("a half has 32 bytes")
    drawn = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"reviewer release key 1")
    return age_key(_spelt(drawn.derive(kept + paper)))


def sheet_mark(paper: bytes) -> str:
    """Return eight digits that tell one custodian's sheet from another, and nothing of its half.

    >>> sheet_mark(bytes(32))
    '3f23 c6d6'
    """
    digest = hashlib.sha256(b"reviewer custodian sheet 1\n" + paper).hexdigest()
    return f"{digest[:4]} {digest[4:8]}"


def _spelt(secret: bytes) -> str:
    """Return 32 bytes as age spells an identity: Bech32, in capitals."""
    number = int.from_bytes(secret) << 4  # 256 bits are 51 letters of 5 bits and 1 bit over
    data = [number >> shift & 31 for shift in range(255, -1, -5)]
    checked = _check([*_expanded(_PREFIX), *data, 0, 0, 0, 0, 0, 0]) ^ 1
    data += [checked >> shift & 31 for shift in range(25, -1, -5)]
    return (_PREFIX + "1" + "".join(_LETTERS[value] for value in data)).upper()


def _expanded(prefix: str) -> list[int]:
    return [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix]


def _check(values: list[int]) -> int:
    """Return Bech32's checksum (BIP 173)."""
    total = 1
    for value in values:
        top = total >> 25
        total = (total & 0x1FFFFFF) << 5 ^ value
        for bit, constant in enumerate(_GENERATOR):
            total ^= constant if top >> bit & 1 else 0
    return total
