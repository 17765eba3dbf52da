"""A report is written in a stream: python bench/bench_stream.py [--full]

Makes two chair's casebooks whose round 1 is released, as bench_panel.py does, and writes each
one's report in a process of its own, from the casebook. For four times the ratings

- the data files take no more than 1.5 times four times the CPU time;
- what is held in memory for them, beyond the summary they are written from, does not grow.

With --full the larger has 200 members, 1,000 cases and 23 factors, 4.6 million ratings, and must
come out under 1 GB, paper and all.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

os.environ["REVIEWER_CHEAP_KEYS"] = "1"  # key derivation is not what is measured
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench_merge import PASSPHRASE
from bench_panel import make

from reviewer.casebook.book import Casebook
from reviewer.files.write import write_hashed
from reviewer.progress import Quiet
from reviewer.reports.write import _MAKERS
from reviewer.summary.consolidate import consolidate
from reviewer.summary.gather import gather

GROWTH = 1.5  # times the ratings' own, at most
HELD = 64.0  # MB beyond the summary, at most, at any size
MOST = 1000.0  # MB in all, with --full
PAPER = "summary.pdf"


def peak() -> float:
    """Return the most memory that this program has held, in MB."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1e3


def child(folder: Path) -> None:
    """Write the report of the casebook in ``folder``, and tell what it took."""
    with Casebook.open(folder / "chair.casebook", PASSPHRASE) as book:
        summary = consolidate(gather(book), resamples=20)
    found = {"summary": peak()}
    took = 0.0
    for kind in sorted(_MAKERS, key=lambda kind: kind == PAPER):
        start = time.process_time()
        write_hashed(folder / kind, lambda out, kind=kind: _MAKERS[kind][1](summary, out, Quiet()))
        took += time.process_time() - start
        if kind != PAPER:
            found |= {"data": took, "held": peak() - found["summary"]}
    print(json.dumps(found | {"paper": took - found["data"], "most": peak()}))


def measure(folder: Path, members: int, cases: int) -> dict[str, float]:
    with make(folder, members, cases, asked=1):
        pass
    told = subprocess.run(  # noqa: S603 - ourselves
        [sys.executable, __file__, "--child", str(folder)],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    found = json.loads(told)
    print(
        f"{members} x {cases} x 23 ({members * cases * 23:,} ratings): data files"
        f" {found['data']:.1f} s, paper {found['paper']:.1f} s; {found['held']:.0f} MB held"
        f" beyond the summary's {found['summary']:.0f} MB, {found['most']:.0f} MB with the paper",
        flush=True,
    )
    return found


def main() -> int:
    """Measure both sizes; returns 1 where a promise is not kept."""
    if "--child" in sys.argv:
        child(Path(sys.argv[-1]))
        return 0
    full = "--full" in sys.argv
    sizes = [(20, 100), (200, 1000) if full else (40, 200)]
    found = []
    for members, cases in sizes:
        with tempfile.TemporaryDirectory() as name:
            found.append(measure(Path(name), members, cases))
    grown = sizes[1][0] * sizes[1][1] / (sizes[0][0] * sizes[0][1])
    ratio = found[1]["data"] / found[0]["data"]
    print(f"data files: {ratio:.2f} times for {grown:.0f} times the ratings")
    over = [
        *(["time"] if ratio > GROWTH * grown else []),
        *(["memory"] if max(one["held"] for one in found) > HELD else []),
        *(["memory in all"] if full and found[1]["most"] > MOST else []),
    ]
    print("Over the limit: " + ", ".join(over) if over else "Within the limits.")
    return int(bool(over))


if __name__ == "__main__":
    sys.exit(main())
