"""What may be wrong with a return, one fault each: how each vector was made.

``make_returns.py`` writes them once, over the frozen panel; a new fault is one line here and one
run. Where randomness enters (age's ephemeral keys, ids) the file that came out is what counts: a
vector that is there already is never made again.
"""

import base64
import json

import pyrage

from reviewer.crypto import envelope
from reviewer.crypto.identity import new_age_key, signing_key
from reviewer.exchange.layers import KIND
from reviewer.records.canonical import canonical
from reviewer.records.ids import new_id

OTHER = signing_key(bytes(range(32)))


def _age_header(*stanzas):
    """Return a header that parses, with a MAC of zeros and 64 bytes of nothing behind it."""
    mac = base64.b64encode(bytes(32)).rstrip(b"=")
    return b"age-encryption.org/v1\n" + b"".join(stanzas) + b"--- " + mac + b"\n" + bytes(64)


def _share(raw=bytes(32)):
    share = base64.b64encode(raw).rstrip(b"=")
    return b"-> X25519 " + share + b"\n" + base64.b64encode(bytes(32)).rstrip(b"=") + b"\n"


_SCRYPT = b"-> scrypt AAAAAAAAAAAAAAAAAAAAAA 63\n" + b"A" * 43 + b"\n"


def _counts(f, **changes):
    return json.loads(f.signed())["counts"] | changes


def _armored(f):
    to = [pyrage.x25519.Recipient.from_str(f.receiving)]
    return pyrage.encrypt(f.plain(f.signed()), to, armored=True)


def _inner_armored(f):
    return pyrage.encrypt(f.work, [pyrage.x25519.Recipient.from_str(f.release)], armored=True)


def _inner_to_two(f):
    both = [pyrage.x25519.Recipient.from_str(key) for key in (f.release, f.receiving)]
    return pyrage.encrypt(f.work, both)


def _with_length(f, length):
    signed = f.signed()
    front = f.plain(signed)[: 16 + 32 + 64]
    return envelope.lock(front + length.to_bytes(4) + signed + f.inner, f.receiving)


def _cut_short(f):
    """Name a header longer than what is left of the file, though no longer than one may be."""
    signed = f.signed()
    front = f.plain(signed)[: 16 + 32 + 64]
    return envelope.lock(front + (8000).to_bytes(4) + signed, f.receiving)


def _cut_header(f):
    signed = f.signed()
    return f.plain(signed)[: 16 + 32 + 64] + (9000).to_bytes(4) + signed


