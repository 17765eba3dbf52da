"""The laws of merging once more, through real casebooks and real files.

``test_standing`` searches thousands of histories in values; here fewer go the whole way, and what
is compared is every score that release brings out.
"""

import contextlib
import random
import shutil

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reviewer.casebook.book import Casebook
from reviewer.casebook.engine import dbapi
from reviewer.errors import ReviewerError, StateError
from reviewer.exchange.merge import choose, receive
from reviewer.exchange.release import release
from reviewer.exchange.returns import write_return
from reviewer.exchange.seal import reopen, seal
from reviewer.records.panel import ReturnStatus
from tests.books import sql_of
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


def _expected(panel, arrived):
    """Return every score that must come out: of each member the highest that arrived.

    Ed's two laptops made two keys: where both are heard of, nothing of Ed counts.
    """
    _, versions, _, forked = panel
    expected, out = {}, set()
    for member, found in versions.items():
        here = [scores for file, scores in found if file in arrived]
        expected |= here[-1] if here else {}
        out |= set() if here else {member}
    first = [scores for file, scores in forked[:1] if file in arrived]
    second = [scores for file, scores in forked[1:] if file in arrived]
    if bool(first) != bool(second):
        expected |= (first or second)[-1]
    else:
        out.add(panel[2])
    return expected, out


def _everything_counts(panel, arrivals, cut, folder):
    """Merge ``arrivals`` and release without whoever is out; compare each score with the model."""
    expected, out = _expected(panel, set(arrivals))
    path = _merge(panel, arrivals, folder, cut=cut)
    with Casebook.open(path, PASSPHRASE) as chair:
        without = {chair.members.get(member).name: "is out" for member in out}
        if len(out) == len(panel[1]) + 1:
            with pytest.raises(StateError, match="no return to open"):
                release(chair, without=without)
            return
        if out:
            with pytest.raises(StateError, match="still out"):
                release(chair)
        release(chair, without=without)
        assert everything(chair) == expected


def _files(panel):
    honest = [file for found in panel[1].values() for file, _ in found]
    return honest + [file for file, _ in panel[3]]


_FEW = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
_MANY = settings(_FEW, max_examples=300)


@pytest.mark.slow
@pytest.mark.parametrize("many", [False, pytest.param(True, marks=pytest.mark.nightly)])
def test_every_score_is_that_of_the_highest_return_that_arrived(panel, tmp_path_factory, many):
    """Any files in any order, any of them again, the casebook closed between any two of them."""

    @(_MANY if many else _FEW)
    @given(data=st.data())
    def law(data):
        arrivals = data.draw(st.lists(st.sampled_from(_files(panel)), max_size=10))
        cut = data.draw(st.integers(0, len(arrivals)))
        _everything_counts(panel, arrivals, cut, tmp_path_factory.mktemp("law"))

    law()


@pytest.mark.slow
def test_the_state_is_one_for_every_order(panel, tmp_path):
    luck = random.Random(11)  # noqa: S311 - the same orders in each run
    seen = []
    for place in range(6):
        (tmp_path / str(place)).mkdir()
        order = luck.sample(_files(panel), len(_files(panel)))
        with Casebook.open(_merge(panel, order, tmp_path / str(place)), PASSPHRASE) as chair:
            seen.append(_stand(chair))
    assert all(state == seen[0] for state in seen)
    with Casebook.open(tmp_path / "0" / "chair.casebook", PASSPHRASE) as chair:
        wanted = next(
            one.sha256
            for one in chair.returns.received(1)
            if one.member == panel[2] and one.sha256[:8] in panel[3][0][0].name
        )
        choose(chair, wanted)
        release(chair)
        whole, _ = _expected(panel, set(_files(panel)))
        assert everything(chair) == whole | panel[3][0][1]


def test_no_score_of_one_changes_when_another_is_merged(panel, tmp_path):
    _, versions, ed, forked = panel
    honest = [file for found in versions.values() for file, _ in found]
    path = _merge(panel, honest, tmp_path)
    with Casebook.open(path, PASSPHRASE) as chair:
        before, keys = _stand(chair)
        verdicts = receive(chair, [file for file, _ in forked])
        assert {verdict.standing for verdict in verdicts} == {ReturnStatus.FORK}
        after, later = _stand(chair)
        assert {sha: after[sha] for sha in before} == before
        assert {m: k for m, k in later.items() if m != ed} == {
            m: k for m, k in keys.items() if m != ed
        }


class Stopping:
    """A connection whose ``number``-th statement fails, before it ran or after.

    A negative ``number`` fails none and counts them.
    """

    def __init__(self, connection, number, *, after):
        self._connection = connection
        self._number = number
        self._after = after
        self.ran = 0

    def __getattr__(self, name):
        return getattr(self._connection, name)

    def _run(self, how, *arguments):
        self.ran += 1
        stop = self.ran == self._number
        if stop and not self._after:
            raise dbapi.OperationalError("disk I/O error")
        done = how(*arguments)
        if stop:
            raise dbapi.OperationalError("disk I/O error")
        return done

    def execute(self, *arguments):
        return self._run(self._connection.execute, *arguments)

    def executemany(self, *arguments):
        return self._run(self._connection.executemany, *arguments)


@contextlib.contextmanager
def _stopping(path, number, *, after):
    """Open a casebook all of whose statements go through ``Stopping``."""
    with Casebook.open(path, PASSPHRASE) as book:
        book.finish_checks()
        connection = Stopping(sql_of(book), -1, after=after)
        wrapped = Casebook(path, connection, book._key, book._salt)
        connection.ran, connection._number = 0, number
        yield wrapped, connection
        connection._number = -1


def _look(chair):
    released = bool(chair.about.released)
    return _stand(chair), everything(chair), released, chair.journal.tail(1)[0].seq


def _all_or_nothing(path, act, stride):
    """Fail each statement of ``act`` in turn; returns how many there are.

    Each time all of it is there or nothing, the checks hold, and doing it again goes through.
    """
    start = path.read_bytes()
    with _stopping(path, -1, after=False) as (chair, connection):
        before = _look(chair)
        connection.ran = 0
        act(chair)
        statements = connection.ran
        whole = _look(chair)
    assert before != whole
    for number in range(1, statements + 1, stride):
        for after in (False, True):
            path.write_bytes(start)
            with _stopping(path, number, after=after) as (chair, connection):
                with contextlib.suppress(ReviewerError, dbapi.Error):
                    act(chair)
                connection._number = -1
                found = _look(chair)
                assert found in (before, whole), (number, after)
                assert all(check.passed for check in chair.journal.checks())
                if found == before:
                    act(chair)
                    assert _look(chair) == whole
    return statements


@pytest.mark.slow
@pytest.mark.parametrize("stride", [13, pytest.param(1, marks=pytest.mark.nightly)])
def test_a_failure_at_any_statement_of_a_merge_or_release_leaves_all_or_nothing(tmp_path, stride):
    with make_chair(tmp_path) as chair:
        bo, cy = (issue_to(chair, name, tmp_path / "out") for name in ("Bo", "Cy"))
        first, second = returned(bo, tmp_path, 1), returned(cy, tmp_path, 2)
        receive(chair, [first])
    path = tmp_path / "chair.casebook"
    merging = _all_or_nothing(path, lambda c: receive(c, [second]), stride)
    releasing = _all_or_nothing(path, release, stride)
    print(f"\nstatements: {merging} of a merge, {releasing} of a release; stride {stride}")  # noqa: T201
    assert merging > 20
    assert releasing > 40
