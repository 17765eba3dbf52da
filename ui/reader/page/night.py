"""Night pages: dark paper and light ink; pictures are dimmed, and never turned into negatives."""

import numpy as np
from PySide6.QtGui import QColor, QImage

from ui.reader.page.photographs import pictures

_INK = 226  # of 255: black becomes this light
_DIM = 0.75  # of the light of a picture


def at_night(image: QImage, paper: str) -> QImage:
    """Return a page of black on white as light on ``paper``; what is a picture is dimmed."""
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    high, wide = image.height(), image.width()
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(high, image.bytesPerLine())
    colours = rows[:, : wide * 4].reshape(high, wide, 4)[:, :, :3].astype(np.int16)
    light = (colours @ np.array([29, 150, 77], np.int32) >> 8).astype(np.int16)
    dark = QColor(paper)
    ground = np.array([dark.blue(), dark.green(), dark.red()], np.int16)
    # The light is turned round and the colour kept, so that red words stay red.
    share = (light.astype(np.float32) / 255)[:, :, None]
    turned = colours - light[:, :, None] + (_INK + (ground - _INK) * share).astype(np.int16)
    mask = pictures(colours, light)[:, :, None]
    shown = np.where(mask, (colours * _DIM).astype(np.int16), turned).clip(0, 255)
    out = np.full((high, wide, 4), 255, np.uint8)
    out[:, :, :3] = shown
    return QImage(out.data, wide, high, wide * 4, QImage.Format.Format_RGB32).copy()
