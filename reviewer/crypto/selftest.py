"""Known answers: whether the primitives below us are what they must be, before they are trusted.

A wheel that was swapped, a library that was built wrongly or a processor that miscalculates would
otherwise make files that nobody opens again, or that anybody does.
"""

import base64
import hmac
from collections.abc import Callable

import pyrage
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from reviewer.crypto.keys import argon2id
from reviewer.crypto.profiles import Profile
from reviewer.errors import EngineError

# The reference implementation's own test (argon2id, version 19), with more than one lane.
_ARGON2 = "6d093c501fd5999645e0ea3bf620d7b8be7fd2db59c20d9fff9539da2bf57037"
_ARGON2_COST = Profile(byte=0, passes=2, memory_kib=256, lanes=2)
# RFC 8032, section 7.1, test 2.
_ED25519_SECRET = "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"  # noqa: S105
_ED25519_SIGNATURE = (
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
    "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
)
# RFC 5869, appendix A.1.
_HKDF = "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"
# Made with the program age 1.1.1; the key guards nothing.
_AGE_SECRET = "AGE-SECRET-KEY-14NFQ9M9Y0KHG5G34AV64MG8VVXKQWMCX39C3DTW0525GNDX405CSSCLV2N"  # noqa: S105
_AGE_FILE = (
    "YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IFgyNTUxOSBZTnp6ejQ2b2d2clI5RlVKaitpNk5yeFd4RHZXaW5CaU1ibDVY"
    "QmFMQlhRCk1lZzVDeSt4aHhLMlZlQWJHVzB3WHBFZklqeHFZUDVoVWJaK0NudkxFcWMKLS0tIGIyOHMvbG5wL0RpZlhj"
    "eFh2bUJNU09jVE5NZUhHL1BZY1hvdnIwakdlNUUK/bBqC2a3muhYf1xAqNOm9bqKkDo3gXYQTqhKo8P2gmgze17CdqZE"
    "y5TWwJWbq6OGE+GnxwMV8NeCX+S28NBF"
)
_AGE_PLAIN = b"Reviewer reads what age wrote.\n"


def check_primitives() -> None:
    """Raise ``EngineError`` naming the first primitive that does not give its known answer."""
    for name, passes in _CHECKS.items():
        try:
            good = passes()
        except Exception as error:  # whatever a broken library raises
            raise failed(name) from error
        if not good:
            raise failed(name)


def failed(part: str) -> EngineError:
    """Return the sentence for a part that does not work as it must."""
    return EngineError(
        f"A part of Reviewer does not work as it must: {part} did not give its known answer."
        " No casebook is opened with it. Install Reviewer again, and try another computer."
    )


def _argon2id() -> bool:
    return argon2id(b"password", b"somesalt", _ARGON2_COST) == bytes.fromhex(_ARGON2)


def _ed25519() -> bool:
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(_ED25519_SECRET))
    signature = key.sign(b"\x72")
    if signature != bytes.fromhex(_ED25519_SIGNATURE):
        return False
    key.public_key().verify(signature, b"\x72")
    try:
        key.public_key().verify(signature, b"\x73")
    except InvalidSignature:
        return True
    return False


def _hkdf() -> bool:
    salt, info = bytes(range(13)), bytes(range(0xF0, 0xFA))
    drawn = HKDF(algorithm=SHA256(), length=42, salt=salt, info=info).derive(b"\x0b" * 22)
    return drawn == bytes.fromhex(_HKDF)


def _hmac() -> bool:
    """RFC 4231, test case 2."""
    code = hmac.new(b"Jefe", b"what do ya want for nothing?", "sha256").hexdigest()
    return code == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"


def _age() -> bool:
    """Read what age wrote, and what we write, which only its own key reads."""
    identity = pyrage.x25519.Identity.from_str(_AGE_SECRET)
    if pyrage.decrypt(base64.b64decode(_AGE_FILE), [identity]) != _AGE_PLAIN:
        return False
    sealed = pyrage.encrypt(_AGE_PLAIN, [identity.to_public()])
    if _AGE_PLAIN in sealed or pyrage.decrypt(sealed, [identity]) != _AGE_PLAIN:
        return False
    try:
        pyrage.decrypt(sealed, [pyrage.x25519.Identity.generate()])
    except pyrage.DecryptError:
        return True
    return False


_CHECKS: dict[str, Callable[[], bool]] = {
    "the key derivation (Argon2id)": _argon2id,
    "the signature (Ed25519)": _ed25519,
    "the derivation of keys (HKDF)": _hkdf,
    "the keyed hash (HMAC)": _hmac,
    "the envelope (age)": _age,
}
