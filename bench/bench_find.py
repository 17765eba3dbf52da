"""Find in a document of 150 and of 600 pages: python bench/bench_find.py

Words are looked for as somebody types them: the document's text is read once from the casebook,
folded beside its thread, and searched there. At 600 pages a search takes under 20 ms, reading the
text holds the casebook's thread for under 20 ms, and four times the pages take no more than
six times as long.
"""

import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

os.environ["REVIEWER_CHEAP_KEYS"] = "1"  # key derivation is not what is measured
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from reviewer.pagetext.find import fold
from tests.books import case, chair_book, document
from ui.rooms.read.pages.lookup import find_in

SIZES = (150, 600)
MOST_MS = 20.0
GROWTH = 6.0  # for four times the pages
QUERIES = ("zebra", "custody sergeant", "w1", "the cell")
WORDS = "the custody officer\u2019s record sergeant risk cell ward time noted".split()  # noqa: SIM905


def page(luck: random.Random) -> str:
    """Return some 2,500 characters in lines."""
    words = [*luck.choices(WORDS, k=300), *(f"w{luck.randrange(9000)}" for _ in range(80))]
    luck.shuffle(words)
    return "\r\n".join(" ".join(words[at : at + 12]) for at in range(0, len(words), 12))


def took(work: Callable[[], object]) -> float:
    """Return the median of nine runs, in milliseconds of CPU."""
    times = []
    for _ in range(9):
        start = time.process_time()
        work()
        times.append(1000 * (time.process_time() - start))
    return median(times)


def measure(folder: Path, pages: int) -> dict[str, float]:
    luck = random.Random(20)  # noqa: S311 - the same pages in each run
    with chair_book(folder / "find.casebook") as book:
        made = case("2010-01")
        book.cases.add([made])
        one = document(made, pages=tuple(page(luck) for _ in range(pages)))
        book.documents.add_many([one])
        key = one[0].id
        texts = book.documents.texts(key)
        folded = [fold(text) for text in texts]
        return {
            "read": took(lambda: book.documents.texts(key)),
            "fold": took(lambda: [fold(text) for text in texts]),
            "find": max(took(lambda q=query: find_in(folded, q)) for query in QUERIES),
        }


def main() -> int:
    """Measure; returns 1 where a limit is exceeded."""
    found = []
    for pages in SIZES:
        with tempfile.TemporaryDirectory() as name:
            found.append(measure(Path(name), pages))
        told = ", ".join(f"{what} {ms:.2f} ms" for what, ms in found[-1].items())
        print(f"{pages} pages: {told}")
    growth = {what: found[1][what] / found[0][what] for what in found[0]}
    print(", ".join(f"{what} {times:.1f} times" for what, times in growth.items()))
    growing = max(growth["find"], growth["fold"])
    slow = [what for what in ("read", "find") if found[1][what] > MOST_MS]
    return int(bool(slow) or growing > GROWTH)


if __name__ == "__main__":
    sys.exit(main())
