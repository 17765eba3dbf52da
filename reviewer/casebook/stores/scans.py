"""Pages read from their pictures as stored: what waits, what was read, what was corrected."""

import struct
import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from reviewer.casebook.change import Change
from reviewer.casebook.stores.broken_words import keep_broken_words
from reviewer.casebook.writer import Step, Transaction, Value, Writer, now
from reviewer.errors import InputError, StateError
from reviewer.messages import say
from reviewer.records.ids import CaseId, DocumentId
from reviewer.records.scans import (
    Correction,
    PageReading,
    PageState,
    Quality,
    Scans,
    WaitingPage,
)
from reviewer.records.text import clean

_READINGS = """
SELECT page, state, quality, confidence, turn, engine, at, reason FROM page_reading
WHERE document = :document ORDER BY page
"""
_WAITING = """
SELECT inquiry_case.id, inquiry_case.reference, document.id, document.title, page_reading.page
FROM page_reading INDEXED BY page_reading_waiting
CROSS JOIN document ON document.id = page_reading.document
JOIN inquiry_case ON inquiry_case.id = document.inquiry_case
WHERE page_reading.state = 'waiting'
      AND NOT EXISTS (SELECT 1 FROM document_state WHERE document = page_reading.document)
ORDER BY document.position, page_reading.page
"""
_WAITING_OF = """
SELECT inquiry_case.id, inquiry_case.reference, document.id, document.title, page_reading.page
FROM document
CROSS JOIN page_reading ON page_reading.document = document.id
JOIN inquiry_case ON inquiry_case.id = document.inquiry_case
WHERE document.inquiry_case = :case AND page_reading.state = 'waiting'
      AND NOT EXISTS (SELECT 1 FROM document_state WHERE document = page_reading.document)
ORDER BY document.position, page_reading.page
"""
_PAGES = """
SELECT id, page_count FROM document
WHERE NOT EXISTS (SELECT 1 FROM document_state WHERE document = document.id)
"""
_PAGES_OF = _PAGES + " AND inquiry_case = :case"
_STATES = """
SELECT document, state, quality, count(*) FROM page_reading GROUP BY document, state, quality
"""
_STATES_OF = """
SELECT page_reading.document, page_reading.state, page_reading.quality, count(*)
FROM document CROSS JOIN page_reading ON page_reading.document = document.id
WHERE document.inquiry_case = :case
GROUP BY page_reading.document, page_reading.state, page_reading.quality
"""
_UNREAD_OF = """
SELECT document.id, page_reading.page, page_reading.state
FROM document CROSS JOIN page_reading ON page_reading.document = document.id
WHERE document.inquiry_case = :case AND page_reading.state IN ('waiting', 'failed')
ORDER BY document.position, page_reading.page
"""
_CORRECTIONS = """
SELECT document, page, start, end, misread, typed, place, at FROM page_correction
WHERE document = :document ORDER BY page, place
"""
_OF_PAGE = """
SELECT start, end, typed, place FROM page_correction
WHERE document = :document AND page = :page ORDER BY place
"""
_BEYOND = "document = :document AND page = :page AND json_extract(anchor, '$.end') > :place"
_MARKED = f"""
SELECT EXISTS (SELECT 1 FROM mark WHERE {_BEYOND})
    OR EXISTS (SELECT 1 FROM event WHERE {_BEYOND})
"""  # noqa: S608 - our own words
_CASE = "SELECT inquiry_case FROM document WHERE id = :document"
_FAILED = "SELECT page FROM page_reading WHERE document = :document AND state = 'failed'"
_SIDES = struct.Struct("<4H")
_BOX = _SIDES.size
_NO_BOX = bytes(_BOX)
MAX_TYPED = 4_000  # characters: a page of handwriting


