"""An update never closes work unseen, and whatever the order, nothing asked is lost."""

import shutil

import pytest

from reviewer.errors import ReturnError, UnsealedError
from reviewer.exchange.release import release
from reviewer.exchange.seal import reopen
from reviewer.exchange.updates.apply import apply, preview
from reviewer.exchange.updates.outcome import sentences
from reviewer.exchange.updates.write import write_update
from reviewer.records.judgement import Rating
from reviewer.rounds.agenda import open_round
from tests.reviewer.exchange.test_again import Story, first

__all__ = ["first"]  # a fixture


@pytest.fixture
def story(first, tmp_path):
    """The panel with round 2 open and brought to everybody."""
    shutil.copytree(first, tmp_path, dirs_exist_ok=True)
    told = Story(tmp_path)
    with told.chair:
        told.open_to_all()
        yield told


def _third(story):
    """Release round 2 without Bo, open round 3, and return Bo's update."""
    story.give_back("Cy", [4, 0, 4])
    story.give_back("Di", [0, 4, 0])
    release(story.chair, without={"Bo": "no return"})
    open_round(story.chair)
    return write_update(story.chair, "Bo", story.folder).path


def _rate(own, value=1):
    cell = own.agenda.of(own.about.round)[0]
    rating = Rating(factor=cell.factor, value=value, comment="so")
    own.ratings.put(own.about.member, cell.case, own.about.round, rating)


def test_what_is_unsealed_is_named_and_wants_a_deliberate_yes(story):
    with story.own("Bo") as own:
        _rate(own)
    path = _third(story)
    with story.own("Bo") as own:
        seen = preview(own, path)
        assert (seen.unsealed.round, seen.unsealed.ratings) == (2, 1)
        told = " ".join(sentences(seen))
        assert "Round 2 is not sealed here: 1 rating." in told
        assert "sent as late" in told
        with pytest.raises(UnsealedError, match="1 rating"):
            apply(own, path)
        assert own.about.round == 2
        apply(own, path, close_unsealed=True)
        assert own.about.round == 3
        assert len(list(own.ratings.everyone(2))) == 1


def test_a_sealed_round_that_was_opened_again_is_unsealed_work(story):
    story.give_back("Bo", [1])
    with story.own("Bo") as own:
        reopen(own, "a second thought")
    release(story.chair, without={"Cy": "ill", "Di": "ill"})
    open_round(story.chair)
    path = write_update(story.chair, "Bo", story.folder).path
    with story.own("Bo") as own:
        assert preview(own, path).unsealed.reopened
        with pytest.raises(UnsealedError, match="opened again"):
            apply(own, path)


def test_nothing_is_asked_where_nothing_is_unsealed(story):
    path = _third(story)
    with story.own("Bo") as own:
        assert preview(own, path).unsealed is None
        apply(own, path)


def test_what_was_asked_is_asked_whatever_the_order(story):
    one = write_update(story.chair, "Bo", story.folder, ask="Read page 2 again").path
    story.chair.documents.withdraw(story.chair.documents.all()[0].id, "the wrong file")
    two = write_update(story.chair, "Bo", story.folder).path
    with story.own("Bo") as own:
        late = apply(own, two)
        assert "The chair asks you to look again: Read page 2 again" in sentences(late)
        older = apply(own, one)
        assert older.older
        assert older.ask == ""
        (only,) = sentences(older)
        assert only.startswith(f"Update {older.seq} is older than one that was applied here")
        assert apply(own, one).already


def test_an_older_update_after_a_newer_one_asks_for_nothing(story):
    first = write_update(story.chair, "Cy", story.folder, ask="x").path
    story.chair.documents.withdraw(story.chair.documents.all()[0].id, "the wrong file")
    second = write_update(story.chair, "Cy", story.folder).path
    with story.own("Cy") as own:
        assert apply(own, second).missing == (2,)
        before = own.documents.all()
        assert preview(own, first).older
        apply(own, first)
        assert own.documents.all() == before


def test_another_older_update_than_the_one_that_was_followed_is_a_fork(story, tmp_path_factory):
    copy = tmp_path_factory.mktemp("copy")
    shutil.copytree(story.folder, copy, dirs_exist_ok=True)
    write_update(story.chair, "Bo", story.folder, ask="this")
    story.chair.documents.withdraw(story.chair.documents.all()[0].id, "the wrong file")
    second = write_update(story.chair, "Bo", story.folder).path
    twin = Story(copy, round=2, released=False)
    with twin.chair:
        other = write_update(twin.chair, "Bo", copy, ask="that").path
    with story.own("Bo") as own:
        apply(own, second)
        with pytest.raises(ReturnError, match="another update 2"):
            apply(own, other)


def test_who_missed_a_round_is_told_so(first, tmp_path):
    shutil.copytree(first, tmp_path, dirs_exist_ok=True)
    story = Story(tmp_path)
    with story.chair:
        story.open()
        for name in ("Cy", "Di"):
            story.update(name)
        path = _third(story)
        with story.own("Bo") as own:
            done = apply(own, path)
            assert done.skipped == (2,)
            assert "Round 2 was opened and released" in " ".join(sentences(done))
