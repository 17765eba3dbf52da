"""What verifying and backing up cost beside the engine's own work: python bench/bench_backup.py

Of chair's casebooks of 20 and 40 members with 100 and 200 cases (see bench_panel) are measured:

- every check of a file (``reviewer verify``) in CPU seconds, over the two that the engine itself
  makes, of each page and of the structure: at most twice as long;
- how much is read for a backup beyond its checks, over the size of the file: each page at most
  twice. This is counted by the system and is the same on a busy machine (Linux only).

With --full the larger has 100 members and 500 cases (1.15 million ratings).
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ["REVIEWER_CHEAP_KEYS"] = "1"  # key derivation is not what is measured
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench_merge import PASSPHRASE
from bench_panel import make

from reviewer.casebook.book import Casebook
from reviewer.casebook.file import checking, copying
from reviewer.casebook.file import connection as files
from reviewer.crypto.keys import derive
from reviewer.progress import Quiet

VERIFY = 2.0  # times the engine's checks, at most
READ = 2.1  # times the file beyond the checks, at most: twice, and a few pages to open both
TURNS = 5
COUNTED = Path("/proc/self/io")


def cpu(what: Callable[[], object]) -> float:
    start = time.process_time()
    what()
    return time.process_time() - start


def read(what: Callable[[], object]) -> int:
    """Return how many bytes were read from files meanwhile, whatever held them."""

    def so_far() -> int:
        return int(COUNTED.read_text().split()[1])

    start = so_far()
    what()
    return so_far() - start


def verify(path: Path) -> tuple[float, float]:
    """Return the CPU seconds of all checks, and the median of their ratios to the engine's."""
    salt = files.read_salt(path)
    key = derive(PASSPHRASE, salt)

    def engine() -> None:
        for name in ("pages", "structure"):
            assert files.integrity(lambda: files.connect(path, key, salt, read_only=True), name)

    def every() -> None:
        assert all(one.passed for one in checking.examine(path, key, salt))

    engine()
    pairs = [(cpu(every), cpu(engine)) for _ in range(TURNS)]
    return statistics.median(a for a, _ in pairs), statistics.median(a / b for a, b in pairs)


def beyond(path: Path, folder: Path) -> dict[str, float]:
    """Return, by way of copying, how often a backup reads the file beyond the checks of it."""
    found = {}
    with Casebook.open(path, PASSPHRASE) as book:
        if not book.checked:
            book.take_verdict(book.examination()(Quiet()))
        source = book.source()
        for way in copying.begin, copying.snapshot:
            made = []
            whole = read(
                lambda way=way, made=made: made.append(copying.finish(way(source, folder)))
            )
            backup = made[0]
            checks = read(lambda b=backup: copying.check_backup(b, source.key, source.salt))
            found[way.__name__] = (whole - checks) / backup.manifest.size
    return found


def main() -> int:
    """Measure both sizes; returns 1 where a limit is broken."""
    over = False
    for members, cases in [(20, 100), (100, 500) if "--full" in sys.argv else (40, 200)]:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            make(folder, members, cases, asked=1).close()
            path = folder / "chair.casebook"
            took, ratio = verify(path)
            size = path.stat().st_size / 1e6
            print(
                f"{members} x {cases} x 23 ({size:.0f} MB): all checks {took:.2f} s CPU,"
                f" {ratio:.2f} x the engine's own (limit {VERIFY})"
            )
            over |= not ratio <= VERIFY
            if not COUNTED.exists():
                continue
            for way, times in beyond(path, folder).items():
                print(f"  {way}: each page read {times:.2f} times beyond the checks ({READ})")
                over |= not times <= READ
    return int(over)


if __name__ == "__main__":
    sys.exit(main())
