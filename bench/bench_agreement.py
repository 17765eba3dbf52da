"""How long agreement takes, as a ratio to plain numpy in the same run: see LIMIT and RATIO.

Run: ``python bench/bench_agreement.py``. Exit 1 where a limit is broken.
"""

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from reviewer.progress import Quiet
from reviewer.summary.agreement import agreement_of
from reviewer.summary.consolidate import consolidate
from reviewer.summary.layers import ballots
from reviewer.summary.shapes import Panel, PanelCase, PanelMember
from reviewer.summary.votes import asked_of, votes_of
from tests.reviewer.summary.example import example_panel

RESAMPLES = 1000
LIMIT = 1.0  # seconds: all factors, groups and overall of 55 cases and 11 raters
BIG_LIMIT = 10.0  # seconds: the whole summary of 200 raters, 1,000 cases, 23 factors
RATIO = 4.0  # times drawing, summing and taking percentiles of tables of the same sizes


def best(work: Callable[[], object], times: int = 5) -> float:
    """Return the shortest of several runs in seconds; the first also warms up."""
    seconds = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def agreement_seconds(panel: Panel) -> float:
    factors, groups = ballots(votes_of(panel), asked_of(panel), panel.framework)
    return best(
        lambda: agreement_of(
            factors, groups, panel.framework, resamples=RESAMPLES, seed=1, progress=Quiet()
        )
    )


def plain_seconds(panel: Panel) -> float:
    """Time what no program can avoid: draw the cases and sum one table a scope for each draw."""
    cases, points = len(panel.cases), len(panel.framework.scale)
    scopes = len(panel.framework.factors) + len(panel.framework.groups) + 1
    columns = 2 * points * points + points + 2
    rng = np.random.default_rng(1)
    tables = rng.random((scopes, cases, columns))

    def work() -> None:
        draws = rng.multinomial(cases, np.full(cases, 1 / cases), size=RESAMPLES).astype(float)
        for table in tables:
            np.quantile(draws @ table, (0.025, 0.975), axis=0)

    return best(work)


def big_panel() -> Panel:
    panel = example_panel(2, 2, extended=True)
    return replace(
        panel,
        members=tuple(PanelMember(id=f"m{i}", name=f"Member {i}") for i in range(200)),
        cases=tuple(PanelCase(id=f"c{i}", reference=f"R{i}", title="") for i in range(1000)),
        votes=np.random.default_rng(1).integers(-3, 5, (200, 1000, 23)).astype(np.int8),
        details={},
    )


def main() -> int:
    failed = False
    for extended in (False, True):
        panel = example_panel(extended=extended)
        ours, plain = agreement_seconds(panel), plain_seconds(panel)
        failed |= ours > LIMIT or ours / plain > RATIO
        print(
            f"agreement, {len(panel.framework.factors)} factors x 55 cases x 11 raters, "
            f"{RESAMPLES} resamples: {ours:.3f} s (limit {LIMIT} s), "
            f"{ours / plain:.2f} x plain numpy ({plain:.3f} s)"
        )
        whole = best(lambda panel=panel: consolidate(panel))
        print(f"  the whole summary: {whole:.3f} s")
    big = big_panel()
    seconds = best(lambda: consolidate(big), times=1)
    failed |= seconds > BIG_LIMIT
    print(f"whole summary, 23 factors x 1,000 cases x 200 raters: {seconds:.2f} s (limit 10 s)")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
