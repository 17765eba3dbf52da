"""What a gap costs: ratings that wait for a record, and cases by which the bounds would narrow."""

import random
from dataclasses import replace
from itertools import product

import pytest

from reviewer.record_requests.matching import compared
from reviewer.records.determinations import Ruling
from reviewer.records.requests import RecordRequest, RequestStep, What
from reviewer.summary.consolidate import completeness, consolidate
from reviewer.summary.layers import layers_of
from reviewer.summary.register import RecordsHeld
from reviewer.summary.shapes import Detail
from tests.reviewer.summary.build import cell_panel, of_one_round
from tests.reviewer.summary.test_determined import decided as put_decision


def record(number, case="c0000", kind="Ward log", agency="Trust", *, what=()):
    steps = tuple(RequestStep(what=What(one), date="2026-03-02") for one in what)
    return RecordRequest(
        id=f"r{number}", number=number, case=case, kind=kind, agency=agency, steps=steps
    )


def panel_of(cells, named, records, decided=None):
    """A panel of one factor; ``named`` is {(member, case): words}."""
    panel = cell_panel(*cells)
    details = {(m, c, 0): Detail(record=words) for (m, c), words in named.items()}
    held = RecordsHeld(records=tuple(records), decided=decided or {})
    return of_one_round(replace(panel, details=details, register=held))


def test_ratings_wait_for_the_record_that_their_words_name():
    panel = panel_of(
        ["44mmm", "0mm44"],
        {(2, 0): "ward-log", (3, 0): "The Ward Log", (4, 0): "obs sheets", (1, 1): "Ward log"},
        [record(1), record(2, "c0001", kind="Video", agency="Police")],
    )
    found = completeness(panel)
    (cost,) = found.costs
    assert (cost.record.number, cost.case, cost.ratings, cost.asked) == (1, 0, 2, 5)
    (factor,) = cost.factors
    assert (factor.ratings, factor.cells) == (2, 1)
    assert [(one.case, one.words, one.ratings) for one in found.unmatched] == [
        (0, "obs sheets", 1),
        (1, "Ward log", 1),
    ]


def test_a_record_narrows_nothing_where_the_panel_determined_the_cell():
    """No record changes a decision: the ratings wait, and the bounds stay."""
    panel = panel_of(["44mmm"], {(m, 0): "Ward log" for m in (2, 3, 4)}, [record(1)])
    (open_,) = completeness(panel).costs[0].factors
    made = put_decision(panel, what=Ruling.NOT_ASSESSABLE)
    (decided,) = completeness(made).costs[0].factors
    assert (open_.narrower, open_.at_most, open_.ratings) == (1, 1, 3)
    assert (decided.narrower, decided.at_most, decided.ratings) == (0, 0, 3)
    assert (decided.low, decided.high) == (0, 1)  # determined not assessable


def test_two_spellings_are_one_record_in_what_is_to_be_chased():
    cells, names = ["44mm", "44m0"], {(2, 0): "Ward log", (3, 0): "obs.", (2, 1): "ward-log"}
    records = [record(1), record(2, "c0001")]
    apart = consolidate(panel_of(cells, names, records), resamples=1).records
    assert sorted(need.record for need in apart) == ["Ward log", "obs."]
    decided = {("c0000", compared("obs.")): "r1"}
    (need,) = consolidate(panel_of(cells, names, records, decided), resamples=1).records
    assert (need.record, need.ratings, need.cases) == ("Ward log", 3, (0, 1))


def test_a_record_that_came_since_stands_apart_from_what_is_to_be_chased():
    cells, names = ["4m", "4m"], {(1, 0): "Ward log", (1, 1): "Ward log"}
    records = [record(1, what=["found late"]), record(2, "c0001")]
    summary = consolidate(panel_of(cells, names, records), resamples=1)
    assert {(need.came, need.record, need.cases) for need in summary.records} == {
        (True, "Ward log", (0,)),
        (False, "Ward log", (1,)),
    }


