"""Columns drawn line by line across them are read one after the other; tables are not."""

import io
import struct

import pytest
from reportlab.pdfgen.canvas import Canvas

from reviewer.documents.formats.pdf import Pdf
from reviewer.documents.formats.pdf_columns import by_columns

LEFT = [
    "The night officer opened the",
    "hatch at 02:10 and saw the man",
    "lying on his side, not moving.",
]
RIGHT = [
    "The nurse was called at 02:40",
    "and came at 03:05 with the bag",
    "and began resuscitation.",
]


def drawn(*rows, indent=0, between=300, rotation=0):
    """Return a PDF whose rows are drawn one after the other, each across its columns."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(600, 400), invariant=1)
    canvas.setPageRotation(rotation)
    canvas.setFont("Helvetica", 11)
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            canvas.drawString(
                40 + between * column + (indent if at == 0 else 0), 350 - 14 * at, text
            )
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def words(made):
    pdf = Pdf(made)
    try:
        return pdf.words(1)
    finally:
        pdf.close()


def read(*rows, **more):
    return words(drawn(*rows, **more)).text.split("\n")


@pytest.mark.parametrize("indent", [0, 18])
def test_two_columns_are_read_one_after_the_other(indent):
    assert read(*zip(LEFT, RIGHT, strict=True), indent=indent) == [*LEFT, *RIGHT]


def test_what_stands_above_and_below_stays_there():
    rows = [["On the night in question"], *zip(LEFT, RIGHT, strict=True)]
    below = ["A line below that runs across both of the columns, and past the gap between them"]
    assert read(*rows, below) == ["On the night in question", *LEFT, *RIGHT, *below]


def test_the_longer_column_is_read_to_its_end():
    rows = [*zip(LEFT, RIGHT, strict=True), ["nobody was told of it."]]
    assert read(*rows) == [*LEFT, "nobody was told of it.", *RIGHT]


def test_the_cells_of_a_table_stay_on_their_lines():
    rows = [
        ["Fluids given at night", "Yes, by the night nurse"],
        ["Doctor called in time", "No, nobody called one"],
        ["Family told of it", "On the next day only"],
    ]
    assert read(*rows) == [" ".join(row) for row in rows]


def test_short_cells_in_small_letters_stay_on_their_lines():
    rows = [["name", "smith"], ["date", "3 may"], ["cell", "four"], ["age", "33"]]
    assert read(*rows) == [" ".join(row) for row in rows]


def test_two_lines_alone_are_no_columns():
    assert read(*zip(LEFT[:2], RIGHT[:2], strict=True)) == [
        " ".join(row) for row in zip(LEFT[:2], RIGHT[:2], strict=True)
    ]


def test_every_letter_keeps_its_box():
    found = words(drawn(*zip(LEFT, RIGHT, strict=True)))
    boxes = list(struct.iter_unpack("<4H", found.boxes))
    assert len(boxes) == len(found.text)
    for text, column in ((LEFT[1], 0), (RIGHT[1], 1)):
        at = found.text.index(text)
        left, top, right, bottom = zip(*boxes[at : at + len(text)], strict=True)
        middle = (min(left) + max(right)) / 2 / 65_535
        assert (middle > 0.5) == bool(column)
        assert max(top) < min(bottom)
        assert list(left) == sorted(left)


def test_wide_blanks_at_the_ends_of_lines_part_nothing():
    """As in the words over some scans: a line ends with a blank as wide as its letters."""
    told = "ab \r\n" * 4 + "ab"
    places = range(len(told))
    columns = (
        [60_000 if told[at] == "\r" else 0 for at in places],
        [100 * (at // 5) for at in places],
        [500] * len(told),
        [100 * (at // 5) + 90 for at in places],
    )
    assert by_columns(told, columns, 0.7) == (told, columns)
