"""What the envelope takes, and each thing that it refuses before the age library sees it."""

import base64

import pyrage
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer.crypto import envelope, identity
from reviewer.errors import ReturnError

KEY = identity.new_age_key()
OTHER = identity.new_age_key()


def _refused(untrusted, layer):
    with pytest.raises(ReturnError) as refused:
        envelope.unlock(untrusted, KEY.secret)
    assert refused.value.layer == layer, str(refused.value)
    return str(refused.value)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=4096))
def test_what_is_locked_to_a_key_is_unlocked_by_it(plain):
    assert envelope.unlock(envelope.lock(plain, KEY.public), KEY.secret) == plain


def test_every_changed_bit_and_every_cut_is_refused():
    sealed = envelope.lock(b"six words", KEY.public)
    for at in range(len(sealed) * 8):
        changed = bytearray(sealed)
        changed[at // 8] ^= 1 << (at % 8)
        with pytest.raises(ReturnError):
            envelope.unlock(bytes(changed), KEY.secret)
    for length in range(len(sealed)):
        with pytest.raises(ReturnError):
            envelope.unlock(sealed[:length], KEY.secret)


@pytest.mark.parametrize("tail", [b"x", b"\n", bytes(16), bytes(70_000)])
def test_nothing_may_follow_the_end(tail):
    _refused(envelope.lock(b"words", KEY.public) + tail, "age")


def test_another_recipient_is_named():
    _refused(envelope.lock(b"words", OTHER.public), "recipient")


def test_two_recipients_are_refused():
    both = [pyrage.x25519.Recipient.from_str(key.public) for key in (KEY, OTHER)]
    assert "exactly one key" in _refused(pyrage.encrypt(b"words", both), "age")


def test_a_passphrase_file_is_refused_without_its_cost():
    mac = base64.b64encode(bytes(32)).rstrip(b"=")
    salt = base64.b64encode(bytes(16)).rstrip(b"=")
    header = b"age-encryption.org/v1\n-> scrypt %b 63\n%b\n--- %b\n" % (salt, mac, mac)
    assert "passphrase" in _refused(header + bytes(64), "age")


def test_armor_is_refused():
    armored = pyrage.encrypt(b"w", [pyrage.x25519.Recipient.from_str(KEY.public)], armored=True)
    assert "text form" in _refused(armored, "age")


def test_grease_is_ignored():
    # The age library puts grease of random shape into what it writes: this many hold some.
    sealed = [envelope.lock(b"words", KEY.public) for _ in range(40)]
    assert any(b"-grease" in file for file in sealed)
    assert {envelope.unlock(file, KEY.secret) for file in sealed} == {b"words"}


@pytest.mark.parametrize(
    "untrusted",
    [
        b"",
        b"PK\x03\x04",
        b"age-encryption.org/v2\n",
        b"age-encryption.org/v1\n",
        b"age-encryption.org/v1\n" + b"-> X25519 abc\n\n" * 10_000,
        b"age-encryption.org/v1\n-> X25519 abc\nabc\n--- abc\n",
        b"age-encryption.org/v1\r\n",
    ],
)
def test_a_header_that_is_none_is_refused(untrusted):
    _refused(untrusted, "age")


def test_a_file_over_the_limit_is_not_read():
    _refused(bytes(envelope.MAX_BYTES + 1), "size")


def test_a_signature_holds_for_one_kind_and_one_payload():
    key = identity.new_signing_key()
    public = bytes.fromhex(key.public)
    signature = envelope.sign("return", b"payload", key.secret)
    envelope.verify("return", b"payload", signature, public)
    other = bytes.fromhex(identity.new_signing_key().public)
    for kind, payload, signed, by in [
        ("update", b"payload", signature, public),
        ("return", b"payloa", signature, public),
        ("return 7", b"payload", signature, public),
        ("return", b"payload", bytes(64), public),
        ("return", b"payload", signature[:63], public),
        ("return", b"payload", signature, other),
        ("return", b"payload", signature, b"short"),
        ("return", b"payload", signature, bytes(32)),
    ]:
        with pytest.raises(ReturnError) as refused:
            envelope.verify(kind, payload, signed, by)
        assert refused.value.layer == "signature"
