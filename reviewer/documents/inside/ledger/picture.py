"""What a picture file holds: its frames, counted in the raw bytes."""

from reviewer.documents.inside.ledger.held import Held

_MOST = 10_000
_MPF = b"MPF\0"


def hold(raw: bytes, kind: str) -> Held:
    """Return how many pictures a file holds."""
    counts = {"tiff": _of_tiff, "jpeg": _of_jpeg, "png": _of_png}
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
