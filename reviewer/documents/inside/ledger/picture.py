"""What a picture file holds: its frames, counted in the raw bytes."""

from collections.abc import Iterator

from reviewer.documents.inside.ledger.held import Held

_MOST = 10_000
_MPF = b"MPF\0"
_PIXELS = (b"hvc1", b"grid", b"iovl", b"iden", b"av01", b"jpeg")
_SEE_THROUGH = (b"auxid:1\0", b"auxiliary:alpha\0")


def hold(raw: bytes, kind: str) -> Held:
    """Return how many pictures a file holds."""
    counts = {
        "tiff": _of_tiff, "jpeg": _of_jpeg, "png": _of_png, "gif": _of_gif, "webp": _of_webp,
        "heic": _of_heic,
    }  # fmt: skip
    held = Held()
    held.add("pictures", counts.get(kind, lambda _: 1)(raw))
    return held


def _of_tiff(raw: bytes) -> int:
    """Follow the chain of a TIFF's directories."""
    order = "little" if raw.startswith(b"II") else "big"
    seen: set[int] = set()
    at = int.from_bytes(raw[4:8], order)  # type: ignore[arg-type]
    while at and at not in seen and at + 2 <= len(raw) and len(seen) < _MOST:
        seen.add(at)
        at += 2 + 12 * int.from_bytes(raw[at : at + 2], order)  # type: ignore[arg-type]
        at = int.from_bytes(raw[at : at + 4], order)  # type: ignore[arg-type]
    return max(1, len(seen))


def _of_jpeg(raw: bytes) -> int:
    """Return what a telephone's JPEG says of the pictures behind its first."""
    at = raw.find(_MPF, 0, 1 << 18)
    if at < 0:
        return 1
    start = at + len(_MPF)
    order = "little" if raw[start : start + 2] == b"II" else "big"
    first = start + int.from_bytes(raw[start + 4 : start + 8], order)  # type: ignore[arg-type]
    for entry in range(int.from_bytes(raw[first : first + 2], order)):  # type: ignore[arg-type]
        place = first + 2 + 12 * entry
        if int.from_bytes(raw[place : place + 2], order) == 0xB001:  # type: ignore[arg-type]
            count = int.from_bytes(raw[place + 8 : place + 12], order)  # type: ignore[arg-type]
            return min(max(1, count), _MOST)
    return 1


def _of_png(raw: bytes) -> int:
    at = raw.find(b"acTL", 0, 1 << 16)
    return min(max(1, int.from_bytes(raw[at + 4 : at + 8], "big")), _MOST) if at > 0 else 1


def _of_gif(raw: bytes) -> int:
    """Walk over the blocks of a GIF and count the pictures."""
    at, count = 13 + _colours(raw[10:11]), 0
    while at < len(raw) and count < _MOST:
        sign = raw[at]
        if sign == 0x2C:
            count += 1
            at += 11 + _colours(raw[at + 9 : at + 10])
        elif sign == 0x21:
            at += 2
        else:
            break
        while at < len(raw) and raw[at]:
            at += 1 + raw[at]
        at += 1
    return max(1, count)


def _colours(flags: bytes) -> int:
    """Return how many bytes the list of colours takes that these flags tell of."""
    return 3 << (flags[0] & 7) + 1 if flags and flags[0] & 0x80 else 0


def _of_webp(raw: bytes) -> int:
    at, count = 12, 0
    while at + 8 <= len(raw) and count < _MOST:
        count += raw[at : at + 4] == b"ANMF"
        size = int.from_bytes(raw[at + 4 : at + 8], "little")
        at += 8 + size + size % 2
    return max(1, count)


def _of_heic(raw: bytes) -> int:
    """Count the items of a photograph that are pictures by themselves, and the pictures that move.

    No picture by itself is a tile of another, a smaller copy, or what is see-through of it.
    """
    items = {int.from_bytes(raw[at + 8 : at + 10], "big") for at in _items(raw)}
    parts: set[int] = set()
    start = raw.find(b"iref") + 8
    for kind in (b"dimg", b"thmb"):
        at = raw.find(kind, start)
        while start > 8 and at > 0 and len(parts) < _MOST:
            of, count = _number(raw, at + 4), min(_number(raw, at + 6), _MOST)
            to = {_number(raw, at + 8 + 2 * number) for number in range(count)}
            parts |= to if kind == b"dimg" else {of}
            at = raw.find(kind, at + 4)
    moving = raw.find(b"stsz") if b"moov" in raw else -1
    rows = int.from_bytes(raw[moving + 12 : moving + 16], "big") if moving > 0 else 0
    clear = sum(raw.count(sign) for sign in _SEE_THROUGH)
    return max(1, min(len(items - parts) - clear + rows, _MOST))


def _items(raw: bytes) -> Iterator[int]:
    """Yield where each item of a photograph begins that has pixels."""
    at = raw.find(b"infe")
    for _ in range(_MOST):
        if at < 0:
            return
        if raw[at + 12 : at + 16] in _PIXELS:
            yield at
        at = raw.find(b"infe", at + 4)


def _number(raw: bytes, at: int) -> int:
    return int.from_bytes(raw[at : at + 2], "big")
