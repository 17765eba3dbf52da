"""Words that a page breaks at the end of a line, with a hyphen that may not be one of the word.

``obser-`` and ``vation`` below it are found as *observation*, and as they are printed: the page
alone does not say whether *police-* and *led* are one word or two.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

BREAK = "-\n"
_BROKEN = re.compile(r"(?<![^\W\d_])([^\W\d_]{2,})-\n([^\W\d_]{2,})")


def broken_words(texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    r"""Yield each word that is broken in one of ``texts``, folded, and its first part.

    >>> list(broken_words(["the Obser-\nvation ward, 2010-\\n11"]))
    [('observation', 'obser')]
    """
    for text in texts:
        for found in _BROKEN.finditer(text) if BREAK in text else ():
            first, second = map(plain, found.groups())
            yield first + second, first


def plain(word: str) -> str:
    """Return ``word`` as words are compared: small letters without accents."""
    if word.isascii():
        return word.lower()
    letters = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def across_breaks(word: str) -> str:
    """Return an expression that finds ``word`` whole, or broken at any of its letters."""
    letters = [re.escape(letter) for letter in word]
    gaps = ("\n?" if letter == "-" else f"(?:{BREAK})?" for letter in word[:-1])
    return "".join(part for pair in zip(letters, (*gaps, ""), strict=True) for part in pair)
