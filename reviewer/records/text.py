"""Text that people type, cleaned the same way everywhere, before it is kept."""

import unicodedata
from collections.abc import Iterable

# Bidirectional overrides and isolates can make a line read other than it is stored.
BIDI = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C])

_DASHES = (
    "\u2212\u2043\u02d7\u00ac\u2500"  # minus, bullet and other lines that are no dashes by kind
)
_UNSEEN = (
    "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\ufe0e\ufe0f"  # marks and fillers without width
)


def clean(text: str) -> str:
    """Return ``text`` in NFC with LF and TAB as its only controls and no bidi overrides.

    Lone surrogates become U+FFFD. ``clean(clean(x)) == clean(x)``.
    """
    if text.isascii() and text.isprintable():  # nothing to clean, as of most names
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.encode("utf-8", "replace").decode("utf-8") if _has_surrogate(text) else text
    text = unicodedata.normalize("NFC", text).translate(BIDI)
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) != "Cc")


def clean_line(text: str) -> str:
    """Return ``clean(text)`` as one line: runs of white space become one space."""
    return " ".join(clean(text).split())


def look_alike(text: str) -> str:
    """Return what two texts share that people cannot tell apart; for comparing only.

    Case, compatibility forms, width, dashes, white space, and what is not seen (zero width) are
    all one. Letters of other alphabets that look alike stay apart.

    >>> look_alike("2010\u20110\u200b7 A") == look_alike("2010-07 a")
    True
    """
    if text.isascii() and text.isprintable():  # twenty times as fast, and most texts are
        return " ".join(text.casefold().split())
    folded = unicodedata.normalize("NFKC", text).casefold()
    seen = (
        "-" if unicodedata.category(c) == "Pd" or c in _DASHES else c
        for c in unicodedata.normalize("NFKC", folded)
        if unicodedata.category(c) not in {"Cf", "Cc"} and c not in _UNSEEN
    )
    return " ".join("".join(seen).split())


def as_seen(text: str) -> str:
    """Return ``text`` letter by letter as people see it: NFC, plain dashes, nothing unseen.

    >>> as_seen("INV\u2013014\u200b Tŷ") == "INV-014 Tŷ"
    True
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        "-" if unicodedata.category(c) == "Pd" or c in _DASHES else c
        for c in unicodedata.normalize("NFC", text)
        if unicodedata.category(c) not in {"Cf", "Cc"} and c not in _UNSEEN
    )


def counted(n: int, one: str, many: str = "") -> str:
    """Return a number with its noun.

    >>> counted(1, "case"), counted(1200, "case"), counted(2, "entry", "entries")
    ('1 case', '1,200 cases', '2 entries')
    """
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def counts(parts: Iterable[tuple[int, str, str]]) -> list[str]:
    """Return each number with its noun, without those that are 0.

    >>> counts([(0, "case", "cases"), (2, "new document", "new documents")])
    ['2 new documents']
    """
    return [counted(n, one, many) for n, one, many in parts if n > 0]


def _has_surrogate(text: str) -> bool:
    return any("\ud800" <= c <= "\udfff" for c in text)
