"""A large file is read from any place like bytes, and never held whole."""

import hashlib
import random

import pytest

from reviewer.errors import StateError
from reviewer.records.large import (
    PIECE,
    LargeFile,
    known_sha256,
    pieces_of,
    sha256_of,
    whole,
)

DATA = random.Random(3).randbytes(5 * PIECE + 17)  # noqa: S311 - noise


def file(asked=None):
    def piece(number):
        if asked is not None:
            asked.append(number)
        return DATA[number * PIECE : (number + 1) * PIECE]

    return LargeFile(len(DATA), piece)


@pytest.mark.parametrize(
    ("start", "stop"),
    [(0, 10), (PIECE - 5, PIECE + 5), (0, 3 * PIECE), (5 * PIECE + 9, 9 * PIECE), (7, 7)],
)
def test_a_part_is_what_it_is_of_the_bytes(start, stop):
    assert file()[start:stop] == DATA[start:stop]


def test_all_of_it_comes_in_its_order_and_nothing_stays_at_hand():
    asked = []
    large = file(asked)
    assert list(map(len, pieces_of(large))) == [PIECE] * 5 + [17]
    assert whole(large) == DATA == whole(DATA)
    assert asked == [*range(6), *range(6)]
    assert list(pieces_of(DATA)) == list(pieces_of(large))


def test_what_was_just_read_is_not_asked_for_again_and_few_pieces_stay():
    asked = []
    large = file(asked)
    for _ in range(3):
        assert large[10:20] == DATA[10:20]
    assert asked == [0]
    for number in range(6):
        large.piece(number)
    large.piece(0)
    assert asked == [0, 1, 2, 3, 4, 5, 0]


def test_it_is_hashed_once():
    asked = []
    large = file(asked)
    said = hashlib.sha256(DATA).hexdigest()
    assert known_sha256(large) == known_sha256(large) == known_sha256(DATA) == said
    assert sha256_of(large) == said
    assert asked == [*range(6), *range(6)]


def test_a_piece_of_another_length_is_no_piece_of_it():
    with pytest.raises(StateError, match="are not here"):
        LargeFile(len(DATA), lambda _: DATA[: PIECE - 1]).piece(1)
