"""Steps over what the reader alone keeps, in words: word lists, searches, marks that are left.

No seal closes over them: they are taken back in a sealed casebook as in any other, though not once
a next round was opened or a document moved to another case, which forgets every step.
"""

import json
from collections.abc import Mapping, Sequence

from reviewer.casebook.writer import Step, Value

_WORDS = "term_list_words"
_LISTS = frozenset({"term_list", _WORDS})
_OWN = _LISTS | {"saved_search"}
_OF_NO_ROUND = _OWN | {"page_correction", "event", "mark_left"}


def of_no_round(steps: Sequence[Step]) -> bool:
    """Whether nothing that ``steps`` changed is work of a round, so that none closes over it."""
    return bool(steps) and all(step.table in _OF_NO_ROUND for step in steps)


def of_reader(steps: Sequence[Step]) -> bool:
    """Whether all that ``steps`` changed is the reader's own."""
    return bool(steps) and all(step.table in _OWN for step in steps)


def lists_of(steps: Sequence[Step]) -> list[str]:
    """Return the ids of the lists of words that ``steps`` changed, each once."""
    ids = (step.key.get("id", step.key.get("term_list")) for step in steps if step.table in _LISTS)
    return list(dict.fromkeys(map(str, ids)))


def names_before(steps: Sequence[Step]) -> dict[str, str]:
    """Return what the lists of words that ``steps`` changed were called before, by their ids."""
    rows = [one.before for one in steps if one.table == "term_list" and one.before is not None]
    return {str(row["id"]): str(row["name"]) for row in rows}


def told(steps: Sequence[Step], names: Mapping[str, str]) -> str:
    """Return what ``steps`` did, which are the reader's own; lists have ``names`` by their ids."""
    lists = lists_of(steps)
    if len(lists) > 1:
        return f"{len(lists):,} lists of words"
    row = next((step for step in steps if step.table != _WORDS), None)
    words = next((step for step in steps if step.table == _WORDS), None)
    before, after = (row.before, row.after) if row is not None else (None, None)
    now = names.get(lists[0], "") if row is None else (after or before or {})["name"]
    name = f"{'words' if lists else 'search'} \u201c{now!s}\u201d"
    if row is not None and before is None:
        return f"{name} kept"
    if row is not None and after is None:
        return f"{name} taken out"
    if before is not None and after is not None:
        if before["name"] != after["name"]:
            return f"{name} (before: \u201c{before['name']!s}\u201d)"
        if before.get("shown") != after.get("shown"):
            return f"{name} {'lit' if after['shown'] else 'no longer lit'}"
    then = _terms(words.before if words is not None else None, before)
    terms = _terms(words.after if words is not None else None, after)
    same = words is None and then == terms
    return f"{name} {'changed' if same else _difference(set(then), set(terms))}"


def _terms(words: Mapping[str, Value] | None, row: Mapping[str, Value] | None) -> list[str]:
    """Return the terms of a list, which its own row held up to format 5."""
    terms: list[str] = json.loads(str((words or row or {}).get("terms") or "[]"))
    return terms


def _difference(old: set[str], new: set[str]) -> str:
    """Return how many terms joined and left a list."""
    parts = [
        f"+{len(new - old):,}" if new - old else "",
        f"-{len(old - new):,}" if old - new else "",
    ]
    return ", ".join(part for part in parts if part) or "put in another order"
