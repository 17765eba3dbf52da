"""Writes the vectors of returns that are not there yet: ``python -m tests.vectors.make_returns``.

Vectors are frozen: one that exists is never written again, and the panel they are for is made only
where there is none. So a new line in ``faults.py`` adds files and changes none.
"""

import os

os.environ.setdefault("REVIEWER_CHEAP_KEYS", "1")

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.reviewer.exchange.forger import Forger, make_forger
from tests.vectors import faults, padded_faults
from tests.vectors.panel import PANEL, RETURNS, freeze, load
from tests.vectors.vector import AT_RECEIPT, AT_RELEASE, TAKEN, Vector, read, write_missing

HONEST = RETURNS / "taken-an-honest-return.return"


def main() -> None:
    """Make the panel once, then every vector that is missing."""
    RETURNS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        if not PANEL.exists():
            _found(Path(folder))
        panel = load()
        with panel.build(Path(folder) / "frozen.casebook") as chair:
            forger = panel.forger(chair, read(HONEST).body)
            made = sum(write_missing(RETURNS, vector, "return") for vector in _all(forger))
    print(f"{made} new vectors, {len(list(RETURNS.iterdir()))} in all")  # noqa: T201


def _found(folder: Path) -> None:
    """Make the panel and its one honest return with the real program."""
    forger = make_forger(folder)
    with forger.chair:
        facts = freeze(forger).facts
    PANEL.write_text(json.dumps(facts, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    honest = Vector(expect=TAKEN, layer="", fault="an honest return", body=forger.honest)
    HONEST.write_text(honest.encode(), encoding="ascii")


def _all(f: Forger) -> Iterator[Vector]:
    for fault, make in faults.TAKEN.items():
        yield Vector(expect=TAKEN, layer="", fault=fault, body=make(f))
    for fault, (layer, make) in faults.AT_RECEIPT.items():
        yield Vector(expect=AT_RECEIPT, layer=layer, fault=fault, body=make(f))
    for fault, (layer, make) in faults.AT_RELEASE.items():
        yield Vector(expect=AT_RELEASE, layer=layer, fault=fault, body=f.with_work(make(f)))
    for fault, (layer, make) in faults.INNER_AT_RELEASE.items():
        yield Vector(expect=AT_RELEASE, layer=layer, fault=fault, body=f.with_inner(make(f)))
    for fault, (kind, change) in faults.COUNTED_WRONG.items():
        body = faults.counted_wrong(f, kind, change)
        yield Vector(expect=AT_RELEASE, layer="ledger", fault=fault, body=body)
    yield from _padded(f.padded())


def _padded(f: Forger) -> Iterator[Vector]:
    for fault, make in padded_faults.TAKEN.items():
        yield Vector(expect=TAKEN, layer="", fault=fault, body=make(f))
    for expect, table in (
        (AT_RECEIPT, padded_faults.AT_RECEIPT),
        (AT_RELEASE, padded_faults.AT_RELEASE),
    ):
        for fault, (layer, make) in table.items():
            yield Vector(expect=expect, layer=layer, fault=fault, body=make(f))


if __name__ == "__main__":
    main()
