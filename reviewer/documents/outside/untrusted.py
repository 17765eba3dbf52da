"""What the worker answers, looked at before it is believed.

Every function raises ``Lie`` for an answer that an honest worker cannot give.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reviewer.documents import limits
from reviewer.documents.media import MEDIA
from reviewer.documents.notes import listed
from reviewer.documents.reach import Reach
from reviewer.records.cases import LedgerLine, PageText
from reviewer.records.text import clean_line

_LISTED = 30  # pages named in a note
_THING = re.compile("[a-z]{1,20}")


class Lie(Exception):  # noqa: N818 - not an error of ours
    """The worker's answer cannot be true."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Bitmap:
    """A page as pixels: ``height`` rows of ``stride`` bytes, 4 bytes a pixel (B, G, R, unused).

    Where a row has as many bytes as pixels, each is a grey.
    """

    width: int
    height: int
    stride: int
    data: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class Pictured:
    """How much of a page (0 to 1) is picture, and the dots an inch of the largest (0 for none)."""

    dots: int
    covered: float


def pictured(untrusted: Mapping[str, Any]) -> Pictured:
    """Return how much of a page is picture."""
    covered = whole(untrusted, "covered", 0, 1_000) / 1_000
    return Pictured(dots=whole(untrusted, "dots", 0, 100_000), covered=covered)


def whole(untrusted: Mapping[str, Any], name: str, least: int, most: int) -> int:
    """Return a whole number from ``untrusted`` within its range."""
    value = untrusted.get(name)
    if type(value) is not int or not least <= value <= most:
        raise Lie(name)
    return value


def reach(untrusted: Mapping[str, Any]) -> tuple[Reach, ...]:
    """Return what the worker says it may still reach; one that says nothing may reach all."""
    value = untrusted.get("reach", list(Reach))
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise Lie("reach")
    known = {str(one): one for one in Reach}
    if len(set(value)) != len(value) or not known.keys() >= set(value):
        raise Lie("reach")
    return tuple(known[name] for name in value)


def size(untrusted: Mapping[str, Any], name: str) -> float:
    """Return a page side in points."""
    value = untrusted.get(name)
    if type(value) not in {int, float} or value is None:
        raise Lie(name)
    if not math.isfinite(value) or not 0 < value <= limits.MAX_POINTS:
        raise Lie(name)
    return float(value)


def page_text(untrusted: Mapping[str, Any], body: bytes, number: int) -> PageText:
    """Return a page's text: as many boxes as characters, none of them inside out."""
    text, boxes = boxed(untrusted, body)
    return PageText(
        number=number,
        text=text,
        boxes=boxes,
        width=size(untrusted, "width"),
        height=size(untrusted, "height"),
    )


def boxed(untrusted: Mapping[str, Any], body: bytes) -> tuple[str, bytes]:
    """Return a text and its packed boxes."""
    length = whole(untrusted, "text", 0, len(body))
    try:
        text = body[:length].decode("utf-8")
    except UnicodeDecodeError as error:
        raise Lie("text") from error
    boxes = body[length:]
    if len(text) > limits.MAX_PAGE_CHARACTERS or len(boxes) != 8 * len(text) or "\0" in text:
        raise Lie("boxes")
    corners = memoryview(boxes).cast("H") if _LITTLE else None
    if corners is not None and any(
        left > right for left, right in zip(corners[::4], corners[2::4], strict=True)
    ):
        raise Lie("boxes")
    return text, boxes


def bitmap(untrusted: Mapping[str, Any]) -> tuple[int, int, int]:
    """Return width, height and stride of a page's picture."""
    width = whole(untrusted, "width", 1, limits.MAX_PIXELS)
    height = whole(untrusted, "height", 1, limits.MAX_PIXELS)
    return width, height, whole(untrusted, "stride", width * 4, width * 4)


def small(untrusted: Mapping[str, Any]) -> tuple[int, int, int]:
    """Return width, height and stride of a preview, which is grey or coloured."""
    width = whole(untrusted, "width", 1, limits.PREVIEW_WIDTH)
    height = whole(untrusted, "height", 1, limits.MAX_PIXELS)
    stride = whole(untrusted, "stride", width, width * 4)
    if stride not in {width, 4 * width}:
        raise Lie("stride")
    return width, height, stride


def preview(untrusted: bytes) -> bytes:
    """Return a preview, which looks like a JPEG; only the worker looks into it."""
    if not (untrusted.startswith(b"\xff\xd8\xff") and untrusted.endswith(b"\xff\xd9")):
        raise Lie("preview")
    return untrusted


