"""One document's bytes in an update: the original, the rendition, the pages, what is told of it.

The chair's worker opened the document; here its pages are laid out and taken back, nothing parsed.
"""

import hashlib
import struct
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, NoReturn

from reviewer.documents import limits
from reviewer.documents.media import PICTURED
from reviewer.errors import ReturnError
from reviewer.exchange.updates import told
from reviewer.records.cases import Document, PageText, Reading
from reviewer.records.large import FileBytes, pieces_of
from reviewer.records.scans import PageReading

_HEAD = struct.Struct(">IIdd")  # length of the text, of the boxes; width, height
_LAYER = "bodies"
_BOX = 8  # bytes a character
MAX_PAGES_BYTES = 512 << 20  # 48 million characters with their boxes deflated are a fraction


@dataclass(frozen=True, kw_only=True, slots=True)
class BodyFacts:
    """How long the later parts of a body are, and the SHA-256 of all of it.

    ``told`` is 0 in an update of an older program, which had no notes.
    """

    rendition: int
    pages: int
    told: int = 0
    sha256: str


class Body(NamedTuple):
    """One document's bytes in the order in which they travel."""

    original: FileBytes
    rendition: bytes
    pages: bytes
    told: bytes

    def parts(self) -> Iterator[bytes]:
        """Yield all of it, a MiB or less at a time."""
        for part in self:
            yield from pieces_of(part)


class Passed:
    """An original that is read as it comes: how much of it there was, and its hash."""

    def __init__(self) -> None:
        self.size = 0
        self.hash = hashlib.sha256()

    def add(self, piece: bytes) -> None:
        """Count and hash what has come."""
        self.size += len(piece)
        self.hash.update(piece)


def pages_of(count: int, page: Callable[[int], PageText]) -> bytes:
    """Return the pages part of a body; ``page`` gives each page by its number from 1."""
    parts = []
    for number in range(1, count + 1):
        one = page(number)
        text = one.text.encode("utf-8")
        boxes = zlib.compress(one.boxes, 6) if one.boxes else b""
        parts += [_HEAD.pack(len(text), len(boxes), one.width, one.height), text, boxes]
    return b"".join(parts)


def facts_of(body: Body) -> BodyFacts:
    """Return what the changes say of a body."""
    passed = Passed()
    for part in pieces_of(body.original):
        passed.add(part)
    return _facts(passed, body)


def _facts(original: Passed, rest: Body) -> BodyFacts:
    whole = original.hash.copy()
    for part in (rest.rendition, rest.pages, rest.told):
        whole.update(part)
    return BodyFacts(
        rendition=len(rest.rendition),
        pages=len(rest.pages),
        told=len(rest.told),
        sha256=whole.hexdigest(),
    )


def reading_of(document: Document, facts: BodyFacts, original: Passed, untrusted: Body) -> Reading:
    """Return the pages in a body and what is told of it, checked against what was signed.

    Of the ``original`` only what has been seen of it is looked at. Raises ``ReturnError`` (layer
    ``bodies``).
    """
    if _facts(original, untrusted) != facts:
        _refuse("is not the one that was signed")
    if original.hash.hexdigest() != document.sha256 or original.size != document.size:
        _refuse("is not the document that it says it is")
    pages = []
    at = 0
    for number in range(1, document.page_count + 1):
        page, at = _page(number, untrusted.pages, at)
        pages.append(page)
    if at != len(untrusted.pages):
        _refuse("has more pages than it says")
    said = told.decode(untrusted.told, document.id, layer=_LAYER)
    numbers = (*(one.number for one in said.scans), *(one.page for one in said.typed))
    if any(number > document.page_count for number in numbers):
        _refuse("tells of a page that it does not have")
    return Reading(
        media=document.media,
        pages=tuple(pages),
        rendition=untrusted.rendition,
        text_source=document.text_source,
        notes=tuple(said.notes),
        ledger=tuple(said.ledger),
        scans=tuple(said.scans) or _waiting(document, pages),
        corrections=tuple(said.typed),
    )


def _waiting(document: Document, pages: Sequence[PageText]) -> tuple[PageReading, ...]:
    """Return the pages that an older program sent without words: they wait to be read here."""
    if document.media not in PICTURED:
        return ()
    return tuple(PageReading(number=page.number) for page in pages if not page.text.strip())


def _page(number: int, untrusted: bytes, at: int) -> tuple[PageText, int]:
    """Return one page and where the next begins."""
    if at + _HEAD.size > len(untrusted):
        _refuse("has fewer pages than it says")
    letters, packed, width, height = _HEAD.unpack_from(untrusted, at)
    middle = at + _HEAD.size + letters
    end = middle + packed
    if end > len(untrusted):
        _refuse("has a page that is cut short")
    if not (0 < width <= limits.MAX_POINTS and 0 < height <= limits.MAX_POINTS):
        _refuse("has a page of no size")
    try:
        text = untrusted[at + _HEAD.size : middle].decode("utf-8")
    except UnicodeDecodeError:
        _refuse("has a page whose text is none")
    if len(text) > limits.MAX_PAGE_CHARACTERS or "\0" in text:
        _refuse("has a page whose text is none")
    boxes = _boxes(untrusted[middle:end], len(text))
    return PageText(number=number, text=text, boxes=boxes, width=width, height=height), end


def _boxes(untrusted: bytes, characters: int) -> bytes:
    """Return the boxes, never unpacking more than the text has room for."""
    if not untrusted:
        return b""
    unpacker = zlib.decompressobj()
    try:
        boxes = unpacker.decompress(untrusted, characters * _BOX + 1)
    except zlib.error:
        _refuse("has a page whose boxes are damaged")
    if len(boxes) != characters * _BOX or not unpacker.eof or unpacker.unused_data:
        _refuse("has a page whose boxes do not fit its text")
    return boxes


def _refuse(what: str) -> NoReturn:
    raise ReturnError(
        f"A document in this update {what}, so nothing was taken. Ask for a new copy.",
        layer=_LAYER,
    ) from None
