"""What goes into the consolidated summary, and what comes out, as values.

Every report and every chart is made from ``Summary`` alone. Sections in brackets are METHOD's.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

import numpy as np
from numpy.typing import NDArray

from reviewer.method.framework import Framework
from reviewer.records.determinations import Determination
from reviewer.records.ids import DocumentId
from reviewer.records.judgement import Confidence
from reviewer.records.panel import Opening
from reviewer.summary.parts import Origin, Part, RoundMember
from reviewer.summary.register import Completeness, RecordNeed, RecordsHeld


class Code(IntEnum):
    """What a vote is where it is not a point of the scale (points are indices from 0)."""

    BLANK = -1
    MISSING = -2
    UNCLEAR = -3
    NOT_RELEVANT = -4
    OUTSIDE = -5
    RECUSED = -6
    ABSENT = -7  # the case was not allocated to this member, or no return counts


@dataclass(frozen=True, kw_only=True, slots=True)
class PanelMember:
    """One rater. ``returned`` is False for one of whom no round holds a return: no vote counts.

    Who returned which round is said by ``Panel.rounds``.

    ``key_compared`` is when the chair compared the words of the member's key by telephone (RFC
    3339, UTC), or "" where nobody did; None for a chair who rates in the same file.
    """

    id: str
    name: str
    returned: bool = True
    role: str = "panellist"
    without_reason: str = ""
    key_compared: str | None = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class PanelCase:
    """One case as the summary names it."""

    id: str
    reference: str
    title: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Detail:
    """What stands beside one vote. ``evidence`` are ready-made texts ("Custody record p.3").

    ``gone`` are the documents among those cited that were replaced or withdrawn since.
    """

    confidence: Confidence | None = None
    comment: str = ""
    record: str = ""
    evidence: tuple[str, ...] = ()
    gone: frozenset[DocumentId] = frozenset()


@dataclass(frozen=True, kw_only=True, slots=True)
class LedgerLine:
    """One member and one kind of record: what the return declared, held, and what is stored."""

    member: str
    kind: str
    declared: int
    opened: int
    stored: int
    late: bool = False

    @property
    def balances(self) -> bool:
        """Whether the three are the same."""
        return self.declared == self.opened == self.stored


@dataclass(frozen=True, kw_only=True, slots=True)
class RoundVotes:
    """One released round by itself; votes, details and unsupported as in ``Panel``.

    ``members`` are in the panel's order. Nobody's earlier rating stands in ``votes``.
    """

    number: int
    opened: str
    released: str
    members: tuple[RoundMember, ...]
    votes: NDArray[np.int8]
    details: Mapping[tuple[int, int, int], Detail] = field(default_factory=dict)
    unsupported: frozenset[tuple[int, int, int]] = frozenset()
    ledger: tuple[LedgerLine, ...] = ()
    opening: Opening = field(default_factory=Opening)

    @property
    def returned(self) -> int:
        """How many returned it, before its release or late."""
        return sum(one.came for one in self.members)

    @property
    def late(self) -> int:
        """How many of those came after its release."""
        return sum(one.part is Part.LATE for one in self.members)

    @property
    def asked(self) -> int:
        """How many members it asked."""
        return sum(one.part is not Part.NOT_ASKED for one in self.members)

    @property
    def ratings(self) -> int:
        """How many ratings came in."""
        return sum(one.ratings for one in self.members)


@dataclass(frozen=True, kw_only=True, slots=True)
class Panel:
    """Everything the numbers are made from.

    ``votes`` is int8, shape (members, cases, factors): an index into ``framework.scale`` or a
    ``Code``. ``first`` are the votes of round 1 as it was released, where a later round or a late
    return came after: agreement is computed there, before anybody knew of the others. ``details``
    is keyed (member, case, factor) by index; keys without text are left out. Of a member who did
    not return, the votes say only what was asked of them: they are in no count. ``asked`` (cases,
    factors) are the cells that some round asked somebody to rate, returned or not; None where
    ``votes`` say it all. ``unsupported`` are the scores, by the same key, that lack the comment or
    the page which their height demands (4.4); they count all the same. ``rounds`` are all released
    rounds by themselves, oldest first; ``from_round`` says of each vote which of them it is from
    (0 where nothing was said). ``determinations`` are the panel's decisions on each (case, factor)
    by index, oldest first: the last one stands.
    """

    casebook: str
    title: str
    marking: str
    demonstration: bool
    round: int
    framework: Framework
    members: tuple[PanelMember, ...]
    cases: tuple[PanelCase, ...]
    votes: NDArray[np.int8]
    rounds: tuple[RoundVotes, ...]
    from_round: NDArray[np.int16]
    asked: NDArray[np.bool_] | None = None
    first: NDArray[np.int8] | None = None
    details: Mapping[tuple[int, int, int], Detail] = field(default_factory=dict)
    unsupported: frozenset[tuple[int, int, int]] = frozenset()
    ledger: tuple[LedgerLine, ...] = ()
    released: str = ""
    origin: Origin = field(default_factory=Origin)
    register: RecordsHeld = field(default_factory=RecordsHeld)
    determinations: Mapping[tuple[int, int], tuple[Determination, ...]] = field(
        default_factory=dict
    )


class Kind(StrEnum):
    """What every cell is exactly one of (4.0), in the order in which it is told.

    ``DETERMINED``: the panel decided it together. ``SETTLED``: five or more scored, they agree,
    and nothing else stands against it. ``OPEN``: on the agenda. ``TOO_FEW``: one to four scored,
    all in one band. ``NOT_ASSESSABLE``: somebody looked, and nobody could tell. ``NOT_RELEVANT``:
    more than half say that it cannot arise. ``BLANK``: asked, and not answered by anybody yet.
    ``NOT_ALLOCATED``: nobody was asked.
    """

    DETERMINED = "determined"
    SETTLED = "settled"
    OPEN = "open"
    TOO_FEW = "too-few"
    NOT_ASSESSABLE = "not-assessable"
    NOT_RELEVANT = "not-relevant"
    BLANK = "blank"
    NOT_ALLOCATED = "not-allocated"


class Class(StrEnum):
    """How far those who scored one cell agree (4.6), or why there is no saying.

    The first three from five scores up, ``TOO_FEW`` below; the others where nobody scored, and
    ``NOT_RELEVANT`` also where a minority did.
    """

    AGREEMENT = "agreement"
    DISAGREEMENT = "disagreement"
    INDETERMINATE = "indeterminate"
    TOO_FEW = "too-few"
    NOT_ASSESSABLE = "not-assessable"
    NOT_RELEVANT = "not-relevant"
    BLANK = "blank"
    NOT_ALLOCATED = "not-allocated"


class Flag(StrEnum):
    """Why a cell is on the agenda, worst first (4.3, 4.4 and 4.6).

    ``TOO_FEW``: two to four scores in different bands. ``RELEVANCE``: somebody scored it at the
    threshold or above, and more than half say that it cannot arise. ``SCORED_AND_NOT_ASSESSABLE``:
    missing or unclear stands against a score. ``UNSUPPORTED``: a score that needs a comment or a
    page has none. ``LATE_RECORD``: a record that a rating names as missing has come since; of a
    determined cell, since it was determined. ``LATE_RATING``: it is determined, and a rating came
    or was changed since. ``LATE_DOCUMENT``: it is determined, and a document that a rating cites
    was replaced or withdrawn since. ``REOPENED``: it was determined, and is not now.
    """

    DISAGREEMENT = "disagreement"
    INDETERMINATE = "indeterminate"
    TOO_FEW = "too-few"
    RELEVANCE = "relevance"
    SCORED_AND_NOT_ASSESSABLE = "scored-and-not-assessable"
    UNSUPPORTED = "unsupported"
    LATE_RECORD = "late-record"
    LATE_RATING = "late-rating"
    LATE_DOCUMENT = "late-document"
    REOPENED = "reopened"


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """One case and factor (indices into ``Panel.cases`` and the framework's factors).

    ``n`` = those who scored; ``median`` in scale values (halves occur) or None; ``distribution``
    counts each point of the scale; ``reasons`` counts each ``Code`` name that occurs in lower case
    with hyphens (``missing``, ``not-relevant``, ``blank``, ...). ``flags`` (words of ``Flag``)
    says why the cell is on the agenda. ``assessable`` and ``assessable_possible`` say whether it
    is known on which side of the thresholds "counts" and "possible" it lies; ``holds`` names those
    of the two for which enough found records missing, and it is known all the same: the result
    holds either way. ``ipras`` is only there on a scale of 1 to 9 with five scores or more: the
    interpercentile range and its adjusted limit; the panel disagrees where the first is larger.
    All of these but ``assessable``, ``relevant`` and ``flags`` are what the ratings say, whatever
    was determined. ``in_force`` is the value that holds, in points of the scale or halves between
    them: the determination's, else the median; ``determined`` is what was determined (a word of
    ``Ruling``), or "".
    """

    case: int
    factor: int
    n: int
    assessable: bool
    relevant: bool
    median: float | None
    distribution: tuple[int, ...]
    reasons: Mapping[str, int]
    kind: Kind
    klass: Class
    flags: tuple[str, ...] = ()
    assessable_possible: bool = False
    holds: tuple[str, ...] = ()
    ipras: tuple[float, float] | None = None
    in_force: float | None = None
    determined: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Estimate:
    """One coefficient with its 95 % bootstrap interval over whole cases (4.7).

    ``value`` is None where it is undefined. ``low`` and ``high`` are None where no interval is
    printed; ``note`` then says why ("too rare"), or "approximate". ``undefined`` of ``resamples``
    gave no value.
    """

    value: float | None
    low: float | None = None
    high: float | None = None
    note: str = ""
    undefined: int = 0
    resamples: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Agreement:
    """Agreement on one factor, one group (panellists' roll-ups) or all factors together.

    ``scope`` is the factor's or group's code, or "overall". ``cases`` = cases with at least two
    scores; ``with_failing`` = of these, with a non-zero median (decides "too rare"). ``assessed``
    and ``with_blocked`` are the same for ``assessability``: cases that two or more scored or could
    not assess, and of these where half or more could not.
    """

    scope: str
    cases: int
    with_failing: int
    assessed: int
    with_blocked: int
    alpha: Estimate
    ac2_linear: Estimate
    ac2_quadratic: Estimate
    raw: Estimate
    kappa: Estimate
    assessability: Estimate


@dataclass(frozen=True, kw_only=True, slots=True)
class Prevalence:
    """How often a factor or group counted (4.1 to 4.3). Cases throughout, but for ``kinds``.

    Each threshold has its own denominator and bounds: ``counted`` of ``assessable`` between
    ``low`` and ``high``, and ``possible`` of ``possible_assessable`` between ``possible_low`` and
    ``possible_high``. A count lies within its bounds, which are over all ``relevant`` cases when
    every missing, unclear or blank vote is set to the scale's lowest, then its highest point.
    ``holds`` and ``possible_holds`` are among the assessable: records are missing there, and the
    result is the same either way. For each threshold assessable, not assessable, ``blank``,
    ``not_relevant`` and ``not_allocated`` add up to all cases, the first three to ``relevant``.
    ``blocked_by`` counts ``not_assessable`` by main reason. ``kinds`` counts cells by ``Kind``, of
    a group those of its factors. ``without_factor``: cases in which a group counts and none of its
    factors does.
    """

    code: str
    name: str
    group: str
    counted: int
    possible: int
    assessable: int
    possible_assessable: int
    relevant: int
    low: int
    high: int
    possible_low: int
    possible_high: int
    not_assessable: int
    possible_not_assessable: int
    holds: int
    possible_holds: int
    not_relevant: int
    blank: int
    not_allocated: int
    disagreements: int
    without_factor: int
    blocked_by: Mapping[str, int] = field(default_factory=dict)
    kinds: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class AgendaItem:
    """One cell to talk about, worst first. ``spread`` is highest minus lowest score given."""

    case: int
    factor: int
    flags: tuple[str, ...]
    spread: int


@dataclass(frozen=True, kw_only=True, slots=True)
class GroupCell:
    """The panel's value of one group in one case: the median of panellists' roll-ups (1).

    ``standing`` is where it enters the denominators of "counts": ``assessable``,
    ``not-assessable``, ``not-relevant``, ``blank`` or ``not-allocated``.
    """

    case: int
    group: str
    n: int
    assessable: bool
    assessable_possible: bool
    relevant: bool
    median: float | None
    standing: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Summary:
    """The whole consolidated summary.

    ``cells`` has one entry a case and factor, in case order then factor order; ``kinds`` counts
    them by ``Kind``, all eight in their order, and adds up to all of them. ``factors`` and
    ``groups`` follow the framework's order. ``agreement`` holds every factor, every group, and
    last "overall".
    """

    panel: Panel
    cells: tuple[Cell, ...]
    kinds: Mapping[str, int]
    group_cells: tuple[GroupCell, ...]
    factors: tuple[Prevalence, ...]
    groups: tuple[Prevalence, ...]
    agreement: tuple[Agreement, ...]
    agenda: tuple[AgendaItem, ...]
    records: tuple[RecordNeed, ...]
    ledger: tuple[LedgerLine, ...]
    completeness: Completeness
