"""One custodian's sheet a round: what opened one round opens nothing of another."""

import pytest

from reviewer.casebook.book import Casebook, NewCasebook
from reviewer.crypto import envelope
from reviewer.crypto.custody import key_of_halves
from reviewer.crypto.groups import Sheet, from_text
from reviewer.crypto.profiles import CHEAP
from reviewer.errors import InputError, ReturnError, StateError, StorageError
from reviewer.exchange import custody, keyring
from reviewer.exchange.custody import CustodianWish, open_round_with_sheet, replace_sheet
from reviewer.exchange.examine import examine
from reviewer.exchange.late import open_late
from reviewer.exchange.layers import open_outer
from reviewer.exchange.merge import receive
from reviewer.exchange.opens_with import whose_sheet
from reviewer.exchange.release import outstanding, release
from reviewer.exchange.returns import write_return
from reviewer.exchange.seal import reopen, seal
from reviewer.exchange.updates.apply import apply
from reviewer.exchange.updates.outcome import sentences
from reviewer.exchange.updates.outline import outlines
from reviewer.exchange.updates.write import write_update
from reviewer.records.cases import Case
from reviewer.records.ids import CaseId, new_id
from reviewer.records.judgement import Rating, Reason
from reviewer.records.panel import ReturnStatus
from reviewer.rounds.agenda import open_round
from tests.books import sql_of
from tests.reviewer.exchange.panel import (
    FRAMEWORK,
    PASSPHRASE,
    add_document,
    issue_to,
    open_it,
)

CODE = FRAMEWORK.codes[0]


class Stick:
    """Where sheets are written: each as what its lines say, and never anything else."""

    def __init__(self, folder):
        self.folder = folder / "stick"
        self.halves = []

    def draw(self, sheet):
        self.halves.append(from_text("\n".join(sheet.lines), Sheet.CUSTODIAN))
        return b"%PDF"


def make(folder, stick) -> Casebook:
    book = custody.create(
        folder / "chair.casebook",
        PASSPHRASE,
        NewCasebook(title="Test inquiry", framework=FRAMEWORK, chair="Ada"),
        wish=CustodianWish(name="Cass", folder=stick.folder),
        draw=stick.draw,
        profile=CHEAP,
    )
    case = Case(id=CaseId(new_id()), reference="C001", title="Case")
    book.cases.add([case])
    add_document(book, case, 1)
    return book


def rate(own, rating):
    about, case = own.about, own.cases.all()[0]
    own.ratings.put(about.member, case.id, about.round, rating)


def one_return(path, folder, rating):
    with open_it(path) as own:
        rate(own, rating)
        seal(own)
        return write_return(own, folder)


def after_round_1(folder):
    """Return a panel of Bo and Cy who disagree, round 1 released with its sheet."""
    stick = Stick(folder)
    book = make(folder, stick)
    packs = [issue_to(book, name, folder / "out") for name in ("Bo", "Cy")]
    ratings = [Rating(factor=CODE, value=1), Rating(factor=CODE, reason=Reason.MISSING)]
    for path, rating in zip(packs, ratings, strict=True):
        assert not receive(book, [one_return(path, folder, rating)])[0].refused
    release(book, paper=stick.halves[0])
    return book, stick, packs


def next_round(book, stick, packs, folder, **how):
    opened, sheet = open_round_with_sheet(book, stick.draw, stick.folder, **how)
    for name, path in zip(("Bo", "Cy"), packs, strict=True):
        update = write_update(book, name, folder).path
        with open_it(path) as own:
            apply(own, update)
    return opened, sheet


