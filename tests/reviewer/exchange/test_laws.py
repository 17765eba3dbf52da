"""The laws of merging once more, through real casebooks and real files.

``test_standing`` searches thousands of histories in values; here fewer go the whole way, and what
is compared is every score that release brings out.
"""

import itertools
import random
import shutil

import pytest

from reviewer.casebook.book import Casebook
from reviewer.casebook.engine import dbapi
from reviewer.errors import ReviewerError, StateError
from reviewer.exchange.merge import choose, receive
from reviewer.exchange.release import release
from reviewer.exchange.returns import write_return
from reviewer.exchange.seal import reopen, seal
from reviewer.records.panel import Standing
from tests.reviewer.exchange.panel import (
    PASSPHRASE,
    everything,
    issue_to,
    make_chair,
    open_it,
    rate_something,
    returned,
)


def _versions(path, folder, salts):
    """Seal the casebook at ``path`` several times; return (file, scores) of each."""
    found = []
    for salt in salts:
        with open_it(path) as own:
            if own.about.sealed:
                reopen(own, "again")
            rate_something(own, salt)
            seal(own)
            found.append((write_return(own, folder), everything(own)))
    return found


@pytest.fixture(scope="module")
def panel(tmp_path_factory):
    """Three honest members with 1-3 versions each, and Ed, whose casebook was copied."""
    folder = tmp_path_factory.mktemp("laws")
    versions = {}
    with make_chair(folder) as chair:
        for name, count in (("Bo", 3), ("Cy", 2), ("Di", 1)):
            path = issue_to(chair, name, folder / name)
            member = chair.members.by_name(name).id
            versions[member] = _versions(path, folder, range(count))
        path = issue_to(chair, "Ed", folder / "Ed")
        copy = folder / "Ed" / "copy.casebook"
        shutil.copy(path, copy)
        forked = [*_versions(path, folder, [7]), *_versions(copy, folder, [8, 9])]
        ed = chair.members.by_name("Ed").id
    return folder, versions, ed, forked


def _merge(panel, order, to, *, cut=None):
    """Merge files into a fresh copy of the chair's casebook, closing it once on the way."""
    shutil.copy(panel[0] / "chair.casebook", to / "chair.casebook")
    cut = len(order) // 2 if cut is None else cut
    for part in (order[:cut], order[cut:]):
        with Casebook.open(to / "chair.casebook", PASSPHRASE) as chair:
            receive(chair, part)
    return to / "chair.casebook"


def _stand(chair):
    return (
        {one.sha256: one.standing for one in chair.returns.received(1)},
        {member.id: member.public_key for member in chair.members.all()},
    )


def _orders(panel, count):
    files = [file for found in panel[1].values() for file, _ in found]
    files += [file for file, _ in panel[3]]
    luck = random.Random(11)  # noqa: S311 - the same orders in each run
    for _ in range(count):
        order = luck.sample(files, len(files)) + luck.choices(files, k=3)
        yield order, luck.randrange(len(order))


@pytest.mark.slow
@pytest.mark.parametrize("count", [12, pytest.param(400, marks=pytest.mark.nightly)])
def test_any_order_ends_the_same_and_brings_out_the_same_scores(panel, tmp_path, count):
    _, versions, ed, forked = panel
    expected = {}
    for found in versions.values():
        expected |= found[-1][1]
    seen = []
    for place, (order, cut) in enumerate(_orders(panel, count)):
        (tmp_path / str(place)).mkdir()
        path = _merge(panel, order, tmp_path / str(place), cut=cut)
        with Casebook.open(path, PASSPHRASE) as chair:
            seen.append(_stand(chair))
            with pytest.raises(StateError, match=r"Ed \(returns contradict"):
                release(chair)
            wanted = next(
                one.sha256
                for one in chair.returns.received(1)
                if one.member == ed and one.sha256[:8] in forked[0][0].name
            )
            choose(chair, wanted)
            release(chair)
            assert everything(chair) == expected | forked[0][1]
    assert all(state == seen[0] for state in seen)


def test_no_score_of_one_changes_when_another_is_merged(panel, tmp_path):
    _, versions, ed, forked = panel
    honest = [file for found in versions.values() for file, _ in found]
    path = _merge(panel, honest, tmp_path)
    with Casebook.open(path, PASSPHRASE) as chair:
        before, keys = _stand(chair)
        verdicts = receive(chair, [file for file, _ in forked])
        assert {verdict.standing for verdict in verdicts} == {Standing.FORK}
        after, later = _stand(chair)
        assert {sha: after[sha] for sha in before} == before
        assert {m: k for m, k in later.items() if m != ed} == {
            m: k for m, k in keys.items() if m != ed
        }


def _interrupt_at(connection, number):
    """Let the engine stop at its ``number``-th step from now; returns whether it came to that."""
    steps = itertools.count(1)
    came = []

    def step():
        if next(steps) == number:
            came.append(True)
            return 1
        return 0

    connection.set_progress_handler(step, 1)
    return came


def _every_interruption(make, act, look, stride):
    """Run ``act`` again and again, stopped ever later, until it goes through.

    Returns how often it was stopped. Each time ``look`` must see all of it or nothing: all where
    the stop came after the commit, while the outcome was being read back.
    """
    with make() as chair:
        before = look(chair)
        act(chair)
        after = look(chair)
    assert before != after
    stopped, number = 0, 1
    while True:
        with make() as chair:
            came = _interrupt_at(chair._connection, number)
            try:
                act(chair)
            except (ReviewerError, dbapi.Error):
                chair._connection.set_progress_handler(None, 0)
                assert came
                assert look(chair) in (before, after)
                assert all(check.passed for check in chair.journal.checks())
                stopped += look(chair) == before
            else:
                chair._connection.set_progress_handler(None, 0)
                assert look(chair) == after
                if not came:
                    return stopped
        number += stride


@pytest.mark.slow
@pytest.mark.parametrize("stride", [97, pytest.param(3, marks=pytest.mark.nightly)])
def test_an_interrupted_merge_or_release_leaves_all_or_nothing(tmp_path, stride):
    with make_chair(tmp_path) as chair:
        bo, cy = (issue_to(chair, name, tmp_path / "out") for name in ("Bo", "Cy"))
        first, second = returned(bo, tmp_path, 1), returned(cy, tmp_path, 2)
        receive(chair, [first])
    start = (tmp_path / "chair.casebook").read_bytes()

    def make():
        (tmp_path / "try.casebook").write_bytes(start)
        return Casebook.open(tmp_path / "try.casebook", PASSPHRASE)

    def look(chair):
        released = bool(chair.about.released)
        return _stand(chair), everything(chair), released, chair.journal.tail(1)[0].seq

    assert _every_interruption(make, lambda c: receive(c, [second]), look, stride) > 8
    with make() as chair:
        receive(chair, [second])
        chair.close()
        start = (tmp_path / "try.casebook").read_bytes()
    assert _every_interruption(make, release, look, stride) > 8
