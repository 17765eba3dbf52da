"""What one cell says: medians, classes, and which reasons leave, bar or flag (4.3 to 4.6)."""

import pytest

from reviewer.summary.consolidate import consolidate
from reviewer.summary.shapes import Class, Kind
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
    ("votes", "holds"),
    [
        ("0000m", ()),
        ("000mm", ("counts", "possible")),  # n = 5: t = 2; 0 0 0 either way
        ("0000mu", ("counts", "possible")),  # missing and unclear count together
        ("m0", ()),  # one is never enough
        ("00000000mu", ()),  # n = 10: t = 3
        ("0000000mmu", ("counts", "possible")),
        ("00000000mmm", ()),  # n = 11: t = 4
        ("0000000mmuu", ("counts", "possible")),
        ("0000000mm..", ()),  # blanks are no judgement: n = 9, t = 3
        ("000000mmx", ()),  # nor is not-relevant here: n = 8, t = 3
        ("444mm", ("counts", "possible")),  # three 4s stand whatever the two records say
    ],
)
def test_a_result_holds_either_way_where_the_records_could_not_move_it(votes, holds):
    seen = cell(votes)
    assert seen.assessable
    assert seen.assessable_possible
    assert seen.holds == holds


@pytest.mark.parametrize(
    ("votes", "counts", "possible"),
    [
        ("22mm", False, False),  # 0 0 2 2 or 2 2 4 4: a median of 1 or of 3
        ("33mm", False, False),  # 1.5 or 3.5
        ("3333mm4mm", True, True),  # 3 either way
        ("233mm", False, True),  # 2 or 3
        ("112mm", True, False),  # 1 or 2
        ("mm", False, False),
        ("m", False, False),
        ("rro", False, False),
    ],
)
def test_a_cell_is_assessable_at_one_threshold_and_perhaps_not_at_the_other(
    votes, counts, possible
):
    seen = cell(votes)
    assert (seen.assessable, seen.assessable_possible) == (counts, possible)


@pytest.mark.parametrize(
    ("votes", "kind"),
    [
        ("33333", Kind.SETTLED),
        ("00044", Kind.OPEN),
        ("00022", Kind.OPEN),
        ("33333m", Kind.OPEN),
        ("02", Kind.OPEN),
        ("xxx4", Kind.OPEN),
        ("3", Kind.TOO_FEW),
        ("3333", Kind.TOO_FEW),
        ("3...", Kind.TOO_FEW),
        ("m...", Kind.NOT_ASSESSABLE),
        ("u", Kind.NOT_ASSESSABLE),
        ("oor", Kind.NOT_ASSESSABLE),
        ("xx0", Kind.NOT_RELEVANT),
        ("xx0..", Kind.TOO_FEW),
        ("....", Kind.BLANK),
        ("..oo", Kind.BLANK),  # those who stand aside have not answered for the others
        ("----", Kind.NOT_ALLOCATED),
        ("", Kind.NOT_ALLOCATED),
    ],
)
def test_a_cell_is_one_of_eight(votes, kind):
    assert cell(votes or "-").kind is kind


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
        (".", True),
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
        ("000444mmmmm", ("disagreement", MIXED)),  # the class is of those who scored
        ("xxx3", ("relevance",)),
        ("xxx2", ()),  # below the threshold
        ("xxxx40m", ("relevance", MIXED)),
        ("xxxxxx00444", ("relevance",)),
        ("xx34", ()),  # a half is not more than half
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


def test_a_scale_of_one_to_nine_is_classed_by_its_own_thresholds_and_has_ipras():
    """What the paper calls low and high is what the classes were made with, on every scale."""
    seen = cell("55566", values=range(1, 10), possible=5, counts=6)  # 6 6 6 7 7: all high
    assert seen.klass is Class.AGREEMENT
    own = cell("33366", values=range(1, 10), possible=5, counts=7)  # 4 4 4 7 7: low and high
    assert own.klass is Class.DISAGREEMENT
    assert cell("33366", **NINE).klass is Class.INDETERMINATE
    assert seen.ipras == pytest.approx((0.8, 2.35 + 1.5 * 1.4))
    split = cell("00088", **NINE)
    assert split.ipras is not None
    assert split.ipras[0] > split.ipras[1]
    assert cell("0008", **NINE).ipras is None
    assert cell("00044").ipras is None