def test_what_was_typed_for_round_1_opens_nothing_of_round_2(tmp_path):
    book, stick, packs = after_round_1(tmp_path)
    with book:
        opened, sheet = next_round(book, stick, packs, tmp_path)
        assert (opened.number, sheet.is_file()) == (2, True)
        first, second = (book.custody.of_round(n).custodian for n in (1, 2))
        assert first.mark != second.mark
        assert book.about.custodian == second
        with open_it(packs[0]) as own:
            assert second.mark in whose_sheet(own)
            assert "Cass" in whose_sheet(own)
            assert own.about.custodian == second
            assert keyring.round_key(own, 1).recipient == first.recipient
        for path, reason in zip(packs, (Reason.UNCLEAR, Reason.MISSING), strict=True):
            rating = Rating(factor=CODE, reason=reason, comment="I looked again")
            verdict = receive(book, [one_return(path, tmp_path, rating)])[0]
            assert verdict.standing is ReturnStatus.RECEIVED, verdict
        one = book.returns.received(2)[0]
        inner = open_outer(book.returns.sealed(one.id), keyring.receiving_key(book).secret).inner
        held = [bytes(v) for (v,) in sql_of(book).execute("SELECT value FROM secret")]
        kept = [value for value in held if len(value) == 32]
        assert len(kept) >= 2
        for half in kept:
            with pytest.raises(ReturnError):
                envelope.unlock(inner, key_of_halves(half, stick.halves[0]).secret)
        with pytest.raises(InputError, match=f"round 2 opens with the sheet {second.mark}"):
            release(book, paper=stick.halves[0])
        assert custody.release_key(book, stick.halves[0], 1).public == first.recipient
        with pytest.raises(InputError, match="round 1 opens with"):
            custody.release_key(book, stick.halves[1], 1)
        assert release(book, paper=stick.halves[1]).custodian == "Cass"
        assert all(check.passed for check in examine(book))


def test_a_round_is_not_opened_without_a_sheet_of_its_own(tmp_path):
    book, stick, _ = after_round_1(tmp_path)
    with book:
        with pytest.raises(StateError, match="Round 2 needs a custodian's sheet of its own"):
            open_round(book)
        assert book.about.round == 1
        with pytest.raises(InputError, match="must not lie beside"):
            open_round_with_sheet(book, stick.draw, tmp_path)
        with pytest.raises(InputError, match="somebody else than the chair"):
            open_round_with_sheet(book, stick.draw, stick.folder, name="ADA")
        assert book.about.round == 1
        assert len(list(stick.folder.iterdir())) == 1


def test_a_sheet_without_its_round_is_taken_away(tmp_path, monkeypatch):
    book, stick, _ = after_round_1(tmp_path)
    with book:
        monkeypatch.setattr(
            type(book.agenda), "begin", lambda *_a, **_k: (_ for _ in ()).throw(StorageError("x"))
        )
        with pytest.raises(StorageError):
            open_round_with_sheet(book, stick.draw, stick.folder)
        assert len(list(stick.folder.iterdir())) == 1


def test_another_person_may_keep_the_sheet_of_a_later_round(tmp_path):
    book, stick, packs = after_round_1(tmp_path)
    with book:
        next_round(book, stick, packs, tmp_path, name="Dee")
        assert book.about.custodian.name == "Dee"
        with open_it(packs[1]) as own:
            assert "that Dee keeps" in whose_sheet(own)


def test_a_casebook_issued_in_round_2_seals_to_its_key(tmp_path):
    book, stick, packs = after_round_1(tmp_path)
    with book:
        next_round(book, stick, packs, tmp_path)
        path = issue_to(book, "Cy", tmp_path / "again", again=True)
        rating = Rating(factor=CODE, reason=Reason.MISSING, comment="again")
        assert not receive(book, [one_return(path, tmp_path, rating)])[0].refused
        with open_it(path) as own:
            assert own.about.custodian == book.about.custodian


def test_a_lost_sheet_is_replaced_and_who_has_sealed_seals_again(tmp_path):
    stick = Stick(tmp_path)
    with make(tmp_path, stick) as book:
        packs = [issue_to(book, name, tmp_path / "out") for name in ("Bo", "Cy")]
        first = one_return(packs[0], tmp_path, Rating(factor=CODE, value=0))
        receive(book, [first])
        old = book.about.custodian
        sheet, asked = replace_sheet(book, stick.draw, stick.folder)
        assert sheet.is_file()
        assert asked == ("Bo",)
        assert book.secrets.get(f"{keyring.RELEASE_HALF} {old.mark}") is None
        assert [r.standing for r in book.returns.received(1)] == [ReturnStatus.SUPERSEDED]
        assert {one.member.name for one in outstanding(book)} == {"Bo", "Cy"}
        refused = receive(book, [one_return(packs[1], tmp_path, Rating(factor=CODE, value=1))])[0]
        assert (refused.standing, refused.layer) == (ReturnStatus.REFUSED, "recipient")
        assert old.mark in refused.sentence
        assert "seal again" in refused.sentence
        seal_again(book, packs, tmp_path)
        with pytest.raises(InputError, match="opens with the sheet"):
            release(book, paper=stick.halves[0])
        assert release(book, paper=stick.halves[1]).returns == 2
        assert all(check.passed for check in examine(book))


