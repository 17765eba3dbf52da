"""A long scan scrolled to its end and dragged: python bench/bench_scroll.py [--colour].

Made here: 500 pages (or ``--pages``) at 300 dots an inch, half a megabyte each, typed ones or (by
``--colour``) photographs. Printed: how long the document takes to come in and what its previews
add; from opening it to the first page that is painted (by its preview, and sharp) beside bare
PDFium, which reads the same file from disk and draws the same page in this very process; then,
scrolled at 25 pages a second and dragged to places all over it, how many frames had a page without
any picture and how many took longer than 32 ms, by the clock and of the processor (what else the
machine does falls on the clock alone); and what memory the program and its processes took over
what they had before.
Limits: no blank frame, at most one frame in a hundred over 32 ms of the processor, 250 MB.
"""

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("REVIEWER_CHEAP_KEYS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import _scan
import pypdfium2 as pdfium
from _window import Window
from bench_delivery import PASSPHRASE
from PySide6.QtWidgets import QApplication

from reviewer.assets import resource
from reviewer.casebook.book import Casebook, NewCasebook
from reviewer.crypto.profiles import CHEAP
from reviewer.documents.outside.worker import Worker
from reviewer.intake import import_documents
from reviewer.method.framework import load
from reviewer.progress import Quiet
from reviewer.records.cases import Case
from reviewer.records.ids import CaseId, new_id
from ui.main_window.memory import lay_apart
from ui.reader.page import view as view_module
from ui.rooms.read.room import ReadRoom
from ui.settings import Settings

PAGES = 500
SPEED = 25  # pages a second
FRAME = 1 / 60
LONG = 0.032
DRAGS = 240  # places, at 60 a second
FEW_LONG = 0.01  # of all frames
MEMORY = 250  # MB
NAMES = "by the clock", "of the processor"
REST = 1.5  # seconds after opening, before it is scrolled


def make(folder, pages, *, colour):
    """Bring a scan into a new casebook; print what that took."""
    scan = folder / "scan.pdf"
    size = _scan.write(scan, pages, colour=colour)
    path = folder / "scan.casebook"
    framework = load(resource("frameworks/commission.toml"))
    new = NewCasebook(title="Invented", framework=framework, chair="A. Chair", chair_rates=True)
    with Casebook.create(path, PASSPHRASE, new, profile=CHEAP) as book, Worker() as worker:
        one = Case(id=CaseId(new_id()), reference="INV-001", title="Invented")
        book.cases.add([one])
        start = time.perf_counter()
        import_documents(book, worker, one.reference, [scan], Quiet())
        took = time.perf_counter() - start
        document = book.documents.of(one.id)[0]
        previews = book.previews.some(document.id, book.previews.pages(document.id))
        added = sum(map(len, previews.values()))
    print(
        f"a scan of {pages} pages, {size / 1e6:.0f} MB: {took:.0f} s to bring in;"
        f" {len(previews)} previews add {added / 1e6:.1f} MB ({added / size:.1%} of it)",
        flush=True,
    )


def memory():
    """Return the bytes that this process and its workers hold, shared ones counted once."""
    total, mine = 0, os.getpid()
    for one in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((one / "stat").read_text().rpartition(")")[2].split()[1])
            if mine not in {int(one.name), parent}:
                continue
            rollup = (one / "smaps_rollup").read_text()
        except (OSError, ValueError):
            continue
        total += 1024 * int(rollup.partition("\nPss:")[2].split()[0])
    return total


class Scrolling(Window):
    """The reading room, and what each of its frames showed and took."""

    def __init__(self, application, folder):
        super().__init__(application, folder / "scan.casebook", PASSPHRASE, CHEAP)
        self.blank = self.sharp = self.painted = 0
        self._paint = view_module.paint_page
        view_module.paint_page = self._noted
        self.room = ReadRoom(self.desk, Settings(folder / "settings.ini"))
        self.room.resize(1440, 900)
        self.room.show()
        self.view = self.room.reader.view
        self.opened = 0.0
        self._open = self.room.reading.open
        self.room.reading.open = self._opening
        self.before = self.most = memory()

    def _noted(self, painter, parts):
        self.painted += 1
        self.blank += parts.image is None
        if parts.image is not None:
            self.sharp += abs(parts.image.width() - parts.rect.width()) < 2
        self._paint(painter, parts)

    def _opening(self, *given, **named):
        self.opened = self.opened or time.perf_counter()
        self._open(*given, **named)

    def open(self):
        """Open the case; return seconds to the first picture of a page and to a sharp one.

        They begin with the opening of its document.
        """
        self.room.enter()
        self.until(lambda: self.room.reader.document is not None)
        self.blank = self.sharp = self.painted = 0
        self.until(lambda: self.painted > self.blank)
        first = time.perf_counter() - self.opened
        self.until(lambda: self.sharp)
        return first, time.perf_counter() - self.opened

    def run(self, places):
        """Scroll to each of ``places``, a frame apart; return the frames' times, and the blank."""
        bar, times, blank = self.view.verticalScrollBar(), [], 0
        begun = time.perf_counter()
        for at, place in enumerate(places):
            while time.perf_counter() < begun + at * FRAME:
                time.sleep(0.0005)
                if time.perf_counter() < begun + (at - 0.3) * FRAME:
                    self.application.processEvents()
            self.blank = 0
            start = time.perf_counter(), time.thread_time()
            bar.setValue(place)
            self.view.viewport().repaint()
            self.application.processEvents()
            times.append((time.perf_counter() - start[0], time.thread_time() - start[1]))
            blank += self.blank > 0
            if at % 30 == 0:
                self.most = max(self.most, memory())
        return times, blank


def told(what, times, blank):
    """Print what frames showed and took; return whether that keeps the promise."""
    print(f"{what}: {len(times)} frames, {blank} blank")
    for name, taken in zip(NAMES, zip(*times, strict=True), strict=True):
        long = sum(one > LONG for one in taken)
        print(
            f"  {name}: {long} over 32 ms, median {statistics.median(taken) * 1000:.1f} ms,"
            f" worst {max(taken) * 1000:.0f} ms",
            flush=True,
        )
    return not blank and long <= FEW_LONG * len(times)


def bare(scan, width):
    """Return seconds in which PDFium reads a file and draws its first page, in this process."""
    start = time.perf_counter()
    with pdfium.PdfDocument(scan.read_bytes()) as document:
        page = document[0]
        page.render(scale=width / page.get_width(), prefer_bgrx=True)
    return time.perf_counter() - start


def main():
    """Return 0 when every limit was kept."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--pages", type=int, default=PAGES)
    parser.add_argument("--colour", action="store_true", help="each page a photograph")
    parser.add_argument("--make", type=Path, help="only make the casebook, in this folder")
    parser.add_argument("--made", type=Path, help="take the one that --make made in this folder")
    given = parser.parse_args()
    if given.make:
        make(given.make, given.pages, colour=given.colour)
        return 0
    with tempfile.TemporaryDirectory() as made:
        folder = given.made or Path(made)
        if not given.made:
            here = [sys.executable, __file__, "--pages", str(given.pages), "--make", made]
            here += ["--colour"] if given.colour else []
            subprocess.run(here, check=True)  # noqa: S603 - this very script
        lay_apart()  # as the program does
        application = QApplication([])
        window = Scrolling(application, folder)
        first, sharp = window.open()
        view = window.view
        theirs = bare(folder / "scan.pdf", view.parts()[0].rect.width())
        print(
            f"first page: {first * 1000:.0f} ms to its preview, {sharp * 1000:.0f} ms sharp; bare"
            f" PDFium {theirs * 1000:.0f} ms: {first / theirs:.2f} and {sharp / theirs:.2f} times"
        )
        rested = time.perf_counter() + REST
        window.until(lambda: time.perf_counter() > rested)
        whole = view.verticalScrollBar().maximum()
        frames = int(view.page_count / (SPEED * FRAME))
        kept = told(
            "scrolled to its end", *window.run([whole * n // frames for n in range(frames + 1)])
        )
        chance = random.Random(5)  # noqa: S311
        places = [chance.randrange(whole) for _ in range(DRAGS)]
        kept &= told("dragged all over it", *window.run(places))
        took = (window.most - window.before) / 1e6
        print(f"memory over the program's own: {took:.0f} MB (at most {MEMORY})")
        window.room.renderer.close()
        window.desk.close()
    return int(not kept or took > MEMORY)


if __name__ == "__main__":
    sys.exit(main())
