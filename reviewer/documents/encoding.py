"""Which letters the bytes of a text stand for, and whether they are a text at all."""

import codecs
import re

from reviewer.documents.refusals import Refused

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WORKING = frozenset("\t\n\r\f\x0b\x1a\x1b\x1c\x1d\x1e\x1f\x85")  # controls that texts do hold
# What programs mean by these names (encoding.spec.whatwg.org), which is often a larger set.
_MEANT = {
    "iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252",
    "ascii": "cp1252", "ansi_x3.4-1968": "cp1252", "iso-8859-8-i": "iso-8859-8",
    "iso-8859-8-e": "iso-8859-8", "iso-8859-6-i": "iso-8859-6", "iso-8859-6-e": "iso-8859-6",
    "iso-8859-9": "cp1254", "iso-8859-11": "cp874", "tis-620": "cp874", "gb2312": "gb18030",
    "gbk": "gb18030", "ks_c_5601-1987": "cp949", "euc-kr": "cp949", "shift_jis": "cp932",
    "x-sjis": "cp932", "macintosh": "mac-roman", "x-mac-roman": "mac-roman",
    "unicode-1-1-utf-7": "utf-7", "unicode-1-1-utf-8": "utf-8", "cp-850": "cp850",
}  # fmt: skip
_EMPTY = b"\x81\x8d\x8f\x90\x9d"  # what Windows-1252 has no letters for
_LATIN = "".join(
    chr(one) if one in _EMPTY else bytes([one]).decode("cp1252") for one in range(256)
)
_ZEROS = re.compile(rb"\0+")
_LETTERS = 16  # of a text with zeros in it, at least
GUESSED = "Its encoding is not stated; it was read as Windows-1252."
UNFIT = "Its letters are not those that it states; they were made out from the bytes."


def stated(untrusted: bytes, letters: str) -> tuple[str, str]:
    """Return a text by the letters it says it is in, and a note where it says none or others.

    UTF-8 that is called Latin or ASCII is read as UTF-8: nobody writes what would look like it.
    Raises ``Refused`` for what is not text in any letters.
    """
    if not letters or any(untrusted.startswith(mark) for mark, _ in _MARKS):
        text, guessed = decode(untrusted)
        return text, GUESSED if guessed else ""
    name = meant(letters)
    if name == "cp1252" and not untrusted.isascii():
        try:
            return untrusted.decode("utf-8"), UNFIT
        except UnicodeDecodeError:
            return latin(untrusted), ""
    try:
        return untrusted.decode(name), ""
    except (LookupError, UnicodeDecodeError, ValueError):
        return decode(untrusted)[0], "" if untrusted.isascii() else UNFIT


def meant(letters: str) -> str:
    """Return the codec for what programs mean by the name of letters."""
    name = letters.strip().lower()
    return _MEANT.get(name, name)


def latin(untrusted: bytes) -> str:
    """Return bytes as Windows-1252; the five that it leaves empty stand for themselves."""
    return codecs.charmap_decode(untrusted, "strict", _LATIN)[0]


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
        if _is_padded(untrusted):
            return decode(untrusted.replace(b"\0", b""))
        return _text(_two_bytes(untrusted)), False
    try:
        return _text(untrusted.decode("utf-8")), False
    except UnicodeDecodeError:
        pass
    try:
        return _text(untrusted.decode("cp1252")), True
    except UnicodeDecodeError as error:
        raise Refused("binary") from error


def _is_padded(untrusted: bytes) -> bool:
    """Whether zeros stand in few rows of a text, as a computer that lost power leaves them."""
    rows = sum(1 for _ in _ZEROS.finditer(untrusted))
    letters = len(untrusted) - untrusted.count(0)
    return letters >= _LETTERS and rows <= max(3, letters // 200)


def _two_bytes(untrusted: bytes) -> str:
    """Return UTF-16 without a mark: half of what most languages write in it is zeros."""
    low, high = untrusted[::2].count(0), untrusted[1::2].count(0)
    pairs = len(untrusted) // 2
    for most, least, name in ((high, low, "utf-16-le"), (low, high, "utf-16-be")):
        if len(untrusted) % 2 == 0 and most > pairs * 0.4 and least <= pairs // 100:
            try:
                return untrusted.decode(name)
            except UnicodeDecodeError as error:
                raise Refused("encoding") from error
    raise Refused("binary")


def _text(text: str) -> str:
    controls = sum(1 for c in text if (c < " " or "\x7f" <= c <= "\x9f") and c not in _WORKING)
    if controls > len(text) // 200:
        raise Refused("binary")
    return text
