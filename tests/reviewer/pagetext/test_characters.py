"""What a hand on the page means, and what is found: the words of a page and their places."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.pagetext.characters import Characters
from reviewer.pagetext.find import find
from reviewer.records.cases import PageText
from tests.ui.reader.pages import make_pdf, page_text

PDF = make_pdf(1, lines=("Short.", "And a second line."))


@pytest.fixture(scope="module")
def characters():
    return Characters(page_text(make_pdf(1), 1))


def test_pointing_at_a_character_gives_its_offset(characters):
    start = characters.text.index("Restrained")
    box = characters.boxes(start, start + 1)[0]
    left = box.left + (box.right - box.left) * 0.2
    right = box.left + (box.right - box.left) * 0.8
    middle = (box.top + box.bottom) / 2
    assert characters.caret(left, middle) == start
    assert characters.caret(right, middle) == start + 1


def test_below_the_last_line_the_pointer_means_the_end(characters):
    assert characters.caret(0.99, 0.99) == len(characters.text)


def test_words_and_lines_are_whole(characters):
    at = characters.text.index("airway") + 2
    start, end = characters.word(at)
    assert characters.text[start:end] == "airway"
    start, end = characters.line(at)
    assert characters.text[start:end].strip() == (
        "No officer is recorded as responsible for the head and airway."
    )


def test_a_quote_over_two_lines_has_two_boxes_and_its_context(characters):
    start = characters.text.index("seven minutes")
    end = characters.text.index("is recorded")
    anchor = characters.anchor(start, end)
    assert len(anchor.boxes) == 2
    assert anchor.boxes[0].top < anchor.boxes[1].top
    assert anchor.quote == characters.text[start:end]
    assert anchor.prefix.endswith("face down for ")
    assert len(anchor.prefix) == 32
    assert anchor.suffix.startswith("is recorded")


def test_stepping_a_line_keeps_the_column(characters):
    start = characters.text.index("Appeared")
    down = characters.step(start, 1)
    assert characters.text[down:].startswith("22:06")
    assert characters.step(down, -1) == start


def test_a_scan_has_no_places():
    page = PageText(number=1, text="", boxes=b"", width=595, height=842)
    assert not Characters(page).placed
    assert Characters(page).caret(0.5, 0.5) == 0
    assert Characters(page).word(3) == (0, 0)


def test_text_without_boxes_is_taken_as_not_placed():
    page = PageText(number=1, text="words", boxes=b"", width=595, height=842)
    assert not Characters(page).placed


@given(x=st.floats(0, 1), y=st.floats(0, 1))
def test_any_point_means_some_offset(x, y):
    characters = Characters(page_text(PDF, 1))
    assert 0 <= characters.caret(x, y) <= len(characters.text)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("officer's", ["officer\u2019s"]),
        ("THE CELL", ["the\r\ncell", "The  cell"]),
        ("   ", []),
        ("", []),
        ("absent", []),
        ("stra\u00dfe", ["STRASSE"]),
        ("a.b", []),
    ],
)
def test_finding_forgives_case_quotes_and_line_breaks(query, expected):
    text = "An officer\u2019s note: the\r\ncell. The  cell in STRASSE."
    assert [text[a:b] for a, b in find(text, query)] == expected


def test_a_letter_that_folds_to_two_moves_nothing_after_it():
    text = "Stra\u00dfe \ufb01ve, the  CELL"
    assert [text[a:b] for a, b in find(text, "the cell")] == ["the  CELL"]
    assert [text[a:b] for a, b in find(text, "strasse five")] == ["Stra\u00dfe \ufb01ve"]


@given(st.text(max_size=60), st.text(max_size=5))
def test_what_is_found_lies_in_the_text_and_never_overlaps(text, query):
    last = 0
    for start, end in find(text, query):
        assert last <= start < end <= len(text)
        last = end
