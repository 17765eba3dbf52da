"""The demonstration's report against plain reportlab writing as many pages of plain text.

    python bench/bench_report.py

Both run in this process, one after the other, three times each; the least time of each counts.
"""

import io
import sys
import time
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import pypdfium2

from reviewer.progress import Quiet
from reviewer.reports import faces
from reviewer.reports.pdf import consolidated_pdf
from reviewer.reports.xlsx import write_workbook
from reviewer.summary.consolidate import consolidate
from tests.reviewer.summary.example import example_panel

MOST_SECONDS = 5.0  # the demonstration's report, from a finished summary
ROUNDS = 3
LINE = "The risk was told to the operator and not passed on to the officers who went to the door."


def least(work):
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        made = work()
        times.append(time.perf_counter() - start)
    return min(times), made


def plain(pages):
    """Write pages of 60 lines in one embedded face: the least that as much paper can cost."""
    target = io.BytesIO()
    canvas = Canvas(target, pageCompression=1, invariant=1)
    for _ in range(pages):
        canvas.setFont(faces.SANS, 8)
        for row in range(60):
            canvas.drawString(54, 780 - 12 * row, LINE)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def measure(name, *, extended):
    panel = example_panel(extended=extended)
    summary = consolidate(panel)
    took, paper = least(lambda: consolidated_pdf(summary))
    document = pypdfium2.PdfDocument(paper)
    pages = len(document)
    document.close()
    bare, _ = least(lambda: plain(pages))
    table, _ = least(lambda: write_workbook(summary, io.BytesIO(), Quiet()))
    print(
        f"{name}: {len(panel.cases)} cases x {len(panel.framework.factors)} factors x "
        f"{len(panel.members)} members, {pages} pages: {took:.2f} s; plain text on as many pages "
        f"{bare:.2f} s; ratio {took / bare:.1f}; XLSX {table:.2f} s"
    )
    return took


def main():
    faces.ready()
    worst = max(measure("core", extended=False), measure("extended", extended=True))
    print(f"worst {worst:.2f} s of {MOST_SECONDS:.0f} s allowed")
    return worst > MOST_SECONDS


if __name__ == "__main__":
    sys.exit(main())
