"""One attack a test: what the attacker holds, what is tried, what becomes of it."""

import json
import os
from dataclasses import replace

import pytest

from reviewer.crypto import envelope
from reviewer.errors import DamagedError, InputError, ReturnError, StateError
from reviewer.exchange import custody, keyring
from reviewer.exchange.merge import choose, receive
from reviewer.exchange.padding import pad, unpad
from reviewer.exchange.pinning import confirm
from reviewer.exchange.release import release
from reviewer.records.canonical import canonical
from reviewer.records.panel import ReturnStatus
from tests.books import sql_of
from tests.reviewer.exchange.panel import everything, issue_to
from tests.reviewer.exchange.simulator import (
    Attacker,
    PanelSimulator,
    chairs_powers,
    members_powers,
    relock,
    thief_of,
)


@pytest.fixture(scope="module")
def fresh(tmp_path_factory):
    """Two panels that nothing has happened in."""
    folder = tmp_path_factory.mktemp("fresh")
    return PanelSimulator(folder / "a"), PanelSimulator(folder / "b")


@pytest.fixture
def panel(fresh, tmp_path):
    return fresh[0].copy_to(tmp_path / "panel")


@pytest.fixture
def other(fresh, tmp_path):
    """Another inquiry."""
    return fresh[1].copy_to(tmp_path / "other")


def _counting(panel):
    """Every score that a release would bring out now, on a copy of the chair's casebook."""
    with panel.chair() as chair:
        out = {m.name: "left out" for m in chair.members.all() if m.rates}
        for one in chair.returns.received(1):
            if one.standing is ReturnStatus.RECEIVED:
                out.pop(chair.members.get(one.member).name, None)
        release(chair, without=out)
        return everything(chair)


# ---------------------------------------------------------------- rollback and replay


def test_an_older_return_put_back_on_the_stick_changes_nothing(panel):
    """The attacker has the stick and an earlier file: the higher number counts all the same."""
    bo = panel.laptops["Bo"]
    first, second = bo.seal(1), bo.seal(2)
    assert [v.standing for v in panel.merge(second)] == [ReturnStatus.RECEIVED]
    assert [v.standing for v in panel.merge(first)] == [ReturnStatus.SUPERSEDED]
    assert _counting(panel) == second.scores


def test_a_laptop_set_back_to_an_older_state_is_a_fork(panel):
    """The attacker (or a backup) set the laptop back, and the member sealed again."""
    bo = panel.laptops["Bo"]
    first = bo.seal(1)
    older = bo.copy("older")
    second = bo.seal(2)
    bo.restore(older)
    again = bo.seal(3)
    assert (second.seq, again.seq) == (2, 2)
    panel.merge(first, second)
    (verdict,) = panel.merge(again)
    assert verdict.standing is ReturnStatus.FORK
    assert set(panel.standings()) == {ReturnStatus.FORK}
    with panel.chair() as chair, pytest.raises(StateError, match="contradict"):
        release(chair)


def test_a_rolled_back_chairs_casebook_takes_the_same_returns_again(panel):
    """Merging the stick once more ends the same: nothing depends on what was forgotten."""
    sent = panel.laptops["Bo"].seal(1)
    before = panel.path.read_bytes()
    panel.merge(sent)
    after = panel.standings()
    panel.path.write_bytes(before)
    panel.merge(sent, sent)
    assert panel.standings() == after


def test_the_same_return_again_under_another_name_changes_nothing(panel):
    """The attacker has the stick: copies, renames, sends it five times."""
    sent = panel.laptops["Bo"].seal(1)
    panel.merge(sent)
    before = panel.state()
    copies = []
    for n in range(5):
        copies.append(panel.stick / f"{n}.return")
        copies[-1].write_bytes(sent.file.read_bytes())
    assert {v.standing for v in panel.merge(*copies)} == {ReturnStatus.DUPLICATE}
    assert panel.state() == before


def test_the_same_return_in_another_envelope_changes_nothing(panel):
    """The attacker has the receiving key too, and seals the same signed header anew."""
    sent = panel.laptops["Bo"].seal(1)
    panel.merge(sent)
    before = panel.state()
    with panel.chair() as chair:
        key = keyring.receiving_key(chair)
    other = panel.stick / "other.return"
    other.write_bytes(relock(envelope.unlock(sent.file.read_bytes(), key.secret), key.public))
    assert [v.standing for v in panel.merge(other)] == [ReturnStatus.DUPLICATE]
    assert panel.state() == before


