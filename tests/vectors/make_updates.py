"""Writes the vectors of updates that are not there yet: ``python -m tests.vectors.make_updates``.

Frozen as those of returns are (``make_returns.py``): nothing that exists is written again.
"""

import os

os.environ.setdefault("REVIEWER_CHEAP_KEYS", "1")

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

from reviewer.exchange import keyring
from reviewer.exchange.updates.write import write_update
from reviewer.intake import withdraw_document
from tests.reviewer.exchange.panel import add_document, issue_to, make_chair, open_it
from tests.reviewer.exchange.update_forger import UpdateForger
from tests.vectors.update_faults import TAKEN_KEYS, TAKEN_MISSING, TAKEN_TOLD, VECTORS
from tests.vectors.update_panel import FACTS, UPDATES, freeze, load
from tests.vectors.vector import REFUSED, TAKEN, Vector, read, write_missing

HONEST = "an honest update"


def main() -> None:
    """Make the panellist once, then every vector that is missing."""
    UPDATES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        if not FACTS.exists():
            _found(Path(folder))
        panellist = load()
        honest = read(UPDATES / "taken-an-honest-update.update").body
        with panellist.build(Path(folder) / "frozen.casebook") as own:
            forger = panellist.forger(own, honest)
            made = sum(write_missing(UPDATES, vector, "update") for vector in _all(forger))
    print(f"{made} new vectors, {len(list(UPDATES.iterdir()))} in all")  # noqa: T201


def _found(folder: Path) -> None:
    """Make the panellist and one honest update with the real program."""
    with make_chair(folder) as chair:
        path = issue_to(chair, "Bo", folder / "out")
        first, second = chair.cases.all()
        add_document(chair, first, 2)
        withdraw_document(chair, chair.documents.of(second.id)[0], "names a child")
        honest = write_update(chair, "Bo", folder).path.read_bytes()
        key = keyring.chair_key(chair)
    with open_it(path) as own:
        facts = freeze(own, key).facts
    FACTS.write_text(json.dumps(facts, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    write_missing(UPDATES, Vector(expect=TAKEN, layer="", fault=HONEST, body=honest), "update")


def _all(f: UpdateForger) -> Iterator[Vector]:
    yield Vector(
        expect=TAKEN, layer="", fault="the same header in another envelope", body=f.file()
    )
    for fault, taken in (TAKEN_KEYS | TAKEN_TOLD | TAKEN_MISSING).items():
        yield Vector(expect=TAKEN, layer="", fault=fault, body=taken(f))
    for fault, (layer, make) in VECTORS.items():
        yield Vector(expect=REFUSED, layer=layer, fault=fault, body=make(f))


if __name__ == "__main__":
    main()