def seal_again(book, packs, folder):
    for name, path in zip(("Bo", "Cy"), packs, strict=True):
        assert next(one for one in outlines(book) if one.member.name == name).anything
        update = write_update(book, name, folder).path
        with open_it(path) as own:
            told = " ".join(sentences(apply(own, update)))
            assert "seal it again" in told
            assert book.about.custodian.mark in told
            with pytest.raises(StateError, match="seal it again"):
                write_return(own, folder)
            reopen(own, "the sheet is lost")
            seal(own)
            file = write_return(own, folder)
        assert receive(book, [file])[0].standing is ReturnStatus.RECEIVED


def test_a_sheet_is_replaced_only_before_the_release_and_where_there_is_one(tmp_path):
    book, stick, _ = after_round_1(tmp_path)
    with book, pytest.raises(StateError, match="not needed any more"):
        replace_sheet(book, stick.draw, stick.folder)


AGAIN = {"Bo": Reason.UNCLEAR, "Cy": Reason.MISSING, "Di": Reason.UNCLEAR}


def bring(book, packs, folder, **how):
    """Bring the newest update to everybody."""
    for name, path in packs.items():
        update = write_update(book, name, folder).path
        with open_it(path) as own:
            apply(own, update, **how)


def closed_by_round_3(folder, *, lost=False):
    """Return a panel in round 3, whose Bo rated round 2 and did not seal it.

    Where ``lost``, round 3's sheet was replaced too. The sheets lie in their order.
    """
    stick = Stick(folder)
    book = make(folder, stick)
    packs = {name: issue_to(book, name, folder / "out") for name in AGAIN}
    first = {"Bo": {"value": 1}, "Cy": {"reason": Reason.MISSING}, "Di": {"value": 0}}
    for name, path in packs.items():
        receive(book, [one_return(path, folder, Rating(factor=CODE, **first[name]))])
    release(book, paper=stick.halves[0])
    open_round_with_sheet(book, stick.draw, stick.folder)
    bring(book, packs, folder)
    again = {
        name: Rating(factor=CODE, reason=reason, comment="I looked again")
        for name, reason in AGAIN.items()
    }
    with open_it(packs["Bo"]) as own:
        rate(own, again["Bo"])
    files = [one_return(packs[name], folder, again[name]) for name in ("Cy", "Di")]
    receive(book, files)
    release(book, paper=stick.halves[1], without={"Bo": "no return"})
    open_round_with_sheet(book, stick.draw, stick.folder)
    bring(book, packs, folder, close_unsealed=True)
    if lost:
        replace_sheet(book, stick.draw, stick.folder)
        bring(book, packs, folder)
    return book, stick, packs["Bo"]


@pytest.mark.parametrize("lost", [False, True])
def test_a_round_sealed_late_opens_with_the_sheet_of_that_round(tmp_path, lost):
    book, stick, path = closed_by_round_3(tmp_path, lost=lost)
    with book:
        key = book.custody.of_round(2)
        with open_it(path) as own:
            assert keyring.round_key(own, 2).recipient == key.recipient
            seal(own, late=2)
            file = write_return(own, tmp_path, round_number=2)
        verdict = receive(book, [file])[0]
        assert verdict.standing is ReturnStatus.LATE, verdict.sentence
        for half in (stick.halves[0], *stick.halves[2:]):
            with pytest.raises(InputError, match="round 2 opens with the sheet"):
                open_late(book, verdict.digest, "an update came first", paper=half)
        opened = open_late(book, verdict.digest, "an update came first", paper=stick.halves[1])
        assert (opened.member.name, opened.round) == ("Bo", 2)
        assert all(check.passed for check in examine(book))
