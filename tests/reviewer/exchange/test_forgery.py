"""What one who knows a member's keys can and cannot do to the others."""

import json
from dataclasses import replace

import pytest

from reviewer.errors import ReturnError
from reviewer.exchange import keyring
from reviewer.exchange.merge import receive
from reviewer.exchange.release import release
from reviewer.exchange.seal import scope_of
from reviewer.exchange.sealed_work import Whose, decode
from reviewer.records.canonical import canonical
from reviewer.records.panel import ReturnStatus
from reviewer.summary.returned import returned_in
from tests.reviewer.exchange.forger import make_forger
from tests.vectors.faults import OTHER, with_row

OTHER_CASE = "00000000-0000-4000-8000-000000000000"


def _receive(chair, untrusted, folder):
    file = folder / "some.return"
    file.write_bytes(untrusted)
    return receive(chair, [file])[0]


def test_a_mark_of_somebody_elses_identity_releases_nothing(tmp_path):
    """Whoever learns the id of another's mark is set aside, and holds up nobody else."""
    forger = make_forger(tmp_path)
    with forger.chair as chair:
        cy = chair.members.by_name("Cy").id
        pack = chair.members.pack(cy)
        cheat = replace(
            forger,
            key=OTHER,
            token=keyring.token_of(chair, cy, pack),
            header=replace(forger.header, member=cy, pack=pack, public_key=OTHER.public),
        )
        work = canonical(json.loads(forger.work) | {"member": cy})
        for untrusted in (forger.honest, cheat.with_work(work)):
            assert _receive(chair, untrusted, tmp_path).standing is ReturnStatus.RECEIVED
        released = release(chair)
        assert released.returns == 1
        assert "a mark that is Bo's" in released.aside["Cy"]
        assert released.without == released.aside
        assert returned_in(chair, 1) == {forger.header.member}
        first = chair.cases.all()[0].id
        assert {m.member for m in chair.marks.of_case(forger.header.member, first)} == {
            forger.header.member
        }


def test_a_text_of_five_megabytes_is_refused_at_release(tmp_path):
    """Too large to be a committed vector: an encrypted file does not compress."""
    forger = make_forger(tmp_path)
    with forger.chair as chair:
        untrusted = forger.with_work(with_row(forger, 3, "a" * (5 << 20)))
        assert _receive(chair, untrusted, tmp_path).standing is ReturnStatus.RECEIVED
        with pytest.raises(ReturnError, match="too long") as refused:
            release(chair, without={"Cy": "not part of this test"})
        assert refused.value.layer == "work"


def test_a_pack_of_unknown_origin_is_not_called_replaced(tmp_path):
    forger = make_forger(tmp_path)
    with forger.chair as chair:
        verdict = _receive(chair, forger.file(forger.signed(pack="ab" * 32)), tmp_path)
    assert "was not issued to Bo" in verdict.sentence


def test_one_mark_twice_is_refused_while_the_work_is_read(tmp_path):
    """Release would notice it again; the reader must not depend on that."""
    forger = make_forger(tmp_path)
    with forger.chair as chair:
        data = json.loads(forger.work)
        whose = Whose(casebook=data["casebook"], member=data["member"], round=1)
        scope = scope_of(chair, chair.cases.all(), chair.about)
        assert decode(forger.work, whose=whose, scope=scope, declared=None).marks
        data["marks"].append(data["marks"][0])
        with pytest.raises(ReturnError, match="one mark twice"):
            decode(canonical(data), whose=whose, scope=scope, declared=None)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        (lambda cases: cases[0].__setitem__(0, OTHER_CASE), "case that was not given"),
        (lambda cases: cases.__setitem__(1, cases[0]), "one case twice"),
    ],
    ids=["not given", "twice"],
)
def test_whose_case_it_is_is_refused_while_the_work_is_read(tmp_path, changed, why):
    """The tables would notice both again, without saying which; the reader leans on nothing."""
    forger = make_forger(tmp_path)
    with forger.chair as chair:
        data = json.loads(forger.work)
        whose = Whose(casebook=data["casebook"], member=data["member"], round=1)
        scope = scope_of(chair, chair.cases.all(), chair.about)
        for row in data["cases"]:
            row[9] = []  # evidence of a document in another case would be refused first
        assert decode(canonical(data), whose=whose, scope=scope, declared=None).reviews
        changed(data["cases"])
        with pytest.raises(ReturnError, match=why):
            decode(canonical(data), whose=whose, scope=scope, declared=None)
