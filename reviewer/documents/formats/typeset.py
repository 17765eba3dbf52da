"""Pages that we set ourselves: what a text, a mail or a Word file looks like here.

Text is drawn as it is: nothing in it is markup. A character that the serif lacks is taken from
the face of its script or the next one that has it, and named in ``Set.missing`` where none does.
What is read from right to left stands in that order, and letters that join are joined.
"""

import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from reviewer.documents import limits
from reviewer.documents.formats import faces, symbols
from reviewer.documents.refusals import Refused
from reviewer.typeset import bidi

SIDE, _TOP, FOOT = 68.0, 66.0, 66.0  # points
_WORD = re.compile(r" +|[^ ]+")
_LONG_WORD = 60
_SURELY = 0.01  # points: however the widths of its words are added up, it fits


@dataclass(frozen=True, kw_only=True, slots=True)
class Style:
    """How a block is set; sizes in points."""

    face: str = "serif"
    size: float = 10.5
    leading: float = 15.0
    before: float = 0.0
    after: float = 6.0
    indent: float = 0.0


STYLES = {
    "body": Style(),
    "lines": Style(after=0.0),  # a text whose every line stands for itself
    "fixed": Style(face="fixed", size=9, leading=12.5, after=0),  # 84 letters a line
    "fixed-small": Style(face="fixed", size=6.6, leading=9.5, after=0),  # 115
    "fixed-tiny": Style(face="fixed", size=5.7, leading=8.5, after=0),  # 133
    "title": Style(face="sans-bold", size=16, leading=21, after=8),
    "heading": Style(face="sans-bold", size=12.5, leading=17, before=8, after=4),
    "minor": Style(face="sans-bold", size=10.5, leading=15, before=5, after=3),
    "strong": Style(face="serif-bold"),
    "item": Style(indent=16, after=3),
    "row": Style(face="sans", size=9.5, leading=14, after=2),
    "header": Style(face="sans", size=9.5, leading=14, after=0),
    "small": Style(face="sans", size=8.5, leading=12.5, after=3),
    "cell": Style(face="sans", size=8, leading=10.5, after=0),
    "edge": Style(face="sans", size=6.5, leading=10.5, after=0),  # what numbers rows and columns
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """One paragraph (line breaks are kept) and the name of its style; ``fresh`` turns the page."""

    text: str
    style: str = "body"
    fresh: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Drawn(Block):
    """A block that draws itself, such as a table; ``text`` is all that it draws."""

    def draw(self, setter: "Setter") -> None:
        """Draw the block and move ``setter.y`` below it."""
        raise NotImplementedError


class Line(NamedTuple):
    """One line of a paragraph, and the level of that: odd where it is read from right to left."""

    text: str
    level: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Set:
    """Pages that were set, and the characters that no face here has."""

    pdf: bytes
    missing: frozenset[str]
    named: frozenset[str] = frozenset()  # signs that stand there by their names


def set_pages(blocks: Sequence[Block]) -> Set:
    """Set ``blocks`` on A4 pages. The same blocks give the same bytes. Raises ``Refused``."""
    if sum(len(block.text) for block in blocks) > limits.SET_CHARACTERS:
        raise Refused("text")
    faces.ready()
    out = io.BytesIO()
    setter = Setter(Canvas(out, pagesize=A4, invariant=1, pageCompression=1))
    for block in blocks:
        setter.add(block)
    setter.finish()
    return Set(
        pdf=out.getvalue(), missing=frozenset(setter.missing), named=frozenset(setter.named)
    )


class Setter:
    """A canvas and how far down it the text has come: ``y`` is in points from below."""

    def __init__(self, canvas: Canvas) -> None:
        canvas.setAuthor("")
        canvas.setTitle("")
        canvas.setSubject("")
        self.canvas = canvas
        self.size: tuple[float, float] = A4
        self.y = self.top
        self._pages = 1
        self.missing: set[str] = set()
        self.named: set[str] = set()

    @property
    def top(self) -> float:
        """Where the text of a page begins."""
        return self.size[1] - _TOP

    def add(self, block: Block) -> None:
        """Set a block below what is set already."""
        if isinstance(block, Drawn):
            block.draw(self)
            return
        style = STYLES[block.style]
        if block.fresh or self.size != A4:
            self.turn()
        elif self.y < self.top:
            self.y -= style.before
        for line in self.lines(block.text, style, A4[0] - 2 * SIDE - style.indent):
            self._line(line, style)
        self.y -= style.after

    def lines(self, text: str, style: Style, width: float) -> Iterator[Line]:
        """Yield the lines of a text, each at most ``width`` points wide."""
        if text.isascii() and text.isprintable() and _wide(text, style) < width - _SURELY:
            yield Line(text)  # as most cells of a table are
            return
        for hard in self._readable(text.translate(symbols.OF_NO_FACE), style.face).split("\n"):
            start = bidi.base(hard)
            for line in _wrap(hard.expandtabs(8), style, width):
                yield Line(line, start)

    def finish(self) -> None:
        """End the last page."""
        self.canvas.save()

    def _readable(self, text: str, face: str) -> str:
        """Return ``text`` with the names of signs that no face has: an emoji can be a sentence."""
        if text.isascii():
            return text
        unseen = {c for c in set(text) if _is_sign(c) and not faces.known(c, face)}
        self.named |= unseen
        return text.translate({ord(c): f"[{sign_name(c)}]" for c in unseen})

    def _line(self, line: Line, style: Style) -> None:
        if self.y - style.leading < FOOT:
            self.turn()
        self.y -= style.leading
        if line.text.strip():
            self.write(SIDE + style.indent, self.y, line, style)

    def write(self, x: float, y: float, line: Line, style: Style) -> None:
        """Write one line of ``lines`` at a place."""
        if not faces.plain(style.face).issuperset(line.text):
            self.missing.update(c for c in set(line.text) if not faces.known(c, style.face))
        for run in faces.line(line.text, style.face, line.level):
            faces.draw(self.canvas, x, y, run, style.size)
            x += run.wide * style.size

    def turn(self, size: tuple[float, float] = A4) -> None:
        """Begin a page of a size; one on which nothing stands yet becomes it."""
        if self.y >= self.top:
            self._resize(size)
            return
        self.canvas.showPage()
        self._resize(size)
        self._pages += 1
        if self._pages > limits.MAX_PAGES:
            raise Refused("pages")

    def _resize(self, size: tuple[float, float]) -> None:
        self.size = size
        self.canvas.setPageSize(size)
        self.y = self.top


def sign_name(sign: str) -> str:
    """Return what a sign is called."""
    return unicodedata.name(sign, "").lower() or f"U+{ord(sign):04X}"


def _is_sign(letter: str) -> bool:
    return letter > "\x7f" and unicodedata.category(letter) in {"So", "Sk", "Sm", "Sc", "Co"}


def _wrap(line: str, style: Style, width: float) -> Iterator[str]:
    """Yield ``line`` cut at spaces so that each part is at most ``width`` points wide."""
    held: list[str] = []
    used = 0.0
    for word in _WORD.findall(line):
        wide = _wide(word, style)
        if used + wide > width and word[0] != " ":
            if held:
                yield "".join(held)
                held, used = [], 0.0
            if wide > width:
                *whole, word = _cut(word, style, width)  # noqa: PLW2901 - its last part goes on
                yield from whole
                wide = _wide(word, style)
        held.append(word)
        used += wide
    yield "".join(held)


def _cut(word: str, style: Style, width: float) -> list[str]:
    """Return ``word`` in parts that fit a line each, with at least one letter."""
    parts, start, used = [], 0, 0.0
    for at, letter in enumerate(word):
        wide = faces.wide(letter, style.face) * style.size
        if used + wide > width and at > start and unicodedata.category(letter)[0] != "M":
            parts.append(word[start:at])
            start, used = at, 0.0
        used += wide
    return [*parts, word[start:]]


def width_of(text: str, style: Style) -> float:
    """Return how wide the widest line of a text is, in points."""
    return max((_wide(line, style) for line in text.split("\n")), default=0.0)


def _wide(word: str, style: Style) -> float:
    if len(word) > _LONG_WORD:  # not worth remembering
        return sum(faces.wide(letter, style.face) for letter in word) * style.size
    return faces.wide(word, style.face) * style.size
