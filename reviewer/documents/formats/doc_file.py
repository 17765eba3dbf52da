"""Where things lie in a Word file of the old kind (.doc, [MS-DOC]): its text, runs and tables.

Positions in the text are counted in characters; the file keeps what is said of them by where
their bytes lie, so every run is turned round once, here.
"""

import io
import struct
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import olefile

from reviewer.documents import encoding, limits
from reviewer.documents.refusals import Refused

_WORD, _BEFORE = 0xA5EC, {0xA5DC, 0xA59B, 0xA59C, 0xA5DB}
_OLDEST = 0xC0  # Word 97; what is older keeps its text otherwise
_LOCKED, _SECOND_TABLE = 0x0100, 0x0200
_COUNTS, _PLACES = 0x4C, 0x9A
_PAGE = 512
_RUNS = 1_500_000  # stretches of one look in a document
_SIZES = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}  # of what a property says, by its kind
_TABLE, _TABS = 0xD608, 0xC615
STORIES = ("main", "footnotes", "edges", "macros", "comments", "endnotes", "boxes", "edge boxes")

Properties = dict[int, bytes]
Stretch = tuple[int, int, Properties, int]  # its first byte, the last, what is said, its style
_Reader = Callable[[bytes], Iterator[Stretch]]


class Run(NamedTuple):
    """Characters of which the same is said."""

    start: int
    end: int
    said: Properties
    style: int = 0


class _Piece(NamedTuple):
    start: int
    end: int
    place: int  # of its first byte
    wide: int  # bytes a character
    said: Properties


@dataclass(slots=True)
class Plc:
    """Positions, and what is said at each."""

    positions: list[int]
    data: list[bytes]


