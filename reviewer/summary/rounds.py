"""Each released round by itself: who took part in it, and what they rated in it (METHOD 3).

Rounds are counted one by one. What stands in the end is made from them in order: what was rated
again takes the place of what was rated before, a blank leaves it.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reviewer.casebook.book import Casebook
from reviewer.casebook.stores.everybody import token
from reviewer.method.framework import Framework
from reviewer.method.needs import unsupported
from reviewer.records.cases import Case
from reviewer.records.ids import CaseId, DocumentId, MarkId, MemberId
from reviewer.records.judgement import Rating, Reason
from reviewer.records.panel import COUNTED_KINDS, Counts, Member, Opening
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
Place = tuple[int, int, int]
Votes = NDArray[np.int8]


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
        self._pages, self._gone = _pages(book), _gone(book)
        self._tokens = _tokens(framework)
        shape = (len(members), len(cases), len(framework.codes))
        self._last = np.full(shape, Code.ABSENT, dtype=np.int8)
        self._bare = np.zeros(shape, dtype=np.bool_)

    def read(self, number: int) -> RoundVotes:
        """Return round ``number``, which is released, by itself."""
        book = self._book
        late, absent = book.rounds.late(number), book.rounds.absent(number)
        here = returned_in(book, number)
        votes = self._asked(number, here | absent.keys())
        self._take_answers(number, here, votes)
        details: dict[Place, Detail] = {}
        supported = np.zeros(votes.shape, dtype=np.bool_)
        for member, case, rating in book.everybody.with_words(number):
            if member in here:
                at = self._at(member, case, rating.factor)
                details[at] = _detail(rating, self._pages, self._gone)
                supported[at] = not unsupported(rating, self._framework)
        bare = self._take_bare(votes, supported)
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
            unsupported=frozenset(_places(bare)),
            ledger=ledger_of(book, number, self._members),
            opening=book.custody.opening(number) or Opening(),
        )

    def _asked(self, number: int, whom: set[MemberId]) -> NDArray[np.int8]:
        """Return votes that are blank where somebody was asked: all allocated, or the agenda."""
        votes = np.full(self._last.shape, Code.ABSENT, dtype=np.int8)
        cells = self._book.agenda.of(number)
        asked_cases = np.array([self._case_at[cell.case] for cell in cells], dtype=np.intp)
        factors = np.array([self._factor_at[cell.factor] for cell in cells], dtype=np.intp)
        for place, member in enumerate(self._members):
            if member.id not in whom:
                continue
            had = [self._case_at[case] for case in self._book.rounds.asked(number, member)]
            if number == 1:
                votes[place, had] = Code.BLANK
            mine = np.isin(asked_cases, had)
            votes[place, asked_cases[mine], factors[mine]] = Code.BLANK
        return votes

    def _take_answers(self, number: int, here: set[MemberId], votes: Votes) -> None:
        """Put what was answered into ``votes``."""
        for one in self._book.everybody.answers(number):
            if one.member in here:  # a chair who was left out has ratings here too
                row = votes[self._member_at[one.member], self._case_at[one.case]]
                for factor, code in map(self._tokens.__getitem__, one.tokens):
                    row[factor] = code

    def _take_bare(self, votes: Votes, supported: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Return which scores lack their support; the same again has what it had before, too."""
        said = (votes != Code.ABSENT) & (votes != Code.BLANK)
        again = said & (votes == self._last)
        lowest = bisect_left(self._framework.values, self._framework.thresholds.evidence)
        bare = ~supported & np.where(again, self._bare, votes >= lowest)
        self._bare = np.where(said, bare, self._bare)
        self._last[said] = votes[said]
        return bare

    def _at(self, member: MemberId, case: CaseId, factor: str) -> Place:
        return self._member_at[member], self._case_at[case], self._factor_at[factor]


