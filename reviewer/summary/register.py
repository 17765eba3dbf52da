"""The register of records as the summary has it: how complete the cases are, what a gap costs.

What a gap costs is known once a round is released: the ratings that wait for a record, and how
many cases each factor's bounds would narrow by, were these ratings given (METHOD 5).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from reviewer.record_requests.matching import Finder
from reviewer.record_requests.register import Count, count
from reviewer.records.ids import CaseId, RequestId
from reviewer.records.requests import Group, RecordRequest

Place = tuple[int, int, int]  # member, case, factor


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordsHeld:
    """What a casebook's register holds: its records, and which words name which."""

    records: tuple[RecordRequest, ...] = ()
    decided: Mapping[tuple[CaseId, str], RequestId] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class FactorCost:
    """What one factor waits for: ``ratings`` that name a record, in so many ``cells``.

    ``low`` and ``high`` are the factor's bounds over all cases. ``narrower``: cases by which they
    would come closer whatever these ratings say, since nothing else is unknown there;
    ``at_most``: cases by which they could.
    """

    factor: int
    ratings: int
    cells: int
    low: int
    high: int
    narrower: int
    at_most: int


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordCost:
    """What one record costs while it is not there: ``ratings`` of those ``asked`` in its case."""

    record: RecordRequest
    case: int
    ratings: int
    asked: int
    factors: tuple[FactorCost, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordNeed:
    """One missing record, as named: how many ratings and cells it blocks; ``came``: it is here."""

    record: str
    ratings: int
    cells: int
    cases: tuple[int, ...]
    came: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Unmatched:
    """Words that panellists typed as missing, and that are no record of the register yet."""

    case: int
    words: str
    ratings: int
    factors: tuple[int, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Completeness:
    """How complete the cases are, and what the gaps cost.

    ``cases`` has every case of the panel in its order, ``agencies`` every agency by name. Their
    sums are ``whole``. ``costs`` are the records that ratings wait for, those that cost most
    first; ``factors`` is the same over all records that have not come whole. ``matched`` says of
    each rating that names a record, by its place, which record that is.
    """

    whole: Count = field(default_factory=Count)
    cases: tuple[Count, ...] = ()
    agencies: tuple[tuple[str, Count], ...] = ()
    costs: tuple[RecordCost, ...] = ()
    factors: tuple[FactorCost, ...] = ()
    unmatched: tuple[Unmatched, ...] = ()
    matched: Mapping[Place, RequestId] = field(default_factory=dict)


def shares(
    records: Sequence[RecordRequest], cases: Sequence[str]
) -> tuple[Count, tuple[Count, ...], tuple[tuple[str, Count], ...]]:
    """Return the whole, every case of ``cases`` (ids), and every agency by name."""
    own: dict[str, list[RecordRequest]] = {}
    agency: dict[str, list[RecordRequest]] = {}
    for one in records:
        own.setdefault(one.case, []).append(one)
        agency.setdefault(one.agency, []).append(one)
    return (
        count(records),
        tuple(count(own.get(case, ())) for case in cases),
        tuple((name, count(agency[name])) for name in sorted(agency, key=str.casefold)),
    )


def matched_of(
    named: Mapping[Place, str], held: RecordsHeld, cases: Sequence[str]
) -> tuple[dict[Place, RequestId], tuple[Unmatched, ...]]:
    """Return which record each of the ``named`` words is, and those that are none, by case."""
    finder = Finder(held.records, held.decided)
    known: dict[tuple[int, str], RequestId | None] = {}
    matched: dict[Place, RequestId] = {}
    spelt: dict[tuple[int, str], Counter[str]] = {}
    waiting: dict[tuple[int, str], set[int]] = {}
    for place, words in named.items():
        case, key = place[1], (place[1], finder.fold(words))
        if key not in known:
            known[key] = finder.find(words, CaseId(cases[case]))
        found = known[key]
        if found is not None:
            matched[place] = found
            continue
        spelt.setdefault(key, Counter())[" ".join(words.split())] += 1
        waiting.setdefault(key, set()).add(place[2])
    unmatched = [
        Unmatched(
            case=key[0],
            words=min(told, key=lambda words: (-told[words], words)),
            ratings=told.total(),
            factors=tuple(sorted(waiting[key])),
        )
        for key, told in spelt.items()
    ]
    return matched, tuple(sorted(unmatched, key=lambda one: (one.case, -one.ratings, one.words)))


def come(record: RecordRequest) -> bool:
    """Whether a record came whole: then nothing waits for it, whatever was typed before."""
    return record.group is Group.RECEIVED
