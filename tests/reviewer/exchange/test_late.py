"""A return that came after the release: kept sealed, told, opened with a reason, named late."""

import json
import shutil

import numpy as np
import pytest

from reviewer.errors import InputError, StateError
from reviewer.exchange.custody import open_round_with_sheet
from reviewer.exchange.examine import examine_sealed
from reviewer.exchange.late import open_late, waiting
from reviewer.exchange.merge import receive
from reviewer.exchange.release import release
from reviewer.exchange.returns import write_return
from reviewer.exchange.seal import closed_unsealed, reopen, seal
from reviewer.exchange.updates.apply import apply
from reviewer.exchange.updates.write import write_update
from reviewer.records.judgement import Rating, Reason
from reviewer.records.panel import ReturnStatus
from reviewer.reports.paper import consolidated_pdf
from reviewer.rounds.agenda import open_round
from reviewer.summary.consolidate import consolidate
from reviewer.summary.gather import gather
from reviewer.summary.parts import Part
from reviewer.summary.shapes import Code
from tests.books import ledger
from tests.reviewer.exchange.panel import (
    everything,
    issue_to,
    make_chair,
    open_it,
    rate_something,
)
from tests.reviewer.exchange.test_again import NAMES, Story, first
from tests.reviewer.exchange.test_sheets_of_rounds import CODE, Stick, make, one_return
from tests.reviewer.reports import pdfs
from tests.reviewer.reports.whole import summary_json

__all__ = ["first"]  # a fixture


@pytest.fixture(scope="module")
def without_once(tmp_path_factory):
    """Round 1 released without Di, whose return lies on the stick."""
    folder = tmp_path_factory.mktemp("without")
    with make_chair(folder, cases=2) as chair:
        files = {}
        for salt, name in enumerate(NAMES):
            path = issue_to(chair, name, folder / "out")
            shutil.move(path, folder / f"{name}.casebook")
            with open_it(folder / f"{name}.casebook") as own:
                rate_something(own, salt)
                seal(own)
                files[name] = write_return(own, folder)
        receive(chair, [files["Bo"], files["Cy"]])
        release(chair, without={"Di": "on leave"})
    return folder, files["Di"].name


@pytest.fixture
def without(without_once, tmp_path):
    folder, file = without_once
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    with open_it(tmp_path / "chair.casebook") as chair:
        yield chair, tmp_path / file


def _faults(chair):
    return [one.sentence for one in examine_sealed(chair) if not one.passed]


def test_it_is_kept_sealed_told_and_counts_nowhere(without):
    chair, file = without
    before = gather(chair)
    (verdict,) = receive(chair, [file])
    assert verdict.standing is ReturnStatus.LATE
    assert "came after that round was released" in verdict.sentence
    after = gather(chair)
    assert np.array_equal(before.votes, after.votes)
    assert after.members == before.members
    assert [one.member.name for one in waiting(chair)] == ["Di"]
    assert {line.member for line in ledger(chair)} == {
        one.id for one in chair.members.all() if one.name in {"Bo", "Cy"}
    }
    (di,) = [one for one in after.rounds[0].members if one.part is Part.OUT]
    assert (di.asked > 0, di.ratings, di.blank) == (True, 0, 0)  # nothing is known of it
    assert receive(chair, [file])[0].standing is ReturnStatus.DUPLICATE
    assert _faults(chair) == []


def test_it_is_opened_with_a_reason_and_named_late(without):
    chair, file = without
    reliability = consolidate(gather(chair), resamples=3).agreement
    (verdict,) = receive(chair, [file])
    with pytest.raises(InputError, match="Say in a few words"):
        open_late(chair, verdict.digest, " ")
    opened = open_late(chair, verdict.digest, "the post was slow")
    assert (opened.round, opened.reason) == (1, "the post was slow")
    assert all(line.late and line.declared == line.opened == line.stored for line in opened.ledger)
    panel = gather(chair)
    (di,) = [place for place, one in enumerate(panel.members) if one.name == "Di"]
    with open_it(file.parent / "Di.casebook") as own:
        given = sum(not one.blank for one in everything(own).values())
    assert int((panel.votes[di] != Code.BLANK).sum()) == given
    assert (panel.first[di] == Code.ABSENT).all()
    summary = consolidate(panel, resamples=3)
    assert summary.agreement == reliability
    (one,) = panel.rounds
    assert one.members[di].part is Part.LATE
    data = json.loads(summary_json(summary))
    assert {line["member"] for line in data["ledger"] if line["late"]} == {panel.members[di].id}
    assert {r["member"] for r in data["round_ratings"] if r["late"]} == {panel.members[di].id}
    paper = " ".join(" ".join(pdfs.texts(consolidated_pdf(summary))).split())
    assert "3 of 3 panellists returned round 1, 1 of them late" in paper
    assert "The reason given: the post was slow" in paper
    assert "on leave. Opened late: the post was slow" in paper
    assert waiting(chair) == []
    assert _faults(chair) == []
    with pytest.raises(StateError, match="was opened already"):
        open_late(chair, verdict.digest, "again")


