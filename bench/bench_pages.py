"""How long a cold page takes through the worker, as a ratio to bare PDFium in the same run.

Run: ``python bench/bench_pages.py``. Exit 1 where a limit is broken. Both sides open the same
document afresh and draw a page that was never drawn; they take turns, so that whatever else the
machine does falls on both.
"""

import io
import statistics
import sys
import time
from pathlib import Path

import pypdfium2 as pdfium
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from reviewer.documents.outside.worker import Worker

PAGES = 20
ROUNDS = 7  # the best of each page counts: two processes suffer more from a busy machine
LIMIT = 1.3  # times bare PDFium, for one cold page
WIDTHS = {"150 dots an inch": 1240, "a laptop's window": 900}
WORDS = "The custody sergeant recorded that the detained person was checked at each half hour and "


def dense() -> bytes:
    """Return a PDF of 20 dense pages of text."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    for page in range(PAGES):
        canvas.setFont("Times-Roman", 9)
        for line in range(72):
            at = (page * 7 + line * 3) % len(WORDS)
            canvas.drawString(50, 800 - line * 10.5, (WORDS[at:] + WORDS + WORDS)[:125])
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def bare(pdf: bytes, page: int, width: int) -> float:
    """Open and draw one page in this very process; return seconds."""
    start = time.perf_counter()
    with pdfium.PdfDocument(pdf) as document:
        sheet = document[page]
        sheet.render(scale=width / sheet.get_width(), rev_byteorder=False, prefer_bgrx=True)
    return time.perf_counter() - start


def through(worker: Worker, pdf: bytes, page: int, width: int) -> float:
    """Do the same through the worker."""
    start = time.perf_counter()
    worker.open("bench", pdf)
    worker.render("bench", page + 1, width)
    return time.perf_counter() - start


def main() -> int:
    pdf = dense()
    broken = False
    with Worker() as worker:
        start = time.perf_counter()
        worker.open("first", pdf)
        print(f"the worker starts and opens a document in {time.perf_counter() - start:.3f} s")
        for name, width in WIDTHS.items():
            ours, theirs = [], []
            for page in range(PAGES):
                rounds = [
                    (through(worker, pdf, page, width), bare(pdf, page, width))
                    for _ in range(ROUNDS)
                ]
                ours.append(min(mine for mine, _ in rounds))
                theirs.append(min(other for _, other in rounds))
            ratio = statistics.median(ours) / statistics.median(theirs)
            broken |= ratio > LIMIT
            print(
                f"cold page, {name} ({width} px): {statistics.median(ours) * 1000:.1f} ms through"
                f" the worker, {statistics.median(theirs) * 1000:.1f} ms bare:"
                f" {ratio:.2f} times (at most {LIMIT})"
            )
        start = time.perf_counter()
        for page in range(PAGES):
            worker.text("bench", page + 1)
        each = (time.perf_counter() - start) / PAGES
        print(f"text with boxes: {each * 1000:.1f} ms a page")
    return int(broken)


if __name__ == "__main__":
    sys.exit(main())
