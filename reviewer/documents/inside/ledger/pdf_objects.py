"""The objects of a PDF, read from its bytes: where PDFium is not asked, it cannot be wrong.

Every object is taken where it is written last; cross-references are not believed. Of a file that
is encrypted nothing is read: its strings say nothing.
"""

import re
import zlib
from dataclasses import dataclass

from reviewer.documents.inside.ledger.held import TooMuch

_OBJECT = re.compile(rb"(?<![\d.])(\d{1,10})\s+\d{1,5}\s+obj\b")
_LENGTH = re.compile(rb"/Length\s+(\d{1,12})(?!\s+\d+\s+R)")
_NUMBERS = re.compile(rb"/(N|First)\s+(\d{1,9})")
_ENCRYPTED = re.compile(rb"/Encrypt\s*(?:\d+\s+\d+\s+R|<<)")
_TOKEN = re.compile(
    rb"\s*(?:%[^\r\n]*[\r\n]\s*)*"
    rb"(?:(<<)|(>>)|(\[)|(\])|(\()|<([0-9A-Fa-f\s]*)>|/([^\s()<>\[\]{}/%]*)"
    rb"|(\d{1,10})\s+\d{1,5}\s+R\b|([-+]?\d*\.?\d+)|([^\s()<>\[\]/]+))"
)
_STRING = re.compile(rb"[()\\]")
_OCTAL = re.compile(rb"[0-7]{1,3}")
_NAME = re.compile(r"#([0-9A-Fa-f]{2})")
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_OBJECTS = 500_000
_DEEP = 60
_STREAMS = 64 << 20  # bytes of packed objects that are unpacked in all


_FLATE = "FlateDecode"


@dataclass(frozen=True, slots=True)
class Ref:
    """A pointer to an object."""

    number: int


class Name(str):
    """A name, which is no text."""

    __slots__ = ()


Thing = dict[str, "Thing"] | list["Thing"] | bytes | Name | float | Ref | None


class Objects:
    """The objects of one file, parsed when they are asked for."""

    def __init__(self, raw: bytes) -> None:
        self.encrypted = _ENCRYPTED.search(raw) is not None
        self._at: dict[int, tuple[bytes, int]] = {}
        self._known: dict[int, Thing] = {}
        self._left = _STREAMS
        if not self.encrypted:
            self._index(raw)

    def root(self) -> dict[str, Thing]:
        """Return the catalogue of the file: the last there is."""
        for number in reversed(self._at):
            found = self.got(Ref(number))
            if isinstance(found, dict) and found.get("Type") == "Catalog":
                return found
        return {}

    def got(self, thing: Thing) -> Thing:
        """Return what a pointer points at, and anything else as it is."""
        for _ in range(8):
            if not isinstance(thing, Ref):
                return thing
            if thing.number not in self._known:
                raw, at = self._at.get(thing.number, (b"null", 0))
                self._known[thing.number] = parsed(raw, at)[0]
            thing = self._known[thing.number]
        return None

    def dict_of(self, thing: Thing) -> dict[str, Thing]:
        """Return a dictionary, or an empty one where there is none."""
        found = self.got(thing)
        return found if isinstance(found, dict) else {}

    def list_of(self, thing: Thing) -> list[Thing]:
        """Return a list, or an empty one where there is none."""
        found = self.got(thing)
        return found if isinstance(found, list) else []

    def stream_of(self, thing: Thing) -> bytes:
        """Return what a stream holds, unpacked where it is packed in the usual way; or nothing."""
        if not isinstance(thing, Ref) or thing.number not in self._at:
            return b""
        raw, at = self._at[thing.number]
        told, end = parsed(raw, at)
        begins = raw.find(b"stream", end)
        if not isinstance(told, dict) or begins < 0:
            return b""
        begins += 8 if raw[begins + 6 : begins + 8] == b"\r\n" else 7
        size = self.got(told.get("Length"))
        body = raw[begins : begins + int(size)] if isinstance(size, float) else b""
        filters = self.list_of(told.get("Filter")) or [self.got(told.get("Filter"))]
        if filters == [None]:
            return body
        try:
            return zlib.decompressobj().decompress(body, 1 << 20) if filters == [_FLATE] else b""
        except zlib.error:
            return b""

    def _index(self, raw: bytes) -> None:
        at = 0
        ends, streams = _Ahead(raw, b"endobj"), _Ahead(raw, b"stream")
        while found := _OBJECT.search(raw, at):
            if len(self._at) > _OBJECTS:
                raise TooMuch
            number = int(found[1])
            self._at.pop(number, None)
            self._at[number] = raw, found.end()
            stream = streams.behind(found.end())
            if stream >= ends.behind(found.end()):
                at = found.end()
                continue
            at = self._stream(raw, found.end(), stream)

    def _stream(self, raw: bytes, start: int, stream: int) -> int:
        """Take the objects that are packed in a stream; return where it ends."""
        begins = stream + 6
        begins += 2 if raw[begins : begins + 2] == b"\r\n" else 1
        length = _LENGTH.search(raw, start, stream)
        end = begins + int(length[1]) if length else -1
        if end < 0 or not raw[end : end + 12].lstrip().startswith(b"endstream"):
            end = raw.find(b"endstream", begins)
        end = len(raw) if end < 0 else end
        if b"/ObjStm" in raw[start:stream] and b"/FlateDecode" in raw[start:stream]:
            self._packed(raw[start:stream], raw[begins:end])
        return end

    def _packed(self, head: bytes, body: bytes) -> None:
        try:
            text = zlib.decompressobj().decompress(body, self._left)
        except zlib.error:
            return
        self._left -= len(text)
        if self._left <= 0:
            raise TooMuch
        known = {key: int(value) for key, value in _NUMBERS.findall(head)}
        first = known.get(b"First", 0)
        numbers = text[:first].split()
        for at in range(0, min(len(numbers) - 1, 2 * known.get(b"N", 0)), 2):
            number = int(numbers[at])
            self._at.pop(number, None)
            self._at[number] = text, first + int(numbers[at + 1])


