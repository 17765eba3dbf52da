"""What an Excel file of the old kind (BIFF8) holds: every cell, remark and edge of its sheets."""

import io
import struct
from collections.abc import Iterator

import olefile

from reviewer.documents import limits
from reviewer.documents.inside.ledger import numbers
from reviewer.documents.inside.ledger.held import Held, TooMuch

_BEGIN, _STRINGS, _SHARED, _LABEL = 0x809, 0xFC, 0xFD, 0x204
_NUMBER, _SHORT, _SHORTS, _FORMULA, _RESULT, _TRUTH = 0x203, 0x27E, 0xBD, 0x06, 0x207, 0x205
_SHEET, _FORMAT, _STYLE, _SINCE_1904, _TEXT_BOX = 0x85, 0x41E, 0xE0, 0x22, 0x1B6
_REMARK = 0x1C  # who wrote it
_OBJECT, _ASKED = 0x5D, 0x1BE
_BOXES = {b"\x0b\0", b"\x0c\0"}
_STATE = b"\x12\0\x08\0"  # how the part of an object begins that keeps it
_MACROS = b"\x40\0"  # a sheet of commands
_EDGES = {0x14, 0x15}
_CONTINUES = b"\x3c\0"
_NEWEST = 0x600
_TRUTHS = ("FALSE", "TRUE")
Record = tuple[int, bytes, list[bytes]]


def hold(raw: bytes) -> Held:
    """Return what an old workbook holds. Raises ``TooMuch`` for one that is older still."""
    with olefile.OleFileIO(io.BytesIO(raw)) as file:
        if not file.exists("Workbook"):
            raise TooMuch
        with file.openstream("Workbook") as stream:
            data: bytes = stream.read(limits.UNPACKED + 1)
        held = Held()
        held.add("macros", file.exists("_VBA_PROJECT_CUR"))
        held.add("attachments", sum(entry[0].startswith("MBD") for entry in _storages(file)))
    if len(data) > limits.UNPACKED or int.from_bytes(data[4:6], "little") != _NEWEST:
        raise TooMuch
    Cells(held).read(data)
    return held


def _storages(file: olefile.OleFileIO) -> set[tuple[str]]:
    return {(entry[0],) for entry in file.listdir(streams=False, storages=True)}


def _records(data: bytes) -> Iterator[Record]:
    """Yield each record with what continues it."""
    at = 0
    while at + 4 <= len(data):
        kind, size = struct.unpack_from("<HH", data, at)
        body, at = data[at + 4 : at + 4 + size], at + 4 + size
        more: list[bytes] = []
        while data[at : at + 2] == _CONTINUES:
            size = int.from_bytes(data[at + 2 : at + 4], "little")
            more.append(data[at + 4 : at + 4 + size])
            at += 4 + size
        yield kind, body, more


