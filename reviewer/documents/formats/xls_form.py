"""What a sheet of an old Excel file asks of who fills it in, and which of its boxes are ticked."""

import struct
from collections.abc import Iterator

from reviewer.documents.grid import cell_name
from reviewer.records.text import clean_line

_BOXES = {0x0B: "box", 0x0C: "choice"}
_STATE = 0x12  # the part of an object that keeps it
_STATES = {0: ("☐", "empty"), 1: ("☒", "ticked"), 2: ("☐", "half ticked")}
_LIST, _WRITTEN_OUT, _WORDS = 3, 0x80, 0x17
_COLUMNS = 256


def box(data: bytes) -> tuple[str, str] | None:
    """Return the sign of a box and what it says in words; None for what is no box."""
    kind = struct.unpack_from("<H", data, 4)[0]
    if kind not in _BOXES:
        return None
    at, state = 0, 0
    while at + 6 <= len(data):
        part, size = struct.unpack_from("<HH", data, at)
        if part == _STATE:
            state = struct.unpack_from("<H", data, at + 4)[0]
        at += 4 + size
    sign, said = _STATES.get(state, _STATES[1])
    return sign, f"({_BOXES[kind]}, {said})"


def asked(data: bytes) -> Iterator[str]:
    """Yield what is asked at cells: a record of their validation, as far as it can be read."""
    try:
        yield from _asked(data)
    except (struct.error, IndexError):
        return


def _asked(data: bytes) -> Iterator[str]:
    flags = struct.unpack_from("<I", data)[0]
    texts, at = [], 4
    for _ in range(4):
        text, at = _text(data, at, "<H")
        texts.append(text)
    size = struct.unpack_from("<H", data, at)[0]
    formula, at = data[at + 4 : at + 4 + size], at + 4 + size
    at += 4 + int(struct.unpack_from("<H", data, at)[0])
    where = ""
    if len(data) >= at + 10:
        row, _, column = struct.unpack_from("<HHH", data, at + 2)
        where = f" at {cell_name(row, column)}" if column < _COLUMNS else ""
    for said, parts in (
        ("Asked", (texts[0], texts[2])),
        ("Said of what may not stand", (texts[1], texts[3])),
    ):
        if words := ": ".join(filter(None, parts)):
            yield f"{said}{where}: {words}"
    if flags & 0xF == _LIST and flags & _WRITTEN_OUT and formula[:1] == bytes([_WORDS]):
        choices = _letters(formula[2:], formula[1]).split("\0")
        yield f"To choose from{where}: {clean_line(', '.join(choices))}"


def _text(data: bytes, at: int, size: str) -> tuple[str, int]:
    """Return a text, and where it ends; an empty one is kept as a single sign of nothing."""
    count = struct.unpack_from(size, data, at)[0]
    at += struct.calcsize(size)
    end = at + 1 + count * (1 + (data[at] & 1))
    return clean_line(_letters(data[at:], count).strip("\0")), end


def _letters(data: bytes, count: int) -> str:
    wide = data[0] & 1
    return data[1 : 1 + count * (1 + wide)].decode("utf-16-le" if wide else "latin-1", "replace")
