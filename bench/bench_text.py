"""What the text of a page costs at import, beside PDFium's boxes alone: python bench/bench_text.py

The text of 20 dense pages and a box for each character, in CPU seconds, over asking PDFium for
the same boxes and doing nothing with them: at most 1.5 times as long. Both open the document
afresh and take turns; the best of each counts.
"""

import ctypes
import sys
import time
from pathlib import Path

import pypdfium2 as pdfium
from pypdfium2 import raw

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench_pages import PAGES, dense

from reviewer.documents.formats.pdf import Pdf

LIMIT = 1.5
TURNS = 9


def ours(pdf: bytes) -> int:
    document = Pdf(pdf)
    characters = sum(len(document.words(at + 1).text) for at in range(document.pages))
    document.close()
    return characters


def boxes(pdf: bytes) -> None:
    rect = raw.FS_RECTF()
    into = ctypes.byref(rect)
    with pdfium.PdfDocument(pdf) as document:
        for page in document:
            text = page.get_textpage()
            handle = text.raw
            for at in range(text.count_chars()):
                raw.FPDFText_GetLooseCharBox(handle, at, into)


def words(pdf: bytes) -> None:
    with pdfium.PdfDocument(pdf) as document:
        for page in document:
            page.get_textpage().get_text_range()


def main() -> int:
    """Measure; returns 1 where it takes too long."""
    pdf = dense()
    best = dict.fromkeys((ours, boxes, words), float("inf"))
    for _ in range(TURNS):
        for what in best:
            start = time.process_time()
            what(pdf)
            best[what] = min(best[what], time.process_time() - start)
    page = {what: 1000 * took / PAGES for what, took in best.items()}
    ratio = best[ours] / best[boxes]
    print(
        f"text and boxes {page[ours]:.1f} ms a page of {ours(pdf) // PAGES:,} characters,"
        f" PDFium's boxes alone {page[boxes]:.1f} ms, its text alone {page[words]:.1f} ms:"
        f" {ratio:.2f} x the boxes (limit {LIMIT})"
    )
    return int(not ratio <= LIMIT)


if __name__ == "__main__":
    sys.exit(main())
