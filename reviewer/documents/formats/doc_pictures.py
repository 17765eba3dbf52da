"""The drawings of a Word file of the old kind: their pictures and words ([MS-ODRAW] 2.2)."""

import struct
from collections.abc import Iterator

from reviewer.documents.formats.doc_file import Doc
from reviewer.documents.refusals import Refused
from reviewer.records.text import clean

_DRAWINGS = 50  # the table that tells of all drawings of a file
_SHAPE, _STORED, _WHO, _LOOKS = 0xF004, 0xF007, 0xF00A, 0xF00B
_PICTURE = 0x0104  # the property of a shape that names its picture
_ACROSS, _ABOUT = 0x00C0, 0x0381  # words drawn as a shape, and what describes it
_LONG = 0x8000  # of a property whose value lies behind all properties: how many bytes it has
_STARTS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
_RECORDS = 200_000
_HEAD, _TWIPS = 8, 20.0

Size = tuple[float, float]


class Pictures:
    """Where each picture of a file lies; ``read`` returns its bytes by the name given here.

    ``said`` has for each shape what is written in it and nowhere in the text.
    """

    def __init__(self, doc: Doc) -> None:
        self._doc = doc
        self._stored: list[int] = []  # where the bytes of each lie
        self._of_shape: dict[int, int] = {}
        self.said: dict[int, list[str]] = {}
        table = doc.part(_DRAWINGS)
        shape = 0
        for kind, count, start, end in _records(table):
            if kind == _STORED and end - start >= 36:
                self._stored.append(int.from_bytes(table[start + 28 : start + 32], "little"))
            elif kind == _SHAPE:
                shape = 0
            elif kind == _WHO:
                shape = int.from_bytes(table[start : start + 4], "little")
            elif kind == _LOOKS:
                self._take(shape, table[start:end], count)

    def _take(self, shape: int, untrusted: bytes, count: int) -> None:
        """Learn what the properties of a shape say of its picture and of its words."""
        for what, value, _ in _properties(untrusted, count):
            if what == _PICTURE:
                self._of_shape[shape] = value
        if said := _said(untrusted, count):
            self.said.setdefault(shape, []).extend(said)

    @staticmethod
    def within(place: int) -> str:
        """Return the name of the picture that lies at a place of the data."""
        return f"data {place}"

    def size(self, place: int) -> Size | None:
        """Return how large the picture at a place of the data is to be, in points."""
        head = self._doc.data[place : place + 36]
        if len(head) < 36:
            return None
        wide, high, across, down = struct.unpack_from("<hhHH", head, 28)
        found = wide * across / 1000 / _TWIPS, high * down / 1000 / _TWIPS
        return found if min(found) > 1 else None

    def said_within(self, place: int) -> list[str]:
        """Return what is written of the picture at a place of the data."""
        size, head = struct.unpack("<IH", self._doc.data[place : place + 6].ljust(6, b"\0"))
        own = self._doc.data[place + head : place + size]
        found: list[str] = []
        for kind, count, start, end in _records(own):
            if kind == _LOOKS:
                found += _said(own[start:end], count)
        return found

    def of_shape(self, shape: int) -> str:
        """Return the name of the picture in a shape; empty where it has none."""
        number = self._of_shape.get(shape, 0)
        return f"store {number}" if 0 < number <= len(self._stored) else ""

    def read(self, name: str) -> bytes:
        """Return the bytes of a picture. Raises ``Refused`` for one that cannot be drawn."""
        where, _, place = name.partition(" ")
        at = int(place)
        raw = self._doc.data
        if where == "store":
            raw, at = self._doc.word, self._stored[at - 1]
        size = int.from_bytes(raw[at : at + 4], "little")
        if where == "store":
            size = _HEAD + int.from_bytes(raw[at + 4 : at + 8], "little")
        own = raw[at : at + size]
        begun = min((found for mark in _STARTS if (found := own.find(mark)) >= 0), default=-1)
        if begun < 0:
            raise Refused("picture")
        return own[begun:]


def _properties(untrusted: bytes, count: int) -> Iterator[tuple[int, int, bytes]]:
    """Yield which property, its number, and what lies behind them all for it."""
    behind = 6 * count
    for at in range(0, min(len(untrusted) - 5, behind), 6):
        what, value = struct.unpack_from("<HI", untrusted, at)
        long = b""
        if what & _LONG:
            long = untrusted[behind : behind + value]
            behind += value
        yield what & 0x3FFF, value, long


def _said(untrusted: bytes, count: int) -> list[str]:
    """Return the words in the properties of a shape, as they stand on its page."""
    forms = {_ACROSS: "[across the page: {}]", _ABOUT: "[drawing: {}]"}
    found = []
    for what, _, long in _properties(untrusted, count):
        text = clean(long.decode("utf-16-le", "replace").partition("\0")[0]).strip()
        if what in forms and text:
            found.append(forms[what].format(text))
    return found


def _records(untrusted: bytes) -> Iterator[tuple[int, int, int, int]]:
    """Yield kind, count, start and end of each record, those within others too."""
    at = seen = 0
    while at + _HEAD <= len(untrusted) and seen < _RECORDS:
        version, kind, size = struct.unpack_from("<HHI", untrusted, at)
        if not 0xF000 <= kind <= 0xF200:
            at += 1  # before each drawing stands one byte that says where it belongs
            seen += 1
            continue
        seen += 1
        start = at + _HEAD
        yield kind, version >> 4, start, min(len(untrusted), start + size)
        at = start if version & 0xF == 0xF else start + size
