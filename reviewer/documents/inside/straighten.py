"""A scanned page made ready to be read: which way its lines run, how it leans, how noisy it is."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

_SMALL = 900  # pixels of the longer side that is enough to see lines
_LEAN = 6.0  # degrees; what leans more was photographed, not scanned
_SEEN_LEAN = 0.15  # degrees that the letters of a line do not mind
_MUCH = 1.6  # times as clearly: the lines run from the bottom to the top
_SPECK, _SPECKS = 64.0, 0.002  # grey steps to its neighbours, and the share of paper that has such
_NOISE = 2.5  # grey steps that neighbours on bare paper differ by: more than scanners make
Pixels = npt.NDArray[np.float64]
_TURNS = {
    90: Image.Transpose.ROTATE_270,
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_90,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Lie:
    """How a page lies: ``turn`` clockwise makes its lines level, ``lean`` degrees then upright."""

    turn: int
    lean: float


def grey(width: int, height: int, pixels: bytes) -> Image.Image:
    """Return a page as drawn (4 bytes a pixel: B, G, R, unused) in grey."""
    return Image.frombuffer("RGB", (width, height), pixels, "raw", "BGRX", 0, 1).convert("L")


def lie_of(picture: Image.Image) -> Lie:
    """Return how a page lies, by the turn at which its rows of ink differ most."""
    small = _ink(picture)
    steps = [float(step) for step in np.arange(-_LEAN, _LEAN + 0.1, 1.0)]
    level = max(steps, key=lambda lean: _stripes(small, lean))
    stood = small.transpose(_TURNS[90])
    upright = max(steps, key=lambda lean: _stripes(stood, lean))
    standing = _stripes(stood, upright) > _MUCH * _stripes(small, level)
    best, seen = (upright, stood) if standing else (level, small)
    for wide, step in ((1.0, 0.25), (0.2, 0.05)):
        near = [float(one) for one in np.arange(best - wide, best + wide + step / 2, step)]
        best = max(near, key=lambda lean: _stripes(seen, lean))
    lean = best if abs(best) > _SEEN_LEAN and abs(best) < _LEAN else 0.0
    return Lie(turn=90 if standing else 0, lean=lean)


def noisy(picture: Image.Image) -> bool:
    """Whether bare paper is so restless that its specks would be read as letters."""
    half = picture.crop(_middle(picture))
    plain = np.asarray(half, float)
    calm = np.asarray(half.filter(ImageFilter.MedianFilter(3)), float)
    paper = calm > np.median(calm) - 10
    steps = np.abs(plain - calm)[paper]
    return bool(steps.mean() > _NOISE or (steps > _SPECK).mean() > _SPECKS)


def turned(picture: Image.Image, turn: int) -> Image.Image:
    """Return a page turned clockwise by a quarter, a half or three quarters."""
    return picture.transpose(_TURNS[turn]) if turn else picture


def straight(picture: Image.Image, lean: float) -> Image.Image:
    """Return a page turned by a few degrees, nothing of it cut off."""
    if not lean:
        return picture
    paper = int(np.median(np.asarray(picture)))
    return picture.rotate(lean, Image.Resampling.BICUBIC, expand=True, fillcolor=paper)


def back(
    corners: Pixels, *, seen: tuple[int, int], page: tuple[int, int], lie: Lie, larger: float
) -> Pixels:
    """Return boxes (a row each: left, top, right, bottom) of a picture that was read, on the page.

    ``seen`` is the size of that picture, ``page`` that of the page, both in pixels; ``larger`` is
    how much the picture was enlarged. A box that leaned is the smallest upright one around it.
    """
    width, height = page if lie.turn % 180 == 0 else page[::-1]
    x = corners[:, [0, 2, 2, 0]] / larger - seen[0] / larger / 2
    y = corners[:, [1, 1, 3, 3]] / larger - seen[1] / larger / 2
    angle = np.radians(lie.lean)
    x, y = (
        np.cos(angle) * x - np.sin(angle) * y + width / 2,
        np.sin(angle) * x + np.cos(angle) * y + height / 2,
    )
    if lie.turn == 90:
        x, y = y, page[1] - x
    elif lie.turn == 180:
        x, y = page[0] - x, page[1] - y
    elif lie.turn == 270:
        x, y = page[0] - y, x
    return np.stack([x.min(1), y.min(1), x.max(1), y.max(1)], axis=1)


def _middle(picture: Image.Image) -> tuple[int, int, int, int]:
    wide, high = picture.size
    return wide // 8, high // 8, wide - wide // 8, high - high // 8


def _ink(picture: Image.Image) -> Image.Image:
    """Return a small picture in which only ink is not black."""
    scale = min(1.0, _SMALL / max(picture.size))
    size = max(1, round(picture.width * scale)), max(1, round(picture.height * scale))
    small = picture.resize(size, Image.Resampling.BOX).filter(ImageFilter.MedianFilter(3))
    dark = 255.0 - np.asarray(small, float)
    dark[dark < dark.mean() + 0.5 * dark.std()] = 0
    return Image.fromarray(dark.clip(0, 255).astype(np.uint8))


def _stripes(ink: Image.Image, lean: float) -> float:
    """Return how much neighbouring rows differ when the picture is turned by ``lean``."""
    picture = ink.rotate(lean, Image.Resampling.BILINEAR) if lean else ink
    rows = np.asarray(picture, float).sum(1)
    return float(((rows[1:] - rows[:-1]) ** 2).sum())