# ---------------------------------------------------------------- forks


@pytest.mark.parametrize("turned", [False, True])
def test_two_laptops_with_one_pack_are_two_keys_and_a_fork(panel, turned):
    """The pack was copied before it was opened: each copy makes a key. Order plays no part."""
    bo = panel.laptops["Bo"]
    thief = bo.copy("thief")
    sent = [bo.seal(1), thief.seal(2)]
    verdicts = panel.merge(*(reversed(sent) if turned else sent))
    assert {v.standing for v in verdicts} == {ReturnStatus.FORK}
    assert verdicts[0].public_key != verdicts[1].public_key
    assert panel.words()["Bo"] == ""
    with panel.chair() as chair:
        mine = next(v for v in verdicts if v.file == sent[0].file.name)
        choose(chair, mine.digest)
    assert panel.words()["Bo"] == bo.words
    assert _counting(panel) == sent[0].scores


def test_a_laptop_copied_after_its_first_seal_forks_with_one_key(panel):
    bo = panel.laptops["Bo"]
    panel.merge(bo.seal(1))
    thief = bo.copy("thief")
    verdicts = panel.merge(bo.seal(2), thief.seal(3))
    assert {v.standing for v in verdicts} == {ReturnStatus.FORK}
    assert verdicts[0].public_key == verdicts[1].public_key


def test_a_fork_of_one_leaves_the_others_as_they_are(panel):
    bo, cy = panel.laptops["Bo"], panel.laptops["Cy"]
    thief = bo.copy("thief")
    panel.merge(cy.seal(4))
    panel.merge(bo.seal(1), thief.seal(2))
    assert panel.standings() == [ReturnStatus.RECEIVED, ReturnStatus.FORK, ReturnStatus.FORK]


# ---------------------------------------------------------------- mix and match, cut and paste


def test_the_outer_of_one_with_the_inner_of_another_is_refused(panel):
    """The attacker has the receiving key and both files, but nobody's signing key."""
    chair = chairs_powers(panel)
    bo, cy = panel.laptops["Bo"].seal(1), panel.laptops["Cy"].seal(2)
    with panel.chair() as book:
        to = keyring.receiving_key(book).public
    plain = envelope.unlock(bo.file.read_bytes(), chair.receiving)
    inners = [chair.opened(sent.file)[1] for sent in (bo, cy)]
    mixed = panel.stick / "mixed.return"
    mixed.write_bytes(relock(plain.removesuffix(inners[0]) + inners[1], to))
    before = panel.state()
    (verdict,) = panel.merge(mixed)
    assert (verdict.standing, verdict.layer) == (ReturnStatus.REFUSED, "inner")
    assert panel.state() == before


def test_the_header_of_one_return_with_the_signature_of_another_is_refused(panel):
    chair = chairs_powers(panel)
    bo = panel.laptops["Bo"]
    first, second = bo.seal(1), bo.seal(2)
    with panel.chair() as book:
        to = keyring.receiving_key(book).public
    one, two = (envelope.unlock(s.file.read_bytes(), chair.receiving) for s in (first, second))
    mixed = panel.stick / "mixed.return"
    mixed.write_bytes(relock(one[:48] + two[48:112] + one[112:], to))
    assert panel.merge(mixed)[0].layer == "signature"


def test_another_members_sealed_work_passed_on_as_ones_own_is_refused_at_release(panel):
    """Surreptitious forwarding inside a panel: Bo and a dishonest chair double Cy's vote unread.

    Bo signs it, so receipt has to take it. What is inside says that it is Cy's.
    """
    chair = chairs_powers(panel)
    own, cy = panel.laptops["Bo"].seal(1), panel.laptops["Cy"].seal(2)
    _, inner = chair.opened(cy.file)
    bo = members_powers(panel, "Bo", own)
    stolen = bo.signed(inner, panel.stick / "stolen.return")
    assert [v.standing for v in panel.merge(stolen)] == [ReturnStatus.RECEIVED]
    with panel.chair() as book:
        with pytest.raises(ReturnError, match="sealed as somebody else's") as refused:
            release(book, without={"Cy": "suppressed by the attacker"})
        assert refused.value.layer == "work"
        assert refused.value.details[0].startswith("Bo: ")
        assert not book.about.released


def test_a_return_for_one_inquiry_is_refused_by_another(panel, other):
    """The attacker carries Bo's file to another chair, as it is."""
    (verdict,) = other.merge(panel.laptops["Bo"].seal(1))
    assert (verdict.standing, verdict.layer) == (ReturnStatus.REFUSED, "recipient")