def test_a_return_of_a_round_that_is_not_released_is_not_opened_alone(tmp_path):
    """Else the chair would read one before the others are in."""
    with make_chair(tmp_path, cases=2) as chair:
        with open_it(issue_to(chair, "Bo", tmp_path / "out")) as own:
            rate_something(own, 0)
            seal(own)
            file = write_return(own, tmp_path)
        (verdict,) = receive(chair, [file])
        with pytest.raises(StateError, match="not released yet"):
            open_late(chair, verdict.digest, "I am curious")
        assert list(chair.ratings.everyone(1)) == []
        assert waiting(chair) == []


def test_it_may_come_while_the_next_round_is_open(without, tmp_path):
    chair, file = without
    open_round(chair)
    (verdict,) = receive(chair, [file])
    assert verdict.standing is ReturnStatus.LATE
    open_late(chair, verdict.digest, "the post was slow")
    assert _faults(chair) == []
    member = chair.members.by_name("Di").id
    assert member in {who for who, _, _ in everything(chair)}
    with open_it(file.parent / "Bo.casebook") as own:
        apply(own, write_update(chair, "Bo", tmp_path).path)


def test_what_was_opened_at_the_release_stays_in_force(first, tmp_path):
    shutil.copytree(first, tmp_path, dirs_exist_ok=True)
    story = Story(tmp_path)
    with story.chair as chair:
        with story.own("Bo") as own:
            reopen(own, "a second thought")
            rate_something(own, 2)
            seal(own)
            file = write_return(own, tmp_path)
        before = everything(chair)
        (verdict,) = receive(chair, [file])
        assert verdict.standing is ReturnStatus.SUPERSEDED
        assert "stays in force" in verdict.sentence
        with pytest.raises(StateError, match="stays in"):
            open_late(chair, verdict.digest, "why not")
        assert everything(chair) == before
        assert _faults(chair) == []


def test_unsealed_work_that_an_update_closed_is_sealed_as_it_is_and_opened_late(first, tmp_path):
    shutil.copytree(first, tmp_path, dirs_exist_ok=True)
    story = Story(tmp_path)
    with story.chair as chair:
        story.open_to_all()
        update = story.close_over("Bo")
        with story.own("Bo") as own:
            apply(own, update, close_unsealed=True)
            assert closed_unsealed(own) == (2,)
            seal(own, late=2)
            assert closed_unsealed(own) == ()
            file = write_return(own, tmp_path, round_number=2)
            assert _faults(own) == []
        (verdict,) = receive(chair, [file])
        assert verdict.standing is ReturnStatus.LATE, verdict.sentence
        open_late(chair, verdict.digest, "an update came first")
        panel = gather(chair)
        (bo,) = [place for place, one in enumerate(panel.members) if one.name == "Bo"]
        assert panel.rounds[1].members[bo].part is Part.LATE
        assert panel.rounds[1].members[bo].ratings == 1
        assert _faults(chair) == []


def test_an_older_copy_of_the_chairs_casebook_says_that_it_may_be_one(first, tmp_path):
    shutil.copytree(first, tmp_path, dirs_exist_ok=True)
    story = Story(tmp_path)
    shutil.copy(tmp_path / "chair.casebook", tmp_path / "old.casebook")
    with story.chair:
        story.open()
        story.update("Bo")
        with story.own("Bo") as own:
            seal(own)
            file = write_return(own, tmp_path)
    with open_it(tmp_path / "old.casebook") as old:
        (verdict,) = receive(old, [file])
    assert verdict.layer == "round"
    assert "this is an older copy of the chair's casebook" in verdict.sentence


def _rating(factor):
    return Rating(factor=factor, value=1, comment="so")


def test_it_needs_the_sheet_of_its_own_round_once_more(tmp_path):
    """Round 2 is open with its own sheet, which opens nothing that came late for round 1."""
    stick = Stick(tmp_path)
    with make(tmp_path, stick) as chair:
        paths = [issue_to(chair, name, tmp_path / "out") for name in NAMES]
        given = [
            Rating(factor=CODE, value=1),
            Rating(factor=CODE, reason=Reason.MISSING),
            Rating(factor=CODE, value=0),
        ]
        files = [one_return(path, tmp_path, one) for path, one in zip(paths, given, strict=True)]
        receive(chair, files[:2])
        release(chair, paper=stick.halves[0], without={"Di": "on leave"})
        open_round_with_sheet(chair, stick.draw, stick.folder)
        (verdict,) = receive(chair, [files[2]])
        assert verdict.standing is ReturnStatus.LATE
        with pytest.raises(StateError, match="on paper"):
            open_late(chair, verdict.digest, "slow")
        with pytest.raises(InputError, match="round 1 opens with the sheet"):
            open_late(chair, verdict.digest, "slow", paper=stick.halves[1])
        opened = open_late(chair, verdict.digest, "slow", paper=stick.halves[0])
        assert (opened.member.name, opened.round, opened.custodian) == ("Di", 1, "Cass")
        assert _faults(chair) == []
