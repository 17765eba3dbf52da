"""Two check bytes find what they promise, whatever the data are."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.crypto.reedsolomon import checks, suspect

LENGTH = 8


def fits(word):
    return checks(word[:LENGTH]) == word[LENGTH:]


def test_every_error_in_one_or_two_bytes_is_found_and_a_single_one_placed():
    """The code is linear, so the errors on the word of zeros stand for those on every word."""
    zeros = bytes(LENGTH + 2)
    assert fits(zeros)
    tried = 0
    for at, value in itertools.product(range(LENGTH + 2), range(1, 256)):
        word = bytearray(zeros)
        word[at] = value
        assert not fits(bytes(word))
        assert suspect(bytes(word[:LENGTH]), bytes(word[LENGTH:])) == at
        tried += 1
    # A word of two errors that fits would be a multiple of one whose first error is 1.
    for one, other in itertools.combinations(range(LENGTH + 2), 2):
        for value in range(1, 256):
            word = bytearray(zeros)
            word[one], word[other] = 1, value
            assert not fits(bytes(word))
            tried += 1
    print(f"\n{tried:,} words of one and two wrong bytes, none accepted")  # noqa: T201 - the figure


@given(st.binary(min_size=LENGTH, max_size=LENGTH), st.binary(min_size=LENGTH, max_size=LENGTH))
def test_the_code_is_linear(one, other):
    both = bytes(a ^ b for a, b in zip(one, other, strict=True))
    pairs = zip(checks(one), checks(other), strict=True)
    assert checks(both) == bytes(a ^ b for a, b in pairs)


@pytest.mark.parametrize("length", [1, 16, 253])
def test_other_lengths_work_too(length):
    data = bytes(range(length))
    assert suspect(data, checks(data)) is None
    wrong = bytes([data[0] ^ 5, *data[1:]])
    assert suspect(wrong, checks(data)) == 0
