"""An update is offered only to whom it brings something, and brings what was said."""

import hashlib
import random
from dataclasses import replace

import pytest

from reviewer.casebook.book import Casebook
from reviewer.crypto.profiles import CHEAP
from reviewer.documents import limits
from reviewer.exchange.membership import rename
from reviewer.exchange.pack import issue
from reviewer.exchange.updates.apply import apply, preview
from reviewer.exchange.updates.outcome import sentences
from reviewer.exchange.updates.outline import outlines
from reviewer.exchange.updates.write import write_update
from reviewer.intake import correct_case
from tests import books
from tests.books import PASSPHRASE, case, chair_book


@pytest.fixture
def chair(tmp_path):
    with chair_book(tmp_path / "inquiry.casebook", rates=False, cases=4) as book:
        yield book


def document(of_case):
    """A document whose file is as its facts say: it can travel."""
    made, _, reading = books.document(of_case)
    original = f"%PDF {made.id}".encode()
    sha256 = hashlib.sha256(original).hexdigest()
    return replace(made, sha256=sha256, size=len(original)), original, reading


def issued(chair, tmp_path, name="B. One", **more):
    return issue(
        chair, name, tmp_path, passphrase=PASSPHRASE, profile=CHEAP,
        must_change_passphrase=False, **more,
    ).path  # fmt: skip


def standing(chair):
    return [one for one in chair.documents.all() if one.current]


def correct(chair, old):
    made, original, reading = document(chair.cases.get(old.case))
    chair.documents.replace(old.id, made, original, reading, "a page was missing")
    return made


def of(chair, name):
    return next(one for one in outlines(chair) if one.member.name == name)


def as_applied(told):
    return (
        told.new_cases, told.new_documents - told.corrected, told.corrected, told.withdrawn,
        told.reinstated, told.worded, told.round, told.cells, bool(told.named),
    )  # fmt: skip


def as_said(outline):
    return (
        outline.cases, outline.documents, outline.replaced, outline.withdrawn,
        outline.reinstated, outline.worded, outline.round, outline.cells, outline.named,
    )  # fmt: skip


def test_what_was_corrected_or_withdrawn_before_the_issue_is_not_offered(chair, tmp_path):
    correct(chair, standing(chair)[0])
    chair.documents.withdraw(standing(chair)[1].id, "it shows a child")
    path = issued(chair, tmp_path)
    assert not of(chair, "B. One").anything
    written = write_update(chair, "B. One", tmp_path)
    assert not written.outline.anything
    with Casebook.open(path, PASSPHRASE) as own:
        assert "nothing that is new here" in sentences(apply(own, written.path))[0]


def test_what_was_written_is_not_offered_again_until_something_changes(chair, tmp_path):
    issued(chair, tmp_path)
    correct_case(chair, chair.cases.all()[0], title="Another title")
    assert of(chair, "B. One").worded == 1
    write_update(chair, "B. One", tmp_path)
    assert not of(chair, "B. One").anything
    assert of(chair, "B. One").sent == 1
    chair.documents.withdraw(standing(chair)[0].id, "it shows a child")
    assert as_said(of(chair, "B. One")) == (0, 0, 0, 1, 0, 0, 0, 0, False)


def test_a_document_that_an_older_reviewer_refuses_is_said_before_it_is_sent(
    chair, tmp_path, monkeypatch
):
    issued(chair, tmp_path)
    correct(chair, standing(chair)[0])
    assert (of(chair, "B. One").large, of(chair, "B. One").told) == (0, "1 corrected")
    monkeypatch.setattr(limits, "MAX_BYTES", 1)
    assert of(chair, "B. One").large == 1
    assert of(chair, "B. One").told.startswith("1 corrected (with 1 document of more than ")
    assert (
        "needs this Reviewer or a newer one"
        in write_update(chair, "B. One", tmp_path).outline.told
    )


def test_what_concerns_others_cases_is_offered_to_them_alone(chair, tmp_path):
    issued(chair, tmp_path / "one", case_refs=["2010-01"])
    issued(chair, tmp_path / "two", name="C. Two", case_refs=["2010-02"])
    second = chair.cases.by_reference("2010-02")
    correct(chair, chair.documents.of(second.id)[0])
    assert not of(chair, "B. One").anything
    assert of(chair, "C. Two").replaced == 1


