"""PDF in the worker: page sizes, text with a box a character, and pictures of pages.

Only PDFium is used, built without JavaScript; no action of a document is ever run.
"""

import contextlib
import ctypes
import math
import re
import sys
from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import repeat
from operator import le
from typing import BinaryIO

import pypdfium2 as pdfium
from pypdfium2 import raw

from reviewer.documents import limits
from reviewer.documents.formats.pdf_columns import by_columns
from reviewer.documents.formats.pdf_costly import costly
from reviewer.documents.formats.pdf_hidden import Hidden, hidden_on
from reviewer.documents.formats.pdf_open import opened, opened_in_pieces
from reviewer.documents.formats.pdf_text import Columns, closed_up, ending_lines, left_of, written
from reviewer.documents.refusals import Refused

_GRID = 1 << 20  # steps a page side is measured in when its transform is found
_UNITS = 65_535
_PAPER = (595.0, 842.0)  # points, of a page of which nothing is known
_WHOLE = float.__round__  # a third faster than ``round``, which looks it up for each
_SURROGATE = re.compile("[\ud800-\udfff]")


def _direct(function: object, *kinds: type) -> Callable[..., int]:
    """Return a function of PDFium that is called with plain numbers: a third of the time."""
    pointer = ctypes.cast(function, ctypes.c_void_p).value or 0  # type: ignore[arg-type]
    return ctypes.PYFUNCTYPE(*kinds)(pointer)


_LOOSE_BOX = _direct(
    raw.FPDFText_GetLooseCharBox, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p
)
_UNICODE = _direct(raw.FPDFText_GetUnicode, ctypes.c_uint, ctypes.c_void_p, ctypes.c_int)


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """The text of one page and its packed boxes; sizes in points of the page as shown.

    ``costly`` is whether it takes long to draw.
    """

    text: str
    boxes: bytes
    width: float
    height: float
    costly: bool = False


