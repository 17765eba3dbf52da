"""Text that people type, cleaned the same way everywhere, before it is kept."""

import unicodedata

# Bidirectional overrides and isolates can make a line read other than it is stored.
_BIDI = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C])


def clean(text: str) -> str:
    """Return ``text`` in NFC with LF and TAB as its only controls and no bidi overrides.

    Lone surrogates become U+FFFD. ``clean(clean(x)) == clean(x)``.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.encode("utf-8", "replace").decode("utf-8") if _has_surrogate(text) else text
    text = unicodedata.normalize("NFC", text).translate(_BIDI)
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) != "Cc")


def clean_line(text: str) -> str:
    """Return ``clean(text)`` as one line: runs of white space become one space."""
    return " ".join(clean(text).split())


def _has_surrogate(text: str) -> bool:
    return any("\ud800" <= c <= "\udfff" for c in text)
