"""Small panels written as text, on a framework of any scale."""

from dataclasses import replace

import numpy as np

from reviewer.method.framework import Framework, from_data
from reviewer.summary.consolidate import consolidate
from reviewer.summary.parts import Part, RoundMember
from reviewer.summary.shapes import Code, Panel, PanelCase, PanelMember, RoundVotes, Summary

LETTERS = {
    ".": Code.BLANK,
    "m": Code.MISSING,
    "u": Code.UNCLEAR,
    "x": Code.NOT_RELEVANT,
    "o": Code.OUTSIDE,
    "r": Code.RECUSED,
    "-": Code.ABSENT,
}


def framework(children="AAB", values=(0, 1, 2, 3, 4), possible=2, counts=3) -> Framework:
    """Make a framework with one factor a letter of ``children``, each naming its group."""
    return from_data(
        {
            "id": "test",
            "thresholds": {"evidence": possible, "possible": possible, "counts": counts},
            "scale": [{"value": value, "label": f"point {value}"} for value in values],
            "groups": [{"code": code, "name": code} for code in sorted(set(children))],
            "factors": [
                {"code": f"{group}{place}", "group": group, "name": f"factor {place}"}
                for place, group in enumerate(children)
            ],
        }
    )


def panel_of_votes(votes, frame, **more) -> Panel:
    members, cases, _ = votes.shape
    panel = Panel(
        casebook="c",
        title="t",
        marking="",
        demonstration=False,
        round=1,
        framework=frame,
        members=tuple(PanelMember(id=f"m{i}", name=f"Member {i}") for i in range(members)),
        cases=tuple(PanelCase(id=f"c{i:04}", reference=f"R{i}", title="") for i in range(cases)),
        votes=votes.astype(np.int8),
        rounds=(),
        from_round=np.zeros(votes.shape, dtype=np.int16),
        **more,
    )
    return of_one_round(panel)


def of_one_round(panel: Panel) -> Panel:
    """Let all that a panel holds be of its one round."""
    members = []
    for member, votes in zip(panel.members, panel.votes, strict=True):
        asked, blank = int((votes != Code.ABSENT).sum()), int((votes == Code.BLANK).sum())
        members.append(
            RoundMember(
                id=member.id,
                part=Part.RETURNED if member.returned else Part.OUT,
                without_reason=member.without_reason,
                asked=asked,
                ratings=asked - blank if member.returned else 0,
                blank=blank,
            )
        )
    one = RoundVotes(
        number=panel.round,
        opened="",
        released=panel.released,
        members=tuple(members),
        votes=panel.votes,
        details=panel.details,
        unsupported=panel.unsupported,
        ledger=panel.ledger,
    )
    said = (panel.votes != Code.ABSENT) & (panel.votes != Code.BLANK)
    return replace(
        panel, rounds=(one,), from_round=np.where(said, panel.round, 0).astype(np.int16)
    )


def summarised(panel: Panel, *, resamples: int) -> Summary:
    """Consolidate a panel of one round, whatever was put into it since it was made."""
    return consolidate(of_one_round(panel), resamples=resamples)


def cell_panel(*cells: str, **scale) -> Panel:
    """Make a panel of one factor: one text a case, one letter or point index a member."""
    votes = np.array([[_vote(letter) for letter in cell] for cell in cells]).T[:, :, None]
    return panel_of_votes(votes, framework("A", **scale))


def group_panel(*members: str, children="AAA") -> Panel:
    """Make a panel of one case: one text a member, one letter or point index a factor."""
    votes = np.array([[_vote(letter) for letter in member] for member in members])
    return panel_of_votes(votes[:, None, :], framework(children))


def _vote(letter):
    return LETTERS[letter] if letter in LETTERS else int(letter)
