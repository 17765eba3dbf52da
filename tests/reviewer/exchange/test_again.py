"""What was released stays in force, whatever is issued, brought, returned and released later."""

import shutil
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reviewer.exchange.examine import examine_sealed
from reviewer.exchange.merge import receive
from reviewer.exchange.release import release
from reviewer.exchange.returns import write_return
from reviewer.exchange.seal import seal
from reviewer.exchange.updates.apply import apply
from reviewer.exchange.updates.write import write_update
from reviewer.records.cases import DocumentState
from reviewer.records.judgement import Rating
from reviewer.records.panel import ReturnStatus
from reviewer.rounds.agenda import agenda, open_round
from reviewer.rounds.standing_ratings import own_before
from reviewer.summary.consolidate import consolidate
from reviewer.summary.gather import gather
from reviewer.summary.rounds import CODES
from reviewer.summary.shapes import Code
from tests.reviewer.exchange.panel import (
    FRAMEWORK,
    issue_to,
    make_chair,
    open_it,
    page_mark,
    rate_something,
)

NAMES = ("Bo", "Cy", "Di")


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """A panel of three whose round 1 is released; Di has one case of the two."""
    folder = tmp_path_factory.mktemp("first")
    with make_chair(folder, cases=2) as chair:
        for salt, name in enumerate(NAMES):
            cases = {"case_refs": ["C001"]} if name == "Di" else {}
            path = issue_to(chair, name, folder / "out", **cases)
            shutil.move(path, folder / f"{name}.casebook")
            with open_it(folder / f"{name}.casebook") as own:
                rate_something(own, salt)
                seal(own)
                receive(chair, [write_return(own, folder)])
        release(chair)
    return folder


@dataclass
class Story:
    """A real panel beside what should be in force: (member, case, factor) and what was rated."""

    folder: Path
    round: int = 1
    released: bool = True
    force: dict = field(default_factory=dict)
    sealed: dict = field(default_factory=dict)  # by name: what the return of the open round holds
    laptop: dict = field(default_factory=lambda: dict.fromkeys(NAMES, 1))  # its round
    done: set = field(default_factory=set)  # whose laptop is sealed
    ids: dict = field(default_factory=dict)

    def __post_init__(self):
        self.chair = open_it(self.folder / "chair.casebook")
        self.ids = {name: self.chair.members.by_name(name).id for name in NAMES}
        panel = gather(self.chair)
        self.first = panel.votes.copy()
        self.agreement = consolidate(panel, resamples=3).agreement
        for name in NAMES:
            with self.own(name) as own:
                for member, case, one in own.ratings.everyone(1):
                    if not one.blank:
                        self.force[member, case, one.factor] = (one.value, one.reason)

    def open_to_all(self):
        """Open the next round and bring it to everybody."""
        self.open()
        for name in NAMES:
            self.update(name)

    def close_over(self, name):
        """Leave round 2 rated and not sealed by ``name``; return the update that opens round 3."""
        with self.own(name) as own:
            cell = own.agenda.of(2)[0]
            rating = Rating(factor=cell.factor, value=1, comment="so")
            own.ratings.put(own.about.member, cell.case, 2, rating)
        self.give_back("Cy", [4, 0, 4])
        self.give_back("Di", [0, 4, 0])
        release(self.chair, without={name: "no return"})
        open_round(self.chair)
        return write_update(self.chair, name, self.folder).path

    def own(self, name):
        return open_it(self.folder / f"{name}.casebook")

    def open(self):
        if self.released and agenda(self.chair):
            self.round = open_round(self.chair).number
            self.released, self.sealed, self.done = False, {}, set()

    def again(self, name):
        if not self.released:
            path = issue_to(self.chair, name, self.folder / f"again-{name}", again=True)
            shutil.move(path, self.folder / f"{name}.casebook")
            self.laptop[name] = self.round
            self.sealed.pop(name, None)
            self.done.discard(name)

    def update(self, name):
        made = write_update(self.chair, name, self.folder)
        with self.own(name) as own:
            apply(own, made.path)
        self.laptop[name] = self.round

    def correct(self, at):
        case = self.chair.cases.all()[at]
        old = next(one for one in self.chair.documents.of(case.id) if one.current)
        self.chair.documents.withdraw(old.id, "the wrong file")

    def give_back(self, name, values):
        if self.released or self.laptop[name] != self.round or name in self.done:
            return
        with self.own(name) as own:
            about = own.about
            rated = {}
            for cell, value in zip(own.agenda.of(self.round), values, strict=False):
                mark = page_mark(own, own.documents.of(cell.case)[0], 2)
                rating = Rating(factor=cell.factor, value=value, comment="so", evidence=(mark.id,))
                own.ratings.put_all(about.member, self.round, [(cell.case, rating)], marks=[mark])
                rated[about.member, cell.case, cell.factor] = (value, None)
            seal(own)
            (verdict,) = receive(self.chair, [write_return(own, self.folder)])
        assert verdict.standing is ReturnStatus.RECEIVED
        self.sealed[name] = rated
        self.done.add(name)

    def release(self):
        if self.released or not self.sealed:
            return
        release(self.chair, without={name: "out" for name in NAMES if name not in self.sealed})
        for rated in self.sealed.values():
            self.force |= rated
        self.released = True

    def holds(self):
        """Compare the results, the agreement, ``verify`` and every laptop with the model."""
        panel = gather(self.chair)
        wanted = self.model(panel)
        assert np.array_equal(panel.votes, wanted)
        if panel.round > 1:
            assert np.array_equal(panel.first, self.first)
        assert consolidate(panel, resamples=3).agreement == self.agreement
        assert [one.sentence for one in examine_sealed(self.chair) if not one.passed] == []
        for name in NAMES:
            with self.own(name) as own:
                if self.laptop[name] == self.round > 1 and not self.released:
                    mine = {
                        (self.ids[name], case, factor): (one.value, one.reason)
                        for (case, factor), one in own_before(own, own.about).items()
                        if not one.blank
                    }
                    assert mine == {
                        key: one for key, one in self.force.items() if key[0] == self.ids[name]
                    }
                assert [one.sentence for one in examine_sealed(own) if not one.passed] == []

    def model(self, panel):
        cases = {case.id: at for at, case in enumerate(panel.cases)}
        members = {member.id: at for at, member in enumerate(panel.members)}
        votes = np.where(self.first == Code.ABSENT, Code.ABSENT, Code.BLANK)
        for (member, case, factor), (value, reason) in self.force.items():
            at = members[member], cases[case], FRAMEWORK.codes.index(factor)
            votes[at] = CODES[reason] if reason else FRAMEWORK.values.index(value)
        return votes