@pytest.mark.parametrize(
    ("votes", "waits", "narrower", "at_most"),
    [
        ("4444mmm", 3, 0, 0),  # it counts whatever the record says
        ("04mmm", 3, 1, 1),  # nothing else is unknown: it is known then, one way or the other
        ("04mm.", 2, 0, 1),  # a blank could still turn it
        ("000m", 1, 0, 0),
    ],
)
def test_a_record_narrows_a_cell_only_where_nothing_else_is_unknown(
    votes, waits, narrower, at_most
):
    named = {(m, 0): "Ward log" for m, letter in enumerate(votes) if letter == "m"}
    ((cost,),) = (completeness(panel_of([votes], named, [record(1)])).costs,)
    (factor,) = cost.factors
    assert (factor.ratings, factor.narrower, factor.at_most) == (waits, narrower, at_most)


def _decided(panel):
    """Whether the one cell's bounds agree: counted, or not, whatever is unknown."""
    reach = layers_of(panel).factors.counts
    return bool(reach.low[0, 0] == reach.high[0, 0])


def test_against_every_answer_that_could_be_given():
    """Slowly: each way to give the waiting ratings, and whether the bounds then agree."""
    draw, seen = random.Random(5), set()  # noqa: S311 - cases, not keys
    for _ in range(150):
        votes = "".join(draw.choice("0234mm.u") for _ in range(draw.randint(2, 6)))
        naming = [m for m, letter in enumerate(votes) if letter == "m" and draw.random() < 0.7]
        if not 0 < len(naming) <= 3:
            continue
        panel = panel_of([votes], dict.fromkeys([(m, 0) for m in naming], "Ward log"), [record(1)])
        (factor,) = completeness(panel).costs[0].factors
        after = []
        for given in product(range(5), repeat=len(naming)):
            then = panel.votes.copy()
            then[naming, 0, 0] = given
            after.append(_decided(of_one_round(replace(panel, votes=then, details={}))))
        before = _decided(panel)
        assert factor.at_most == (not before), votes
        assert factor.narrower == (not before and all(after)), (votes, naming)
        seen.add((factor.at_most, factor.narrower))
    assert seen == {(0, 0), (1, 0), (1, 1)}


def test_what_came_whole_costs_nothing_any_more():
    named = {(2, 0): "Ward log"}
    gone = panel_of(["04m"], named, [record(1, what=["requested", "not located"])])
    came = panel_of(["04m"], named, [record(1, what=["requested", "found late"])])
    assert [cost.ratings for cost in completeness(gone).costs] == [1]
    assert completeness(came).costs == ()
    assert completeness(came).factors == ()
    assert completeness(came).matched == {(2, 0, 0): "r1"}  # which cells it may change


def test_completeness_by_case_and_agency_adds_up_to_the_whole():
    records = [
        record(1, what=["received complete"]),
        record(2, kind="Video", agency="Police", what=["received partial"]),
        record(3, "c0001", agency="police", what=["requested"]),
        record(4, "c0001", kind="Notes", what=["refused"]),
        record(5, "c0001", kind="GP record", agency="GP"),
    ]
    found = completeness(panel_of(["04", "04", "04"], {}, records))
    whole = found.whole
    assert (whole.expected, whole.received, whole.partial) == (5, 1, 1)
    assert (whole.open, whole.not_coming, whole.not_asked) == (1, 1, 1)
    assert [one.expected for one in found.cases] == [2, 3, 0]
    assert sum(one.expected for _, one in found.agencies) == 5
    assert [name for name, _ in found.agencies] == ["GP", "Police", "police", "Trust"]


def test_a_cell_reopens_when_a_record_that_was_named_as_missing_comes():
    """METHOD 3: affected cells reopen, the old score is kept; even where nobody could score."""
    cells, named = ["mmmm0", "44444"], {(0, 0): "Ward log", (1, 0): "the ward-log"}
    before = consolidate(panel_of(cells, named, [record(1)]), resamples=1)
    came = panel_of(cells, named, [record(1, what=("not located", "found late"))])
    after = consolidate(came, resamples=1)
    assert "late-record" not in before.cells[0].flags
    assert after.cells[0].flags[-1] == "late-record"
    assert [item.case for item in after.agenda] == [0]
    assert (after.cells[0].kind, after.cells[1].kind) == ("open", "settled")
    assert after.cells[0].distribution == before.cells[0].distribution
    assert after.factors == before.factors
    part = panel_of(cells, named, [record(1, what=("received partial",))])
    assert "late-record" not in consolidate(part, resamples=1).cells[0].flags
    rated = panel_of(["44440", "44444"], {}, [record(1, what=("received complete",))])
    assert "late-record" not in consolidate(rated, resamples=1).cells[0].flags
