"""One round through real casebooks and real files: issue, seal, return, merge, release."""

from dataclasses import replace

import pytest

from reviewer.casebook.book import Casebook
from reviewer.casebook.stores.cases import add_cases
from reviewer.crypto.profiles import CHEAP
from reviewer.errors import DamagedError, InputError, ReturnError, StateError, UnlockError
from reviewer.exchange.examine import examine
from reviewer.exchange.keyring import enrol
from reviewer.exchange.merge import choose, receive, receive_own, withdraw_choice
from reviewer.exchange.pack import issue
from reviewer.exchange.release import release
from reviewer.exchange.returns import write_return
from reviewer.exchange.seal import reopen, seal
from reviewer.records.cases import Case
from reviewer.records.ids import CaseId, new_id
from reviewer.records.judgement import Rating, ReviewState
from reviewer.records.panel import ReturnStatus
from reviewer.rounds.readiness import readiness
from reviewer.summary.gather import gather
from reviewer.summary.returned import returned_in
from tests.books import ledger, sql_of
from tests.reviewer.exchange.panel import (
    FRAMEWORK,
    PASSPHRASE,
    everything,
    issue_to,
    make_chair,
    open_it,
    page_mark,
    rate_something,
    returned,
)


@pytest.fixture
def chair(tmp_path):
    with make_chair(tmp_path) as book:
        yield book


def _standings(verdicts):
    return [verdict.standing for verdict in verdicts]


def test_a_whole_round_brings_every_value_home(tmp_path):
    with make_chair(tmp_path, rates=True) as chair:
        files, expected = [], {}
        for at, name in enumerate(("Bo", "Cy", "Di")):
            path = issue_to(chair, name, tmp_path / "out")
            files.append(returned(path, tmp_path, at))
            with open_it(path) as own:
                expected |= everything(own)
        rate_something(chair, 7)
        seal(chair)
        expected |= everything(chair)
        assert set(_standings(receive(chair, files))) == {ReturnStatus.RECEIVED}
        before = everything(chair)
        assert {key[0] for key in before} == {chair.about.member}
        released = release(chair)
        assert everything(chair) == expected
        assert released.returns == 4
        assert all(line.declared == line.opened == line.stored for line in released.ledger)
        assert ledger(chair) == released.ledger
        marks = [m for member in chair.members.all() for m in chair.marks.of_member(member.id)]
        assert {m.anchor.quote for m in marks} == {"Page é\u202e"}
        assert all(check.passed for check in chair.journal.checks())


def test_issued_casebooks_hold_nobody_elses_work_or_name(tmp_path):
    with make_chair(tmp_path, rates=True) as chair:
        issue_to(chair, "Bo Secret", tmp_path / "out")
        rate_something(chair)
        path = issue_to(chair, "Cy Panellist", tmp_path / "out")
        assert "cy" not in path.name.lower()
        with open_it(path) as own:
            assert [member.name for member in own.members.all()] == ["Cy Panellist"]
            assert everything(own) == {}
            assert own.about.id == chair.about.id
            assert own.about.must_change_passphrase
            assert own.cases.all() == chair.cases.all()
            assert own.documents.all() == chair.documents.all()
            for document in own.documents.all():
                assert own.documents.original(document.id) == chair.documents.original(document.id)
            assert own.secrets.get("age release") is None
            dump = repr(
                [
                    sql_of(own).execute(f"SELECT * FROM {name}").fetchall()  # noqa: S608 - our tables
                    for name in own._tables
                ]
            )
            assert "Page 1" in dump
        for canary in ("Bo Secret", "Quite clear", "to think about"):
            assert canary not in dump
        assert dump.count("AGE-SECRET-KEY") == 1  # the key of its own updates
        assert not list((tmp_path / "out").glob(".*"))


def test_only_allocated_cases_are_issued(chair, tmp_path):
    path = issue_to(chair, "Bo", tmp_path / "out", case_refs=["C002"])
    with open_it(path) as own:
        assert [case.reference for case in own.cases.all()] == ["C002"]
        assert {document.case for document in own.documents.all()} == {own.cases.all()[0].id}
        assert [blank.reference for blank in readiness(own).blanks] == ["C002"]
    file = returned(path, tmp_path)
    receive(chair, [file])
    release(chair)
    assert {case for _, case, _ in everything(chair)} == {chair.cases.by_reference("C002").id}