_steps = st.lists(
    st.one_of(
        st.tuples(st.just("again"), st.sampled_from(NAMES)),
        st.tuples(st.just("update"), st.sampled_from(NAMES)),
        st.tuples(
            st.just("give_back"),
            st.sampled_from(NAMES),
            st.lists(st.sampled_from(FRAMEWORK.values), max_size=6),
        ),
        st.tuples(st.just("correct"), st.just(0)),
        st.just(("open",)),
        st.just(("release",)),
    ),
    min_size=3,
    max_size=12,
)


def _tell(first, folder, steps):
    shutil.copytree(first, folder, dirs_exist_ok=True)
    story = Story(folder)
    withdrawn = False
    with story.chair:
        story.open()
        for name, *more in steps:
            if name == "correct":
                if withdrawn:
                    continue
                withdrawn = True
            getattr(story, name)(*more)
        story.release()
        story.holds()


_QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]


@settings(max_examples=4, deadline=None, suppress_health_check=_QUIET)
@given(steps=_steps)
def test_what_was_released_stays_in_force_whatever_comes_later(first, tmp_path_factory, steps):
    _tell(first, tmp_path_factory.mktemp("story"), steps)


@pytest.mark.nightly
@settings(max_examples=300, deadline=None, suppress_health_check=_QUIET)
@given(steps=_steps)
def test_what_was_released_stays_in_force_at_length(first, tmp_path_factory, steps):
    _tell(first, tmp_path_factory.mktemp("story"), steps)


def test_a_casebook_issued_again_in_round_2_holds_its_own_round_1(first, tmp_path):
    _tell(
        first,
        tmp_path,
        [("again", "Bo"), ("give_back", "Bo", [1, 1, 1]), ("update", "Cy"), ("release",)],
    )
    with open_it(tmp_path / "Bo.casebook") as new, open_it(first / "Bo.casebook") as old:
        member = old.about.member
        assert list(new.ratings.everyone(1)) == list(old.ratings.everyone(1))
        assert new.reviews.all(member, 1).keys() == old.reviews.all(member, 1).keys()
        ours = {one.id: one for one in old.marks.of_member(member)}
        assert ours.items() <= {one.id: one for one in new.marks.of_member(member)}.items()
        assert new.rounds.released(1)
        assert new.returns.own(1) is None


def test_a_page_cited_in_a_withdrawn_document_goes_along(first, tmp_path):
    _tell(first, tmp_path, [("correct", 0), ("again", "Bo")])
    with open_it(tmp_path / "Bo.casebook") as own:
        gone = [one for one in own.documents.all() if not one.current]
        assert [one.state for one in gone] == [DocumentState.WITHDRAWN]
        assert any(mark.document == gone[0].id for mark in own.marks.of_member(own.about.member))
    with open_it(tmp_path / "chair.casebook") as chair, open_it(tmp_path / "Bo.casebook") as own:
        done = apply(own, write_update(chair, "Bo", tmp_path).path)
        assert (done.told.withdrawn, done.told.new_documents) == (0, 0)


def test_an_allocation_after_the_release_asks_nobody_in_round_1(first, tmp_path):
    shutil.copytree(first, tmp_path, dirs_exist_ok=True)
    with open_it(tmp_path / "chair.casebook") as chair:
        before = gather(chair).votes
        open_round(chair)
        issue_to(chair, "Di", tmp_path / "new", again=True, case_refs=["C001", "C002"])
        assert np.array_equal(gather(chair).votes, before)


def test_a_return_of_the_round_that_is_open_counts_no_more_once_issued_again(first, tmp_path):
    shutil.copytree(first, tmp_path, dirs_exist_ok=True)
    story = Story(tmp_path)
    with story.chair as chair:
        story.open()
        story.update("Bo")
        story.give_back("Bo", [1])
        story.again("Bo")
        assert [one.standing for one in chair.returns.received(2)] == [ReturnStatus.SUPERSEDED]
        assert [one.standing for one in chair.returns.received(1)] == [ReturnStatus.RECEIVED] * 3
        story.holds()
