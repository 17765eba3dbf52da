"""What a release tells before any figure: what is blank, and which scores have no support."""

import json

import pytest

from reviewer.exchange.examine import examine
from reviewer.exchange.merge import receive
from reviewer.exchange.release import release
from reviewer.exchange.returns import write_return
from reviewer.exchange.seal import seal
from reviewer.exchange.updates.apply import apply as apply_update
from reviewer.exchange.updates.write import write_update
from reviewer.records.judgement import Rating
from reviewer.rounds import readiness as ready
from reviewer.rounds.agenda import open_round
from reviewer.rounds.readiness import readiness
from reviewer.summary.consolidate import consolidate
from reviewer.summary.gaps import gaps_of, lacking, told
from reviewer.summary.gather import gather
from tests.reviewer.exchange.panel import (
    FRAMEWORK,
    issue_to,
    make_chair,
    open_it,
    page_mark,
    returned,
)
from tests.reviewer.reports.whole import summary_json

FIRST, SECOND = FRAMEWORK.codes[:2]


@pytest.fixture
def chair(tmp_path):
    with make_chair(tmp_path) as book:
        yield book


def changed_program(monkeypatch):
    """Let the panellist's program seal what it ought to refuse."""
    monkeypatch.setattr(ready, "before_seal", lambda *_: ())


def rated_without(chair, name, folder, **more):
    """Seal a score of 3 that lacks something, and one of 1 that needs nothing."""
    with open_it(issue_to(chair, name, folder)) as own:
        case = own.cases.all()[0]
        own.ratings.put(own.about.member, case.id, 1, Rating(factor=FIRST, value=3, **more))
        own.ratings.put(own.about.member, case.id, 1, Rating(factor=SECOND, value=1))
        seal(own)
        receive(chair, [write_return(own, folder)])


def verdict(chair):
    return next(check for check in examine(chair) if check.name == "support")


def test_a_score_without_support_is_named_flagged_and_counted(chair, tmp_path, monkeypatch):
    receive(chair, [returned(issue_to(chair, "Bo", tmp_path), tmp_path)])
    changed_program(monkeypatch)
    rated_without(chair, "Cy", tmp_path, comment="Clear.")
    released = release(chair)
    line = f"C001, {FIRST}: Cy rated 3 without a marked page as evidence"
    assert released.gaps.unsupported == (line,)
    assert f"- {line}" in told(released.gaps)
    assert (verdict(chair).passed, verdict(chair).remark) == (True, True)
    assert verdict(chair).sentence.startswith("1 score of 2 or more lacks")
    summary = consolidate(gather(chair), resamples=2)
    cell = summary.cells[0]
    assert "unsupported" in cell.flags
    assert cell.kind == "open"
    assert cell.distribution[3] == 1  # it counts
    data = json.loads(summary_json(summary))
    found = [r["unsupported"] for cell in data["cells"] for r in cell["ratings"]]
    assert found.count(True) == 1
    assert next(c for c in data["cells"] if "unsupported" in c["flags"])["factor"] == FIRST


def test_an_honest_round_has_nothing_to_name(chair, tmp_path):
    receive(chair, [returned(issue_to(chair, "Bo", tmp_path), tmp_path)])
    assert release(chair).gaps.unsupported == ()
    assert verdict(chair).sentence == "Every score of 2 or more has a comment and a page."
    assert not verdict(chair).remark
    assert gather(chair).unsupported == frozenset()


def unsupported_from_bo(chair, tmp_path, monkeypatch):
    """Round 1: Bo scores 3 without a word, Cy 0; returns their casebooks."""
    packs = [issue_to(chair, name, tmp_path) for name in ("Bo", "Cy")]
    changed_program(monkeypatch)
    for pack, value in zip(packs, (3, 0), strict=True):
        with open_it(pack) as own:
            case = own.cases.all()[0]
            own.ratings.put(own.about.member, case.id, 1, Rating(factor=FIRST, value=value))
            seal(own)
            receive(chair, [write_return(own, tmp_path)])
    return packs


def test_a_score_without_support_is_named_once_and_asked_for_again(chair, tmp_path, monkeypatch):
    unsupported_from_bo(chair, tmp_path, monkeypatch)
    assert len(release(chair).gaps.unsupported) == 1
    assert {one.round for one in lacking(chair, 1).values()} == {1}
    opened = open_round(chair)
    assert [(cell.factor, cell.flags) for cell in opened.cells] == [
        (FIRST, ("too-few", "unsupported"))
    ]