class Pdf:
    """One open PDF; of one that is no bytes but a file only what is asked for is read."""

    def __init__(self, untrusted: bytes | BinaryIO) -> None:
        self.layered = True  # it may be
        self.cut = False  # its end was lost, and its pages were looked for
        if isinstance(untrusted, bytes):
            self._document, self.said, self.cut = opened(untrusted)
            self.layered = b"/OCProperties" in untrusted or b"/ObjStm" in untrusted
        else:
            self._document, self.said = opened_in_pieces(untrusted)
        self.hidden: dict[int, Hidden] = {}  # what nobody sees of the pages looked at, from 1
        if self.has_forms:
            with contextlib.suppress(pdfium.PdfiumError):
                self._document.init_forms()  # filled-in fields are drawn only with this
        self.pages = len(self._document)
        if self.pages < 1:
            raise Refused("no-pages")
        if self.pages > limits.MAX_PAGES:
            raise Refused("pages")

    def close(self) -> None:
        """Free the document."""
        self._document.close()

    @property
    def has_forms(self) -> bool:
        """Whether the document has fields to fill in."""
        return bool(self._document.get_formtype())

    @property
    def is_xfa(self) -> bool:
        """Whether its fields are of the kind that only Adobe's programs show."""
        return bool(self._document.get_formtype() > raw.FORMTYPE_ACRO_FORM)

    @property
    def document(self) -> pdfium.PdfDocument:
        """PDFium's own, for what is asked of it elsewhere."""
        return self._document

    def words(self, number: int) -> Words:
        """Return the text and boxes of page ``number`` (from 1). Raises ``Refused``.

        A page that cannot be loaded is an empty one: the others are shown, and it is told.
        """
        page = self._page(number)
        if page is None:
            return Words(text="", boxes=b"", width=_PAPER[0], height=_PAPER[1])
        try:
            width, height = _size(page, number)
            textpage = page.get_textpage()
            try:
                hidden = self.hidden.get(number) or hidden_on(page, textpage, layered=self.layered)
                text, boxes = _characters(page, textpage, number, hidden.places)
            finally:
                textpage.close()
            slow = costly(page)
        except pdfium.PdfiumError as error:
            raise Refused("page", number) from error
        finally:
            page.close()
        return Words(text=text, boxes=boxes, width=width, height=height, costly=slow)

    def render(self, number: int, width_px: int, into: ctypes.Array[ctypes.c_char]) -> list[int]:
        """Draw page ``number`` into ``into`` as BGRX; return width, height and stride in pixels.

        A page that would be taller than ``limits.MAX_PIXELS`` at this width is drawn smaller.
        """
        page = self._page(number)
        try:
            width, height = _PAPER if page is None else _size(page, number)
            scale = min(width_px / width, limits.MAX_PIXELS / max(width, height))
            across, down = max(1, round(width * scale)), max(1, round(height * scale))
            self._draw(page, number, across, down, into)
        finally:
            if page is not None:
                page.close()
        return [across, down, across * 4]

    def _page(self, number: int) -> pdfium.PdfPage | None:
        if not 1 <= number <= self.pages:
            raise Refused("page", number)
        try:
            return self._document[number - 1]
        except pdfium.PdfiumError:
            return None

    def _draw(
        self,
        page: pdfium.PdfPage | None,
        number: int,
        across: int,
        down: int,
        into: ctypes.Array[ctypes.c_char],
    ) -> None:
        bitmap = raw.FPDFBitmap_CreateEx(across, down, raw.FPDFBitmap_BGRx, into, across * 4)
        if not bitmap:
            raise Refused("page", number)
        try:
            raw.FPDFBitmap_FillRect(bitmap, 0, 0, across, down, 0xFFFFFFFF)
            if page is None:
                return
            raw.FPDF_RenderPageBitmap(bitmap, page, 0, 0, across, down, 0, raw.FPDF_ANNOT)
            if self._document.formenv:
                raw.FPDF_FFLDraw(
                    self._document.formenv, bitmap, page, 0, 0, across, down, 0, raw.FPDF_ANNOT
                )
        finally:
            raw.FPDFBitmap_Destroy(bitmap)


def _size(page: pdfium.PdfPage, number: int) -> tuple[float, float]:
    width, height = page.get_size()
    if not (0 < width <= limits.MAX_POINTS and 0 < height <= limits.MAX_POINTS):
        raise Refused("page-size", number)
    return width, height


def _characters(
    page: pdfium.PdfPage, textpage: pdfium.PdfTextPage, number: int, hidden: frozenset[int]
) -> tuple[str, bytes]:
    """Return the text and packed boxes of a page, without what stands at ``hidden``."""
    count = textpage.count_chars()
    if count > limits.MAX_PAGE_CHARACTERS:
        raise Refused("page-text", number)
    if count < 1:
        return "", b""
    width, height = page.get_size()
    told, columns = _told(textpage, count), _Place(page).columns(textpage, count)
    places: Sequence[int] = range(count)
    if hidden:
        places = [at for at in places if at not in hidden]
        told, columns = left_of(told, columns, places)
    told, columns = closed_up(
        told,
        columns,
        lambda at: raw.FPDFText_IsGenerated(textpage, places[at]) == 1,
        width / height,
    )
    done = written(*by_columns(*ending_lines(told, columns), width / height))
    return "".join(done.text), bytes(done.boxes)


def _told(textpage: pdfium.PdfTextPage, count: int) -> str:
    """Return the code points of a page, one for each of its characters.

    Asked for together they are the same, but for the mark of a hyphen, where nothing was left out
    and nothing stands for two; else they are asked for one by one.
    """
    units = (ctypes.c_ushort * (2 * count + 2))()
    if raw.FPDFText_GetText(textpage.raw, 0, count, units) == count + 1:
        told = bytes(units)[: 2 * count].decode("utf-16-le", "surrogatepass")
        if len(told) == count and not _SURROGATE.search(told):
            return told
    codes = map(_UNICODE, repeat(_address(textpage)), range(count))
    return "".join(chr(code) if code <= sys.maxunicode else "\0" for code in codes)