def test_a_return_forwarded_by_one_chair_to_another_is_refused(panel, other):
    """Chair A opens the outer layer and seals the same signed bytes to chair B."""
    sent = panel.laptops["Bo"].seal(1)
    with other.chair() as book:
        to = keyring.receiving_key(book).public
    plain = envelope.unlock(sent.file.read_bytes(), chairs_powers(panel).receiving)
    forwarded = other.stick / "forwarded.return"
    forwarded.write_bytes(relock(plain, to))
    before = other.state()
    (verdict,) = other.merge(forwarded)
    assert (verdict.standing, verdict.layer) == (ReturnStatus.REFUSED, "casebook")
    assert other.state() == before


@pytest.mark.parametrize(
    ("changes", "layer"),
    [
        ({"round": 2}, "round"),
        ({"pack": "ab" * 32}, "pack"),
        ({"casebook": "another"}, "casebook"),
        ({"recipient": "age1other"}, "recipient"),
        ({"release": "age1other"}, "recipient"),
    ],
)
def test_a_member_cannot_move_a_return_to_another_place(panel, changes, layer):
    """The attacker is Bo, with the own key and token, and signs whatever he likes."""
    sent = panel.laptops["Bo"].seal(1)
    bo = members_powers(panel, "Bo", sent)
    _, inner = chairs_powers(panel).opened(sent.file)
    header = replace(bo.header, **changes)
    made = panel.stick / "moved.return"
    moved = Attacker(key=bo.key, token=bo.token, header=header)
    with panel.chair() as book:
        to = keyring.receiving_key(book).public
    moved.signed(inner, made, recipient=to)
    if changes.get("recipient"):
        plain_header = replace(header, recipient="age1other")
        _sealed_elsewhere(moved, plain_header, inner, made, to)
    before = panel.state()
    (verdict,) = panel.merge(made)
    assert (verdict.standing, verdict.layer) == (ReturnStatus.REFUSED, layer), verdict
    assert panel.state() == before


def _sealed_elsewhere(attacker, header, inner, made, to):
    """Write a return whose signed recipient is not the one it is sealed to."""
    signed = header.encode()
    front = bytes.fromhex(attacker.key.public)
    front += envelope.sign("reviewer return 1", signed, attacker.key.secret)
    plain = b"reviewer-return\n" + front + len(signed).to_bytes(4) + signed + inner
    made.write_bytes(envelope.lock(plain, to))


def test_a_member_cannot_return_as_another(panel):
    """The attacker is Bo; without Cy's token there is no proof, whatever the header names."""
    sent = panel.laptops["Bo"].seal(1)
    bo = members_powers(panel, "Bo", sent)
    _, inner = chairs_powers(panel).opened(sent.file)
    with panel.chair() as chair:
        cy = chair.members.by_name("Cy").id
        pack = chair.members.pack(cy)
    made = bo.signed(inner, panel.stick / "as-cy.return", member=cy, pack=pack)
    assert panel.merge(made)[0].layer == "enrolment"


def test_a_return_of_a_casebook_that_was_replaced_is_refused(panel):
    """The old laptop was stolen; the chair issued again; the thief still seals."""
    thief = panel.laptops["Bo"].copy("thief")
    with panel.chair() as chair:
        issue_to(chair, "Bo", panel.folder / "again", again=True)
    assert panel.merge(thief.seal(1))[0].layer == "pack"


# ---------------------------------------------------------------- who


def test_a_stranger_without_a_token_cannot_return(panel):
    """The attacker knows the public age keys and every id, and has a key of their own."""
    sent = panel.laptops["Bo"].seal(1)
    thief = thief_of(panel, "Bo", sent)
    _, inner = chairs_powers(panel).opened(sent.file)
    stranger = Attacker(key=thief.key, header=thief.header)
    made = stranger.signed(inner, panel.stick / "forged.return")
    assert panel.merge(made)[0].layer == "enrolment"


def _forged(panel, name):
    """Write a whole return in the name of ``name``, by somebody who holds that member's token."""
    shape = panel.laptops["Bo"].seal(1)
    thief = thief_of(panel, name, shape)
    chair = chairs_powers(panel)
    _, inner = chair.opened(shape.file)
    work = json.loads(unpad(envelope.unlock(inner, chair.release)))
    none = dict.fromkeys(work["counts"], 0)
    body = canonical(
        work | {"member": thief.header.member, "marks": [], "cases": [], "counts": none}
    )
    with panel.chair() as book:
        to = custody.release_key(book).public
    return thief.signed(relock(pad(body, 0), to), panel.stick / "forged.return", seq=1)


