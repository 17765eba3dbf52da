"""The laws of merging, searched for a counter-example in thousands of invented histories.

A simulator plays panellists who seal, reopen, restore backups, copy their casebook and sign with a
second key. Whatever reaches the chair, in whatever order and how often, must end the same.
"""

import hashlib
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer.exchange.return_status import Arrived, counting, standings
from reviewer.exchange.signed import GENESIS
from reviewer.records.ids import MemberId
from reviewer.records.panel import ReturnStatus

MEMBERS = tuple(MemberId(name) for name in "ABCDEF")
PACKS = dict.fromkeys(MEMBERS, "p")
RELEASES = {1: "r", 2: "r"}
MANY = settings(max_examples=1000, deadline=None)
SOME = settings(max_examples=400, deadline=None)


def _sealed(member, seq, prev, *, key="k", salt="", number=1, pack="p", release="r"):
    digest = hashlib.sha256(f"{member}{number}{seq}{prev}{key}{salt}{pack}".encode()).hexdigest()
    return Arrived(
        member=member,
        round=number,
        pack=pack,
        seq=seq,
        prev=prev,
        digest=digest,
        public_key=key,
        release=release,
    )


def _line(member, length, *, number=1, key="k", salt="", after=None):
    """One laptop's returns, each naming the one before it."""
    line = []
    seq, prev = (after.seq, after.digest) if after else (0, GENESIS)
    for step in range(length):
        one = _sealed(member, seq + step + 1, prev, key=key, salt=salt, number=number)
        line.append(one)
        prev = one.digest
    return line


@st.composite
def honest(draw):
    """2-6 members with 1-8 returns each, in one or two rounds; no forks."""
    members = MEMBERS[: draw(st.integers(2, 6))]
    return [
        one
        for member in members
        for number in range(1, draw(st.integers(1, 2)) + 1)
        for one in _line(member, draw(st.integers(1, 8)), number=number)
    ]


@st.composite
def muddled(draw):
    """As ``honest``, and some members restore a backup, copy their casebook or use an old one."""
    found = draw(honest())
    for member in {one.member for one in found}:
        line = [one for one in found if one.member == member and one.round == 1]
        what = draw(st.sampled_from(["honest", "honest", "branch", "key", "pack"]))
        if what == "branch":
            after = draw(st.sampled_from([None, *line[:-1]]))
            found += _line(member, draw(st.integers(1, 3)), salt="other", after=after)
        elif what == "key":
            found += _line(member, draw(st.integers(1, 3)), key="other")
        elif what == "pack":
            found += [replace(one, pack="old", digest=f"old{one.digest}") for one in line]
    return found


def _state(arrived, choices=None):
    return standings(arrived, packs=PACKS, choices=choices or {}, releases=RELEASES)


@pytest.mark.slow
@MANY
@given(muddled(), st.data())
def test_neither_order_nor_repetition_makes_a_difference(arrived, data):
    shuffled = data.draw(st.permutations(arrived))
    again = shuffled + data.draw(st.lists(st.sampled_from(arrived), max_size=8))
    assert _state(arrived) == _state(shuffled) == _state(again)


@SOME
@given(muddled(), st.data())
def test_files_taken_in_two_lots_end_like_one(arrived, data):
    """Whatever stood in between, the end depends on the set alone."""
    cut = data.draw(st.integers(0, len(arrived)))
    first, second = arrived[:cut], arrived[cut:]
    assert _state(second + first) == _state(arrived)
    assert set(_state(first)) | set(_state(second)) == set(_state(arrived))


@pytest.mark.slow
@MANY
@given(honest(), st.data())
def test_every_score_is_that_of_the_highest_return_that_arrived(arrived, data):
    some = data.draw(st.lists(st.sampled_from(arrived), min_size=1, unique=True))
    model = {}
    for one in some:
        key = (one.member, one.round)
        model[key] = max(model.get(key, one), one, key=lambda o: o.seq)
    assert counting(_state(some)) == {one.digest for one in model.values()}
    assert set(_state(some).values()) <= {ReturnStatus.RECEIVED, ReturnStatus.SUPERSEDED}


@SOME
@given(muddled(), st.data())
def test_nothing_of_one_member_changes_when_another_s_return_comes(arrived, data):
    member = data.draw(st.sampled_from(sorted({one.member for one in arrived})))
    own = [one for one in arrived if one.member == member]
    alone = _state(own)
    assert {d: s for d, s in _state(arrived).items() if d in alone} == alone


