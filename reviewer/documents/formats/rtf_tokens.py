"""Rich text as signs, words and bytes, and what letters the bytes stand for (RTF 1.9.1)."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from reviewer.documents import encoding

_TOKEN = re.compile(
    rb"(?P<brace>[{}])|\\(?P<word>[A-Za-z]+)(?P<number>-?[0-9]{1,10})? ?"
    rb"|\\'(?P<hex>[0-9A-Fa-f]{2})|\\(?P<sign>[^A-Za-z'])|(?P<text>[^\\{}]+)|(?P<odd>\\'?)",
    re.DOTALL,
)
_LINE_ENDS = b"\r\n\0"
_CHARSETS = {
    0: "cp1252", 77: "mac-roman", 78: "cp932", 79: "cp949", 80: "gb18030", 81: "cp950",
    128: "cp932", 129: "cp949", 130: "johab", 134: "gb18030", 136: "cp950", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251",
    222: "cp874", 238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
_PAGES = {10000: "mac-roman", 65001: "utf-8", 936: "gb18030", 1361: "johab", 708: "iso8859-6"}
_KNOWN = frozenset(
    (437, 720, 737, 775, 850, 852, 855, 857, 858, 860, 861, 862, 863, 864, 865, 866, 869, 874,
     932, 949, 950, *range(1250, 1259))
)  # fmt: skip


class Token(NamedTuple):
    """One piece of a rich text: ``kind`` is a brace, ``word``, ``sign``, ``hex`` or ``text``."""

    kind: str
    text: bytes = b""
    number: int | None = None
    end: int = 0  # where the next piece begins
    data: bytes = b""  # what ``bin`` says are no signs


def tokens(untrusted: bytes) -> Iterator[Token]:
    """Yield the pieces of a rich text; bytes that are no signs stay with the word ``bin``."""
    at = 0
    while found := _TOKEN.match(untrusted, at):
        at = found.end()
        made = _token(found)
        if made.text == b"bin" and made.kind == "word":
            size = max(0, made.number or 0)
            made = made._replace(data=untrusted[at : at + size], end=at + size)
            at += size
        if made.kind in "{}" or made.text:
            yield made


def _token(found: re.Match[bytes]) -> Token:
    kind, at = found.lastgroup or "odd", found.end()
    if kind == "brace":
        return Token(found[0].decode("ascii"), end=at)
    if kind in {"word", "number"}:
        number = found["number"]
        return Token("word", found["word"], None if number is None else int(number), at)
    if kind == "hex":
        return Token("hex", bytes.fromhex(found["hex"].decode("ascii")), end=at)
    if kind == "text":
        return Token("text", found[0].translate(None, _LINE_ENDS), end=at)
    return Token("sign", found["sign"] or b"", end=at)


def of_charset(number: int) -> str:
    """Return the codec of a face's character set; empty where the text's own holds."""
    return _CHARSETS.get(number, "")


def of_page(number: int) -> str:
    """Return the codec of a code page; empty where we have none."""
    return _PAGES.get(number) or (f"cp{number}" if number in _KNOWN else "")


def letters(untrusted: bytes, codec: str) -> tuple[str, int]:
    """Return bytes as letters, and how many of them could not be made out."""
    if codec == "cp1252":
        return encoding.latin(untrusted), 0
    text = untrusted.decode(codec, "replace")
    return text, text.count("\ufffd")