def test_a_stolen_token_is_taken_first_and_told_by_the_words(panel):
    """Not detected: the forgery, as long as the true member has returned nothing.

    Detected: the six words differ, and the true return makes a fork, in whatever order.
    """
    forged = _forged(panel, "Cy")
    assert [v.standing for v in panel.merge(forged)] == [ReturnStatus.RECEIVED]  # honestly: it is
    true = panel.laptops["Cy"].seal(2)
    assert panel.words()["Cy"] != panel.laptops["Cy"].words
    with panel.chair() as chair, pytest.raises(InputError, match="not the words"):
        confirm(chair, "Cy", heard=panel.laptops["Cy"].words)
    (verdict,) = panel.merge(true)
    assert verdict.standing is ReturnStatus.FORK
    assert panel.words()["Cy"] == ""


def test_a_forgery_by_the_chair_is_told_by_the_words_alone(panel):
    """The chair knows every token, forges for Cy, and keeps the true return out.

    Nothing in the chair's casebook tells: it goes through to release. What remains is Cy, whose
    own words are not those that the chair's casebook and the report's reader were given.
    """
    forged = _forged(panel, "Cy")
    true = panel.laptops["Cy"].seal(2)
    panel.merge(forged)
    told = panel.words()["Cy"]
    assert told
    assert told != panel.laptops["Cy"].words
    with panel.chair() as chair:
        release(chair, without={"Bo": "not part of this test"})
        assert not set(everything(chair)) & set(true.scores)


def test_a_key_cannot_be_changed_quietly(panel):
    """Once a key is pinned, a thief with the token makes a fork, never a replacement."""
    cy = panel.laptops["Cy"]
    panel.merge(cy.seal(1))
    with panel.chair() as chair:
        confirm(chair, "Cy", heard=cy.words)
    (verdict,) = panel.merge(_forged(panel, "Cy"))
    assert verdict.standing is ReturnStatus.FORK
    assert panel.words()["Cy"] == ""


def test_a_lost_stick_opens_for_nobody(panel):
    """The attacker has every file on the stick and the whole of another panellist's casebook."""
    sent = panel.laptops["Bo"].seal(1)
    own = panel.laptops["Cy"].seal(2)
    raw = sent.file.read_bytes()
    cy = members_powers(panel, "Cy", own)
    assert b"Test inquiry" not in raw
    assert cy.header.member.encode() not in raw
    with panel.chair() as chair:
        known = custody.release_key(chair).secret
    with pytest.raises(ReturnError, match="not sealed for this casebook"):
        envelope.unlock(raw, known)  # the release key opens no outer layer either


# ---------------------------------------------------------------- endless data


def test_endless_data_on_the_stick_is_not_read(panel):
    """The attacker gives a pipe that never ends, a device, a folder, a file of 1 GiB."""
    os.mkfifo(panel.stick / "pipe.return")
    (panel.stick / "zero.return").symlink_to("/dev/zero")
    (panel.stick / "folder.return").mkdir()
    with (panel.stick / "long.return").open("wb") as stream:
        stream.truncate(1 << 30)
    names = ("pipe", "zero", "folder", "long")
    good = panel.laptops["Bo"].seal(1)
    before = panel.state()
    verdicts = panel.merge(*(panel.stick / f"{name}.return" for name in names))
    assert [v.layer for v in verdicts] == ["file", "file", "file", "size"]
    assert panel.state() == before
    with panel.chair() as chair:
        (verdict,) = receive(chair, [good.file])
    assert verdict.standing is ReturnStatus.RECEIVED


def test_a_return_swapped_inside_the_chairs_casebook_is_not_released(panel):
    """The attacker has the chair's raw key, takes the triggers off, and puts an older file in."""
    bo = panel.laptops["Bo"]
    first, second = bo.seal(1), bo.seal(2)
    panel.merge(first, second)
    swap = "UPDATE received SET sealed = ? WHERE seq = 2"
    triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'received'"
    with panel.chair() as chair:
        for (name,) in sql_of(chair).execute(triggers).fetchall():
            sql_of(chair).execute(f"DROP TRIGGER {name}")
        sql_of(chair).execute(swap, (first.file.read_bytes(),))
        with pytest.raises(DamagedError, match="not the one that arrived"):
            release(chair, without={"Cy": "not part of this test"})
        assert not chair.about.released
