"""One fault a file: each must be refused by the layer named here, and change nothing."""

import json
import os
import time
from dataclasses import replace

import pytest

from reviewer.crypto import envelope
from reviewer.crypto.identity import new_age_key, new_signing_key
from reviewer.errors import ReturnError
from reviewer.exchange import keyring
from reviewer.exchange.layers import KIND, open_outer
from reviewer.exchange.merge import receive
from reviewer.exchange.release import release
from reviewer.records.canonical import canonical
from reviewer.records.ids import new_id
from reviewer.records.panel import Counts, Standing
from tests.reviewer.exchange.forger import make_forger

OTHER = new_signing_key()


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
}


def _work(f, **changes):
    return canonical(json.loads(f.work) | changes)


def _row(f, place, value):
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


# What only release sees: the layer "work" (or "inner") must refuse each.
AT_RELEASE = {
    "to another release key": ("inner", lambda f: envelope.lock(f.work, new_age_key().public)),
    "no JSON inside": ("work", lambda f: b"\x00"),
    "another type inside": ("work", lambda f: _work(f, type="reviewer return")),
    "newer work": ("version", lambda f: _work(f, version=2)),
    "unknown field inside": ("work", lambda f: _work(f, extra=[])),
    "spelt otherwise": ("work", lambda f: f.work + b"\n"),
    "NaN inside": ("work", lambda f: f.work.replace(b'"marks":[[', b'"marks":[[NaN,', 1)),
    "no nonce": ("work", lambda f: _work(f, nonce="")),
    "cases that are none": ("work", lambda f: _work(f, cases={})),
    "a case twice": ("work", lambda f: _twice(f, "cases")),
    "an unknown case": ("work", lambda f: _row(f, 0, new_id())),
    "a case that is no text": ("work", lambda f: _row(f, 0, [1])),
    "an unknown state": ("work", lambda f: _row(f, 1, "released")),
    "a bidi override in the story": ("work", lambda f: _row(f, 2, "\u202e")),
    "too long a text": ("work", lambda f: _row(f, 3, "a" * (5 << 20))),
    "a factor too many": ("work", lambda f: _row(f, 5, "." * 18)),
    "off the scale": ("work", lambda f: _row(f, 5, "5" + "." * 16)),
    "an unknown reason": ("work", lambda f: _row(f, 5, "X" + "." * 16)),
    "an unknown confidence": ("work", lambda f: _row(f, 6, "x" + "." * 16)),
    "a comment for no factor": ("work", lambda f: _row(f, 7, [[17, "x"]])),
    "two comments for one factor": ("work", lambda f: _row(f, 7, [[1, "x"], [1, "y"]])),
    "an empty comment": ("work", lambda f: _row(f, 7, [[1, ""]])),
    "a comment not in NFC": ("work", lambda f: _row(f, 7, [[1, "e\u0301"]])),
    "evidence of nothing": ("work", lambda f: _row(f, 9, [[1, []]])),
    "evidence twice": ("work", lambda f: _row(f, 9, [[1, [0, 0]]])),
    "evidence that is not there": ("work", lambda f: _row(f, 9, [[1, [99]]])),
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
}


@pytest.fixture(scope="module")
def forger(tmp_path_factory):
    made = make_forger(tmp_path_factory.mktemp("panel"))
    yield made
    made.chair.close()


def _receive(chair, untrusted, folder):
    file = folder / "some.return"
    file.write_bytes(untrusted)
    return receive(chair, [file])[0]


def test_there_are_vectors():
    assert len(AT_RECEIPT) + len(AT_RELEASE) >= 80


@pytest.mark.parametrize("name", AT_RECEIPT)
def test_receipt_refuses_each_fault_in_its_layer(forger, name, tmp_path):
    layer, make = AT_RECEIPT[name]
    untrusted = make(forger)
    before = forger.chair.path.read_bytes()
    start = time.perf_counter()
    verdict = _receive(forger.chair, untrusted, tmp_path)
    assert time.perf_counter() - start < 1
    assert (verdict.standing, verdict.layer) == (Standing.REFUSED, layer), verdict.sentence
    assert verdict.sentence.endswith(".")
    assert forger.chair.returns.received(1) == []
    assert forger.chair.path.read_bytes() == before


@pytest.fixture(scope="module")
def panel_to_release(tmp_path_factory):
    """A panel of its own, since receiving leaves its mark on the chair's casebook."""
    made = make_forger(tmp_path_factory.mktemp("release"))
    yield made
    made.chair.close()


