"""Dark paper: words light and in their colour, pictures no negatives, marks still seen."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QImage, QPainter

from ui.reader.page.bitmaps import on_paper
from ui.reader.page.wash import lay
from ui.theme.paper import NIGHT, paper, set_night


@pytest.fixture(autouse=True)
def day():
    yield
    set_night(False)


def page():
    """Return a white page: black and red words' ink above, a picture of greys below."""
    image = QImage(480, 480, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.fillRect(40, 40, 60, 3, QColor("black"))
    painter.fillRect(40, 80, 60, 3, QColor("#d00000"))
    for x in range(240):
        painter.fillRect(120 + x, 240, 1, 192, QColor(60 + x // 2, 90, 60))
    painter.end()
    return image


def test_words_are_light_on_dark_and_keep_their_colour():
    shown = on_paper(page(), 0, NIGHT)
    assert shown.pixelColor(10, 10).name() == NIGHT.lower()
    assert shown.pixelColor(60, 41).lightness() > 200
    red = shown.pixelColor(60, 81)
    assert red.red() > red.green() + 60
    assert red.lightness() > 128


def test_a_picture_is_dimmed_and_no_negative():
    before, shown = page(), on_paper(page(), 0, NIGHT)
    for x in (170, 240, 310):
        one, two = before.pixelColor(x, 330), shown.pixelColor(x, 330)
        assert two.red() == pytest.approx(one.red() * 0.75, abs=2)
        assert two.green() == pytest.approx(one.green() * 0.75, abs=2)


def test_a_grey_page_and_a_turned_one_come_out_alike():
    grey = page().convertToFormat(QImage.Format.Format_Grayscale8)
    shown = on_paper(grey, 90, NIGHT)
    assert (shown.width(), shown.height()) == (480, 480)
    assert shown.pixelColor(10, 470).name() == NIGHT.lower()
    assert on_paper(page(), 0, "#ffffff").pixelColor(10, 10).name() == "#ffffff"


def test_a_wash_is_seen_on_dark_paper_and_leaves_the_words():
    image = QImage(20, 20, QImage.Format.Format_RGB32)
    for night in (False, True):
        set_night(night)
        image.fill(QColor(paper()))
        image.setPixelColor(QPoint(3, 3), QColor("white" if night else "black"))
        before = image.copy()
        painter = QPainter(image)
        lay(painter, image.rect(), QColor(200, 120, 0, 90))
        painter.end()
        assert image.pixelColor(10, 10) != before.pixelColor(10, 10)
        assert image.pixelColor(3, 3) == before.pixelColor(3, 3)


@pytest.mark.parametrize("shift", [0, 5, 11, 13, 19])
@pytest.mark.parametrize("sides", [(200, 150), (61, 301)])
def test_a_photograph_is_dimmed_to_its_own_edges(shift, sides):
    image = QImage(480, 480, QImage.Format.Format_RGB32)
    image.fill(QColor("#fdfdfd"))
    left, top, right, bottom = 72 + shift, 96 + shift, 72 + shift + sides[0], 96 + shift + sides[1]
    painter = QPainter(image)
    painter.fillRect(left, top, *sides, QColor(120, 140, 90))
    painter.fillRect(left, top - 12, sides[0], 1, QColor("black"))  # a rule beside it
    for x in range(left, right, 9):
        painter.fillRect(x, bottom + 8, 3, 9, QColor("black"))  # words under it
    painter.end()
    shown = on_paper(image, 0, NIGHT)
    dimmed = QColor(90, 105, 67).name()
    middle = (top + bottom) // 2, (left + right) // 2
    inside = [(left, middle[0]), (right - 1, middle[0]), (middle[1], top), (middle[1], bottom - 1)]
    outside = [
        (left - 1, middle[0]),
        (right, middle[0]),
        (middle[1], top - 1),
        (middle[1], bottom),
    ]
    assert {shown.pixelColor(*at).name() for at in inside} == {dimmed}
    assert all(shown.pixelColor(*at).lightness() < 60 for at in outside)


def test_what_is_no_rectangle_is_dimmed_by_its_pieces():
    image = QImage(480, 480, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.fillRect(24, 24, 96, 408, QColor(120, 140, 90))
    painter.fillRect(24, 336, 408, 96, QColor(120, 140, 90))
    painter.end()
    shown = on_paper(image, 0, NIGHT)
    assert shown.pixelColor(300, 100).name() == NIGHT.lower()
    assert {shown.pixelColor(60, 60).red(), shown.pixelColor(400, 400).red()} == {90}


def test_a_page_that_is_a_picture_to_its_edges_is_dimmed_whole():
    image = QImage(240, 240, QImage.Format.Format_RGB32)
    image.fill(QColor(120, 140, 90))
    shown = on_paper(image, 0, NIGHT)
    assert {shown.pixelColor(x, y).red() for x in (0, 120, 239) for y in (0, 120, 239)} == {90}
