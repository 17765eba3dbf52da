"""A casebook of before knew one key for all rounds: each of them gets its row."""

import json

import pytest
from sqlcipher3 import dbapi2

from reviewer.casebook.keys_of_rounds import FILL_KEYS, ROUND_KEY
from reviewer.casebook.stores.custody import Custody

CASS = {"name": "Cass", "since": "2026-01-01T00:00:00Z", "recipient": "age1r", "mark": "3f23 c6d6"}
PACK = {"hash": "ab", "receiving": "age1a", "release": "age1b", "issued": "", "signing": ""}


@pytest.fixture
def before():
    """The two tables of format 2 that the keys of rounds are taken from, in a round 2."""
    db = dbapi2.connect(":memory:")
    db.execute("CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL)")
    db.execute("CREATE TABLE round (number INTEGER PRIMARY KEY)")
    db.execute("INSERT INTO round VALUES (1), (2)")
    yield db
    db.close()


def _filled(db, **meta):
    rows = [(key, json.dumps(value)) for key, value in meta.items()]
    db.executemany("INSERT INTO meta VALUES (?, ?)", rows)
    older = Custody(db, None, older=True)
    seen = [older.of_round(number) for number in (1, 2)]
    db.execute(ROUND_KEY)
    for statement in FILL_KEYS:
        db.execute(statement)
    now = Custody(db, None, older=False)
    assert [now.of_round(number) for number in (1, 2)] == seen
    return seen


def test_a_chair_with_a_custodian(before):
    first, second = _filled(before, custodian=CASS, pack=None)
    assert first == second
    assert first.recipient == "age1r"
    assert (first.custodian.name, first.custodian.mark) == ("Cass", "3f23 c6d6")


def test_a_chair_without_one_keeps_the_whole_key(before):
    assert _filled(before, pack=None) == [None, None]


def test_a_panellist_seals_to_the_key_of_the_pack_and_is_not_told_of_a_custodian(before):
    first, second = _filled(before, pack=PACK)
    assert first == second
    assert (first.recipient, first.custodian, first.room) == ("age1b", None, 0)
