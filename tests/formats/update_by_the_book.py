"""An update, read by what FORMAT.md says of it, and with nothing of ours."""

import hashlib
import struct
import zlib

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from tests.formats.return_by_the_book import _age, _canonical

KIND = b"reviewer update 1"
MAGIC = b"reviewer-update\n"
HEADER = [
    "at", "casebook", "changes", "counts", "framework", "journal", "length", "member", "pack",
    "prev", "public_key", "recipient", "round", "seq", "size", "type", "version",
]  # fmt: skip
CHANGES = [
    "ask", "cases", "chair", "documents", "gaps", "name", "returns", "round", "states", "type",
    "version",
]  # fmt: skip
DOCUMENT = [
    "id", "case", "title", "kind", "agency", "date", "file name", "media", "sha256", "size",
    "pages", "content note", "text source", "body", "origin", "bundle",
]  # fmt: skip
PAGE = struct.Struct(">IIdd")
MAX_TOLD = 8 << 20


def whole(sealed, key):
    """The header, the changes, and of each document that travels its body: (facts, parts)."""
    content = _age(sealed, key)
    public, signature = content[16:48], content[48:112]
    end = 116 + int.from_bytes(content[112:116], "big")
    signed = content[116:end]
    assert content[:16] == MAGIC
    said = b"DSSEv1 %d %s %d " % (len(KIND), KIND, len(signed)) + signed
    Ed25519PublicKey.from_public_bytes(public).verify(signature, said)
    header = _canonical(signed)
    assert sorted(header) == HEADER
    assert (header["type"], header["version"]) == ("reviewer update", 1)
    assert header["public_key"] == public.hex()
    text = content[end : end + header["length"]]
    assert hashlib.sha256(text).hexdigest() == header["changes"]
    changes = _canonical(text)
    assert (changes["type"], changes["version"]) in {
        ("reviewer changes", 3),
        ("reviewer changes", 4),
    }
    assert sorted(changes) == [key for key in CHANGES if changes["version"] > 3 or key != "gaps"]
    rest = content[end + header["length"] :]
    assert len(rest) == header["size"]
    return header, changes, bodies_of(changes, rest)


def bodies_of(changes, rest):
    """*A body*: {id: (document, original, rendition, pages, what is told)}."""
    found = {}
    for row in changes["documents"]:
        document = dict(zip(DOCUMENT, row, strict=True))
        if not document["body"]:
            continue
        rendition, pages, told, sha256 = document["body"]
        parts = []
        for length in (document["size"], rendition, pages, told):
            parts.append(rest[:length])
            rest = rest[length:]
        assert hashlib.sha256(b"".join(parts)).hexdigest() == sha256
        assert hashlib.sha256(parts[0]).hexdigest() == document["sha256"]
        found[document["id"]] = (
            document,
            *parts[:2],
            pages_of(parts[2], document["pages"]),
            told_of(parts[3]),
        )
    assert rest == b""
    return found


def pages_of(part, count):
    """Pages: (text, boxes inflated, width, height) of each."""
    found = []
    for _ in range(count):
        letters, packed, width, height = PAGE.unpack_from(part)
        text = part[PAGE.size : PAGE.size + letters].decode()
        boxes = part[PAGE.size + letters : PAGE.size + letters + packed]
        boxes = zlib.decompress(boxes) if boxes else b""
        assert len(boxes) in {0, 8 * len(text)}
        found.append((text, boxes, width, height))
        part = part[PAGE.size + letters + packed :]
    assert part == b""
    return found


def told_of(part):
    """What is told: (notes, {thing: (held, shown, named, some missing)}, scans, typed)."""
    assert 2 <= len(part) <= MAX_TOLD
    told = _canonical(part)
    assert sorted(told) == ["ledger", "notes", "scans", "typed"]
    ledger = {thing: tuple(counts) for thing, *counts in told["ledger"]}
    assert len(ledger) == len(told["ledger"])
    return told["notes"], ledger, told["scans"], told["typed"]
