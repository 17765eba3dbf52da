"""PDF in the worker: page sizes, text with a box a character, and pictures of pages.

Only PDFium is used, built without JavaScript; no action of a document is ever run.
"""

import contextlib
import ctypes
import math
import struct
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium
from pypdfium2 import raw

from reviewer.documents import limits
from reviewer.documents.refusals import Refused

_ERRORS = {raw.FPDF_ERR_PASSWORD: "pdf-locked", raw.FPDF_ERR_SECURITY: "pdf-security"}
_GRID = 1 << 20  # steps a page side is measured in when its transform is found
_UNITS = 65_535
_HYPHEN = {0x2, 0xFFFE, 0xAD}  # PDFium's marks for a hyphen at the end of a line
_LIGATURES = {0xFB00 + at: text for at, text in enumerate(("ff", "fi", "fl", "ffi", "ffl"))}
_BOX = struct.Struct("<4H")
_NOTHING = (0, 0, 0, 0)
Corners = tuple[int, int, int, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """The text of one page and its packed boxes; sizes in points of the page as shown."""

    text: str
    boxes: bytes
    width: float
    height: float


class Pdf:
    """One open PDF."""

    def __init__(self, untrusted: bytes) -> None:
        try:
            self._document = pdfium.PdfDocument(untrusted)
        except pdfium.PdfiumError as error:
            code = getattr(error, "err_code", None)
            raise Refused(_ERRORS.get(code, "pdf-broken")) from error
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
    def attachments(self) -> int:
        """How many files are embedded in it."""
        return int(self._document.count_attachments())

    def words(self, number: int) -> Words:
        """Return the text and boxes of page ``number`` (from 1). Raises ``Refused``."""
        page = self._page(number)
        try:
            width, height = _size(page, number)
            textpage = page.get_textpage()
            try:
                text, boxes = _characters(page, textpage, number)
            finally:
                textpage.close()
        except pdfium.PdfiumError as error:
            raise Refused("page", number) from error
        finally:
            page.close()
        return Words(text=text, boxes=boxes, width=width, height=height)

    def render(self, number: int, width_px: int, into: ctypes.Array[ctypes.c_char]) -> list[int]:
        """Draw page ``number`` into ``into`` as BGRX; return width, height and stride in pixels.

        A page that would be taller than ``limits.MAX_PIXELS`` at this width is drawn smaller.
        """
        page = self._page(number)
        try:
            width, height = _size(page, number)
            scale = min(width_px / width, limits.MAX_PIXELS / max(width, height))
            across, down = max(1, round(width * scale)), max(1, round(height * scale))
            self._draw(page, number, across, down, into)
        finally:
            page.close()
        return [across, down, across * 4]

    def _page(self, number: int) -> pdfium.PdfPage:
        if not 1 <= number <= self.pages:
            raise Refused("page", number)
        try:
            return self._document[number - 1]
        except pdfium.PdfiumError as error:
            raise Refused("page", number) from error

    def _draw(
        self,
        page: pdfium.PdfPage,
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
    page: pdfium.PdfPage, textpage: pdfium.PdfTextPage, number: int
) -> tuple[str, bytes]:
    """Return the text and packed boxes of a page."""
    count = textpage.count_chars()
    if count > limits.MAX_PAGE_CHARACTERS:
        raise Refused("page-text", number)
    place = _Place(page)
    text: list[str] = []
    boxes = bytearray()
    last = _NOTHING
    for at, code in _codes(textpage.raw, count):
        if code == 0x0A:
            text.append("\n")
            boxes += boxes[-8:][4:6] + boxes[-8:][2:] if boxes else _BOX.pack(*_NOTHING)
            continue
        letters = _LIGATURES.get(code) or chr(code)
        box = place.box(textpage.raw, at)
        if _jumped(last, box) and not text[-1].isspace() and not letters.isspace():
            text.append("\n")
            boxes += _BOX.pack(last[2], last[1], last[2], last[3])
        for part in _split(box, len(letters)):
            boxes += _BOX.pack(*part)
        text.append(letters)
        last = box
    return "".join(text), bytes(boxes)


def _jumped(last: Corners, box: Corners) -> bool:
    """Whether the text went on elsewhere: columns and blocks are often not told apart."""
    if last == _NOTHING or (box[1] < last[3] and last[1] < box[3]):
        return False
    return abs(box[0] - last[2]) > 3 * (last[3] - last[1])


def _codes(textpage: object, count: int) -> Iterator[tuple[int, int]]:
    """Yield (place, code point) of what a text may hold: no controls, no lone surrogates."""
    get = raw.FPDFText_GetUnicode
    high = 0
    for at in range(count):
        code = int(get(textpage, at))
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            if not high:
                continue
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        high = 0
        if code in _HYPHEN:
            code = 0x2D
        if _printed(code):
            yield at, code


def _printed(code: int) -> bool:
    if code < 0x20 or 0x7F <= code < 0xA0:
        return code in {0x09, 0x0A}
    return code <= 0x10FFFF and code & 0xFFFE != 0xFFFE


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
        self._rect = raw.FS_RECTF()
        self._pointer = ctypes.byref(self._rect)

    def box(self, textpage: object, at: int) -> Corners:
        """Return the box of character ``at`` in 0-65535 of the page as shown."""
        rect = self._rect
        if not raw.FPDFText_GetLooseCharBox(textpage, at, self._pointer):
            return _NOTHING
        x0 = self._x + rect.left * self._xx + rect.bottom * self._xy
        x1 = self._x + rect.right * self._xx + rect.top * self._xy
        y0 = self._y + rect.left * self._yx + rect.bottom * self._yy
        y1 = self._y + rect.right * self._yx + rect.top * self._yy
        if not math.isfinite(x0 + x1 + y0 + y1):
            return _NOTHING
        return (
            _clamp(min(x0, x1)),
            _clamp(min(y0, y1)),
            _clamp(max(x0, x1)),
            _clamp(max(y0, y1)),
        )


def _device(page: pdfium.PdfPage, x: float, y: float) -> tuple[int, int]:
    across, down = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(
        page, 0, 0, _GRID, _GRID, 0, x, y, ctypes.byref(across), ctypes.byref(down)
    )
    return across.value, down.value


def _clamp(value: float) -> int:
    return 0 if value < 0 else _UNITS if value > _UNITS else round(value)


def _split(box: Corners, parts: int) -> list[Corners]:
    """Return ``box`` cut into ``parts`` side by side (a ligature holds several letters)."""
    if parts == 1:
        return [box]
    left, top, right, bottom = box
    step = (right - left) / parts
    return [
        (left + round(at * step), top, left + round((at + 1) * step), bottom)
        for at in range(parts)
    ]
