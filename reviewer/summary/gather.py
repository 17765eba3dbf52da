"""From a released casebook to the values that the numbers are made from."""

from collections.abc import Mapping, Sequence

import numpy as np

from reviewer.casebook.book import About, Casebook
from reviewer.errors import StateError
from reviewer.method.framework import Framework
from reviewer.records.ids import CaseId, MarkId, MemberId
from reviewer.records.judgement import Rating, Reason
from reviewer.records.panel import Comparison, Counts, KeyState, Member, Standing, key_state
from reviewer.summary.shapes import (
    Code,
    Detail,
    LedgerLine,
    Panel,
    PanelCase,
    PanelMember,
)

CODES = {
    Reason.MISSING: Code.MISSING,
    Reason.UNCLEAR: Code.UNCLEAR,
    Reason.NOT_RELEVANT: Code.NOT_RELEVANT,
    Reason.OUTSIDE: Code.OUTSIDE,
    Reason.RECUSED: Code.RECUSED,
}
KINDS = ("reviews", "ratings", "comments", "marks", "evidence")


def gather(book: Casebook) -> Panel:
    """Return the released round of a chair's casebook.

    Raises ``StateError`` before the release: nobody reads scores until all are in.
    """
    book.finish_checks()
    about = book.about
    if about.kind != "chair":
        raise StateError("Only the chair's casebook has a consolidated summary.")
    if not about.released:
        raise StateError(
            f"Round {about.round} has not been released yet, so there is nothing to summarise."
            " Merge the returns, then release the round."
        )
    members = [member for member in book.members.all() if member.rates]
    absent = book.rounds.absent(about.round)
    compared = book.members.comparisons.all()
    cases = book.cases.all()
    votes, details = _votes(book, about, members, [case.id for case in cases], absent)
    return Panel(
        casebook=about.id,
        title=about.title,
        marking=about.marking,
        demonstration=about.demonstration,
        round=about.round,
        framework=about.framework,
        members=tuple(
            PanelMember(
                id=member.id,
                name=member.name,
                role=member.role,
                returned=member.id not in absent,
                without_reason=absent.get(member.id, ""),
                key_compared=None
                if member.id == about.member
                else _compared(member, compared.get(member.id)),
            )
            for member in members
        ),
        cases=tuple(
            PanelCase(id=case.id, reference=case.reference, title=case.title) for case in cases
        ),
        votes=votes,
        details=details,
        ledger=_ledger(book, about, members),
        released=about.released,
    )


def _compared(member: Member, comparison: Comparison | None) -> str:
    """Return when the key that counts was compared, or ""."""
    if comparison is None or key_state(member.public_key, comparison) is not KeyState.COMPARED:
        return ""
    return comparison.at


def _votes(
    book: Casebook,
    about: About,
    members: Sequence[Member],
    cases: Sequence[CaseId],
    absent: Mapping[MemberId, str],
) -> tuple[np.ndarray[tuple[int, ...], np.dtype[np.int8]], dict[tuple[int, int, int], Detail]]:
    framework = about.framework
    member_at = {member.id: place for place, member in enumerate(members)}
    case_at = {case: place for place, case in enumerate(cases)}
    factor_at = {code: place for place, code in enumerate(framework.codes)}
    codes = _value_codes(framework)
    votes = np.full((len(members), len(cases), len(factor_at)), Code.ABSENT, dtype=np.int8)
    for place, member in enumerate(members):
        if member.id not in absent:
            allocated = [case_at[c] for c in member.cases if c in case_at] or slice(None)
            votes[place, allocated] = Code.BLANK
    pages = _pages(book, members)
    details = {}
    for member_id, case, rating in book.ratings.everyone(about.round):
        if member_id in absent:  # a chair who was left out: the own ratings stand in this file
            continue
        at = (member_at[member_id], case_at[case], factor_at[rating.factor])
        if rating.reason is not None:
            votes[at] = CODES[rating.reason]
        elif rating.value is not None:
            votes[at] = codes[rating.value]
        if rating.comment or rating.record or rating.evidence or rating.confidence:
            details[at] = _detail(rating, pages)
    return votes, details


def _value_codes(framework: Framework) -> dict[int, int]:
    return {value: place for place, value in enumerate(framework.values)}


def _detail(rating: Rating, pages: Mapping[MarkId, str]) -> Detail:
    return Detail(
        confidence=rating.confidence,
        comment=rating.comment,
        record=rating.record,
        evidence=tuple(dict.fromkeys(pages[mark] for mark in rating.evidence)),
    )


def _pages(book: Casebook, members: Sequence[Member]) -> dict[MarkId, str]:
    """Return where each mark is, as a reader would name it ("Custody record p.3")."""
    titles = {document.id: document.title for document in book.documents.all()}
    return {
        mark.id: f"{titles[mark.document]} p.{mark.page}"
        for member in members
        for mark in book.marks.of_member(member.id)
    }


def _ledger(book: Casebook, about: About, members: Sequence[Member]) -> tuple[LedgerLine, ...]:
    """Count in = count out: what each counted return declared, and what is stored.

    ``opened`` equals ``declared``: the release refuses a return that opens to anything else.
    """
    declared = {
        returned.member: returned.counts
        for returned in book.returns.received(about.round)
        if returned.standing is Standing.RECEIVED
    }
    stored = book.rounds.stored_counts(about.round)
    absent = book.rounds.absent(about.round)
    return tuple(
        LedgerLine(
            member=member.id,
            kind=kind,
            declared=getattr(declared.get(member.id, Counts()), kind),
            opened=getattr(declared.get(member.id, Counts()), kind),
            stored=getattr(stored.get(member.id, Counts()), kind),
        )
        for member in members
        if member.id not in absent
        for kind in KINDS
    )
