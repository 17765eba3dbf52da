"""A delivery brought in, beside bare extraction of the same text: python bench/bench_delivery.py

Made in code: files of invented text, three in ten pages of it pictures. It is staged, looked at as
a table, and joins its cases; some of its scans are read, the rest waits. Printed are documents a
minute, pages a second over what bare extraction of the text takes in the same run (PDFium, the
parts of a Word file, the body of a mail; nothing of it is kept), memory and size. Exit 1 where
that ratio, the growth from a quarter of the delivery to all of it, or memory is over its limit.
``--full`` is 2,000 files and 20,000 pages with 300 scans read; ``--files``, ``--pages``,
``--scans`` choose others.
"""

import argparse
import contextlib
import email
import os
import resource
import sys
import tempfile
import time
import zipfile
from email import policy
from pathlib import Path
from xml.etree import ElementTree as ET

import pypdfium2 as pdfium

os.environ.setdefault("REVIEWER_CHEAP_KEYS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import _delivery

from reviewer.assets import resource as asset
from reviewer.casebook.book import Casebook, NewCasebook
from reviewer.casebook.steps import at_once
from reviewer.crypto.profiles import CHEAP
from reviewer.documents.outside.worker import Worker
from reviewer.errors import Cancelled
from reviewer.intake.delivery.bringing import look
from reviewer.intake.delivery.sources import Folder
from reviewer.intake.delivery.staging import stage
from reviewer.intake.scans import read_scans, sum_of
from reviewer.method.framework import load
from reviewer.progress import Quiet
from reviewer.records.cases import Case
from reviewer.records.ids import CaseId, new_id

PASSPHRASE = "amber otter lantern quiet velvet drum"  # noqa: S105 - of a file made here
BARE = 40.0  # times the processor time of bare extraction
GROWTH = 1.3  # times as long a page in the whole delivery as in a quarter of it
MEMORY = 1_000  # MB
SMALL, WHOLE = (80, 800, 4), (2_000, 20_000, 300)


class Until:
    """Progress that stops the work after so many parts."""

    def __init__(self, most):
        self.most = most

    def step(self, done, _total, _what=""):
        if done >= self.most:
            raise Cancelled


def spent():
    """Return the processor seconds of this process and of those that it has ended."""
    own, children = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return sum(one.ru_utime + one.ru_stime for one in (own, children))


def bare(folder):
    """Extract the text of everything, and keep nothing; return how many characters."""
    count = 0
    for path in sorted(folder.rglob("*.*")):
        data = path.read_bytes()
        if path.suffix == ".pdf":
            with pdfium.PdfDocument(data) as document:
                count += sum(len(page.get_textpage().get_text_range()) for page in document)
        elif path.suffix == ".docx":
            with zipfile.ZipFile(path) as parts:
                root = ET.fromstring(parts.read("word/document.xml"))  # noqa: S314 - made here
            count += sum(len(text) for text in root.itertext())
        else:
            body = email.message_from_bytes(data, policy=policy.default).get_body()
            count += len(body.get_content())
    return count


def casebook(path):
    """Return a casebook with cases and no documents."""
    framework = load(asset("frameworks/commission.toml"))
    new = NewCasebook(title="Invented", framework=framework, chair="A. Chair")
    book = Casebook.create(path, PASSPHRASE, new, profile=CHEAP)
    book.cases.add(
        [
            Case(id=CaseId(new_id()), reference=one, title="Invented")
            for one in _delivery.REFERENCES
        ]
    )
    return book


class Timed:
    """Seconds by the clock and of the processors that a block takes."""

    def __enter__(self):
        self._wall, self._cpu = time.perf_counter(), spent()
        return self

    def __exit__(self, *_):
        self.wall, self.cpu = time.perf_counter() - self._wall, spent() - self._cpu


def bring(folder, book):
    """Bring the delivery in; return the times of staging, of the table and of joining."""
    steps = at_once(book)
    with Timed() as staged:
        delivery = stage(steps, Folder(folder), Quiet())
    with Timed() as tabled, Worker() as worker:
        table = look(steps, worker, delivery, Quiet(), join=False)
    assert not any(row.item.facts.refused for row in table.looked.table.rows)
    with Timed() as joined, Worker() as worker:
        brought = look(steps, worker, delivery, Quiet(), join=True)
    return staged, tabled, joined, brought


def read_some(book, most):
    """Read so many scanned pages; return the time, and how many wait still."""
    steps = at_once(book)
    with Timed() as took, Worker() as worker, contextlib.suppress(Cancelled):
        read_scans(steps, worker, Until(most))
    counts = sum_of(book.scans.counts().values())
    return took, counts


def run(files, pages, scans, folder):
    """Make, bring in, and tell; return (processor seconds a page, ratio)."""
    source = folder / f"delivery-{files}"
    source.mkdir()
    total, pictured = _delivery.make(source, files, pages)
    size = sum(path.stat().st_size for path in source.rglob("*.*"))
    with Timed() as plain:
        characters = bare(source)
    path = folder / f"{files}.casebook"
    with casebook(path) as book:
        staged, tabled, joined, brought = bring(source, book)
        assert brought.documents == files, (brought.documents, files)
        print(
            f"{files:,} files, {total:,} pages ({pictured:,} scanned), {size / 1e6:,.0f} MB:"
            f" staged in {staged.wall:.1f} s, table in {tabled.wall:.1f} s,"
            f" joined in {joined.wall:.1f} s"
        )
        wall, cpu = (
            sum(getattr(one, name) for one in (staged, tabled, joined)) for name in ("wall", "cpu")
        )
        print(
            f"  in all {files * 60 / wall:,.0f} documents a minute, {total / wall:,.1f} pages a"
            f" second; {cpu:.1f} s of the processors (staged {staged.cpu:.1f}, table"
            f" {tabled.cpu:.1f}, joined {joined.cpu:.1f}), bare extraction {plain.cpu:.1f} s"
            f" ({total / plain.wall:,.0f} pages a second, {characters:,} characters):"
            f" {cpu / plain.cpu:.1f} x (limit {BARE:.0f})"
        )
        if scans:
            took, counts = read_some(book, scans)
            done = counts.pages - counts.native - counts.waiting
            print(
                f"  {done} scans read in {took.wall:.0f} s ({done * 60 / took.wall:.1f} a minute),"
                f" {counts.waiting:,} wait"
            )
    print(f"  the casebook: {path.stat().st_size / 1e6:,.0f} MB")
    return cpu / total, cpu / plain.cpu


def main() -> int:
    asked = argparse.ArgumentParser()
    asked.add_argument("--full", action="store_true")
    for name in ("files", "pages", "scans"):
        asked.add_argument(f"--{name}", type=int)
    given = asked.parse_args()
    usual = WHOLE if given.full else SMALL
    files, pages, scans = (
        usual[at] if one is None else one
        for at, one in enumerate((given.files, given.pages, given.scans))
    )
    with tempfile.TemporaryDirectory() as made:
        quarter, _ = run(files // 4, pages // 4, 0, Path(made))
        each, ratio = run(files, pages, scans, Path(made))
    memory = max(
        resource.getrusage(who).ru_maxrss // 1024
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    print(f"growth a page from a quarter to the whole: {each / quarter:.2f} x (limit {GROWTH})")
    print(f"memory of the largest process: {memory} MB (limit {MEMORY:,})")
    return int(not (ratio <= BARE and each <= GROWTH * quarter and memory <= MEMORY))


if __name__ == "__main__":
    sys.exit(main())
