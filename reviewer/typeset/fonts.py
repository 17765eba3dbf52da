"""The typefaces of our pages, and text as measured words.

No text is ever read as markup. A character that the face lacks is set from DejaVu Sans; one that
this lacks too is shown as U+FFFD, so that a gap is seen, and copied out of the file as itself.
Right-to-left words are joined and stand in the order in which they are read; each span is a
paragraph of its own direction, as if it were isolated.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import groupby
from typing import NamedTuple

from reportlab.graphics.shapes import STATE_DEFAULTS
from reportlab.lib.colors import Color
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from reviewer.assets import resource
from reviewer.typeset import bidi, shaping
from reviewer.typeset.shaping import Move

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


class Run(NamedTuple):
    """Characters of one face, from left to right, and their width at size 1.

    Where ``moves`` is not empty it says where each character stands.
    """

    face: str
    text: str
    wide: float
    moves: tuple[Move, ...] = ()


Line = tuple[Run, ...]


class _Word(NamedTuple):
    """One word as measured; ``levels`` where its row has right-to-left characters."""

    line: Line
    wide: float
    gap: float
    face: str
    text: str
    row: int
    levels: tuple[int, ...] = ()
    before: int = 0  # the level of the space before it


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
    if (
        text.isprintable()
        and all(ord(c) in own and c <= "\uffff" for c in text)
        and not bidi.rtl(text)
    ):
        return (Run(face, text, _face(face).stringWidth(text, 1)),)
    text = _readable(text)
    return _turned(text, face, bidi.levels(text)) if bidi.rtl(text) else _mixed(text, face)


def width(text: str, face: str, size: float) -> float:
    """Return the width of one line of text in points."""
    return size * sum(run.wide for run in runs(text, face))


def draw(canvas: Canvas, x: float, y: float, text: str, style: Type, *, align: float = 0) -> None:
    """Draw one line; ``align`` is the part of its width that lies left of ``x`` (0, 0.5, 1)."""
    canvas.setFillColor(style.colour)
    line = runs(text, style.face)
    if align:
        x -= align * style.size * sum(run.wide for run in line)
    draw_line(canvas, x, y, line, style.size)


def draw_line(canvas: Canvas, x: float, y: float, line: Line, size: float) -> None:
    """Draw runs one after the other in the canvas's colour."""
    for run in line:
        canvas.setFont(run.face, size)
        for across, up, part in placed(run):
            canvas.drawString(x + across * size, y + up * size, part)
        x += run.wide * size


def placed(run: Run) -> Iterator[tuple[float, float, str]]:
    """Yield (across, up, characters) at size 1 of all that is drawn at once."""
    if not run.moves:
        yield 0.0, 0.0, run.text
        return
    x = 0.0
    for c, move in zip(run.text, run.moves, strict=True):
        yield x + move.across, move.up, c
        x += move.advance


def shortened(text: str, most: int) -> str:
    """Return ``text``, or its first ``most`` characters with an ellipsis where there are more."""
    return text if len(text) <= most else text[:most].rstrip() + "…"


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
    if all(_plain(face).issuperset(text) for face, text in spans):
        return _wrapped(spans, size, room)
    lines: list[Line] = []
    words: list[_Word] = []
    used = 0.0
    for word in _words(spans, size, room):
        gap = word.gap if words and word else 0.0
        if word is None or (words and used + gap + word.wide > room):
            lines.append(_set(words))
            words, used, gap = [], 0.0, 0.0
        if word is not None:
            words.append(word._replace(gap=gap / size))
            used += gap + word.wide
    lines.append(_set(words))
    return lines


@cache
def _plain(name: str) -> frozenset[str]:
    """Return the characters of a face that stand side by side as they are written."""
    own = map(chr, _face(name).face.charToGlyph)
    shown = {c for c in own if c <= "\uffff" and c.isprintable() and not bidi.rtl(c)}
    return frozenset(shown | {"\n"})