def costly(untrusted: Mapping[str, Any]) -> bool:
    """Return whether a page is said to take long to draw."""
    value = untrusted.get("costly", False)
    if type(value) is not bool:
        raise Lie("costly")
    return value


def notes(untrusted: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the sentences about what is not shown, as clean single lines."""
    found = untrusted.get("notes")
    if not isinstance(found, list) or len(found) > limits.MAX_NOTES:
        raise Lie("notes")
    if not all(isinstance(note, str) for note in found):
        raise Lie("notes")
    return tuple(clean_line(note[: limits.MAX_NOTE]) for note in found)


def named(untrusted: Mapping[str, Any]) -> dict[str, int]:
    """Return how many things of each kind the notes stand for."""
    found = untrusted.get("named", {})
    if not isinstance(found, dict) or len(found) > limits.THINGS:
        raise Lie("named")
    if not all(_THING.fullmatch(thing) for thing in found):
        raise Lie("named")
    return {thing: whole(found, thing, 0, limits.MAX_TEXT) for thing in found}


def ledger(untrusted: Mapping[str, Any]) -> tuple[LedgerLine, ...]:
    """Return what was counted: no more shown and named than held, samples only of what is not."""
    found = untrusted.get("ledger")
    if not isinstance(found, list) or len(found) > limits.THINGS:
        raise Lie("ledger")
    lines = tuple(_ledger_line(line) for line in found)
    if len({line.thing for line in lines}) != len(lines):
        raise Lie("ledger")
    return lines


def _ledger_line(untrusted: object) -> LedgerLine:
    if not isinstance(untrusted, dict):
        raise Lie("ledger")
    thing, some = untrusted.get("thing"), untrusted.get("missing")
    if not isinstance(thing, str) or not _THING.fullmatch(thing):
        raise Lie("ledger")
    if not isinstance(some, list) or len(some) > limits.SAMPLES:
        raise Lie("ledger")
    if not all(isinstance(text, str) and len(text) <= limits.MAX_SAMPLE for text in some):
        raise Lie("ledger")
    held = whole(untrusted, "held", 0, limits.MAX_TEXT)
    shown = whole(untrusted, "shown", 0, held)
    named = whole(untrusted, "named", 0, held - shown)
    if len(some) > held - shown - named:
        raise Lie("ledger")
    missing = tuple(text for text in map(clean_line, some) if text)
    return LedgerLine(thing=thing, held=held, shown=shown, named=named, missing=missing)


def wordless(pages: Sequence[PageText], waiting: Sequence[int] = ()) -> tuple[str, ...]:
    """Return a sentence about the pages without words of a document that has words.

    Not about those that wait to be read: what becomes of them is told of each.
    """
    bare = [page.number for page in pages if not page.text.strip() and page.number not in waiting]
    if not bare:
        return ()
    places = listed(bare, _LISTED)
    if len(bare) == 1:
        return (
            f"Page {places} is without words (blank, damaged or a scan) and cannot be searched.",
        )
    return (f"Pages {places} are without words (blank, damaged or scans) and cannot be searched.",)


def media(untrusted: Mapping[str, Any]) -> str:
    """Return the kind of the original."""
    value = untrusted.get("media")
    if not isinstance(value, str) or value not in MEDIA.values():
        raise Lie("media")
    return value


def prepared(
    untrusted: Mapping[str, Any], body: bytes, kind: str, *, locked: Sequence[str]
) -> tuple[bytes, bytes]:
    """Return the PDF that stands for a file, and the file without its password if it had one.

    ``locked`` are the passwords that were tried.
    """
    size = whole(untrusted, "opened", 0, min(len(body), limits.MAX_BYTES))
    at = len(body) - size
    return rendition(body[:at], kind, locked=bool(locked)), body[at:]


def rendition(untrusted: bytes, kind: str, *, locked: bool = False) -> bytes:
    """Return the PDF that stands for the original; a PDF stands for itself.

    With ``locked`` it may have been one that opens only with a password.
    """
    itself = kind == MEDIA["pdf"]
    if len(untrusted) > limits.MAX_RENDITION or (
        bool(untrusted) is itself and not (itself and locked)
    ):
        raise Lie("rendition")
    if untrusted and not untrusted.startswith(b"%PDF-"):
        raise Lie("rendition")
    return untrusted


_LITTLE = memoryview(b"\x01\x00").cast("H")[0] == 1
