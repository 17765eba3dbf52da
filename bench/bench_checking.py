"""How long a reader waits while a large casebook is checked, or backed up, beside it.

Limit: a page asked for during the checks is there within 0.1 s. Printed too: how long the checks
take, how long a backup takes.
Run on the demonstration: ``python bench/bench_checking.py [FOLDER]``, or it is made first.
"""

import os
import sys
import tempfile
import threading
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from reviewer.casebook.book import Casebook
from reviewer.casebook.file import copying
from reviewer.demo.build import PASSPHRASE, build
from reviewer.progress import Quiet

LIMIT = 0.1  # seconds for one page


def reading(book, work):
    """Run ``work`` beside a reader of pages; returns (slowest page, pages, seconds of work)."""
    documents = [d for d in book.documents.all() if d.page_count]
    beside = threading.Thread(target=work)
    start = time.perf_counter()
    beside.start()
    worst = count = 0
    while beside.is_alive():
        document = documents[count % len(documents)]
        asked = time.perf_counter()
        book.documents.page(document.id, 1 + count % document.page_count)
        worst = max(worst, time.perf_counter() - asked)
        count += 1
        time.sleep(0.005)  # a person turns no more than 200 pages a second
    beside.join()
    return worst, count, time.perf_counter() - start


def main():
    with tempfile.TemporaryDirectory() as made:
        folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(made) / "demo"
        if not folder.exists():
            build(folder, progress=Quiet())
        path = folder / "northmoor.casebook"
        with Casebook.open(path, PASSPHRASE) as book:
            assert not book.checked
            verdicts = []
            examine = book.examination()
            worst, count, took = reading(book, lambda: verdicts.append(examine(Quiet())))
            size = path.stat().st_size / 1e6
            print(f"  checks of {size:.0f} MB: {took:.2f} s beside the reader")
            print(f"  {count} pages read meanwhile, the slowest in {worst * 1000:.0f} ms")
            book.take_verdict(verdicts[0])
            source = book.source()
            target = Path(made) / "backups"
            late, count, took = reading(
                book, lambda: copying.finish(copying.snapshot(source, target))
            )
            print(f"  a backup, copied and verified: {took:.2f} s beside the reader")
            print(f"  {count} pages read meanwhile, the slowest in {late * 1000:.0f} ms")
    slowest = max(worst, late)
    print(f"checking: slowest page {slowest * 1000:.0f} ms (limit {LIMIT * 1000:.0f})")
    return slowest > LIMIT


if __name__ == "__main__":
    sys.exit(main())
