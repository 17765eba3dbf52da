"""What a meeting looks at of one cell, without names: the spread, the reasons, the pages."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from reviewer.statistics.rand import medians
from reviewer.statistics.tally import counts_of
from reviewer.summary.shapes import Code, Panel
from reviewer.summary.votes import UNASSESSED, Votes, word


@dataclass(frozen=True, kw_only=True, slots=True)
class Spread:
    """How a cell was rated after ``round``: how many gave each point, and their median.

    ``unassessed`` chose missing or unclear; ``others`` counts the other words (``blank``, ...).
    """

    round: int
    points: tuple[int, ...]
    median: float | None
    unassessed: int
    others: Mapping[str, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class Wording:
    """What ``members`` of the panel wrote in the same words, "" for none, beside one answer.

    The answer is ``value``, a point of the scale, or ``reason``; ``record`` is what they miss.
    """

    value: int | None
    reason: str
    words: str
    record: str
    members: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Talk:
    """One cell as a panel talks of it: nobody is named.

    ``before`` is round 1 where a later round was released. ``wordings`` begin with the highest
    point and end with those who gave none; ``pages`` are told with how many cite them, the most
    cited first. ``earlier`` counts whose rating is from an earlier round than the latest that
    asked for the cell.
    """

    now: Spread
    before: Spread | None
    wordings: tuple[Wording, ...]
    pages: tuple[tuple[str, int], ...]
    earlier: int


def talk(panel: Panel, case: int, factor: int) -> Talk:
    """Return what was said of one cell (indices). Blank, recused and outside say no words."""
    back = np.array([member.returned for member in panel.members], dtype=np.bool_)
    votes = np.where(back, panel.votes[:, case, factor], Code.ABSENT)
    before = None
    if len(panel.rounds) > 1:
        one = panel.rounds[0]
        came = np.array([member.came for member in one.members], dtype=np.bool_)
        before = _spread(
            panel, np.where(came, one.votes[:, case, factor], Code.ABSENT), one.number
        )
    pages: Counter[str] = Counter()
    said: Counter[tuple[int, str, str]] = Counter()
    for member, code in enumerate(votes.tolist()):
        if code in {Code.ABSENT, Code.BLANK}:
            continue
        detail = panel.details.get((member, case, factor))
        words, record = (detail.comment, detail.record) if detail else ("", "")
        said[code, " ".join(words.split()), " ".join(record.split())] += 1
        pages.update(set(detail.evidence) if detail else ())
    return Talk(
        now=_spread(panel, votes, panel.round),
        before=before,
        wordings=tuple(
            _wording(panel, *key, members)
            for key, members in sorted(said.items(), key=lambda one: _order(*one))
        ),
        pages=tuple(sorted(pages.items(), key=lambda page: (-page[1], page[0]))),
        earlier=_earlier(panel, votes, case, factor),
    )


def _order(key: tuple[int, str, str], members: int) -> tuple[int, int, str]:
    return -key[0], -members, key[1]


def _wording(panel: Panel, code: int, words: str, record: str, members: int) -> Wording:
    return Wording(
        value=panel.framework.values[code] if code >= 0 else None,
        reason="" if code >= 0 else word(Code(code)),
        words=words,
        record=record,
        members=members,
    )


def _spread(panel: Panel, votes: Votes, number: int) -> Spread:
    values = panel.framework.values
    points = counts_of(votes, len(values))
    codes = Counter(Code(code) for code in votes.tolist() if code < 0 and code != Code.ABSENT)
    return Spread(
        round=number,
        points=tuple(points.tolist()),
        median=float(medians(points, values)) if points.sum() else None,
        unassessed=sum(codes.pop(code, 0) for code in UNASSESSED),
        others={word(code): many for code, many in codes.items()},
    )


def _earlier(panel: Panel, votes: Votes, case: int, factor: int) -> int:
    """Return whose rating is from before the latest round that asked for the cell."""
    asked = [
        one.number for one in panel.rounds if (one.votes[:, case, factor] != Code.ABSENT).any()
    ]
    said = (votes != Code.ABSENT) & (votes != Code.BLANK)
    since = panel.from_round[:, case, factor]
    return int((said & (since < max(asked, default=0))).sum())
