"""Night pages: dark paper and light ink; pictures are dimmed, and never turned into negatives."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage

_INK = 226  # of 255: black becomes this light
_DIM = 0.75  # of the light of a picture
_BLOCK = 24  # pixels a side: a piece of a page is a picture or is not
_SHARE = 0.5  # of its pixels that are neither paper nor ink, or that are coloured
_COLOURED = 60  # between the most and the least of red, green and blue

Bytes = NDArray[np.uint8]


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
    mask = _pictures(colours, light)[:, :, None]
    shown = np.where(mask, (colours * _DIM).astype(np.int16), turned).clip(0, 255)
    out = np.full((high, wide, 4), 255, np.uint8)
    out[:, :, :3] = shown
    return QImage(out.data, wide, high, wide * 4, QImage.Format.Format_RGB32).copy()


def _pictures(colours: NDArray[np.int16], light: NDArray[np.int16]) -> NDArray[np.bool_]:
    """Return which pixels belong to pictures: pieces that are mostly neither paper nor ink."""
    high, wide = light.shape
    between = ((light > 40) & (light < 215)) | (
        colours.max(axis=2) - colours.min(axis=2) > _COLOURED
    )
    down, across = -(-high // _BLOCK), -(-wide // _BLOCK)
    padded = np.zeros((down * _BLOCK, across * _BLOCK), np.bool_)
    padded[:high, :wide] = between
    blocks = padded.reshape(down, _BLOCK, across, _BLOCK).mean(axis=(1, 3)) > _SHARE
    grown = np.pad(blocks, 1)
    around = sum(
        grown[1 + y : 1 + y + down, 1 + x : 1 + x + across].astype(np.int8)
        for y in (-1, 0, 1)
        for x in (-1, 0, 1)
    )
    whole = (blocks & (around >= 3)) | (around >= 5)
    result: NDArray[np.bool_] = np.kron(whole, np.ones((_BLOCK, _BLOCK), np.bool_))[:high, :wide]
    return result
