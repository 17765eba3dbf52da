"""Pixels from the engine as pictures: grey ones in a byte a pixel, turned, on their paper."""

import importlib
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter, QTransform, qRgb

_GREYS = 256
_DARK = 128  # paper that is less light than this is the night's
_NIGHT = "ui.reader.page.night"  # imported when it is first wanted


class Drawn(Protocol):
    """A page as pixels: rows of ``stride`` bytes, BGRX, or one a pixel where it is grey."""

    @property
    def width(self) -> int: ...
    @property
    def height(self) -> int: ...
    @property
    def stride(self) -> int: ...
    @property
    def data(self) -> bytes: ...


def picture_of(drawn: Drawn) -> QImage:
    """Return a page as a picture of its own memory: a quarter of it where there is no colour."""
    grey = QImage.Format.Format_Grayscale8
    kind = grey if drawn.stride == drawn.width else QImage.Format.Format_RGB32
    image = QImage(drawn.data, drawn.width, drawn.height, drawn.stride, kind)
    if kind is not grey and image.allGray():
        return image.convertToFormat(grey)
    return image.copy()


def on_paper(image: QImage, turn: int, paper: str) -> QImage:
    """Return ``image`` turned clockwise by ``turn`` degrees, its white in the colour ``paper``."""
    colour = QColor(paper)
    if colour.lightness() < _DARK:
        image = importlib.import_module(_NIGHT).at_night(image, paper)
    elif colour != QColor(Qt.GlobalColor.white):
        image = _tinted(image, colour)
    return image.transformed(QTransform().rotate(turn)) if turn else image


def _tinted(image: QImage, paper: QColor) -> QImage:
    image = image.copy()
    if image.format() == QImage.Format.Format_Grayscale8:
        sides = paper.red(), paper.green(), paper.blue()
        shades = [[side * grey // (_GREYS - 1) for side in sides] for grey in range(_GREYS)]
        image.reinterpretAsFormat(QImage.Format.Format_Indexed8)
        image.setColorTable([qRgb(*shade) for shade in shades])
        return image
    painter = QPainter(image)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
    painter.fillRect(image.rect(), paper)
    painter.end()
    return image
