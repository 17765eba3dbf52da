from collections import Counter

from reviewer.summary.consolidate import consolidate
from reviewer.summary.shapes import Class
from tests.reviewer.summary.example import example_panel


def test_the_example_is_the_same_each_time_and_shows_every_class_that_scores_can_have():
    panel = example_panel()
    again = example_panel()
    assert (panel.votes == again.votes).all()
    assert panel.details == again.details
    seen = Counter(cell.klass for cell in consolidate(panel, resamples=1).cells)
    assert set(seen) == set(Class) - {Class.NOT_ASSESSABLE, Class.BLANK, Class.NOT_ALLOCATED}
    assert sum(seen.values()) == 55 * 17
