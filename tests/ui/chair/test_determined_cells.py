"""What the heat map shows of a cell that the panel determined: the decision, not the ratings."""

import pytest

from reviewer.records.determinations import Ruling
from reviewer.summary.consolidate import consolidate
from tests.reviewer.summary.build import cell_panel
from tests.reviewer.summary.test_determined import decided
from ui.rooms.agreement import telling
from ui.rooms.agreement.figures import agenda_words
from ui.widgets.heat import DASHED, RULED


def shown(votes, **more):
    summary = consolidate(decided(cell_panel(votes), **more), resamples=1)
    cell = summary.cells[0]
    return summary, cell, telling.drawn(cell, summary.panel.framework.values)


@pytest.mark.parametrize("votes", ["000444", "03", "xxxx4", "....", "mmmmm"])
def test_a_determined_point_is_drawn_ruled_whatever_the_ratings_are(votes):
    _, cell, drawn = shown(votes, value=3)
    assert (drawn.words, drawn.index, drawn.ground, drawn.outline) == ("3", 3, RULED, "")
    assert telling.headline(cell).endswith("determined: 3")


def test_what_is_determined_outside_the_scale_has_its_own_sign():
    _, cell, drawn = shown("44444", what=Ruling.NOT_ASSESSABLE)
    assert drawn.hatched
    assert telling.headline(cell).endswith("determined: not assessable")
    summary, cell, drawn = shown("44444", what=Ruling.NOT_RELEVANT)
    assert (drawn.words, drawn.hatched) == ("\u2013", False)
    assert "depends on the missing records" not in telling.sentence(summary, cell)


def test_left_between_two_points_it_is_drawn_between_them():
    _, cell, drawn = shown("222334", what=Ruling.MEDIAN, value=2.5)
    assert (drawn.words, drawn.index) == ("2.5", 2.5)
    assert "left at the median" in telling.sentence(
        shown("222334", what=Ruling.MEDIAN, value=2.5)[0], cell
    )


def test_what_came_since_is_told_and_the_decision_stays_drawn():
    summary, cell, drawn = shown("444440", value=4, said={f"m{n}": "4" for n in range(5)})
    assert (drawn.words, drawn.outline) == ("4", DASHED)
    assert "a rating came or changed since it was determined" in telling.headline(cell)
    assert "late rating 1" in agenda_words(summary)
