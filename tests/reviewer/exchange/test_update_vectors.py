"""One fault an update, frozen: each is refused by the layer that it names, and changes nothing."""

import io
import os
import re
import shutil
import time

import pytest

from reviewer.casebook.book import Casebook
from reviewer.crypto import envelope
from reviewer.crypto.identity import new_age_key
from reviewer.crypto.stream import lock_stream
from reviewer.errors import ReturnError
from reviewer.exchange import keyring
from reviewer.exchange.updates.apply import apply, preview
from reviewer.exchange.updates.files import read_update
from reviewer.records.requests import Status
from tests.books import PASSPHRASE
from tests.memory import grown
from tests.vectors.update_faults import VECTORS as THOUGHT
from tests.vectors.update_panel import UPDATES, load
from tests.vectors.vector import REFUSED, TAKEN, walk

VECTORS = walk(UPDATES, "*.update", at_least=50)
HONEST = "taken-an-honest-update.update"
MAX_SECONDS = 1
MAX_BYTES = 200 << 20


@pytest.fixture(scope="module")
def frozen(tmp_path_factory):
    """The frozen panellist's casebook, made once from its facts."""
    path = tmp_path_factory.mktemp("frozen") / "own.casebook"
    load().build(path).close()
    return path


@pytest.fixture(scope="module")
def forger(frozen):
    with Casebook.open(frozen, PASSPHRASE) as own:
        yield load().forger(own, VECTORS[HONEST].body)


# Versions 2 to 4 are known now: what calls itself one and lacks its fields is wrong in its layer.
KNOWN_SINCE = {
    "newer changes": "changes",
    "changes newer than keys": "changes",
    "changes newer than notes": "changes",
}


def test_every_fault_that_was_thought_of_is_frozen():
    told = {(v.layer, v.fault) for v in VECTORS.values() if v.expect == REFUSED}
    assert told == {(layer, fault) for fault, (layer, _) in THOUGHT.items()}
    assert {layer for layer, _ in told} >= {
        "age", "recipient", "magic", "signature", "header", "version", "casebook", "pack",
        "member", "chair", "framework", "changes", "bodies",
    }  # fmt: skip


@pytest.mark.parametrize("name", [n for n, v in VECTORS.items() if v.expect == REFUSED])
def test_each_fault_is_refused_in_its_layer_and_changes_nothing(forger, name, tmp_path):
    path = tmp_path / "some.update"
    path.write_bytes(VECTORS[name].body)
    before = forger.own.path.read_bytes()
    start = time.process_time()
    with grown(at_most=MAX_BYTES), pytest.raises(ReturnError) as refused:
        apply(forger.own, path)
    assert time.process_time() - start < MAX_SECONDS
    layer = KNOWN_SINCE.get(VECTORS[name].fault, VECTORS[name].layer)
    assert refused.value.layer == layer, str(refused.value)
    assert re.fullmatch(r"[A-Za-z][^\n]+[.]", str(refused.value))
    assert forger.own.updates.applied() == []
    assert forger.own.path.read_bytes() == before


def test_documents_that_replace_each_other_are_called_that(forger, tmp_path):
    """They are all there: what is wrong is another thing."""
    path = tmp_path / "some.update"
    path.write_bytes(THOUGHT["documents that replace each other"][1](forger))
    with pytest.raises(ReturnError, match="replaced by each other"):
        apply(forger.own, path)


@pytest.mark.parametrize("name", [n for n, v in VECTORS.items() if v.expect == TAKEN])
def test_what_is_right_is_applied(frozen, name, tmp_path):
    path = tmp_path / "some.update"
    path.write_bytes(VECTORS[name].body)
    with Casebook.open(shutil.copy(frozen, tmp_path / "own.casebook"), PASSPHRASE) as own:
        assert apply(own, path).told.new_documents == 1
        assert len(own.updates.applied()) == 1


def test_what_is_told_of_a_document_is_kept_as_it_came(frozen, tmp_path):
    vector = VECTORS["taken-an-update-with-notes.update"]
    (tmp_path / "some.update").write_bytes(vector.body)
    with Casebook.open(shutil.copy(frozen, tmp_path / "own.casebook"), PASSPHRASE) as own:
        before = {one.id for one in own.documents.all()}
        apply(own, tmp_path / "some.update")
        (new,) = (one for one in own.documents.all() if one.id not in before)
        assert new.origin.path == "box 7/Re\u0301ponse.msg"
        assert new.origin.facts == {"from": "a@example.org", "subject": "\u202e"}
        assert own.documents.ledger(new.id)[0].missing == ("one", "two", "three")
        assert own.documents.notes(new.id) == (
            "3 words of this file are not shown: one, two, three.",
        )


def test_what_is_missing_is_kept_as_it_came(frozen, tmp_path):
    vector = VECTORS["taken-an-update-with-missing-records.update"]
    (tmp_path / "some.update").write_bytes(vector.body)
    with Casebook.open(shutil.copy(frozen, tmp_path / "own.casebook"), PASSPHRASE) as own:
        apply(own, tmp_path / "some.update")
        (missing,) = own.requests.all()
        assert (missing.name, missing.title, missing.agency) == ("R-0311", "Ward log", "Trust")
        assert (missing.status, missing.answered) == (Status.NOT_LOCATED, "2026-05-02")


def test_bytes_without_end_are_refused(forger, tmp_path):
    """Too large to be a committed vector: an encrypted file does not compress."""
    path = tmp_path / "long.update"
    path.write_bytes(forger.file(bodies=forger.bodies + bytes(4 << 20)))
    with pytest.raises(ReturnError) as refused:
        apply(forger.own, path)
    assert refused.value.layer == "bodies"


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
                keep=lambda document, number, piece: None,
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
    cuts = (honest[:length] for length in range(len(honest)))
    behind = (envelope.lock(_flip(plain, bit), recipient) for bit in range(len(plain) * 8))
    tried = [_refused(forger, tmp_path, variants) for variants in (flips, cuts, behind)]
    assert tried == [len(honest) * 8, len(honest), len(plain) * 8]
    print("\nupdate: {:,} bits, {:,} cuts, {:,} bits behind age refused".format(*tried))  # noqa: T201


def test_a_pieces_reader_hands_out_what_it_is_given():
    out = io.BytesIO()
    key = new_age_key()
    lock_stream(iter([b"", b"ab", b"", b"c" * 200_000]), key.public, out)
    assert envelope.unlock(out.getvalue(), key.secret) == b"ab" + b"c" * 200_000