class _Ahead:
    """Where a word stands next: looked for once, however often it is asked for."""

    def __init__(self, raw: bytes, word: bytes) -> None:
        self._raw, self._word = raw, word
        self._next = -1

    def behind(self, at: int) -> int:
        """Return the first place of the word from ``at`` on, or the end of the file."""
        if self._next < at:
            found = self._raw.find(self._word, at)
            self._next = len(self._raw) if found < 0 else found
        return self._next


def parsed(raw: bytes, at: int, depth: int = 0) -> tuple[Thing, int]:
    """Return the thing that is written at a place, and where it ends."""
    found = _TOKEN.match(raw, at)
    if found is None or depth > _DEEP:
        return None, len(raw)
    opens, _, array, _, string, *plain = found.groups()
    if opens is not None:
        return _dictionary(raw, found.end(), depth)
    if array is not None:
        return _array(raw, found.end(), depth)
    if string is not None:
        return _string(raw, found.end())
    return _plain(*plain), found.end()


def _plain(
    coded: bytes | None, name: bytes | None, ref: bytes | None, number: bytes | None, _: object
) -> Thing:
    """Return what is written as one token."""
    if coded is not None:
        digits = b"".join(coded.split())
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
    if name is not None:
        text = name.decode("latin-1")
        return Name(_NAME.sub(lambda code: chr(int(code[1], 16)), text))
    if ref is not None:
        return Ref(int(ref))
    return float(number) if number is not None else None


def _ends(raw: bytes, at: int, sign: int) -> int:
    found = _TOKEN.match(raw, at)
    if found is None:
        return len(raw)
    return found.end() if found[sign] is not None else -1


def _dictionary(raw: bytes, at: int, depth: int) -> tuple[Thing, int]:
    found: dict[str, Thing] = {}
    while (end := _ends(raw, at, 2)) < 0:
        key, at = parsed(raw, at, depth + 1)
        if not isinstance(key, Name):
            continue
        if (end := _ends(raw, at, 2)) >= 0:
            break
        found[str(key)], at = parsed(raw, at, depth + 1)
    return found, end


def _array(raw: bytes, at: int, depth: int) -> tuple[Thing, int]:
    found: list[Thing] = []
    while (end := _ends(raw, at, 4)) < 0:
        thing, at = parsed(raw, at, depth + 1)
        found.append(thing)
    return found, end


def _string(raw: bytes, at: int) -> tuple[Thing, int]:
    parts: list[bytes] = []
    deep = 1
    while sign := _STRING.search(raw, at):
        parts.append(raw[at : sign.start()])
        at = sign.end()
        if sign[0] == b"\\":
            part, at = _escaped(raw, at)
            parts.append(part)
            continue
        deep += 1 if sign[0] == b"(" else -1
        if not deep:
            return b"".join(parts), at
        parts.append(sign[0])
    return b"".join(parts), len(raw)


def _escaped(raw: bytes, at: int) -> tuple[bytes, int]:
    octal = _OCTAL.match(raw, at)
    if octal:
        return bytes([int(octal[0], 8) & 0xFF]), octal.end()
    one = raw[at : at + 1]
    if one in {b"\r", b"\n"}:
        return b"", at + (2 if raw[at : at + 2] == b"\r\n" else 1)
    return _ESCAPES.get(one, one), at + 1


def text_of(thing: Thing) -> str:
    """Return a string as text."""
    if not isinstance(thing, bytes):
        return ""
    if thing.startswith(b"\xfe\xff"):
        return thing[2:].decode("utf-16-be", "replace")
    if thing.startswith(b"\xff\xfe"):
        return thing[2:].decode("utf-16-le", "replace")
    if thing.startswith(b"\xef\xbb\xbf"):
        return thing[3:].decode("utf-8", "replace")
    return thing.decode("cp1252", "replace")
