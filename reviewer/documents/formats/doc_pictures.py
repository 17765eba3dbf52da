"""The pictures of a Word file of the old kind, found in its drawing records ([MS-ODRAW] 2.2)."""

import struct
from collections.abc import Iterator

from reviewer.documents.formats.doc_file import Doc
from reviewer.documents.refusals import Refused

_DRAWINGS = 50  # the table that tells of all drawings of a file
_SHAPE, _STORED, _WHO, _LOOKS = 0xF004, 0xF007, 0xF00A, 0xF00B
_PICTURE = 0x0104  # the property of a shape that names its picture
_STARTS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
_RECORDS = 200_000
_HEAD, _TWIPS = 8, 20.0

Size = tuple[float, float]


class Pictures:
    """Where each picture of a file lies; ``read`` returns its bytes by the name given here."""

    def __init__(self, doc: Doc) -> None:
        self._doc = doc
        self._stored: list[int] = []  # where the bytes of each lie
        self._of_shape: dict[int, int] = {}
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
                for entry in range(start, min(end, start + 6 * count), 6):
                    what, value = struct.unpack("<HI", table[entry : entry + 6].ljust(6, b"\0"))
                    if what & 0x3FFF == _PICTURE:
                        self._of_shape[shape] = value

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
