"""Text that people type, cleaned the same way everywhere, before it is kept."""

import unicodedata
from collections.abc import Iterable

# Bidirectional overrides and isolates can make a line read other than it is stored.
BIDI = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C])

_DASHES = (
    "\u2212\u2043\u02d7\u00ac\u2500"  # minus, bullet and other lines that are no dashes by kind
)
_UNSEEN = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufe0e\ufe0f"  # marks, fillers: no ink


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


_TWINS = str.maketrans(
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u0432\u043a\u043c\u043d\u0442"
    "\u03b1\u03b2\u03b5\u03b6\u03b7\u03b9\u03ba\u03bc\u03bd\u03bf\u03c1\u03c4\u03c5\u03c7oil",
    "aeopcyx1jsbkmhtabezh1kmnoptyx011".replace("o", "0"),
)  # small letters, which all are by then


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


def one_alphabet(text: str) -> str:
    """Return ``text`` as ``look_alike`` does, with one letter for all that look like it.

    Cyrillic and Greek letters that have a Latin twin are that one; so are O and 0, and l, I and 1.
    For doubts only: two such texts may well differ on purpose.

    >>> one_alphabet("\u0421-O1") == one_alphabet("C-0l")
    True
    """
    return look_alike(text).translate(_TWINS)


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
