"""What one cell says: medians, classes, and which reasons leave, bar or flag (4.3 to 4.6)."""

import pytest

from reviewer.summary.consolidate import consolidate
from reviewer.summary.shapes import Class
from tests.reviewer.summary.build import cell_panel

MIXED = "scored-and-not-assessable"


def cell(votes, **scale):
    return consolidate(cell_panel(votes, **scale), resamples=1).cells[0]


@pytest.mark.parametrize(
    ("votes", "median"),
    [("0", 0), ("12", 1.5), ("23", 2.5), ("0044", 2), ("01234", 2), ("34", 3.5), ("1m3.xor", 2)],
)
def test_the_median_is_of_those_who_scored(votes, median):
    assert cell(votes).median == median


def test_a_cell_counts_points_and_reasons_and_forgets_who_was_absent():
    seen = cell("00134mmu.xor--")
    assert seen.n == 5
    assert seen.distribution == (2, 1, 0, 1, 1)
    assert seen.reasons == {
        "missing": 2,
        "unclear": 1,
        "blank": 1,
        "not-relevant": 1,
        "outside": 1,
        "recused": 1,
    }


@pytest.mark.parametrize(
    ("votes", "klass"),
    [
        ("0000", Class.TOO_FEW),
        ("00000", Class.AGREEMENT),
        ("00001", Class.AGREEMENT),
        ("00004", Class.AGREEMENT),
        ("00044", Class.DISAGREEMENT),
        ("00022", Class.INDETERMINATE),
        ("22233", Class.INDETERMINATE),
        ("33344", Class.AGREEMENT),
        ("00000004444", Class.DISAGREEMENT),
        ("00000000444", Class.AGREEMENT),
    ],
)
def test_the_class_is_rand_ucla_from_five_scores_up(votes, klass):
    assert cell(votes).klass is klass


@pytest.mark.parametrize("more", ["o", "r", "-", "oorr--", "rrrrrrrrrrrr"])
@pytest.mark.parametrize("votes", ["00044", "0000m", "00mm", "01234"])
def test_outside_recused_and_absent_leave_n_and_flag_nothing(votes, more):
    alone, beside = cell(votes), cell(votes + more)
    for field in ("n", "assessable", "relevant", "median", "distribution", "klass", "flags"):
        assert getattr(alone, field) == getattr(beside, field)


@pytest.mark.parametrize(
    ("votes", "assessable"),
    [
        ("0000m", True),
        ("000mm", False),  # n = 5: t = 2
        ("0000mu", False),  # missing and unclear count together
        ("m0", True),  # one is never enough
        ("00000000mu", True),  # n = 10: t = 3
        ("0000000mmu", False),
        ("00000000mmm", True),  # n = 11: t = 4
        ("0000000mmuu", False),
        ("0000000mm..", True),  # blanks are no judgement: n = 9, t = 3
        ("000000mmx", True),  # nor is not-relevant here: n = 8, t = 3
        ("m", False),  # nobody scored: no median to put in a denominator
        (".", False),
        ("rro", False),
        ("---", False),
    ],
)
def test_a_cell_is_not_assessable_where_enough_miss_the_records(votes, assessable):
    seen = cell(votes)
    assert seen.assessable is assessable
    assert (seen.klass is Class.NOT_ASSESSABLE) is not assessable


@pytest.mark.parametrize(
    ("votes", "relevant"),
    [
        ("x", False),
        ("x0", True),  # a half is not more than half
        ("xx0", False),
        ("xxmm", True),
        ("xxxmm", False),
        ("xxorr-", False),  # those who leave n do not hold it in
        ("xx0..", True),  # those who have not answered yet do
        ("oo", True),
    ],
)
def test_not_relevant_takes_more_than_half(votes, relevant):
    seen = cell(votes)
    assert seen.relevant is relevant
    assert (seen.klass is Class.NOT_RELEVANT) is not relevant
    assert relevant or not seen.assessable


@pytest.mark.parametrize(
    ("votes", "flags"),
    [
        ("00000", ()),
        ("00044", ("disagreement",)),
        ("00022", ("indeterminate",)),
        ("0000m", (MIXED,)),
        ("0u", (MIXED,)),
        ("000444m", ("disagreement", MIXED)),
        ("000mm", (MIXED,)),
        ("000444mmmmm", (MIXED,)),  # not assessable: the records come first
        ("mmmm", ()),  # nobody found anything: a record to ask for, nothing to discuss
        ("00000.", ()),
        ("00000x", ()),
        ("0001", ()),
        ("0004", ("too-few",)),
        ("02", ("too-few",)),
        ("3", ()),
    ],
)
def test_flags_say_why_a_cell_is_on_the_agenda(votes, flags):
    assert cell(votes).flags == flags


NINE = {"values": tuple(range(1, 10)), "possible": 4, "counts": 7}


@pytest.mark.parametrize(
    ("scale", "votes", "median", "klass"),
    [
        ({"values": (0, 1), "possible": 1, "counts": 1}, "00011", 0, Class.DISAGREEMENT),
        (NINE, "00088", 1, Class.DISAGREEMENT),
        (NINE, "33345", 4, Class.AGREEMENT),
        ({"values": (-2, -1, 0, 1, 2), "possible": 0, "counts": 1}, "0022", -1, Class.TOO_FEW),
        ({"values": (0, 10, 20, 50), "possible": 20, "counts": 50}, "23", 35, Class.TOO_FEW),
        ({"values": range(11), "possible": 5, "counts": 6}, "99999", 9, Class.AGREEMENT),
    ],
)
def test_scales_of_two_to_eleven_points(scale, votes, median, klass):
    seen = cell(votes, **scale)
    assert (seen.median, seen.klass) == (median, klass)
    assert len(seen.distribution) == len(scale["values"])


def test_a_scale_of_one_to_nine_takes_the_classic_bands_and_ipras():
    """Its thresholds say when a case counts; the class is by 1-3, 4-6 and 7-9 all the same."""
    seen = cell("55566", values=range(1, 10), possible=5, counts=6)  # 6 6 6 7 7: median 6
    assert seen.klass is Class.INDETERMINATE
    assert seen.ipras == pytest.approx((0.8, 2.35 + 1.5 * 1.4))
    split = cell("00088", **NINE)
    assert split.ipras is not None
    assert split.ipras[0] > split.ipras[1]
    assert cell("0008", **NINE).ipras is None
    assert cell("00044").ipras is None
