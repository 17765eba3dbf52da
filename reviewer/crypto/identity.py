"""Keys as the text and bytes they are stored as, and the proof that binds one to a token."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass

import pyrage
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from reviewer.crypto.words import fingerprint_words, hurts
from reviewer.errors import EngineError

TOKEN_BYTES = 32


@dataclass(frozen=True, kw_only=True, slots=True)
class AgeKey:
    """An X25519 identity: ``secret`` is "AGE-SECRET-KEY-1...", ``public`` is "age1..."."""

    secret: str
    public: str

    def __repr__(self) -> str:
        return f"AgeKey({self.public})"


@dataclass(frozen=True, kw_only=True, slots=True)
class SigningKey:
    """An Ed25519 key: 32 secret bytes, and the public key as 64 hexadecimal digits."""

    secret: bytes
    public: str

    def __repr__(self) -> str:
        return f"SigningKey({self.public})"


def new_age_key() -> AgeKey:
    """Return a fresh identity that files can be sealed to."""
    identity = pyrage.x25519.Identity.generate()
    return AgeKey(secret=str(identity), public=str(identity.to_public()))


def age_key(secret: str) -> AgeKey:
    """Return the identity whose secret half is ``secret``.

    Raises ``EngineError`` when it is not one: secrets come from our own casebook only.
    """
    try:
        identity = pyrage.x25519.Identity.from_str(secret)
    except pyrage.IdentityError:
        raise EngineError("A key kept in this casebook is not a key. Restore a backup.") from None
    return AgeKey(secret=secret, public=str(identity.to_public()))


def new_signing_key() -> SigningKey:
    """Return a fresh key to sign with; the words it is read aloud by hurt nobody.

    Six words are free of what the newest list leaves out for seven keys in ten, so this draws one
    and a half keys on average.
    """
    while True:
        key = signing_key(secrets.token_bytes(32))
        if not hurts(fingerprint_words(key.public)):
            return key


def signing_key(secret: bytes) -> SigningKey:
    """Return the key whose secret half is ``secret`` (32 bytes)."""
    public = Ed25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw()
    return SigningKey(secret=secret, public=public.hex())


def new_token() -> bytes:
    """Return a fresh enrolment token, known to the chair's and one panellist's casebook only."""
    return secrets.token_bytes(TOKEN_BYTES)


def enrolment(token: bytes, public: str, *, casebook: str, pack: str, member: str) -> str:
    """Return the proof, as 64 hexadecimal digits, that the holder of ``token`` names ``public``.

    It says: this key signs for this member, with this issued casebook, of this casebook.
    """
    said = f"reviewer enrolment 1\n{casebook}\n{pack}\n{member}\n{public}"
    return hmac.new(token, said.encode("utf-8"), hashlib.sha256).hexdigest()


def enrolled(
    proof: str, token: bytes, public: str, *, casebook: str, pack: str, member: str
) -> bool:
    """Return whether ``proof`` is the enrolment of ``public``, in constant time."""
    expected = enrolment(token, public, casebook=casebook, pack=pack, member=member)
    return hmac.compare_digest(proof.encode("utf-8", "replace"), expected.encode())
