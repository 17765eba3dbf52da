"""The faces that pages are set in, and which of them has a letter.

Those of other scripts are opened when a text first needs them: most texts need none. What they
have no sign for is said on the page.
"""

import functools
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from itertools import groupby
from typing import Any, NamedTuple

from reportlab import rl_config
from reportlab.lib.rl_accel import escapePDF
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from reviewer.assets import resource
from reviewer.typeset import bidi, shaping
from reviewer.typeset.shaping import JOINERS, Letter

LOST = "\ufffd"  # stands where no face has the character
_FILES = {
    "serif": "NotoSerif-Regular",
    "serif-bold": "NotoSerif-Bold",
    "sans": "NotoSans-Regular",
    "sans-bold": "NotoSans-Bold",
    "more": "DejaVuSans",
    "fixed": "DejaVuSansMono",
    "arabic": "NotoNaskhArabic-Regular",
    "chinese": "DroidSansFallbackFull",
    "korean": "NanumGothicCoding",
    "signs": "Symbola",
}
_NEXT = {
    "serif": ("serif", "sans", "more"),
    "serif-bold": ("serif-bold", "sans-bold", "more"),
    "sans": ("sans", "serif", "more"),
    "sans-bold": ("sans-bold", "serif-bold", "more"),
    "fixed": ("fixed", "sans", "more"),
}
# Where the letters of a script begin and end, and what they are set in.
_SCRIPTS: list[tuple[int, int, str]] = sorted(
    (
        (0x0530, 0x058F, "Armenian"), (0x0590, 0x05FF, "Hebrew"), (0x0600, 0x06FF, "arabic"),
        (0x0750, 0x077F, "arabic"), (0x08A0, 0x08FF, "arabic"), (0x0900, 0x097F, "Devanagari"),
        (0x0980, 0x09FF, "Bengali"), (0x0A00, 0x0A7F, "Gurmukhi"), (0x0A80, 0x0AFF, "Gujarati"),
        (0x0B80, 0x0BFF, "Tamil"), (0x0C00, 0x0C7F, "Telugu"), (0x0C80, 0x0CFF, "Kannada"),
        (0x0D00, 0x0D7F, "Malayalam"), (0x0D80, 0x0DFF, "Sinhala"), (0x0E00, 0x0E7F, "Thai"),
        (0x10A0, 0x10FF, "Georgian"), (0x1200, 0x139F, "Ethiopic"), (0x1C90, 0x1CBF, "Georgian"),
        (0x1CD0, 0x1CFF, "Devanagari"), (0x2D00, 0x2D2F, "Georgian"), (0x2D80, 0x2DDF, "Ethiopic"),
        (0x2E80, 0x31FF, "chinese"), (0x3200, 0x9FFF, "chinese"), (0xA8E0, 0xA8FF, "Devanagari"),
        (0xAB00, 0xAB2F, "Ethiopic"), (0xAC00, 0xD7A3, "korean"), (0xF900, 0xFAFF, "chinese"),
        (0xFB13, 0xFB17, "Armenian"),
        (0xFB1D, 0xFB4F, "Hebrew"), (0xFB50, 0xFDFF, "arabic"), (0xFE30, 0xFE4F, "chinese"),
        (0xFE70, 0xFEFE, "arabic"), (0xFF00, 0xFFEF, "chinese"), (0x20000, 0x2FFFF, "chinese"),
    )
)  # fmt: skip
_FILES |= {name: f"NotoSans{name}-Regular" for _, _, name in _SCRIPTS if name not in _FILES}
_STARTS = [start for start, _, _ in _SCRIPTS]
rl_config.useA85 = (
    0  # letters for bytes: a fifth more of them, slow to make; of every page, always
)
_ESCAPED = {code: escapePDF(bytes([code])) for code in range(256)}
_JOINED = frozenset(_FILES) - {
    "serif", "serif-bold", "sans", "sans-bold", "more", "fixed", "chinese", "korean", "signs",
    "Armenian", "Georgian", "Ethiopic", "Hebrew",
}  # fmt: skip
_CACHE = 50_000  # letters and words that are remembered


class Run(NamedTuple):
    """Characters of one face from left to right, and their width at size 1.

    Where ``letters`` is not empty it says where each stands, and what is drawn about it.
    """

    face: str
    text: str
    wide: float
    letters: tuple[Letter, ...] = ()