class RatingsInForce:
    """What stands after the rounds that were taken, in order.

    ``first`` are the votes of round 1 as it was released: late ones are not among them. Of who did
    not return a round, ``asked`` (cases, factors) alone keeps what it asked: they gave no vote.
    ``unsupported`` says of each score without support in which round it was given: the same again
    in a later one is not given anew.
    """

    def __init__(self, shape: tuple[int, int, int]) -> None:
        self.votes = np.full(shape, Code.ABSENT, dtype=np.int8)
        self.first = self.votes
        self.asked = np.zeros(shape[1:], dtype=np.bool_)
        self.rounds = np.zeros(shape, dtype=np.int16)
        self.details: dict[Place, Detail] = {}
        self.unsupported: dict[Place, int] = {}

    def take(self, one: RoundVotes) -> None:
        """Let what was rated in ``one`` stand."""
        came = _of(one, Part.RETURNED, Part.LATE)
        if one.number == 1:
            self.first = _of(one, Part.RETURNED)
        said = (came != Code.ABSENT) & (came != Code.BLANK)
        left = (came == Code.BLANK) & (self.votes == Code.ABSENT)
        kept = ~said | (came == self.votes)
        self.asked |= (one.votes != Code.ABSENT).any(axis=0)
        self.votes[said] = came[said]
        self.votes[left] = Code.BLANK
        self.rounds[said] = one.number
        self.details = {at: detail for at, detail in self.details.items() if not said[at]}
        self.unsupported = dict.fromkeys(one.unsupported, one.number) | {
            at: number
            for at, number in self.unsupported.items()
            if kept[at] and (at in one.unsupported or not said[at])
        }
        self.details |= {at: detail for at, detail in one.details.items() if said[at] or left[at]}


@dataclass(frozen=True, kw_only=True, slots=True)
class Released:
    """All released rounds of a casebook up to one, oldest first, and what stands after them."""

    members: tuple[Member, ...]
    cases: tuple[Case, ...]
    rounds: tuple[RoundVotes, ...]
    standing: RatingsInForce


def read_released(book: Casebook, number: int) -> Released:
    """Return rounds 1 to ``number``, which are released, of all members who rate."""
    members = tuple(member for member in book.members.all() if member.rates)
    cases = tuple(book.cases.all())
    reader = Reader(book, book.about.framework, members, [case.id for case in cases])
    rounds = tuple(reader.read(past) for past in range(1, number + 1))
    standing = RatingsInForce(rounds[0].votes.shape)
    for one in rounds:
        standing.take(one)
    return Released(members=members, cases=cases, rounds=rounds, standing=standing)


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
        for kind in COUNTED_KINDS
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
    asked = int((own != Code.ABSENT).sum())
    ratings = asked - int((own == Code.BLANK).sum())
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
        ratings=ratings,
        blank=asked - ratings if part in {Part.LATE, Part.RETURNED} else 0,
    )


def _detail(
    rating: Rating, pages: Mapping[MarkId, str], gone: Mapping[MarkId, DocumentId]
) -> Detail:
    return Detail(
        confidence=rating.confidence,
        comment=rating.comment,
        record=rating.record,
        evidence=tuple(dict.fromkeys(pages[mark] for mark in rating.evidence)),
        gone=frozenset(gone[mark] for mark in rating.evidence if mark in gone),
    )


def _pages(book: Casebook) -> dict[MarkId, str]:
    """Return where each mark is, as a reader would name it ("Custody record p.3")."""
    titles = {document.id: document.title for document in book.documents.all()}
    return {
        mark: f"{titles[document]} p.{page}"
        for mark, document, page in book.everybody.mark_places()
    }


def _gone(book: Casebook) -> dict[MarkId, DocumentId]:
    """Return the document of each mark whose document was replaced or withdrawn."""
    gone = {document.id for document in book.documents.all() if not document.current}
    if not gone:
        return {}
    places = book.everybody.mark_places()
    return {mark: document for mark, document, _page in places if document in gone}


def _tokens(framework: Framework) -> dict[str, tuple[int, int]]:
    """Return (place of the factor, code of the vote) of each answer that can be stored."""
    said = {str(value): point for point, value in enumerate(framework.values)}
    said |= {str(reason): int(code) for reason, code in CODES.items()} | {"": int(Code.BLANK)}
    return {
        token(factor, words): (place, code)
        for place, factor in enumerate(framework.codes)
        for words, code in said.items()
    }


def _places(which: NDArray[np.bool_]) -> Iterator[Place]:
    return zip(*(axis.tolist() for axis in np.nonzero(which)), strict=True)
