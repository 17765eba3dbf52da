"""Steps of work put into words, from the rows before and after that the journal keeps."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from reviewer.casebook.change import Change
from reviewer.casebook.stores.journal import History
from reviewer.casebook.stores.marks import anchor_of
from reviewer.casebook.stores.ratings import Ratings
from reviewer.casebook.stores.reader_steps import (
    lists_of,
    names_before,
    of_no_round,
    of_reader,
    told,
)
from reviewer.casebook.writer import Step, Value, steps_of
from reviewer.messages import plural, say
from reviewer.method.framework import Framework
from reviewer.records.ids import CaseId, DocumentId
from reviewer.records.judgement import Reason
from reviewer.records.moments import place_words, range_of, range_words
from reviewer.records.steps import Where, WorkStep

_QUOTE = 40  # characters of a text in a step's words
_FIELDS = {
    "good_practice": "\u201cGood practice\u201d",
    "other": "\u201cOther\u201d",
    "narrative": "\u201cIn your words\u201d",
}
_STEPS = """
SELECT undo_step.seq, journal.at, undo_step.undone, journal_value.body
FROM undo_step CROSS JOIN journal USING (seq) CROSS JOIN journal_value USING (seq)
"""
_NEWEST = _STEPS + "ORDER BY undo_step.seq DESC LIMIT :count"
_BODY = "SELECT body FROM journal_value WHERE seq = :seq"
_STEP = _STEPS + "WHERE undo_step.seq = :seq"
_REVIEW = "SELECT inquiry_case FROM review WHERE id = ?"
_ROUND = "SELECT value FROM meta WHERE key = 'round'"
_CASE = "SELECT reference FROM inquiry_case WHERE id = ?"
_LIST = "SELECT name FROM term_list WHERE id = ?"
_DOCUMENT = """
SELECT document.inquiry_case, inquiry_case.reference, document.title FROM document
JOIN inquiry_case ON inquiry_case.id = document.inquiry_case WHERE document.id = ?
"""
_DOCUMENT_OF_MARK = """
SELECT document.inquiry_case, inquiry_case.reference, document.title, mark.page, document.id,
    mark.anchor
