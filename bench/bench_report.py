"""The demonstration's report against plain reportlab writing as many pages of plain text.

    python bench/bench_report.py

Both run in this process, one after the other, five times each, in CPU seconds; the median of the
pairs' ratios must be at most 3, for the core and for the extended framework.
"""

import io
import statistics
import sys
import time
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import pypdfium2

from reviewer.progress import Quiet
from reviewer.reports.paper import consolidated_pdf
from reviewer.reports.tables.xlsx import write_workbook
from reviewer.typeset import fonts
from tests.reviewer.summary.build import summarised
from tests.reviewer.summary.example import example_panel

LIMIT = 3.0  # times plain text on as many pages
ROUNDS = 5
LINE = "The risk was told to the operator and not passed on to the officers who went to the door."


def cpu(work):
    start = time.process_time()
    work()
    return time.process_time() - start


def plain(pages):
    """Write pages of 60 lines in one embedded face: the least that as much paper can cost."""
    target = io.BytesIO()
    canvas = Canvas(target, pageCompression=1, invariant=1)
    for _ in range(pages):
        canvas.setFont(fonts.SANS, 8)
        for row in range(60):
            canvas.drawString(54, 780 - 12 * row, LINE)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def measure(name, *, extended):
    panel = example_panel(extended=extended)
    summary = summarised(panel, resamples=200)
    document = pypdfium2.PdfDocument(consolidated_pdf(summary))
    pages = len(document)
    document.close()
    pairs = [
        (cpu(lambda: consolidated_pdf(summary)), cpu(lambda: plain(pages))) for _ in range(ROUNDS)
    ]
    ratio = statistics.median(ours / bare for ours, bare in pairs)
    paper, bare = (statistics.median(side) for side in zip(*pairs, strict=True))
    table = cpu(lambda: write_workbook(summary, io.BytesIO(), Quiet()))
    print(
        f"{name}: {len(panel.cases)} cases x {len(panel.framework.factors)} factors x "
        f"{len(panel.members)} members, {pages} pages: {paper:.2f} s; plain text on "
        f"as many pages {bare:.2f} s; ratio {ratio:.2f} (limit {LIMIT}); XLSX {table:.2f} s"
    )
    return ratio


def main():
    fonts.ready()
    return max(measure("core", extended=False), measure("extended", extended=True)) > LIMIT


if __name__ == "__main__":
    sys.exit(main())
