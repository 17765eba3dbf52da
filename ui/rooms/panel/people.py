"""The panel as lines of a table: read from the casebook, put into words."""

from dataclasses import dataclass, field

from reviewer.casebook.book import About, Casebook
from reviewer.crypto.words import fingerprint_words
from reviewer.exchange.dealings import Dealings, dealings
from reviewer.exchange.pinning import key_words
from reviewer.exchange.release import outstanding
from reviewer.messages import later, plural, say
from reviewer.records.panel import KeyState, Member, Received, ReturnStatus
from ui.models.table import Column
from ui.widgets.dates import when


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """One member: ``cases`` of ``of`` allocated; ``counted`` is the return that counts now.

    ``why`` says why none counts, or is ""; ``own`` marks the one who rates in this very casebook.
    ``compared`` is when the words of a key were compared last (perhaps of another key), or "".
    ``late``: the return that counts now was opened after the release of its round.
    ``conflict``: returns contradict one another, and the chair has chosen none yet.
    ``dealings`` are all that went to this member and came back, in every round.
    """

    member: Member
    cases: int
    of: int
    counted: Received | None
    returns: int
    why: str
    own: bool
    key: KeyState = KeyState.NONE
    compared: str = ""
    late: bool = False
    conflict: bool = False
    dealings: Dealings = field(default_factory=Dealings)

    @property
    def name(self) -> str:
        """The name, and that it is the chair's where it is."""
        is_chair = self.member.role == "chair" and self.member.name.casefold() != "chair"
        return f"{self.member.name} (chair)" if is_chair else self.member.name

    @property
    def allocated(self) -> str:
        """How many cases, with the denominator."""
        if not self.member.rates:
            return say("does not rate")
        return (
            say("all {total:,}", total=self.of)
            if self.cases == self.of
            else say("{cases:,} of {total:,}", cases=self.cases, total=self.of)
        )

    @property
    def issued(self) -> str:
        """When the casebook was issued, in words."""
        if self.own:
            return say("rates in this casebook")
        return when(self.member.issued) or (say("not yet") if self.member.rates else "")

    @property
    def returned(self) -> str:
        """What came back, in words."""
        if not self.member.rates:
            return ""
        if self.counted is not None:
            late = say(", opened late") if self.late else ""
            return say(
                "no. {seq}, {when}{late}",
                seq=self.counted.seq,
                when=when(self.counted.at),
                late=late,
            )
        return say("conflict: choose one") if self.conflict else say("out")

    @property
    def words(self) -> str:
        """The six words of the pinned key, or ""."""
        key = self.member.public_key
        return fingerprint_words(key) if key else ""

    @property
    def key_words(self) -> str:
        """How the key stands, in words."""
        if self.own or not self.member.rates:
            return ""
        if self.key is KeyState.COMPARED:
            return say("✓ compared, {when}", when=when(self.compared))
        return say(_KEYS[self.key])


_KEYS = {
    KeyState.NONE: later("none yet"),
    KeyState.NEW: later("to compare by telephone"),
    KeyState.CHANGED: later("! changed"),
}


def read_people(book: Casebook, about: About) -> list[Person]:
    """Read the whole panel; runs on the casebook's thread."""
    every = len(book.cases.all())
    why = {one.member.id: one.why for one in outstanding(book)}
    arrived: dict[str, list[Received]] = {}
    for one in book.returns.received(about.round):
        arrived.setdefault(one.member, []).append(one)
    keys = {one.member.id: one for one in key_words(book)}
    went, late = dealings(book), book.rounds.late(about.round)
    people = []
    for member in book.members.all():
        own = [one for one in arrived.get(member.id, []) if one.standing is ReturnStatus.RECEIVED]
        people.append(
            Person(
                member=member,
                cases=len(member.cases) or every,
                of=every,
                counted=own[-1] if own and member.id not in why else None,
                returns=len(arrived.get(member.id, [])),
                why=why.get(member.id, ""),
                own=member.id == about.member,
                key=keys[member.id].state if member.id in keys else KeyState.NONE,
                compared=keys[member.id].at if member.id in keys else "",
                late=member.id in late,
                conflict=member.id in why
                and any(one.standing is ReturnStatus.FORK for one in arrived.get(member.id, [])),
                dealings=went[member.id],
            )
        )
    return people


def columns() -> list[Column[Person]]:
    """Return the columns of the table of people."""
    return [
        Column(title=say("Member"), show=lambda p: p.name),
        Column(title=say("Cases"), show=lambda p: p.allocated, sort=lambda p: p.cases),
        Column(
            title=say("Casebook issued"),
            show=lambda p: p.issued,
            sort=lambda p: p.member.issued or " ",
        ),
        Column(
            title=say("Return"),
            show=lambda p: p.returned,
            sort=lambda p: p.counted.at if p.counted else "",
        ),
        Column(
            title=say("Key"),
            show=lambda p: p.key_words,
            tip=say(
                "Whether the six words of the key that signs this member's returns were compared."
            ),
        ),
    ]


def head(people: list[Person]) -> str:
    """Return the line under the room's title."""
    raters = [p for p in people if p.member.rates]
    if not raters:
        return ""
    issued = sum(bool(p.member.issued) or p.own for p in raters)
    back = sum(p.counted is not None for p in raters)
    late = sum(p.counted is not None and p.late for p in raters)
    who = plural("{count:,} who rates", "{count:,} who rate", count=len(raters))
    told = say(
        "{who} · {have} their casebook",
        who=who,
        have=plural("{count:,} has", "{count:,} have", count=issued),
    )
    after = say(", {late:,} of them late", late=late) if late else ""
    return say(
        "{told} · {back:,} of {returns} received{after}",
        told=told,
        back=back,
        returns=plural("{count:,} return", "{count:,} returns", count=len(raters)),
        after=after,
    )