class ScannedPages:
    """The pages of a casebook that are pictures of words."""

    def __init__(self, connection: Any, writer: Writer) -> None:  # noqa: ANN401 - the driver has no types
        self._connection = connection
        self._writer = writer

    def of(self, document: DocumentId) -> dict[int, PageReading]:
        """Return what became of those pages of a document that are pictures, by their numbers."""
        rows = self._connection.execute(_READINGS, {"document": document})
        return {row[0]: _reading(row) for row in rows}

    def waiting(self, *, case: CaseId | None = None) -> list[WaitingPage]:
        """Return the pages that wait, in the order in which they are read."""
        rows = self._connection.execute(_WAITING if case is None else _WAITING_OF, _asked(case))
        return [
            WaitingPage(
                case=CaseId(row[0]),
                reference=row[1],
                document=DocumentId(row[2]),
                title=row[3],
                number=row[4],
            )
            for row in rows
        ]

    def counts(self, *, case: CaseId | None = None) -> dict[DocumentId, Scans]:
        """Return for each document that stands where the words of its pages come from."""
        pages, states = (_PAGES, _STATES) if case is None else (_PAGES_OF, _STATES_OF)
        found: dict[DocumentId, dict[str, int]] = {
            DocumentId(one): {"pages": count, "native": count}
            for one, count in self._connection.execute(pages, _asked(case))
        }
        for one, state, quality, count in self._connection.execute(states, _asked(case)):
            if one not in found:  # it no longer stands
                continue
            counts = found[DocumentId(one)]
            name = quality if state == PageState.READ else state
            counts[name] = counts.get(name, 0) + count
            counts["native"] -= count
        return {one: Scans(**counts) for one, counts in found.items()}

    def unread(self, case: CaseId) -> dict[DocumentId, dict[PageState, list[int]]]:
        """Return the pages of a case's documents that wait, and those that could not be read."""
        found: dict[DocumentId, dict[PageState, list[int]]] = {}
        for document, page, state in self._connection.execute(_UNREAD_OF, {"case": case}):
            states = found.setdefault(DocumentId(document), {})
            states.setdefault(PageState(state), []).append(page)
        return found

    def keep(
        self, document: DocumentId, reading: PageReading, text: str, boxes: bytes
    ) -> Change | None:
        """Keep what was read of a page that waits; None where it waits no more.

        What stood on the page stays where it stands: the words come behind it.
        """
        key: dict[str, Value] = {"document": document, "page": reading.number}
        with self._writer.change("read scan", subject=document) as tx:
            there = tx.get("page_reading", key)
            if there is None or there["state"] != PageState.WAITING:
                return None
            if text:
                _append(tx, document, reading.number, text, boxes)
            tx.put("page_reading", {**key, **_columns(reading)})
            self._touch(tx, document)
        return tx.result

    def wait_again(self, document: DocumentId) -> Change | None:
        """Let the pages of a document that could not be read wait again; None for none."""
        rows = self._connection.execute(_FAILED, {"document": document}).fetchall()
        if not rows:
            return None
        with self._writer.change("read scan", subject=document) as tx:
            for (number,) in rows:
                waiting = PageReading(number=number)
                tx.put("page_reading", {"document": document, "page": number, **_columns(waiting)})
            self._touch(tx, document)
        return tx.result

    def corrections(self, document: DocumentId) -> list[Correction]:
        """Return what was typed for the misread words of a document, page by page."""
        return [
            Correction(
                document=DocumentId(row[0]),
                page=row[1],
                start=row[2],
                end=row[3],
                misread=row[4],
                typed=row[5],
                place=row[6],
                at=row[7],
            )
            for row in self._connection.execute(_CORRECTIONS, {"document": document})
        ]

    def correct(self, document: DocumentId, page: int, start: int, end: int, typed: str) -> Change:
        """Keep what somebody typed for the text from ``start`` to ``end`` of a page.

        It stands behind the text of the page with the place of what was misread, so that search
        finds both, and no mark moves. Typed anew it takes the place of what was typed before;
        nothing typed takes it away. A step of work, as rating is: it can be taken back.
        """
        key: dict[str, Value] = {"document": document, "page": page, "start": start}
        words = " ".join(clean(typed).split())
        if len(words) > MAX_TYPED:
            raise InputError(say("That is more than a page says. Type it in parts."))
        with self._writer.change("correct scan", subject=document, undoable=True) as tx:
            row = tx.get("page", {"document": document, "number": page})
            reading = tx.get("page_reading", {"document": document, "page": page})
            if row is None or reading is None or reading["state"] != PageState.READ:
                raise StateError(say("Only pages that were read from a scan can be corrected."))
            text, boxes = _without(tx, row, start)
            if not 0 <= start < end <= len(_base(tx, row)[0]):
                raise InputError(say("Choose the words on the page that were misread."))
            if not words:
                tx.remove("page_correction", key)
            else:
                place = len(text) + 1
                around = _around(boxes, start, end)
                text, boxes = f"{text}\n{words}", boxes + _NO_BOX + around * len(words)
                tx.put(
                    "page_correction",
                    {
                        **key,
                        "end": end,
                        "misread": text[start:end],
                        "typed": words,
                        "place": place,
                        "at": now(),
                    },
                )
            _store(tx, document, page, text, boxes)
            self._touch(tx, document)
        return tx.result

    def _touch(self, tx: Transaction, document: DocumentId) -> None:
        row = tx.connection.execute(_CASE, {"document": document}).fetchone()
        tx.touch(document=document, case=None if row is None else CaseId(row[0]))


