"""Which letters the bytes of a text stand for, and whether they are a text at all."""

import codecs

from reviewer.documents.refusals import Refused

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WORKING = frozenset("\t\n\r\f\x0b\x1a\x1b\x1c\x1d\x1e\x1f\x85")  # controls that texts do hold
GUESSED = "Its encoding is not stated; it was read as Windows-1252."


def decode(untrusted: bytes) -> tuple[str, bool]:
    """Return the text and whether its encoding was a guess.

    UTF-8, anything with a byte-order mark, else Windows-1252. Raises ``Refused`` for what is not
    text.
    """
    for mark, name in _MARKS:
        if untrusted.startswith(mark):
            try:
                return _text(untrusted[len(mark) :].decode(name)), False
            except UnicodeDecodeError as error:
                raise Refused("encoding") from error
    if b"\0" in untrusted:
        raise Refused("binary")
    try:
        return _text(untrusted.decode("utf-8")), False
    except UnicodeDecodeError:
        pass
    try:
        return _text(untrusted.decode("cp1252")), True
    except UnicodeDecodeError as error:
        raise Refused("binary") from error


def _text(text: str) -> str:
    controls = sum(1 for c in text if (c < " " or "\x7f" <= c <= "\x9f") and c not in _WORKING)
    if controls > len(text) // 200:
        raise Refused("binary")
    return text
