"""What later rounds did, counted by hand on panels of two rounds."""

from dataclasses import replace

import numpy as np
import pytest

from reviewer.summary.consolidate import consolidate
from reviewer.summary.moves import Moves, moves
from reviewer.summary.parts import Part
from reviewer.summary.rounds import RatingsInForce
from reviewer.summary.shapes import Code
from tests.reviewer.summary.build import cell_panel
from tests.reviewer.summary.test_determined import decided


def two_rounds(first, second, *, out=()):
    """Make a panel of one cell a case: texts as for ``cell_panel``; ``out`` did not return 2."""
    before, after = cell_panel(*first), cell_panel(*second)
    one = before.rounds[0]
    two = replace(
        after.rounds[0],
        number=2,
        members=tuple(
            replace(
                member,
                part=Part.OUT if place in out else Part.RETURNED,
                asked=int((after.votes[place] != Code.ABSENT).sum()),
            )
            for place, member in enumerate(after.rounds[0].members)
        ),
    )
    standing = RatingsInForce(before.votes.shape)
    standing.take(one)
    standing.take(two)
    return replace(
        before,
        round=2,
        votes=standing.votes,
        rounds=(one, two),
        from_round=standing.rounds,
        first=standing.first,
    )


def moved(panel):
    summary = consolidate(panel, resamples=1)
    return moves(panel, summary.cells, summary.factors)


def test_each_rating_given_again_is_counted_once_by_where_it_went():
    # the median of 0 0 3 4 4 is 3
    found = moved(two_rounds(["00344"], ["30420"]))
    assert found.members == (
        Moves(asked=1, towards=1),
        Moves(asked=1, stood=1),
        Moves(asked=1, away=1),
        Moves(asked=1, across=1),  # 4 and 2 lie as far from 3
        Moves(asked=1, away=1),
    )
    assert found.all == Moves(asked=5, stood=1, towards=1, away=2, across=1)
    assert found.all.given == 5
    assert (found.rounds, found.asked, found.determined, found.kept) == (2, 1, 0, {})


def test_a_reason_is_neither_towards_nor_away_and_a_blank_is_not_given_again():
    found = moved(two_rounds(["3m3.4"], ["m22.."]))
    assert found.members == (
        Moves(asked=1, unscored=1),
        Moves(asked=1, unscored=1),
        Moves(asked=1, away=1),
        Moves(asked=1),
        Moves(asked=1),
    )
    first = moved(two_rounds(["3."], ["32"]))
    assert first.members[1] == Moves(asked=1, first=1)


def test_who_did_not_return_moved_nowhere_and_is_named_with_the_round_that_stands():
    found = moved(two_rounds(["004"], ["444"], out=(1,)))
    assert found.members[1] == Moves(asked=1)
    assert found.kept == {1: 1}


def test_a_cell_that_a_later_round_did_not_ask_for_is_not_counted():
    found = moved(two_rounds(["000444", "333333"], ["333333", "------"]))
    assert found.asked == 1
    (factor,) = found.factors
    assert (factor.open_before, factor.open_now) == (1, 0)
    assert (factor.before.counted, factor.now.counted) == (1, 2)
    assert (found.more, found.fewer) == (1, 0)
    assert found.why == {"disagreement": (1, 0)}


def test_what_was_determined_counts_now_and_not_before():
    panel = decided(cell_panel("000444", "000444"), value=4)
    found = moved(panel)
    assert (found.rounds, found.determined, found.all) == (1, 1, Moves())
    assert (found.factors[0].open_before, found.factors[0].open_now) == (2, 1)
    assert (found.factors[0].before.counted, found.factors[0].now.counted) == (0, 1)


@pytest.mark.parametrize("seed", range(12))
def test_the_kinds_of_moves_add_up_to_what_was_given(seed):
    chance = np.random.default_rng(seed)
    letters = np.array(list("01234mux.-"))
    first, second = (
        ["".join(row) for row in chance.choice(letters, (6, 7))] for _round in range(2)
    )
    panel = two_rounds(first, second, out=(2,))
    found = moved(panel)
    given = (panel.rounds[1].votes != Code.ABSENT) & (panel.rounds[1].votes != Code.BLANK)
    for member, one in enumerate(found.members):
        assert one.given == (0 if member == 2 else int(given[member].sum()))
        assert one.given <= one.asked
    now = consolidate(panel, resamples=1)
    assert sum(after for _before, after in found.why.values()) == len(now.agenda)
