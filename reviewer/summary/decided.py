"""What the panel decided, laid over what was counted (METHOD 3 and 4.3).

A determination holds in the count and in both bounds. A rating that came late, or a record, never
changes it: it puts the cell back on the agenda, with what was decided beside it.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from reviewer.method.framework import Framework
from reviewer.records.determinations import Determination, Ground, Ruling
from reviewer.records.ids import MemberId, RequestId
from reviewer.statistics.tally import Floats
from reviewer.summary.agenda import named_in
from reviewer.summary.register import come, matched_of
from reviewer.summary.rollup import leave_out
from reviewer.summary.shapes import Code, Panel
from reviewer.summary.votes import Ballot, Flags, Votes, votes_of, word

Came = Mapping[tuple[int, int], frozenset[RequestId]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Decided:
    """Which cells (cases, factors) a determination holds for, and as what.

    ``value`` is in points of the scale, NaN where there is none. ``unknown`` are those determined
    not assessable, ``irrelevant`` those not relevant. ``reopened`` were decided and are not now.
    """

    stands: Flags
    value: Floats
    unknown: Flags
    irrelevant: Flags
    reopened: Flags


@dataclass(frozen=True, kw_only=True, slots=True)
class InForce:
    """What holds in each cell (cases, columns): the determination, else what the ratings say.

    ``value`` is the determination's or the median, NaN where there is neither.
    """

    relevant: Flags
    blank: Flags
    value: Floats
    decided: Flags


def latest(panel: Panel, case: int, factor: int) -> Determination | None:
    """Return the determination of a cell that stands, or None."""
    history = panel.determinations.get((case, factor), ())
    return history[-1] if history and history[-1].stands else None


def decided_of(panel: Panel) -> Decided:
    """Return what was decided of each cell."""
    shape = panel.votes.shape[1:]
    stands, unknown, irrelevant, reopened = (np.zeros(shape, dtype=np.bool_) for _ in range(4))
    value = np.full(shape, np.nan)
    for at, history in panel.determinations.items():
        last = history[-1]
        stands[at], reopened[at] = last.stands, not last.stands
        unknown[at] = last.what is Ruling.NOT_ASSESSABLE
        irrelevant[at] = last.what is Ruling.NOT_RELEVANT
        value[at] = np.nan if last.value is None else last.value
    return Decided(
        stands=stands, value=value, unknown=unknown, irrelevant=irrelevant, reopened=reopened
    )


def in_force(ballot: Ballot, decided: Decided | None = None) -> InForce:
    """Return what holds in each cell of a layer; groups have no determinations of their own."""
    if decided is None:
        return InForce(
            relevant=ballot.relevant,
            blank=ballot.blank,
            value=ballot.median,
            decided=np.zeros_like(ballot.asked),
        )
    return InForce(
        relevant=np.where(decided.stands, ~decided.irrelevant, ballot.relevant),
        blank=ballot.blank & ~decided.stands,
        value=np.where(decided.stands, decided.value, ballot.median),
        decided=decided.stands,
    )


def replaced(
    votes: Votes, force: InForce, decided: Decided, asked: Flags, framework: Framework
) -> tuple[Votes, tuple[float, ...]]:
    """Return the votes to be rolled up, in which a determined factor is so for everybody.

    A factor that is not relevant is left out for everybody. With them come the points that they
    are indices into: the scale's, and each half between them that was determined. Who has no vote
    on a group, or stands aside from all of it, gets none; where nobody has one, a row of its own
    says what was determined.
    """
    kept = leave_out(votes, force.relevant)
    if not decided.stands.any():
        return kept, framework.values
    points = np.unique([*map(float, framework.values), *decided.value[~np.isnan(decided.value)]])
    finer = np.searchsorted(points, framework.values)
    told = np.where(kept >= 0, finer[np.maximum(kept, 0)], kept).astype(np.int16)
    there: Flags = (votes != Code.ABSENT) & (votes != Code.RECUSED)
    scored = ~np.isnan(decided.value)
    taken = scored | decided.unknown
    sheet = np.where(
        scored, np.searchsorted(points, np.where(scored, decided.value, points[0])), Code.UNCLEAR
    )
    alone = np.full(votes.shape[1:], Code.ABSENT, dtype=np.int16)
    for group in framework.groups:
        inside = np.array([factor.group == group.code for factor in framework.factors])
        votes_in: Flags = np.logical_or.reduce(there[:, :, inside], axis=2)
        told[:, :, inside] = np.where(
            votes_in[:, :, None] & taken[None, :, inside],
            sheet[None, :, inside],
            told[:, :, inside],
        )
        lonely = np.logical_or.reduce(taken[:, inside], axis=1) & ~np.logical_or.reduce(
            votes_in, axis=0
        )
        others = np.select(
            [taken, decided.irrelevant, asked], [sheet, Code.NOT_RELEVANT, Code.BLANK], Code.ABSENT
        )
        alone[:, inside] = np.where(lonely[:, None], others[:, inside], Code.ABSENT)
    return np.concatenate([told, alone[None]]), tuple(points.tolist())


def came_in(panel: Panel) -> Came:
    """Return which records that ratings of a cell name as missing have come, by its place."""
    held = {one.id for one in panel.register.records if come(one)}
    found: defaultdict[tuple[int, int], set[RequestId]] = defaultdict(set)
    if held:
        cases = [case.id for case in panel.cases]
        matched, _ = matched_of(named_in(panel, votes_of(panel)), panel.register, cases)
        for (_member, case, factor), record in matched.items():
            if record in held:
                found[case, factor].add(record)
    return {at: frozenset(records) for at, records in found.items()}


def ground_of(panel: Panel, case: int, factor: int, came: Came) -> Ground:
    """Return what the ratings and the records of a cell are now."""
    values = panel.framework.values
    said: dict[MemberId, str] = {}
    for member, code in zip(panel.members, panel.votes[:, case, factor].tolist(), strict=True):
        if member.returned and code != Code.ABSENT:
            blank = code == Code.BLANK
            told = str(values[code]) if code >= 0 else word(Code(code))
            said[MemberId(member.id)] = "" if blank else told
    details = (panel.details.get((at, case, factor)) for at in range(len(panel.members)))
    gone = frozenset(one for detail in details if detail for one in detail.gone)
    return Ground(said=said, came=came.get((case, factor), frozenset()), gone=gone)


def _answers(ground: Ground) -> dict[MemberId, str]:
    return {member: words for member, words in ground.said.items() if words}  # a blank is none


def since(panel: Panel, came: Came) -> tuple[Flags, Flags, Flags]:
    """Return in which determined cells a rating, a record, or a corrected document came since.

    A document is corrected where one that a rating cites was replaced or withdrawn.
    """
    shape = panel.votes.shape[1:]
    ratings, records, documents = (np.zeros(shape, dtype=np.bool_) for _ in range(3))
    for case, factor in panel.determinations:
        standing = latest(panel, case, factor)
        if standing is not None:
            now = ground_of(panel, case, factor, came)
            ratings[case, factor] = _answers(now) != _answers(standing.ground)
            records[case, factor] = not now.came <= standing.ground.came
            documents[case, factor] = not now.gone <= standing.ground.gone
    return ratings, records, documents
