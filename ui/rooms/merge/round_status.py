"""Where the round stands: who has returned, who is out, what conflicts, and the ledger after."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from reviewer.casebook.book import About, Casebook
from reviewer.exchange.late import Late, waiting
from reviewer.exchange.pinning import not_compared
from reviewer.exchange.release import outstanding
from reviewer.messages import later, plural, say
from reviewer.records.ids import MemberId
from reviewer.records.panel import Custodian, Opening, Received, ReturnStatus
from reviewer.rounds.allocation import raters
from reviewer.summary.rounds import ledger_of
from reviewer.summary.shapes import LedgerLine
from ui.models.table import Column
from ui.widgets.dates import when
from ui.widgets.rows import SideRow, Sign

_KINDS = {
    "reviews": later("Reviews"),
    "ratings": later("Ratings"),
    "comments": later("Comments"),
    "marks": later("Marks"),
    "evidence": later("Evidence"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Out:
    """One whose return does not count, and why; ``fork`` where two contradict one another.

    ``own`` is the chair, who seals before anything is opened; ``late`` where the round was
    released without them, so that what is chosen opens as late.
    """

    name: str
    why: str
    fork: tuple[Received, ...] = ()
    own: bool = False
    late: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Chosen:
    """A conflict that the chair has settled: which return of ``name`` counts, ``of`` how many."""

    name: str
    counts: Received
    of: int

    @property
    def words(self) -> str:
        """What was chosen, in words."""
        return say("chosen by you of {count}", count=self.of)


@dataclass(frozen=True, kw_only=True, slots=True)
class Past:
    """A released round as it is kept: its ledger, and how it was opened, in words."""

    number: int
    ledger: tuple[LedgerLine, ...]
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class LateSealed:
    """A return that came after the release of its round; ``custodian`` keeps half of its key."""

    name: str
    late: Late
    custodian: Custodian | None


@dataclass(frozen=True, kw_only=True, slots=True)
class RoundStands:
    """The round at a glance; ``rows`` are everybody who rates, those who are out first."""

    expected: int
    received: int
    out: tuple[Out, ...]
    rows: tuple[SideRow, ...]
    chosen: tuple[Chosen, ...] = ()
    past: tuple[Past, ...] = ()
    late: tuple[LateSealed, ...] = ()
    unheard: tuple[str, ...] = ()  # who counts while nobody compared the words of their key


def read_past(book: Casebook, about: About) -> tuple[Past, ...]:
    """Return the released rounds, the newest first."""
    members = book.members.all()
    names = {member.id: member.name for member in members}
    found = []
    for number in range(about.results, 0, -1):
        lines = tuple(
            replace(line, member=names[MemberId(line.member)])
            for line in ledger_of(book, number, members)
        )
        absent = tuple((names[one], why) for one, why in book.rounds.absent(number).items())
        late = "".join(
            say(
                " Opened late: {names}, on {when}: {reason}.",
                names=names[one],
                when=when(how.at),
                reason=how.reason,
            )
            for one, how in book.rounds.late(number).items()
        )
        told = _ledger_words(lines, absent, book.custody.opening(number))
        found.append(Past(number=number, ledger=lines, words=told + late))
    return tuple(found)


def read_late(book: Casebook) -> tuple[LateSealed, ...]:
    """Return what came after the release of its round and is still sealed."""
    found = []
    for one in waiting(book):
        key = book.custody.of_round(one.received.round)
        custodian = None if key is None else key.custodian
        found.append(LateSealed(name=one.member.name, late=one, custodian=custodian))
    return tuple(found)


def read_round(book: Casebook, about: About) -> RoundStands:
    """Read where the round stands; runs on the casebook's thread."""
    arrived = book.returns.received(about.round)
    still = {one.member.id: one.why for one in outstanding(book)}
    members = raters(book, about)
    choices = set(book.returns.choices().values())
    late = book.rounds.late(about.round)
    out, rows, settled = [], [], []
    for member in members:
        own = [one for one in arrived if one.member == member.id]
        if member.id in still:
            fork = tuple(one for one in own if one.standing is ReturnStatus.FORK)
            mine = member.id == about.member and not about.sealed
            out.append(Out(name=member.name, why=still[member.id], fork=fork, own=mine))
            rows.append(_row_out(member.name, still[member.id], conflict=bool(fork)))
        else:
            counted = [one for one in own if one.standing is ReturnStatus.RECEIVED]
            last = counted[-1] if counted else None
            choice = next((one for one in own if one.sha256 in choices), None)
            said = ""
            if choice is not None:
                settled.append(Chosen(name=member.name, counts=choice, of=len(own)))
                said = settled[-1].words
            row = _row_in(member.name, last, said)
            rows.append(replace(row, state=say("late")) if member.id in late else row)
    return RoundStands(
        expected=len(members),
        received=len(members) - len(out),
        out=tuple(out),
        rows=tuple(sorted(rows, key=lambda row: row.complete)),
        chosen=tuple(settled),
        past=read_past(book, about),
        late=read_late(book),
        unheard=tuple(one.member.name for one in not_compared(book)),
    )


