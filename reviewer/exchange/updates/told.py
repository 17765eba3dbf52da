"""What travels of a document beside its pages: what it came with, its notes and its ledger.

Part of the changes since version 3 (FORMAT.md, "Updates"). Text that a document brought is taken
verbatim, as everything else of it.
"""

import re
from collections.abc import Sequence
from typing import Any

from reviewer.crypto import strict
from reviewer.messages import plural
from reviewer.records.canonical import canonical
from reviewer.records.cases import LedgerLine, Origin

MAX_TOLD = 1 << 20  # bytes of one document's notes and ledger
MAX_NOTES = 1_000
MAX_NOTE = 4_000  # characters of a note, of a word that is missing
MAX_LINES = 40  # things counted in one document
MAX_MISSING = 12
MAX_FACTS = 100
MAX_FACT = 200_000  # characters; a mail may go to thousands
MAX_PATH = 4_000
MAX_PLACE = 100_000
_SPARE = 4_096  # bytes for what stands around the notes
_THING = re.compile(r"[a-z][a-z -]{0,39}")
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_FIELDS = frozenset({"ledger", "notes"})


def origin_row(origin: Origin) -> list[Any]:
    """Return what a document came with as it travels; nothing where it came by itself."""
    if origin == Origin():
        return []
    facts = [[name, text] for name, text in sorted(origin.facts.items())]
    return [origin.parent, origin.place, origin.path, facts]


def origin_of(untrusted: object, *, layer: str) -> Origin:
    """Return what a document came with. Raises ``ReturnError`` with ``layer``."""
    if untrusted == []:
        return Origin()
    row = strict.row(untrusted, 4, layer=layer)
    parent = strict.verbatim(row[0], layer=layer, at_most=36)
    if parent and not _ID.fullmatch(parent):
        strict.refuse(layer, "has a document that came with one without an identity")
    pairs = [
        strict.row(pair, 2, layer=layer)
        for pair in strict.rows(row[3], layer=layer, at_most=MAX_FACTS)
    ]
    facts = {
        strict.verbatim(name, layer=layer, at_most=40): strict.verbatim(
            text, layer=layer, at_most=MAX_FACT
        )
        for name, text in pairs
    }
    if len(facts) != len(pairs):
        strict.refuse(layer, "says one thing twice of where a document came from")
    return Origin(
        parent=parent,
        place=strict.whole(row[1], 0, MAX_PLACE, layer=layer),
        path=strict.verbatim(row[2], layer=layer, at_most=MAX_PATH),
        facts=facts,
    )


def encode(notes: Sequence[str], ledger: Sequence[LedgerLine]) -> bytes:
    """Return notes and ledger as they travel in a body; notes beyond the limit are counted."""
    lines = [[one.thing, one.held, one.shown, one.named, list(one.missing)] for one in ledger]
    kept: list[str] = []
    room = MAX_TOLD - len(canonical(lines)) - _SPARE
    for note in notes:
        cut = note if len(note) <= MAX_NOTE else note[: MAX_NOTE - 4] + " ..."
        room -= len(canonical(cut)) + 1
        if room < 0 or len(kept) >= MAX_NOTES - 1:
            more = len(notes) - len(kept)
            kept.append(
                plural(
                    "{count:,} more note stands in the chair's casebook.",
                    "{count:,} more notes stand in the chair's casebook.",
                    count=more,
                )
            )
            break
        kept.append(cut)
    return canonical({"ledger": lines, "notes": kept})


def decode(untrusted: bytes, *, layer: str) -> tuple[tuple[str, ...], tuple[LedgerLine, ...]]:
    """Return the notes and the ledger in ``untrusted``, whose hash was signed.

    Nothing at all is what an older program sent. Raises ``ReturnError`` with ``layer``.
    """
    if not untrusted:
        return (), ()
    data = strict.parse(untrusted, layer=layer, max_bytes=MAX_TOLD)
    data = strict.fields(data, _FIELDS, layer=layer)
    lines = [
        _line(one, layer) for one in strict.rows(data["ledger"], layer=layer, at_most=MAX_LINES)
    ]
    if len({one.thing for one in lines}) != len(lines):
        strict.refuse(layer, "counts one thing of a document twice")
    notes = strict.rows(data["notes"], layer=layer, at_most=MAX_NOTES)
    return (
        tuple(strict.verbatim(one, layer=layer, at_most=MAX_NOTE) for one in notes),
        tuple(lines),
    )


def _line(untrusted: object, layer: str) -> LedgerLine:
    row = strict.row(untrusted, 5, layer=layer)
    if not isinstance(row[0], str) or not _THING.fullmatch(row[0]):
        strict.refuse(layer, "counts what nobody knows of a document")
    held, shown, named = (strict.whole(n, 0, strict.MAX_WHOLE, layer=layer) for n in row[1:4])
    missing = strict.rows(row[4], layer=layer, at_most=MAX_MISSING)
    return LedgerLine(
        thing=row[0],
        held=held,
        shown=shown,
        named=named,
        missing=tuple(strict.verbatim(one, layer=layer, at_most=MAX_NOTE) for one in missing),
    )
