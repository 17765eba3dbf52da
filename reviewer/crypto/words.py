"""Words in place of digits: passphrases that are drawn, and fingerprints that are read aloud."""

import hashlib
import math
import secrets
from functools import cache

from reviewer.assets import resource

PASSPHRASE_WORDS = 6
FINGERPRINT_WORDS = 6


@cache
def word_list() -> tuple[str, ...]:
    """Return the words we draw from, in order (``resources/words/SOURCE.md``)."""
    left_out = set(resource("words/left_out.txt").read_text(encoding="utf-8").split())
    listed = resource("words/eff_large.txt").read_text(encoding="utf-8").split()
    return tuple(word for word in listed if word not in left_out)


def new_passphrase(words: int = PASSPHRASE_WORDS) -> str:
    """Return ``words`` words drawn at random, with spaces between them.

    >>> len(new_passphrase().split())
    6
    """
    listed = word_list()
    return " ".join(secrets.choice(listed) for _ in range(words))


def passphrase_bits(words: int = PASSPHRASE_WORDS) -> float:
    """Return what a drawn passphrase is worth, in bits.

    >>> passphrase_bits() > 77
    True
    """
    return words * math.log2(len(word_list()))


def fingerprint_words(public: str) -> str:
    """Return the six words for a public key, the same on both sides of a telephone.

    Six words are 77 bits of a SHA-256: nobody finds a second key with the same words.
    """
    number = int.from_bytes(hashlib.sha256(f"reviewer key 1\n{public}".encode()).digest())
    listed = word_list()
    spoken = []
    for _ in range(FINGERPRINT_WORDS):
        number, index = divmod(number, len(listed))
        spoken.append(listed[index])
    return " ".join(spoken)
