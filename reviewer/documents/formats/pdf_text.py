"""The text of a PDF's page and the box of each of its characters, from what PDFium tells."""

import re
import struct
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, compress, pairwise
from operator import ge
from statistics import median

_HYPHEN = {0x2, 0xFFFE, 0xAD}  # PDFium's marks for a hyphen at the end of a line
LIGATURES = {0xFB00 + at: text for at, text in enumerate(("ff", "fi", "fl", "ffi", "ffl"))}
_AT_THE_END = re.compile("[\x02\ufffe](?=\\S)")
_BOX = struct.Struct("<4H")
_NOTHING = (0, 0, 0, 0)
# What is not written as it is told: controls, hyphens, ligatures, halves, what is no character.
_UNLIKE = re.compile(
    "[\0-\x08\x0a-\x1f\x7f-\x9f\xad\ud800-\udfff\ufb00-\ufb04\ufffe\uffff\U00010000-\U0010ffff]"
)
_ALONE = re.compile(r" \w \w ")  # stands in every row of spaced letters, and is quickly looked for
_SPACED = re.compile(r"(?<![^\W_])(?:[^\W\d_]{1,2} ){5,}[^\W\d_]{1,2}(?![^\W_])")
Corners = tuple[int, int, int, int]
Columns = tuple[list[int], list[int], list[int], list[int]]


def written(told: str, columns: Columns) -> "Writer":
    """Return the text of a page, and its boxes, from what is told of each character."""
    writer = Writer(told, columns)
    breaks = sorted({0, len(told), *_apart(columns), *_unlike(told)})
    for at, until in pairwise(breaks):
        writer.step(at)
        if until > at + 1:
            writer.run(at + 1, until)
    return writer


class Writer:
    """Puts the text and boxes of a page together, mostly in runs of characters.

    A place where anything but the next character of a line may stand is a step of its own.
    """

    def __init__(self, told: str, columns: Columns) -> None:
        self.text: list[str] = []
        self.boxes = bytearray()
        self._told = told
        self._columns = columns
        packed = [0] * (4 * len(told))
        for at, column in enumerate(columns):
            packed[at::4] = column
        self._packed = struct.pack(f"<{len(packed)}H", *packed)
        self._last = _NOTHING
        self._tail = ""  # the letters written last
        self._high = 0

    def run(self, at: int, until: int) -> None:
        """Write characters that are as they are told, each beside the one before it."""
        self.text.append(self._told[at:until])
        self.boxes += self._packed[8 * at : 8 * until]
        self._last = self._box(until - 1)
        self._tail = self._told[until - 1]
        self._high = 0

    def step(self, at: int) -> None:
        """Write what character ``at`` stands for, if anything."""
        code = self._code(ord(self._told[at]))
        if code == 0x0A:
            self._break(self.boxes[-8:][4:6] + self.boxes[-8:][2:] or _BOX.pack(*_NOTHING))
        elif code is not None:
            self._letters(LIGATURES.get(code) or chr(code), self._box(at))

    def _letters(self, letters: str, box: Corners) -> None:
        last = self._last
        if jumped(last, box) and not self._tail.isspace() and not letters.isspace():
            self._break(_BOX.pack(last[2], last[1], last[2], last[3]))
        for part in split(box, len(letters)):
            self.boxes += _BOX.pack(*part)
        self.text.append(letters)
        self._tail, self._last = letters, box

    def _break(self, box: bytes | bytearray) -> None:
        self.text.append("\n")
        self.boxes += box
        self._tail = "\n"

    def _box(self, at: int) -> Corners:
        left, top, right, bottom = self._columns
        return left[at], top[at], right[at], bottom[at]

    def _code(self, code: int) -> int | None:
        """Return what a text may hold: no controls, no lone surrogates; two of them are one."""
        if 0xD800 <= code < 0xDC00:
            self._high = code
            return None
        if 0xDC00 <= code < 0xE000:
            if not self._high:
                return None
            code = 0x10000 + ((self._high - 0xD800) << 10) + (code - 0xDC00)
        self._high = 0
        if code in _HYPHEN:
            code = 0x2D
        return code if printed(code) else None


def jumped(last: Corners, box: Corners) -> bool:
    """Whether the text went on elsewhere: columns and blocks are often not told apart."""
    if last == _NOTHING or (box[1] < last[3] and last[1] < box[3]) or _sideways(last, box):
        return False
    return abs(box[0] - last[2]) > 3 * (last[3] - last[1])


