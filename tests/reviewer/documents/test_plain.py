"""Text files: tables that were made with blanks keep their columns."""

import pytest

from reviewer.documents.formats.plain import lines
from reviewer.documents.formats.typeset import STYLES, set_pages, width_of

TABLE = """Time   Pulse  Score
-----  -----  -----
21:00     88  1

21:30    140  9"""


def styles(text):
    return [(block.style, block.text) for block in lines(text)]


def test_a_table_made_with_blanks_stands_in_a_fixed_face():
    assert styles(f"Seen at ten.\n\n{TABLE}\n\nAnd so on.") == [
        ("lines", "Seen at ten.\n"),
        ("fixed", TABLE),
        ("lines", "\nAnd so on."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "One sentence.  Another one after two blanks.",
        "  indented\n  and so on",
        "a\n\n\nb  c",
        "----\nprose between rules\n----",
    ],
)
def test_prose_is_none(text):
    assert styles(text) == [("lines", text)]


def test_columns_between_tabs_are_a_table_too():
    text = "name\twhat\nA\tlong text\n"
    assert styles(text)[0] == ("fixed", "name\twhat\nA\tlong text")


@pytest.mark.parametrize(
    ("width", "style"), [(84, "fixed"), (115, "fixed-small"), (133, "fixed-tiny")]
)
def test_a_wide_table_is_smaller_so_that_its_rows_stay_whole(width, style):
    line = "a  " + "x" * (width - 4) + "z"
    (block,) = lines(f"{line}\n{line}")
    assert block.style == style
    assert width_of(line, STYLES[style]) <= 459


def test_no_line_is_lost_or_moved():
    text = f"a\n{TABLE}\nb\n\n\n{TABLE}\n"
    assert "\n".join(block.text for block in lines(text)) == text


def test_every_letter_of_a_column_has_the_width_of_every_other():
    assert width_of("iiii", STYLES["fixed"]) == pytest.approx(width_of("WWWW", STYLES["fixed"]))
    assert b"Mono" in set_pages(list(lines(TABLE))).pdf
