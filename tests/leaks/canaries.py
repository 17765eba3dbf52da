"""Words that occur nowhere else, and every form in which one could lie about on a disk."""

import base64
import re
import zlib
from functools import cache

import numpy as np

_FIELDS = (
    *("title", "chair", "reference", "case title", "attribute", "document name", "document text"),
    *("mail text", "word text", "picture name", "member", "comment", "record", "note"),
    *("narrative", "search", "reason", "marking", "passphrase", "member passphrase", "typed"),
)
_LETTERS = "bcdfghjkmnpqrstvwxz"
_MOST = 8 << 20  # bytes of one inflated stream that are looked at


def canary(field):
    """Return the canary of a field: 24 letters that no text and no code holds."""
    seed = 2166136261
    for letter in f"reviewer {field}".encode():
        seed = (seed ^ letter) * 16777619 % (1 << 64)
    letters = []
    for _ in range(24):
        seed = (seed * 6364136223846793005 + 1442695040888963407) % (1 << 64)
        letters.append(_LETTERS[(seed >> 33) % len(_LETTERS)])
    return "".join(letters)


CANARIES = {field: canary(field) for field in _FIELDS}


def forms(word):
    """Return the forms that are looked for: name and bytes."""
    plain = word.encode()
    made = {
        "utf-8": plain,
        "utf-16le": word.encode("utf-16le"),
        "utf-16be": word.encode("utf-16be"),
        "hex": plain.hex().encode(),
        "HEX": plain.hex().upper().encode(),
        "capitals": word.upper().encode(),
    }
    for offset in range(3):
        coded = base64.b64encode(b"\0" * offset + plain + b"\0" * 3)
        made[f"base64+{offset}"] = coded[(0, 2, 3)[offset] : (offset + len(plain)) // 3 * 4]
    return made


@cache
def _sought(fields):
    return [(raw, (f, form)) for f in fields for form, raw in forms(CANARIES[f]).items()]


def found(data, fields=_FIELDS):
    """Return the (field, form) of every canary in ``data`` and in what it holds compressed."""
    sought = _sought(tuple(fields))
    seen = {name for raw, name in sought if raw in data}
    for inner in _inflated(data):
        seen |= {(field, f"{form}, compressed") for raw, (field, form) in sought if raw in inner}
    return seen


def _inflated(data):
    """Give what every zlib stream and every member of a zip archive in ``data`` holds."""
    for match in re.finditer(rb"\x78[\x01\x5e\x9c\xda]", data):
        yield from _inflate(data, match.start(), zlib.MAX_WBITS)
    for match in re.finditer(rb"PK\x03\x04.{22}(..)(..)", data, re.DOTALL):
        name, extra = (int.from_bytes(size, "little") for size in match.groups())
        yield from _inflate(data, match.end() + name + extra, -zlib.MAX_WBITS)


def _inflate(data, start, bits):
    try:
        held = zlib.decompressobj(bits).decompress(data[start:], _MOST)
    except zlib.error:
        return
    if len(held) > 8:
        yield held


def entropy(page):
    """Return the bits a byte of one page, by the frequencies of its bytes."""
    counts = np.bincount(np.frombuffer(page, dtype=np.uint8), minlength=256)
    share = counts[counts > 0] / len(page)
    return float(-(share * np.log2(share)).sum())
