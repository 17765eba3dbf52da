"""A return, read by what FORMAT.md says of it, and with nothing of ours."""

import hashlib
import json

import pyrage
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

KIND = b"reviewer return 1"
MAGIC = b"reviewer-return\n"
HEADER = [
    "at", "casebook", "enrolment", "framework", "inner", "journal", "member", "pack", "pad",
    "prev", "public_key", "recipient", "release", "round", "seq", "type", "version",
]  # fmt: skip
HEADER_BYTES = 2048
CLASSES = [16 << 10, 64 << 10, 256 << 10, 1 << 20, 4 << 20, 16 << 20, 31 << 20]
WORK = ["casebook", "cases", "counts", "marks", "member", "nonce", "round", "type", "version"]
REASONS = {
    "M": "missing", "U": "unclear", "N": "not-relevant", "O": "outside", "R": "recused",
}  # fmt: skip
CONFIDENCES = {".": None, "l": "low", "m": "moderate", "h": "high"}
MARK = ["id", "document", "page", "kind", "start", "end", "quote", "prefix", "suffix"]


def header_of(sealed, receiving):
    """*Outer layer* and *Header*: (header, its digest, the inner layer)."""
    content = _age(sealed, receiving)
    magic, key, signature = content[:16], content[16:48], content[48:112]
    end = 116 + int.from_bytes(content[112:116], "big")
    signed, inner = content[116:end], content[end:]
    assert magic == MAGIC
    said = b"DSSEv1 %d %s %d " % (len(KIND), KIND, len(signed)) + signed
    Ed25519PublicKey.from_public_bytes(key).verify(signature, said)
    header = _canonical(signed)
    assert sorted(header) == HEADER
    assert (header["type"], header["version"]) == ("reviewer return", 2)
    assert len(signed) == HEADER_BYTES
    assert set(header["pad"]) == {"0"}
    assert header["public_key"] == key.hex()
    assert header["inner"] == hashlib.sha256(inner).hexdigest()
    return header, hashlib.sha256(signed).hexdigest(), inner


def work_of(inner, release):
    """*Inner layer*: the work, taken out of its padding."""
    content = _age(inner, release)
    assert len(content) in CLASSES
    end = 4 + int.from_bytes(content[:4], "big")
    assert not content[end:].strip(b"\0")
    work = _canonical(content[4:end])
    assert sorted(work) == WORK
    assert (work["type"], work["version"]) == ("reviewer work", 2)
    return work


def ratings_of(work, codes, scale):
    """Rows of *cases*: {(case, factor): what was said}, of each factor of which something was."""
    found = {}
    marks = [mark[0] for mark in work["marks"]]
    for case, _state, _story, _good, _other, values, sure, comments, records, evidence in work[
        "cases"
    ]:
        beside = [dict(pairs) for pairs in (comments, records, evidence)]
        for place, code in enumerate(codes):
            letter, certain = values[place], sure[place] if sure else "."
            comment, record, cited = (pairs.get(place) for pairs in beside)
            if letter == certain == "." and not (comment or record or cited):
                continue
            found[case, code] = {
                "value": scale["0123456789a".index(letter)] if letter in "0123456789a" else None,
                "reason": REASONS.get(letter),
                "confidence": CONFIDENCES[certain],
                "comment": comment or "",
                "record": record or "",
                "evidence": [marks[at] for at in cited or []],
            }
    return found


def marks_of(work):
    """Rows of *marks*: {id: its parts, ``boxes`` as fours of left, top, right, bottom}."""
    found = {}
    for row in work["marks"]:
        *parts, boxes, note = row
        mark = dict(zip(MARK, parts, strict=True)) | {"note": note}
        mark["boxes"] = [tuple(boxes[at : at + 4]) for at in range(0, len(boxes), 4)]
        found[mark.pop("id")] = mark
    return found


def counted(work, ratings):
    """What ``counts`` of the work must say."""
    given = [r for r in ratings.values() if r["value"] is not None or r["reason"]]
    return {
        "reviews": len(work["cases"]),
        "ratings": len(given),
        "comments": sum(1 for r in ratings.values() if r["comment"]),
        "marks": len(work["marks"]),
        "evidence": sum(len(r["evidence"]) for r in ratings.values()),
    }


def _age(sealed, secret):
    return pyrage.decrypt(sealed, [pyrage.x25519.Identity.from_str(secret)])


def _canonical(text):
    read = json.loads(text)
    spelt = json.dumps(read, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert spelt.encode() == text
    return read