class Cells:
    """The records of a workbook, one after the other."""

    def __init__(self, held: Held) -> None:
        self._held = held
        self._strings: list[str] = []
        self._codes: dict[int, str] = {}
        self._styles: list[int] = []

    def read(self, data: bytes) -> None:
        """Read every record."""
        macros = False
        for kind, body, more in _records(data):
            if kind == _BEGIN:
                macros = body[2:4] == _MACROS
                self._held.add("macros", macros)
            if macros:
                continue
            try:
                self._take(kind, body, more)
            except (struct.error, IndexError):
                continue

    def _take(self, kind: int, body: bytes, more: list[bytes]) -> None:
        if kind == _STRINGS:
            self._strings = list(_Strings([body, *more]).read())
        elif kind == _SHARED:
            self._held.say(self._strings[int.from_bytes(body[6:10], "little")])
        elif kind == _SHEET:
            self._held.say(_text(body[6:], wide_count=False))
        elif kind == _FORMAT:
            self._codes[int.from_bytes(body[:2], "little")] = _text(body[2:])
        elif kind == _STYLE:
            self._styles.append(int.from_bytes(body[2:4], "little"))
        elif kind == _SINCE_1904:
            self._held.since_1904 = body[:1] == b"\1"
        elif kind == _TEXT_BOX and more:
            self._held.say(_letters(more[0][1:], wide=bool(more[0][:1] == b"\1")))
        else:
            self._cell(kind, body)

    def _cell(self, kind: int, body: bytes) -> None:
        if kind == _LABEL:
            self._held.say(_text(body[6:]))
        elif kind == _RESULT:
            self._held.say(_text(body))
        elif kind in _EDGES and body:
            self._held.say_once(numbers.edge(_text(body)))
        elif kind == _REMARK:
            self._held.say_once(_text(body[8:]))
        elif kind in {_OBJECT, _ASKED}:
            self._form(kind, body)
        elif kind == _TRUTH:
            self._held.say(_TRUTHS[body[6] & 1] if not body[7] else "")
        elif kind == _FORMULA:
            self._formula(body)
        else:
            self._numbers(kind, body)

    def _form(self, kind: int, body: bytes) -> None:
        """Take what is asked at cells, and whether a box is ticked."""
        if kind == _OBJECT:
            if body[4:6] in _BOXES:
                state = body.partition(_STATE)[2][:2]
                self._held.say("empty" if state in {b"", bytes(2)} else "ticked")
            return
        at = 4
        for _ in range(4):
            count = int.from_bytes(body[at : at + 2], "little")
            self._held.say_once(_text(body[at:]).strip("\0"))
            at += 3 + count * (1 + (body[at + 2] & 1))
        if body[0] & 0x8F == 0x83 and body[at + 4] == 0x17:
            wide = bool(body[at + 6] & 1)
            size = body[at + 5] * (1 + wide)
            listed = _letters(body[at + 7 : at + 7 + size], wide=wide)
            self._held.say_once(listed.replace("\0", " "))

    def _numbers(self, kind: int, body: bytes) -> None:
        if kind == _NUMBER:
            self._number(body[4:6], struct.unpack_from("<d", body, 6)[0])
        elif kind == _SHORT:
            self._number(body[4:6], _short(body[6:10]))
        elif kind == _SHORTS:
            for at in range(4, len(body) - 6, 6):
                self._number(body[at : at + 2], _short(body[at + 2 : at + 6]))

    def _formula(self, body: bytes) -> None:
        if body[12:14] != b"\xff\xff":
            self._number(body[4:6], struct.unpack_from("<d", body, 6)[0])
        elif body[6] == 1:
            self._held.say(_TRUTHS[body[8] & 1])

    def _number(self, style: bytes, value: float) -> None:
        at = int.from_bytes(style, "little")
        number = self._styles[at] if at < len(self._styles) else 0
        code = self._codes.get(number) or numbers.KNOWN.get(number, "")
        if not numbers.unseen(code):
            timed = numbers.is_date(number, code)
            self._held.number(f"{value:.15g}", code, timed=timed)


def _short(raw: bytes) -> float:
    """Return a number that is kept in 30 bits and two signs."""
    packed = int.from_bytes(raw, "little", signed=True)
    if packed & 2:
        value = float(packed >> 2)
    else:
        value = struct.unpack("<d", bytes(4) + (packed & ~3 & 0xFFFFFFFF).to_bytes(4, "little"))[0]
    return value / 100 if packed & 1 else value


def _letters(raw: bytes, *, wide: bool) -> str:
    return raw.decode("utf-16-le" if wide else "latin-1", "replace")


def _text(raw: bytes, *, wide_count: bool = True) -> str:
    """Return a text that stands in one record."""
    start = 3 if wide_count else 2
    count = int.from_bytes(raw[: start - 1], "little")
    flags = raw[start - 1] if len(raw) >= start else 0
    start += 2 * bool(flags & 8) + 4 * bool(flags & 4)
    size = count * (1 + (flags & 1))
    return _letters(raw[start : start + size], wide=bool(flags & 1))


class _Strings:
    """The texts of all cells, which go on in other records at any letter."""

    def __init__(self, parts: list[bytes]) -> None:
        self._parts = parts
        self._at = 8  # behind two counts
        self._part = 0

    def read(self) -> Iterator[str]:
        """Yield the texts in their order, as far as there are any."""
        while self._part < len(self._parts):
            count = int.from_bytes(self._bytes(2), "little")
            flags = int.from_bytes(self._bytes(1), "little")
            runs = int.from_bytes(self._bytes(2), "little") if flags & 8 else 0
            far = int.from_bytes(self._bytes(4), "little") if flags & 4 else 0
            yield self._said(count, wide=bool(flags & 1))
            self._bytes(4 * runs + far)
            if self._left() <= 0:
                self._turn()

    def _left(self) -> int:
        return len(self._parts[self._part]) - self._at if self._part < len(self._parts) else 0

    def _turn(self) -> None:
        self._part, self._at = self._part + 1, 0

    def _bytes(self, size: int) -> bytes:
        found = b""
        while size > len(found) and self._part < len(self._parts):
            piece = self._parts[self._part][self._at : self._at + size - len(found)]
            found += piece
            self._at += len(piece)
            if len(found) < size:
                self._turn()
        return found

    def _said(self, count: int, *, wide: bool) -> str:
        parts: list[str] = []
        while count > 0 and self._part < len(self._parts):
            room = self._left() // (1 + wide)
            if room <= 0:
                self._turn()
                wide = bool(int.from_bytes(self._bytes(1), "little") & 1)
                continue
            taken = min(count, room)
            parts.append(_letters(self._bytes(taken * (1 + wide)), wide=wide))
            count -= taken
        return "".join(parts)