@pytest.mark.parametrize(
    ("refs", "name", "error"),
    [(["C009"], "Bo", InputError), (["C001"], "  ", InputError), (["C001"], "Ada", StateError)],
)
def test_what_cannot_be_issued_is_said_and_nothing_changes(chair, tmp_path, refs, name, error):
    members = chair.members.all()
    with pytest.raises(error):
        issue_to(chair, name, tmp_path / "out", case_refs=refs)
    assert chair.members.all() == members
    assert not (tmp_path / "out").exists() or not list((tmp_path / "out").iterdir())


def test_a_second_casebook_needs_a_decision_and_ends_the_first(chair, tmp_path):
    first = issue_to(chair, "Bo", tmp_path / "out")
    with pytest.raises(StateError, match="already issued"):
        issue_to(chair, "bo", tmp_path / "out")
    early, late = tmp_path / "early", tmp_path / "late"
    early.mkdir()
    late.mkdir()
    file = returned(first, early)
    receive(chair, [file])
    issued = issue(chair, "Bo", tmp_path / "out", passphrase=PASSPHRASE, profile=CHEAP, again=True)
    assert issued.replaced
    with open_it(first) as own:
        reopen(own, "one more thing")
        rate_something(own, 3)
        seal(own)
        again = write_return(own, late)
    verdict = receive(chair, [again])[0]
    assert (verdict.standing, verdict.layer) == (ReturnStatus.REFUSED, "pack")
    assert "replaced" in verdict.sentence
    assert _standings(receive(chair, [returned(issued.path, late, 5)])) == [ReturnStatus.RECEIVED]
    stands = {one.sha256: one.standing for one in chair.returns.received(1)}
    assert sorted(stands.values()) == sorted([ReturnStatus.SUPERSEDED, ReturnStatus.RECEIVED])


def test_sealing_names_every_rating_that_lacks_something(chair, tmp_path):
    with open_it(issue_to(chair, "Bo", tmp_path / "out")) as own:
        about, case = own.about, own.cases.all()[0]
        mark = page_mark(own, own.documents.of(case.id)[0])
        own.ratings.put_all(
            about.member,
            1,
            [
                (case.id, Rating(factor=FRAMEWORK.codes[0], value=2)),
                (case.id, Rating(factor=FRAMEWORK.codes[1], value=4, comment="why")),
                (case.id, Rating(factor=FRAMEWORK.codes[2], value=3, evidence=(mark.id,))),
                (case.id, Rating(factor=FRAMEWORK.codes[3], value=1)),
            ],
            marks=[mark],
        )
        with pytest.raises(InputError) as refused:
            seal(own)
        assert refused.value.details == (
            "C001, SYS-CALL: rated 2, needs a comment and a marked page as evidence",
            "C001, SYS-VULN: rated 4, needs a marked page as evidence",
            "C001, SYS-CUST: rated 3, needs a comment",
        )
        assert not own.about.sealed
        ready = readiness(own)
        assert ready.blank_ratings == 17 + 13
        with pytest.raises(StateError):
            write_return(own, tmp_path)


def test_a_sealed_round_stays_until_it_is_reopened_and_writes_the_same_bytes(chair, tmp_path):
    path = issue_to(chair, "Bo", tmp_path / "out")
    with open_it(path) as own:
        words = enrol(own)
        rate_something(own)
        own.reviews.set_state(own.about.member, own.cases.all()[1].id, 1, ReviewState.DEFERRED)
        sealed = seal(own)
        assert sealed.fingerprint == words == enrol(own)
        with pytest.raises(StateError):
            rate_something(own)
        with pytest.raises(StateError):
            seal(own)
        file = write_return(own, tmp_path)
        first = file.read_bytes()
        assert write_return(own, tmp_path) == file
        with pytest.raises(InputError, match="few words"):
            reopen(own, " ")
        reopen(own, "a page turned up")
        with pytest.raises(StateError):
            write_return(own, tmp_path)
        rate_something(own, 1)
        assert seal(own).seq == 2
        second = write_return(own, tmp_path)
    assert file.read_bytes() == first
    assert _standings(receive(chair, [second, file])) == [
        ReturnStatus.RECEIVED,
        ReturnStatus.SUPERSEDED,
    ]
    release(chair)
    with open_it(path) as own:
        assert everything(chair) == everything(own)


def test_a_gap_is_shown(chair, tmp_path):
    path = issue_to(chair, "Bo", tmp_path / "out")
    returned(path, tmp_path)
    with open_it(path) as own:
        reopen(own, "again")
        seal(own)
        second = write_return(own, tmp_path)
    verdict = receive(chair, [second])[0]
    assert verdict.standing is ReturnStatus.RECEIVED
    assert "Return 1 before it never arrived" in verdict.sentence


