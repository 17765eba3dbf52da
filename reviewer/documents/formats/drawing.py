"""The words of drawings that nothing here draws: Windows metafiles (EMF, WMF) in Office files.

[MS-EMF] 2.3.5, [MS-EMFPLUS] 2.3.4.13, [MS-WMF] 2.3.3. Their lines are lost, their words are not.
"""

import re
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator

from reviewer.documents.formats.typeset import Block
from reviewer.documents.refusals import Refused
from reviewer.records.text import clean

_NAME = re.compile(r"(?i)\.(?:emf|wmf|emz|wmz)$")
_PLACED = b"\xd7\xcd\xc6\x9a"
_MOST = 200_000  # records of one drawing
_CHARACTERS = 100_000  # of one drawing
_UNPACKED = 64 << 20
_HEAD = Block(text="Words in drawings that are not shown", style="minor")
_WIDE_TEXT, _NARROW_TEXT, _SMALL_TEXT, _COMMENT = 84, 83, 108, 70
_PLUS_TEXT = 0x401C
_GLYPHS, _BARE, _NARROW = 0x10, 0x100, 0x200  # no letters; no frame; letters of one byte
_SHORT_TEXT, _LONG_TEXT = 0x0521, 0x0A32  # of WMF

Placed = tuple[int, str]  # how far down, and what stands there


def blocks(read: Callable[[str], bytes], names: Iterable[str]) -> list[Block]:
    """Return the words of the drawings among the parts of a file, each once; none: nothing."""
    found: dict[str, None] = {}
    for name in sorted(name for name in names if _NAME.search(name)):
        try:
            found.update(dict.fromkeys(words(read(name))))
        except Refused:
            continue
    return [_HEAD, *(Block(text=line, style="small") for line in found)] if found else []


def words(untrusted: bytes) -> list[str]:
    """Return what is written in a drawing, a line for each height."""
    raw = _unpacked(untrusted) if untrusted.startswith(b"\x1f\x8b") else untrusted
    try:
        placed = list(_of_emf(raw) if raw[40:44] == b" EMF" else _of_wmf(raw))
    except struct.error:
        return []
    lines: list[tuple[int, list[str]]] = []
    size = 0
    for height, text in placed:
        size += len(text)
        if size > _CHARACTERS:
            break
        if lines and lines[-1][0] == height:
            lines[-1][1].append(text)
        else:
            lines.append((height, [text]))
    said = (" ".join(clean(" ".join(parts)).split()) for _, parts in lines)
    return [line for line in said if line]


def _unpacked(untrusted: bytes) -> bytes:
    try:
        return zlib.decompressobj(31).decompress(untrusted, _UNPACKED)
    except zlib.error:
        return b""


def _of_emf(raw: bytes) -> Iterator[Placed]:
    plus: list[Placed] = []
    told = False
    for kind, record in _records(raw):
        if kind in {_WIDE_TEXT, _NARROW_TEXT}:
            _, height, count, offset, options = struct.unpack_from("<iiIII", record, 36)
            wide = kind == _WIDE_TEXT
            text = _text(record, offset, count, wide=wide)
        elif kind == _SMALL_TEXT:
            _, height, count, options = struct.unpack_from("<iiII", record, 8)
            wide = not options & _NARROW
            text = _text(record, 36 if options & _BARE else 52, count, wide=wide)
        else:
            plus += _of_comment(record) if kind == _COMMENT else ()
            continue
        if not options & _GLYPHS and text.strip():
            told = True
            yield height, text
    yield from () if told else plus


def _records(raw: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    for _ in range(_MOST):
        if at + 8 > len(raw):
            return
        kind, size = struct.unpack_from("<II", raw, at)
        if size < 8:
            return
        yield kind, raw[at : at + size]
        at += size


def _of_comment(record: bytes) -> list[Placed]:
    """Return the texts of the newer kind of drawing, which stands within the older one."""
    found: list[Placed] = []
    at = 16
    while record[12:16] == b"EMF+" and at + 12 <= len(record):
        kind, _, size = struct.unpack_from("<HHI", record, at)
        if kind == _PLUS_TEXT:
            (count,) = struct.unpack_from("<I", record, at + 20)
            _, height = struct.unpack_from("<ff", record, at + 24)
            place = int(height) if abs(height) < 1e9 else 0
            found.append((place, _text(record, at + 40, count, wide=True)))
        if size < 12:
            break
        at += size
    return found


def _of_wmf(raw: bytes) -> Iterator[Placed]:
    at = 22 if raw.startswith(_PLACED) else 0
    at += 2 * struct.unpack_from("<H", raw, at + 2)[0]
    for _ in range(_MOST):
        size, kind = struct.unpack_from("<IH", raw, at)
        if size < 3:
            return
        if kind == _SHORT_TEXT:
            (count,) = struct.unpack_from("<H", raw, at + 6)
            (height,) = struct.unpack_from("<h", raw, at + 8 + count + count % 2)
            yield height, _text(raw, at + 8, count, wide=False)
        elif kind == _LONG_TEXT:
            height, _, count, options = struct.unpack_from("<hhHH", raw, at + 6)
            if not options & _GLYPHS:
                yield height, _text(raw, at + (22 if options & 6 else 14), count, wide=False)
        at += 2 * size
        if at + 6 > len(raw):
            return


def _text(raw: bytes, at: int, count: int, *, wide: bool) -> str:
    """Return so many letters; none where they do not lie there."""
    part = raw[at : at + count * (2 if wide else 1)] if count <= _CHARACTERS else b""
    return part.decode("utf-16-le" if wide else "cp1252", "replace").replace("\0", "")
