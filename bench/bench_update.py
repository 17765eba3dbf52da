"""What a large late record costs: ``python bench/bench_update.py [MB]`` (200 by default).

Writes and applies an update with one document of that size in a process each, and prints the time
and how much memory either took beyond an idle one, as a multiple of the document.
"""

import os

os.environ["REVIEWER_CHEAP_KEYS"] = "1"

import hashlib
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from reviewer.casebook.book import Casebook
from reviewer.exchange.pack import issue
from reviewer.exchange.updates.apply import apply
from reviewer.exchange.updates.write import write_update
from reviewer.records.cases import Document, PageText, Reading
from reviewer.records.ids import DocumentId, new_id
from tests.books import PASSPHRASE, chair_book

MEGABYTE = 1_000_000
LIMIT = 5.0  # times the document, at most


def main() -> int:
    """Measure; returns 1 where a limit is exceeded."""
    megabytes = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        idle = _in_process("idle", folder)[1]
        _prepare(folder, megabytes * MEGABYTE)
        worst = 0.0
        for what in ("write", "apply"):
            seconds, memory = _in_process(what, folder)
            times = (memory - idle) / (megabytes * MEGABYTE)
            worst = max(worst, times)
            print(f"{what}: {megabytes} MB in {seconds:.1f} s, memory {times:.1f} x the document")
        size = next(folder.glob("*.update")).stat().st_size
        print(f"update file: {size / MEGABYTE:.1f} MB; limit {LIMIT} x")
    return int(worst > LIMIT)


def _prepare(folder: Path, size: int) -> None:
    with chair_book(folder / "chair.casebook", rates=False, cases=1) as chair:
        issue(chair, "A. One", folder / "out", passphrase=PASSPHRASE)
        original = os.urandom(size)
        document = Document(
            id=DocumentId(new_id()),
            case=chair.cases.all()[0].id,
            title="A late record",
            media="application/pdf",
            sha256=hashlib.sha256(original).hexdigest(),
            size=size,
            page_count=1,
        )
        page = PageText(number=1, text="A page", boxes=b"", width=595.0, height=842.0)
        chair.documents.add(document, original, Reading(media="application/pdf", pages=(page,)))


def _in_process(what: str, folder: Path) -> tuple[float, int]:
    """Return (seconds, bytes at most) of one step in a process of its own."""
    done = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, __file__, "--step", what, str(folder)],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    seconds, memory = done.stdout.split()
    return float(seconds), int(memory)


def _step(what: str, folder: Path) -> None:
    start = time.perf_counter()
    if what == "write":
        with Casebook.open(folder / "chair.casebook", PASSPHRASE) as chair:
            start = time.perf_counter()
            write_update(chair, "A. One", folder)
    elif what == "apply":
        path = next((folder / "out").glob("*.casebook"))
        with Casebook.open(path, PASSPHRASE) as own:
            start = time.perf_counter()
            apply(own, next(folder.glob("*.update")))
    seconds = time.perf_counter() - start
    print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--step"]:
        _step(sys.argv[2], Path(sys.argv[3]))
    else:
        raise SystemExit(main())