@SOME
@given(muddled())
def test_at_most_one_return_counts_for_a_member_in_a_round(arrived):
    counts = counting(_state(arrived))
    taken = [(one.member, one.round) for one in arrived if one.digest in counts]
    assert len(taken) == len(set(taken))


@SOME
@given(muddled())
def test_a_contradiction_leaves_nothing_of_that_member_counting_in_that_round(arrived):
    found = _state(arrived)
    now = [one for one in arrived if one.pack == "p"]
    for one in now:
        for other in now:
            same = one.member == other.member
            twice = same and one.round == other.round and one.seq == other.seq
            keys = same and one.public_key != other.public_key
            if (twice and one.digest != other.digest) or keys:
                assert found[one.digest] is found[other.digest] is ReturnStatus.FORK


@SOME
@given(muddled(), st.data())
def test_the_chairs_choice_ends_a_fork_and_touches_nobody_else(arrived, data):
    found = _state(arrived)
    forked = [one for one in arrived if found[one.digest] is ReturnStatus.FORK]
    if not forked:
        return
    chosen = data.draw(st.sampled_from(forked))
    shuffled = data.draw(st.permutations(arrived))
    choices = {(chosen.member, chosen.round): chosen.digest}
    after = _state(shuffled, choices)
    assert after == _state(arrived, choices)
    for one in arrived:
        if one.member != chosen.member:
            assert after[one.digest] is found[one.digest]
    counts = counting(after)
    of_round = [
        one
        for one in arrived
        if one.digest in counts and (one.member, one.round) == (chosen.member, chosen.round)
    ]
    # The chosen one counts, or one the same key sealed after it, or a second fork asks again.
    assert all(
        one.digest == chosen.digest
        or (one.seq > chosen.seq and one.public_key == chosen.public_key)
        for one in of_round
    )
    if not of_round:
        later = [
            one
            for one in arrived
            if (one.member, one.round, one.public_key, one.pack)
            == (chosen.member, chosen.round, chosen.public_key, "p")
            and one.seq > chosen.seq
        ]
        assert later


@pytest.mark.nightly
@settings(max_examples=20_000, deadline=None)
@given(muddled(), st.data())
def test_neither_order_nor_repetition_makes_a_difference_at_length(arrived, data):
    again = data.draw(st.permutations(arrived)) + data.draw(st.lists(st.sampled_from(arrived)))
    assert _state(arrived) == _state(again)


def test_a_fork_is_seen_from_its_next_step():
    """Number 3 names a number 2 that is not the one we have."""
    ours, theirs = _line("A", 2), _line("A", 3, salt="other")
    assert set(_state([*ours, theirs[2]]).values()) == {ReturnStatus.FORK}


def test_what_the_trusted_laptop_seals_after_a_choice_counts_in_its_place():
    ours, theirs = _line("A", 2), _line("A", 2, salt="other")
    later = _line("A", 1, after=ours[1])
    found = _state([*ours, *theirs, *later], {("A", 1): ours[1].digest})
    assert counting(found) == {later[0].digest}


def test_a_gap_is_no_fork():
    line = _line("A", 4)
    assert counting(_state([line[0], line[3]])) == {line[3].digest}


def test_returns_to_a_lost_sheet_never_count():
    """What was sealed to the key before is kept, and what is sealed to the new one counts."""
    lost = _sealed("A", 1, GENESIS, release="lost")
    again = _sealed("A", 2, lost.digest)
    assert _state([lost]) == {lost.digest: ReturnStatus.SUPERSEDED}
    assert _state([again, lost]) == {
        lost.digest: ReturnStatus.SUPERSEDED,
        again.digest: ReturnStatus.RECEIVED,
    }


def test_returns_of_a_replaced_casebook_never_count():
    old = _sealed("A", 9, GENESIS, pack="old")
    new = _sealed("A", 1, GENESIS)
    assert _state([old, new]) == {
        old.digest: ReturnStatus.SUPERSEDED,
        new.digest: ReturnStatus.RECEIVED,
    }


def test_a_trusted_key_is_trusted_in_the_next_round():
    ours, theirs = _line("A", 1), _line("A", 1, key="other")
    second, forged = _line("A", 1, number=2), _line("A", 2, number=2, key="other")
    everything = [*ours, *theirs, *second, *forged]
    assert set(_state(everything).values()) == {ReturnStatus.FORK}
    found = _state(everything, {("A", 1): ours[0].digest})
    assert counting(found) == {ours[0].digest, second[0].digest}
    assert all(found[one.digest] is ReturnStatus.FORK for one in [*theirs, *forged])
