"""Words in place of digits: passphrases that are drawn, and fingerprints that are read aloud."""

import hashlib
import math
import secrets
from functools import cache

from reviewer.assets import resource

PASSPHRASE_WORDS = 6
FINGERPRINT_WORDS = 6


LEFT_OUT = {1: "words/left_out.txt", 2: "words/left_out_2.txt"}
FINGERPRINTS = 1  # the list that turns a key into words, for ever: both sides must say the same
DRAWN = 2  # the list that passphrases are drawn from


@cache
def word_list(version: int = DRAWN) -> tuple[str, ...]:
    """Return the words of one version of the list, in order (``resources/words/SOURCE.md``)."""
    left_out = _left_out(version)
    listed = resource("words/eff_large.txt").read_text(encoding="utf-8").split()
    return tuple(word for word in listed if word not in left_out)


def hurts(spoken: str) -> bool:
    """Whether words read aloud hold one that the newest list leaves out.

    Keys are made anew until theirs do not, so that the words of a key that exists never change.
    """
    return not _left_out(DRAWN).isdisjoint(spoken.split())


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

    Six words are 77 bits of a SHA-256: nobody finds a second key with the same words. They come
    from the first version of the list, whatever later ones leave out.
    """
    number = int.from_bytes(hashlib.sha256(f"reviewer key 1\n{public}".encode()).digest())
    listed = word_list(FINGERPRINTS)
    spoken = []
    for _ in range(FINGERPRINT_WORDS):
        number, index = divmod(number, len(listed))
        spoken.append(listed[index])
    return " ".join(spoken)


@cache
def _left_out(version: int) -> frozenset[str]:
    return frozenset(resource(LEFT_OUT[version]).read_text(encoding="utf-8").split())
