"""Steps over what the reader alone keeps, in words: lists of words, saved searches.

No seal closes over them: they are taken back in a sealed casebook as in any other, though not once
a next round was opened or a document moved to another case, which forgets every step.
"""

import json
from collections.abc import Mapping, Sequence

from reviewer.casebook.writer import Step, Value

_OWN = frozenset({"term_list", "saved_search"})
_OF_NO_ROUND = _OWN | {"page_correction", "event"}


def of_no_round(steps: Sequence[Step]) -> bool:
    """Whether nothing that ``steps`` changed is work of a round, so that none closes over it."""
    return bool(steps) and all(step.table in _OF_NO_ROUND for step in steps)


def of_reader(steps: Sequence[Step]) -> bool:
    """Whether all that ``steps`` changed is the reader's own."""
    return bool(steps) and all(step.table in _OWN for step in steps)


def told(steps: Sequence[Step]) -> str:
    """Return what ``steps`` did, which are the reader's own."""
    if len(steps) > 1:
        return f"{len(steps):,} lists of words"
    before, after = steps[0].before, steps[0].after
    noun = "words" if steps[0].table == "term_list" else "search"
    row = after or before or {}
    name = f"{noun} \u201c{row['name']!s}\u201d"
    if before is None:
        return f"{name} kept"
    if after is None:
        return f"{name} taken out"
    if before["name"] != after["name"]:
        return f"{name} (before: \u201c{before['name']!s}\u201d)"
    return f"{name} {_difference(before, after)}"


def _difference(before: Mapping[str, Value], after: Mapping[str, Value]) -> str:
    if before.get("shown") != after.get("shown"):
        return "lit" if after["shown"] else "no longer lit"
    if "terms" in after and before["terms"] != after["terms"]:
        old, new = (set(json.loads(str(row["terms"]))) for row in (before, after))
        parts = [
            f"+{len(new - old):,}" if new - old else "",
            f"-{len(old - new):,}" if old - new else "",
        ]
        return ", ".join(part for part in parts if part) or "put in another order"
    return "changed"
