"""Keys compared by telephone: what is kept, what clears it, what is told."""

import shutil

import pytest

from reviewer.crypto.words import fingerprint_words
from reviewer.errors import InputError, StateError
from reviewer.exchange.keyring import known_words
from reviewer.exchange.merge import choose, receive
from reviewer.exchange.pinning import confirm, key_words, not_compared, withdraw
from reviewer.exchange.release import release
from reviewer.exchange.seal import seal
from reviewer.records.panel import KeyState, ReturnStatus
from reviewer.summary.gather import gather
from tests.reviewer.exchange.panel import issue_to, make_chair, open_it, returned


@pytest.fixture(scope="module")
def start(tmp_path_factory):
    """A chair who rates, Bo whose return is in, and Cy whose is not; made once, copied."""
    folder = tmp_path_factory.mktemp("start")
    with make_chair(folder, rates=True) as chair:
        path = issue_to(chair, "Bo", folder / "out")
        issue_to(chair, "Cy", folder / "out")
        receive(chair, [returned(path, folder)])
    return folder, path.relative_to(folder)


@pytest.fixture
def panel(start, tmp_path):
    folder, path = start
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    with open_it(tmp_path / "chair.casebook") as chair:
        yield chair, tmp_path / path


def _states(chair):
    return {one.member.name: one.state for one in key_words(chair)}


def test_both_sides_see_the_same_six_words(panel):
    chair, path = panel
    with open_it(path) as own:
        assert known_words(own) == key_words(chair)[0].words
        assert len(known_words(own).split()) == 6


def test_there_are_no_words_before_the_first_seal(panel, tmp_path):
    chair, _ = panel
    with open_it(issue_to(chair, "Di", tmp_path / "out")) as own:
        assert known_words(own) == ""


def test_a_comparison_is_kept_with_its_time_and_journalled(panel):
    chair, _ = panel
    assert _states(chair) == {"Bo": KeyState.NEW, "Cy": KeyState.NONE}
    assert [one.member.name for one in not_compared(chair)] == ["Bo"]
    confirm(chair, "bo", heard=key_words(chair)[0].words.upper().replace(" ", ", "))
    (bo, _) = key_words(chair)
    assert bo.state is KeyState.COMPARED
    assert bo.at.endswith("Z")
    assert not_compared(chair) == []
    newest = chair.journal.tail(1)[0]
    assert (newest.action, newest.subject) == ("compare key", bo.member.id)
    withdraw(chair, "Bo")
    assert _states(chair)["Bo"] is KeyState.NEW
    assert chair.journal.tail(1)[0].action == "withdraw key comparison"


def test_words_that_differ_are_refused_and_nothing_is_kept(panel):
    chair, _ = panel
    head = chair.journal.tail(1)
    other = fingerprint_words("ab" * 32)
    for heard in (other, key_words(chair)[0].words.rsplit(" ", 1)[0], ""):
        with pytest.raises(InputError, match="not the words"):
            confirm(chair, "Bo", heard=heard)
    assert chair.journal.tail(1) == head


def test_a_key_that_changed_since_its_words_were_shown_is_not_confirmed(panel):
    with pytest.raises(StateError, match="has changed since"):
        confirm(panel[0], "Bo", public_key="ab" * 32)


@pytest.mark.parametrize(
    ("name", "said", "kind"),
    [
        ("Nobody", "Nobody called", InputError),
        ("Cy", "no key of Cy", StateError),
        ("Ada", "rates in this casebook", StateError),
    ],
)
def test_only_a_member_with_a_key_is_confirmed(panel, name, said, kind):
    with pytest.raises(kind, match=said):
        confirm(panel[0], name)


def test_a_panellists_casebook_confirms_nobody(panel):
    with open_it(panel[1]) as own, pytest.raises(StateError, match="Only the chair's"):
        confirm(own, "Bo")


def test_taking_back_what_was_never_said_is_refused(panel):
    with pytest.raises(StateError, match="was not compared"):
        withdraw(panel[0], "Bo")


def test_another_key_clears_the_comparison_and_warns(panel, tmp_path):
    """Issued again, the same person has another key: the old comparison does not speak for it."""
    chair, _ = panel
    confirm(chair, "Bo")
    again = issue_to(chair, "Bo", tmp_path / "again", again=True)
    (verdict,) = receive(chair, [returned(again, tmp_path, 1)])
    assert verdict.standing is ReturnStatus.RECEIVED
    assert "not the one that you compared with Bo" in verdict.sentence
    assert _states(chair)["Bo"] is KeyState.CHANGED
    assert [one.member.name for one in not_compared(chair)] == ["Bo"]
    confirm(chair, "Bo")
    assert _states(chair)["Bo"] is KeyState.COMPARED


def test_two_keys_put_the_comparison_in_doubt_until_the_chair_chooses(panel, tmp_path):
    chair, _ = panel
    copy = tmp_path / "copy.casebook"
    two = issue_to(chair, "Di", tmp_path / "di")
    copy.write_bytes(two.read_bytes())
    (first,) = receive(chair, [returned(two, tmp_path, 2)])
    confirm(chair, "Di")
    (second,) = receive(chair, [returned(copy, tmp_path, 3)])
    assert second.standing is ReturnStatus.FORK
    assert _states(chair)["Di"] is KeyState.CHANGED
    choose(chair, second.digest)
    assert _states(chair)["Di"] is KeyState.CHANGED
    choose_back = [one for one in chair.returns.received(1) if one.sha256 == first.digest]
    assert choose_back[0].standing is ReturnStatus.FORK


def test_the_summary_counts_the_keys_that_were_compared(panel, tmp_path):
    chair, _ = panel
    confirm(chair, "Bo")
    seal(chair)
    release(chair, without={"Cy": "away", "Ada": "did not rate"})
    told = {member.name: member.key_compared for member in gather(chair).members}
    assert told["Ada"] is None
    assert told["Bo"].endswith("Z")
    assert told["Cy"] == ""