@functools.cache
def font(name: str) -> TTFont:
    """Return a face, opened and known to the writer of pages."""
    rl_config.trustedSchemes = []
    rl_config.trustedHosts = []
    pdfmetrics.registerFont(TTFont(name, str(resource(f"fonts/{_FILES[name]}.ttf"))))
    made = pdfmetrics.getFont(name)  # of a file that is open already, that one
    for sign in JOINERS:
        made.face.charToGlyph[ord(sign)] = made.face.charToGlyph[ord(" ")]
        made.face.charWidths[ord(sign)] = 0
    return made


def ready() -> None:
    """Open the faces that nearly every page needs, and forget those of many texts before."""
    if shaping.crowded():
        shaping.forget()
    for name in ("serif", "serif-bold", "sans", "sans-bold", "more"):
        font(name)


def has(face: str, letter: str) -> bool:
    """Whether a face has a sign for a letter."""
    known: dict[int, int] = font(face).face.charToGlyph
    return ord(letter) in known


@functools.lru_cache(maxsize=_CACHE)
def of_letter(letter: str, face: str) -> str:
    """Return the face that a letter is set in where the text is set in ``face``."""
    script = _script(letter)
    order: tuple[str, ...] = (script, *_NEXT[face]) if script else _NEXT[face]
    for name in order:
        if has(name, letter):
            return name
    return "signs" if letter > "\x7f" and has("signs", letter) else "more"


def _script(letter: str) -> str:
    code = ord(letter)
    at = bisect_right(_STARTS, code) - 1
    if at >= 0 and code <= _SCRIPTS[at][1]:
        return _SCRIPTS[at][2]
    # A face for text has some of these signs too small or without its neighbours.
    return "signs" if 0x1F000 <= code < 0x20000 else ""


def known(letter: str, face: str) -> bool:
    """Whether any face has a sign for a letter."""
    return has(of_letter(letter, face), letter)


@functools.cache
def plain(face: str) -> frozenset[str]:
    """Return the letters that a text set in ``face`` takes from that face alone."""
    return frozenset(
        letter for letter in map(chr, font(face).face.charToGlyph) if not _script(letter)
    )


def parts(text: str, face: str) -> Iterator[tuple[str, str]]:
    """Yield (face, text) so that each part is set in a face that has all of it."""
    if plain(face).issuperset(text):
        if text:
            yield face, text
        return
    start, current = 0, ""
    for at, letter in enumerate(text):
        name = current if current and _goes_on(letter, current) else of_letter(letter, face)
        if name != current and current:
            yield current, text[start:at]
            start = at
        current = name
    if text:
        yield current, text[start:]


def _goes_on(letter: str, current: str) -> bool:
    """Whether a letter stays with the one before it: a blank, a joiner, a mark upon it."""
    if letter == " " and current == "korean":  # its blank is as wide as two: lines would run over
        return False
    if letter == " " or letter in JOINERS:
        return has(current, letter)
    return unicodedata.category(letter)[0] == "M" and has(current, letter)


def _runs(text: str, face: str) -> Iterator[Run]:
    """Yield text that is read from left to right as runs of one face each."""
    return (_run(name, part) for name, part in parts(text, face))


def _leftwards(text: str, face: str) -> Iterator[Run]:
    """Yield text that is read from right to left as runs, the last of them first."""
    found = [_run(name, part, turned=True) for name, part in parts(text, face)]
    return reversed(found)


def line(text: str, face: str, start: int) -> Iterator[Run]:
    """Yield a line as runs from left to right; ``start`` is the level of its paragraph."""
    if not start and (text.isascii() or not bidi.rtl(text)):
        yield from _runs(text, face)
        return
    for first, end, back in bidi.visual(bidi.levels(text, start)):
        yield from (_leftwards if back else _runs)(text[first:end], face)


@functools.lru_cache(maxsize=_CACHE)
def wide(text: str, face: str) -> float:
    """Return the width of a word at size 1."""
    found = _leftwards(text, face) if bidi.rtl(text) else _runs(text, face)
    return sum(run.wide for run in found)


@functools.cache
def _known(face: str) -> frozenset[str]:
    return frozenset(map(chr, font(face).face.charToGlyph))


