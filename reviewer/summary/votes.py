"""From votes to counts: who scored what in each cell, and what the panel's middle is (4.1-4.3).

A ``Ballot`` holds the votes of one layer, factors or groups, counted. ABSENT is no vote: it is in
no count, no bound and no denominator.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reviewer.errors import EngineError
from reviewer.statistics.rand import medians, quorum
from reviewer.statistics.tally import Counts, Floats, counts_of
from reviewer.summary.shapes import Code, Panel

Votes = NDArray[np.signedinteger[Any]]
Flags = NDArray[np.bool_]

REASONS = (
    Code.MISSING,
    Code.UNCLEAR,
    Code.BLANK,
    Code.NOT_RELEVANT,
    Code.OUTSIDE,
    Code.RECUSED,
)
"""The order in which a reason is named where two are equally frequent."""
UNASSESSED = (Code.MISSING, Code.UNCLEAR)
"""Votes of those who looked and could not tell (4.3)."""
UNKNOWN = (*UNASSESSED, Code.BLANK)
"""Votes that could yet be any point: the bounds set them (4.2)."""


def word(code: Code) -> str:
    """Return a code as reports and ``Cell.reasons`` spell it: ``not-relevant``."""
    return code.name.lower().replace("_", "-")


def votes_of(panel: Panel) -> Votes:
    """Return the panel's votes, those of members without a return taken out as ABSENT.

    Raises ``EngineError`` where they do not fit the panel or its scale.
    """
    shape = (len(panel.members), len(panel.cases), len(panel.framework.factors))
    if panel.votes.shape != shape:
        raise EngineError(
            f"The votes have the shape {panel.votes.shape}; the panel needs {shape}. "
            "Nothing was summarised."
        )
    if panel.votes.size and not (
        min(Code) <= panel.votes.min() and panel.votes.max() < len(panel.framework.scale)
    ):
        raise EngineError("A vote is not on the framework's scale. Nothing was summarised.")
    returned = np.array([member.returned for member in panel.members], dtype=np.bool_)
    return np.where(returned[:, None, None], panel.votes, Code.ABSENT).astype(np.int8)


@dataclass(frozen=True, kw_only=True, slots=True)
class Ballot:
    """The counted votes of one layer; arrays are (cases, columns), columns = factors or groups.

    ``distribution`` adds an axis for the points of the scale, ``reasons`` one for ``REASONS``.
    ``scored`` is n of 4.6; ``median`` is in scale values, NaN where nobody scored.
    ``barred``: at least max(2, (3n + 9) // 10) chose missing or unclear, where n are those who
    scored or chose one of the two. ``asked``: some member was to rate it, returned or not.
    ``relevant``: asked, and not more than half chose not-relevant, of all who could judge, which
    is everyone but recused and outside; a blank counts among them, since it may yet become a
    score. ``blank``: asked, and nobody who could judge has answered yet.
    """

    distribution: Counts
    reasons: Counts
    scored: Counts
    median: Floats
    barred: Flags
    asked: Flags
    relevant: Flags
    blank: Flags

    def reason(self, code: Code) -> Counts:
        """Return how many votes of each cell are ``code``."""
        return self.reasons[..., REASONS.index(code)]


def asked_of(panel: Panel) -> Flags:
    """Return which cells (cases, factors) some member was to rate, returned or not."""
    asked: Flags = (panel.votes != Code.ABSENT).any(axis=0)
    return asked if panel.asked is None else asked | panel.asked


def count(votes: Votes, values: Sequence[float], asked: Flags) -> Ballot:
    """Count ``votes`` (members, cases, columns) on a scale of ``values``.

    ``asked`` (cases, columns) also holds what was asked of members who have no vote.
    """
    distribution = counts_of(votes, len(values))
    reasons = np.stack([(votes == code).sum(axis=0, dtype=np.int64) for code in REASONS], axis=-1)
    scored = distribution.sum(axis=-1)
    unassessed = reasons[..., 0] + reasons[..., 1]
    barred = unassessed >= np.maximum(2, quorum(scored + unassessed))
    irrelevant = reasons[..., REASONS.index(Code.NOT_RELEVANT)]
    blanks = reasons[..., REASONS.index(Code.BLANK)]
    answered = scored + unassessed + irrelevant
    left = reasons[..., REASONS.index(Code.OUTSIDE)] + reasons[..., REASONS.index(Code.RECUSED)]
    return Ballot(
        distribution=distribution,
        reasons=reasons,
        scored=scored,
        median=medians(distribution, values),
        barred=barred,
        asked=asked,
        relevant=asked & (2 * irrelevant <= answered + blanks),
        blank=asked & (answered == 0) & ((blanks > 0) | (left == 0)),
    )


def settle(votes: Votes, point: int, unknown: tuple[Code, ...] = UNKNOWN) -> Votes:
    """Return the votes with every one that is ``unknown`` set to ``point`` (4.2)."""
    settled: Votes = np.where(np.isin(votes, unknown), point, votes).astype(votes.dtype)
    return settled
