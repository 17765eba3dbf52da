"""Each released round by itself: who took part in it, and what they rated in it (METHOD 3).

Rounds are counted one by one. What stands in the end is made from them in order: what was rated
again takes the place of what was rated before, a blank leaves it.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from reviewer.casebook.book import Casebook
from reviewer.method.framework import Framework
from reviewer.method.support import unchanged, unsupported
from reviewer.records.ids import CaseId, MarkId, MemberId
from reviewer.records.judgement import Rating, Reason
from reviewer.records.panel import Counts, Member, Opening
from reviewer.summary.parts import Part, RoundMember
from reviewer.summary.returned import digests_of, returned_in
from reviewer.summary.shapes import (
    Code,
    Detail,
    LedgerLine,
    RoundVotes,
)

CODES = {
    Reason.MISSING: Code.MISSING,
    Reason.UNCLEAR: Code.UNCLEAR,
    Reason.NOT_RELEVANT: Code.NOT_RELEVANT,
    Reason.OUTSIDE: Code.OUTSIDE,
    Reason.RECUSED: Code.RECUSED,
}
KINDS = ("reviews", "ratings", "comments", "marks", "evidence")
Place = tuple[int, int, int]


class Reader:
    """Reads one released round after another; ``members`` are those who rate, in their order."""

    def __init__(
        self,
        book: Casebook,
        framework: Framework,
        members: Sequence[Member],
        cases: Sequence[CaseId],
    ) -> None:
        self._book = book
        self._framework = framework
        self._members = members
        self._member_at = {member.id: place for place, member in enumerate(members)}
        self._case_at = {case: place for place, case in enumerate(cases)}
        self._factor_at = {code: place for place, code in enumerate(framework.codes)}
        self._points = {value: place for place, value in enumerate(framework.values)}
        self._pages = _pages(book, members)
        self._last: dict[Place, Rating] = {}
        self._bare: set[Place] = set()

    def read(self, number: int) -> RoundVotes:
        """Return round ``number``, which is released, by itself."""
        book = self._book
        late, absent = book.rounds.late(number), book.rounds.absent(number)
        here = returned_in(book, number)
        votes = self._asked(number, here | absent.keys())
        details: dict[Place, Detail] = {}
        bare: set[Place] = set()
        for member, case, rating in book.ratings.everyone(number):
            if member in here:  # a chair who was left out has ratings here too
                at = self._at(member, case, rating.factor)
                votes[at] = self._code(rating)
                if self._is_bare(at, rating):
                    bare.add(at)
                if not rating.blank:
                    self._last[at] = rating
                if rating.comment or rating.record or rating.evidence or rating.confidence:
                    details[at] = _detail(rating, self._pages)
        self._bare |= bare
        return RoundVotes(
            number=number,
            opened=book.agenda.opened(number),
            released=book.rounds.released(number),
            members=tuple(
                _member(one, place, votes, here=here, late=late, absent=absent)
                for place, one in enumerate(self._members)
            ),
            votes=votes,
            details=details,
            unsupported=frozenset(bare),
            ledger=ledger_of(book, number, self._members),
            opening=book.custody.opening(number) or Opening(),
        )

    def _asked(self, number: int, whom: set[MemberId]) -> NDArray[np.int8]:
        """Return votes that are blank where somebody was asked: all allocated, or the agenda."""
        shape = (len(self._members), len(self._case_at), len(self._factor_at))
        votes = np.full(shape, Code.ABSENT, dtype=np.int8)
        agenda = [
            (cell.case, self._factor_at[cell.factor]) for cell in self._book.agenda.of(number)
        ]
        for place, member in enumerate(self._members):
            had = set(self._book.rounds.asked(number, member)) if member.id in whom else set()
            if number == 1:
                votes[place, [self._case_at[case] for case in had]] = Code.BLANK
            for case, factor in agenda:
                if case in had:
                    votes[place, self._case_at[case], factor] = Code.BLANK
        return votes

    def _is_bare(self, at: Place, rating: Rating) -> bool:
        """Say whether a score lacks its support; the same again has what it had before."""
        if rating.blank:
            return False
        if unchanged(rating, self._last.get(at)):
            return at in self._bare
        self._bare.discard(at)
        return bool(unsupported(rating, self._framework))

    def _at(self, member: MemberId, case: CaseId, factor: str) -> Place:
        return self._member_at[member], self._case_at[case], self._factor_at[factor]

    def _code(self, rating: Rating) -> int:
        if rating.reason is not None:
            return CODES[rating.reason]
        return Code.BLANK if rating.value is None else self._points[rating.value]


class Standing:
    """What stands after the rounds that were taken, in order.

    ``first`` are the votes of round 1 as it was released: late ones are not among them. Of who did
    not return a round, ``asked`` (cases, factors) alone keeps what it asked: they gave no vote.
    """

    def __init__(self, shape: tuple[int, int, int]) -> None:
        self.votes = np.full(shape, Code.ABSENT, dtype=np.int8)
        self.first = self.votes
        self.asked = np.zeros(shape[1:], dtype=np.bool_)
        self.rounds = np.zeros(shape, dtype=np.int16)
        self.details: dict[Place, Detail] = {}
        self.unsupported: set[Place] = set()

    def take(self, one: RoundVotes) -> None:
        """Let what was rated in ``one`` stand."""
        came = _of(one, Part.RETURNED, Part.LATE)
        if one.number == 1:
            self.first = _of(one, Part.RETURNED)
        said = (came != Code.ABSENT) & (came != Code.BLANK)
        left = (came == Code.BLANK) & (self.votes == Code.ABSENT)
        self.asked |= (one.votes != Code.ABSENT).any(axis=0)
        self.votes[said] = came[said]
        self.votes[left] = Code.BLANK
        self.rounds[said] = one.number
        for at in zip(*(axis.tolist() for axis in np.nonzero(said)), strict=True):
            self.details.pop(at, None)
            self.unsupported.discard(at)
        self.unsupported |= one.unsupported
        self.details |= {at: detail for at, detail in one.details.items() if said[at] or left[at]}


def _of(one: RoundVotes, *parts: Part) -> NDArray[np.int8]:
    """Return the votes of those who took part in one of these ways, all others ABSENT."""
    among = np.array([member.part in parts for member in one.members], dtype=np.bool_)
    return np.where(among[:, None, None], one.votes, Code.ABSENT).astype(np.int8)


def ledger_of(book: Casebook, number: int, members: Sequence[Member]) -> tuple[LedgerLine, ...]:
    """Count in = count out: what each return that counts declared, and what is stored.

    ``opened`` equals ``declared``: the release refuses a return that opens to anything else.
    """
    opened, late = digests_of(book, number), book.rounds.late(number)
    declared = {
        one.member: one.counts
        for one in book.returns.received(number)
        if opened.get(one.member) == one.sha256
    }
    stored = book.rounds.stored_counts(number)
    return tuple(
        LedgerLine(
            member=member.id,
            kind=kind,
            declared=getattr(declared[member.id], kind),
            opened=getattr(declared[member.id], kind),
            stored=getattr(stored.get(member.id, Counts()), kind),
            late=member.id in late,
        )
        for member in members
        if member.id in declared
        for kind in KINDS
    )


def _member(
    member: Member,
    place: int,
    votes: NDArray[np.int8],
    *,
    here: set[MemberId],
    late: Mapping[MemberId, object],
    absent: Mapping[MemberId, str],
) -> RoundMember:
    own = votes[place]
    blank = int((own == Code.BLANK).sum())
    asked = int((own != Code.ABSENT).sum())
    if member.id in late:
        part = Part.LATE
    elif member.id in here:
        part = Part.RETURNED
    else:
        part = Part.OUT if member.id in absent else Part.NOT_ASKED
    return RoundMember(
        id=member.id,
        part=part,
        without_reason=absent.get(member.id, ""),
        late_reason=getattr(late.get(member.id), "reason", ""),
        late_at=getattr(late.get(member.id), "at", ""),
        asked=asked,
        ratings=asked - blank,
        blank=blank,
    )


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
