"""The frame of an MPEG-4 recording (.m4a): how long it is, and what is written on it."""

from collections.abc import Iterator
from dataclasses import dataclass

from reviewer.documents.refusals import Refused
from reviewer.records.text import clean_line

_TAGS = {
    b"\xa9nam": "Title", b"\xa9ART": "Artist", b"\xa9alb": "Album", b"\xa9day": "Date",
    b"\xa9cmt": "Comment", b"\xa9too": "Software",
}  # fmt: skip
_MOST = 20_000  # boxes looked at


@dataclass(frozen=True, slots=True)
class Mp4:
    """What is written on a recording."""

    seconds: float
    tags: tuple[tuple[str, str], ...]


def is_mp4(untrusted: bytes) -> bool:
    """Whether a file has the frame of MPEG-4."""
    return untrusted[4:8] == b"ftyp"


def shows_pictures(untrusted: bytes) -> bool:
    """Whether a recording has pictures that move."""
    return any(
        kind == b"hdlr" and untrusted[start + 8 : start + 12] == b"vide"
        for kind, start, _ in _boxes(untrusted, 0, len(untrusted))
    )


def pictures(untrusted: bytes) -> int:
    """Return how many pictures move in a file that is a photograph otherwise."""
    return sum(
        int.from_bytes(untrusted[start + 8 : start + 12], "big")
        for kind, start, _ in _boxes(untrusted, 0, len(untrusted))
        if kind == b"stsz"
    )


def read(untrusted: bytes) -> Mp4:
    """Return what is written on a recording. Raises ``Refused``."""
    seconds, tags = -1.0, []
    for kind, start, end in _boxes(untrusted, 0, len(untrusted)):
        if kind == b"mvhd":
            seconds = _seconds(untrusted[start:end])
        elif kind in _TAGS:
            text = untrusted[start + 16 : end].decode("utf-8", "replace")
            tags.append((_TAGS[kind], clean_line(text)[:500]))
    if seconds < 0:
        raise Refused("sound-broken")
    return Mp4(seconds, tuple(tag for tag in tags if tag[1]))


def _seconds(head: bytes) -> float:
    wide = head[:1] == b"\1"
    at, size = (20, 8) if wide else (12, 4)
    scale = int.from_bytes(head[at : at + 4], "big")
    long = int.from_bytes(head[at + 4 : at + 4 + size], "big")
    if not scale or len(head) < at + 4 + size:
        raise Refused("sound-broken")
    return min(long / scale, 1e7)


def _boxes(raw: bytes, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Yield each box and those within it: its name, and where its content begins and ends."""
    left = [(start, end)]
    for _ in range(_MOST):
        if not left:
            return
        at, last = left.pop()
        if at + 8 > last:
            continue
        size, kind, head = int.from_bytes(raw[at : at + 4], "big"), raw[at + 4 : at + 8], 8
        if size == 1:
            size, head = int.from_bytes(raw[at + 8 : at + 16], "big"), 16
        size = size or last - at
        if size < head or at + size > last:
            continue
        left.append((at + size, last))
        yield kind, at + head, at + size
        if kind in {b"moov", b"trak", b"mdia", b"minf", b"stbl", b"udta", b"ilst"}:
            left.append((at + head, at + size))
        elif kind == b"meta":
            left.append((at + head + 4, at + size))
