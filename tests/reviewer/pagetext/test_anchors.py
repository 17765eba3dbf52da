"""A quotation as the anchor of a mark: the same as of the words selected in the window."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.pagetext.anchors import find, quoted
from reviewer.pagetext.characters import Characters
from reviewer.records.cases import PageText
from tests.ui.reader.pages import make_pdf, page_text


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


@pytest.mark.parametrize("quote", ["held face", "seven minutes. No officer", "22:31 Checked", "."])
def test_the_anchor_is_that_of_the_same_words_selected_on_the_page(quote):
    page = page_text(make_pdf(1), 1)
    anchor = quoted(page, quote)
    assert anchor == Characters(page).anchor(anchor.start, anchor.end)
    assert anchor.boxes


@given(st.lists(st.text("ab \r\n", max_size=9), max_size=5), st.data())
def test_the_lines_about_a_quotation_are_those_of_the_whole_page(lines, data):
    page = _page(lines)
    ends = st.integers(0, len(page.text))
    start, end = sorted((data.draw(ends), data.draw(ends)))
    part = Characters(page, within=(start, end))
    assert part.anchor(start, end) == Characters(page).anchor(start, end)


@pytest.mark.parametrize("quote", ["", " ", "\n", "HELD"])
def test_no_words_and_other_letters_are_no_quotation(quote):
    assert quoted(_page(["He was held"]), quote) is None


def test_a_page_without_places_has_the_words_and_no_boxes():
    anchor = quoted(PageText(number=1, text="He was held", boxes=b"", width=9, height=9), "held")
    assert (anchor.quote, anchor.boxes) == ("held", ())
