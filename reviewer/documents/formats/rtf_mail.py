r"""The text of a mail as Outlook keeps it: RTF, packed, often with the web page it was made from.

[MS-OXRTFCP] packs it, [MS-OXRTFEX] hides a web page or a plain text in it. Nothing in it is run.
"""

import codecs
import re
from dataclasses import dataclass, replace

_START = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript "
    rb"\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
_WINDOW = 4096
_MOST = 64 << 20  # bytes unpacked
_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\(.)|([{}])|[\r\n]+|([^\\{}\r\n]+)",
    re.DOTALL,
)
_SIGNS = {
    "par": "\n", "line": "\n", "sect": "\n", "page": "\n", "row": "\n", "tab": "\t",
    "cell": "\t", "lquote": "\u2018", "rquote": "\u2019", "ldblquote": "\u201c",
    "rdblquote": "\u201d", "bullet": "\u2022", "endash": "\u2013", "emdash": "\u2014",
}  # fmt: skip
_SYMBOLS = {b"~": "\xa0", b"_": "\u2011", b"\r": "\n", b"\n": "\n"}
_SILENT = {
    "fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "themedata", "mhtmltag",
    "generator", "listtable", "listoverridetable", "rsidtbl", "xmlnstbl", "latentstyles",
}  # fmt: skip
_CHARSETS = {
    77: "mac-roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "cp936",
    136: "cp950", 161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256",
    186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Text:
    """What a packed text holds: ``page`` where it is a web page, and how many pictures not."""

    text: str
    page: bool
    unseen: int = 0


def unpack(untrusted: bytes) -> bytes:
    """Return packed RTF unpacked, as far as it goes: a file cut short keeps its beginning."""
    if untrusted[8:12] == b"MELA":
        return untrusted[16:]
    if untrusted[8:12] != b"LZFu":
        return untrusted if untrusted.startswith(b"{\\rtf") else b""
    window = bytearray(_START.ljust(_WINDOW, b"\0"))
    out, at, put = bytearray(), 16, len(_START)
    while at < len(untrusted) and len(out) < _MOST:
        flags = untrusted[at]
        at += 1
        for bit in range(8):
            wide = flags >> bit & 1  # two bytes that say where it stood before, or one letter
            token, at = untrusted[at : at + 1 + wide], at + 1 + wide
            where = int.from_bytes(token, "big")
            if len(token) <= wide or (wide and where >> 4 == put):
                return bytes(out)
            for step in range(2 + (where & 15) if wide else 1):
                one = window[((where >> 4) + step) % _WINDOW] if wide else where
                window[put] = one
                put = (put + 1) % _WINDOW
                out.append(one)
    return bytes(out)


def read(untrusted: bytes) -> Text:
    """Return the web page or the text that RTF holds."""
    reader = _Reader(untrusted)
    reader.run()
    return Text("".join(reader.out), page=reader.hides_page, unseen=reader.pictures)


@dataclass(frozen=True, slots=True)
class _State:
    """What holds within a pair of braces."""

    silent: bool = False
    tag: bool = False  # the words of a web page as it was written
    skipped: bool = False  # what RTF added to the web page
    font: int = 0
    fonts: bool = False  # within the list of fonts
    after: int = 1  # letters that stand in for one of Unicode


class _Reader:
    def __init__(self, untrusted: bytes) -> None:
        self._raw = untrusted
        self._state = _State()
        self._kept: list[_State] = []
        self._pending = bytearray()
        self._letters = "cp1252"
        self._of_font: dict[int, str] = {}
        self._over = 0  # stand-ins still to be left out
        self._starred = False
        self.hides_page = b"\\fromhtml" in untrusted[:4096]
        self.out: list[str] = []
        self.pictures = 0

    def run(self) -> None:
        at = 0
        while found := _TOKEN.match(self._raw, at):
            at = found.end()
            word, number, code, symbol, brace, text = found.groups()
            if code:
                self._bytes(bytes([int(code, 16)]))
                continue
            if text is not None:
                self._bytes(text)
            elif word:
                self._flush()
                value = None if number is None else int(number)
                if word == b"bin":
                    at += max(0, value or 0)
                else:
                    self._word(word.decode("ascii"), value)
            elif brace:
                self._flush()
                self._brace(brace)
            elif symbol:
                self._symbol(symbol)
        self._flush()

    def _brace(self, brace: bytes) -> None:
        if brace == b"{":
            self._kept.append(self._state)
            self._starred = False
        elif self._kept:
            self._state = self._kept.pop()
        self._over = 0

    def _symbol(self, symbol: bytes) -> None:
        self._flush()
        if symbol == b"*":
            self._starred = True
        elif symbol in b"{}\\":
            self._put(symbol.decode("ascii"))
        else:
            self._put(_SYMBOLS.get(symbol, ""))

    def _word(self, word: str, value: int | None) -> None:
        state = self._state
        starred, self._starred = self._starred, False
        if word == "pict" and not state.silent:
            self.pictures += 1
        if word == "htmltag" and starred:
            self._state = replace(state, tag=True, silent=False)
        elif word in _SILENT or (starred and word != "htmltag"):
            self._state = replace(state, silent=True, fonts=word == "fonttbl" or state.fonts)
        elif word == "htmlrtf":
            self._state = replace(state, skipped=value != 0)
        elif word == "uc":
            self._state = replace(state, after=max(0, min(value or 0, 16)))
        elif word == "u" and value is not None:
            self._put(chr(value % 0x10000))
            self._over = state.after
        elif word in _SIGNS:
            self._put(_SIGNS[word])
        else:
            self._letters_of(word, value)

    def _letters_of(self, word: str, value: int | None) -> None:
        if word == "ansicpg" and value is not None:
            self._letters = _codec(f"cp{value}" if value != 65001 else "utf-8")
        elif word == "f" and value is not None:
            self._state = replace(self._state, font=value)
        elif word == "fcharset" and self._state.fonts and value:  # 0 is that of the whole text
            self._of_font[self._state.font] = _CHARSETS.get(value, self._letters)

    def _bytes(self, raw: bytes) -> None:
        if self._over:
            left = raw[self._over :]
            self._over = max(0, self._over - len(raw))
            raw = left
        self._pending += raw

    def _flush(self) -> None:
        if not self._pending:
            return
        raw = bytes(self._pending)
        self._pending.clear()
        letters = self._of_font.get(self._state.font, self._letters)
        self._put(raw.decode(letters, "replace"))

    def _put(self, text: str) -> None:
        state = self._state
        if state.silent or (self.hides_page and state.skipped and not state.tag):
            return
        self.out.append(text)


def _codec(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"
