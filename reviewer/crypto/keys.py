"""From a passphrase and a file's own salt to the raw key of a casebook (SECURITY 1.2)."""

import os
import unicodedata

from argon2.low_level import Type, hash_secret_raw

from reviewer.crypto.profiles import CHEAP, STANDARD, TESTING, Profile
from reviewer.errors import NotACasebookError, PassphraseError

SALT_BYTES = 16
KEY_BYTES = 32
MAX_PASSPHRASE = 1024  # characters; a longer one is a file pasted by mistake


def profile_of(salt: bytes) -> Profile:
    """Return the profile that ``salt`` names.

    Raises ``NotACasebookError`` for one that is not known, or for the tests' profile outside tests
    (``REVIEWER_CHEAP_KEYS`` is not set).
    """
    if salt[0] == STANDARD.byte:
        return STANDARD
    if salt[0] == CHEAP.byte and os.environ.get(TESTING) == "1":
        return CHEAP
    raise NotACasebookError(
        "This is not a casebook that this Reviewer can open. If it should be one, it may be"
        " damaged at its very beginning, or made by a newer Reviewer."
    )


def new_salt(profile: Profile = STANDARD) -> bytes:
    """Return 16 bytes: the profile's byte and 15 random ones."""
    return bytes([profile.byte]) + os.urandom(SALT_BYTES - 1)


def derive(passphrase: str, salt: bytes) -> bytearray:
    """Return the 32-byte raw key: Argon2id over the passphrase in NFKC.

    Raises ``PassphraseError`` for one that is empty, too long, or not text at all.
    """
    profile = profile_of(salt)
    if not passphrase:
        raise PassphraseError("The passphrase is empty. Type the one that belongs to this file.")
    if len(passphrase) > MAX_PASSPHRASE:
        raise PassphraseError(f"A passphrase has at most {MAX_PASSPHRASE} characters.")
    try:
        secret = unicodedata.normalize("NFKC", passphrase).encode("utf-8")
    except UnicodeEncodeError as error:
        raise PassphraseError("The passphrase holds something that is not a character.") from error
    return bytearray(argon2id(secret, salt, profile))


def argon2id(secret: bytes, salt: bytes, cost: Profile) -> bytes:
    """Return 32 bytes of Argon2id (version 19) over ``secret`` and ``salt``."""
    return hash_secret_raw(
        secret=secret,
        salt=salt,
        time_cost=cost.passes,
        memory_cost=cost.memory_kib,
        parallelism=cost.lanes,
        hash_len=KEY_BYTES,
        type=Type.ID,
    )
