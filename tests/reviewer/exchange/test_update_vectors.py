"""One fault an update: each must be refused by the layer named here, and change nothing."""

import hashlib
import io
import json
import os
import struct
import time
import zlib
from dataclasses import dataclass, replace

import pyrage
import pytest

from reviewer.casebook.book import Casebook
from reviewer.crypto import envelope
from reviewer.crypto.identity import SigningKey, new_age_key, new_signing_key
from reviewer.crypto.stream import lock_stream
from reviewer.errors import ReturnError
from reviewer.exchange import keyring
from reviewer.exchange.updates import files
from reviewer.exchange.updates.apply import apply, preview
from reviewer.exchange.updates.files import KIND, MAGIC, read_update
from reviewer.exchange.updates.header import UpdateHeader
from reviewer.exchange.updates.write import write_update
from reviewer.intake import withdraw_document
from reviewer.records.canonical import canonical
from reviewer.records.ids import new_id
from tests.reviewer.exchange.panel import add_document, issue_to, make_chair, open_it

OTHER = new_signing_key()
LONGEST = 5.0  # seconds; each takes hundredths, but the machine is shared
LOCKED = (
    b"age-encryption.org/v1\n-> scrypt " + b"A" * 22 + b" 18\n" + b"A" * 43 + b"\n--- " + b"A" * 43
)


@dataclass(frozen=True, kw_only=True)
class Forger:
    """One honest update taken apart, with the keys of those who could cheat."""

    own: Casebook
    honest: bytes
    header: UpdateHeader
    changes: bytes
    bodies: bytes
    key: SigningKey
    panellist: SigningKey

    def signed(self, **changed):
        return replace(self.header, **changed).encode()

    def plain(
        self, signed, *, changes=None, bodies=None, key=None, kind=KIND, magic=MAGIC, sig=None
    ):
        key = key or self.key
        front = (
            magic + bytes.fromhex(key.public) + (sig or envelope.sign(kind, signed, key.secret))
        )
        changes = self.changes if changes is None else changes
        bodies = self.bodies if bodies is None else bodies
        return front + len(signed).to_bytes(4) + signed + changes + bodies

    def file(self, signed=None, **how):
        signed = self.signed() if signed is None else signed
        return envelope.lock(self.plain(signed, **how), self.header.recipient)

    def respelt(self, old, new):
        assert old in self.signed()
        return self.file(self.signed().replace(old, new, 1))

    def edited(self, **changed):
        data = json.loads(self.signed()) | changed
        return self.file(canonical({k: v for k, v in data.items() if v is not None}))

    def with_changes(self, text, **changed):
        """Return a file with other changes inside, correctly signed by the chair's key."""
        digest = hashlib.sha256(text).hexdigest()
        return self.file(self.signed(changes=digest, length=len(text), **changed), changes=text)

    def inside(self, **changed):
        return self.with_changes(canonical(json.loads(self.changes) | changed))

    def row(self, kind, place, value, at=0):
        data = json.loads(self.changes)
        data[kind][at][place] = value
        return self.with_changes(canonical(data))

    def with_body(self, bodies):
        """Return a file whose one body is other bytes, all of it counted and signed."""
        data = json.loads(self.changes)
        row = next(row for row in data["documents"] if row[13])
        row[13] = [0, len(bodies) - row[9], hashlib.sha256(bodies).hexdigest()]
        text = canonical(data)
        signed = self.signed(
            changes=hashlib.sha256(text).hexdigest(), length=len(text), size=len(bodies)
        )
        return self.file(signed, changes=text, bodies=bodies)

    def with_pages(self, *pages):
        """Return a file whose new document has other pages: (text, boxes as they travel)."""
        row = next(row for row in json.loads(self.changes)["documents"] if row[13])
        parts = [
            struct.pack(">IIdd", len(text), len(boxes), 595.0, 842.0) + text + boxes
            for text, boxes in pages
        ]
        return self.with_body(self.bodies[: row[9]] + b"".join(parts))


def take_apart(own, honest):
    """Return an honest update's header, changes and bodies."""
    plain = envelope.unlock(honest, keyring.update_key(own).secret)
    at = 16 + 32 + 64
    length = int.from_bytes(plain[at : at + 4])
    signed = plain[at + 4 : at + 4 + length]
    header = files.decode(signed)
    rest = plain[at + 4 + length :]
    return header, rest[: header.length], rest[header.length :]


