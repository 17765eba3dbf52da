"""From a released casebook to the values that the numbers are made from."""

from collections.abc import Mapping, Sequence

import numpy as np

from reviewer.casebook.book import About, Casebook
from reviewer.errors import StateError
from reviewer.method.framework import Framework
from reviewer.records.ids import CaseId, MarkId, MemberId
from reviewer.records.judgement import Rating, Reason
from reviewer.records.panel import (
    Comparison,
    Counts,
    KeyState,
    Member,
    Opening,
    key_state,
)
from reviewer.summary.returned import digests_of, on_time, returned_in
from reviewer.summary.shapes import (
    Code,
    Detail,
    LedgerLine,
    Origin,
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
    """Return the results of a chair's casebook: those of the latest round that was released.

    A later round asks for some ratings again; what was not rated again stands as it was. Raises
    ``StateError`` before the first release: nobody reads scores until all are in.
    """
    book.finish_checks()
    about = book.about
    if about.kind != "chair":
        raise StateError("Only the chair's casebook has a consolidated summary.")
    if not about.results:
        raise StateError(
            f"Round {about.round} has not been released yet, so there is nothing to summarise."
            " Merge the returns, then release the round."
        )
    members = [member for member in book.members.all() if member.rates]
    absent = book.rounds.absent(about.results)
    compared = book.members.comparisons.all()
    cases = book.cases.all()
    votes = _Votes(book, about, members, [case.id for case in cases])
    for number in range(1, about.results + 1):
        votes.take(number)
    return Panel(
        casebook=about.id,
        title=about.title,
        marking=about.marking,
        demonstration=about.demonstration,
        round=about.results,
        framework=about.framework,
        members=tuple(
            PanelMember(
                id=member.id,
                name=member.name,
                role=member.role,
                returned=member.id in votes.returned,
                without_reason=""
                if member.id in votes.returned
                else absent.get(member.id, "no return counts"),
                key_compared=None
                if member.id == about.member
                else _compared(member, compared.get(member.id)),
            )
            for member in members
        ),
        cases=tuple(
            PanelCase(id=case.id, reference=case.reference, title=case.title) for case in cases
        ),
        votes=votes.votes,
        first=votes.first if about.results > 1 else None,
        details=votes.details,
        ledger=_ledger(book, about.results, members),
        released=book.rounds.released(about.results),
        opening=book.custody.opening(about.results) or Opening(),
        origin=_origin(book, about.results),
    )


def _origin(book: Casebook, number: int) -> Origin:
    headers = dict(book.returns.headers())
    entry, hash_ = book.journal.newest_of("release", str(number))
    return Origin(
        entry=entry,
        hash=hash_,
        returns=tuple(
            (one.sha256, headers[one.id])
            for past in range(1, number + 1)
            for one in book.returns.received(past)
            if one.sha256 == digests_of(book, past).get(one.member)
        ),
    )


def _compared(member: Member, comparison: Comparison | None) -> str:
    """Return when the key that counts was compared, or ""."""
    if comparison is None or key_state(member.public_key, comparison) is not KeyState.COMPARED:
        return ""
    return comparison.at


class _Votes:
    """The votes of a panel, a round at a time: what is rated again takes the place of the old."""

    def __init__(
        self, book: Casebook, about: About, members: Sequence[Member], cases: Sequence[CaseId]
    ) -> None:
        framework = about.framework
        self._book = book
        self._members = members
        self._member_at = {member.id: place for place, member in enumerate(members)}
        self._case_at = {case: place for place, case in enumerate(cases)}
        self._factor_at = {code: place for place, code in enumerate(framework.codes)}
        self._codes = _value_codes(framework)
        self._pages = _pages(book, members)
        shape = (len(members), len(cases), len(self._factor_at))
        self.votes = np.full(shape, Code.ABSENT, dtype=np.int8)
        self.first = self.votes
        self.details: dict[tuple[int, int, int], Detail] = {}
        self.returned: set[MemberId] = set()

    def take(self, number: int) -> None:
        """Take the ratings of one released round, after those of the rounds before it."""
        prompt = on_time(self._book, number)
        ratings = list(self._book.ratings.everyone(number))
        self._take_of(number, prompt, ratings)
        if number == 1:
            self.first = self.votes.copy()
        self._take_of(number, returned_in(self._book, number) - prompt, ratings)

    def _take_of(
        self, number: int, here: set[MemberId], ratings: list[tuple[MemberId, CaseId, Rating]]
    ) -> None:
        for member in self._members:
            if member.id in here - self.returned:
                self._expect(member, number)
        for member_id, case, rating in ratings:
            # A chair who was left out has ratings here too; a blank leaves what was rated before.
            if member_id not in here or (number > 1 and rating.blank):
                continue
            self._put(self._member_at[member_id], self._case_at[case], rating)
        self.returned |= here

    def _put(self, member: int, case: int, rating: Rating) -> None:
        at = (member, case, self._factor_at[rating.factor])
        if rating.reason is not None:
            self.votes[at] = CODES[rating.reason]
        elif rating.value is not None:
            self.votes[at] = self._codes[rating.value]
        self.details.pop(at, None)
        if rating.comment or rating.record or rating.evidence or rating.confidence:
            self.details[at] = _detail(rating, self._pages)

    def _expect(self, member: Member, number: int) -> None:
        """Let what a member was asked for be blank: everything allocated, or the agenda."""
        place = self._member_at[member.id]
        had = set(self._book.rounds.asked(number, member))
        if number == 1:
            self.votes[place, [self._case_at[case] for case in had]] = Code.BLANK
            return
        for cell in self._book.agenda.of(number):
            if cell.case in had:
                at = (place, self._case_at[cell.case], self._factor_at[cell.factor])
                self.votes[at] = Code.BLANK


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


def _ledger(book: Casebook, number: int, members: Sequence[Member]) -> tuple[LedgerLine, ...]:
    """Count in = count out: what each counted return declared, and what is stored.

    ``opened`` equals ``declared``: the release refuses a return that opens to anything else.
    """
    declared = _declared(book, number)
    stored = book.rounds.stored_counts(number)
    return tuple(
        LedgerLine(
            member=member.id,
            kind=kind,
            declared=getattr(declared[member.id], kind),
            opened=getattr(declared[member.id], kind),
            stored=getattr(stored.get(member.id, Counts()), kind),
        )
        for member in members
        if member.id in declared
        for kind in KINDS
    )


def _declared(book: Casebook, number: int) -> dict[MemberId, Counts]:
    """Return what each return that counts in a released round declared."""
    opened = digests_of(book, number)
    return {
        one.member: one.counts
        for one in book.returns.received(number)
        if opened.get(one.member) == one.sha256
    }
