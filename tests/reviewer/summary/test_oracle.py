"""Every figure against the oracle, on panels made up and drawn; and the laws of METHOD 4.0-4.3."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from reviewer.records.determinations import Determination, Ground, Ruling
from reviewer.summary.consolidate import agenda, consolidate
from reviewer.summary.shapes import Code, Kind
from tests.reviewer.summary.build import framework, panel_of_votes
from tests.reviewer.summary.example import example_panel
from tests.reviewer.summary.oracle import KINDS, Oracle

SCALES = {
    "default": {},
    "own": {"values": (0, 1, 2, 3, 4), "possible": 1, "counts": 4},
    "two points": {"values": (0, 1), "possible": 1, "counts": 1},
    "gaps": {"values": (-3, -1, 0, 5), "possible": 0, "counts": 5},
    "nine, classic": {"values": tuple(range(1, 10)), "possible": 4, "counts": 7},
    "nine, own": {"values": tuple(range(1, 10)), "possible": 5, "counts": 8},
    "lowest": {"values": (0, 1, 2), "possible": 0, "counts": 1},
}
quick = settings(max_examples=80, deadline=None)


@st.composite
def panels(draw):
    """A panel of any scale: members who did not return, cases for nobody, scores unsupported."""
    scale = SCALES[draw(st.sampled_from(sorted(SCALES)))]
    frame = framework(draw(st.sampled_from(["A", "AAB", "AABBB"])), **scale)
    points = len(frame.scale)
    votes = draw(
        arrays.arrays(
            np.int8,
            st.tuples(st.integers(0, 8), st.integers(0, 5), st.just(len(frame.factors))),
            elements=st.sampled_from([*range(points), *range(points), points - 1, *range(-7, 0)]),
        )
    )
    for case in range(votes.shape[1]):
        if draw(st.sampled_from([False] * 5 + [True])):
            codes = [Code.ABSENT, Code.BLANK, Code.NOT_RELEVANT, Code.MISSING, Code.RECUSED]
            votes[:, case] = draw(st.sampled_from(codes))
    panel = panel_of_votes(votes, frame)
    back = draw(st.lists(st.booleans(), min_size=len(votes), max_size=len(votes)))
    keys = [tuple(key) for key in np.argwhere(votes >= 0).tolist()]
    lacking = draw(st.sets(st.sampled_from(keys), max_size=3)) if keys else ()
    panel = replace(
        panel,
        members=tuple(
            replace(member, returned=here or draw(st.booleans()))
            for member, here in zip(panel.members, back, strict=True)
        ),
        unsupported=frozenset(lacking),
    )
    return replace(panel, determinations=draw(decided(panel))) if draw(st.booleans()) else panel


@st.composite
def decided(draw, panel):
    """Decisions on some of the cells that somebody was asked, once or often."""
    oracle, values = Oracle(panel), panel.framework.values
    asked = sorted(at for at, was in oracle.asked.items() if was)
    if not asked:
        return {}
    halves = sorted({a + b for a in values for b in values})
    found = {}
    for at in draw(st.sets(st.sampled_from(asked), max_size=8)):
        here = [m for m in oracle.back if oracle._raw(m, *at) is not None]
        said = {panel.members[m].id: oracle.said(m, *at) for m in here}
        if draw(st.sampled_from([False] * 4 + [True])):
            said["somebody else"] = "0"
        whats = draw(st.lists(st.sampled_from(Ruling), min_size=1, max_size=3))
        found[at] = tuple(
            Determination(
                case=panel.cases[at[0]].id,
                factor=panel.framework.codes[at[1]],
                number=number,
                round=1,
                what=what,
                halves=draw(st.sampled_from(halves)) if what in VALUED else None,
                reason="so",
                ground=Ground(said=said),
            )
            for number, what in enumerate(whats, 1)
        )
    return found


VALUED = {Ruling.POINT, Ruling.MEDIAN}


def hold_against(panel):
    """Compare every figure with the oracle's; return how many were compared."""
    oracle, summary = Oracle(panel), consolidate(panel, resamples=2)
    compared = 0
    for cell in summary.cells:
        known = oracle.cells[cell.case, cell.factor]
        holds = tuple(name for name in ("counts", "possible") if known[name]["holds"])
        mine = {
            "n": cell.n,
            "median": cell.median,
            "distribution": cell.distribution,
            "reasons": dict(cell.reasons),
            "relevant": cell.relevant,
            "class": cell.klass.value,
            "flags": cell.flags,
            "kind": cell.kind.value,
            "in_force": cell.in_force,
            "determined": cell.determined,
        }
        assert mine == {key: known[key] for key in mine}, (cell, known)
        assert cell.assessable is known["counts"]["assessable"]
        assert cell.assessable_possible is known["possible"]["assessable"]
        assert cell.holds == holds
        compared += len(mine) + 3
    for factor, row in enumerate(summary.factors):
        compared += same_rate(row, oracle.rate(factor))
    for row in summary.groups:
        compared += same_rate(row, oracle.group_rate(row.code))
    for cell in summary.group_cells:
        inside = [f for f in oracle.factors if oracle.frame.factors[f].group == cell.group]
        known = oracle.group_cell(cell.case, inside)
        assert (cell.n, cell.median, cell.relevant) == tuple(
            known[key] for key in ("n", "median", "relevant")
        )
        assert cell.assessable is known["counts"]["assessable"]
        compared += 4
    return compared + same_agreement(panel, summary)