def test_scores_without_support_are_named_by_member_then_case_then_factor(
    chair, tmp_path, monkeypatch
):
    packs = [issue_to(chair, name, tmp_path) for name in ("Bo", "Cy")]
    changed_program(monkeypatch)
    for pack in reversed(packs):
        with open_it(pack) as own:
            for case in reversed(own.cases.all()):
                for code in (SECOND, FIRST):
                    rating = Rating(factor=code, value=3)
                    own.ratings.put(own.about.member, case.id, 1, rating)
            seal(own)
            receive(chair, [write_return(own, tmp_path)])
    cases = [case.reference for case in chair.cases.all()]
    lacks = "rated 3 without a comment and a marked page as evidence"
    assert release(chair).gaps.unsupported == tuple(
        f"{case}, {code}: {name} {lacks}"
        for name in ("Bo", "Cy")
        for case in cases
        for code in (FIRST, SECOND)
    )


def test_a_round_that_is_mostly_blank_is_told_before_any_figure(chair, tmp_path):
    receive(chair, [returned(issue_to(chair, "Bo", tmp_path), tmp_path)])
    released = release(chair)
    assert (released.gaps.asked, released.gaps.blank) == (34, 28)
    assert released.gaps.mostly
    assert told(released.gaps)[:2] == [
        "Most of this round is blank: 28 of 34 ratings are blank. The figures are of the rest.",
        "- Bo: 28 of 34 ratings are blank",
    ]
    assert gaps_of(chair, 1) == released.gaps
    kinds = consolidate(gather(chair), resamples=2).kinds
    assert (kinds["blank"], kinds["settled"]) == (28, 0)


def test_the_panellists_side_knows_what_the_round_asks_for(chair, tmp_path):
    with open_it(issue_to(chair, "Bo", tmp_path)) as own:
        ready = readiness(own)
        assert (ready.asked_ratings, ready.blank_ratings, ready.mostly_blank) == (34, 34, True)
        case = own.cases.all()[0]
        mark = page_mark(own, own.documents.of(case.id)[0])
        own.marks.put(mark, round_number=2)
        ratings = [
            (one.id, Rating(factor=code, value=0))
            for one in own.cases.all()
            for code in FRAMEWORK.codes[:9]
        ]
        own.ratings.put_all(own.about.member, 1, ratings, marks=[mark])
        assert not readiness(own).mostly_blank


def test_who_did_not_return_leaves_their_cases_blank_and_not_unallocated(chair, tmp_path):
    first, second = (case.reference for case in chair.cases.all())
    pack = issue_to(chair, "Bo", tmp_path, case_refs=[first])
    issue_to(chair, "Cy", tmp_path, case_refs=[second])
    receive(chair, [returned(pack, tmp_path)])
    release(chair, without={"Cy": "unwell"})
    summary = consolidate(gather(chair), resamples=2)
    assert {cell.kind.value for cell in summary.cells if cell.case == 1} == {"blank"}
    assert summary.kinds["not-allocated"] == 0


def test_a_case_for_nobody_is_not_allocated(chair, tmp_path):
    pack = issue_to(chair, "Bo", tmp_path, case_refs=[chair.cases.all()[0].reference])
    receive(chair, [returned(pack, tmp_path)])
    release(chair)
    summary = consolidate(gather(chair), resamples=2)
    assert {cell.kind.value for cell in summary.cells if cell.case == 1} == {"not-allocated"}
    assert {row.not_allocated for row in summary.factors} == {1}


def test_the_same_score_again_without_support_lacks_it_still(chair, tmp_path, monkeypatch):
    packs = unsupported_from_bo(chair, tmp_path, monkeypatch)
    release(chair)
    open_round(chair)
    (tmp_path / "two").mkdir()
    for name, value in (("Bo", 3), ("Cy", 1)):
        update = write_update(chair, name, tmp_path / "two").path
        with open_it(packs[("Bo", "Cy").index(name)]) as own:
            apply_update(own, update)
            case = own.cases.all()[0]
            own.ratings.put(own.about.member, case.id, 2, Rating(factor=FIRST, value=value))
            seal(own)
            receive(chair, [write_return(own, tmp_path / "two")])
    assert release(chair).gaps.unsupported == ()  # named once, in the round it was given
    assert len(lacking(chair, 2)) == 1
    assert len(gather(chair).unsupported) == 1


def test_the_same_score_again_with_its_support_lacks_none(chair, tmp_path, monkeypatch):
    bo, _ = unsupported_from_bo(chair, tmp_path, monkeypatch)
    release(chair)
    open_round(chair)
    (tmp_path / "two").mkdir()
    update = write_update(chair, "Bo", tmp_path / "two").path
    with open_it(bo) as own:
        apply_update(own, update)
        case = own.cases.all()[0]
        mark = page_mark(own, own.documents.of(case.id)[0])
        own.marks.put(mark, round_number=2)
        again = Rating(factor=FIRST, value=3, comment="The log says so", evidence=(mark.id,))
        own.ratings.put(own.about.member, case.id, 2, again)
        seal(own)
        receive(chair, [write_return(own, tmp_path / "two")])
    release(chair, without={"Cy": "on leave"})
    assert lacking(chair, 2) == {}
    assert gather(chair).unsupported == frozenset()
