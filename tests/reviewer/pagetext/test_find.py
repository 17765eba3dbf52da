"""Finding on one page: words that a line breaks."""

import pytest

from reviewer.pagetext.anchors import quoted
from reviewer.pagetext.find import find
from reviewer.records.cases import PageText

TEXT = "He was moved to the Obser-\nvation ward by the self-\nharm team, 2010-\n11."


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("observation", ["Obser-\nvation"]),
        ("the observation  ward", ["the Obser-\nvation ward"]),
        ("obser-vation", ["Obser-\nvation"]),
        ("obser-", ["Obser-"]),
        ("self-harm", ["self-\nharm"]),
        ("selfharm", ["self-\nharm"]),
        ("2010-11", ["2010-\n11"]),
        ("obser vation", []),
        ("wardby", []),
    ],
)
def test_a_broken_word_is_found_whole_and_as_it_is_printed(query, found):
    assert [TEXT[start:end] for start, end in find(TEXT, query)] == found


def test_a_page_without_a_break_finds_what_it_did():
    assert list(find("A self-harm team", "selfharm")) == []


def test_a_mark_is_made_of_the_word_as_it_is_said():
    page = PageText(number=1, text=TEXT, boxes=bytes(8 * len(TEXT)), width=595, height=842)
    anchor = quoted(page, "the Observation ward")
    assert anchor is not None
    assert anchor.quote == "the Obser-\nvation ward"
    assert quoted(page, "the observation ward") is None, "letter for letter"
