"""Mails within one packed piece: what is signed as a whole (S/MIME), what Outlook packs (TNEF)."""

import struct
from dataclasses import dataclass, field

from reviewer.documents.inside.ledger import bodies
from reviewer.documents.inside.ledger.held import Held
from reviewer.documents.inside.ledger.letters import letters

MARK = b"\x78\x9f\x3e\x22"
_DATA = bytes.fromhex("06092a864886f70d010701")  # what follows is signed as it is
_SEALED = bytes.fromhex("2a864886f70d010703")
_OCTETS, _PARTS = 0x04, 0x24
_PROPERTIES, _FILE, _SUBJECT, _BODY, _OEM = 0x9003, 0x9002, 0x8004, 0x800C, 0x9007
_FIXED = {2: 4, 3: 4, 4: 4, 10: 4, 11: 4, 5: 8, 6: 8, 7: 8, 20: 8, 64: 8, 72: 16}
_TITLE, _TEXT, _PAGE, _RICH, _LETTERS = 0x0037, 0x1000, 0x1013, 0x1009, 0x3FDE
_MOST = 20_000
_DEEP = 12


def signed(raw: bytes) -> bytes:
    """Return the mail that is signed as one piece; nothing where it is encrypted or not found."""
    at = raw.find(_DATA)
    if at < 0 or 0 <= raw.find(_SEALED) < at:
        return b""
    try:
        start, _, _ = _value(raw, at + len(_DATA))
        return b"".join(_octets(raw, start, 0)[0])
    except (IndexError, RecursionError):
        return b""


def _value(raw: bytes, at: int) -> tuple[int, int, int]:
    """Return where a value's content begins and ends (-1: at a mark), and its tag."""
    tag, size, at = raw[at], raw[at + 1], at + 2
    if size == 0x80:
        return at, -1, tag
    if size > 0x80:
        count = size & 0x7F
        size, at = int.from_bytes(raw[at : at + count], "big"), at + count
    return at, at + size, tag


def _octets(raw: bytes, at: int, depth: int) -> tuple[list[bytes], int]:
    """Return the octets of a value, which may come in many pieces, and where it ends."""
    start, end, tag = _value(raw, at)
    if depth > _DEEP or tag not in {_OCTETS, _PARTS}:
        raise IndexError
    if tag == _OCTETS:
        return [raw[start:end]], end
    found: list[bytes] = []
    while start != end and not (end < 0 and raw[start : start + 2] == b"\0\0"):
        more, start = _octets(raw, start, depth + 1)
        found += more
    return found, start + 2 * (end < 0)


@dataclass(slots=True)
class _Packed:
    texts: dict[int, str] = field(default_factory=dict)
    held: dict[int, bytes] = field(default_factory=dict)
    page: int = 1252
    letters: str = "cp1252"


def take(raw: bytes, held: Held) -> bool:
    """Take what Outlook packed with a mail; return whether it could be read."""
    if not raw.startswith(MARK):
        return False
    found = _Packed()
    files, at = 0, 6
    while at + 9 <= len(raw):
        which, size = struct.unpack_from("<II", raw, at + 1)
        data = raw[at + 9 : at + 9 + size]
        at += 11 + size
        files += which & 0xFFFF == _FILE
        if which & 0xFFFF == _PROPERTIES:
            _properties(data, found)
        elif which & 0xFFFF == _OEM:
            found.letters = f"cp{int.from_bytes(data[:4], 'little')}"
        elif which & 0xFFFF in {_SUBJECT, _BODY}:
            text = letters(data.rstrip(b"\0"), found.letters)
            found.texts.setdefault(_TITLE if which & 0xFFFF == _SUBJECT else _TEXT, text)
    held.add("attachments", files)
    held.say_once(found.texts.get(_TITLE, ""))
    page = found.held.get(_PAGE, b"") or found.texts.get(_PAGE, "").encode()
    stated = f"cp{found.page}" if _PAGE in found.held and found.page != 65001 else "utf-8"
    bodies.take(held, found.texts.get(_TEXT, ""), page, stated, found.held.get(_RICH, b""))
    return True


def _properties(data: bytes, found: _Packed) -> None:
    """Take the properties of a mail, as far as they can be read."""
    (count,) = struct.unpack_from("<I", data) if len(data) >= 4 else (0,)
    at = 4
    for _ in range(min(count, _MOST)):
        if at + 4 > len(data):
            return
        kind, which = struct.unpack_from("<HH", data, at)
        at += 4
        if which >= 0x8000:
            at = _named(data, at)
        try:
            at = _property(data, at, kind, which, found)
        except struct.error:
            return


def _named(data: bytes, at: int) -> int:
    """Return where a name ends."""
    if data[at + 16 : at + 20] == bytes(4):
        return at + 24
    size = int.from_bytes(data[at + 20 : at + 24], "little")
    return at + 24 + size + -size % 4


def _property(data: bytes, at: int, kind: int, which: int, found: _Packed) -> int:
    """Take one property; return where it ends."""
    several, kind = kind & 0x1000, kind & 0x0FFF
    count = 1
    if several or kind not in _FIXED:
        (count,) = struct.unpack_from("<I", data, at)
        at += 4
    for _ in range(min(count, _MOST)):
        if kind in _FIXED:
            if which == _LETTERS:
                (found.page,) = struct.unpack_from("<I", data, at)
            at += _FIXED[kind]
            continue
        (size,) = struct.unpack_from("<I", data, at)
        value = data[at + 4 : at + 4 + size]
        at += 4 + size + -size % 4
        if kind == 0x1F:
            found.texts[which] = value.decode("utf-16-le", "replace").rstrip("\0")
        elif kind == 0x1E:
            found.texts.setdefault(which, letters(value.rstrip(b"\0"), found.letters))
        else:
            found.held[which] = value
    return at


def hold(raw: bytes) -> Held:
    """Return what a winmail.dat holds."""
    held = Held()
    take(raw, held)
    return held
