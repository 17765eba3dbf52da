"""The typefaces of our pages, and text as measured words.

No text is ever read as markup. A character that the face lacks is set from DejaVu Sans; one that
this lacks too is shown as U+FFFD, so that a gap is seen. Right-to-left words are put in the order
in which they are read (without joining letters).
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from reportlab.graphics.shapes import STATE_DEFAULTS
from reportlab.lib.colors import Color
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from reviewer.assets import resource

SERIF, SERIF_BOLD, SERIF_ITALIC = "NotoSerif-Regular", "NotoSerif-Bold", "NotoSerif-Italic"
SANS, SANS_BOLD, SANS_ITALIC = "NotoSans-Regular", "NotoSans-Bold", "NotoSans-Italic"
FALLBACK = "DejaVuSans"
LACKING = "\ufffd"

Span = tuple[str, str]  # face, text


class Type(NamedTuple):
    """How a line is set: its face, its size in points, its colour."""

    face: str
    size: float
    colour: Color


Run = tuple[str, str, float]  # face, characters, width at size 1
Line = tuple[Run, ...]


@cache
def _face(name: str) -> TTFont:
    font = TTFont(name, str(resource(f"fonts/{name}.ttf")))
    registerFont(font)
    return font


def ready() -> None:
    """Register every face with reportlab; a second call does nothing."""
    for name in (SERIF, SERIF_BOLD, SERIF_ITALIC, SANS, SANS_BOLD, SANS_ITALIC, FALLBACK):
        _face(name)
    # Drawings begin in this face; reportlab's own choice would not be embedded.
    STATE_DEFAULTS["fontName"] = SANS


@lru_cache(maxsize=1 << 16)
def runs(text: str, face: str) -> Line:
    """Return ``text`` (one line) as runs of one face each, with their widths at size 1."""
    own = _face(face).face.charToGlyph
    if text.isprintable() and all(ord(c) in own for c in text) and not _rtl(text):
        found = [(face, text)]
    else:
        found = list(_mixed(_readable(text), own, face))
    return tuple((name, part, _face(name).stringWidth(part, 1)) for name, part in found)


def width(text: str, face: str, size: float) -> float:
    """Return the width of one line of text in points."""
    return size * sum(run[2] for run in runs(text, face))


def draw(canvas: Canvas, x: float, y: float, text: str, style: Type, *, align: float = 0) -> None:
    """Draw one line; ``align`` is the part of its width that lies left of ``x`` (0, 0.5, 1)."""
    canvas.setFillColor(style.colour)
    line = runs(text, style.face)
    if align:
        x -= align * style.size * sum(run[2] for run in line)
    draw_line(canvas, x, y, line, style.size)


def draw_line(canvas: Canvas, x: float, y: float, line: Line, size: float) -> None:
    """Draw runs one after the other in the canvas's colour."""
    for face, text, wide in line:
        canvas.setFont(face, size)
        canvas.drawString(x, y, text)
        x += wide * size


def elide(text: str, face: str, size: float, room: float) -> str:
    """Return ``text`` as one line within ``room`` points, with an ellipsis if it is cut."""
    text = " ".join(text.split())
    if width(text, face, size) <= room:
        return text
    low, high = 0, min(len(text), 400)
    while low < high:
        middle = (low + high + 1) // 2
        fits = width(text[:middle].rstrip() + "…", face, size) <= room
        low, high = (middle, high) if fits else (low, middle - 1)
    return text[:low].rstrip() + "…"


def wrap(spans: Sequence[Span], size: float, room: float) -> list[Line]:
    """Break spans into lines of at most ``room`` points; a line feed in a text ends its line.

    A word wider than a line is cut. There is always at least one line.
    """
    lines: list[Line] = []
    words: list[tuple[Line, float]] = []
    used = 0.0
    for word, wide, space in _words(spans, size, room):
        gap = space if words else 0.0
        if word is None or (words and used + gap + wide > room):
            lines.append(_set(words))
            words, used, gap = [], 0.0, 0.0
        if word is not None:
            words.append((word, gap / size))
            used += gap + wide
    lines.append(_set(words))
    return lines


