"""What travels of a document beside its pages: what it came with, notes, ledger, how it was read.

Part of the changes since version 3 (FORMAT.md, "Updates"). Text that a document brought is taken
verbatim, as everything else of it.
"""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from reviewer.crypto import strict
from reviewer.documents import limits
from reviewer.messages import plural
from reviewer.records.canonical import canonical
from reviewer.records.cases import LedgerLine, Origin
from reviewer.records.ids import DocumentId
from reviewer.records.scans import Correction, PageReading, PageState, Quality

MAX_TOLD = 8 << 20  # bytes of all that is told of one document
_ROOM_FOR_NOTES, _ROOM_FOR_TYPED = 1 << 20, 4 << 20
MAX_NOTES = 1_000
MAX_NOTE = 4_000  # characters of a note, of a word that is missing
MAX_LINES = 40  # things counted in one document
MAX_MISSING = 12
MAX_FACTS = 100
MAX_FACT = 200_000  # characters; a mail may go to thousands
MAX_PATH = 4_000
MAX_PLACE = 100_000
MAX_TYPED = 100_000  # corrections of misread words
_THING = re.compile(r"[a-z][a-z -]{0,39}")
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_FIELDS = frozenset({"ledger", "notes", "scans", "typed"})
_STATES = tuple(state.value for state in PageState)
_QUALITIES = tuple(quality.value for quality in Quality)


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


class Told(NamedTuple):
    """What is told in a body: notes, ledger, which pages are pictures, what was typed for them."""

    notes: Sequence[str] = ()
    ledger: Sequence[LedgerLine] = ()
    scans: Sequence[PageReading] = ()
    typed: Sequence[Correction] = ()


def encode(told: Told) -> bytes:
    """Return it as it travels; notes beyond the limit are counted, what was typed left off.

    What was typed stands in the text of its page all the same.
    """
    return canonical(
        {
            "ledger": [
                [one.thing, one.held, one.shown, one.named, list(one.missing)]
                for one in told.ledger
            ],
            "notes": _notes(told.notes),
            "scans": [
                [
                    p.number,
                    p.state.value,
                    p.quality.value,
                    p.sure,
                    p.turn,
                    p.engine,
                    p.at,
                    p.reason,
                ]
                for p in told.scans
            ],
            "typed": _within(
                [
                    [one.page, one.start, one.end, one.misread, one.typed, one.place, one.at]
                    for one in told.typed
                ],
                _ROOM_FOR_TYPED,
            )[:MAX_TYPED],
        }
    )


def decode(untrusted: bytes, document: DocumentId, *, layer: str) -> Told:
    """Return what is told in ``untrusted``, whose hash was signed.

    Nothing at all is what an older program sent. Raises ``ReturnError`` with ``layer``.
    """
    if not untrusted:
        return Told()
    data = strict.parse(untrusted, layer=layer, max_bytes=MAX_TOLD)
    data = strict.fields(data, _FIELDS, layer=layer)
    reader = _Reader(layer, document)
    lines = [
        reader.line(one) for one in strict.rows(data["ledger"], layer=layer, at_most=MAX_LINES)
    ]
    if len({one.thing for one in lines}) != len(lines):
        strict.refuse(layer, "counts one thing of a document twice")
    scans = [
        reader.scan(one)
        for one in strict.rows(data["scans"], layer=layer, at_most=limits.MAX_PAGES)
    ]
    if len({one.number for one in scans}) != len(scans):
        strict.refuse(layer, "says of one page twice how it was read")
    typed = [
        reader.typed(one) for one in strict.rows(data["typed"], layer=layer, at_most=MAX_TYPED)
    ]
    if len({(one.page, one.start) for one in typed}) != len(typed):
        strict.refuse(layer, "corrects one word twice")
    notes = strict.rows(data["notes"], layer=layer, at_most=MAX_NOTES)
    return Told(
        notes=tuple(reader.text(one, MAX_NOTE) for one in notes),
        ledger=tuple(lines),
        scans=tuple(scans),
        typed=tuple(typed),
    )


def _notes(notes: Sequence[str]) -> list[str]:
    """Return as many as travel; the last then says how many more there are."""
    cut = [note if len(note) <= MAX_NOTE else note[: MAX_NOTE - 4] + " ..." for note in notes]
    kept = _within(cut, _ROOM_FOR_NOTES)[:MAX_NOTES]
    if len(kept) == len(notes):
        return kept
    kept = kept[: MAX_NOTES - 1]
    return [
        *kept,
        plural(
            "{count:,} more note stands in the chair's casebook.",
            "{count:,} more notes stand in the chair's casebook.",
            count=len(notes) - len(kept),
        ),
    ]


def _within(parts: Sequence[Any], room: int) -> list[Any]:
    """Return the first of ``parts`` that have room in so many bytes."""
    kept = []
    for part in parts:
        room -= len(canonical(part)) + 1
        if room < 0:
            break
        kept.append(part)
    return kept


class _Reader:
    """Reads rows of one document; everything is refused in its layer."""

    def __init__(self, layer: str, document: DocumentId) -> None:
        self._layer, self._document = layer, document

    def text(self, untrusted: object, most: int) -> str:
        return strict.verbatim(untrusted, layer=self._layer, at_most=most)

    def _whole(self, untrusted: object, low: int, high: int) -> int:
        return strict.whole(untrusted, low, high, layer=self._layer)

    def line(self, untrusted: object) -> LedgerLine:
        row = strict.row(untrusted, 5, layer=self._layer)
        if not isinstance(row[0], str) or not _THING.fullmatch(row[0]):
            strict.refuse(self._layer, "counts what nobody knows of a document")
        held, shown, named = (self._whole(n, 0, strict.MAX_WHOLE) for n in row[1:4])
        missing = strict.rows(row[4], layer=self._layer, at_most=MAX_MISSING)
        return LedgerLine(
            thing=row[0],
            held=held,
            shown=shown,
            named=named,
            missing=tuple(self.text(one, MAX_NOTE) for one in missing),
        )

    def scan(self, untrusted: object) -> PageReading:
        row = strict.row(untrusted, 8, layer=self._layer)
        return PageReading(
            number=self._whole(row[0], 1, limits.MAX_PAGES),
            state=PageState(strict.one_of(row[1], _STATES, layer=self._layer)),
            quality=Quality(strict.one_of(row[2], _QUALITIES, layer=self._layer)),
            sure=self._whole(row[3], 0, 100),
            turn=self._whole(row[4], -360, 360),
            engine=self.text(row[5], MAX_NOTE),
            at=self.text(row[6], 40),
            reason=self.text(row[7], MAX_NOTE),
        )

    def typed(self, untrusted: object) -> Correction:
        row = strict.row(untrusted, 7, layer=self._layer)
        most = limits.MAX_PAGE_CHARACTERS
        start = self._whole(row[1], 0, most)
        return Correction(
            document=self._document,
            page=self._whole(row[0], 1, limits.MAX_PAGES),
            start=start,
            end=self._whole(row[2], start + 1, most),
            misread=self.text(row[3], most),
            typed=self.text(row[4], MAX_NOTE),
            place=self._whole(row[5], 0, most),
            at=self.text(row[6], 40),
        )
