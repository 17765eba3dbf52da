"""Which keys and tokens a casebook keeps, under which names, and when they are made.

Only the public half of the release key is handed out here. What opens the returns is put together
in ``custody``, which nothing but the release imports.
"""

from dataclasses import replace
from typing import Any

from reviewer.casebook.book import Casebook
from reviewer.crypto.identity import (
    AgeKey,
    SigningKey,
    age_key,
    new_age_key,
    new_signing_key,
    signing_key,
)
from reviewer.crypto.words import fingerprint_words
from reviewer.errors import StateError
from reviewer.exchange.padding import first_class
from reviewer.records.ids import MemberId
from reviewer.records.panel import RoundKey

_RECEIVING = "age receiving"
RELEASE = "age release"
RELEASE_TO = "release recipient"
RELEASE_HALF = "release half"
_SIGNING = "ed25519 signing"
_CHAIR = "ed25519 updates"
UPDATES = "age updates"  # the name of the update key in an issued casebook
TOKEN = "token"  # noqa: S105 - the name it is kept under in an issued casebook
_TOKEN_OF = "token {member} {pack}"  # noqa: S105 - ... and in the chair's, one a casebook issued


def receiving_key(book: Casebook) -> AgeKey:
    """Return the key that the outer layer of returns is sealed to; made on first use."""
    return _age(book, _RECEIVING)


def release_recipient(book: Casebook, round_number: int | None = None) -> str:
    """Return the public half ("age1...") of the key that the work of a round is sealed to.

    The open round's where none is named. Made on first use where the casebook keeps the whole key;
    the secret half is not read again.
    """
    key = book.custody.of_round(round_number or book.about.round)
    if key is not None:
        return key.recipient
    known = book.secrets.get(RELEASE_TO)
    if known is None:
        known = _age(book, RELEASE).public.encode("ascii")
        book.secrets.put({RELEASE_TO: known})
    return known.decode("ascii")


def recipients(book: Casebook) -> dict[int, str]:
    """Return what the returns of each round are sealed to, where it has a key of its own."""
    keys = {number: book.custody.of_round(number) for number in range(1, book.about.round + 1)}
    return {number: key.recipient for number, key in keys.items() if key is not None}


def round_key(book: Casebook, round_number: int | None = None) -> RoundKey:
    """Return how a return of a round is sealed, the open one's where none is named.

    An issued casebook knows it from its issue or the last update; the chair's works it out. Raises
    ``StateError`` for a casebook that was issued to nobody.
    """
    about = book.about
    number = round_number or about.round
    known = book.custody.of_round(number)
    if known is None and about.kind != "chair":
        raise StateError("This casebook was not issued to anybody, so it cannot be sealed.")
    room = first_class(len(book.cases.all()), len(about.framework.codes))
    if known is None:
        return RoundKey(recipient=release_recipient(book, number), room=room)
    return known if about.kind != "chair" and known.room else replace(known, room=room)


def key_row(key: RoundKey) -> list[Any]:
    """Return what returns are sealed to as it travels: key, room, and whose sheet or nothing."""
    whose = key.custodian
    return [key.recipient, key.room, [whose.name, whose.since, whose.mark] if whose else []]


def enrol(book: Casebook) -> str:
    """Make the signing key of whoever rates in this casebook, where it has none yet.

    Returns the six words of the public key. The key never leaves this file: copies of the issued
    casebook make keys of their own, and the chair sees two keys for one token as a fork.
    """
    return fingerprint_words(own_key(book).public)


def known_words(book: Casebook) -> str:
    """Return the six words of the key that signs here, or "" where none is made yet."""
    secret = book.secrets.get(_SIGNING)
    return "" if secret is None else fingerprint_words(signing_key(secret).public)


def own_key(book: Casebook) -> SigningKey:
    """Return the signing key of whoever rates here; made on first use."""
    if not book.about.member:
        raise StateError("Nobody rates in this casebook, so there is nothing to sign in it.")
    secret = book.secrets.get(_SIGNING)
    if secret is not None:
        return signing_key(secret)
    key = new_signing_key()
    book.secrets.put({_SIGNING: key.secret})
    return key


def chair_key(book: Casebook) -> SigningKey:
    """Return the key that updates are signed with; made on first use."""
    if book.about.kind != "chair":
        raise StateError("Only the chair's casebook writes updates. Open that one.")
    secret = book.secrets.get(_CHAIR)
    if secret is not None:
        return signing_key(secret)
    key = new_signing_key()
    book.secrets.put({_CHAIR: key.secret})
    return key


def update_key(book: Casebook) -> AgeKey:
    """Return the key that updates to this issued casebook are sealed to."""
    secret = book.secrets.get(UPDATES)
    if secret is None:
        raise StateError(
            "This casebook was issued before there were updates, so it cannot take any. Ask the"
            " chair to issue another one; what you have sealed and returned already is kept."
        )
    return age_key(secret.decode("ascii"))


def own_token(book: Casebook) -> bytes:
    """Return the enrolment token of an issued casebook."""
    token = book.secrets.get(TOKEN)
    if token is None:
        raise StateError("This casebook was not issued to anybody, so it has no token.")
    return token


def token_of(book: Casebook, member: MemberId, pack: str) -> bytes | None:
    """Return the token that went into the casebook ``pack`` of ``member``, or None."""
    return book.secrets.get(_TOKEN_OF.format(member=member, pack=pack))


def keep_new_token(book: Casebook, member: MemberId, pack: str, token: bytes) -> None:
    """Keep the token of a casebook that is being issued."""
    book.secrets.put({_TOKEN_OF.format(member=member, pack=pack): token})


def _age(book: Casebook, name: str) -> AgeKey:
    if book.about.kind != "chair":
        raise StateError("Only the chair's casebook has the keys that open returns.")
    secret = book.secrets.get(name)
    if secret is not None:
        return age_key(secret.decode("ascii"))
    key = new_age_key()
    book.secrets.put({name: key.secret.encode("ascii")})
    return key
