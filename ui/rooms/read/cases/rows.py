"""How a case stands in the list: its row, its state, whether a filter lets it through."""

from collections import Counter
from dataclasses import dataclass, replace
from enum import StrEnum

from reviewer.messages import later, say
from reviewer.records.cases import Case
from reviewer.records.ids import CaseId
from reviewer.records.judgement import Review, ReviewState
from ui.rooms.read.queries import Overview
from ui.widgets.rows import SideRow, Sign


class CaseProgress(StrEnum):
    """Where a case stands, as the filter chips name it."""

    TO_READ = later("To read")
    DRAFT = later("Draft")
    SEALED = later("Sealed")
    DEFERRED = later("Deferred")


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseRow:
    """One case in the list. ``words`` is what the filter field looks through, folded."""

    id: CaseId
    stand: CaseProgress
    row: SideRow
    words: str
    begun: bool = False  # whether anything of it is rated, sealed or not


def rows_of(overview: Overview) -> list[CaseRow]:
    """Return the rows of all cases, in the order of the overview."""
    return [row_of(case, overview) for case in overview.cases]


def passes(row: CaseRow, stand: CaseProgress | None, words: str) -> bool:
    """Whether a row is shown under a chip (None: all) and the words in the filter field."""
    if stand is not None and row.stand is not stand:
        return False
    return all(word in row.words for word in words.casefold().split())


def outside(row: CaseRow) -> CaseRow:
    """Return the row of the open case where the filter would hide it: shown, and saying why."""
    sign = Sign(text=say("open"), words=say("open, outside the filter"))
    return replace(row, row=replace(row.row, signs=(sign, *row.row.signs)))


def counts_of(rows: list[CaseRow]) -> dict[CaseProgress, int]:
    """Return how many cases stand where."""
    counted = Counter(row.stand for row in rows)
    return {stand: counted[stand] for stand in CaseProgress}


def row_of(case: Case, overview: Overview) -> CaseRow:
    """Return the row of one case."""
    review = overview.reviews.get(case.id)
    total = len(overview.about.framework.codes)
    if overview.asked is not None and overview.about.member:
        total = overview.asked.get(case.id, 0)
    rated = review.rated if review else 0
    stand = _stand(review, sealed=bool(overview.about.sealed))
    states = {
        CaseProgress.TO_READ: say("To read"),
        CaseProgress.DRAFT: say("{rated} of {total}", rated=rated, total=total),
        CaseProgress.SEALED: say("Sealed"),
        CaseProgress.DEFERRED: say("Deferred"),
    }
    row = SideRow(
        first=case.reference,
        second=case.title,
        state=states[stand] if overview.about.member else "",
        share=(rated / total if total else 0.0) if overview.about.member else None,
        complete=stand is CaseProgress.SEALED,
        signs=_signs(case, overview),
    )
    words = " ".join((case.reference, case.title, *case.attributes.values())).casefold()
    return CaseRow(id=case.id, stand=stand, row=row, words=words, begun=rated > 0)


def _stand(review: Review | None, *, sealed: bool) -> CaseProgress:
    if sealed or (review is not None and review.state is ReviewState.SEALED):
        return CaseProgress.SEALED
    if review is None:
        return CaseProgress.TO_READ
    if review.state is ReviewState.DEFERRED:
        return CaseProgress.DEFERRED
    begun = review.rated or review.state is ReviewState.DRAFT
    return CaseProgress.DRAFT if begun else CaseProgress.TO_READ


def _signs(case: Case, overview: Overview) -> tuple[Sign, ...]:
    signs = []
    if case.id in overview.changed:
        told = " ".join(overview.changed[case.id].what)
        signs.append(
            Sign(
                text=say("NEW"),
                words=say("changed since you opened it: {told}", told=told),
                tone="warn",
            )
        )
    notes = list(case.content_notes)
    notes += [d.content_note for d in overview.documents.get(case.id, ()) if d.content_note]
    if notes:
        signs.append(
            Sign(text="!", words=say("content note: {notes}", notes="; ".join(notes)), tone="warn")
        )
    missing = (*overview.gone.get(case.id, ()), *overview.missing.get(case.id, ()))
    if missing:
        named = [name for name in dict.fromkeys(missing) if name]
        words = (
            say("record missing: {names}", names=", ".join(named))
            if named
            else say("record missing")
        )
        signs.append(Sign(text="?", words=words))
    if not overview.documents.get(case.id):
        signs.append(Sign(text="0", words=say("no documents")))
    return tuple(signs)
