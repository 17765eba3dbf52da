"""Glyphs beyond one a character: joined letters, marks that stand on them, signs that stand in.

reportlab names a glyph of a font by a character. A glyph that joins or replaces characters has
none, so it gets one of the private use area, and ``to_unicode`` tells readers of the file what
it stands for.
"""

import unicodedata
from collections.abc import Sequence
from functools import cache
from itertools import groupby, pairwise
from typing import Any, NamedTuple

import uharfbuzz
from reportlab.pdfbase import ttfonts
from reportlab.pdfbase.ttfonts import TTFont

from reviewer.typeset.bidi import TURNED

_PRIVATE, _LAST_PRIVATE = 0xF0000, 0x10FFFD
_MANY = 100_000  # glyphs that stand for something, in one process
_JOINER = "\u200d"
JOINERS = frozenset(("\u200c", _JOINER, "\ufe0e", "\ufe0f"))  # part of a sign, not seen themselves
_made: list[tuple[Any, int]] = []  # the faces and characters by which glyphs are drawn
_stands_for: dict[int, str] = {}  # private characters, and the text that each is a glyph of


class Move(NamedTuple):
    """Where a glyph stands, at size 1: across and up from its place, and on to the next one."""

    across: float
    up: float
    advance: float


class Letter(NamedTuple):
    """What is written together: the character by which it is drawn, and where it stands.

    ``marks`` are further glyphs of it and where they lie from the start of the run, at size 1.
    """

    character: str
    move: Move
    marks: tuple[tuple[int, float, float], ...] = ()


def shaped(font: TTFont, word: str, sign: str) -> tuple[str, tuple[Move, ...]]:
    """Return a right-to-left word as characters of ``font`` from left to right, and their places.

    Letters are joined, brackets turned round, and marks put on their letters. A character that
    the font lacks is drawn as ``sign``.
    """
    face = font.hbFace
    buffer = uharfbuzz.Buffer()
    buffer.cluster_level = uharfbuzz.BufferClusterLevel.MONOTONE_CHARACTERS
    shaper = uharfbuzz.Font(face)
    buffer.add_str("".join(c if shaper.get_nominal_glyph(ord(c)) else sign for c in word))
    buffer.guess_segment_properties()
    buffer.direction = "rtl"
    uharfbuzz.shape(shaper, buffer, {"kern": True, "liga": True})
    infos = buffer.glyph_infos
    sources = _sources(word, [info.cluster for info in infos])
    text = "".join(
        _character(font, info.codepoint, source)
        for info, source in zip(infos, sources, strict=True)
    )
    moves = (
        Move(at.x_offset / face.upem, at.y_offset / face.upem, at.x_advance / face.upem)
        for at in buffer.glyph_positions
    )
    return text, tuple(moves)


def letters(font: TTFont, text: str, *, turned: bool) -> list[Letter]:
    """Return text as what is written together, from left to right.

    Of several glyphs for the same characters the first stands for them all: a vowel may be drawn
    before the letter that it is spoken after. Where the text is ``turned`` (read from right to
    left) readers of the file turn the whole round again, brackets too.
    """
    face = font.hbFace
    buffer = uharfbuzz.Buffer()
    buffer.cluster_level = uharfbuzz.BufferClusterLevel.MONOTONE_GRAPHEMES
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if turned else "ltr"
    uharfbuzz.shape(uharfbuzz.Font(face), buffer, {"kern": True, "liga": True})
    clusters = [info.cluster for info in buffer.glyph_infos]
    ends = dict(pairwise([*sorted(set(clusters)), len(text)]))
    glyphs = zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
    found: list[Letter] = []
    x = 0.0
    for cluster, group in groupby(glyphs, key=lambda glyph: glyph[0].cluster):
        source = text[cluster : ends[cluster]]
        source = _turned(source) if turned else source
        made = _letter(font, list(group), source, x)
        x += made.move.advance
        found.append(made)
    return found


def _turned(source: str) -> str:
    """Return a cluster so that a reader of the file that turns it round gets it as it was.

    Marks behind their letter are turned by themselves, as readers put them behind it again.
    """
    base = source.rstrip("".join(c for c in source if unicodedata.combining(c)))
    return (source[len(base) :] + base[::-1]).translate(TURNED)


def _letter(font: TTFont, glyphs: list[tuple[Any, Any]], source: str, start: float) -> Letter:
    """Return the glyphs of one cluster as a letter, as wide as all of them, and its marks."""
    size = font.hbFace.upem
    spacing = (at for at, glyph in enumerate(glyphs) if glyph[1].x_advance > 0)
    chief = next(spacing, 0)
    across = up = x = 0.0
    marks: list[tuple[int, float, float]] = []
    for number, (info, at) in enumerate(glyphs):
        place = x + at.x_offset / size
        if number == chief:
            across, up = place, at.y_offset / size
        else:
            marks.append((info.codepoint, start + place, at.y_offset / size))
        x += at.x_advance / size
    character = _character(font, glyphs[chief][0].codepoint, source, round(x * 1000))
    return Letter(character, Move(across, up, x), tuple(marks))


def outline(font: TTFont, glyph: int) -> tuple[tuple[str, tuple[float, ...]], ...]:
    """Return how a glyph is drawn, at size 1: ``m``, ``l``, ``c``, ``h`` as PDF has them."""
    size = font.hbFace.upem
    pen = _Pen(size)
    uharfbuzz.Font(font.hbFace).draw_glyph(glyph, _drawing(), pen)
    return tuple(pen.steps)