@lru_cache(maxsize=1 << 16)
def _wide(word: str, face: str) -> float:
    wide: float = _face(face).stringWidth(word, 1)
    return wide


def _wrapped(spans: Iterable[Span], size: float, room: float) -> list[Line]:
    """Break spans as ``wrap`` does, of plain characters alone: nearly every text is."""
    lines: list[Line] = []
    line: list[tuple[str, str, float, float]] = []
    used = 0.0
    for word in _plain_words(spans, size, room):
        if word is None or (line and used + word[3] * size + word[2] * size > room):
            lines.append(_joined(line))
            line, used = [], 0.0
        if word is not None:
            used += (word[3] if line else 0.0) * size + word[2] * size
            line.append(word)
    lines.append(_joined(line))
    return lines


def _plain_words(
    spans: Iterable[Span], size: float, room: float
) -> Iterator[tuple[str, str, float, float] | None]:
    """Yield each word's face, text, width at size 1 and the space before it; None: a line feed."""
    glued = True
    for face, text in spans:
        for feed, row in enumerate(text.split("\n")):
            if feed:
                yield None
            gap = 0.0 if glued and not row[:1].isspace() else _wide(" ", face)
            for word in row.split():
                wide = _wide(word, face)
                if wide * size <= room:
                    yield face, word, wide, gap
                else:
                    for _, piece in _cut(word, face, size, room):
                        yield face, piece, _wide(piece, face), gap
                        gap = 0.0
                gap = _wide(" ", face)
            glued = bool(row) and not row[-1:].isspace()


def _joined(words: Iterable[tuple[str, str, float, float]]) -> Line:
    """Join the words of a line into as few runs as possible."""
    found: list[Run] = []
    now, text, wide = "", "", 0.0
    for face, word, own, space in words:
        gap = space if text else 0.0
        if face == now:
            text, wide = f"{text} {word}" if gap else text + word, wide + gap + own
            continue
        if text:
            found.append(
                Run(now, f"{text} ", wide + _wide(" ", now)) if gap else Run(now, text, wide)
            )
        now, text, wide = face, word, own
    return (*found, Run(now, text, wide)) if text else ()


def _words(spans: Iterable[Span], size: float, room: float) -> Iterator[_Word | None]:
    """Yield each word with the space before it; None for a line feed."""
    glued, number = True, 0
    for face, text in spans:
        space = width(" ", face, size)
        for feed, row in enumerate(text.split("\n")):
            if feed:
                yield None
            number += 1
            glued = glued and not row[:1].isspace()
            for word, order, before in _of_row(row):
                gap = 0.0 if glued else space
                for start, piece in _cut(word, face, size, room):
                    part = order[start : start + len(piece)]
                    line = _turned(piece, face, part) if part else runs(piece, face)
                    wide = size * sum(run.wide for run in line)
                    yield _Word(line, wide, gap, face, piece, number, tuple(part), before)
                    gap = 0.0
                glued = False
            glued = bool(row) and not row[-1:].isspace()


def _of_row(row: str) -> Iterator[tuple[str, list[int], int]]:
    """Yield each word of a row, its levels where the row has any, and that of the space before."""
    if not bidi.rtl(row):
        yield from ((word, [], 0) for word in row.split())
        return
    row = _readable(row)
    order = bidi.levels(row)
    for found in re.finditer(r"\S+", row):
        start, end = found.span()
        yield found[0], order[start:end], order[max(start - 1, 0)]


def _cut(word: str, face: str, size: float, room: float) -> Iterator[tuple[int, str]]:
    """Yield a word whole, or in pieces that each fit, each with the place where it starts."""
    if width(word, face, size) <= room:
        yield 0, word
        return
    step = max(1, int(room / size))  # no character of these faces is wider than 1.4 times its size
    start = 0
    while start < len(word):
        end = start + step
        while end < len(word) and width(word[start : end + 1], face, size) <= room:
            end += 1
        while end > start + 1 and width(word[start:end], face, size) > room:
            end -= 1
        yield start, word[start:end]
        start = end


