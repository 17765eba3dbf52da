"""Columns of a page that were drawn line by line across them: read one after the other.

Most programs draw a column as a whole, and then the text comes in the order in which it is read.
Where the lines of two are drawn together, they are taken apart only if all of it looks like prose:
the same left edges down at least three lines, several words a line, and most lines going on
in small letters. The cells of a table begin anew on each line, and stay as they are.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from reviewer.documents.formats.pdf_text import Columns

_LINES = 3  # that stand side by side, at least
_WORDS = 3  # of a line in a column, on average
_GOES_ON = 0.5  # of the lines of a column begin with a small letter, at least
_INDENT = 2.5  # heights of a line: how far a first line may begin from its column's edge
_LEADING = 2.2  # heights of a line from one to the next, at most
_BREAKS = "\r\n"  # a blank beside one parts no words
_LEAST = 300  # of 65,535 across the page: two columns never stand so close
_BLANKS = re.compile("[ \\t\xa0]+")
_LINE = re.compile(r"[^\n]*\S")


class _Piece(NamedTuple):
    """A stretch of a line: its places in the text, its sides, and how high its letters are."""

    start: int
    end: int
    left: int
    top: int
    right: int
    height: int


def by_columns(told: str, columns: Columns, shape: float) -> tuple[str, Columns]:
    """Return a text, and its boxes, with columns one after the other. ``shape``: width by height.

    Where none are found they are returned as they came.
    """
    wide = _wide(told, columns, shape)
    if len(wide) < _LINES:
        return told, columns
    places: list[int] = []
    last = 0
    for run in _runs(told, _lines(told, columns, wide), shape):
        pieces = [piece for column in run for piece in column]
        start, end = min(piece.start for piece in pieces), max(piece.end for piece in pieces)
        places += range(last, start)
        for piece in pieces:
            places += [*range(piece.start, piece.end), -1]
        places.pop()
        last = end
    if not places:
        return told, columns
    places += range(last, len(told))
    text = "".join("\n" if place < 0 else told[place] for place in places)
    left, top, right, bottom = (
        [0 if place < 0 else side[place] for place in places] for side in columns
    )
    return text, (left, top, right, bottom)


def _wide(told: str, columns: Columns, shape: float) -> list[tuple[int, int]]:
    """Return where blanks stand that are as wide as a line is high."""
    left, top, right, bottom = columns
    last = len(told)
    gaps = [
        (start, end)
        for start, end in map(re.Match.span, _BLANKS.finditer(told))
        if end < last and left[end] - right[start - 1] > _LEAST
    ]
    return [
        (start, end)
        for start, end in gaps
        if start
        and told[start - 1] not in _BREAKS
        and told[end] not in _BREAKS
        and (left[end] - right[start - 1]) * shape >= bottom[start - 1] - top[start - 1] > 0
    ]


def _lines(told: str, columns: Columns, wide: Sequence[tuple[int, int]]) -> list[list[_Piece]]:
    """Return the lines of a text, each cut where wide blanks stand."""
    lines, at = [], 0
    for line in _LINE.finditer(told):
        cuts = [line.start()]
        while at < len(wide) and wide[at][1] <= line.end():
            cuts += wide[at]
            at += 1
        cuts.append(line.end())
        lines.append([_piece(columns, *cuts[i : i + 2]) for i in range(0, len(cuts), 2)])
    return lines


def _piece(columns: Columns, start: int, end: int) -> _Piece:
    left, top, right, bottom = (side[start:end] for side in columns)
    height = sorted(low - high for low, high in zip(bottom, top, strict=True))[(end - start) // 2]
    return _Piece(start, end, min(left), min(top), max(right), height)


def _runs(told: str, lines: Sequence[list[_Piece]], shape: float) -> Iterator[list[list[_Piece]]]:
    """Yield each stretch of lines that is running text in columns, column by column."""
    at = 0
    while at < len(lines):
        found = _run(lines[at:], shape) if len(lines[at]) > 1 else []
        if _is_prose(told, found):
            run = zip(*found, strict=True)
            yield [[piece for piece in column if piece is not None] for column in run]
            at += len(found)
        else:
            at += 1


def _run(lines: Sequence[list[_Piece]], shape: float) -> list[list[_Piece | None]]:
    """Return the lines that stand in the columns of the first; None where a column has nothing."""
    edges = [piece.left for piece in lines[0]]
    run: list[list[_Piece | None]] = []
    last: _Piece | None = None
    for line in lines:
        near = _INDENT * line[0].height / shape
        fits = [_column(piece, edges, near) for piece in line]
        if -1 in fits or any(one >= two for one, two in pairwise(fits)):
            break
        if last and not 0 < line[0].top - last.top <= _LEADING * last.height:
            break
        run.append([None] * len(edges))
        for column, piece in zip(fits, line, strict=True):
            run[-1][column] = piece
        last = line[0]
    return run


def _column(piece: _Piece, edges: Sequence[int], near: float) -> int:
    """Return in which of the columns with these left edges a piece stands, or -1."""
    for column, edge in enumerate(edges):
        following = edges[column + 1] if column + 1 < len(edges) else piece.right + 1
        if abs(piece.left - edge) <= near and piece.right < following:
            return column
    return -1


def _is_prose(told: str, run: Sequence[list[_Piece | None]]) -> bool:
    """Whether the columns of a run are running text, and not the cells of a table."""
    if sum(None not in line for line in run) < _LINES:
        return False
    for column in zip(*run, strict=True):
        texts = [told[piece.start : piece.end] for piece in column if piece is not None]
        going_on = sum(text[0].islower() for text in texts[1:])
        if sum(len(text.split()) for text in texts) < _WORDS * len(texts):
            return False
        if going_on < _GOES_ON * (len(texts) - 1):
            return False
    return True
