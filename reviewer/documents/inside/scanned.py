"""The words of a scanned page: turned, straightened, read up to three times, the surest kept."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from PIL import Image, ImageFilter

from reviewer.documents.inside import straighten
from reviewer.documents.inside.straighten import Lie
from reviewer.documents.inside.tesseract import Word

_SURE = 92.0  # read once, and no more
_LOST = 60.0  # so unsure that the page may lie another way
_FEW = 24  # letters that say nothing of which way a page lies
_MORE = 2  # times as many letters as the few that were read surely: those were read wrongly
_LEGIBLE = 30.0  # below that a word is a guess about specks
_LEAST_DOTS = 130  # an inch; smaller letters are enlarged before they are read
_UNITS = 65_535
Words = Callable[[Image.Image, int], list[Word]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Read:
    """One read of a page: its words on the picture that was read, and how that lay."""

    words: Sequence[Word]
    lie: Lie
    size: tuple[int, int]
    larger: float = 1.0

    @property
    def letters(self) -> int:
        """How many letters were made out."""
        return sum(len(word.text) for word in self.words)

    @property
    def sure(self) -> float:
        """How sure its letters are, 0-100."""
        return sum(word.sure * len(word.text) for word in self.words) / max(1, self.letters)


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """The text of a page with a box a character (``PageText``), how sure, and how it lay."""

    text: str
    boxes: bytes
    sure: int
    turn: int


def read_page(picture: Image.Image, dots: int, words: Words) -> Page:
    """Return what a grey picture of a page says; ``words`` reads one picture."""
    best = _best(picture, dots, words)
    kept = [word for word in best.words if word.sure >= _LEGIBLE]
    best = replace(best, words=kept)
    text, boxes = _written(best, picture.size)
    return Page(text=text, boxes=boxes, sure=round(best.sure), turn=best.lie.turn)


def _best(picture: Image.Image, dots: int, words: Words) -> Read:
    lie = straighten.lie_of(picture)
    noisy = straighten.noisy(picture)
    ways = _NOISY if noisy else _CALM

    def read(lie: Lie, way: "_Way") -> Read:
        return _read(picture, dots, lie, way, words)

    best = read(lie, ways[0])
    for more in (180, 90, 270):  # as its lines run first: Tesseract reads some that stand, badly
        if best.sure >= _LOST and best.letters >= _FEW:
            break
        turn = (lie.turn + more) % 360
        lean = lie.lean if more == 180 else 0.0
        other = read(Lie(turn=turn, lean=lean), ways[0])
        if best.sure < _LOST or other.letters > _MORE * best.letters:
            best = _surer(best, other)
    for way in ways[1:]:
        if best.sure >= _SURE or best.letters < _FEW:
            break
        best = _surer(best, read(best.lie, way))
    return best


def _surer(one: Read, other: Read) -> Read:
    """Return the better of two reads: more of specks read as letters is not better."""
    few, many = sorted((one, other), key=lambda read: read.letters)
    if few.sure * few.letters * 1.1 > many.sure * few.letters and few.letters * 2 > many.letters:
        return max((one, other), key=lambda read: read.sure * min(read.letters, few.letters * 1.1))
    return max((one, other), key=lambda read: read.sure * min(read.letters, _FEW * 8))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Way:
    """What is done to the pixels: specks taken out before the page is turned, edges after it."""

    median: bool = False
    soft: float = 0.0
    larger: float = 1.0


_CALM = _Way(), _Way(median=True), _Way(soft=0.8)
_NOISY = _Way(median=True, soft=0.6), _Way(median=True, soft=0.6, larger=1.5), _Way(soft=1.2)


def _read(picture: Image.Image, dots: int, lie: Lie, way: _Way, words: Words) -> Read:
    seen = picture.filter(ImageFilter.MedianFilter(3)) if way.median else picture
    seen = straighten.straight(straighten.turned(seen, lie.turn), lie.lean)
    if way.soft:
        seen = seen.filter(ImageFilter.GaussianBlur(way.soft))
    larger = way.larger * (2.0 if dots < _LEAST_DOTS else 1.0)
    if larger != 1.0:
        size = round(seen.width * larger), round(seen.height * larger)
        seen = seen.resize(size, Image.Resampling.BICUBIC)
    found = words(seen, round(dots * larger))
    return Read(words=found, lie=lie, size=seen.size, larger=larger)


def _written(read: Read, page: tuple[int, int]) -> tuple[str, bytes]:
    """Return words as lines of text, and a box for each of its characters."""
    text: list[str] = []
    corners: list[tuple[float, float, float, float]] = []
    last: Word | None = None
    for word in read.words:
        if last is not None:
            same = word.line == last.line
            text.append(" " if same else "\n")
            corners.append(_between(last, word) if same else _after(last))
        text.append(word.text)
        corners += _letters(word)
        last = word
    if not corners:
        return "", b""
    placed = straighten.back(
        np.array(corners, float), seen=read.size, page=page, lie=read.lie, larger=read.larger
    )
    scale = np.array([page[0], page[1], page[0], page[1]], float)
    units = (placed / scale).clip(0, 1) * _UNITS
    return "".join(text), units.round().astype("<u2").tobytes()


def _letters(word: Word) -> list[tuple[float, float, float, float]]:
    left, top, right, bottom = word.box
    step = (right - left) / len(word.text)
    return [
        (left + at * step, top, left + (at + 1) * step, bottom) for at in range(len(word.text))
    ]


def _between(last: Word, word: Word) -> tuple[float, float, float, float]:
    """Return the box of the space between two words of a line; they may overlap."""
    left, right = sorted((last.box[2], word.box[0]))
    return left, min(last.box[1], word.box[1]), right, max(last.box[3], word.box[3])


def _after(last: Word) -> tuple[float, float, float, float]:
    _, top, right, bottom = last.box
    return right, top, right, bottom
