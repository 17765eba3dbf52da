"""The state digest of many rows is the sum of each row's own, however they are spelt."""

import contextlib
import hashlib
import sqlite3

from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer.casebook import digest

WORDS = st.sampled_from(["", "TASK-DES", "it's", 'a "b" \\', "né\x00", "\ud800", "x" * 300])
VALUES = st.none() | st.booleans() | st.integers(-2, 2) | WORDS | st.binary(max_size=400)
REALS = st.sampled_from([0.0, -0.0, 1.5])


def plainly(table, values):
    """Return one row's value as FORMAT.md spells it, with nothing remembered."""
    spelt = [
        hashlib.blake2b(one, digest_size=64).digest()
        if isinstance(one, bytes) and len(one) > 256
        else int(one)
        if isinstance(one, bool)
        else one
        for one in values
    ]
    text = f"{table}{spelt!r}".encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(text, digest_size=64).digest(), "little")


@settings(deadline=None)
@given(st.lists(st.lists(VALUES | REALS, min_size=1)))
def test_rows_count_as_each_of_them_alone(rows):
    assert digest.rows_value("rating", iter(rows)) == (
        len(rows),
        sum(plainly("rating", row) for row in rows),
    )


def test_more_can_be_said_than_is_remembered():
    packed = [(at, f'["{at % 5000}",null]') for at in range(20_000)]
    assert digest.packed_value("rating", packed)[1] == sum(
        plainly("rating", (at, str(at % 5000), None)) for at in range(20_000)
    )


SAID = (
    st.none()
    | st.integers(-(2**63), 2**63 - 1)
    | st.text(max_size=300)
    | st.just("\r\n\x85\u2028")
)


@settings(deadline=None)
@given(st.dictionaries(st.integers(1, 9), st.lists(st.tuples(SAID, SAID), min_size=1)))
def test_rows_put_together_by_the_engine_count_as_each_of_them_alone(said):
    rows = [(first, *rest) for first, every in said.items() for rest in every]
    with contextlib.closing(sqlite3.connect(":memory:")) as engine:
        engine.execute("CREATE TABLE rating (review INTEGER, value ANY, comment ANY) STRICT")
        engine.executemany("INSERT INTO rating VALUES (?, ?, ?)", rows)
        packed = engine.execute(
            "SELECT review, group_concat(json_array(value, comment), char(10)) FROM rating"
            " GROUP BY review"
        )
        assert digest.packed_value("rating", packed) == (
            len(rows),
            sum(plainly("rating", row) for row in rows),
        )
