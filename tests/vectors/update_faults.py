"""What may be wrong with an update, one fault each: how each vector was made."""

import hashlib
import json
import zlib

import pyrage

from reviewer.crypto import envelope
from reviewer.crypto.identity import new_age_key, signing_key
from reviewer.exchange.updates.files import KIND, MAGIC
from reviewer.records.canonical import canonical
from reviewer.records.ids import new_id

OTHER = signing_key(bytes(range(32)))
LOCKED = (
    b"age-encryption.org/v1\n-> scrypt " + b"A" * 22 + b" 18\n" + b"A" * 43 + b"\n--- " + b"A" * 43
)


def _cell(f, **how):
    case = json.loads(f.changes)["cases"][0][0]
    cell = [case, "SYS-CALL", "disagreement", [0, 1, 0, 0, 1], [0] * 6, []]
    for place, value in how.items():
        cell[int(place[1:])] = value
    data = json.loads(f.changes) | {"round": [2, "2026-01-01", "2026-01-01", [cell]]}
    counts = json.loads(f.signed())["counts"] | {"cells": 1}
    text = canonical(data)
    signed = json.loads(f.signed()) | {
        "counts": counts,
        "round": 2,
        "length": len(text),
        "changes": hashlib.sha256(text).hexdigest(),
    }
    return f.file(canonical(signed), changes=text)


# name: (the layer that must refuse it, how it is made).
def _circle():
    """Return three documents of which each took the next one's place."""
    some = [new_id() for _ in range(3)]
    return [
        [one, "replaced", some[at - 1], "2026-11-23T14:03:12Z", "x"] for at, one in enumerate(some)
    ]


