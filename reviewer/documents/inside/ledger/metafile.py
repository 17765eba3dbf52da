"""What is written in a drawing of Windows (EMF, WMF): its text records, by their numbers."""

import gzip
import io

from reviewer.documents.inside.ledger.held import Held

ENDINGS = (".emf", ".wmf", ".emz", ".wmz")
_MOST = 64 << 20
_LONG = 100_000  # letters of one text


def hold(raw: bytes, held: Held) -> None:
    """Take the words of a drawing; a broken one holds none."""
    try:
        if raw[:2] == b"\x1f\x8b":
            with gzip.open(io.BytesIO(raw)) as stream:
                raw = stream.read(_MOST)
        found = _emf(raw) if raw[40:44] == b" EMF" else _wmf(raw)
    except (OSError, EOFError):
        return
    for text in found:
        held.say_once(text.replace("\0", ""))


def _at(raw: bytes, at: int, size: int = 4) -> int:
    return int.from_bytes(raw[at : at + size], "little")


def _emf(raw: bytes) -> list[str]:
    old: list[str] = []
    new: list[str] = []
    at = 0
    while (size := _at(raw, at + 4)) >= 8 and at < len(raw):
        kind = _at(raw, at)
        if kind in {83, 84} and not _at(raw, at + 52) & 16:
            count, start = _at(raw, at + 44), at + _at(raw, at + 48)
            old.append(_letters(raw[start : at + size], count, wide=kind == 84))
        elif kind == 108 and not _at(raw, at + 20) & 16:
            start = at + (36 if _at(raw, at + 20) & 256 else 52)
            wide = not _at(raw, at + 20) & 512
            old.append(_letters(raw[start : at + size], _at(raw, at + 16), wide=wide))
        elif kind == 70 and raw[at + 12 : at + 16] == b"EMF+":
            new += _newer(raw[at + 16 : at + size])
        at += size
    return old if any(text.strip() for text in old) else new


def _newer(raw: bytes) -> list[str]:
    found: list[str] = []
    at = 0
    while (size := _at(raw, at + 4)) >= 12 and at < len(raw):
        if _at(raw, at, 2) == 0x401C:
            found.append(_letters(raw[at + 40 :], _at(raw, at + 20), wide=True))
        at += size
    return found


def _wmf(raw: bytes) -> list[str]:
    found: list[str] = []
    at = 22 if raw[:4] == b"\xd7\xcd\xc6\x9a" else 0
    at += 2 * _at(raw, at + 2, 2)
    while (size := _at(raw, at)) >= 3 and at < len(raw):
        kind = _at(raw, at + 4, 2)
        if kind == 0x0521:
            found.append(_letters(raw[at + 8 :], _at(raw, at + 6, 2), wide=False))
        elif kind == 0x0A32 and not _at(raw, at + 12, 2) & 16:
            start = at + (22 if _at(raw, at + 12, 2) & 6 else 14)
            found.append(_letters(raw[start:], _at(raw, at + 10, 2), wide=False))
        at += 2 * size
    return found


def _letters(raw: bytes, count: int, *, wide: bool) -> str:
    if count > _LONG:
        return ""
    if wide:
        return raw[: count * 2].decode("utf-16-le", "replace")
    return raw[:count].decode("cp1252", "replace")
