"""The two layers of a return as bytes: put together once, taken apart from outside in.

    outer = age to the receiving key of
            ( MAGIC | public key 32 | signature 64 | length 4 | header | inner )
    inner = age to the release key of ( length 4 | the work | zeros up to its class )

The signature covers the header, the header holds the SHA-256 of the inner layer, and the public
key stands in front so that nothing is parsed before its signature has been verified.
"""

import hashlib
from dataclasses import dataclass

from reviewer.crypto import envelope, strict
from reviewer.crypto.identity import SigningKey
from reviewer.errors import ReturnError
from reviewer.exchange.header import COUNTED, TYPE, Header, decode
from reviewer.exchange.padding import pad, unpad
from reviewer.exchange.signed import MAX_BYTES
from reviewer.records.panel import RoundKey

MAGIC = b"reviewer-return\n"
KIND = f"{TYPE} 1"  # what the signature says that it signs, of every version of the header
_KEY = 32
_SIGNATURE = 64
_LENGTH = 4
_FRONT = len(MAGIC) + _KEY + _SIGNATURE + _LENGTH


@dataclass(frozen=True, kw_only=True, slots=True)
class Opened:
    """The outer layer, opened: the verified header, its digest, and the inner layer still shut.

    ``digest`` (SHA-256 of the header as signed) is what ``prev``, receipts and the journal name.
    """

    header: Header
    header_text: str
    digest: str
    inner: bytes


def put_together(header: Header, inner: bytes, key: SigningKey) -> tuple[bytes, str]:
    """Return (the return file's bytes, its digest). ``header.inner`` must be ``inner``'s hash."""
    signed = header.encode()
    front = bytes.fromhex(key.public) + envelope.sign(KIND, signed, key.secret)
    plain = MAGIC + front + len(signed).to_bytes(_LENGTH) + signed + inner
    return envelope.lock(plain, header.recipient), digest_of(signed)


def lock_work(body: bytes, key: RoundKey) -> bytes:
    """Return the inner layer over the work ``body``, padded to its class.

    Raises ``InputError`` where it is too large for any.
    """
    return envelope.lock(pad(body, key.room), key.recipient)


def open_work(opened: Opened, release_secret: str) -> bytes:
    """Return the work inside a verified return. Raises ``ReturnError`` (``inner``, ``work``)."""
    try:
        plain = envelope.unlock(opened.inner, release_secret)
    except ReturnError as refusal:
        raise ReturnError(str(refusal), layer="inner") from None
    return plain if opened.header.version == COUNTED else unpad(plain)


def digest_of(signed: bytes) -> str:
    """Return the digest of a return, taken over its header as signed."""
    return hashlib.sha256(signed).hexdigest()


def open_outer(untrusted: bytes, receiving_secret: str) -> Opened:
    """Open the outer layer and verify what can be verified without knowing any casebook.

    Raises ``ReturnError`` with the layer ``size``, ``age``, ``recipient``, ``magic``,
    ``signature``, ``header``, ``version`` or ``inner``.
    """
    plain = envelope.unlock(untrusted, receiving_secret)
    if len(plain) < _FRONT or not plain.startswith(MAGIC):
        raise ReturnError(
            "This file was sealed for this casebook, but it is not a return.", layer="magic"
        )
    at = len(MAGIC)
    public, signature = plain[at : at + _KEY], plain[at + _KEY : at + _KEY + _SIGNATURE]
    length = int.from_bytes(plain[_FRONT - _LENGTH : _FRONT])
    if length > MAX_BYTES or _FRONT + length > len(plain):
        strict.refuse("header", "is longer than its file")
    signed, inner = plain[_FRONT : _FRONT + length], plain[_FRONT + length :]
    envelope.verify(KIND, signed, signature, public)
    header = decode(signed)
    if header.public_key != public.hex():
        strict.refuse("header", "names another key than the one that signed it")
    if hashlib.sha256(inner).hexdigest() != header.inner:
        raise ReturnError(
            "The sealed work in this file is not the one that was signed. Ask for a new copy.",
            layer="inner",
        )
    return Opened(
        header=header, header_text=signed.decode("utf-8"), digest=digest_of(signed), inner=inner
    )