# name: (the layer that must refuse it, how it is made). Receipt sees all of these.
AT_RECEIPT = {
    "empty": ("age", lambda f: b""),
    "not ours": ("age", lambda f: b"PK\x03\x04" + bytes(2000)),
    "over 32 MiB": ("size", lambda f: f.honest + bytes(32 << 20)),
    "a byte behind": ("age", lambda f: f.honest + b"\n"),
    "twice over": ("age", lambda f: f.honest * 2),
    "cut in half": ("age", lambda f: f.honest[: len(f.honest) // 2]),
    "two recipients": ("age", lambda f: f.to_two()),
    "to the release key": ("recipient", lambda f: envelope.lock(b"x", f.release)),
    "to another casebook": (
        "recipient",
        lambda f: envelope.lock(f.plain(f.signed()), new_age_key().public),
    ),
    "no magic": ("magic", lambda f: f.file(magic=b"reviewer-update\n")),
    "nothing inside": ("magic", lambda f: envelope.lock(b"", f.receiving)),
    "magic alone": ("magic", lambda f: envelope.lock(b"reviewer-return\n", f.receiving)),
    "length beyond the end": ("header", lambda f: envelope.lock(_cut_header(f), f.receiving)),
    "bad signature": ("signature", lambda f: f.file(signature=bytes(64))),
    "signed by somebody else": (
        "signature",
        lambda f: f.file(signature=envelope.sign(KIND, f.signed(), OTHER.secret)),
    ),
    "signed as another type": ("signature", lambda f: f.file(kind="reviewer update 1")),
    "header changed after signing": (
        "signature",
        lambda f: f.file(f.signed(seq=2), signature=envelope.sign(KIND, f.signed(), f.key.secret)),
    ),
    "a field twice": ("header", lambda f: f.respelt(b'"seq":1', b'"seq":1,"seq":1')),
    "a space": ("header", lambda f: f.respelt(b'"seq":1', b'"seq": 1')),
    "NaN": ("header", lambda f: f.respelt(b'"seq":1', b'"seq":NaN')),
    "1e999": ("header", lambda f: f.respelt(b'"seq":1', b'"seq":1e999')),
    "a fraction": ("header", lambda f: f.respelt(b'"seq":1', b'"seq":1.0')),
    "no number": ("header", lambda f: f.edited(seq="1")),
    "number 0": ("header", lambda f: f.edited(seq=0)),
    "beyond 53 bits": ("header", lambda f: f.edited(seq=2**53)),
    "true for 1": ("header", lambda f: f.edited(seq=True)),
    "too deep": ("header", lambda f: f.respelt(b'"seq":1', b'"seq":' + b"[" * 9 + b"]" * 9)),
    "very deep": ("header", lambda f: f.respelt(b'"seq":1', b'"seq":' + b"[" * 3000)),
    "unknown field": ("header", lambda f: f.edited(extra=1)),
    "missing field": ("header", lambda f: f.edited(journal=None)),
    "lone surrogate": ("header", lambda f: f.respelt(b'"at":"', b'"at":"\\ud800')),
    "bidi override": ("header", lambda f: f.edited(at="2026\u202e")),
    "not UTF-8": ("header", lambda f: f.respelt(b'"at":"', b'"at":"\xff')),
    "no JSON": ("header", lambda f: f.file(b"{")),
    "not an object": ("header", lambda f: f.file(b"[]")),
    "another type": ("header", lambda f: f.edited(type="reviewer update")),
    "newer format": ("version", lambda f: f.edited(version=2)),
    "version 0": ("header", lambda f: f.edited(version=0)),
    "negative count": (
        "header",
        lambda f: f.edited(counts=json.loads(f.signed())["counts"] | {"marks": -1}),
    ),
    "capital digits": ("header", lambda f: f.edited(pack=f.header.pack.upper())),
    "names another key": ("header", lambda f: f.file(f.signed(public_key=OTHER.public))),
    "first with one before it": ("header", lambda f: f.file(f.signed(prev="ab" * 32))),
    "inner swapped": ("inner", lambda f: f.file(inner=envelope.lock(f.work, f.release))),
    "inner cut": ("inner", lambda f: f.file(inner=f.inner[:-1])),
    "inner is no age file": ("inner", lambda f: f.with_inner(f.work)),
    "another casebook's": ("casebook", lambda f: f.file(f.signed(casebook=new_id()))),
    "another recipient named": (
        "recipient",
        lambda f: f.file(f.signed(recipient=new_age_key().public)),
    ),
    "another release key named": (
        "recipient",
        lambda f: f.file(f.signed(release=new_age_key().public)),
    ),
    "another round": ("round", lambda f: f.file(f.signed(round=2))),
    "not on the panel": ("member", lambda f: f.file(f.signed(member=new_id()))),
    "as another member": (
        "pack",
        lambda f: f.file(f.signed(member=f.chair.members.by_name("Cy").id)),
    ),
    "another pack": ("pack", lambda f: f.file(f.signed(pack="ab" * 32))),
    "as another member with their pack": (
        "enrolment",
        lambda f: f.file(
            f.signed(
                member=f.chair.members.by_name("Cy").id,
                pack=f.chair.members.pack(f.chair.members.by_name("Cy").id),
            )
        ),
    ),
    "a key that was not enrolled": (
        "enrolment",
        lambda f: f.file(
            f.signed(public_key=OTHER.public, enrolment=f.header.enrolment), key=OTHER
        ),
    ),
    "another framework": ("framework", lambda f: f.file(f.signed(framework="ab" * 32))),
    # ---- the outer age layer, byte by byte
    "armored": ("age", _armored),
    "scrypt with work factor 63": ("age", lambda f: _age_header(_SCRYPT)),
    "scrypt beside a key": ("age", lambda f: _age_header(_SCRYPT, _share(bytes([9]) * 32))),
    "grease and no key": ("age", lambda f: _age_header(b"-> x-grease a\n\n")),
    "another kind of stanza": ("age", lambda f: _age_header(b"-> ssh-ed25519 abcd abcd\n\n")),
    "age v2": ("age", lambda f: f.honest.replace(b"/v1\n", b"/v2\n", 1)),
    "CRLF in the header": ("age", lambda f: f.honest.replace(b"/v1\n", b"/v1\r\n", 1)),
    "the header alone": ("age", lambda f: f.honest[: f.honest.index(b"\n---") + 49]),
    "no payload": ("age", lambda f: f.honest[: f.honest.index(b"\n---") + 49 + 16]),
    "padding in the share": ("age", lambda f: _age_header(_share().replace(b"\n", b"=\n", 1))),
    "a share of zeros": ("age", lambda f: _age_header(_share())),
    "a space before the first line": ("age", lambda f: b" " + f.honest),
    # ---- what the signature stands over, and where
    "length of nothing": ("signature", lambda f: _with_length(f, 0)),
    "length one short": ("signature", lambda f: _with_length(f, len(f.signed()) - 1)),
    "length one long": ("signature", lambda f: _with_length(f, len(f.signed()) + 1)),
    "length beyond the last byte": ("header", _cut_short),
    "length above the limit": ("header", lambda f: _with_length(f, 8193)),
    "length of four billion": ("header", lambda f: _with_length(f, 2**32 - 1)),
    "a key that is no point": (
        "signature",
        lambda f: envelope.lock(
            f.plain(f.signed())[:16] + b"\xff" * 32 + f.plain(f.signed())[48:], f.receiving
        ),
    ),
    "a key of small order": (
        "signature",
        lambda f: envelope.lock(
            f.plain(f.signed())[:16] + b"\x01" + bytes(31) + f.plain(f.signed())[48:], f.receiving
        ),
    ),
    # ---- the header's fields
    "number beyond the last": ("header", lambda f: f.edited(seq=1_000_001)),
    "round 0": ("header", lambda f: f.edited(round=0)),
    "round beyond the last": ("header", lambda f: f.edited(round=1001)),
    "a count too many": ("header", lambda f: f.edited(counts=_counts(f, extra=1))),
    "a count too few": ("header", lambda f: f.edited(counts={"marks": 1})),
    "half a rating": ("header", lambda f: f.edited(counts=_counts(f, ratings=0.5))),
    "counts that are a list": ("header", lambda f: f.edited(counts=[1, 2, 3, 4, 5])),
    "a member that is a list": ("header", lambda f: f.edited(member=["a"])),
    "a text too long": ("header", lambda f: f.edited(at="2" * 201)),
    "a text not in NFC": ("header", lambda f: f.edited(at="e\u0301")),
    "a NUL in a text": ("header", lambda f: f.edited(at="2026\x00")),
    "a digest too short": ("header", lambda f: f.edited(journal="ab")),
    "the header twice": ("header", lambda f: f.file(f.signed() * 2)),
    "a byte-order mark": ("header", lambda f: f.file(b"\xef\xbb\xbf" + f.signed())),
    "an escape that is not needed": ("header", lambda f: f.respelt(b'"type"', b'"typ\\u0065"')),
    # ---- the inner layer from outside
    "nothing inside the inner": ("inner", lambda f: f.with_inner(b"")),
    "inner armored": ("inner", lambda f: f.with_inner(_inner_armored(f))),
    "inner to two": ("inner", lambda f: f.with_inner(_inner_to_two(f))),
    "inner under a passphrase": ("inner", lambda f: f.with_inner(_age_header(_SCRYPT))),
    "a byte behind the inner": ("inner", lambda f: f.file(inner=f.inner + b"x")),
    # ---- who
    "enrolled with another's token": (
        "enrolment",
        lambda f: f.file(f.signed(enrolment="0" * 64)),
    ),
}


def _work(f, **changes):
    return canonical(json.loads(f.work) | changes)


def with_row(f, place, value):
    data = json.loads(f.work)
    data["cases"][0][place] = value
    return canonical(data)


def _mark(f, place, value):
    data = json.loads(f.work)
    data["marks"][0][place] = value
    return canonical(data)


def _twice(f, kind):
    data = json.loads(f.work)
    data[kind].append(data[kind][0])
    return canonical(data)


def _other_case(f):
    """Let the first case cite a mark of the second."""
    data = json.loads(f.work)
    documents = {d.id: d.case for d in f.chair.documents.all()}
    place = next(
        at for at, mark in enumerate(data["marks"]) if documents[mark[1]] != data["cases"][0][0]
    )
    data["cases"][0][9] = [[1, [place]]]
    return canonical(data)


def _shorter(f):
    data = json.loads(f.work)
    data["cases"][0].pop()
    return canonical(data)


def _area(f):
    data = json.loads(f.work)
    data["marks"][0][3] = "area"
    data["marks"][0][9] = []
    return canonical(data)


def _cites_nothing(f, change):
    """Return the work without evidence, so that nothing but ``change`` can be wrong with it."""
    data = json.loads(f.work)
    for row in data["cases"]:
        row[9] = []
    change(data["cases"])
    return canonical(data)


# What only release sees: the layer "work" (or "inner") must refuse each.
AT_RELEASE = {
    "no JSON inside": ("work", lambda f: b"\x00"),
    "another type inside": ("work", lambda f: _work(f, type="reviewer return")),
    "newer work": ("version", lambda f: _work(f, version=2)),
    "work of another member": (
        "work",
        lambda f: _work(f, member=f.chair.members.by_name("Cy").id),
    ),
    "work for another casebook": ("work", lambda f: _work(f, casebook=new_id())),
    "work for another round": ("work", lambda f: _work(f, round=2)),
    "work for the round true": ("work", lambda f: _work(f, round=True)),
    "unknown field inside": ("work", lambda f: _work(f, extra=[])),
    "spelt otherwise": ("work", lambda f: f.work + b"\n"),
    "NaN inside": ("work", lambda f: f.work.replace(b'"marks":[[', b'"marks":[[NaN,', 1)),
    "no nonce": ("work", lambda f: _work(f, nonce="")),
    "cases that are none": ("work", lambda f: _work(f, cases={})),
    "a case twice": ("work", lambda f: _twice(f, "cases")),
    "an unknown case": ("work", lambda f: with_row(f, 0, new_id())),
    "an unknown case that cites nothing": (
        "work",
        lambda f: _cites_nothing(f, lambda cases: cases[0].__setitem__(0, new_id())),
    ),
    "one case in place of another": (
        "work",
        lambda f: _cites_nothing(f, lambda cases: cases.__setitem__(1, cases[0])),
    ),
    "a case that is no text": ("work", lambda f: with_row(f, 0, [1])),
    "an unknown state": ("work", lambda f: with_row(f, 1, "released")),
    "a bidi override in the story": ("work", lambda f: with_row(f, 2, "\u202e")),
    "a factor too many": ("work", lambda f: with_row(f, 5, "." * 18)),
    "off the scale": ("work", lambda f: with_row(f, 5, "5" + "." * 16)),
    "an unknown reason": ("work", lambda f: with_row(f, 5, "X" + "." * 16)),
    "an unknown confidence": ("work", lambda f: with_row(f, 6, "x" + "." * 16)),
    "a comment for no factor": ("work", lambda f: with_row(f, 7, [[17, "x"]])),
    "two comments for one factor": ("work", lambda f: with_row(f, 7, [[1, "x"], [1, "y"]])),
    "an empty comment": ("work", lambda f: with_row(f, 7, [[1, ""]])),
    "a comment not in NFC": ("work", lambda f: with_row(f, 7, [[1, "e\u0301"]])),
    "evidence of nothing": ("work", lambda f: with_row(f, 9, [[1, []]])),
    "evidence twice": ("work", lambda f: with_row(f, 9, [[1, [0, 0]]])),
    "evidence that is not there": ("work", lambda f: with_row(f, 9, [[1, [99]]])),
    "evidence from another case": ("work", _other_case),
    "a mark twice": ("work", lambda f: _twice(f, "marks")),
    "a mark without identity": ("work", lambda f: _mark(f, 0, "x'; DROP TABLE mark")),
    "a mark in an unknown document": ("work", lambda f: _mark(f, 1, new_id())),
    "a mark on page 0": ("work", lambda f: _mark(f, 2, 0)),
    "a mark behind the last page": ("work", lambda f: _mark(f, 2, 3)),
    "a mark of an unknown kind": ("work", lambda f: _mark(f, 3, "link")),
    "a mark that ends before it begins": ("work", lambda f: _mark(f, 4, 100)),
    "a box beside the page": ("work", lambda f: _mark(f, 9, [0.1, 0.1, 0.2, 1.5])),
    "half a box": ("work", lambda f: _mark(f, 9, [0.1, 0.1])),
    "fewer cases than declared": ("ledger", lambda f: _work(f, cases=[])),
    # ---- the JSON of the work
    "a field twice inside": (
        "work",
        lambda f: f.work.replace(b'"nonce":', b'"nonce":"","nonce":'),
    ),
    "a lone surrogate inside": ("work", lambda f: f.work.replace(b"Story", b"\\ud800", 1)),
    "1e999 inside": ("work", lambda f: f.work.replace(b'"version":1', b'"version":1e999')),
    "beyond 53 bits inside": (
        "work",
        lambda f: f.work.replace(b'"version":1', b'"version":9007199254740993'),
    ),
    "depth of 100,000": ("work", lambda f: b"[" * 100_000 + b"]" * 100_000),
    "cut inside": ("work", lambda f: f.work[:-1]),
    "not UTF-8 inside": ("work", lambda f: f.work.replace(b"Story", b"St\xffry", 1)),
    # ---- its rows
    "a row too short": ("work", _shorter),
    "a NUL in the story": ("work", lambda f: with_row(f, 2, "a\x00b")),
    "a rating too few": ("work", lambda f: with_row(f, 5, "." * 16)),
    "ratings that are a list": ("work", lambda f: with_row(f, 5, ["."] * 17)),
    "a confidence too few": ("work", lambda f: with_row(f, 6, "." * 16)),
    "a comment for factor -1": ("work", lambda f: with_row(f, 7, [[-1, "x"]])),
    "comments out of order": ("work", lambda f: with_row(f, 7, [[2, "x"], [1, "y"]])),
    "evidence at a fraction": ("work", lambda f: with_row(f, 9, [[1, [0.5]]])),
    "a context too long": ("work", lambda f: _mark(f, 7, "a" * 201)),
    "a mark at a fraction of a page": ("work", lambda f: _mark(f, 2, 1.5)),
    "a mark before the page": ("work", lambda f: _mark(f, 4, -1)),
    "a box that is true": ("work", lambda f: _mark(f, 9, [True, 0.1, 0.2, 0.3])),
    "words on a page mark": ("work", lambda f: _mark(f, 3, "page")),
    "an area of no box": ("work", _area),
    "a note with a bidi override": ("work", lambda f: _mark(f, 10, "\u202e")),
}


# What only release sees, in the inner age layer itself.
INNER_AT_RELEASE = {
    "to another release key": ("inner", lambda f: envelope.lock(f.work, new_age_key().public)),
    "inner to the receiving key": ("inner", lambda f: envelope.lock(f.work, f.receiving)),
    "inner cut before it was signed": ("inner", lambda f: f.inner[:-1]),
    "inner of zeros": ("inner", lambda f: _age_header(_share())),
}

# What only release sees in the header: more or less than is inside.
COUNTED_WRONG = {
    f"{change:+} {kind} declared": (kind, change)
    for kind in ("reviews", "ratings", "comments", "marks", "evidence")
    for change in (1, -1)
}


def counted_wrong(f, kind, change):
    """Return a whole return whose header counts ``kind`` wrongly."""
    return f.edited(counts=_counts(f, **{kind: _counts(f)[kind] + change}))


# What is right and must be taken.
TAKEN = {
    "an honest return": lambda f: f.honest,
    "the same header in another envelope": lambda f: f.file(),
    "a later one": lambda f: f.file(f.signed(seq=2, prev="ab" * 32)),
}
