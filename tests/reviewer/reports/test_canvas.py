"""The canvas of long papers draws what the library's own does."""

import io

import numpy as np
import pypdfium2
import pytest
from reportlab.lib.colors import Color, HexColor
from reportlab.pdfgen.canvas import Canvas

from reviewer.reports.canvas import PaperCanvas
from reviewer.typeset import fonts

INK = HexColor("#20272E")
TEXTS = [
    "The risk was not passed on",
    "a (b) \\ c",
    "caf\u00e9 \u201cquoted\u201d \u2013 50 \u20ac",
    "\N{OWL} rare \u0416",
    "",
]


def drawn(maker, what):
    fonts.ready()
    target = io.BytesIO()
    canvas = maker(target, pagesize=(300, 200), invariant=1, initialFontName=fonts.SANS)
    what(canvas)
    canvas.showPage()
    canvas.save()
    page = pypdfium2.PdfDocument(target.getvalue())[0]
    return page.get_textpage().get_text_range(), page.render(scale=2).to_numpy().astype(int)


def _texts(canvas):
    for row, text in enumerate(TEXTS):
        canvas.setFont(fonts.SANS if row % 2 else fonts.SERIF, 8.25 + row)
        canvas.setFillColor(INK)
        canvas.drawString(10.333, 180 - 20 * row, text)
        canvas.drawRightString(290, 170 - 20 * row, text[:12])


def _boxes(canvas):
    canvas.setStrokeColor(INK)
    canvas.setLineWidth(1.2)
    canvas.setFillColor(HexColor("#D98244"))
    canvas.rect(10, 10, 60.4, 30.2, stroke=1, fill=1)
    canvas.roundRect(80.5, 10, 60, 30, 6, stroke=1, fill=1)
    canvas.roundRect(150, 10, 60, 30, 2, stroke=0, fill=1)
    canvas.roundRect(280, 40, -60, -30, 4, stroke=1, fill=0)
    canvas.line(10, 60, 290, 61.5)
    canvas.lines([(10, 70, 40, 90), (50, 70, 80, 90)])


def _turned(canvas):
    canvas.saveState()
    canvas.translate(100, 100)
    canvas.rotate(90)
    canvas.scale(1.5, 0.5)
    _texts(canvas)
    canvas.restoreState()
    assert canvas.absolutePosition(1, 2) == (1, 2)
    canvas.translate(100, 50)
    canvas.translate(7, 3)
    assert canvas.absolutePosition(1, 2) == (108, 55)
    _boxes(canvas)


def _veiled(canvas):
    canvas.setFillColor(Color(1, 0, 0, alpha=0.5))
    canvas.rect(10, 10, 60, 30, stroke=0, fill=1)
    canvas.setFillColor(HexColor("#0000FF"))
    canvas.rect(40, 20, 60, 30, stroke=0, fill=1)


def _forms(canvas):
    canvas.doForm("late")
    _texts(canvas)
    canvas.beginForm("late")
    canvas.setFillColor(INK)
    canvas.setFont(fonts.SANS_BOLD, 9)
    canvas.drawString(200, 150, "of 212")
    canvas.endForm()


@pytest.mark.parametrize("what", [_texts, _boxes, _turned, _veiled, _forms])
def test_a_page_reads_and_looks_as_the_librarys_own(what):
    words, pixels = drawn(PaperCanvas, what)
    theirs, picture = drawn(Canvas, what)
    assert words == theirs
    assert np.abs(pixels - picture).max() < 100  # edges are softened a little differently
    assert (np.abs(pixels - picture) > 40).mean() < 0.002
