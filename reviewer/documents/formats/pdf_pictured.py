"""How much of a PDF's page is picture, and how fine the finest of those is: a scan, mostly."""

import math

import pypdfium2 as pdfium
from pypdfium2 import raw

_MOST = 2_000  # pictures of one page that are looked at
_THOUSANDTHS = 1_000


def pictured(document: pdfium.PdfDocument, number: int) -> tuple[int, int]:
    """Return dots an inch of the picture that covers most of a page, and how much all cover.

    The second is in thousandths of the page. 0 dots stand for a page without pictures.
    """
    try:
        page = document[number - 1]
    except pdfium.PdfiumError:
        return 0, 0
    try:
        return _looked_at(page)
    finally:
        page.close()


def _looked_at(page: pdfium.PdfPage) -> tuple[int, int]:
    left, bottom, right, top = page.get_bbox()
    whole = max(1.0, (right - left) * (top - bottom))
    covered, largest, dots = 0.0, 0.0, 0.0
    for at, one in enumerate(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=4)):
        if at >= _MOST:
            break
        try:
            wide, high = one.get_px_size()
            x0, y0, x1, y1 = one.get_bounds()
        except (pdfium.PdfiumError, ValueError):
            continue
        area = max(0.0, min(x1, right) - max(x0, left)) * max(0.0, min(y1, top) - max(y0, bottom))
        full = (x1 - x0) * (y1 - y0)
        if not (math.isfinite(area) and math.isfinite(full) and full > 0):
            continue
        covered += area
        if area > largest:
            largest, dots = area, 72 * math.sqrt(wide * high / full)
    share = min(1.0, covered / whole)
    return round(min(dots, 100_000.0)), round(share * _THOUSANDTHS)
