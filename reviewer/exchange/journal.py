"""The journal as a file for outsiders: every entry with its hashes, no value, and what anchors it.

``resources/verify_export.py`` checks it with Python's standard library alone.
"""

import json
from typing import Any

from reviewer.casebook.book import Casebook

FORMAT = "reviewer-journal"
VERSION = 1
VERIFIER = "verify_export.py"  # in resources/: it goes with each export


def journal_export(book: Casebook) -> bytes:
    """Return the journal of an open casebook as JSON: ``docs/journal-json.md`` has the shape.

    It names actors, actions and ids, and the reasons typed for opening a round again. It holds no
    score, no comment and nothing of any document: ``value_hash`` is salted, and the salt stays.
    Raises ``DamagedError`` where a check that opening left for later fails.
    """
    book.finish_checks()
    about = book.about
    entries = book.journal.chained()
    headers = dict(book.returns.headers())
    received = [
        one for number in range(1, about.round + 1) for one in book.returns.received(number)
    ]
    parts: dict[str, Any] = {
        "casebook": {
            "id": about.id,
            "kind": about.kind,
            "name": book.receipt.name,
            "round": about.round,
            "demonstration": about.demonstration,
        },
        "digest": dict(zip(("rows", "root"), book.journal.digest(), strict=True)),
        "entries": entries,
        "format": FORMAT,
        "journal": {"entries": len(entries), "head": entries[-1][-1]},
        "returns": [
            {"digest": one.sha256, "header": headers[one.id], "standing": one.standing.value}
            for one in received
        ],
        "sealed": [
            {"round": one.round, "seq": one.seq, "digest": one.sha256}
            for one in book.returns.every_own()
        ],
        "version": VERSION,
    }
    body = ",\n".join(f"{_one(key)}: {_lines(part)}" for key, part in parts.items())
    return ("{\n" + body + "\n}\n").encode()


def _lines(part: object) -> str:
    if not isinstance(part, list):
        return _one(part)
    rows = ",\n".join(_one(row) for row in part)
    return f"[\n{rows}\n]" if rows else "[]"


def _one(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, allow_nan=False)