VECTORS = {
    "empty": ("age", lambda f: b""),
    "not ours": ("age", lambda f: b"PK\x03\x04" + bytes(2000)),
    "cut in half": ("age", lambda f: f.honest[: len(f.honest) // 2]),
    "cut by a byte": ("age", lambda f: f.honest[:-1]),
    "a byte behind": ("age", lambda f: f.honest + b"\n"),
    "two recipients": (
        "age",
        lambda f: pyrage.encrypt(
            f.plain(f.signed()),
            [
                pyrage.x25519.Recipient.from_str(key)
                for key in (f.header.recipient, new_age_key().public)
            ],
        ),
    ),
    "locked with a passphrase": ("age", lambda f: LOCKED),
    "to another casebook": (
        "recipient",
        lambda f: envelope.lock(f.plain(f.signed()), new_age_key().public),
    ),
    "a return": ("magic", lambda f: f.file(magic=b"reviewer-return\n")),
    "nothing inside": ("bodies", lambda f: envelope.lock(b"", f.header.recipient)),
    "forged by a panellist": (
        "chair",
        lambda f: f.file(f.signed(public_key=f.panellist.public), key=f.panellist),
    ),
    "forged in the chair's name": (
        "signature",
        lambda f: f.file(sig=envelope.sign(KIND, f.signed(), f.panellist.secret)),
    ),
    "names another key": ("header", lambda f: f.file(f.signed(public_key=OTHER.public))),
    "signed as a return": ("signature", lambda f: f.file(kind="reviewer return 1")),
    "header changed after signing": (
        "signature",
        lambda f: f.file(f.signed(seq=2), sig=envelope.sign(KIND, f.signed(), f.key.secret)),
    ),
    "a header without end": (
        "header",
        lambda f: envelope.lock(
            MAGIC + bytes(96) + (2**31).to_bytes(4) + bytes(9000), f.header.recipient
        ),
    ),
    "a field twice": ("header", lambda f: f.respelt(b'"seq":1', b'"seq":1,"seq":1')),
    "a space": ("header", lambda f: f.respelt(b'"seq":1', b'"seq": 1')),
    "NaN": ("header", lambda f: f.respelt(b'"seq":1', b'"seq":NaN')),
    "a fraction": ("header", lambda f: f.respelt(b'"seq":1', b'"seq":1.0')),
    "unknown field": ("header", lambda f: f.edited(extra=1)),
    "missing field": ("header", lambda f: f.edited(journal=None)),
    "first with one before it": ("header", lambda f: f.file(f.signed(prev="ab" * 32))),
    "changes beyond the limit": ("header", lambda f: f.edited(length=33 << 20)),
    "newer format": ("version", lambda f: f.edited(version=2)),
    "another inquiry's": ("casebook", lambda f: f.file(f.signed(casebook=new_id()))),
    "another pack": ("pack", lambda f: f.file(f.signed(pack="ab" * 32))),
    "for another member": ("member", lambda f: f.file(f.signed(member=new_id()))),
    "another recipient named": (
        "recipient",
        lambda f: f.file(f.signed(recipient=new_age_key().public)),
    ),
    "another framework": ("framework", lambda f: f.file(f.signed(framework="ab" * 32))),
    "changes spliced in": (
        "changes",
        lambda f: f.file(changes=f.changes.replace(b"names a child", b"names a chilD")),
    ),
    "counts that lie": (
        "changes",
        lambda f: f.edited(counts=json.loads(f.signed())["counts"] | {"documents": 99}),
    ),
    "size that lies": ("changes", lambda f: f.file(f.signed(size=f.header.size + 1))),
    "another round than signed": ("changes", lambda f: f.file(f.signed(round=2))),
    "unknown key inside": ("changes", lambda f: f.inside(extra=1)),
    "newer changes": ("version", lambda f: f.inside(version=2)),
    "a bidi override in what is asked": ("changes", lambda f: f.inside(ask="\u202e")),
    "a case twice": (
        "changes",
        lambda f: f.inside(cases=json.loads(f.changes)["cases"] + json.loads(f.changes)["cases"]),
    ),
    "a case without identity": ("changes", lambda f: f.row("cases", 0, "x")),
    "two cases of one reference": ("changes", lambda f: f.row("cases", 1, "C002")),
    "a document of no case": ("changes", lambda f: f.row("documents", 1, new_id())),
    "a document of no pages": ("changes", lambda f: f.row("documents", 10, 0)),
    "a document of too many bytes": ("changes", lambda f: f.row("documents", 9, 257 << 20)),
    "other content for a document that is here": (
        "changes",
        lambda f: f.row("documents", 8, "ab" * 32),
    ),
    "a document without its body": (
        "changes",
        lambda f: f.row("documents", 0, new_id()),
    ),
    "an unknown state": ("changes", lambda f: f.row("states", 1, "burnt")),
    "replaced by nothing": ("changes", lambda f: f.row("states", 1, "replaced")),
    "replaced by what is not there": (
        "changes",
        lambda f: f.inside(
            states=[[json.loads(f.changes)["states"][0][0], "replaced", new_id(), "2026", "x"]]
        ),
    ),
    "documents that replace each other": ("changes", lambda f: f.inside(states=_circle())),
    "a factor that is none": ("changes", lambda f: _cell(f, p1="NO-SUCH")),
    "a scale of another length": ("changes", lambda f: _cell(f, p3=[0, 1])),
    "fewer than nobody": ("changes", lambda f: _cell(f, p3=[0, -1, 0, 0, 1])),
    "feedback that names a page that is not there": (
        "changes",
        lambda f: _cell(f, p5=[[new_id(), 1, 1]]),
    ),
    "body spliced in": (
        "bodies",
        lambda f: f.file(bodies=f.bodies[:-1] + bytes([f.bodies[-1] ^ 1])),
    ),
    "body of another document": (
        "bodies",
        lambda f: f.with_body(b"X" + f.bodies[1:]),
    ),
    "a page too few": ("bodies", lambda f: f.with_pages((b"Page 1", b""))),
    "a page too many": ("bodies", lambda f: f.with_pages(*[(b"Page", b"")] * 3)),
    "boxes that unpack without end": (
        "bodies",
        lambda f: f.with_pages((b"Page 1", zlib.compress(bytes(64 << 20))), (b"Page 2", b"")),
    ),
    "boxes for fewer letters": (
        "bodies",
        lambda f: f.with_pages((b"Page 1", zlib.compress(bytes(8))), (b"Page 2", b"")),
    ),
    "boxes that are none": ("bodies", lambda f: f.with_pages((b"Page", b"xxx"), (b"Page", b""))),
    "text that is none": ("bodies", lambda f: f.with_pages((b"\xff", b""), (b"Page", b""))),
    "body cut short": ("bodies", lambda f: f.file(bodies=f.bodies[:-1])),
    "bytes behind the bodies": ("bodies", lambda f: f.file(bodies=f.bodies + bytes(700))),
}


def _second(f, **changed):
    """Return the honest update in version 2, with changes to its JSON."""
    told = {"version": 2, "name": "", "chair": "", "returns": _RETURNS}
    return f.inside(**(told | changed))


_KEY = "age1" + "q" * 58
_SHEET = ["Cass", "2026-11-23T14:03:12Z", "3f23 c6d6"]
_RETURNS = [_KEY, 65536, _SHEET]

# What version 2 of the changes adds: names, and what returns are sealed to.
KEYS = {
    "changes newer than keys": ("version", lambda f: _second(f, version=3)),
    "names in version 1": ("changes", lambda f: f.inside(name="", chair="", returns=[])),
    "a name of two lines": ("changes", lambda f: _second(f, name="Bo\nCy")),
    "a name beyond its length": ("changes", lambda f: _second(f, name="B" * 121)),
    "a chair with a bidi override": ("changes", lambda f: _second(f, chair="A\u202e")),
    "returns that are a text": ("changes", lambda f: _second(f, returns=_KEY)),
    "a key that is none": ("changes", lambda f: _second(f, returns=["age1", 65536, _SHEET])),
    "a secret for a key": (
        "changes",
        lambda f: _second(f, returns=["AGE-SECRET-KEY-1" + "Q" * 46, 65536, _SHEET]),
    ),
    "room beyond a file": ("changes", lambda f: _second(f, returns=[_KEY, 32 << 20, _SHEET])),
    "room below nothing": ("changes", lambda f: _second(f, returns=[_KEY, -1, _SHEET])),
    "a sheet that nobody keeps": (
        "changes",
        lambda f: _second(f, returns=[_KEY, 65536, ["", *_SHEET[1:]]]),
    ),
    "a sheet of no time": (
        "changes",
        lambda f: _second(f, returns=[_KEY, 65536, ["Cass", "today", "3f23 c6d6"]]),
    ),
    "a sheet of another mark": (
        "changes",
        lambda f: _second(f, returns=[_KEY, 65536, ["Cass", _SHEET[1], "3F23c6d6"]]),
    ),
    "half a sheet": ("changes", lambda f: _second(f, returns=[_KEY, 65536, ["Cass"]])),
}
VECTORS |= KEYS
TAKEN_KEYS = {
    "an update with a key": _second,
    "an update with a key and no sheet": lambda f: _second(f, returns=[_KEY, 65536, []]),
    "an update that leaves the key": lambda f: _second(f, returns=[]),
}


_PARENT = "00000000-0000-4000-8000-000000000000"  # of a document that the member may not have
_ORIGIN = [
    _PARENT,
    2,
    "box 7/Re\u0301ponse.msg",
    [["from", "a@example.org"], ["subject", "\u202e"]],
]
_HONEST_TOLD = {
    "ledger": [["words", 90, 87, 0, ["one", "two", "three"]]],
    "notes": ["3 words of this file are not shown: one, two, three."],
    "scans": [
        [1, "read", "check", 83, 90, "tesseract 5.5", "2026-11-23T14:03:12Z", ""],
        [2, "waiting", "", 0, 0, "", "", ""],
    ],
    "typed": [[1, 0, 4, "Page", "Rage", 7, "2026-11-23T14:03:12Z"]],
}
_NOTHING_TOLD = {"ledger": [], "notes": [], "scans": [], "typed": []}


def _told(f, told=_HONEST_TOLD, *, origin=_ORIGIN, size=None, bundle=3, **changed):
    """Return the honest update in version 3: of its new document all is told."""
    data = json.loads(f.changes)
    told = told if isinstance(told, bytes) else canonical(told)
    bodies = f.bodies + told
    for row in data["documents"]:
        if row[13]:
            row[13] = [
                *row[13][:2],
                len(told) if size is None else size,
                hashlib.sha256(bodies).hexdigest(),
            ]
            row += [origin, bundle]
        else:
            row += [[], 0]
    data |= {"version": 3, "name": "", "chair": "", "returns": []} | changed
    text = canonical(data)
    signed = f.signed(changes=hashlib.sha256(text).hexdigest(), length=len(text), size=len(bodies))
    return f.file(signed, changes=text, bodies=bodies)


def _lined(*line):
    return _NOTHING_TOLD | {"ledger": [list(line)]}


# What version 3 of the changes adds: what a document came with, its notes, its ledger.
TOLD = {
    "changes newer than notes": ("version", lambda f: _told(f, version=4)),
    "notes in version 2": ("changes", lambda f: _told(f, version=2)),
    "a parent without identity": ("changes", lambda f: _told(f, origin=["../x", 1, "a", []])),
    "a place before the first": ("changes", lambda f: _told(f, origin=["", -1, "a", []])),
    "a path that is a number": ("changes", lambda f: _told(f, origin=["", 1, 7, []])),
    "a fact told twice": (
        "changes",
        lambda f: _told(f, origin=["", 1, "a", [["from", "x"], ["from", "y"]]]),
    ),
    "half of where it came from": ("changes", lambda f: _told(f, origin=["", 1, "a"])),
    "a page numbered below nothing": ("changes", lambda f: _told(f, bundle=-1)),
    "notes of no length": ("changes", lambda f: _told(f, size=0)),
    "notes beyond the limit": ("changes", lambda f: _told(f, size=(8 << 20) + 1)),
    "notes that are no notes": ("bodies", lambda f: _told(f, b"Nothing is shown.")),
    "notes spelt otherwise": (
        "bodies",
        lambda f: _told(f, b'{"notes":[], "ledger":[],"scans":[],"typed":[]}'),
    ),
    "notes with more": ("bodies", lambda f: _told(f, _NOTHING_TOLD | {"more": 1})),
    "a note that is a number": ("bodies", lambda f: _told(f, _NOTHING_TOLD | {"notes": [1]})),
    "a note without end": ("bodies", lambda f: _told(f, _NOTHING_TOLD | {"notes": ["x" * 4_001]})),
    "notes without end": ("bodies", lambda f: _told(f, _NOTHING_TOLD | {"notes": ["x"] * 1_001})),
    "a thing of no name": ("bodies", lambda f: _told(f, _lined("<b>", 1, 1, 0, []))),
    "fewer words than none": ("bodies", lambda f: _told(f, _lined("words", -1, 0, 0, []))),
    "a word and a half": ("bodies", lambda f: _told(f, _lined("words", 1.5, 0, 0, []))),
    "missing words without end": (
        "bodies",
        lambda f: _told(f, _lined("words", 99, 0, 0, ["x"] * 13)),
    ),
    "a thing counted twice": (
        "bodies",
        lambda f: _told(f, _NOTHING_TOLD | {"ledger": [["words", 1, 1, 0, []]] * 2}),
    ),
}


def _scanned(*row):
    return _NOTHING_TOLD | {"scans": [list(row)]}


def _typed(*row):
    return _NOTHING_TOLD | {"typed": [list(row)]}


TOLD |= {
    "a page read before the first": (
        "bodies",
        lambda f: _told(f, _scanned(0, "read", "good", 90, 0, "", "", "")),
    ),
    "a page in no state": (
        "bodies",
        lambda f: _told(f, _scanned(1, "guessed", "good", 90, 0, "", "", "")),
    ),
    "a page surer than sure": (
        "bodies",
        lambda f: _told(f, _scanned(1, "read", "good", 101, 0, "", "", "")),
    ),
    "a page read twice": (
        "bodies",
        lambda f: _told(f, _NOTHING_TOLD | {"scans": [[1, "empty", "", 0, 0, "", "", ""]] * 2}),
    ),
    "half of how a page was read": ("bodies", lambda f: _told(f, _scanned(1, "read"))),
    "a correction of nothing": ("bodies", lambda f: _told(f, _typed(1, 4, 4, "", "x", 7, ""))),
    "a correction without end": (
        "bodies",
        lambda f: _told(f, _typed(1, 0, 4, "Page", "x" * 4_001, 7, "")),
    ),
    "a page read behind the last": (
        "bodies",
        lambda f: _told(f, _scanned(3, "read", "good", 90, 0, "", "", "")),
    ),
    "a correction behind the last page": (
        "bodies",
        lambda f: _told(f, _typed(3, 0, 4, "Page", "Rage", 7, "")),
    ),
    "one word corrected twice": (
        "bodies",
        lambda f: _told(f, _NOTHING_TOLD | {"typed": [[1, 0, 4, "Page", "Rage", 7, ""]] * 2}),
    ),
}
VECTORS |= TOLD
TAKEN_TOLD = {
    "an update with notes": _told,
    "an update without notes": lambda f: _told(f, _NOTHING_TOLD, origin=[]),
}


_GAP = "5f5f5f5f-1111-4222-8333-444444444444"


def _missing(f, version=4, gaps=None, **how):
    """Return the honest update in version 4: of its first case a record is missing."""
    case = json.loads(f.changes)["cases"][0][0]
    row = [_GAP, case, 311, "Ward log", "Trust", "", "not located", "2026-03-02", "2026-05-02"]
    for place, value in how.items():
        row[int(place[1:])] = value
    return _told(f, version=version, gaps=[row] if gaps is None else gaps)


# What version 4 adds: the records that the cases lack.
MISSING = {
    "changes newer than missing records": ("version", lambda f: _missing(f, version=5)),
    "missing records in version 3": ("changes", lambda f: _missing(f, version=3)),
    "missing records that are no rows": ("changes", lambda f: _missing(f, gaps="none")),
    "a missing record twice": ("changes", lambda f: _missing(f, gaps=_twice(f))),
    "a missing record without identity": ("changes", lambda f: _missing(f, p0="x")),
    "a missing record of no case": ("changes", lambda f: _missing(f, p1=new_id())),
    "a missing record without a number": ("changes", lambda f: _missing(f, p2=0)),
    "a missing record that came": ("changes", lambda f: _missing(f, p6="received complete")),
    "a missing record on no day": ("changes", lambda f: _missing(f, p8="in May")),
    "a missing record without end": ("changes", lambda f: _missing(f, p3="x" * 4_001)),
}


def _twice(f):
    case = json.loads(f.changes)["cases"][0][0]
    row = [_GAP, case, 311, "Ward log", "Trust", "", "expected", "", ""]
    return [row, row]


VECTORS |= MISSING
TAKEN_MISSING = {"an update with missing records": _missing}