def _words(
    spans: Iterable[Span], size: float, room: float
) -> Iterator[tuple[Line | None, float, float]]:
    """Yield (runs, width, space before) a word; None for a line feed."""
    glued = True
    for face, text in spans:
        space = width(" ", face, size)
        for number, row in enumerate(text.split("\n")):
            if number:
                yield None, 0.0, 0.0
            glued = glued and not row[:1].isspace()
            for word in row.split():
                gap = 0.0 if glued else space
                for piece in _cut(word, face, size, room):
                    line = runs(piece, face)
                    yield line, size * sum(run[2] for run in line), gap
                    gap = 0.0
                glued = False
            glued = bool(row) and not row[-1:].isspace()


def _cut(word: str, face: str, size: float, room: float) -> Iterator[str]:
    """Yield a word whole, or in pieces that each fit."""
    if width(word, face, size) <= room:
        yield word
        return
    step = max(1, int(room / size))  # no character of these faces is wider than 1.4 times its size
    while word:
        end = step
        while end < len(word) and width(word[: end + 1], face, size) <= room:
            end += 1
        while end > 1 and width(word[:end], face, size) > room:
            end -= 1
        yield word[:end]
        word = word[end:]


def _set(words: list[tuple[Line, float]]) -> Line:
    """Join words into as few runs as possible, right-to-left ones in reading order."""
    if any(_rtl(run[1]) for word, _ in words for run in word):
        words = _reorder(words)
    joined: list[Run] = []
    for word, gap in words:
        for number, (face, text, wide) in enumerate(word):
            before = gap if joined and not number else 0.0
            space = " " if before else ""
            if joined and joined[-1][0] == face:
                last = joined.pop()
                joined.append((face, last[1] + space + text, last[2] + before + wide))
                continue
            if space:
                last = joined.pop()
                spaced = last[2] + _face(last[0]).stringWidth(" ", 1)
                joined.append((last[0], last[1] + " ", spaced))
            joined.append((face, text, wide))
    return tuple(joined)


def _reorder(words: list[tuple[Line, float]]) -> list[tuple[Line, float]]:
    """Turn each stretch of right-to-left words round; the words themselves already are."""
    turned: list[Line] = []
    stretch: list[Line] = []
    for word, _ in words:
        if any(_rtl(run[1]) for run in word):
            stretch.append(word)
            continue
        turned += [*reversed(stretch), word]
        stretch = []
    turned += reversed(stretch)
    return [(word, gap) for word, (_, gap) in zip(turned, words, strict=True)]


def _rtl(text: str) -> bool:
    return not text.isascii() and any(unicodedata.bidirectional(c) in {"R", "AL"} for c in text)


def _readable(text: str) -> str:
    """Drop invisible characters, show controls as lacking, and turn right-to-left words round."""
    kept = []
    for c in text:
        kind = unicodedata.category(c)
        if kind == "Cf" or "\ufe00" <= c <= "\ufe0f":
            continue
        kept.append(" " if c in "\t\n" else LACKING if kind in {"Cc", "Cs"} else c)
    words = "".join(kept).split(" ")
    return " ".join(_turned(word) if _rtl(word) else word for word in words)


def _turned(word: str) -> str:
    clusters: list[str] = []
    for c in word:
        if clusters and unicodedata.combining(c):
            clusters[-1] += c
        else:
            clusters.append(c)
    return "".join(reversed(clusters))


def _mixed(text: str, own: dict[int, int], face: str) -> Iterator[Span]:
    other = _face(FALLBACK).face.charToGlyph
    part, current = "", face
    for c in text:
        name = face if ord(c) in own else FALLBACK
        shown = c if name == face or ord(c) in other else LACKING
        if name != current and part:
            yield current, part
            part = ""
        current = name
        part += shown
    if part:
        yield current, part
