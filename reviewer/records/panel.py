"""The people of a panel, their round, and what came back from them."""

from dataclasses import dataclass, fields
from enum import StrEnum

from reviewer.records.ids import CaseId, MemberId

LONGEST_NAME = 120  # characters of a person's name: no update carries a longer one


@dataclass(frozen=True, kw_only=True, slots=True)
class Member:
    """A panellist, or the chair. ``cases`` is empty where every case is allocated.

    ``issued`` is when a casebook was written for them (RFC 3339, UTC) or "". ``public_key`` is
    the Ed25519 key that was pinned from the first return, as 64 hexadecimal digits, or "".
    """

    id: MemberId
    name: str
    role: str = "panellist"
    rates: bool = True
    cases: tuple[CaseId, ...] = ()
    issued: str = ""
    public_key: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Custodian:
    """Who keeps the other half of a release key on paper.

    ``since`` is RFC 3339 in UTC, ``recipient`` the release key's public half ("age1..."), ``mark``
    the eight digits printed on the sheet.
    """

    name: str
    since: str
    recipient: str
    mark: str


@dataclass(frozen=True, kw_only=True, slots=True)
class RoundKey:
    """What the returns of one round are sealed to: ``recipient`` is its public half ("age1...").

    ``custodian`` is whose sheet is the other half of it, or None. ``room`` is how many bytes of
    work the first class of returns holds, or 0 where it is not known.
    """

    recipient: str
    custodian: Custodian | None = None
    room: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class ReturnOpened:
    """One return that a release opened: ``number`` above 1 was sealed again before."""

    member: MemberId
    digest: str
    number: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Reopened:
    """A sealed round of this casebook's own rater that was opened again: when, and why."""

    at: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Opening:
    """How a round was opened: which returns, with whose half of the key, and what went before.

    ``custodian`` is "" where the casebook opened them alone; ``reopened`` is the chair's round.
    """

    returns: tuple[ReturnOpened, ...] = ()
    custodian: str = ""
    reopened: tuple[Reopened, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class LateReturn:
    """A return that the chair opened after its round was released: when, and why.

    ``custodian`` gave half of the key, or is "".
    """

    digest: str
    at: str
    reason: str
    custodian: str = ""


class ReturnStatus(StrEnum):
    """What became of one return file (SECURITY 1.8).

    ``LATE`` is the verdict on one whose round is released: it is kept as ``RECEIVED``, sealed.
    """

    RECEIVED = "received"
    LATE = "late"
    SUPERSEDED = "superseded"
    DUPLICATE = "already merged"
    FORK = "fork"
    REFUSED = "refused"


@dataclass(frozen=True, kw_only=True, slots=True)
class Counts:
    """How much one return holds, by kind of record."""

    reviews: int = 0
    ratings: int = 0
    comments: int = 0
    marks: int = 0
    evidence: int = 0


COUNTED_KINDS = tuple(kind.name for kind in fields(Counts))


@dataclass(frozen=True, kw_only=True, slots=True)
class Received:
    """One return as the chair's casebook keeps it: sealed until release."""

    id: int
    member: MemberId
    round: int
    seq: int
    prev: str
    sha256: str
    public_key: str
    counts: Counts
    standing: ReturnStatus
    at: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """The chair heard a member read the six words of ``public_key``; ``at`` is a claimed time."""

    public_key: str
    at: str


class KeyState(StrEnum):
    """How far the key of one member is known to be theirs."""

    NONE = "none"  # no return has brought one
    NEW = "not compared"
    COMPARED = "compared"
    CHANGED = "changed"  # another one was compared: ask why


def key_state(public_key: str, comparison: Comparison | None) -> KeyState:
    """Return how ``public_key`` ("" where none counts) stands to what was compared last.

    >>> key_state("", None), key_state("ab", None)
    (<KeyState.NONE: 'none'>, <KeyState.NEW: 'not compared'>)
    >>> key_state("cd", Comparison(public_key="ab", at=""))
    <KeyState.CHANGED: 'changed'>
    """
    if comparison is None:
        return KeyState.NEW if public_key else KeyState.NONE
    return KeyState.COMPARED if comparison.public_key == public_key else KeyState.CHANGED