def test_a_casebook_of_before_this_was_kept_is_offered_what_it_lacks(chair, tmp_path):
    path = issued(chair, tmp_path)
    with chair._writer.change("forget what is held") as tx:
        tx.remove("held", {"pack": chair.members.pack(of(chair, "B. One").member.id)})
    assert not of(chair, "B. One").anything
    correct(chair, standing(chair)[0])
    chair.documents.add_many([document(chair.cases.all()[1])])
    said = of(chair, "B. One")
    assert as_said(said) == (0, 1, 1, 0, 0, 0, 0, 0, False)
    with Casebook.open(path, PASSPHRASE) as own:
        done = apply(own, write_update(chair, "B. One", tmp_path).path)
        assert as_applied(done.told) == as_said(said)


def test_names_that_were_corrected_reach_the_panellist(chair, tmp_path):
    path = issued(chair, tmp_path)
    rename(chair, "B. One", "Bea One")
    rename(chair, "Chair", "Dr A. Chair")
    assert of(chair, "Bea One").named
    update = write_update(chair, "Bea One", tmp_path).path
    with Casebook.open(path, PASSPHRASE) as own:
        told = sentences(apply(own, update))
        assert told[:3] == [
            "Update 1: 2 names.",
            "You are called Bea One now.",
            "The chair is called Dr A. Chair now.",
        ]
        assert own.members.get(own.about.member).name == "Bea One"
        assert own.about.chair == "Dr A. Chair"
        assert all(check.passed for check in own.verdicts())
    assert not of(chair, "Bea One").anything


@pytest.mark.parametrize("seed", range(6))
def test_what_is_said_is_what_applying_brings(chair, tmp_path, seed):
    dice = random.Random(seed)  # noqa: S311 - a test's own dice
    path = issued(chair, tmp_path)
    name = "B. One"
    with Casebook.open(path, PASSPHRASE) as own:
        for step in range(12):
            for _ in range(dice.randint(0, 4)):
                _act(chair, dice)
            if dice.random() < 0.3:
                rename(chair, name, f"B. One {step}")
                name = f"B. One {step}"
            said = of(chair, name)
            written = write_update(chair, name, tmp_path)
            assert written.outline == said
            if preview(own, written.path).already:
                assert not said.anything
            else:
                assert as_applied(apply(own, written.path).told) == as_said(said), step
            assert not of(chair, name).anything


def _act(chair, dice):
    """One thing that a chair does after the issue."""
    there, cases = standing(chair), chair.cases.all()
    gone = [one for one in chair.documents.all() if one.state.value == "withdrawn"]
    acts = [_add, _word_case, _add_case, _swap]
    acts += [_correct, _withdraw, _word_document] if there else []
    acts += [_reinstate] if gone else []
    dice.choice(acts)(chair, dice, cases, there, gone)


def _add(chair, dice, cases, *_rest):
    chair.documents.add_many([document(dice.choice(cases))])


def _correct(chair, dice, _cases, there, _gone):
    correct(chair, dice.choice(there))


def _withdraw(chair, dice, _cases, there, _gone):
    chair.documents.withdraw(dice.choice(there).id, "not ours")


def _reinstate(chair, dice, _cases, _there, gone):
    chair.documents.reinstate(dice.choice(gone).id)


def _word_case(chair, dice, cases, *_rest):
    correct_case(chair, dice.choice(cases), title=f"Title {dice.random()}")


def _word_document(chair, dice, _cases, there, _gone):
    chair.documents.describe(replace(dice.choice(there), title=f"Called {dice.random()}"))


def _add_case(chair, dice, *_rest):
    made = case(f"new {dice.random()}")
    chair.cases.add([made])
    if dice.random() < 0.5:
        chair.documents.add_many([document(made)])


def _swap(chair, dice, cases, *_rest):
    one, other = dice.sample(cases, 2)
    chair.cases.describe_all(
        [replace(one, reference=other.reference), replace(other, reference=one.reference)]
    )
