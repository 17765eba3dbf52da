"""What is inside a signed mail ([RFC 5652], BER): found, never checked; encrypted stays closed."""

import zlib
from dataclasses import dataclass

from reviewer.documents import limits

_SIGNED = bytes.fromhex("2a864886f70d010702")
_PACKED = bytes.fromhex("2a864886f70d0109100109")
_PLAIN = bytes.fromhex("2a864886f70d010701")
_CONSTRUCTED, _OBJECT, _OCTETS, _LONG = 0x20, 0x06, 0x04, 0x1F
_DEEP = 24


class _NotSoError(Exception):
    """It does not hold what is looked for."""


@dataclass(frozen=True, slots=True)
class _Value:
    """One value: its tag, where its content lies, and where the next value begins."""

    tag: int
    start: int
    end: int
    next: int


def opened(untrusted: bytes) -> bytes | None:
    """Return what a signed (or packed) piece holds; None for one that is encrypted or broken."""
    try:
        return _content(untrusted, 0, len(untrusted), 0)
    except (_NotSoError, IndexError, zlib.error, RecursionError):
        return None


def _content(raw: bytes, start: int, end: int, depth: int) -> bytes:
    """Return the content of a ContentInfo, or of what is signed within it."""
    if depth > 3:
        raise _NotSoError
    kind, *rest = _children(raw, _value(raw, start, end, 0))
    name = raw[kind.start : kind.end]
    if kind.tag != _OBJECT or not rest:
        raise _NotSoError
    held = _children(raw, rest[0])[0]
    if name == _PLAIN or held.tag & ~_CONSTRUCTED == _OCTETS:
        return _octets(raw, held, 0)
    if name not in {_SIGNED, _PACKED}:
        raise _NotSoError
    for one in _children(raw, held):
        if one.tag != 0x30:
            continue
        inner = _children(raw, one)
        if len(inner) > 1 and inner[0].tag == _OBJECT and inner[1].tag == 0xA0:
            found = _octets(raw, _children(raw, inner[1])[0], 0)
            return _unpacked(found) if name == _PACKED else found
    raise _NotSoError


def _unpacked(packed: bytes) -> bytes:
    unpacker = zlib.decompressobj()
    found = unpacker.decompress(packed, limits.BYTES_WITHIN)
    if unpacker.unconsumed_tail:
        raise _NotSoError
    return found


def _octets(raw: bytes, value: _Value, depth: int) -> bytes:
    """Return a string of bytes, which may be in pieces."""
    if depth > _DEEP or value.tag & ~_CONSTRUCTED != _OCTETS:
        raise _NotSoError
    if not value.tag & _CONSTRUCTED:
        return raw[value.start : value.end]
    return b"".join(_octets(raw, one, depth + 1) for one in _children(raw, value))


def _children(raw: bytes, value: _Value) -> list[_Value]:
    found = []
    at = value.start
    while at < value.end:
        one = _value(raw, at, value.end, 0)
        found.append(one)
        at = one.next
    if not found:
        raise _NotSoError
    return found


def _value(raw: bytes, at: int, end: int, depth: int) -> _Value:
    """Return the value that begins at ``at``; its length may be told by where it ends."""
    if depth > _DEEP:
        raise _NotSoError
    tag, size = raw[at], raw[at + 1]
    if tag & _LONG == _LONG:
        raise _NotSoError
    at += 2
    if size == 0x80:
        return _endless(raw, tag, at, end, depth)
    if size > 0x80:
        count = size & 0x7F
        size = int.from_bytes(raw[at : at + count], "big")
        at += count
    if at + size > end:
        raise _NotSoError
    return _Value(tag, at, at + size, at + size)


def _endless(raw: bytes, tag: int, start: int, end: int, depth: int) -> _Value:
    at = start
    while raw[at : at + 2] != b"\0\0":
        if at >= end:
            raise _NotSoError
        at = _value(raw, at, end, depth + 1).next
    return _Value(tag, start, at, at + 2)