def _sideways(last: Corners, box: Corners) -> bool:
    """Whether one letter follows the other in a line that is drawn up or down the page.

    A narrow letter of such a line is a flat box, from which the next one would seem far away.
    """
    shared = min(last[2], box[2]) - max(last[0], box[0])
    wide = min(last[2] - last[0], box[2] - box[0])
    return 2 * shared > wide and max(box[1] - last[3], last[1] - box[3]) <= 2 * wide


def closed_up(
    told: str, columns: Columns, is_made: Callable[[int], bool], shape: float
) -> tuple[str, Columns]:
    """Return a text whose words in spaced letters are words. ``shape``: width by height.

    PDFium makes a blank of each gap. Only blanks that it made go, and only in a row of single
    letters that stand closer than columns do; the wider gaps between words stay.
    """
    if not _ALONE.search(told):
        return told, columns
    drop: set[int] = set()
    for row in _SPACED.finditer(told):
        drop.update(_blanks(row, columns, is_made, shape))
    if not drop:
        return told, columns
    return left_of(told, columns, [at for at in range(len(told)) if at not in drop])


def ending_lines(told: str, columns: Columns) -> tuple[str, Columns]:
    """Return a text in which a line ends after each of PDFium's marks for a hyphen at its end.

    PDFium leaves the end of the line out, and one word of two parts could not be told from two
    words with a hyphen.
    """
    ends = [found.end() for found in _AT_THE_END.finditer(told)]
    if not ends:
        return told, columns
    cuts = list(pairwise([0, *ends, len(told)]))
    left, top, right, bottom = (
        [*chain.from_iterable([*side[a:b], 0] for a, b in cuts)][:-1] for side in columns
    )
    return "\n".join(told[a:b] for a, b in cuts), (left, top, right, bottom)


def left_of(told: str, columns: Columns, places: Sequence[int]) -> tuple[str, Columns]:
    """Return the characters at ``places`` of a text, and their boxes."""
    left, top, right, bottom = ([column[at] for at in places] for column in columns)
    return "".join(map(told.__getitem__, places)), (left, top, right, bottom)


def _blanks(
    row: re.Match[str], columns: Columns, is_made: Callable[[int], bool], shape: float
) -> list[int]:
    """Return the places of the blanks that stand between letters of one word."""
    left, top, right, bottom = columns
    blanks = [at for at in range(*row.span()) if row.string[at] == " "]
    letters = len(row[0]) - len(blanks)
    made = [at for at in blanks if is_made(at)]
    if 4 * letters > 5 * (len(blanks) + 1) or 4 * len(made) < 3 * len(blanks):
        return []
    if any(top[at + 1] >= bottom[at - 1] or top[at - 1] >= bottom[at + 1] for at in made):
        return []
    gaps = {at: left[at + 1] - right[at - 1] for at in made}
    steps = {at: left[at + 1] - left[at - 1] for at in made}
    gap, step = median(gaps.values()), median(steps.values())
    height = bottom[row.start()] - top[row.start()]
    if not 0 < gap * shape < height / 2:
        return []
    return [at for at in made if gaps[at] <= 1.8 * gap or steps[at] <= 1.2 * step]


def _apart(columns: Columns) -> Iterator[int]:
    """Yield the places of characters that stand above or below the one before them."""
    _, top, _, bottom = columns
    places = range(1, len(top))
    yield from compress(places, map(ge, top[1:], bottom))
    yield from compress(places, map(ge, top, bottom[1:]))


def _unlike(told: str) -> Iterator[int]:
    """Yield the places of what is not written as it is told, and those that follow."""
    for found in _UNLIKE.finditer(told):
        yield found.start()
        if found.end() < len(told):
            yield found.end()


def printed(code: int) -> bool:
    """Whether a text may hold this code point."""
    if code < 0x20 or 0x7F <= code < 0xA0:
        return code in {0x09, 0x0A}
    return code <= 0x10FFFF and code & 0xFFFE != 0xFFFE


def split(box: Corners, parts: int) -> list[Corners]:
    """Return ``box`` cut into ``parts`` side by side (a ligature holds several letters)."""
    if parts == 1:
        return [box]
    left, top, right, bottom = box
    step = (right - left) / parts
    return [
        (left + round(at * step), top, left + round((at + 1) * step), bottom)
        for at in range(parts)
    ]