class Doc:
    """An open file. Raises ``Refused`` for what is protected or older than Word 97."""

    def __init__(self, untrusted: bytes) -> None:
        with olefile.OleFileIO(io.BytesIO(untrusted)) as whole:
            self.names = ["/".join(entry) for entry in whole.listdir(streams=True)]
            self.word = _stream(whole, "WordDocument")
            self._check()
            flags = int.from_bytes(self.word[0x0A:0x0C], "little")
            self.table = _stream(whole, "1Table" if flags & _SECOND_TABLE else "0Table")
            self.data = _stream(whole, "Data") if whole.exists("Data") else b""
        counts = struct.unpack_from("<8i", self.word, _COUNTS)
        if any(count < 0 for count in counts):
            raise Refused("doc-broken")
        self.starts = {name: sum(counts[:at]) for at, name in enumerate(STORIES)}
        self.lengths = dict(zip(STORIES, counts, strict=True))
        self._pieces = self._read_pieces()
        self.text = "".join(self._letters(piece) for piece in self._pieces)
        self.looks = self._runs(12, _look)
        self.paragraphs = self._runs(13, _paragraph)
        self._ends = [run.end for run in self.paragraphs]

    def _check(self) -> None:
        kind, version = struct.unpack_from("<HH", self.word, 0)
        if int.from_bytes(self.word[0x0A:0x0C], "little") & _LOCKED:
            raise Refused("office-locked")
        if kind != _WORD or version < _OLDEST:
            raise Refused("doc-old" if kind == _WORD or kind in _BEFORE else "doc-broken")

    def part(self, number: int) -> bytes:
        """Return one of the tables that the head of the file points at."""
        place, size = struct.unpack_from("<II", self.word, _PLACES + 8 * number)
        return self.table[place : place + size]

    def behind(self, number: int) -> bytes:
        """Return what lies behind the start of a table, further than it says."""
        place, size = struct.unpack_from("<II", self.word, _PLACES + 8 * number)
        return self.table[place:] if size else b""

    def section(self, place: int) -> bytes:
        """Return what is said of a section that the file tells of at a place; nothing: nothing."""
        if place == 0xFFFFFFFF:
            return b""
        size = int.from_bytes(self.word[place : place + 2], "little")
        return self.word[place + 2 : place + 2 + size]

    def plc(self, number: int, size: int) -> Plc:
        """Return the table ``number``, whose entries take ``size`` bytes each."""
        return plc(self.part(number), size)

    def paragraph(self, at: int) -> Run:
        """Return what is said of the paragraph that the character at a position belongs to."""
        found = bisect_right(self._ends, at)
        if found < len(self.paragraphs) and self.paragraphs[found].start <= at:
            return self.paragraphs[found]
        return Run(at, at + 1, {})

    def looks_of(self, start: int, end: int) -> Iterator[Run]:
        """Yield the runs between two positions, with nothing said of what no run covers."""
        at = start
        first = bisect_right(self.looks, start, key=lambda run: run.end)
        for number in range(first, len(self.looks)):
            run = self.looks[number]
            if run.start >= end:
                break
            if run.start > at:
                yield Run(at, run.start, {})
            yield Run(max(run.start, start), min(run.end, end), run.said, run.style)
            at = min(run.end, end)
        if at < end:
            yield Run(at, end, {})

    # ------------------------------------------------------------ pieces
    def _read_pieces(self) -> list[_Piece]:
        said, table = _clx(self.part(33))
        found: list[_Piece] = []
        count = (len(table) - 4) // 12
        positions = struct.unpack_from(f"<{count + 1}I", table, 0)
        at = 0
        for number in range(count):
            _, place, change = struct.unpack_from("<HIH", table, 4 * (count + 1) + 8 * number)
            length = positions[number + 1] - positions[number]
            if positions[number] != at or length < 0:
                raise Refused("doc-broken")
            at = positions[number + 1]
            if at > limits.SET_CHARACTERS:
                raise Refused("text")
            packed = bool(place & 0x40000000)
            place = (place & 0x3FFFFFFF) // 2 if packed else place
            own = said[change >> 1] if change & 1 and change >> 1 < len(said) else {}
            found.append(_Piece(at - length, at, place, 1 if packed else 2, own))
        return found

    def _letters(self, piece: _Piece) -> str:
        length = piece.end - piece.start
        raw = self.word[piece.place : piece.place + length * piece.wide]
        if len(raw) != length * piece.wide:
            raise Refused("doc-broken")
        if piece.wide == 1:
            return encoding.latin(raw)
        # A position counts halves of a pair as well, so that what is said of it stays in place.
        return "".join(map(chr, struct.unpack(f"<{length}H", raw)))

    # ------------------------------------------------------------ runs
    def _runs(self, number: int, read: _Reader) -> list[Run]:
        """Return all runs of one kind by position."""
        stretches: list[Stretch] = []
        bins = plc(self.part(number), 4)
        end = 0
        for entry in bins.data:
            page = int.from_bytes(entry, "little") & 0x3FFFFF
            whole = self.word[page * _PAGE : (page + 1) * _PAGE]
            if len(whole) != _PAGE:
                continue
            for first, last, said, style in read(whole):
                if end <= first < last:
                    stretches.append((first, last, said, style))
                    end = last
            if len(stretches) > _RUNS:
                raise Refused("text")
        return self._placed(stretches)

    def _placed(self, stretches: list[Stretch]) -> list[Run]:
        found: list[Run] = []
        ends = [last for _, last, _, _ in stretches]
        for piece in self._pieces:
            last_byte = piece.place + (piece.end - piece.start) * piece.wide
            for number in range(bisect_right(ends, piece.place), len(stretches)):
                first, last, said, style = stretches[number]
                if first >= last_byte:
                    break
                start = piece.start + max(0, first - piece.place) // piece.wide
                end = piece.start + (min(last, last_byte) - piece.place) // piece.wide
                if start < end:
                    found.append(Run(start, end, said | piece.said, style))
            if len(found) > _RUNS:
                raise Refused("text")
        return found


