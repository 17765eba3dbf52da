"""One fault a file, frozen: each is refused by the layer that it names, and changes nothing."""

import contextlib
import json
import re
import shutil
import time
from dataclasses import replace

import pytest

from reviewer.casebook.book import Casebook
from reviewer.errors import ReturnError
from reviewer.exchange import keyring
from reviewer.exchange.merge import receive
from reviewer.exchange.release import SET_ASIDE, release
from reviewer.records.canonical import canonical
from reviewer.records.panel import ReturnStatus
from reviewer.summary.returned import returned_in
from tests.books import PASSPHRASE
from tests.memory import grown
from tests.vectors import faults, padded_faults
from tests.vectors.panel import RETURNS, load
from tests.vectors.vector import AT_RECEIPT, AT_RELEASE, TAKEN, read, walk

VECTORS = walk(RETURNS, "*.return", at_least=80)
MAX_SECONDS = 1
SENTENCE = r"[A-Za-z][^\n]+[.]"
MAX_BYTES = 200 << 20


# Version 2 is known now, so what calls itself version 2 and is not is wrong in its own layer; and
# what a return declares falsely makes its own work fail, not the ledger of all.
SINCE_PADDED = {"newer format": "header", "newer work": "work"}


def _layer(name):
    vector = VECTORS[name]
    return "work" if vector.layer == "ledger" else SINCE_PADDED.get(vector.fault, vector.layer)


def _of(expect):
    found = [name for name, vector in VECTORS.items() if vector.expect == expect]
    assert found
    return found


@pytest.fixture(scope="module")
def frozen(tmp_path_factory):
    """The frozen panel's casebook, made once from its facts; copied where a test changes it."""
    path = tmp_path_factory.mktemp("frozen") / "chair.casebook"
    load().build(path).close()
    return path


@pytest.fixture(scope="module")
def chair(frozen):
    with Casebook.open(frozen, PASSPHRASE) as book:
        yield book


def _copy(frozen, folder):
    return Casebook.open(shutil.copy(frozen, folder / "chair.casebook"), PASSPHRASE)


@contextlib.contextmanager
def within_limits():
    """What a block may take: a second, and 200 MiB above where it began."""
    start = time.process_time()
    with grown(at_most=MAX_BYTES):
        yield
    assert time.process_time() - start < MAX_SECONDS


def _receive(book, name, folder):
    file = folder / "some.return"
    file.write_bytes(VECTORS[name].body)
    with within_limits():
        return receive(book, [file])[0]


def test_every_fault_that_was_thought_of_is_frozen():
    """The list in ``faults.py`` and the files must not drift apart."""
    told = {(vector.expect, vector.layer, vector.fault) for vector in VECTORS.values()}
    thought = {(TAKEN, "", fault) for fault in faults.TAKEN}
    thought |= {(AT_RECEIPT, layer, fault) for fault, (layer, _) in faults.AT_RECEIPT.items()}
    for table in (faults.AT_RELEASE, faults.INNER_AT_RELEASE):
        thought |= {(AT_RELEASE, layer, fault) for fault, (layer, _) in table.items()}
    thought |= {(AT_RELEASE, "ledger", fault) for fault in faults.COUNTED_WRONG}
    thought |= {(TAKEN, "", fault) for fault in padded_faults.TAKEN}
    for expect, table in (
        (AT_RECEIPT, padded_faults.AT_RECEIPT),
        (AT_RELEASE, padded_faults.AT_RELEASE),
    ):
        thought |= {(expect, layer, fault) for fault, (layer, _) in table.items()}
    assert told == thought


def test_no_two_vectors_are_the_same_file():
    assert len({vector.body for vector in VECTORS.values()}) == len(VECTORS)


def test_a_walk_that_finds_too_few_fails(tmp_path):
    with pytest.raises(AssertionError, match="only 0 vectors"):
        walk(tmp_path, "*.return", at_least=1)


def test_a_vector_that_was_edited_is_noticed(tmp_path):
    text = (RETURNS / "taken-an-honest-return.return").read_text(encoding="ascii")
    head, body = text.split("\n\n")
    changed = tmp_path / "changed.return"
    changed.write_text(f"{head}\n\n{body[:40]}{'B' if body[40] == 'A' else 'A'}{body[41:]}")
    with pytest.raises(AssertionError, match=r"changed\.return"):
        read(changed)


@pytest.mark.parametrize("name", _of(AT_RECEIPT))
def test_receipt_refuses_each_fault_in_its_layer(chair, name, tmp_path):
    before = chair.path.read_bytes()
    verdict = _receive(chair, name, tmp_path)
    assert (verdict.standing, verdict.layer) == (ReturnStatus.REFUSED, _layer(name)), verdict
    assert re.fullmatch(SENTENCE, verdict.sentence)
    assert chair.returns.received(1) == []
    assert chair.path.read_bytes() == before


@pytest.mark.parametrize("name", _of(AT_RELEASE))
def test_release_refuses_each_fault_in_its_layer(frozen, name, tmp_path):
    with _copy(frozen, tmp_path) as chair:
        assert _receive(chair, name, tmp_path).standing is ReturnStatus.RECEIVED
        before = chair.path.read_bytes()
        with within_limits(), pytest.raises(ReturnError) as refused:
            release(chair, without={"Cy": "not part of this test"})
        assert refused.value.layer == _layer(name), refused.value
        assert re.fullmatch(SENTENCE, str(refused.value))
        assert not chair.about.released
        assert chair.path.read_bytes() == before


@pytest.fixture(scope="module")
def cy(chair):
    """An honest return of Cy, who has rated nothing: what a hostile one of Bo must not hold up."""
    honest = load().forger(chair, VECTORS["taken-an-honest-return.return"].body).padded()
    member = chair.members.by_name("Cy").id
    pack = chair.members.pack(member)
    data = json.loads(honest.work)
    nothing = {
        "member": member,
        "cases": [],
        "marks": [],
        "counts": dict.fromkeys(data["counts"], 0),
    }
    of_cy = replace(
        honest,
        key=faults.OTHER,
        token=keyring.token_of(chair, member, pack),
        header=replace(honest.header, member=member, pack=pack, public_key=faults.OTHER.public),
    )
    return of_cy.with_work(canonical(data | nothing))


@pytest.mark.parametrize("name", _of(AT_RELEASE))
def test_one_hostile_return_never_holds_up_the_others(frozen, cy, name, tmp_path):
    with _copy(frozen, tmp_path) as chair:
        assert _receive(chair, name, tmp_path).standing is ReturnStatus.RECEIVED
        file = tmp_path / "cy.return"
        file.write_bytes(cy)
        assert receive(chair, [file])[0].standing is ReturnStatus.RECEIVED
        released = release(chair)
        bo = chair.members.by_name("Bo").id
        assert (list(released.aside), released.returns) == (["Bo"], 1)
        assert released.aside["Bo"].startswith(SET_ASIDE)
        assert bo not in returned_in(chair, 1)
        assert not list(chair.ratings.everyone(1, member=bo))
        assert chair.marks.of_member(bo) == []


@pytest.mark.parametrize("name", _of(TAKEN))
def test_what_is_right_is_taken_and_released(frozen, name, tmp_path):
    """The other side of the coin: the panel and its keys are not what refuses all the others."""
    with _copy(frozen, tmp_path) as chair:
        assert _receive(chair, name, tmp_path).standing is ReturnStatus.RECEIVED
        released = release(chair, without={"Cy": "not part of this test"})
        assert released.returns == 1
        assert {line.stored for line in released.ledger} - {0}