def _address(textpage: pdfium.PdfTextPage) -> int:
    return ctypes.cast(textpage.raw, ctypes.c_void_p).value or 0


class _Place:
    """From a page's own coordinates to the page as shown: rotation, crop and unit applied."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        left, bottom, right, top = page.get_bbox()
        across, up = (right - left) or 1.0, (top - bottom) or 1.0
        x0, y0 = _device(page, left, bottom)
        x1, y1 = _device(page, left + across, bottom)
        x2, y2 = _device(page, left, bottom + up)
        scale = _UNITS / _GRID
        self._xx, self._yx = (x1 - x0) / across * scale, (y1 - y0) / across * scale
        self._xy, self._yy = (x2 - x0) / up * scale, (y2 - y0) / up * scale
        self._x = x0 * scale - left * self._xx - bottom * self._xy
        self._y = y0 * scale - left * self._yx - bottom * self._yy

    def columns(self, textpage: pdfium.PdfTextPage, count: int) -> Columns:
        """Return left, top, right and bottom of each character, 0-65535 of the page as shown."""
        found = (ctypes.c_float * (4 * count))()
        start = ctypes.addressof(found)
        places = range(start, start + 16 * count, 16)
        had = list(map(_LOOSE_BOX, repeat(_address(textpage)), range(count), places))
        sides = array("f", bytes(found))
        none = [at for at, there in enumerate(had) if not there] if not all(had) else []
        try:
            columns = self._shown(sides)
        except (OverflowError, ValueError):  # what is not finite cannot be rounded
            none += [at for at in range(count) if not _finite(sides[4 * at : 4 * at + 4])]
            for at in none:
                sides[4 * at : 4 * at + 4] = array("f", bytes(16))
            columns = self._shown(sides)
        for at in none:
            for column in columns:
                column[at] = 0
        return columns

    def _shown(self, sides: Sequence[float]) -> Columns:
        left, top, right, bottom = (sides[at::4] for at in range(4))
        x0 = _line(self._x, left, self._xx, bottom, self._xy)
        x1 = _line(self._x, right, self._xx, top, self._xy)
        y0 = _line(self._y, left, self._yx, bottom, self._yy)
        y1 = _line(self._y, right, self._yx, top, self._yy)
        (x0, x1), (y0, y1) = _within(x0, x1), _within(y0, y1)
        return x0, y0, x1, y1


def _finite(values: Iterable[float]) -> bool:
    return all(map(math.isfinite, values))


def _line(
    at: float, across: Sequence[float], x: float, up: Sequence[float], y: float
) -> list[int]:
    """Return ``at + across * x + up * y`` of each in whole steps.

    On an upright page one of both is 0, and of the heights of its lines there are only a few.
    """
    if not y:
        return list(map(_WHOLE, [at + one * x for one in across]))
    if not x:
        heights = {one: round(at + one * y) for one in set(up)}
        return list(map(heights.__getitem__, up))
    both = zip(across, up, strict=True)
    return list(map(_WHOLE, [at + one * x + two * y for one, two in both]))


def _within(low: list[int], high: list[int]) -> tuple[list[int], list[int]]:
    """Return both the right way round, and none outside the page."""
    if not all(map(le, low, high)):
        low, high = list(map(min, low, high)), list(map(max, low, high))
    if min(low) < 0 or max(high) > _UNITS:
        low, high = ([min(max(one, 0), _UNITS) for one in values] for values in (low, high))
    return low, high


def _device(page: pdfium.PdfPage, x: float, y: float) -> tuple[int, int]:
    across, down = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(
        page, 0, 0, _GRID, _GRID, 0, x, y, ctypes.byref(across), ctypes.byref(down)
    )
    return across.value, down.value