def _set(words: list[_Word]) -> Line:
    """Join words into as few runs as possible, those of a right-to-left row in reading order."""
    joined: list[Run] = []
    for (_, mixed), group in groupby(words, lambda word: (word.row, bool(word.levels))):
        some = list(group)
        for gap, line in [_row_of(some)] if mixed else [(word.gap, word.line) for word in some]:
            _join(joined, line, gap, some[0].face)
    return tuple(joined)


def _row_of(words: list[_Word]) -> tuple[float, Line]:
    """Return the words of one row that stand on one line, in the order in which they are read."""
    text = ""
    order: list[int] = []
    for number, word in enumerate(words):
        if number and word.gap:
            text, order = text + " ", [*order, word.before]
        text, order = text + word.text, [*order, *word.levels]
    return words[0].gap, _turned(text, words[0].face, order)


def _join(joined: list[Run], line: Line, gap: float, face: str) -> None:
    """Put a word behind those that are joined already, with a space where ``gap`` is one."""
    for number, run in enumerate(line):
        last = joined[-1] if joined else None
        before = gap if last and not number else 0.0
        plain = last is not None and not last.moves
        if before and not plain:
            joined.append(Run(face, " ", before))
            last, plain, before = joined[-1], True, 0.0
        if last is not None and plain and last.face == run.face and not run.moves:
            text = last.text + (" " if before else "") + run.text
            joined[-1] = Run(run.face, text, last.wide + before + run.wide)
            continue
        if before and last is not None:
            wide = last.wide + _face(last.face).stringWidth(" ", 1)
            joined[-1] = Run(last.face, last.text + " ", wide)
        joined.append(run)


def _turned(text: str, face: str, order: Sequence[int]) -> Line:
    """Return one line of mixed direction as runs from left to right."""
    found: list[Run] = []
    for start, end, backwards in bidi.visual(order):
        part = text[start:end]
        if not backwards:
            found += _mixed(part, face)
            continue
        for number, word in enumerate(reversed(part.split(" "))):
            if number:
                found.append(Run(face, " ", _face(face).stringWidth(" ", 1)))
            if word:
                found.append(_shaped(word))
    return tuple(found)


@lru_cache(maxsize=1 << 14)
def _shaped(word: str) -> Run:
    shown, moves = shaping.shaped(_face(FALLBACK), word, LACKING)
    return Run(FALLBACK, shown, sum(move.advance for move in moves), moves)


def _readable(text: str) -> str:
    """Drop invisible characters, but those that join signs, and show controls as lacking."""
    kept: list[str] = []
    for c in text:
        kind = unicodedata.category(c)
        if kind == "Cf" or "\ufe00" <= c <= "\ufe0f":
            if kept and _joins(c, kept[-1]):
                kept.append(c)
            continue
        kept.append(" " if c in "\t\n" else LACKING if kind in {"Cc", "Cs"} else c)
    return "".join(kept)


def _joins(c: str, before: str) -> bool:
    """Say whether an invisible ``c`` is part of the sign before it: of an emoji, or of a word."""
    if c in "\u200c\u200d" and bidi.rtl(before):
        return True
    return before > "\uffff" or unicodedata.category(before) == "So"


def _mixed(text: str, face: str) -> Line:
    """Return text that is read from left to right as runs of one face each."""
    own = _face(face).face.charToGlyph
    parts = groupby(text, lambda c: face if ord(c) in own and c <= "\uffff" else FALLBACK)
    found = []
    for name, group in parts:
        part = "".join(group)
        if name == FALLBACK:
            shaping.stand_in(_face(FALLBACK), part, LACKING)
        found.append(Run(name, part, _face(name).stringWidth(part, 1)))
    return tuple(found)
