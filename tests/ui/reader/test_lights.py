"""Lit words: what is remembered of pages, and how they are seen on dark paper."""

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from reviewer.pagetext.characters import Characters
from reviewer.pagetext.terms import Terms, read_term
from reviewer.records.cases import PageText
from ui.reader.page import lights
from ui.reader.page.lights import COLOURS, Lights, Lit, paint_lit
from ui.theme.paper import paper, set_night


@pytest.fixture(autouse=True)
def day():
    yield
    set_night(False)


def page(number):
    return Characters(PageText(number=number, text="hatch", boxes=b"", width=9.0, height=9.0))


def test_few_pages_are_remembered_however_many_were_in_sight():
    held = Lights()
    held.use(Terms(((read_term("hatch"),),)), ["People"], [0])
    for number in range(1, 200):
        held.told(number, page(number))
    assert len(held._pages) <= lights.MOST_PAGES
    kept = page(199)
    held.told(199, kept)
    found = held._on(199, kept)
    assert held._on(199, kept) is found, "worked out again though it is in sight"


@pytest.mark.parametrize("night", [False, True])
@pytest.mark.parametrize("colour", range(len(COLOURS)))
def test_what_is_lit_is_seen_on_this_paper_and_leaves_the_words(qtbot, colour, night):
    set_night(night)
    image = QImage(40, 40, QImage.Format.Format_RGB32)
    image.fill(QColor(paper()))
    image.setPixelColor(9, 9, QColor("white" if night else "black"))
    painter = QPainter(image)
    paint_lit(painter, [Lit(colour, (QRectF(5, 5, 30, 20),))])
    painter.end()
    assert image.pixelColor(9, 9) == QColor("white" if night else "black")
    ground = QColor(paper())
    assert apart(image.pixelColor(20, 15), ground) >= 12
    line = max((image.pixelColor(x, 25) for x in range(6, 12)), key=lambda c: apart(c, ground))
    assert apart(line, ground) >= 90


def apart(one, two):
    """Return how far two colours are apart, of 255."""
    return max(abs(a - b) for a, b in zip(one.getRgb()[:3], two.getRgb()[:3], strict=True))
