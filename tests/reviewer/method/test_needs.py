"""What a rating needs before it can be sealed, and how that is said."""

import pytest

from reviewer.method.needs import Need, before_seal, in_short
from reviewer.records.ids import MarkId
from reviewer.records.judgement import Rating, Reason
from tests.books import framework

FRAMEWORK = framework()
LOW, HIGH = FRAMEWORK.thresholds.evidence - 1, FRAMEWORK.thresholds.evidence
COMMENT, WHY, PAGE = Need.COMMENT, Need.WHY, Need.PAGE


def _rating(value=None, comment="", page="", reason=None):
    evidence = (MarkId(page),) if page else ()
    return Rating(factor="F", value=value, reason=reason, comment=comment, evidence=evidence)


@pytest.mark.parametrize(
    ("rating", "old", "needs"),
    [
        (None, None, ()),
        (_rating(comment="Not yet."), _rating(HIGH), ()),
        (_rating(LOW), None, ()),
        (_rating(HIGH), None, (COMMENT, PAGE)),
        (_rating(HIGH, "Held face down."), None, (PAGE,)),
        (_rating(HIGH, " \n", "mark"), None, (COMMENT,)),
        (_rating(HIGH, "Held face down.", "mark"), None, ()),
        (_rating(reason=Reason.UNCLEAR), None, ()),
        (_rating(HIGH), _rating(HIGH, "Held face down.", "mark"), ()),
        (_rating(LOW), _rating(HIGH), (WHY,)),
        (_rating(HIGH), _rating(LOW), (WHY, PAGE)),
        (_rating(HIGH, "I read it again."), _rating(LOW), (PAGE,)),
        (_rating(LOW), _rating(reason=Reason.UNCLEAR), (WHY,)),
        (_rating(LOW), _rating(), ()),
        (_rating(HIGH), _rating(), (COMMENT, PAGE)),
    ],
)
def test_what_a_rating_needs_before_it_can_be_sealed(rating, old, needs):
    assert before_seal(rating, FRAMEWORK, old) == needs


def test_the_window_says_it_in_few_words():
    assert in_short((COMMENT, PAGE)) == "needs a comment and a page"
    assert in_short((WHY,)) == "needs a reason for the change"
