"""Transcripts with times: what was said stays, whatever stands around it."""

import pytest

from reviewer.documents.formats import subtitles
from reviewer.documents.inside.ledger import spoken

CUE = "1\n00:00:01,000 --> 00:00:02,000\n"


def said(text):
    blocks, notes = subtitles.blocks(text.encode())
    assert notes == []
    return " ".join(block.text for block in blocks[1:])


def held(text):
    return [word for piece in spoken.transcript(text.encode()).pieces for word in piece]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (CUE + "Before {\\secret words} after", "Before {\\secret words} after"),
        (CUE + "{\\an8}{\\pos(10,20)}{\\i1\\c&H00FF&}Top{\\r}", "Top"),
        (CUE + "<b>Get</b> <i.loud>down</i> <font color='red'>now</font>", "Get down now"),
        (CUE + "<i think so> he said", "<i think so> he said"),
        (CUE + "<v.loud Sgt Lee>Stop</v> <lang en-GB>sir</lang>", "Sgt Lee: Stop sir"),
        (CUE + "Go <00:01.500>on", "Go on"),
    ],
)
def test_only_what_is_known_to_be_a_sign_is_taken_off(text, words):
    assert said(text) == f"00:00:01 - 00:00:02 {words}"
    assert {word for word in held(text) if word not in words.lower()} == set()


def test_words_after_a_time_are_shown_and_counted_settings_are_not():
    text = "1\n00:00:01,000 --> 00:00:02,000 X1:10 align:start door opens\nHi\n"
    assert said(text) == "00:00:01 - 00:00:02 door opens Hi"
    assert held(text) == ["door", "opens", "hi"]


def test_a_number_that_was_said_is_no_number_of_a_part():
    text = CUE + "Call\n999\n00:00:03,000 --> 00:00:04,000\nBye\n"
    assert said(text) == "00:00:01 - 00:00:02 Call 999 00:00:03 - 00:00:04 Bye"
    assert held(text) == ["call", "999", "bye"]


def test_parts_that_are_counted_on_need_not_stand_apart():
    text = CUE + "Call\n2\n00:00:03,000 --> 00:00:04,000\nBye\n\n7\n00:00:05,0 --> 00:00:06,0\nYes"
    assert said(text) == (
        "00:00:01 - 00:00:02 Call 00:00:03 - 00:00:04 Bye 00:00:05 - 00:00:06 Yes"
    )
    assert held(text) == ["call", "bye", "yes"]
    assert held(CUE + "4" * 12 + "\n00:00:03,000 --> 00:00:04,000") == ["4" * 12]