def restore_correction(tx: Transaction, step: Step, *, forward: bool) -> None:
    """Put what was typed for misread words back to before (or, ``forward``, after) a step.

    Raises ``StateError`` where what was typed later stands in its place, or where a mark on what
    was typed would lie on other words.
    """
    gone, wanted = (step.before, step.after) if forward else (step.after, step.before)
    tx.restore(step, forward=forward)
    page = {"document": step.key["document"], "number": step.key["page"]}
    row = tx.get("page", page)
    if row is None:
        raise StateError(say("The document has no page {number}.", number=step.key["page"]))
    text, boxes = _content(row)
    if gone is not None:
        marked = _marked(tx, row, _place(gone))
        if marked and wanted is not None and _place(wanted) == _place(gone):
            raise StateError(
                say(
                    "That step cannot be taken back by itself: a mark lies on what was typed. Take"
                    " back the later steps first."
                )
            )
        text, boxes = _blanked(text, boxes, _place(gone), len(str(gone["typed"])), keep=marked)
    if wanted is not None:
        text, boxes = _filled(text, boxes, wanted)
    _store(tx, DocumentId(str(page["document"])), int(str(page["number"])), text, boxes)


def add_readings(tx: Transaction, document: DocumentId, readings: Iterable[PageReading]) -> None:
    """Add which pages of a new document are pictures, in an open transaction."""
    order = tx.values_of("page_reading")
    rows = [order({"document": document, "page": one.number, **_columns(one)}) for one in readings]
    if rows:
        tx.add_all("page_reading", rows)


def add_corrections(
    tx: Transaction, document: DocumentId, corrections: Iterable[Correction]
) -> None:
    """Add what was typed for misread words of a new document, in an open transaction.

    The words themselves stand in the text of its pages already.
    """
    order = tx.values_of("page_correction")
    names = ("page", "start", "end", "misread", "typed", "place", "at")
    rows = [
        order({"document": document, **{name: getattr(one, name) for name in names}})
        for one in corrections
    ]
    if rows:
        tx.add_all("page_correction", rows)


def _append(tx: Transaction, document: DocumentId, page: int, text: str, boxes: bytes) -> None:
    row = tx.get("page", {"document": document, "number": page})
    if row is None:
        raise StateError(say("The document has no page {number}.", number=page))
    there, held = _content(row)
    if there:
        text, boxes = f"{there}\n{text}", held + _NO_BOX + boxes
    _store(tx, document, page, text, boxes)
    keep_broken_words(tx, [text])


def _store(tx: Transaction, document: DocumentId, page: int, text: str, boxes: bytes) -> None:
    values: dict[str, Value] = {"text": text, "boxes": zlib.compress(boxes, 6) if boxes else b""}
    tx.amend("page", {"document": document, "number": page}, values, secret=True)


