"""Which pages of a PDF take long to draw: large pictures, and drawings of very many strokes."""

from itertools import islice

import pypdfium2 as pdfium
from pypdfium2 import raw

_PIXELS = 800_000  # an A4 scan at 100 dots an inch has 970,000; a page of text draws as fast
_OBJECTS = 15_000  # a dense page of text has a few hundred
_MOST = 2_000  # pictures of one page that are looked at


def costly(page: pdfium.PdfPage) -> bool:
    """Whether drawing ``page`` takes longer than one of text does, as far as it can be told."""
    if raw.FPDFPage_CountObjects(page) >= _OBJECTS:
        return True
    pixels = 0
    for one in islice(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=4), _MOST):
        try:
            wide, high = one.get_px_size()
        except pdfium.PdfiumError:
            continue
        pixels += wide * high
        if pixels >= _PIXELS:
            return True
    return False
