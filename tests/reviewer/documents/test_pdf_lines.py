"""Lines that are drawn sideways and words in spaced letters are read as words."""

import io

import pytest
from reportlab.pdfgen.canvas import Canvas

from reviewer.documents.formats.pdf import Pdf


def read(draw):
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), invariant=1)
    canvas.setFont("Helvetica", 12)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    pdf = Pdf(out.getvalue())
    try:
        words = pdf.words(1)
    finally:
        pdf.close()
    assert len(words.boxes) == 8 * len(words.text)
    return words.text


@pytest.mark.parametrize("turn", [90, -90])
def test_a_line_drawn_sideways_is_one_line(turn):
    line = "illicit pills initially filled little till midnight"

    def draw(canvas):
        canvas.translate(300, 400)
        canvas.rotate(turn)
        canvas.drawString(0, 0, line)
        canvas.drawString(0, -16, "the second line")

    assert sorted(read(draw).split("\n")) == [line, "the second line"]


def at_one_step(canvas):
    for at, letter in enumerate("Restraint position"):
        canvas.drawString(72 + 9 * at, 700, letter)


def by_the_space_of_letters(canvas):
    text = canvas.beginText(72, 700)
    text.setCharSpace(5)
    text.textOut("Restraint position")
    canvas.drawText(text)


@pytest.mark.parametrize("draw", [at_one_step, by_the_space_of_letters])
def test_words_in_spaced_letters_are_words(draw):
    def between(canvas):
        canvas.drawString(72, 730, "A report")
        draw(canvas)
        canvas.drawString(72, 670, "goes on")

    assert read(between).split("\n") == ["A report", "Restraint position", "goes on"]


def far_apart(canvas):
    for at, letter in enumerate("ABCDEFGH"):
        canvas.drawString(72 + 24 * at, 700, letter)


def typed(canvas):
    canvas.drawString(72, 700, "A B C D E F G H")


@pytest.mark.parametrize("draw", [far_apart, typed])
def test_letters_that_stand_alone_stay_alone(draw):
    assert read(draw) == "A B C D E F G H"


def test_figures_of_a_row_stay_apart():
    def draw(canvas):
        for at, figure in enumerate("12345678"):
            canvas.drawString(72 + 12 * at, 700, figure)

    assert read(draw) == "1 2 3 4 5 6 7 8"
