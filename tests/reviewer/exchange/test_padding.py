"""Nothing that can be seen of a return before the release tells how high its ratings are."""

from dataclasses import replace

import numpy as np
import pytest

from reviewer.crypto.identity import new_age_key, new_signing_key
from reviewer.errors import InputError, ReturnError
from reviewer.exchange.header import BYTES
from reviewer.exchange.layers import lock_work, put_together
from reviewer.exchange.padding import LARGEST, SMALLEST, STEP, class_of, first_class, pad, unpad
from reviewer.records.panel import RoundKey
from tests.reviewer.exchange import simulated

MEMBERS, CASES, FACTORS = 200, 4, 17
# What is left varies by the grease stanzas that age draws anew each time, so |r| is a sample of
# unrelated things: below 2 / sqrt(n) in 95 of 100 runs, below this in all but one of 15,000.
BY_CHANCE = 4 / np.sqrt(MEMBERS)


@pytest.fixture(scope="module")
def panel():
    random = np.random.default_rng(20261123)
    return [simulated.member(random, cases=CASES) for _ in range(MEMBERS)]


def _r(values, high):
    """Return |r| with the share of high ratings; what never differs tells nothing."""
    return 0.0 if np.ptp(values) == 0 else float(abs(np.corrcoef(values, high)[0, 1]))


def _sealed(panel):
    """Return the length of each header and of each whole return file."""
    random = np.random.default_rng(7)
    release, receiving, signing = new_age_key(), new_age_key(), new_signing_key()
    key = RoundKey(recipient=release.public, room=first_class(CASES, FACTORS))
    headers, files = [], []
    for one in panel:
        made = simulated.header(random)
        made = replace(made, recipient=receiving.public, public_key=signing.public)
        headers.append(len(made.encode()))
        files.append(len(put_together(made, lock_work(one.body, key), signing)[0]))
    return headers, files


def test_size_and_header_tell_nothing_of_the_ratings(panel, capsys):
    high = [one.high for one in panel]
    headers, files = _sealed(panel)
    told = {
        "bytes of the work": [len(one.body) for one in panel],
        "header": headers,
        "file": files,
    }
    figures = {name: _r(values, high) for name, values in told.items()}
    first = first_class(CASES, FACTORS)
    share = np.mean([class_of(one.body, first) == first for one in panel])
    with capsys.disabled():
        print(  # noqa: T201 - the figure of docs/reliability.md
            f"\n{MEMBERS} members: |r| with high ratings: unpadded"
            f" {figures['bytes of the work']:.2f}, header {figures['header']:.2f}, file"
            f" {figures['file']:.2f}; {share:.1%} in the first class of {first >> 10} KiB"
        )
    assert figures["bytes of the work"] > 0.7  # so that there is something to hide
    assert figures["header"] == 0
    assert figures["file"] < BY_CHANCE
    assert share >= 0.99
    assert set(headers) == {BYTES}


@pytest.mark.parametrize("cases", [1, 12])
def test_99_of_100_are_in_the_first_class_of_other_panels_too(cases):
    random = np.random.default_rng(cases)
    first = first_class(cases, FACTORS)
    sizes = [len(simulated.member(random, cases=cases).body) for _ in range(60)]
    assert np.mean([class_of(bytes(size), first) == first for size in sizes]) >= 0.99


def test_the_first_class_follows_the_largest_allocation():
    assert first_class(0, 17) == SMALLEST
    found = [first_class(cases, 17) for cases in (1, 10, 100, 1000, 10_000)]
    assert found == sorted(found)
    assert found[-1] == LARGEST
    assert all(size in {SMALLEST * STEP**n for n in range(8)} | {LARGEST} for size in found)


def test_what_is_padded_comes_back_and_is_of_its_class():
    second = SMALLEST * STEP
    for length, size in {
        0: SMALLEST,
        1: SMALLEST,
        SMALLEST - 4: SMALLEST,
        SMALLEST - 3: second,
        second - 4: second,
        second: second * STEP,
    }.items():
        body = bytes(range(1, 256)) * (length // 255) + b"\x07" * (length % 255)
        padded = pad(body, SMALLEST)
        assert unpad(padded) == body
        assert len(padded) == size
    assert len(pad(b"x", SMALLEST * STEP)) == SMALLEST * STEP


def test_the_largest_class_still_fits_a_file():
    signing, receiving = new_signing_key(), new_age_key()
    key = RoundKey(recipient=new_age_key().public, room=LARGEST)
    made = replace(simulated.header(np.random.default_rng(1)), recipient=receiving.public)
    assert len(put_together(made, lock_work(b"x", key), signing)[0]) <= 32 << 20


def test_more_than_any_class_holds_is_said_before_it_is_sealed():
    with pytest.raises(InputError, match="larger than a return may be"):
        pad(bytes(LARGEST), SMALLEST)


@pytest.mark.parametrize("size", [0, 1, SMALLEST - 1, SMALLEST + 1, LARGEST - 1])
def test_a_size_that_is_no_class_is_refused(size):
    with pytest.raises(ReturnError) as refused:
        unpad(bytes(size))
    assert refused.value.layer == "work"