def _content(row: Mapping[str, Value]) -> tuple[str, bytes]:
    text, packed = str(row["text"]), row["boxes"]
    boxes = zlib.decompress(packed) if isinstance(packed, bytes) and packed else b""
    return text, boxes.ljust(_BOX * len(text), b"\0")


def _base(
    tx: Transaction, row: Mapping[str, Value]
) -> tuple[str, list[tuple[int, int, str, int]]]:
    """Return a page's text without what was typed behind it, and that."""
    asked = {"document": row["document"], "page": row["number"]}
    typed = tx.connection.execute(_OF_PAGE, asked).fetchall()
    text, _ = _content(row)
    return (text[: min(one[3] for one in typed) - 1] if typed else text), typed


def _without(tx: Transaction, row: Mapping[str, Value], start: int) -> tuple[str, bytes]:
    """Return a page's text and boxes as they are without what was typed for ``start``.

    What was typed after it stays where it stands: marks may lie in it.
    """
    text, boxes = _content(row)
    for began, _, words, place in _base(tx, row)[1]:
        if began == start:
            return _blanked(text, boxes, place, len(words), keep=_marked(tx, row, place))
    return text, boxes


def _marked(tx: Transaction, row: Mapping[str, Value], place: int) -> bool:
    """Say whether a mark or an event of a page lies on what stands at ``place`` or after it."""
    asked = {"document": row["document"], "page": row["number"], "place": place}
    return bool(tx.connection.execute(_MARKED, asked).fetchone()[0])


def _blanked(text: str, boxes: bytes, place: int, length: int, *, keep: bool) -> tuple[str, bytes]:
    """Return text and boxes without what stands at ``place``: cut off where it is the last.

    With ``keep`` it is blank and not cut off, so that nothing else ever stands in its place.
    """
    end = place + length
    if end == len(text) and not keep:
        return text[: place - 1], boxes[: _BOX * (place - 1)]
    return text[:place] + " " * length + text[end:], boxes


def _filled(text: str, boxes: bytes, typed: Mapping[str, Value]) -> tuple[str, bytes]:
    """Return text and boxes with what was typed where it stood, if nothing else stands there."""
    words, place = str(typed["typed"]), _place(typed)
    around = _around(boxes, int(str(typed["start"])), int(str(typed["end"]))) * len(words)
    end = place + len(words)
    if place == len(text) + 1:
        return f"{text}\n{words}", boxes + _NO_BOX + around
    if text[place:end] != " " * len(words):
        raise StateError(
            say(
                "That step cannot be taken back by itself: what was typed later stands in its"
                " place. Take back the later steps first."
            )
        )
    return text[:place] + words + text[end:], boxes[: _BOX * place] + around + boxes[_BOX * end :]


def _place(typed: Mapping[str, Value]) -> int:
    return int(str(typed["place"]))


def _around(boxes: bytes, start: int, end: int) -> bytes:
    """Return the box around the characters from ``start`` to ``end``."""
    sides = list(_SIDES.iter_unpack(boxes[_BOX * start : _BOX * end]))
    lefts, tops, rights, bottoms = zip(*sides, strict=True)
    return _SIDES.pack(min(lefts), min(tops), max(rights), max(bottoms))


def _asked(case: CaseId | None) -> dict[str, str]:
    return {} if case is None else {"case": case}


def _columns(reading: PageReading) -> dict[str, Value]:
    return {
        "state": reading.state.value,
        "quality": reading.quality.value,
        "confidence": reading.sure,
        "turn": reading.turn,
        "engine": reading.engine,
        "at": reading.at,
        "reason": reading.reason,
    }


def _reading(row: Sequence[Any]) -> PageReading:
    return PageReading(
        number=row[0],
        state=PageState(row[1]),
        quality=Quality(row[2]),
        sure=row[3],
        turn=row[4],
        engine=row[5],
        at=row[6],
        reason=row[7],
    )