@pytest.fixture(scope="module")
def forger(tmp_path_factory):
    folder = tmp_path_factory.mktemp("updates")
    with make_chair(folder) as chair:
        path = issue_to(chair, "Bo", folder / "out")
        add_document(chair, chair.cases.all()[0], 2)
        withdraw_document(chair, chair.documents.of(chair.cases.all()[1].id)[0], "names a child")
        honest = write_update(chair, "Bo", folder).path.read_bytes()
        key = keyring.chair_key(chair)
    with open_it(path) as own:
        header, changes, bodies = take_apart(own, honest)
        yield Forger(
            own=own,
            honest=honest,
            header=header,
            changes=changes,
            bodies=bodies,
            key=key,
            panellist=keyring.own_key(own),
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
    "bytes without end": ("bodies", lambda f: f.file(bodies=f.bodies + bytes(4 << 20))),
}


def test_there_are_vectors():
    assert len(VECTORS) >= 50
    assert {layer for layer, _ in VECTORS.values()} >= {
        "age", "recipient", "magic", "signature", "header", "version", "casebook", "pack",
        "member", "chair", "framework", "changes", "bodies",
    }  # fmt: skip


@pytest.mark.parametrize("name", VECTORS)
def test_each_fault_is_refused_in_its_layer_and_changes_nothing(forger, name, tmp_path):
    layer, make = VECTORS[name]
    path = tmp_path / "some.update"
    path.write_bytes(make(forger))
    head = forger.own.journal.head()
    start = time.perf_counter()
    with pytest.raises(ReturnError) as refused:
        apply(forger.own, path)
    assert time.perf_counter() - start < LONGEST
    assert refused.value.layer == layer, str(refused.value)
    assert str(refused.value).endswith(".")
    assert forger.own.journal.head() == head
    assert forger.own.updates.applied() == []


def test_the_honest_update_is_taken(forger, tmp_path):
    path = tmp_path / "honest.update"
    path.write_bytes(forger.honest)
    assert preview(forger.own, path).told.new_documents == 1
    assert forger.file(bodies=forger.bodies) != forger.honest
    path.write_bytes(forger.file())  # the same signed header in another envelope
    assert preview(forger.own, path).told.withdrawn == 1


def test_what_is_no_readable_file_is_refused(forger, tmp_path):
    folder, gone, fifo = (tmp_path / name for name in ("a.update", "b.update", "c.update"))
    folder.mkdir()
    os.mkfifo(fifo)
    sparse = tmp_path / "d.update"
    with sparse.open("wb") as stream:
        stream.truncate((4 << 30) + 1)
    for path, layer in ((folder, "file"), (gone, "file"), (fifo, "file"), (sparse, "size")):
        with pytest.raises(ReturnError) as refused:
            preview(forger.own, path)
        assert refused.value.layer == layer


def _flip(untrusted, bit):
    changed = bytearray(untrusted)
    changed[bit // 8] ^= 1 << (bit % 8)
    return bytes(changed)


def _refused(forger, tmp_path, variants):
    path = tmp_path / "flipped.update"
    secret = keyring.update_key(forger.own).secret
    count = 0
    for untrusted in variants:
        path.write_bytes(untrusted)
        with pytest.raises(ReturnError):
            read_update(
                path,
                secret,
                forger.own.about.framework,
                check=lambda header, digest: None,
                take=lambda document, original, reading: None,
            )
        count += 1
    return count


def test_changed_bits_and_cuts_are_refused(forger, tmp_path):
    """A stride over all bits and lengths, and over those behind age as if it were broken."""
    honest, plain = forger.honest, forger.plain(forger.signed())
    flips = (_flip(honest, bit) for bit in range(0, len(honest) * 8, 41))
    assert _refused(forger, tmp_path, flips) > 300
    cuts = (honest[:length] for length in range(0, len(honest), 19))
    assert _refused(forger, tmp_path, cuts) > 80
    recipient = forger.header.recipient
    behind = (envelope.lock(_flip(plain, bit), recipient) for bit in range(0, len(plain) * 8, 41))
    assert _refused(forger, tmp_path, behind) > 300


@pytest.mark.nightly
def test_every_changed_bit_and_every_cut_is_refused(forger, tmp_path):
    honest, plain = forger.honest, forger.plain(forger.signed())
    recipient = forger.header.recipient
    flips = (_flip(honest, bit) for bit in range(len(honest) * 8))
    assert _refused(forger, tmp_path, flips) == len(honest) * 8
    cuts = (honest[:length] for length in range(len(honest)))
    assert _refused(forger, tmp_path, cuts) == len(honest)
    behind = (envelope.lock(_flip(plain, bit), recipient) for bit in range(len(plain) * 8))
    assert _refused(forger, tmp_path, behind) == len(plain) * 8


def test_a_pieces_reader_hands_out_what_it_is_given():
    out = io.BytesIO()
    key = new_age_key()
    lock_stream(iter([b"", b"ab", b"", b"c" * 200_000]), key.public, out)
    assert envelope.unlock(out.getvalue(), key.secret) == b"ab" + b"c" * 200_000