def test_two_copies_of_one_casebook_are_a_fork_until_the_chair_chooses(chair, tmp_path):
    path = issue_to(chair, "Bo", tmp_path / "out")
    copy = tmp_path / "copy.casebook"
    copy.write_bytes(path.read_bytes())
    one, two = returned(path, tmp_path, 1), returned(copy, tmp_path, 2)
    assert _standings(receive(chair, [one])) == [ReturnStatus.RECEIVED]
    assert chair.members.by_name("Bo").public_key
    assert _standings(receive(chair, [two])) == [ReturnStatus.FORK]
    assert chair.members.by_name("Bo").public_key == ""
    with pytest.raises(StateError, match=r"Bo \(returns contradict"):
        release(chair)
    wanted = chair.returns.received(1)[1]
    choose(chair, wanted.sha256)
    assert chair.members.by_name("Bo").public_key == wanted.public_key
    with pytest.raises(StateError, match="does not stand in a fork"):
        choose(chair, wanted.sha256)
    with pytest.raises(StateError, match="was not chosen"):
        withdraw_choice(chair, chair.returns.received(1)[0].sha256)
    withdraw_choice(chair, wanted.sha256)
    assert [one.standing for one in chair.returns.received(1)] == [ReturnStatus.FORK] * 2
    assert chair.members.by_name("Bo").public_key == ""
    assert all(check.passed for check in examine(chair))
    choose(chair, wanted.sha256)
    release(chair)
    with open_it(copy) as own:
        assert everything(chair) == everything(own)
    with pytest.raises(StateError, match="released"):
        choose(chair, chair.returns.received(1)[0].sha256)
    with pytest.raises(StateError, match="released"):
        withdraw_choice(chair, wanted.sha256)


def test_release_waits_for_everybody_or_says_without_whom(chair, tmp_path):
    bo, cy = (issue_to(chair, name, tmp_path / "out") for name in ("Bo", "Cy"))
    file, late = returned(bo, tmp_path), returned(cy, tmp_path)
    receive(chair, [file])
    with pytest.raises(StateError, match=r"Cy \(no return has arrived\)"):
        release(chair)
    for wrong in ({"Dee": "ill"}, {"Cy": "  "}):
        with pytest.raises(InputError):
            release(chair, without=wrong)
    released = release(chair, without={"cy": "fell ill"})
    assert released.without == {"Cy": "fell ill"}
    assert {key[0] for key in everything(chair)} == {chair.members.by_name("Bo").id}
    with pytest.raises(StateError, match="released already"):
        release(chair, without={"Cy": "fell ill"})
    verdicts = receive(chair, [late, file])
    assert _standings(verdicts) == [ReturnStatus.LATE, ReturnStatus.DUPLICATE]
    assert verdicts[0].member == "Cy"
    assert {key[0] for key in everything(chair)} == {chair.members.by_name("Bo").id}
    with pytest.raises(StateError, match="released"):
        issue_to(chair, "Ed", tmp_path / "out")
    assert sum(entry.action == "release" for entry in chair.journal.tail(100)) == 1


def test_the_chairs_own_round_must_be_sealed(tmp_path):
    with make_chair(tmp_path, rates=True) as chair:
        receive(chair, [returned(issue_to(chair, "Bo", tmp_path / "out"), tmp_path)])
        with pytest.raises(StateError, match="own round is not sealed"):
            release(chair)
        with pytest.raises(StateError, match="Seal it"):
            release(chair, without={"Ada": "would rather read first"})
        rate_something(chair, 2)
        first = seal(chair)
        receive_own(chair)
        reopen(chair, "second thoughts")
        with pytest.raises(StateError, match="own round is not sealed"):
            release(chair)
        with pytest.raises(StateError, match="Seal it"):
            release(chair, without={"Ada": "would rather read first"})
        rate_something(chair, 3)
        assert seal(chair).seq == first.seq + 1
        assert release(chair).returns == 2


def test_nothing_is_released_where_nobody_returned(chair):
    with pytest.raises(StateError, match="no return to open"):
        release(chair)