def plc(untrusted: bytes, size: int) -> Plc:
    """Return positions and what is said at each, ``size`` bytes an entry."""
    count = max(0, (len(untrusted) - 4) // (4 + size))
    if not count:
        return Plc([], [])
    positions = list(struct.unpack_from(f"<{count + 1}I", untrusted, 0))
    at = 4 * (count + 1)
    return Plc(positions, [untrusted[at + size * n : at + size * (n + 1)] for n in range(count)])


def properties(untrusted: bytes) -> Properties:
    """Return what a list of properties says, by their numbers; a broken end is left out."""
    found: Properties = {}
    at = 0
    while at + 2 <= len(untrusted):
        number = int.from_bytes(untrusted[at : at + 2], "little")
        at += 2
        size = _SIZES.get(number >> 13)
        if size is None:
            size = 2 + int.from_bytes(untrusted[at : at + 2], "little") - 1
            if number != _TABLE:
                size = untrusted[at] if at < len(untrusted) else 0
                at += 1
        found[number] = untrusted[at : at + size]
        at += max(0, size)
    return found


def strings(untrusted: bytes) -> list[str]:
    """Return a table of strings (STTB)."""
    wide = untrusted[:2] == b"\xff\xff"
    at = 2 if wide else 0
    count, extra = struct.unpack_from("<HH", untrusted, at) if len(untrusted) >= at + 4 else (0, 0)
    at += 4
    found: list[str] = []
    for _ in range(count):
        head = 2 if wide else 1
        length = int.from_bytes(untrusted[at : at + head], "little") * head
        text = untrusted[at + head : at + head + length]
        found.append(text.decode("utf-16-le" if wide else "cp1252", "replace"))
        at += head + length + extra
        if at > len(untrusted):
            break
    return found


def _clx(untrusted: bytes) -> tuple[list[Properties], bytes]:
    """Return what is said of whole pieces, and the table of pieces."""
    said: list[Properties] = []
    at = 0
    while at < len(untrusted) and untrusted[at] == 1:
        size = int.from_bytes(untrusted[at + 1 : at + 3], "little")
        said.append(properties(untrusted[at + 3 : at + 3 + size]))
        at += 3 + size
    if untrusted[at : at + 1] != b"\x02":
        raise Refused("doc-broken")
    size = int.from_bytes(untrusted[at + 1 : at + 5], "little")
    table = untrusted[at + 5 : at + 5 + size]
    if len(table) < 16:
        raise Refused("doc-broken")
    return said, table


def _bounds(page: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield what each run of a page covers, and its number."""
    count = page[-1]
    if 4 * (count + 1) < _PAGE:
        places = struct.unpack_from(f"<{count + 1}I", page, 0)
        for number in range(count):
            yield places[number], places[number + 1], number


def _look(page: bytes) -> Iterator[Stretch]:
    for first, last, number in _bounds(page):
        at = 2 * page[(4 * (page[-1] + 1) + number) % _PAGE]
        said = properties(page[at + 1 : at + 1 + page[at]]) if at else {}
        yield first, last, said, 0


def _paragraph(page: bytes) -> Iterator[Stretch]:
    for first, last, number in _bounds(page):
        at = 2 * page[(4 * (page[-1] + 1) + 13 * number) % _PAGE]
        size = 2 * page[at] - 1
        if page[at] == 0:
            at += 1
            size = 2 * page[at % _PAGE]
        own = page[at + 1 : at + 1 + size] if at else b""
        yield first, last, properties(own[2:]), int.from_bytes(own[:2], "little")


def _stream(whole: olefile.OleFileIO, name: str) -> bytes:
    if not whole.exists(name):
        raise Refused("doc-broken")
    with whole.openstream(name) as stream:
        data: bytes = stream.read(limits.UNPACKED + 1)
    if len(data) > limits.UNPACKED:
        raise Refused("text")
    return data