FROM mark JOIN document ON document.id = mark.document
JOIN inquiry_case ON inquiry_case.id = document.inquiry_case WHERE mark.id = ?
"""
Row = Mapping[str, Value]
NOTHING: Row = {}


class Steps:
    """Reads the steps that can be taken back, newest first."""

    def __init__(
        self,
        connection: Any,  # noqa: ANN401 - the driver has no types
        framework: Framework,
        journal: History,
        ratings: Ratings,
    ) -> None:
        self._connection = connection
        self._framework = framework
        self._journal = journal
        self._ratings = ratings
        self._last: WorkStep | None = None
        self._cases: dict[Value, CaseId] = {}  # of reviews, also of those that are gone again
        self._anchors: dict[Value, str] = {}  # of marks that are gone

    def newest(self, count: int = 200) -> list[WorkStep]:
        """Return the newest ``count`` steps, also those that were taken back."""
        return self._read(_NEWEST, {"count": count})

    def one(self, seq: int) -> WorkStep | None:
        """Return the step of one journal entry, or None."""
        found = self._read(_STEP, {"seq": seq})
        return found[0] if found else None

    def last_taken(self) -> WorkStep | None:
        """Return the step that was last taken back or done again here, or None."""
        return self._last

    def undo(self, seq: int | None = None, *, after: int = 0) -> Change | None:
        """Take back one step, or the newest that stands; None where there is none.

        Of the newest only those ``after`` a journal entry count: what a session did. Raises
        ``StateError`` where the round is closed, the step was taken back before or belongs to an
        earlier round, or later work builds on it.
        """
        seq = self._journal.to_undo(after=after) if seq is None else seq
        self._require_open(seq)
        return None if seq is None else self._take(seq, self._journal.undo, undone=True)

    def redo(self, seq: int | None = None, *, after: int = 0) -> Change | None:
        """Do again one step, or the one taken back last (``after`` an entry); None if none."""
        seq = self._journal.to_redo(after=after) if seq is None else seq
        self._require_open(seq)
        return None if seq is None else self._take(seq, self._journal.redo, undone=False)

    def _take(self, seq: int, take: Callable[[int], Change], *, undone: bool) -> Change:
        told = self.one(seq)  # before it is gone: its case may be known from it alone
        change = take(seq)
        self._last = replace(told, undone=undone) if told is not None else None
        return change

    def _require_open(self, seq: int | None) -> None:
        """Raise ``StateError`` where the round is closed, unless the step is none of its work."""
        found = None if seq is None else self._connection.execute(_BODY, {"seq": seq}).fetchone()
        steps = steps_of(found[0]) if found else []
        if not of_no_round(steps):
            self._ratings.require_open(self._round())

    def _round(self) -> int:
        return int(self._connection.execute(_ROUND).fetchone()[0])

    def _read(self, query: str, which: Mapping[str, int]) -> list[WorkStep]:
        rows = self._connection.execute(query, which).fetchall()
        read = [(row[0], row[1], bool(row[2]), steps_of(row[3])) for row in rows]
        for _, _, _, steps in read:
            for step in _of(steps, "review"):
                case = CaseId(_words(step.after or step.before or NOTHING, "inquiry_case"))
                self._cases[step.key["id"]] = case
            for step in _of(steps, "mark"):
                if step.after is None:
                    anchor = _words(step.before or NOTHING, "anchor")
                    self._anchors[step.key["id"]] = anchor
        told, names = [], dict[str, str]()
        for seq, at, undone, steps in read:  # the newest first
            told.append(self._told(seq, at, steps, names, undone=undone))
            names |= names_before(steps)
        return told

    def _told(
        self, seq: int, at: str, steps: Sequence[Step], names: Mapping[str, str], *, undone: bool
    ) -> WorkStep:
        case, words, reference, where = None, "", "", None
        cells = {(s.key["review"], s.key["factor"]) for s in steps if "factor" in s.key}
        marks = [step for step in steps if step.table == "mark"]
        if of_reader(steps):
            words = told(steps, {**self._called(steps), **names})
        elif len(cells) > 1 and not (marks and marks[0].after is None):
            words, reference, where = self._several(cells)
        elif cells and not (marks and marks[0].after is None):
            review, factor = next(iter(cells))
            case, reference = self._case_of(review)
            words = self._rated(str(factor), steps)
            where = Where(case=case, factor=str(factor)) if case else None
        elif marks:
            words, reference, where = self._marked(marks, len(cells))
        elif of_no_round(steps):
            words, reference, where = self._beside_ratings(steps)
        else:
            words, reference, where = self._written(steps)
        return WorkStep(
            seq=seq, at=at, words=words, reference=reference, where=where, undone=undone
        )

    def _case_of(self, review: Value) -> tuple[CaseId | None, str]:
        row = self._connection.execute(_REVIEW, (review,)).fetchone()
        case = CaseId(row[0]) if row is not None else self._cases.get(review)
        found = self._connection.execute(_CASE, (case,)).fetchone() if case else None
        return (None, "") if found is None else (case, str(found[0]))

    def _called(self, steps: Sequence[Step]) -> dict[str, str]:
        """Return what the lists of words that ``steps`` changed are called now, by their ids."""
        found = (
            (one, self._connection.execute(_LIST, (one,)).fetchone()) for one in lists_of(steps)
        )
        return {one: str(row[0]) for one, row in found if row is not None}

    def _several(self, cells: set[tuple[Value, Value]]) -> tuple[str, str, Where | None]:
        reviews = {review for review, _ in cells}
        if len(reviews) > 1:
            return f"{len(cells):,} ratings in {len(reviews):,} cases", "", None
        case, reference = self._case_of(next(iter(reviews)))
        return f"{len(cells):,} ratings", reference, Where(case=case) if case else None

    def _rated(self, factor: str, steps: Sequence[Step]) -> str:
        """Return what changed in one rating, the pages it cites included."""
        names = {one.code: one.name for one in self._framework.factors}
        rating = next((step for step in steps if step.table == "rating"), None)
        before = (rating.before if rating else None) or NOTHING
        after = (rating.after if rating else None) or NOTHING
        parts = self._differences(before, after)
        cited = sum((s.after is not None) - (s.before is not None) for s in _of(steps, "evidence"))
        if cited:
            what = self._times_of(_of(steps, "evidence")) or "a page"
            parts.append(f"{what} cited" if cited > 0 else f"{what} no longer cited")
        return f"{names.get(factor, factor)}, {', '.join(parts) or 'put in another order'}"

    def _times_of(self, evidence: Sequence[Step]) -> str:
        """Return the times in a recording that were cited; "" for a page, or for several."""
        mark = evidence[0].key["mark"]
        found = self._connection.execute(_DOCUMENT_OF_MARK, (mark,)).fetchone()
        anchor = found[5] if found else self._anchors.get(mark)
        span = range_of(anchor_of(anchor)) if anchor and len(evidence) == 1 else None
        return range_words(*span) if span else ""

    def _differences(self, before: Row, after: Row) -> list[str]:
        parts = []
        if self._point(before) != self._point(after):
            parts.append(f"{self._point(after)} (before: {self._point(before)})")
        if before.get("confidence") != after.get("confidence"):
            parts.append(f"confidence {_words(after, 'confidence') or 'taken out'}")
        for name, noun in (("comment", "comment"), ("record", "record")):
            old, new = _words(before, name), _words(after, name)
            if old != new:
                parts.append(_text(noun, old, new))
        return parts

    def _point(self, row: Row) -> str:
        if row.get("reason"):
            return self._framework.words(Reason(str(row["reason"]))).label
        return "blank" if row.get("value") is None else str(row["value"])

    def _marked(self, marks: Sequence[Step], cited: int) -> tuple[str, str, Where | None]:
        if len(marks) > 1:
            return f"{len(marks):,} marks", "", None
        before, after = marks[0].before or NOTHING, marks[0].after or NOTHING
        row = after or before
        found = self._connection.execute(_DOCUMENT, (row["document"],)).fetchone()
        case, reference, title = found or ("", "", "a document")
        at = place_words(title, int(_words(row, "page")), anchor_of(_words(row, "anchor")))
        if not after:
            gone = f", cited by {cited} ratings" if cited > 1 else ", cited by a rating"
            words = f"mark on {at} taken out" + (gone if cited else "")
        elif not before:
            words = f"mark on {at}"
        elif before["document"] != row["document"]:
            words = f"mark taken along to {at}"
        else:
            words = f"{_text('note', _words(before, 'note'), _words(after, 'note'))}, {at}"
        document = DocumentId(_words(row, "document"))
        where = Where(case=CaseId(case), document=document, page=int(_words(row, "page")))
        return words, reference, where if case else None

    def _beside_ratings(self, steps: Sequence[Step]) -> tuple[str, str, Where | None]:
        if steps[0].table == "event":
            return (*self._events(steps), None)
        if steps[0].table == "mark_left":
            return self._left(steps[0])
        return self._corrected(steps[0])

    def _left(self, step: Step) -> tuple[str, str, Where | None]:
        found = self._connection.execute(_DOCUMENT_OF_MARK, (step.key["mark"],)).fetchone()
        at = place_words(found[2], found[3], anchor_of(found[5])) if found else say("a document")
        words = (
            say("mark left on {place}", place=at)
            if step.after is not None
            else say("mark on {place} asked about again", place=at)
        )
        if found is None:
            return words, "", None
        case, document, page = CaseId(found[0]), DocumentId(found[4]), int(found[3])
        return words, str(found[1]), Where(case=case, document=document, page=page)

    def _corrected(self, step: Step) -> tuple[str, str, Where | None]:
        row, document = step.after or step.before or NOTHING, DocumentId(str(step.key["document"]))
        page = int(str(step.key["page"]))
        case, reference, title = self._connection.execute(_DOCUMENT, (document,)).fetchone()
        read, typed = _short(_words(row, "misread")), _short(_words(row, "typed"))
        done = f"for \u201c{read}\u201d" if step.after is not None else "taken out"
        words = f"typed word \u201c{typed}\u201d {done}, {title} p.{page}"
        return words, reference, Where(case=CaseId(case), document=document, page=page)

    def _events(self, events: Sequence[Step]) -> tuple[str, str]:
        before, after = events[0].before or NOTHING, events[0].after or NOTHING
        found = self._connection.execute(_CASE, ((after or before)["inquiry_case"],)).fetchone()
        reference = str(found[0]) if found else ""
        new = [step for step in events if step.before is None]
        gone = [step for step in events if step.after is None]
        if len(new) > 1:
            count = len(new)
            return plural("{count:,} event", "{count:,} events", count=count), reference
        if gone:
            what = _short(_words(gone[0].before or NOTHING, "what"))
            told = say("event \u201c{what}\u201d taken out", what=what)
            return told + _and_others(len(events) - 1), reference
        what = _short(_words(after, "what"))
        if new:
            return say("event \u201c{what}\u201d", what=what), reference
        told = say("event \u201c{what}\u201d changed", what=what)
        return told + _and_others(len(events) - 1), reference

    def _written(self, steps: Sequence[Step]) -> tuple[str, str, Where | None]:
        review = next(iter(_of(steps, "review")), None)
        if review is None:
            return "a step", "", None
        before, after = review.before or NOTHING, review.after or NOTHING
        case = CaseId(str((after or before)["inquiry_case"]))
        found = self._connection.execute(_CASE, (case,)).fetchone()
        reference = str(found[0]) if found else ""
        for field, name in _FIELDS.items():
            old, new = _words(before, field), _words(after, field)
            if old != new:
                return _text(name, old, new), reference, Where(case=case, field=field)
        state = "set aside" if after.get("state") == "deferred" else "taken up again"
        return state, reference, Where(case=case)


def _and_others(count: int) -> str:
    """Return the words on the events that one step changed besides the one that it names."""
    if not count:
        return ""
    more = plural(
        "{count:,} other event changed with it",
        "{count:,} other events changed with it",
        count=count,
    )
    return f", {more}"


def _words(row: Row, column: str) -> str:
    value = row.get(column)
    return "" if value is None else str(value)


def _of(steps: Sequence[Step], table: str) -> list[Step]:
    return [step for step in steps if step.table == table]


def _text(noun: str, before: str, after: str) -> str:
    """Return what was done to a text, with its first words."""
    if not after:
        return f"{noun} taken out"
    return f"{noun} {'changed to ' if before else ''}\u201c{_short(after)}\u201d"


def _short(text: str) -> str:
    """Return the first words of a text, on one line."""
    flat = " ".join(text.split())
    return flat if len(flat) <= _QUOTE else flat[:_QUOTE].rsplit(" ", 1)[0] + "\u2026"
