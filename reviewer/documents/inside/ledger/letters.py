"""The letters of a text's bytes, made out by the count itself."""

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Old names of which programs take the wider set that was meant.
_WIDER = {
    "iso88591": "cp1252", "latin1": "cp1252", "usascii": "cp1252", "ascii": "cp1252",
    "iso88598i": "iso8859-8", "iso88598e": "iso8859-8", "iso88599": "cp1254", "gb2312": "gb18030",
    "gbk": "gb18030", "shiftjis": "cp932", "xsjis": "cp932", "euckr": "cp949",
    "ksc56011987": "cp949", "macintosh": "mac-roman", "unicode11utf7": "utf-7",
    "iso885911": "cp874", "tis620": "cp874",
}  # fmt: skip
_ZEROS = re.compile(rb"\0+")
_PLAIN = re.compile(r"[^a-z0-9]")


def letters(raw: bytes, stated: str = "") -> str:
    """Return bytes as text: by their mark, as they are said to be, as UTF-8 or Windows-1252."""
    for mark, name in _MARKS:
        if raw.startswith(mark):
            return raw.decode(name, "replace")
    if stated and not raw.isascii():
        try:
            return _stated(raw, stated)
        except (LookupError, ValueError):
            pass
    elif stated and _PLAIN.sub("", stated.lower()) in {"utf7", "unicode11utf7", "iso2022jp", "hz"}:
        return raw.decode(stated, "replace")
    return _of_two(raw) if b"\0" in raw else _plain(raw)


def _of_two(raw: bytes) -> str:
    """Return letters of two bytes; rows of zeros in a text are what a lost block left."""
    low, high = raw[::2].count(0), raw[1::2].count(0)
    if len(_ZEROS.findall(raw)) <= max(3, (len(raw) - low - high) // 200):
        return _plain(raw.replace(b"\0", b""))
    return raw.decode("utf-16-le" if high > low else "utf-16-be", "replace")


def _plain(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def _stated(raw: bytes, stated: str) -> str:
    name = _WIDER.get(_PLAIN.sub("", stated.lower()), stated)
    if name == "cp1252":
        return _plain(raw)
    return raw.decode(name)
