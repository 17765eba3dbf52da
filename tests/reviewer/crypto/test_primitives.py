"""The primitives below us give the published answers, and refuse what their standards refuse."""

import pytest
from argon2.low_level import core, ffi, lib
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from reviewer.crypto.keys import argon2id
from reviewer.crypto.profiles import Profile

L = 2**252 + 27742317777372353535851937790883648493  # the order of Ed25519's base point

# RFC 8032, section 7.1: secret, public, message, signature.
RFC_8032 = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        (
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701c"
            "f9b46bd25bf5f0595bbe24655141438e7a100b"
        ),
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        (
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0"
            "f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        ),
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        (
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984"
            "dc6594a7c15e9716ed28dc027beceea1ec40a"
        ),
    ),
]
# RFC 5869, appendix A.1-A.3: key, salt, info, output.
RFC_5869 = [
    (
        "0b" * 22,
        "000102030405060708090a0b0c",
        "f0f1f2f3f4f5f6f7f8f9",
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
    ),
    (
        bytes(range(80)).hex(),
        bytes(range(0x60, 0xB0)).hex(),
        bytes(range(0xB0, 0x100)).hex(),
        (
            "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e"
            "590e09da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87"
        ),
    ),
    (
        "0b" * 22,
        "",
        "",
        "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8",
    ),
]
# The reference implementation's own tests for argon2id, version 19: passes, KiB, lanes, answer.
REFERENCE = [
    (2, 256, 1, "9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe"),
    (2, 256, 2, "6d093c501fd5999645e0ea3bf620d7b8be7fd2db59c20d9fff9539da2bf57037"),
]


def test_argon2id_gives_the_answer_of_rfc_9106():
    """Section 5.3, with its secret and associated data; derived by the same library as ours."""
    parts = {
        name: ffi.new("uint8_t[]", bytes([value]) * length)
        for name, value, length in (
            ("pwd", 1, 32),
            ("salt", 2, 16),
            ("secret", 3, 8),
            ("ad", 4, 12),
        )
    }
    out = ffi.new("uint8_t[]", 32)
    context = ffi.new(
        "argon2_context *",
        {
            "out": out, "outlen": 32, "version": 0x13, "flags": lib.ARGON2_DEFAULT_FLAGS,
            "pwd": parts["pwd"], "pwdlen": 32, "salt": parts["salt"], "saltlen": 16,
            "secret": parts["secret"], "secretlen": 8, "ad": parts["ad"], "adlen": 12,
            "t_cost": 3, "m_cost": 32, "lanes": 4, "threads": 4,
            "allocate_cbk": ffi.NULL, "free_cbk": ffi.NULL,
        },
    )  # fmt: skip
    assert core(context, lib.Argon2_id) == lib.ARGON2_OK
    assert bytes(ffi.buffer(out)).hex() == (
        "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659"
    )


@pytest.mark.parametrize(("passes", "memory", "lanes", "answer"), REFERENCE)
def test_our_own_call_gives_the_reference_answers(passes, memory, lanes, answer):
    cost = Profile(byte=0, passes=passes, memory_kib=memory, lanes=lanes)
    assert argon2id(b"password", b"somesalt", cost).hex() == answer


@pytest.mark.parametrize(("secret", "public", "message", "signature"), RFC_8032)
def test_ed25519_gives_the_answers_of_rfc_8032(secret, public, message, signature):
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(secret))
    assert key.public_key().public_bytes_raw().hex() == public
    assert key.sign(bytes.fromhex(message)).hex() == signature
    key.public_key().verify(bytes.fromhex(signature), bytes.fromhex(message))


def refused(public, signature, message):
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return True
    return False


def test_ed25519_refuses_every_flipped_bit_of_signature_key_and_message():
    _, public, message, signature = (bytes.fromhex(part) for part in RFC_8032[2])
    for parts, place in (((public, signature, message), at) for at in range(8 * (32 + 64 + 2))):
        whole = bytearray(b"".join(parts))
        whole[place // 8] ^= 1 << place % 8
        assert refused(bytes(whole[:32]), bytes(whole[32:96]), bytes(whole[96:])), place


def test_ed25519_refuses_a_second_spelling_and_another_length_of_a_signature():
    _, public, message, signature = (bytes.fromhex(part) for part in RFC_8032[2])
    scalar = int.from_bytes(signature[32:], "little")
    for other in (scalar + L, L, 0, 2**256 - 1):
        assert refused(public, signature[:32] + other.to_bytes(32, "little"), message)
    for other in (b"", signature[:-1], signature + b"\x00", bytes(64), signature * 2):
        assert refused(public, other, message)


@pytest.mark.parametrize(("key", "salt", "info", "output"), RFC_5869)
def test_hkdf_gives_the_answers_of_rfc_5869(key, salt, info, output):
    wanted = bytes.fromhex(output)
    drawn = HKDF(
        algorithm=SHA256(), length=len(wanted), salt=bytes.fromhex(salt), info=bytes.fromhex(info)
    )
    assert drawn.derive(bytes.fromhex(key)) == wanted


def test_x25519_gives_the_answer_of_rfc_7748_and_refuses_a_point_of_small_order():
    """Section 6.1. (age builds on it too, in a library of its own: see ``selftest``.)"""
    secret = "77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a"
    public = "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f"
    shared = "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742"
    alice = X25519PrivateKey.from_private_bytes(bytes.fromhex(secret))
    bob = X25519PublicKey.from_public_bytes(bytes.fromhex(public))
    assert alice.exchange(bob).hex() == shared
    for point in (bytes(32), b"\x01" + bytes(31)):
        with pytest.raises(ValueError):  # noqa: PT011 - whatever it says
            alice.exchange(X25519PublicKey.from_public_bytes(point))
