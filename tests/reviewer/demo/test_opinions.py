"""What eleven invented panellists make of it: differing, plausible, with reasons."""

from collections import Counter

import krippendorff
import numpy as np
import pytest

from reviewer.demo.content import panellists
from reviewer.demo.opinions import NEEDS_EVIDENCE, ratings
from reviewer.demo.plot import codes
from reviewer.records.judgement import Reason

pytestmark = pytest.mark.slow

MEMBERS = 11


@pytest.fixture(scope="module")
def all_of_them(made):
    return [ratings(made, who) for who in panellists()]


@pytest.fixture(scope="module")
def scores(all_of_them):
    """Scores as panellists by cases by factors; NaN where there is a reason or a blank."""
    return np.array(
        [
            [[np.nan if o.value is None else o.value for o in one.opinions] for one in judged]
            for judged in all_of_them
        ],
        dtype=float,
    )


def opinions(all_of_them):
    return [(one, o) for judged in all_of_them for one in judged for o in one.opinions]


def test_eleven_panellists_rate_every_factor_of_every_case(all_of_them, scores):
    assert scores.shape == (MEMBERS, 55, 17)
    assert len({who.name for who in panellists()}) == MEMBERS
    for judged in all_of_them:
        assert all(tuple(o.factor for o in one.opinions) == codes() for one in judged)


def test_the_same_seed_gives_the_same_opinions(made, all_of_them):
    assert ratings(made, panellists()[2]) == all_of_them[2]


def test_from_two_up_there_is_a_comment_and_a_page(all_of_them):
    high = [o for _, o in opinions(all_of_them) if o.value is not None and o.value >= 2]
    assert NEEDS_EVIDENCE == 2
    assert len(high) > 2000
    assert [o for o in high if not (o.comment and o.evidence)] == []


def test_a_missing_record_is_named_and_evidence_is_of_that_case(made, all_of_them):
    cases = {case.reference: case for case in made.cases}
    for one, opinion in opinions(all_of_them):
        case = cases[one.reference]
        if opinion.reason is Reason.MISSING:
            assert opinion.record in {record.what for record in case.missing}
        assert {p.document for p in opinion.evidence} <= {d.file_name for d in case.documents}
        assert all(p.factor == opinion.factor for p in opinion.evidence)


def test_all_five_reasons_and_blanks_occur_in_their_measure(all_of_them):
    found = Counter(
        o.reason or ("blank" if o.value is None else "scored") for _, o in opinions(all_of_them)
    )
    assert found[Reason.MISSING] > 200
    assert found[Reason.NOT_RELEVANT] > 500
    assert found[Reason.RECUSED] == 3 * 17
    assert found[Reason.OUTSIDE] > 20
    assert 50 < found["blank"] < 200
    assert found["scored"] > 8000


def test_agreement_is_what_a_real_panel_might_reach(scores):
    whole = krippendorff.alpha(scores.reshape(MEMBERS, -1), level_of_measurement="ordinal")
    assert 0.55 < whole < 0.65


def test_some_factors_are_rare_and_some_cells_divide_the_panel(scores):
    with np.errstate(all="ignore"):
        medians = np.array([[_median(scores[:, c, f]) for f in range(17)] for c in range(55)])
    counts = dict(zip(codes(), (medians >= 3).sum(axis=0), strict=True))
    assert min(counts["DIS-RACE"], counts["IND-FORCE"], counts["DIS-MH"]) >= 1
    assert max(counts["DIS-RACE"], counts["IND-FORCE"], counts["DIS-MH"]) < 10
    low, high = (scores <= 1).sum(axis=0), (scores >= 3).sum(axis=0)
    enough = (3 * (~np.isnan(scores)).sum(axis=0) + 9) // 10
    divided = (low >= enough) & (high >= enough) & (enough > 1)
    assert 20 <= divided.sum() <= 60


def test_no_comment_speaks_the_forbidden_word_or_keeps_its_template(all_of_them):
    said = [o.comment for _, o in opinions(all_of_them)]
    said += [t for one, _ in opinions(all_of_them) for t in (one.narrative, one.good_practice)]
    assert len(set(said)) > 1500
    assert [s for s in said if "caused" in s or set("{}[]|") & set(s)] == []


def _median(column):
    kept = column[~np.isnan(column)]
    return np.median(kept) if kept.size else np.nan
