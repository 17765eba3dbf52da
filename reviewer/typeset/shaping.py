"""Glyphs beyond one a character: joined letters, marks that stand on them, signs that stand in.

reportlab names a glyph of a font by a character. A glyph that joins or replaces characters has
none, so it gets one of the private use area, and ``to_unicode`` tells readers of the file what
it stands for.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import uharfbuzz
from reportlab.pdfbase.ttfonts import TTFont

_PRIVATE, _LAST_PRIVATE = 0xE000, 0xF8FF
_JOINER = "\u200d"
JOINERS = frozenset(("\u200c", _JOINER, "\ufe0e", "\ufe0f"))  # part of a sign, not seen themselves
_stands_for: dict[int, str] = {}  # private characters, and the text that each is a glyph of


class Move(NamedTuple):
    """Where a glyph stands, at size 1: across and up from its place, and on to the next one."""

    across: float
    up: float
    advance: float


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


def _character(font: TTFont, glyph: int, source: str) -> str:
    """Return the character by which ``glyph`` is drawn, which stands for ``source``."""
    face = font.face
    if len(source) == 1 and face.charToGlyph.get(ord(source)) == glyph:
        return source
    code = _PRIVATE + glyph
    while _taken(face, code, glyph, source):
        code = code + 1 if code < _LAST_PRIVATE else _PRIVATE
    face.charToGlyph[code] = glyph
    face.charWidths[code] = _advance(font, glyph)
    _stands_for[code] = source
    return chr(code)


def _taken(face: Any, code: int, glyph: int, source: str) -> bool:  # noqa: ANN401 - no types
    there = face.charToGlyph.get(code)
    return there is not None and (there, _stands_for.get(code)) != (glyph, source)


def _advance(font: TTFont, glyph: int) -> float:
    """Return a glyph's width in thousandths of its size."""
    wide = uharfbuzz.Font(font.hbFace).get_glyph_h_advance(glyph)
    return float(wide * 1000 / font.hbFace.upem)
