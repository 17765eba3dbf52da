"""What went to each member and what came back, in all rounds: who holds which file."""

from collections.abc import Mapping
from dataclasses import dataclass

from reviewer.casebook.book import Casebook
from reviewer.exchange.files import issued_name, update_name
from reviewer.records.ids import MemberId
from reviewer.records.panel import LateReturn, Received, ReturnStatus


@dataclass(frozen=True, kw_only=True, slots=True)
class SentUpdate:
    """An update that was written: its number, when (RFC 3339, UTC), and its file's name."""

    seq: int
    at: str
    file: str


@dataclass(frozen=True, kw_only=True, slots=True)
class GivenCasebook:
    """A casebook that was issued: its file's name, when ("" where not known), the updates to it.

    ``counts`` says that it is the one which returns count with; an earlier one was replaced.
    """

    file: str
    at: str
    counts: bool
    updates: tuple[SentUpdate, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class RoundReturns:
    """What came back of one member in one round; ``left_out`` is why it was released without.

    ``opened`` is the digest that a release opened ("" before it, and of who was left out), and
    ``late`` what the chair opened after it.
    """

    round: int
    returns: tuple[Received, ...]
    released: bool = False
    left_out: str = ""
    opened: str = ""
    late: LateReturn | None = None

    def verdict(self, one: Received) -> ReturnStatus:
        """Return how ``one`` of ``returns`` stands: late where its release did not open it."""
        came_late = self.released and one.standing is ReturnStatus.RECEIVED
        return ReturnStatus.LATE if came_late and one.sha256 != self.opened else one.standing

    @property
    def counted(self) -> Received | None:
        """The return that counts, or None."""
        return next((r for r in self.returns if r.standing is ReturnStatus.RECEIVED), None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Dealings:
    """Everything that went to one member and came back; casebooks and rounds newest first."""

    casebooks: tuple[GivenCasebook, ...] = ()
    rounds: tuple[RoundReturns, ...] = ()


def dealings(book: Casebook) -> Mapping[MemberId, Dealings]:
    """Return what went to each member of the chair's casebook, and what came back."""
    rounds = range(book.about.round, 0, -1)
    arrived = {number: book.returns.received(number) for number in rounds}
    absent = {number: book.rounds.absent(number) for number in rounds}
    released = {number for number in rounds if book.rounds.released(number)}
    opened = {number: book.rounds.opened(number) for number in released}
    late = {number: book.rounds.late(number) for number in released}
    return {
        member.id: Dealings(
            casebooks=_casebooks(book, member.id),
            rounds=tuple(
                RoundReturns(
                    round=number,
                    returns=tuple(r for r in arrived[number] if r.member == member.id),
                    released=number in released,
                    left_out=absent[number].get(member.id, ""),
                    opened=opened.get(number, {}).get(member.id, ""),
                    late=late.get(number, {}).get(member.id),
                )
                for number in rounds
            ),
        )
        for member in book.members.all()
    }


def _casebooks(book: Casebook, member: MemberId) -> tuple[GivenCasebook, ...]:
    now = book.members.pack(member)
    packs = book.updates.packs(member)
    times = book.journal.times("keep update key", member)
    known = times if len(times) == len(packs) else [""] * len(packs)
    return tuple(
        GivenCasebook(
            file=issued_name(pack),
            at=at,
            counts=pack == now,
            updates=tuple(
                SentUpdate(seq=one.seq, at=one.at, file=update_name(one.seq, one.digest))
                for one in reversed(book.updates.sent(pack))
            ),
        )
        for pack, at in reversed(list(zip(packs, known, strict=True)))
    )
