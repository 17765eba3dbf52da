"""Every bit of a small return flipped, every length cut, bytes behind it: all refused.

``FAULTS_STRIDE=1`` tries every one; otherwise a stride that has no common divisor with 8.
"""

import hashlib
import os
import re

import pytest

from reviewer.crypto import envelope
from reviewer.errors import ReturnError
from reviewer.exchange import keyring
from reviewer.exchange.layers import open_outer
from reviewer.exchange.merge import receive
from reviewer.exchange.release import release
from reviewer.records.panel import ReturnStatus
from tests.vectors.panel import RETURNS, load
from tests.vectors.vector import read

STRIDE = int(os.environ.get("FAULTS_STRIDE", "11"))
SENTENCE = r"[A-Z][^\n]+[.]"


@pytest.fixture(scope="module")
def forger(tmp_path_factory):
    panel = load()
    with panel.build(tmp_path_factory.mktemp("damage") / "chair.casebook") as chair:
        yield panel.forger(chair, read(RETURNS / "taken-an-honest-return.return").body)


def _flips(whole):
    for bit in range(0, len(whole) * 8, STRIDE):
        changed = bytearray(whole)
        changed[bit // 8] ^= 1 << (bit % 8)
        yield bytes(changed)


def _cuts(whole):
    for length in range(0, len(whole), STRIDE):
        yield whole[:length]


def _growths(whole):
    yield from (whole + bytes([byte]) for byte in range(256))
    yield from (whole + tail for tail in (bytes(4096), whole, b"\n" * 64, os.urandom(70_000)))


def _tried(variants, open_):
    """Open each of ``variants``; returns how many there were, all of them refused."""
    said = []
    accepted = 0
    for untrusted in variants:
        try:
            open_(untrusted)
            accepted += 1
        except ReturnError as refusal:
            said.append(str(refusal))
    assert accepted == 0
    assert len(said) > 100
    assert [words for words in set(said) if not re.fullmatch(SENTENCE, words)] == []
    return len(said)


def _tell(what, tried):
    print(f"\n{what}: {tried:,} tried, 0 accepted")  # noqa: T201 - the figures of ``make faults``


@pytest.mark.parametrize("change", [_flips, _cuts, _growths], ids=["flip", "cut", "grow"])
def test_every_changed_return_is_refused(forger, change):
    secret = keyring.receiving_key(forger.chair).secret
    tried = _tried(change(forger.honest), lambda untrusted: open_outer(untrusted, secret))
    _tell(f"outer layer, {change.__name__[1:]}", tried)


@pytest.mark.parametrize("change", [_flips, _cuts], ids=["flip", "cut"])
def test_every_change_behind_the_outer_layer_is_refused(forger, change):
    """As if age were broken: the signature and the hash of the inner layer must hold alone."""
    secret = keyring.receiving_key(forger.chair).secret
    plain = forger.plain(forger.signed())
    locked = (envelope.lock(changed, forger.receiving) for changed in change(plain))
    tried = _tried(locked, lambda untrusted: open_outer(untrusted, secret))
    _tell(f"behind the outer layer, {change.__name__[1:]}", tried)


@pytest.mark.parametrize("change", [_flips, _cuts, _growths], ids=["flip", "cut", "grow"])
def test_every_changed_inner_layer_is_refused_even_where_it_was_signed(forger, change):
    """As if the member had signed it: what release opens must refuse it by itself."""

    def open_inner(untrusted):
        opened = open_outer(untrusted, keyring.receiving_key(forger.chair).secret)
        envelope.unlock(opened.inner, forger.release_secret)

    signed = (forger.with_inner(changed) for changed in change(forger.inner))
    tried = _tried(signed, open_inner)
    _tell(f"inner layer, signed, {change.__name__[1:]}", tried)


def test_a_changed_inner_layer_is_refused_at_receipt_or_at_release(tmp_path):
    """The same through the whole program: nothing is released, and the sentence names who."""
    panel = load()
    honest = read(RETURNS / "taken-an-honest-return.return").body
    step = max(STRIDE * 389, 389)
    with panel.build(tmp_path / "chair.casebook") as chair:
        forger = panel.forger(chair, honest)
        inner = forger.inner
        for place, bit in enumerate(range(5, len(inner) * 8, step), 1):
            changed = bytearray(inner)
            changed[bit // 8] ^= 1 << (bit % 8)
            signed = forger.signed(
                seq=2 * place, prev="ab" * 32, inner=hashlib.sha256(changed).hexdigest()
            )
            file = tmp_path / "some.return"
            file.write_bytes(forger.file(signed, inner=bytes(changed)))
            (verdict,) = receive(chair, [file])
            if verdict.standing is ReturnStatus.RECEIVED:
                with pytest.raises(
                    ReturnError, match=r"^Nothing was released.*Ask Bo to seal again"
                ) as refused:
                    release(chair, without={"Cy": "not part of this test"})
                assert refused.value.layer == "inner"
            else:
                assert verdict.layer == "inner"
        assert not chair.about.released
        assert list(chair.ratings.everyone(1)) == []
