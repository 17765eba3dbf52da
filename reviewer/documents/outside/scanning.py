"""Which pages of a document are pictures of words, and how large they are drawn to be read."""

import struct
from collections.abc import Callable, Sequence

from reviewer.documents import limits
from reviewer.documents.media import PICTURED
from reviewer.documents.outside.untrusted import Bitmap, Pictured
from reviewer.records.cases import PageText

_POINTS = 72
_UNITS = 65_535
_SIDES = struct.Struct("<4H")
_PIXEL = 4
_AROUND = 2  # pixels: the edge of a letter is grey


def scanned(
    pages: Sequence[PageText], media: str, look: Callable[[int], Pictured]
) -> tuple[int, ...]:
    """Return the pages that are pictures of words, or may be: they wait to be read.

    Also those on whose picture only a little was typed: a stamp, a number, a header. ``look``
    says how much of a page is picture.
    """
    if media not in PICTURED:
        return ()
    found = []
    for page in pages:
        letters = len("".join(page.text.split()))
        if not letters or (
            letters < limits.SCAN_LETTERS and look(page.number).covered >= limits.SCAN_COVERED
        ):
            found.append(page.number)
    return tuple(found)


def drawn_for_reading(page: PageText, pictured: Pictured) -> tuple[int, int]:
    """Return how many pixels wide a page is drawn to be read, and how many dots an inch that is.

    As fine as its picture is: drawn finer, the letters are no clearer, and it takes longer.
    """
    least, most = limits.SCAN_DOTS
    dots = min(max(pictured.dots or limits.SCAN_DRAWN, least), most)
    longer = max(page.width, page.height) / _POINTS
    dots = min(dots, int(limits.MAX_PIXELS / longer) or 1)
    return max(1, round(page.width / _POINTS * dots)), dots


def without_typed(picture: Bitmap, page: PageText) -> Bitmap:
    """Return a page as drawn with paper where it has text already: that is not read twice.

    A stamp in a corner would also make two columns of what is one.
    """
    if not page.text.strip():
        return picture
    data = bytearray(picture.data)
    for sign, (left, top, right, bottom) in zip(
        page.text, _SIDES.iter_unpack(page.boxes), strict=False
    ):
        if sign.isspace():
            continue
        first = max(0, left * picture.width // _UNITS - _AROUND)
        last = min(picture.width, right * picture.width // _UNITS + _AROUND)
        paper = b"\xff" * (_PIXEL * (last - first))
        above = max(0, top * picture.height // _UNITS - _AROUND)
        below = min(picture.height, bottom * picture.height // _UNITS + _AROUND)
        for row in range(above, below):
            at = row * picture.stride + _PIXEL * first
            data[at : at + len(paper)] = paper
    return Bitmap(
        width=picture.width, height=picture.height, stride=picture.stride, data=bytes(data)
    )
