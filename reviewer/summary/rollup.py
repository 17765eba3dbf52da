"""Groups are rolled up per panellist, never rated (METHOD 1)."""

import numpy as np

from reviewer.method.framework import Framework
from reviewer.summary.shapes import Code
from reviewer.summary.votes import Flags, Votes

_PRECEDENCE = (Code.MISSING, Code.UNCLEAR, Code.BLANK, Code.OUTSIDE, Code.RECUSED)


def leave_out(votes: Votes, relevant: Flags) -> Votes:
    """Return the votes in which a factor that the panel finds not relevant is so for everybody.

    ``relevant`` is (cases, factors). Who has no vote there gets none.
    """
    left = ~relevant[None] & (votes != Code.ABSENT)
    return np.where(left, Code.NOT_RELEVANT, votes).astype(votes.dtype)


def asked_groups(asked: Flags, framework: Framework) -> Flags:
    """Return which groups (cases, groups) have a factor that somebody was asked to rate."""
    columns = [
        asked[:, [f.group == group.code for f in framework.factors]].any(axis=1)
        for group in framework.groups
    ]
    return np.stack(columns, axis=-1) if columns else np.empty((len(asked), 0), dtype=np.bool_)


def roll_up(votes: Votes, framework: Framework) -> Votes:
    """Return each panellist's vote on each group, (members, cases, groups), from factor votes.

    The vote is the highest scored child. The scale's lowest point stands only where every child
    that this panellist did not call not relevant was scored; otherwise the reason stands that kept
    a child from being scored, missing before unclear, blank, outside and recused. All children not
    relevant makes the group not relevant, none allocated makes it absent.
    """
    groups = [
        _group(votes[:, :, [f.group == group.code for f in framework.factors]])
        for group in framework.groups
    ]
    if not groups:
        return np.empty((*votes.shape[:2], 0), dtype=votes.dtype)
    return np.stack(groups, axis=-1)


def _group(children: Votes) -> Votes:
    """Roll (members, cases, children) up to (members, cases)."""
    highest = children.max(axis=2, initial=min(Code))
    reasons = [(children == code).any(axis=2) for code in _PRECEDENCE]
    absent = (children == Code.ABSENT).any(axis=2)
    no_vote = (children == Code.ABSENT).all(axis=2)
    rolled: Votes = np.select(
        [highest > 0, no_vote, *reasons, absent, highest == 0],
        [highest, Code.ABSENT, *_PRECEDENCE, Code.OUTSIDE, 0],
        Code.NOT_RELEVANT,
    ).astype(children.dtype)
    return rolled