def test_only_the_right_casebook_takes_part(chair, tmp_path):
    path = issue_to(chair, "Bo", tmp_path / "out")
    with open_it(path) as own:
        with pytest.raises(StateError, match="chair's casebook"):
            release(own)
        with pytest.raises(StateError, match="chair's casebook"):
            receive(own, [])
        with pytest.raises(StateError):
            issue(own, "Cy", tmp_path / "out", passphrase=PASSPHRASE, profile=CHEAP)
    for step in (lambda: seal(chair), lambda: enrol(chair), lambda: reopen(chair, "why")):
        with pytest.raises(StateError, match="Nobody rates"):
            step()
    with pytest.raises(UnlockError):
        Casebook.open(path, "not the passphrase")


def test_a_return_that_cannot_be_opened_is_set_aside_whole_and_named(chair, tmp_path):
    """The inner layer is only opened at release: what is wrong there holds up nobody else."""
    bo, cy = (issue_to(chair, name, tmp_path / "out") for name in ("Bo", "Cy"))
    files = [returned(bo, tmp_path), returned(cy, tmp_path)]
    receive(chair, files)
    first = chair.cases.all()[0].id
    member = chair.members.by_name("Cy").id
    chair.members.set_issued(member, pack=chair.members.pack(member), cases=[first])
    released = release(chair)
    why = "in a document that this casebook does not have"
    assert list(released.aside) == ["Cy"]
    assert why in released.aside["Cy"]
    assert chair.rounds.absent(1) == {member: released.aside["Cy"]}
    bo_id = chair.members.by_name("Bo").id
    assert {who for who, _, _ in everything(chair)} == {bo_id}
    assert {line.member for line in released.ledger} == {bo_id} == returned_in(chair, 1)
    assert chair.marks.of_member(member) == []
    assert all(check.passed for check in examine(chair))


def test_what_is_stored_is_counted_against_what_was_opened(chair, tmp_path, monkeypatch):
    """A store that loses a row releases nothing: the ledger is over what is in the tables."""
    receive(chair, [returned(issue_to(chair, "Bo", tmp_path / "out"), tmp_path)])
    counted = type(chair.rounds).stored_counts

    def one_less(rounds, number):
        found = counted(rounds, number)
        return {member: replace(one, marks=one.marks - 1) for member, one in found.items()}

    monkeypatch.setattr(type(chair.rounds), "stored_counts", one_less)
    with pytest.raises(DamagedError, match="what was stored differ"):
        release(chair)
    assert not chair.about.released


def test_where_not_one_return_can_be_opened_nothing_is_released(chair, tmp_path):
    path = issue_to(chair, "Bo", tmp_path / "out")
    receive(chair, [returned(path, tmp_path)])
    member = chair.members.by_name("Bo").id
    first = chair.cases.all()[0].id
    chair.members.set_issued(member, pack=chair.members.pack(member), cases=[first])
    entries = chair.journal.tail(1)
    with pytest.raises(ReturnError, match="no return can be opened") as refused:
        release(chair)
    assert refused.value.details[0].startswith("Bo: ")
    assert (everything(chair), chair.about.released) == ({}, "")
    assert chair.journal.tail(1) == entries


def test_a_case_that_was_never_sent_is_not_spoken_of(chair, tmp_path):
    """Everything is allocated to Bo, but what came after the issue no update has brought."""
    path = issue_to(chair, "Bo", tmp_path / "out")
    late = Case(id=CaseId(new_id()), reference="C900", title="Late")
    chair.cases.add([late])
    with open_it(path) as own:
        with own._writer.change("by a changed program") as tx:
            add_cases(tx, [late])
        own.reviews.set_text(own.about.member, late.id, 1, narrative="Of a case I was not given")
        seal(own)
        receive(chair, [write_return(own, tmp_path)])
    with pytest.raises(ReturnError, match="case that was not given to this member"):
        release(chair)


def test_who_is_left_out_is_not_summarised_even_where_the_work_is_here(tmp_path):
    """A chair who is left out has ratings in this very file; a return may be here too."""
    with make_chair(tmp_path, rates=True) as chair:
        files = [
            returned(issue_to(chair, name, tmp_path / "out"), tmp_path, at)
            for at, name in enumerate(("Bo", "Cy"))
        ]
        receive(chair, files)
        rate_something(chair, 5)
        seal(chair)
        release(chair, without={"Ada": "conflict of interest", "Cy": "conflict of interest"})
        panel = gather(chair)
    assert [member.returned for member in panel.members] == [False, True, False]
    assert {place for place, _, _ in panel.details} == {1}
    assert {line.member for line in panel.ledger} == {panel.members[1].id}
    assert all(line.declared == line.stored for line in panel.ledger)
    assert (panel.votes[0] == panel.votes[2]).all()
