"""What a rich text holds: every word of every group but those that are known to be code."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from reviewer.documents.inside.ledger import metafile
from reviewer.documents.inside.ledger.held import Held, TooMuch

_TOKEN = re.compile(
    rb"\\'([0-9a-fA-F]{2})|\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\(.)|([{}])|([^\\{}\r\n]+)|[\r\n]",
    re.DOTALL,
)
_CODE = {
    "fonttbl", "colortbl", "stylesheet", "info", "pict", "fldinst", "datafield", "filetbl",
    "listtable", "listoverridetable", "rsidtbl", "generator", "themedata", "colorschememapping",
    "latentstyles", "datastore", "xmlnstbl", "listtext", "pntext", "objdata", "objclass",
    "pgptbl", "mmathPr", "atnid", "atndate", "atnref", "atrfstart", "atrfend", "bkmkstart",
    "bkmkend", "revtbl", "xe", "tc", "panose", "falt", "sn", "ffname", "ffdeftext", "ffl",
    "ffhelptext", "ffstattext", "nonshppict", "wgrffmtfilter", "passwordhash", "userprops",
    "operator", "fchars", "lchars", "ftnsep", "ftnsepc", "aftnsep", "aftnsepc", "ftncn", "upr",
    "shprslt",
    "formfield", "htmltag", "mhtmltag", "pnseclvl", "listpicture", "picprop", "template",
    "objname", "atnparent", "docvar", "protusertbl", "oldcprops", "oldpprops",
}  # fmt: skip
_OPEN = {"shpinst", "fldrslt", "ud", "shppict"}  # what follows is read, whatever stood before
_APART = {"shptxt", "footnote", "atnauthor", "annotation", "dptxbxtext"}  # a text by itself
_LOOKS = {"deleted", "revised", "strike", "striked", "v"}
_GAPS = {
    "par", "line", "tab", "cell", "row", "sect", "page", "nestcell", "nestrow", "column", "lbr",
    "emdash", "endash", "bullet", "lquote", "rquote", "ldblquote", "rdblquote", "emspace",
    "enspace", "qmspace", "chftn", "softline", "plain", "shp", "do", "object", "softpage", *_LOOKS,
}  # fmt: skip
_ONCE = {"header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf"}
_CHARSETS = {
    77: "mac-roman", 128: "cp932", 129: "cp949", 130: "cp1361", 134: "gb18030", 136: "big5",
    161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257",
    204: "cp1251", 222: "cp874", 238: "cp1250", 255: "cp437",
}  # fmt: skip
_LINK = re.compile(r"HYPERLINK\s+\"([^\"]+)\"", re.IGNORECASE)
_SIGNS = 2  # the letters of such a font are signs
_DEEP = 4_000
_DRAWN = re.compile(rb"\\(?:emfblip|wmetafile-?\d{0,9})(?![a-z])")
_BRACE = re.compile(rb"[{}]")
_WORD = re.compile(rb"\\[a-z]+-?\d* ?")
_DIGITS = re.compile(rb"[0-9A-Fa-f]+")
_BEFORE = 400  # bytes before a drawing in which it is said whether another stands for it


@dataclass(slots=True)
class _Group:
    code: bool = False
    kind: str = ""
    skip: int = 1  # bytes that stand for a sign already said
    font: int = -1
    looks: bool = False  # its words carry a sign on the page
    aside: bool = False  # what stands here only for programs that show web pages


@dataclass(slots=True)
class _Reader:
    held: Held
    groups: list[_Group] = field(default_factory=lambda: [_Group()])
    texts: list[list[str]] = field(default_factory=lambda: [[]])
    fonts: dict[int, str] = field(default_factory=dict)
    letters: str = "cp1252"
    packed: bytearray = field(default_factory=bytearray)
    order: list[str] = field(default_factory=list)
    skip: int = 0
    star: bool = False
    defined: int = -1  # the font of the table that is described

    def read(self, raw: bytes) -> None:
        """Read the whole."""
        at = 0
        while found := _TOKEN.match(raw, at):
            at = found.end() + self._token(found)
            if found[5] == b"}" and len(self.groups) == 1:
                break
        self._settle()
        while self.texts:
            self._close(self.texts.pop(), once=False)

    def _token(self, found: re.Match[bytes]) -> int:
        """Take one token; return how many bytes behind it are none of the text's."""
        coded, word, number, sign, brace, plain = found.groups()
        if word == b"bin":
            return max(0, int(number or b"0"))
        if coded or plain:
            self._bytes(bytes.fromhex(coded.decode()) if coded else plain)
        elif word:
            self._word(word.decode(), int(number) if number else None)
        elif brace:
            self._brace(brace)
        elif sign:
            self._sign(sign)
        return 0

    def _brace(self, brace: bytes) -> None:
        self._settle()
        self.skip = 0
        if brace == b"{":
            last = self.groups[-1]
            if len(self.groups) > _DEEP:
                raise TooMuch
            self.groups.append(_Group(last.code, "", last.skip, last.font, last.aside))
            return
        if len(self.groups) == 1:
            return
        ended = self.groups.pop()
        if ended.looks:
            self._say("\n")
        if ended.kind == "fldinst":
            if link := _LINK.search("".join(self.order)):
                self.held.link(link[1].removeprefix("mailto:"))
            self.order.clear()
        elif ended.kind and len(self.texts) > 1:
            self._close(self.texts.pop(), once=ended.kind in _ONCE or ended.kind == "atnauthor")

    def _close(self, parts: list[str], *, once: bool) -> None:
        text = "".join(parts)
        if once:
            self.held.say_once(text)
            return
        for line in text.split("\n"):
            self.held.say(line)

    def _word(self, word: str, number: int | None) -> None:
        self._settle()
        group = self.groups[-1]
        if word == "u" and number is not None:
            self._say(chr(number % 0x10000))
            self.skip = group.skip
            return
        star, self.star = self.star, False
        if word == "uc":
            group.skip = max(0, number or 0)
        elif word == "ansicpg" and number:
            self.letters = _known(f"cp{number}")
        elif word == "f" and number is not None:
            group.font = self.defined = number
        elif word == "fcharset" and number is not None:
            self.fonts[self.defined] = _CHARSETS.get(
                number, "" if number == _SIGNS else self.letters
            )
        elif word == "htmlrtf":
            group.aside = number != 0
        elif word in _GAPS:
            group.looks |= word in _LOOKS
            self._say("\n")
            self._destination(group, word, star=star)
        else:
            self._destination(group, word, star=star)

    def _destination(self, group: _Group, word: str, *, star: bool) -> None:
        """Take a word that says what the group at hand is for."""
        if word == "pict" and not group.code:
            self.held.add("pictures")
        elif word == "object":
            self.held.add("attachments")
        if word in _OPEN:
            group.code = False
        elif word in _ONCE or word in _APART:
            self._say("\n")
            group.kind = word
            self.texts.append([])
        elif word in _CODE or star:
            group.code = True
            if word == "fldinst":
                group.kind = word

    def _sign(self, sign: bytes) -> None:
        if sign not in b"\\{}-":
            self._settle()
        if sign == b"*":
            self.star = True
        elif sign in {b"~", b"_", b"\n", b"\r"}:
            self._say("\n" if sign in b"\r\n" else " ")
        elif sign in {b"\\", b"{", b"}"}:
            self._bytes(sign)

    def _bytes(self, raw: bytes) -> None:
        if self.skip:
            gone = min(self.skip, len(raw))
            self.skip -= gone
            raw = raw[gone:]
        self.packed += raw

    def _settle(self) -> None:
        """Read the bytes at hand in the letters of their font."""
        if self.packed:
            name = self.fonts.get(self.groups[-1].font, self.letters)
            text = bytes(self.packed).decode(name, "replace") if name else " "
            self.packed.clear()
            self._say(text)

    def _say(self, text: str) -> None:
        group = self.groups[-1]
        if any(one.kind == "fldinst" for one in self.groups[-6:]):
            self.order.append(text)
        elif not group.code:
            self.texts[-1].append("\n" if group.aside else text)


def _known(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"


def hold(raw: bytes) -> Held:
    """Return what a rich text holds."""
    held = Held()
    _Reader(held).read(raw)
    for at, said in _drawings(raw):
        before = raw[max(0, at - _BEFORE) : at]
        if before.rfind(b"\\nonshppict") <= before.rfind(b"\\shppict"):  # else it is told twice
            digits = b"".join(_DIGITS.findall(_WORD.sub(b" ", said)))
            metafile.hold(bytes.fromhex(digits[: len(digits) // 2 * 2].decode()), held)
    return held


def _drawings(raw: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield where each drawing begins, and what stands in its group but not in those within."""
    at = 0
    while begins := _DRAWN.search(raw, at):
        at = begins.end()
        pieces: list[bytes] = []
        while brace := _BRACE.search(raw, at):
            pieces.append(raw[at : brace.start()])
            at = brace.end()
            if brace[0] == b"}":
                break
            at = raw.find(b"}", at) + 1 or len(raw)
        yield begins.start(), b" ".join(pieces)
