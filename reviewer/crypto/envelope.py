"""Sealing bytes to one recipient and signing them: age and Ed25519, with our limits in front.

The age library decides nothing about cost: it accepts a scrypt work factor that burns 46 seconds,
so the header is read by us first and anything but one X25519 stanza is refused before it is asked.
"""

import re

import pyrage
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from reviewer.errors import ReturnError

MAX_BYTES = 32 << 20  # of a whole file, before anything else is looked at
MAX_HEADER = 8 << 10  # an honest header is under 600 bytes
_VERSION = b"age-encryption.org/v1\n"
_ARMOR = b"-----BEGIN AGE ENCRYPTED FILE-----"
_STANZA = re.compile(
    rb"-> ([\x21-\x7e]+(?: [\x21-\x7e]+)*)\n((?:[A-Za-z0-9+/]{64}\n)*)([A-Za-z0-9+/]{0,63})\n"
)
_MAC = re.compile(rb"--- [A-Za-z0-9+/]{43}\n")
_SHARE = re.compile(rb"[A-Za-z0-9+/]{43}")


def lock(plain: bytes, recipient: str) -> bytes:
    """Return ``plain`` as a binary age file to one X25519 ``recipient`` ("age1...")."""
    sealed: bytes = pyrage.encrypt(plain, [pyrage.x25519.Recipient.from_str(recipient)])
    return sealed


def unlock(untrusted: bytes, secret: str) -> bytes:
    """Return the content of a binary age file to the holder of ``secret`` ("AGE-SECRET-KEY-...").

    Raises ``ReturnError`` with the layer ``size``, ``age`` or ``recipient``.
    """
    check_header(untrusted)
    try:
        plain: bytes = pyrage.decrypt(untrusted, [pyrage.x25519.Identity.from_str(secret)])
    except pyrage.DecryptError as error:
        if "No matching keys" in str(error):
            raise ReturnError(
                "This file was not sealed for this casebook, or its beginning is damaged."
                " Check which inquiry it belongs to, or ask for a new copy.",
                layer="recipient",
            ) from None
        raise _damaged("is damaged or cut short") from None
    return plain


def check_header(untrusted: bytes) -> None:
    """Raise ``ReturnError`` unless ``untrusted`` begins like a binary age file to one X25519 key.

    Stanzas whose type ends in ``-grease`` are ignored, as the age specification asks.
    """
    if len(untrusted) > MAX_BYTES:
        raise ReturnError(
            f"This file is larger than {MAX_BYTES >> 20} MiB, which no return is."
            " It was not read.",
            layer="size",
        )
    if not untrusted:
        raise _damaged("is empty")
    head = untrusted[:MAX_HEADER]
    if head.startswith(_ARMOR):
        raise _damaged("is in the text form of age, which is not accepted here")
    if not head.startswith(_VERSION):
        raise _damaged("is not a sealed file of Reviewer, or its beginning is damaged")
    keys = [kind for kind in _stanzas(head) if not kind.endswith(b"-grease")]
    if b"scrypt" in keys:
        raise _damaged("is locked with a passphrase, which is not accepted here")
    if keys != [b"X25519"]:
        raise _damaged("is not sealed to exactly one key")


def sign(kind: str, payload: bytes, secret: bytes) -> bytes:
    """Return the Ed25519 signature (64 bytes) of ``payload``; ``secret`` is 32 bytes.

    ``kind`` says what the payload is, so that a signature never fits another kind of file.
    """
    return Ed25519PrivateKey.from_private_bytes(secret).sign(_pae(kind, payload))


def verify(kind: str, payload: bytes, signature: bytes, public: bytes) -> None:
    """Raise ``ReturnError`` (layer ``signature``) unless ``public`` signed ``payload``."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, _pae(kind, payload))
    except (InvalidSignature, ValueError):
        raise ReturnError(
            "The signature of this file does not fit its content: it was changed or damaged on"
            " the way. Ask for a new copy.",
            layer="signature",
        ) from None


def _pae(kind: str, payload: bytes) -> bytes:
    """Return DSSE's pre-authentication encoding, so that no two pairs share one spelling."""
    name = kind.encode("utf-8")
    return b"DSSEv1 %d %b %d %b" % (len(name), name, len(payload), payload)


def _stanzas(head: bytes) -> list[bytes]:
    """Return the types of the stanzas in a header that ends where it must."""
    at = len(_VERSION)
    kinds: list[bytes] = []
    while stanza := _STANZA.match(head, at):
        kinds.append(_kind(stanza))
        at = stanza.end()
    if not _MAC.match(head, at):
        raise _damaged("has a damaged header")
    return kinds


def _kind(stanza: re.Match[bytes]) -> bytes:
    """Return the type of a stanza, having looked at the shape of an X25519 one."""
    kind, *arguments = stanza[1].split(b" ")
    body_fits = not stanza[2] and len(stanza[3]) == 43
    if kind == b"X25519" and not (
        len(arguments) == 1 and _SHARE.fullmatch(arguments[0]) and body_fits
    ):
        raise _damaged("has a damaged header")
    return kind


def _damaged(what: str) -> ReturnError:
    return ReturnError(f"This file {what}. Ask for a new copy.", layer="age")