def _run(face: str, text: str, *, turned: bool = False) -> Run:
    if not _known(face).issuperset(text):
        text = "".join(letter if has(face, letter) else LOST for letter in text)
    if turned or face in _JOINED:
        letters = shaping.letters(font(face), text, turned=turned)
        shown = "".join(letter.character for letter in letters)
        return Run(face, shown, sum(letter.move.advance for letter in letters), tuple(letters))
    return Run(face, text, (_advance if text.isascii() else _measured)(text, face))


def _measured(text: str, face: str) -> float:
    return float(font(face).stringWidth(text, 1))


_advance = functools.lru_cache(maxsize=_CACHE)(_measured)  # measured to be broken, and to be drawn


def draw(canvas: Canvas, x: float, y: float, run: Run, size: float) -> None:
    """Draw a run; what is drawn about its letters lies below them, so that nothing is covered."""
    if not run.letters:
        _plainly(canvas, x, y, run, size)
        return
    text = canvas.beginText(x, y)
    text.setFont(run.face, size)
    for letter in run.letters:
        for glyph, across, up in letter.marks:
            _draw_mark(canvas, run.face, glyph, (x + across * size, y + up * size), size)
    _write(text, canvas, run, (x, y), size)
    canvas.drawText(text)


def _plainly(canvas: Canvas, x: float, y: float, run: Run, size: float) -> None:
    """Write a run of letters one beside the other, as a text object of reportlab does.

    Its own takes three times as long, most of it to write numbers: half of setting a large table.
    """
    of, document = font(run.face), canvas._doc  # noqa: SLF001 - where its subsets are kept
    pieces = [
        f"{of.getSubsetInternalName(subset, document)} {size} Tf"
        f" ({part.decode('latin-1').translate(_ESCAPED)}) Tj"
        for subset, part in of.splitString(run.text, document)
    ]
    canvas._code.append(  # noqa: SLF001 - it has no door for what is written already
        f"BT 1 0 0 1 {x:.4f} {y:.4f} Tm {' '.join(pieces)} ET"
    )


def _write(
    text: Any,  # noqa: ANN401 - reportlab has no types
    canvas: Canvas,
    run: Run,
    place: tuple[float, float],
    size: float,
) -> None:
    """Write letters in as few pieces as may be, with their blanks.

    Readers of the file make a blank, or none, of the gap between two pieces.
    """
    of, document = font(run.face), canvas._doc  # noqa: SLF001 - where its subsets are kept
    split = of.splitString(run.text, document)
    codes = [(subset, code) for subset, part in split for code in part]
    widths, (x, y) = of.face.charWidths, place
    places = zip(run.letters, codes, strict=True)
    for (subset, up), group in groupby(places, key=lambda one: (one[1][0], one[0].move.up)):
        text.setTextOrigin(x, y + up * size)
        name = of.getSubsetInternalName(subset, document)
        pieces: list[str] = []
        for letter, (_, code) in group:
            move = letter.move
            wide = widths[ord(letter.character)] / 1000
            shown = canvas._escape(bytes([code]))  # noqa: SLF001 - as it writes its own
            behind = (wide + move.across - move.advance) * 1000
            pieces.append(f"{-move.across * 1000:.3f} ({shown}) {behind:.3f}")
            x += move.advance * size
        text._code.append(  # noqa: SLF001 - it has no door for places within a piece
            f"{name} {size} Tf [{' '.join(pieces)}] TJ"
        )


def _draw_mark(
    canvas: Canvas, face: str, glyph: int, place: tuple[float, float], size: float
) -> None:
    """Draw a glyph as a shape: as a letter, readers of the file would find it twice."""
    path = canvas.beginPath()
    x, y = place
    steps = {"m": path.moveTo, "l": path.lineTo, "c": path.curveTo, "h": path.close}
    for step, points in _outline(face, glyph):
        places = [point * size + (y if at % 2 else x) for at, point in enumerate(points)]
        steps[step](*places)
    canvas.drawPath(path, stroke=0, fill=1)


@functools.lru_cache(maxsize=4_000)
def _outline(face: str, glyph: int) -> tuple[tuple[str, tuple[float, ...]], ...]:
    return shaping.outline(font(face), glyph)
