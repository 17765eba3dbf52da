"""Clocks as people write them, and how far they run ahead."""

import pytest

from reviewer.chronology.clocks import read_clock
from reviewer.chronology.words import clock_words


@pytest.mark.parametrize(
    ("text", "fast"),
    [
        ("CAD +3 min", 3), ("CAD -3 min", -3), ("CAD \u22123 min", -3), ("CAD + 3min", 3),
        ("CAD +3 minutes", 3), ("CAD +1 minute", 1), ("CAD +3 mins", 3), ("CAD +3min.", 3),
        ("CAD +1 h", 60), ("CAD -2 hours", -120), ("CAD +1 hr 30 min", 90), ("CAD (+3 min)", 3),
        ("CAD \u20133 min", -3), ("CAD: +3 Min", 3),
        ("CAD runs 3 min fast", 3), ("CAD 3 min fast", 3), ("CAD is 3 minutes slow", -3),
        ("CAD 1 h 5 min behind", -65), ("CAD 2 hours ahead.", 120), ("CAD +3 min fast", 3),
    ],
)  # fmt: skip
def test_a_clock_is_read_as_people_write_it(text, fast):
    assert read_clock(text) == ("CAD", fast, True)


@pytest.mark.parametrize(
    "text",
    [
        "CAD 3 min", "CAD 3 min late", "CAD +3", "UTC+1", "UTC -1", "CAD +3 s", "CAD +1.5 h",
        "CAD -3 min fast", "CAD +3 min slow", "CAD three minutes fast", "CAD +2 days",
        "CAD runs a little slow", "CAD 3\u2032", "CAD +" + "1" * 200, "CAD +123456 min",
    ],
)  # fmt: skip
def test_what_seems_to_say_how_wrong_a_clock_is_and_is_not_understood_is_told(text):
    assert read_clock(text) == (text, 0, False)


@pytest.mark.parametrize("text", ["", "CAD", "ward clock", "Ward 3", "ward-3", "2nd floor"])
def test_a_name_is_only_a_name(text):
    assert read_clock(text) == (text, 0, True)


def test_a_clock_comes_back_as_it_was_written_out():
    for name in ("CAD", "CAD +3 minutes", "CAD runs", "", "CAD ("):
        for fast in (3, -60):
            assert read_clock(clock_words(name, fast))[:2] == (name, fast)
