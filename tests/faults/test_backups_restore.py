"""A backup really restores (row 55): after random work and damage, a state that really was."""

import os
import random

import pytest

from reviewer.casebook.book import Casebook
from reviewer.casebook.file import backup as backups
from reviewer.errors import CasebookError
from reviewer.records.judgement import Rating
from tests.books import PASSPHRASE, chair_book, sql_of

STRIDE = int(os.environ.get("FAULTS_STRIDE", "32"))
PAGE = 4096


def state(book):
    """Return what the casebook holds: the head of its journal and the digest of every row."""
    root = sql_of(book).execute("SELECT rows, root FROM digest").fetchone()
    return book.journal.head(), root


def work(book, rng):
    """Do one random thing that a person does."""
    member, case = book.about.member, rng.choice(book.cases.all()).id
    act = rng.randrange(4)
    if act == 0:
        rating = Rating(factor=rng.choice(book.about.framework.codes), value=rng.randrange(5))
        book.ratings.put(member, case, 1, rating)
    elif act == 1:
        text = f"{rng.random()} " * rng.randrange(1, 200)
        book.reviews.set_text(member, case, 1, narrative=text)
    else:
        (book.undo if act == 2 else book.redo)()


def damage(path, rng):
    """Spoil a closed file in one of the ways that disks do."""
    raw = bytearray(path.read_bytes())
    kind = rng.randrange(4)
    if kind == 0:
        raw[rng.randrange(len(raw))] ^= 1 << rng.randrange(8)
    elif kind == 1:
        raw = raw[: rng.randrange(1, len(raw) // PAGE) * PAGE]
    elif kind == 2:
        at = rng.randrange(len(raw) // PAGE) * PAGE
        raw[at : at + PAGE] = bytes(PAGE)
    else:
        raw = bytearray()
    path.write_bytes(raw)
    return bytes(raw)


@pytest.mark.slow
def test_the_newest_backup_restores_a_state_that_the_casebook_passed_through(tmp_path):
    rng = random.Random(55)  # noqa: S311 - to choose, not to hide
    path = tmp_path / "inquiry.casebook"
    chair_book(path, cases=3).close()
    restored = 0
    for _ in range(120 // STRIDE):
        known, kept = set(), None
        with Casebook.open(path, PASSPHRASE) as book:
            for _step in range(rng.randrange(1, 12)):
                work(book, rng)
                known.add(state(book))
                if rng.random() < 0.3 or kept is None:
                    made = book.backup()
                    kept = state(book)
        broken = damage(path, rng)
        with pytest.raises(CasebookError):
            Casebook.open(path, PASSPHRASE)
        assert path.read_bytes() == broken
        (newest, *_older) = backups.sound_of(path, most=1)
        assert newest.path == made.path
        aside = Casebook.restore(path, newest.path, PASSPHRASE)
        assert aside.read_bytes() == broken
        aside.unlink()
        with Casebook.open(path, PASSPHRASE) as book:
            assert book.older is None
            assert state(book) == kept
            assert kept in known
        restored += 1
    print(f"\nrestored after damage: {restored} of {restored}, each to the newest backup's state")  # noqa: T201 - the figure
