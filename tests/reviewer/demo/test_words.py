"""How a hand-written sentence is told for one case, and found again on a page."""

import struct
from random import Random

import pytest

from reviewer.demo.places import find
from reviewer.demo.words import Clock, first_sentence, tell
from reviewer.records.cases import PageText

CLOCK = Clock(21 * 60 + 47, 1.0)
RNG = Random(1)  # noqa: S311 - invention, not secrecy


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Seen at {+12}.", "Seen at 21:59."),
        ("Seen at {+-30}.", "Seen at 21:17."),
        ("Seen at {+200}.", "Seen at 01:07."),
        ("It took {10~40}.", "It took 30 minutes."),
        ("It took {0~300}.", "It took about 5 hours."),
        ("{He} was [calm].", "He was [calm]."),
        ("[Calm|Calm], {he} said.", "Calm, he said."),
        ("[a [b|b]|a [b|b]]", "a b"),
        ("Told Mr D.K..", "Told Mr D.K."),
        ("'I'm ill'", "\u2018I\u2019m ill\u2019"),
    ],
)
def test_a_sentence_is_told_with_the_facts_and_times_of_the_case(text, told):
    assert tell(text, {"he": "he", "He": "He"}, CLOCK, RNG) == told


def test_a_fact_that_nobody_wrote_is_an_error():
    with pytest.raises(KeyError):
        tell("{nobody}", {}, CLOCK, RNG)


def test_a_first_sentence_is_never_only_a_few_words():
    assert first_sentence("Team knew of it. Nothing was passed on.") == "Team knew of it."
    assert first_sentence("Dr A. saw him at once. Then home.") == "Dr A. saw him at once."
    assert first_sentence("No end") == "No end"


def _page(lines):
    """A page with characters of 600 by 1000 units, a line each."""
    text, boxes = "", b""
    for number, line in enumerate(lines):
        for at, character in enumerate(line + "\n"):
            text += character
            width = 0 if character == "\n" else 600
            left, top = 5000 + at * 600, 9000 + number * 1500
            boxes += struct.pack("<4H", left, top, left + width, top + 1000)
    return PageText(number=3, text=text, boxes=boxes, width=595.0, height=842.0)


def test_a_quotation_is_found_across_lines_with_a_box_for_each():
    number, anchor = find([_page(["He was held", "face down for", "minutes"])], "held face down")
    assert number == 3
    assert anchor.quote == "held\nface down"
    assert (anchor.start, anchor.end) == (7, 21)
    assert anchor.prefix == "He was "
    assert [round(box.top * 65535) for box in anchor.boxes] == [9000, 10500]
    assert round(anchor.boxes[0].left * 65535) == 5000 + 7 * 600
    assert round(anchor.boxes[1].right * 65535) == 5000 + 9 * 600


def test_a_quotation_that_no_page_has_is_not_found():
    assert find([_page(["He was held"])], "he was free") is None
