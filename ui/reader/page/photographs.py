"""Where the pictures of a page lie: rough pieces first, then to the edges of what was printed."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

_BLOCK = 24  # pixels a side: a piece of a page is a picture or is not
_SHARE = 0.5  # of its pixels that are neither paper nor ink, or that are coloured
_COLOURED = 60  # between the most and the least of red, green and blue
_WHOLE = 0.8  # of the pieces in its bounds: what has fewer is no rectangle
_PRINTED = 0.5  # of a row or a column of pixels that are not paper: the picture goes on
_DARKER = 10  # than paper: it is printed on
_ROWS = 3  # that many on end, so that no rule beside a picture is taken for its edge

Numbers = NDArray[np.int16]
Mask = NDArray[np.bool_]


def pictures(colours: Numbers, light: Numbers) -> Mask:
    """Return which pixels of a page belong to pictures.

    ``colours`` has three numbers a pixel, ``light`` one, 0 to 255.
    """
    high, wide = light.shape
    blocks = _pieces(colours, light)
    mask: Mask = np.kron(blocks, np.ones((_BLOCK, _BLOCK), np.bool_))[:high, :wide]
    outside = light[~mask]
    if not blocks.any() or not outside.size:
        return mask
    printed = light < int(np.median(outside)) - _DARKER
    for top, bottom, left, right in _rectangles(blocks):
        bounds = (top * _BLOCK, bottom * _BLOCK, left * _BLOCK, right * _BLOCK)
        mask[bounds[0] : bounds[1], bounds[2] : bounds[3]] = False
        top, bottom, left, right = _edges(printed, *bounds)  # noqa: PLW2901 - the same, finer
        mask[top:bottom, left:right] = True
    return mask


def _pieces(colours: Numbers, light: Numbers) -> Mask:
    """Return which pieces of a page are mostly neither paper nor ink."""
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
    whole: Mask = (blocks & (around >= 3)) | (around >= 5)
    return whole


def _rectangles(blocks: Mask) -> Iterator[tuple[int, int, int, int]]:
    """Yield top, bottom, left and right of the pieces that hang together as a rectangle."""
    left = {(int(y), int(x)) for y, x in zip(*np.nonzero(blocks), strict=True)}
    while left:
        found, edge = set(), [left.pop()]
        while edge:
            y, x = edge.pop()
            found.add((y, x))
            beside = {(y - 1, x), (y + 1, x), (y, x - 1), (y, x + 1)} & left
            left -= beside
            edge += beside
        rows, columns = [y for y, _ in found], [x for _, x in found]
        bounds = min(rows), max(rows) + 1, min(columns), max(columns) + 1
        top, bottom, first, last = bounds
        if len(found) >= _WHOLE * (bottom - top) * (last - first):
            yield bounds


def _edges(
    printed: Mask, top: int, bottom: int, left: int, right: int
) -> tuple[int, int, int, int]:
    """Return the bounds of a picture to the pixel, out of those of its pieces.

    Its edge lies up to a piece outside of them, or inside.
    """
    down = printed[max(top - _BLOCK, 0) : bottom + _BLOCK, _inner(left, right)]
    across = printed[_inner(top, bottom), max(left - _BLOCK, 0) : right + _BLOCK]
    rows = _reach(down.mean(axis=1) >= _PRINTED)
    columns = _reach(across.mean(axis=0) >= _PRINTED)
    above, before = max(top - _BLOCK, 0), max(left - _BLOCK, 0)
    top, bottom = (above + rows[0], above + rows[1]) if rows else (top, bottom)
    left, right = (before + columns[0], before + columns[1]) if columns else (left, right)
    return top, bottom, left, right


def _inner(first: int, last: int) -> slice:
    """Return what of a picture is surely in it: without the pieces at its edges."""
    return (
        slice(first + _BLOCK, last - _BLOCK) if last - first > 2 * _BLOCK else slice(first, last)
    )


def _reach(goes_on: Mask) -> tuple[int, int] | None:
    """Return where the first of some lines on end begins and the last ends.

    >>> _reach(np.array([True, False, True, True, True, False, True, True, True, False]))
    (2, 9)
    >>> _reach(np.array([True, True, False, True]))
    """
    runs = np.convolve(goes_on, np.ones(_ROWS, np.int8), "valid") == _ROWS
    places = np.nonzero(runs)[0]
    return (int(places[0]), int(places[-1]) + _ROWS) if places.size else None