class _Pen:
    """Takes down the steps of an outline; curves of one handle become curves of two."""

    def __init__(self, size: int) -> None:
        self.steps: list[tuple[str, tuple[float, ...]]] = []
        self._size = size
        self._at = (0.0, 0.0)

    def take(self, step: str, *points: float) -> None:
        """Take one step to points of the font."""
        places = tuple(point / self._size for point in points)
        if step == "q":
            (x0, y0), (x1, y1, x2, y2) = self._at, places
            places = (
                x0 + 2 / 3 * (x1 - x0), y0 + 2 / 3 * (y1 - y0),
                x2 + 2 / 3 * (x1 - x2), y2 + 2 / 3 * (y1 - y2), x2, y2,
            )  # fmt: skip
            step = "c"
        self.steps.append((step, places))
        if places:
            self._at = places[-2], places[-1]


@cache
def _drawing() -> Any:  # noqa: ANN401 - no types
    made = uharfbuzz.DrawFuncs()
    made.set_move_to_func(lambda x, y, pen: pen.take("m", x, y))
    made.set_line_to_func(lambda x, y, pen: pen.take("l", x, y))
    made.set_quadratic_to_func(lambda a, b, x, y, pen: pen.take("q", a, b, x, y))
    made.set_cubic_to_func(lambda a, b, c, d, x, y, pen: pen.take("c", a, b, c, d, x, y))
    made.set_close_path_func(lambda pen: pen.take("h"))
    return made


def stand_in(font: TTFont, text: str, sign: str) -> None:
    """Let each character of ``text`` that ``font`` lacks be drawn as ``sign``, and stay itself."""
    face = font.face
    for c in text:
        code = ord(c)
        if c in JOINERS or 0xE0000 <= code <= 0xE0FFF:
            face.charToGlyph[code], face.charWidths[code] = face.charToGlyph[ord(" ")], 0
        elif code not in face.charToGlyph:
            face.charToGlyph[code] = face.charToGlyph[ord(sign)]
            face.charWidths[code] = face.charWidths[ord(sign)]


def to_unicode(name: str, subset: Sequence[int]) -> str:
    """Return the map from a font's codes to what they stand for (PDF 32000-1, 9.10.3)."""
    lines = [f"<{code:02X}> <{_hex(value)}>" for code, value in enumerate(subset)]
    return "\n".join(
        (
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            "/CIDSystemInfo",
            f"<< /Registry ({name})",
            f"/Ordering ({name})",
            "/Supplement 0",
            ">> def",
            f"/CMapName /{name} def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            f"<00> <{len(subset) - 1:02X}>",
            "endcodespacerange",
            f"{len(lines)} beginbfchar",
            *lines,
            "endbfchar",
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        )
    )


def _hex(code: int) -> str:
    text = _stands_for.get(code, chr(code))
    return text.encode("utf-16-be", "replace").hex().upper()


def _sources(word: str, clusters: Sequence[int]) -> list[str]:
    """Return what each glyph stands for, from left to right: readers turn the whole round again.

    Of several glyphs for the same characters each gets one, the last one the rest.
    """
    starts = sorted(set(clusters))
    ends = dict(zip(starts, [*starts[1:], len(word)], strict=True))
    found = []
    for place, cluster in enumerate(clusters):
        source = word[cluster : ends[cluster]][::-1]
        before = clusters[:place].count(cluster)
        last = clusters.count(cluster) == before + 1
        found.append((source[before:] if last else source[before : before + 1]) or _JOINER)
    return found


def _character(font: TTFont, glyph: int, source: str, wide: int | None = None) -> str:
    """Return the character by which ``glyph`` is drawn, which stands for ``source``.

    ``wide`` is how wide it is to be, in thousandths of its size, where that is not its own width.
    """
    face = font.face
    own = _advance(font, glyph)
    wanted = own if wide is None or abs(wide - own) < 1 else float(wide)
    plain = len(source) == 1 and face.charToGlyph.get(ord(source)) == glyph
    if plain and wanted == own:
        return source
    if len(_stands_for) > _MANY and source and ord(source[0]) in face.charToGlyph:
        return source[0]  # no text has so many
    code = _PRIVATE + glyph
    while _taken(face, code, (glyph, source, wanted)):
        code = code + 1 if code < _LAST_PRIVATE else _PRIVATE
    face.charToGlyph[code] = glyph
    face.charWidths[code] = wanted
    _stands_for[code] = source
    _made.append((face, code))
    return chr(code)


def crowded() -> bool:
    """Whether so many glyphs stand for something that it is time to forget them."""
    return len(_stands_for) > _MANY // 4


def forget() -> None:
    """Forget what glyphs stand for; what was shaped before must not be drawn any more."""
    for face, code in _made:
        face.charToGlyph.pop(code, None)
        face.charWidths.pop(code, None)
    _made.clear()
    _stands_for.clear()


def _taken(face: Any, code: int, wanted: tuple[int, str, float]) -> bool:  # noqa: ANN401 - no types
    there, stands_for = face.charToGlyph.get(code), _stands_for.get(code)
    if there is None:  # of another face perhaps: what a code stands for holds for all of them
        return stands_for is not None and stands_for != wanted[1]
    return (there, stands_for, face.charWidths[code]) != wanted


def _advance(font: TTFont, glyph: int) -> float:
    """Return a glyph's width in thousandths of its size."""
    wide = uharfbuzz.Font(font.hbFace).get_glyph_h_advance(glyph)
    return float(wide * 1000 / font.hbFace.upem)


ttfonts.makeToUnicodeCMap = to_unicode  # reportlab's own cuts what lies beyond U+FFFF
