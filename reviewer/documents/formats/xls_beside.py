"""What stands beside the cells of an old Excel file: drawings, text boxes, headers, formulas.

The records of the workbook ([MS-XLS]) follow each other, each with its length; those of a sheet
stand between its beginning and its end, those of a chart within them.
"""

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

import olefile

from reviewer.documents import limits
from reviewer.documents.formats import xls_form
from reviewer.documents.formats.xlsx_sheet import printed
from reviewer.documents.notes import told
from reviewer.documents.refusals import Refused
from reviewer.records.text import clean

_BEGIN, _END, _SHEET, _FORMULA, _OBJECT = 0x0809, 0x000A, 0x0085, 0x0006, 0x005D
_ASKED = 0x01BE
_TEXT, _GOES_ON, _FILTER, _HEADER, _FOOTER = 0x01B6, 0x003C, 0x009D, 0x0014, 0x0015
_CHART, _PICTURE, _NOTE = 0x05, 0x08, 0x19
_KINDS = {1: "macros", 2: "a chart", 6: "a module of macros"}
_MOST = 20_000  # drawings, or texts of them
_FORMULAS = 400_000


@dataclass(slots=True)
class OfSheet:
    """What stands on one sheet."""

    pictures: int = 0
    charts: int = 0
    filtered: bool = False
    words: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    formulas: set[tuple[int, int]] = field(default_factory=set)


@dataclass(slots=True)
class Beside:
    """By the names of sheets; ``notes`` are sentences about what stands on none."""

    sheets: dict[str, OfSheet] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def look(stream: bytes, names: list[str]) -> Beside:
    """Return what stands beside the cells; nothing where the file keeps no such records."""
    found = Beside()
    if any(name.upper().startswith("_VBA_PROJECT") for name in names):
        found.notes.append("The workbook holds macros, which were not run and are not shown.")
    if files := len({name for name in names if name.startswith("MBD")}):
        said = f"Files within the spreadsheet that are not shown: {files:,}."
        found.notes.append(told(said, attachments=files))
    for start, kind, name in _sheets(stream):
        if kind in _KINDS:
            found.notes.append(f"The sheet “{name}” is {_KINDS[kind]}, which is not shown.")
        if 0 <= start < len(stream):
            found.sheets[name] = _Walk(stream, start).walk()
    return found


def stream_of(untrusted: bytes) -> tuple[bytes, list[str]]:
    """Return the records of a workbook, and what lies outermost in its file."""
    try:
        with olefile.OleFileIO(io.BytesIO(untrusted)) as whole:
            names = [entry[0] for entry in whole.listdir(streams=True, storages=True)]
            which = next((name for name in ("Workbook", "Book") if name in names), "")
            # One that says it is longer than its file would be read in a circle.
            sound = bool(which) and whole.get_size(which) <= len(untrusted)
            stream = whole.openstream(which).read() if sound else b""
    except Exception as error:  # the reader of compound files raises a dozen kinds
        raise Refused("sheet-broken") from error
    if not stream:
        raise Refused("sheet-broken")
    return stream, names


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _sheets(stream: bytes) -> list[tuple[int, int, str]]:
    """Return where each sheet begins, its kind, and its name."""
    found: list[tuple[int, int, str]] = []
    new = stream[4:6] == b"\0\x06"  # Excel 97 and later
    for kind, data in _records(stream, 0):
        if kind == _END:
            break
        if kind == _SHEET and len(data) > 8:
            start, _, what = struct.unpack_from("<IBB", data)
            name = _letters(data[7:], data[6]) if new else data[7 : 7 + data[6]].decode("latin-1")
            found.append((start, what, clean(name)[:200]))
    return found


class _Walk:
    """The records of one sheet."""

    def __init__(self, stream: bytes, start: int) -> None:
        self._stream, self._start = stream, start
        self._found = OfSheet()
        self._what = 0
        self._box: tuple[str, str] | None = None  # one whose words come next, if it has any
        self._waits = 0  # letters of a text that go on in the next record

    def walk(self) -> OfSheet:
        depth = 0
        for kind, data in _records(self._stream, self._start):
            if kind == _BEGIN:
                depth += 1
            elif kind == _END:
                depth -= 1
                if depth <= 0:
                    break
            elif depth == 1:
                self._take(kind, data)
        self._end_box()
        return self._found

    def _take(self, kind: int, data: bytes) -> None:
        found = self._found
        found.filtered |= kind == _FILTER
        if kind == _FORMULA and len(data) >= 4 and len(found.formulas) < _FORMULAS:
            row, column = struct.unpack_from("<HH", data)
            found.formulas.add((row, column))
        elif kind == _OBJECT and len(data) >= 6:
            self._object(data)
        elif kind == _ASKED and len(found.asked) < _MOST:
            found.asked += xls_form.asked(data)
        elif kind == _TEXT and len(data) >= 12:
            self._waits = struct.unpack_from("<H", data, 10)[0] if self._what != _NOTE else 0
        elif kind == _GOES_ON and self._waits:
            self._words(data)
        elif kind in {_HEADER, _FOOTER} and len(data) > 3:
            words = printed(_letters(data[2:], struct.unpack_from("<H", data)[0]))
            if words:
                self._say(f"Header or footer: {words}")

    def _object(self, data: bytes) -> None:
        found = self._found
        self._end_box()
        self._box = xls_form.box(data)
        what = struct.unpack_from("<H", data, 4)[0]
        self._what = what
        found.charts += what == _CHART
        found.pictures += what == _PICTURE

    def _words(self, data: bytes) -> None:
        words = " ".join(clean(_letters(data, self._waits)).split())
        self._waits = 0
        if self._box is not None:
            self._end_box(words)
        elif words:
            self._say(words)

    def _end_box(self, words: str = "") -> None:
        if self._box is not None:
            sign, said = self._box
            self._box = None
            self._say(" ".join(filter(None, (sign, words, said))))

    def _say(self, words: str) -> None:
        if len(self._found.words) < _MOST:
            self._found.words.append(words[: limits.MAX_CELL])


def _letters(data: bytes, count: int) -> str:
    """Return a text whose first byte says whether its letters have one byte or two."""
    if not data:
        return ""
    wide = data[0] & 1
    return data[1 : 1 + count * (1 + wide)].decode("utf-16-le" if wide else "latin-1", "replace")