def _row_out(name: str, why: str, *, conflict: bool) -> SideRow:
    sign = Sign(text="!", words="conflict", tone="stop")
    return SideRow(
        first=name,
        second=why[:1].upper() + why[1:],
        state=say("conflict") if conflict else say("out"),
        share=0.0,
        signs=(sign,) if conflict else (),
    )


def _row_in(name: str, counted: Received | None, chosen: str) -> SideRow:
    second = (
        ""
        if counted is None
        else say("Return {seq}, {chosen}", seq=counted.seq, chosen=chosen or when(counted.at))
    )
    return SideRow(first=name, second=second, state=say("received"), share=1.0, complete=True)


def ledger_columns() -> list[Column[LedgerLine]]:
    """Return the columns of the ledger: what came in, what was stored."""
    return [
        Column(title=say("Member"), show=lambda line: line.member),
        Column(title=say("Kind"), show=lambda line: say(_KINDS[line.kind])),
        _number(
            say("Declared"), lambda line: line.declared, say("What the return says it holds.")
        ),
        _number(
            say("Opened"), lambda line: line.opened, say("What was in it when it was opened.")
        ),
        _number(
            say("Stored"), lambda line: line.stored, say("What this casebook holds of it now.")
        ),
        Column(
            title=say("Balance"),
            show=lambda line: say("equal") if balanced(line) else say("NOT EQUAL"),
            sort=balanced,
        ),
    ]


def balanced(line: LedgerLine) -> bool:
    """Say whether what came in is what is stored."""
    return line.balances


def _ledger_words(
    ledger: Sequence[LedgerLine], absent: Sequence[tuple[str, str]], opening: Opening | None
) -> str:
    """Return a ledger in one sentence, counted from its lines."""
    lines = [line for line in ledger if line.kind == "ratings"]
    came, kept = sum(line.declared for line in lines), sum(line.stored for line in lines)
    told = plural(
        "{ratings} came in, {count:,} is stored.",
        "{ratings} came in, {count:,} are stored.",
        count=kept,
        ratings=plural("{count:,} rating", "{count:,} ratings", count=came),
    )
    equal = (
        say("Every line is equal.")
        if all(balanced(line) for line in ledger)
        else say("Not every line is equal: use a backup and tell us.")
    )
    left = "".join(
        say(" Released without {name}: {reason}.", name=name, reason=reason)
        for name, reason in absent
    )
    return f"{told} {equal}{left}{_opening_words(opening)}"


def _opening_words(opening: Opening | None) -> str:
    """Say with whose key the returns were opened, and what of the chair's was opened again."""
    if opening is None:
        return ""
    whose = (
        say(" Opened with the half of {custodian}.", custodian=opening.custodian)
        if opening.custodian
        else ""
    )
    again = "".join(
        say(
            " The chair's own round was opened again on {when}: {reason}.",
            when=when(one.at),
            reason=one.reason,
        )
        for one in opening.reopened
    )
    return f"{whose}{again}"


def _number(title: str, of: Callable[[LedgerLine], int], tip: str) -> Column[LedgerLine]:
    return Column(title=title, show=lambda line: f"{of(line):,}", sort=of, numbers=True, tip=tip)