def same_rate(row, known):
    for key, value in known.items():
        assert getattr(row, key) == value, (row.code, key, getattr(row, key), value)
    return len(known)


def same_agreement(panel, summary):
    before = panel.votes if panel.first is None else panel.first
    oracle = Oracle(replace(panel, votes=before, determinations={}))
    columns = [[oracle.votes(c, f) for c in oracle.cases] for f in oracle.factors]
    known = [oracle.agreement([column]) for column in columns]
    for group in oracle.frame.groups:
        inside = [f for f in oracle.factors if oracle.frame.factors[f].group == group.code]
        rolled = [
            [oracle.roll_up(oracle.sheet(m, c, inside)) for m in oracle.back] for c in oracle.cases
        ]
        known.append(oracle.agreement([[[v for v in row if v is not None] for row in rolled]]))
    known.append(oracle.agreement(columns))
    for line, told in zip(summary.agreement, known, strict=True):
        raw = line.raw.value
        assert raw == (None if told["raw"] is None else pytest.approx(told.pop("raw"))), line.scope
        told.pop("raw", None)
        assert {key: getattr(line, key) for key in told} == told, line.scope
    return 5 * len(known)


@quick
@given(panels())
def test_every_figure_is_the_oracles(panel):
    hold_against(panel)


@quick
@given(panels())
def test_every_cell_is_one_of_eight_and_they_add_up_everywhere(panel):
    summary = consolidate(panel, resamples=1)
    assert tuple(summary.kinds) == tuple(kind.value for kind in Kind) == KINDS
    assert sum(summary.kinds.values()) == len(summary.cells)
    assert summary.kinds["open"] == len(summary.agenda)
    assert {(i.case, i.factor) for i in summary.agenda} == {
        (c.case, c.factor) for c in summary.cells if c.kind is Kind.OPEN
    }
    for rows in (summary.factors, summary.groups):
        for kind, total in summary.kinds.items():
            assert sum(row.kinds[kind] for row in rows) == total
    for row in (*summary.factors, *summary.groups):
        out = row.not_relevant + row.not_allocated
        assert row.assessable + row.not_assessable + row.blank + out == len(panel.cases)
        possibly = row.possible_assessable + row.possible_not_assessable
        assert possibly + row.blank + out == len(panel.cases)
        assert row.relevant + out == len(panel.cases)
        assert sum(row.blocked_by.values()) == row.not_assessable
        assert "blank" not in row.blocked_by


@quick
@given(panels())
def test_a_count_lies_within_its_bounds_at_every_threshold(panel):
    summary = consolidate(panel, resamples=1)
    for row in (*summary.factors, *summary.groups):
        assert row.low <= row.counted <= row.high <= row.relevant
        assert row.possible_low <= row.possible <= row.possible_high <= row.relevant
        assert row.counted <= row.possible
        assert row.counted <= row.assessable
        assert row.possible <= row.possible_assessable


@quick
@given(panels())
def test_the_agenda_alone_is_that_of_the_whole_summary(panel):
    summary = consolidate(panel, resamples=1)
    assert agenda(panel) == (summary.agenda, summary.kinds)


@pytest.mark.parametrize("seed", range(4))
def test_panels_as_they_come_hold(seed):
    """Eleven panellists down to one; in the last two panels some cases are for some of them."""
    panel = example_panel(members=(11, 7, 3, 1)[seed], cases=12, seed=seed, extended=seed % 2 == 1)
    if seed >= 2:
        panel.votes[0, :4] = Code.ABSENT
        panel.votes[:, 4] = Code.ABSENT
    assert hold_against(panel) > 2_000


@pytest.mark.parametrize("code", [Code.BLANK, Code.ABSENT, Code.MISSING, Code.NOT_RELEVANT])
@pytest.mark.parametrize("members", [0, 1, 2, 6])
def test_panels_that_say_nothing_say_so(members, code):
    panel = panel_of_votes(np.full((members, 3, 5), code), framework("AABBB"))
    hold_against(panel)
    kinds = {
        Code.BLANK: "blank",
        Code.ABSENT: "not-allocated",
        Code.MISSING: "not-assessable",
        Code.NOT_RELEVANT: "not-relevant",
    }
    kind = kinds[code] if members else "not-allocated"
    summary = consolidate(panel, resamples=1)
    assert summary.kinds[kind] == len(summary.cells) == 15
    assert summary.kinds["settled"] == 0


def test_who_did_not_return_was_asked_all_the_same():
    """Their cases are blank, not "not allocated"; they have no vote and are in no bound."""
    panel = panel_of_votes(np.full((2, 2, 3), Code.BLANK), framework("AAB"))
    panel.votes[1, 1] = Code.ABSENT
    gone = tuple(replace(member, returned=False) for member in panel.members[:1])
    summary = consolidate(replace(panel, members=(*gone, panel.members[1])), resamples=1)
    assert summary.kinds["blank"] == 6
    assert {(row.low, row.high, row.relevant) for row in summary.factors} == {(0, 1, 2)}
    hold_against(summary.panel)
