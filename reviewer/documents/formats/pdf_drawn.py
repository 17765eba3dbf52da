"""A page of a PDF as it is drawn, to see what is seen of it. Runs in the worker."""

import ctypes

import pypdfium2 as pdfium
from pypdfium2 import raw

_ACROSS = 1000  # pixels
_DOWN = 2000
Sides = tuple[float, float, float, float]


class Picture:
    """A page as it is drawn, in grey, to be looked at in places."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self._page = page
        width, height = page.get_size()
        scale = min(_ACROSS / width, _DOWN / height)
        self._across, self._down = max(1, round(width * scale)), max(1, round(height * scale))
        self._pixels = ctypes.create_string_buffer(self._across * self._down)
        bitmap = raw.FPDFBitmap_CreateEx(
            self._across, self._down, raw.FPDFBitmap_Gray, self._pixels, self._across
        )
        if bitmap:
            raw.FPDFBitmap_FillRect(bitmap, 0, 0, self._across, self._down, 0xFFFFFFFF)
            raw.FPDF_RenderPageBitmap(
                bitmap, page, 0, 0, self._across, self._down, 0, raw.FPDF_ANNOT
            )
            raw.FPDFBitmap_Destroy(bitmap)
        self._grey = memoryview(self._pixels.raw)

    def part(self, sides: Sides) -> list[bytes]:
        """Return the rows of pixels where ``sides``, of the page's own coordinates, lie."""
        x0, y0 = self._at(sides[0], sides[1])
        x1, y1 = self._at(sides[2], sides[3])
        (x0, x1), (y0, y1) = sorted((x0, x1)), sorted((y0, y1))
        x0, x1 = max(0, x0), min(self._across, x1 + 1)
        rows = range(max(0, y0), min(self._down, y1 + 1))
        return [bytes(self._grey[at * self._across + x0 : at * self._across + x1]) for at in rows]

    def plain(self, sides: Sides) -> bool:
        """Whether nothing but one colour is seen there."""
        return len(set(b"".join(self.part(sides)))) <= 1

    def _at(self, x: float, y: float) -> tuple[int, int]:
        across, down = ctypes.c_int(), ctypes.c_int()
        raw.FPDF_PageToDevice(self._page, 0, 0, self._across, self._down, 0, x, y, across, down)
        return across.value, down.value
