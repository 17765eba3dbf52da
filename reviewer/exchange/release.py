"""Release: all returns of a round open at once, in one transaction, and each record is counted."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from reviewer.casebook.book import About, Casebook
from reviewer.casebook.stores.releases import OpenedReturn
from reviewer.crypto import strict
from reviewer.crypto.identity import AgeKey
from reviewer.errors import DamagedError, InputError, ReturnError, StateError
from reviewer.exchange import keyring
from reviewer.exchange.custody import release_key
from reviewer.exchange.layers import open_outer, open_work
from reviewer.exchange.merge import receive_own
from reviewer.exchange.sealed_work import Scope, Whose, Work, beyond_price, decode
from reviewer.progress import Progress, Quiet
from reviewer.records.ids import CaseId, DocumentId, MarkId, MemberId
from reviewer.records.judgement import Mark
from reviewer.records.panel import COUNTED_KINDS, Counts, Member, Received, ReturnStatus
from reviewer.records.text import clean
from reviewer.rounds.allocation import asked, raters
from reviewer.summary.gaps import Gaps, gaps_of
from reviewer.summary.shapes import LedgerLine

SET_ASIDE = "Set aside at the release:"  # how the reason of such an absence begins


@dataclass(frozen=True, kw_only=True, slots=True)
class Outstanding:
    """One member whose return does not count, and why in plain words."""

    member: Member
    why: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Released:
    """What was opened: the ledger (by member id), and who was left out with the reason given.

    ``custodian`` is who gave the other half of the key, or ""; ``gaps`` is what is blank and which
    scores lack support, to be told before any figure. ``aside`` are those who were left out as
    their work failed a check when it was opened: name and reason.
    """

    round: int
    at: str
    returns: int
    ledger: tuple[LedgerLine, ...]
    without: Mapping[str, str]
    gaps: Gaps
    custodian: str = ""
    aside: Mapping[str, str] = field(default_factory=dict)


def outstanding(book: Casebook) -> list[Outstanding]:
    """Return the members who rate and have no return that counts in this round."""
    about = book.about
    standing: dict[MemberId, set[ReturnStatus]] = {}
    for one in book.returns.received(about.round):
        standing.setdefault(one.member, set()).add(one.standing)
    found = []
    counted = {*book.rounds.opened(about.round), *book.rounds.late(about.round)}
    for member in raters(book, about):
        stands = standing.get(member.id, set())
        if about.released and member.id not in counted and ReturnStatus.RECEIVED in stands:
            why = "a return is here that was not opened at the release: it is still sealed"
        elif member.id == about.member and not about.sealed:
            why = "the chair's own round is not sealed"
        elif ReturnStatus.RECEIVED in stands:
            continue
        elif ReturnStatus.FORK in stands:
            why = "returns contradict one another and none is chosen yet"
        else:
            why = "no return has arrived"
        found.append(Outstanding(member=member, why=why))
    return found


def release(
    book: Casebook,
    *,
    without: Mapping[str, str] | None = None,
    paper: bytes | None = None,
    progress: Progress | None = None,
) -> Released:
    """Open all returns that count and store their work, all or nothing.

    ``without`` names members who are left out, each with a reason that is kept. ``paper`` is the
    custodian's half of the key, where there is a custodian; it is not kept. A chair who rates may
    be left out too, but seals first: nobody reads the others' work before that. Work that fails a
    check once it is opened is set aside whole, named with the reason, and holds up nobody else.
    Raises ``StateError`` naming who is out or that the half is needed, ``InputError`` for a half
    of another casebook, a name that is not on the panel or an empty reason, ``ReturnError`` (layer
    ``inner`` or ``work``) where not one return can be opened (its ``details`` name the members),
    ``DamagedError`` where the ledger does not balance.
    """
    progress = progress or Quiet()
    _refuse_now(book)
    receive_own(book)
    about = book.about
    absent = _absent(book, without or {})
    _refuse_outstanding(book, absent)
    members = {member.id: member for member in book.members.all()}
    counting = [
        one
        for one in book.returns.received(about.round)
        if one.standing is ReturnStatus.RECEIVED and one.member not in absent
    ]
    if not counting:
        raise StateError("There is no return to open in this round.")
    custodian = about.custodian.name if about.custodian is not None else ""
    opener = Opener(book, about, members, release_key(book, paper), absent)
    lines: list[LedgerLine] = []
    change = book.rounds.release(
        about.round,
        opener.all(counting, progress),
        own=about.member or None,
        without=absent,
        custodian=custodian,
        check=lambda: lines.extend(opener.balance(counting)),
    )
    return Released(
        round=about.round,
        at=change.at,
        returns=len(counting) - len(opener.aside),
        ledger=tuple(lines),
        without={members[member].name: reason for member, reason in absent.items()},
        gaps=gaps_of(book, about.round),
        custodian=custodian,
        aside={members[member].name: absent[member] for member in opener.aside},
    )


class Opener:
    """Opens returns one after another and remembers what it counted."""

    def __init__(
        self,
        book: Casebook,
        about: About,
        members: Mapping[MemberId, Member],
        release_key: AgeKey,
        absent: dict[MemberId, str],
    ) -> None:
        self._book = book
        self._about = about
        self._members = members
        self._receiving = keyring.receiving_key(book)
        self._release = release_key
        self._every_case = frozenset(case.id for case in book.cases.all())
        self._documents = {
            document.id: (document.case, document.page_count) for document in book.documents.all()
        }
        self._held: dict[MemberId, tuple[Counts, Counts]] = {}  # declared and found, not the rows
        self._absent = absent
        self.aside: dict[MemberId, ReturnError] = {}
        self._whose_mark: dict[MarkId, str] = {}
        self._asked = asked(book, about)
        self._earlier = _marks(book, members)  # in round 1 the chair's own, where the chair rates

    def all(self, counting: list[Received], progress: Progress) -> Iterator[OpenedReturn]:
        """Yield the work of each return, opened as it is asked for.

        One that fails a check joins those who are left out. Raises ``ReturnError`` where all do.
        """
        for done, one in enumerate(counting):
            name = self._members[one.member].name
            progress.step(done, len(counting), name)
            try:
                opened = self.one(one)
            except ReturnError as refusal:
                self.aside[one.member] = refusal
                self._absent[one.member] = f"{SET_ASIDE} {refusal}"
                continue
            yield opened
        progress.step(len(counting), len(counting))
        if not self._held:
            self._refuse_all()

    def one(self, received: Received) -> OpenedReturn:
        """Return the work of one return. Raises ``ReturnError`` where it fails a check."""
        work = self._open(received)
        self._claim_marks(work, self._members[received.member].name)
        self._held[received.member] = work.declared, work.counts
        return OpenedReturn(
            member=received.member,
            sha256=received.sha256,
            reviews=work.reviews,
            ratings=work.ratings,
            marks=work.marks,
            evidence=work.evidence,
            declared=work.declared,
        )

    def balance(self, counting: list[Received]) -> list[LedgerLine]:
        """Return the ledger; raise ``DamagedError`` where any count differs."""
        stored = self._book.rounds.stored_counts(self._about.round)
        lines = [
            line
            for one in counting
            if one.member in self._held
            for line in _lines(
                one.member,
                *self._held[one.member],
                stored.get(one.member, Counts()),
            )
        ]
        off = [line for line in lines if not line.balances]
        if off:
            raise DamagedError(
                "Nothing was released: what the returns hold and what was stored differ.",
                details=[self._tell(line) for line in off],
            )
        return lines

    def _refuse_all(self) -> None:
        names = [self._members[member].name for member in self.aside]
        first = next(iter(self.aside.values()))
        raise ReturnError(
            f"Nothing was released, because no return can be opened: {first} Ask"
            f" {', '.join(names)} to seal again.",
            layer=first.layer,
            details=[
                f"{name}: {why}" for name, why in zip(names, self.aside.values(), strict=True)
            ],
        )

    def _tell(self, line: LedgerLine) -> str:
        name = self._members[MemberId(line.member)].name
        return (
            f"{name}, {line.kind}: declared {line.declared}, opened {line.opened},"
            f" stored {line.stored}"
        )

    def _open(self, one: Received) -> Work:
        opened = open_outer(self._book.returns.sealed(one.id), self._receiving.secret)
        if opened.digest != one.sha256:
            raise DamagedError(
                "A return kept in this casebook is not the one that arrived. Nothing was"
                " released; restore a backup."
            )
        body = open_work(opened, self._release.secret)
        whose = Whose(casebook=self._about.id, member=one.member, round=one.round)
        scope = self._scope(self._members[one.member], opened.header.pack)
        work = decode(body, whose=whose, scope=scope, declared=opened.header.counts)
        if work.declared != work.counts:
            strict.refuse("work", "holds other than it says that it holds")
        if too_much := beyond_price(work):
            strict.refuse("work", f"has {too_much}")
        return work

    def _claim_marks(self, work: Work, name: str) -> None:
        """Refuse a mark that another return holds already: identities are never shared."""
        for mark in work.marks:
            if mark.id in self._whose_mark:
                strict.refuse("work", f"has a mark that is {self._whose_mark[mark.id]}'s")
            earlier = self._earlier.get(mark.id, mark)
            if earlier.member != mark.member:
                strict.refuse("work", "has a mark that is another member's")
            if earlier != mark:
                strict.refuse("work", "has a mark of an earlier round that was changed since")
        self._whose_mark |= {mark.id: name for mark in work.marks}

    def _scope(self, member: Member, pack: str) -> Scope:
        """Return what ``member`` may speak of: what the pack and the updates to it held.

        The chair's own casebook holds everything. Of a pack by an older Reviewer it is not kept
        what was in it: everything that is allocated may be spoken of then.
        """
        given = self._book.updates.given(pack)
        cases = frozenset(member.cases) or self._every_case
        documents: Mapping[DocumentId, tuple[CaseId, int]] = self._documents
        if given is not None:
            cases &= given.cases
            documents = {one: documents[one] for one in given.documents if one in documents}
        if len(cases) < len(self._every_case):
            documents = {one: facts for one, facts in documents.items() if facts[0] in cases}
        return Scope(
            framework=self._about.framework, cases=cases, documents=documents, cells=self._asked
        )


def _marks(book: Casebook, members: Mapping[MemberId, Member]) -> dict[MarkId, Mark]:
    """Return every mark that is here by its id."""
    return {mark.id: mark for member in members for mark in book.marks.of_member(member)}


def _refuse_now(book: Casebook) -> None:
    about = book.about
    if about.kind != "chair":
        raise StateError("Only the chair's casebook can be released. Open that one.")
    if about.released:
        raise StateError(f"Round {about.round} is released already.")


def _absent(book: Casebook, without: Mapping[str, str]) -> dict[MemberId, str]:
    """Return the members to leave out, by id; the reason is kept and printed.

    One whose return is here may be left out too: it may prove impossible to open, or a conflict of
    interest come to light. It stays sealed.
    """
    absent: dict[MemberId, str] = {}
    for name, reason in without.items():
        member = book.members.by_name(name)
        if member is None or not member.rates:
            raise InputError(f"Nobody called {name} rates on this panel.")
        if not clean(reason).strip():
            raise InputError(f"Say in a few words why the round is released without {name}.")
        absent[member.id] = clean(reason).strip()
    return absent


def _refuse_outstanding(book: Casebook, absent: Mapping[MemberId, str]) -> None:
    waiting = outstanding(book)
    about = book.about
    unsealed = any(one.member.id == about.member for one in waiting) and not about.sealed
    if unsealed and about.member in absent:
        raise StateError(
            "The round was not released: the chair's own round is not sealed, and nobody reads the"
            " others' work before that. Seal it (ratings may stay blank); then the round can be"
            " released without it."
        )
    out = [one for one in waiting if one.member.id not in absent]
    if out:
        raise StateError(
            "The round was not released, because a return is still out: "
            + "; ".join(f"{one.member.name} ({one.why})" for one in out)
            + ". Wait for it, or release without them and say why.",
            details=[f"{one.member.name}: {one.why}" for one in out],
        )


def _lines(member: MemberId, declared: Counts, opened: Counts, stored: Counts) -> list[LedgerLine]:
    return [
        LedgerLine(
            member=member,
            kind=kind,
            declared=getattr(declared, kind),
            opened=getattr(opened, kind),
            stored=getattr(stored, kind),
        )
        for kind in COUNTED_KINDS
    ]
