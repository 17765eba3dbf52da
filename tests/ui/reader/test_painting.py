"""How the picture of a page is painted where its size was rounded otherwise than the page's."""

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from ui.reader.page.painting import PageParts, paint_page


@pytest.mark.parametrize("high", [99, 100, 101], ids=["lower", "as-high", "higher"])
def test_no_row_of_a_page_is_left_out_or_stretched(qtbot, high):
    picture = QImage(40, high, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    for y in range(4, 96, 2):
        for x in range(40):
            picture.setPixelColor(x, y, QColor(0, 0, 0))
    shown = QImage(60, 120, QImage.Format.Format_RGB32)
    shown.fill(Qt.GlobalColor.gray)
    painter = QPainter(shown)
    paint_page(painter, PageParts(number=1, rect=QRectF(10, 10, 40, 100), image=picture))
    painter.end()
    rows = [shown.pixelColor(30, 10 + y).red() for y in range(4, 96)]
    assert rows == [0, 255] * 46
    assert shown.pixelColor(30, 108).red() == 255