@pytest.mark.parametrize("name", AT_RELEASE)
def test_release_refuses_each_fault_in_its_layer(panel_to_release, name, tmp_path):
    """Each is a later return of one member, so that it is the one that counts."""
    forger = panel_to_release
    layer, make = AT_RELEASE[name]
    seq = 2 + list(AT_RELEASE).index(name) * 2
    forger = replace(forger, header=replace(forger.header, seq=seq, prev="ab" * 32))
    work = make(forger)
    untrusted = (
        forger.with_inner(work) if name == "to another release key" else forger.with_work(work)
    )
    assert _receive(forger.chair, untrusted, tmp_path).standing is Standing.RECEIVED
    head = forger.chair.journal.tail(1)
    start = time.perf_counter()
    with pytest.raises(Exception, match="released") as refused:
        release(forger.chair, without={"Cy": "not part of this test"})
    assert time.perf_counter() - start < 1
    assert getattr(refused.value, "layer", "ledger") == layer
    assert forger.chair.journal.tail(1) == head
    assert not forger.chair.about.released


def test_counts_that_lie_are_caught_by_the_ledger(tmp_path):
    forger = make_forger(tmp_path)
    with forger.chair as chair:
        lie = Counts(**{**json.loads(forger.signed())["counts"], "ratings": 5})
        assert not _receive(chair, forger.file(forger.signed(counts=lie)), tmp_path).refused
        with pytest.raises(Exception, match="declare") as refused:
            release(chair, without={"Cy": "not part of this test"})
        assert refused.value.details == ("Bo, ratings: declared 5, opened 6, stored 6",)
        assert not chair.about.released


def test_a_mark_of_somebody_elses_identity_releases_nothing(tmp_path):
    """Whoever learns the id of another's mark may hold the release up, but never change it."""
    forger = make_forger(tmp_path)
    with forger.chair as chair:
        cy = chair.members.by_name("Cy").id
        pack = chair.members.pack(cy)
        cheat = replace(
            forger,
            key=OTHER,
            token=keyring.token_of(chair, cy, pack),
            header=replace(forger.header, member=cy, pack=pack, public_key=OTHER.public),
        )
        for untrusted in (forger.honest, cheat.with_work(forger.work)):
            assert _receive(chair, untrusted, tmp_path).standing is Standing.RECEIVED
        with pytest.raises(ReturnError, match="a mark that is Bo's") as refused:
            release(chair)
        assert refused.value.details == ("Cy",)
        release(chair, without={"Cy": "cannot be opened"})
        assert {m.member for m in chair.marks.of_case(forger.header.member, _first(chair))} == {
            forger.header.member
        }


def _first(chair):
    return chair.cases.all()[0].id


def test_a_pack_of_unknown_origin_is_not_called_replaced(forger, tmp_path):
    verdict = _receive(forger.chair, forger.file(forger.signed(pack="ab" * 32)), tmp_path)
    assert "was not issued to Bo" in verdict.sentence


def test_an_honest_return_is_taken(forger):
    opened = open_outer(forger.honest, keyring.receiving_key(forger.chair).secret)
    assert opened.header == forger.header


def _flip(untrusted, bit):
    changed = bytearray(untrusted)
    changed[bit // 8] ^= 1 << (bit % 8)
    return bytes(changed)


def _all_refused(forger, variants):
    """Return how many were refused; a duplicate of the honest one would be an acceptance."""
    secret = keyring.receiving_key(forger.chair).secret
    refused = 0
    for untrusted in variants:
        with pytest.raises(ReturnError):
            open_outer(untrusted, secret)
        refused += 1
    return refused


def test_changed_bits_and_cuts_are_refused(forger):
    """A stride over all bits and all lengths, and all of them in the part behind age."""
    bits = len(forger.honest) * 8
    assert _all_refused(forger, (_flip(forger.honest, bit) for bit in range(0, bits, 13))) > 1000
    cuts = range(0, len(forger.honest), 5)
    assert _all_refused(forger, (forger.honest[:length] for length in cuts)) > 300


def test_changed_bits_behind_the_outer_layer_are_refused(forger):
    """As if age were broken: the signature and the hash of the inner layer must hold alone."""
    plain = forger.plain(forger.signed())
    variants = (
        envelope.lock(_flip(plain, bit), forger.receiving) for bit in range(0, len(plain) * 8, 11)
    )
    assert _all_refused(forger, variants) > 1000


@pytest.mark.nightly
def test_every_changed_bit_and_every_cut_is_refused(forger):
    plain = forger.plain(forger.signed())
    flips = (_flip(forger.honest, bit) for bit in range(len(forger.honest) * 8))
    assert _all_refused(forger, flips) == len(forger.honest) * 8
    cuts = (forger.honest[:length] for length in range(len(forger.honest)))
    assert _all_refused(forger, cuts) == len(forger.honest)
    behind = (envelope.lock(_flip(plain, bit), forger.receiving) for bit in range(len(plain) * 8))
    assert _all_refused(forger, behind) == len(plain) * 8


def test_what_is_no_readable_file_is_refused(forger, tmp_path):
    folder, gone = tmp_path / "folder.return", tmp_path / "gone.return"
    folder.mkdir()
    fifo = tmp_path / "pipe.return"
    os.mkfifo(fifo)
    verdicts = receive(forger.chair, [folder, gone, fifo])
    assert [v.layer for v in verdicts] == ["file", "file", "file"]
