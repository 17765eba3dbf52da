"""What a Word file of 1997 to 2003 holds: the characters of all its texts, piece by piece."""

import io
import re
import struct
from collections.abc import Iterator

import olefile

from reviewer.documents import limits
from reviewer.documents.inside.ledger.held import Held, TooMuch

_TABLES = 0x0200  # which of two tables is used
_CLX = 0x01A2
_LENGTHS = 0x4C  # of the main text, foot notes, heads, macros, comments, end notes, text boxes
_HEADS = 2
_COMPRESSED = 1 << 30
_FIELD = re.compile("\x13([^\x13\x14\x15]*)(?:\x14([^\x13\x15]*))?\x15")
_LINK = re.compile(r"HYPERLINK\s+\"([^\"]+)\"", re.IGNORECASE)
_ENDS = re.compile("[\x00-\x1e]")
_DEEP = 20
_DRAWINGS = 0x022A  # where in the table the drawings are
_SHAPE = re.compile(rb"(?s)(?=(..)\x0b\xf0(....))")  # the properties of one
_WRITTEN = {0x00C0, 0x0381}  # words drawn as a shape, and what describes one


def hold(raw: bytes) -> Held:
    """Return what an old Word file holds."""
    held = Held()
    with olefile.OleFileIO(io.BytesIO(raw)) as file:
        main = _stream(file, "WordDocument")
        flags = int.from_bytes(main[0x0A:0x0C], "little")
        table = _stream(file, "1Table" if flags & _TABLES else "0Table")
        pool = {tuple(entry[:2]) for entry in file.listdir() if entry[0] == "ObjectPool"}
        held.add("attachments", len(pool))
        held.add("macros", any(entry[0] == "Macros" for entry in file.listdir()))
        data = _stream(file, "Data")
    start, size = struct.unpack_from("<II", main.ljust(_DRAWINGS + 8, b"\0"), _DRAWINGS)
    for line in (*_written(table[start : start + size]), *_written(data)):
        held.say(line)
    text = _text(main, table)
    at = 0
    for kind, length in enumerate(struct.unpack_from("<8i", main, _LENGTHS)):
        part, at = text[at : at + max(0, length)], at + max(0, length)
        for line in _ENDS.split(_shown(part, held)):
            if kind == _HEADS:
                held.say_once(line)
            else:
                held.say(line)
    return held


def _written(raw: bytes) -> Iterator[str]:
    """Yield the words in the properties of drawings, wherever such properties lie."""
    for found in _SHAPE.finditer(raw):
        kind, size = int.from_bytes(found[1], "little"), int.from_bytes(found[2], "little")
        own = raw[found.start() + 8 : found.start() + 8 + size]
        number = kind >> 4
        if kind & 0xF != 3 or len(own) < size or not number or size < 6 * number:
            continue
        named = [struct.unpack_from("<HI", own, 6 * at) for at in range(number)]
        rest = own[6 * number :]
        for what, length in named:
            if what & 0x8000:
                if what & 0x3FFF in _WRITTEN:
                    yield rest[:length].decode("utf-16-le", "replace").partition("\0")[0]
                rest = rest[length:]


def _stream(file: olefile.OleFileIO, name: str) -> bytes:
    if not file.exists(name):
        return b""
    with file.openstream(name) as stream:
        found: bytes = stream.read(limits.UNPACKED + 1)
    if len(found) > limits.UNPACKED:
        raise TooMuch
    return found


def _text(main: bytes, table: bytes) -> str:
    """Put the pieces of the text together in their order."""
    start, size = struct.unpack_from("<II", main, _CLX)
    clx = table[start : start + size]
    at = 0
    while clx[at : at + 1] == b"\x01":  # how text looks
        at += 3 + int.from_bytes(clx[at + 1 : at + 3], "little")
    length = int.from_bytes(clx[at + 1 : at + 5], "little")
    plc = clx[at + 5 : at + 5 + length]
    count = max(0, (len(plc) - 4) // 12)
    places = struct.unpack_from(f"<{count + 1}I", plc)
    parts: list[str] = []
    for number in range(count):
        signs = max(0, places[number + 1] - places[number])
        offset = int.from_bytes(plc[4 * (count + 1) + 8 * number + 2 :][:4], "little")
        if offset & _COMPRESSED:
            first = (offset & ~_COMPRESSED) // 2
            parts.append(main[first : first + signs].decode("cp1252", "replace"))
        else:
            wide = main[offset : offset + 2 * signs]
            parts.append(wide.decode("utf-16-le", "replace"))
    return "".join(parts)


def _shown(text: str, held: Held) -> str:
    """Return a text with what its fields show in place of what they are told to do."""

    def result(found: re.Match[str]) -> str:
        if link := _LINK.search(found[1]):
            held.link(link[1].removeprefix("mailto:"))
        return found[2] or ""

    for _ in range(_DEEP):
        text, count = _FIELD.subn(result, text)
        if not count:
            break
    return text.replace("\x1f", "")  # where a word may be parted
