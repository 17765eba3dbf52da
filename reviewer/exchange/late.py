"""Late returns: kept sealed after their round was released, opened by the chair with a reason.

They are named late for ever, and never enter round 1's reliability: whoever sealed late may have
heard of the others (METHOD 3). Where the round has a custodian, that sheet is needed once more.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from reviewer.casebook.book import Casebook
from reviewer.errors import InputError, ReturnError, StateError
from reviewer.exchange.custody import release_key
from reviewer.exchange.release import Opener
from reviewer.records.ids import MemberId
from reviewer.records.panel import Member, Received, ReturnStatus
from reviewer.records.text import clean
from reviewer.summary.shapes import LedgerLine


@dataclass(frozen=True, kw_only=True, slots=True)
class Late:
    """A return that came after the release of its round and is still sealed.

    ``why_not`` says in a sentence why it cannot be opened, or is "".
    """

    received: Received
    member: Member
    why_not: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenedLate:
    """A late return that was opened: whose, of which round, why, and its ledger."""

    member: Member
    round: int
    at: str
    reason: str
    custodian: str
    ledger: tuple[LedgerLine, ...]


def waiting(book: Casebook) -> list[Late]:
    """Return what stands sealed of released rounds, oldest first: forks too, each with its why."""
    about = book.about
    members = {member.id: member for member in book.members.all()}
    found: list[Late] = []
    for number in range(1, about.round + 1):
        if not book.rounds.released(number):
            continue
        settled = book.rounds.opened(number).keys() | book.rounds.late(number).keys()
        found += [
            Late(
                received=one,
                member=members[one.member],
                why_not=_why_not(one, members[one.member].name),
            )
            for one in book.returns.received(number)
            if one.member not in settled
            and one.standing in {ReturnStatus.RECEIVED, ReturnStatus.FORK}
        ]
    return found


def open_late(
    book: Casebook, digest: str, reason: str, *, paper: bytes | None = None
) -> OpenedLate:
    """Open the late return ``digest``; its ratings stand from now on, named late.

    ``paper`` is the half of the custodian of its round, where there is one; it is not kept. Raises
    ``InputError`` without a reason, ``StateError`` for one that cannot be opened late or where the
    half is needed, ``ReturnError`` where its work fails a check, ``DamagedError`` where the ledger
    does not balance. Nothing is changed then.
    """
    about = book.about
    if about.kind != "chair":
        raise StateError("Only the chair's casebook opens returns. Open that one.")
    reason = clean(reason).strip()
    if not reason:
        raise InputError("Say in a few words why this return is opened late.")
    book.finish_checks()
    one = _openable(book, digest)
    members = {member.id: member for member in book.members.all()}
    key = book.custody.of_round(one.round)
    custodian = key.custodian.name if key is not None and key.custodian is not None else ""
    opener = Opener(
        book,
        replace(about, round=one.round),
        members,
        release_key(book, paper, one.round),
        {},
    )
    try:
        opened = opener.one(one)
    except ReturnError as refusal:
        raise ReturnError(
            f"The late return of {members[one.member].name} cannot be opened: {refusal} Nothing"
            " was changed.",
            layer=refusal.layer,
        ) from None
    lines: list[LedgerLine] = []
    change = book.rounds.open_late(
        one.round,
        opened,
        reason=reason,
        custodian=custodian,
        check=lambda: lines.extend(opener.balance([one])),
    )
    return OpenedLate(
        member=members[one.member],
        round=one.round,
        at=change.at,
        reason=reason,
        custodian=custodian,
        ledger=tuple(replace(line, late=True) for line in lines),
    )


def _openable(book: Casebook, digest: str) -> Received:
    one = book.returns.by_sha(digest)
    if one is None:
        raise StateError("That return is not in this casebook. Merge it first.")
    if not book.rounds.released(one.round):
        raise StateError(
            f"Round {one.round} is not released yet, so that return is not late: it opens with"
            " the others."
        )
    who = _names(book).get(one.member, "its member")
    if one.member in book.rounds.opened(one.round):
        raise StateError(
            f"A return of {who} was opened when round {one.round} was released, and it stays in"
            " force. This one stays sealed."
        )
    if one.member in book.rounds.late(one.round):
        raise StateError(f"A late return of {who} for round {one.round} was opened already.")
    if why := _why_not(one, who):
        raise StateError(why)
    if one.standing is not ReturnStatus.RECEIVED:
        raise StateError("A later return, or one of another casebook, counts in its place.")
    return one


def _why_not(one: Received, who: str) -> str:
    if one.standing is ReturnStatus.FORK:
        return (
            f"Returns of {who} contradict one another. Choose which of them counts: then it can be"
            " opened as late."
        )
    return ""


def _names(book: Casebook) -> Mapping[MemberId, str]:
    return {member.id: member.name for member in book.members.all()}
