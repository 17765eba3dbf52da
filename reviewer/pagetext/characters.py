"""The characters of one page, where they stand, and what a hand on the mouse means by them.

All positions are page units: 0-1 from the left and from the top of the page as shown.
"""

import sys
from array import array
from bisect import bisect_right
from dataclasses import dataclass

from reviewer.records.cases import Box, PageText
from reviewer.records.judgement import Anchor

_FULL = 65535.0  # boxes are uint16 over the page
CONTEXT = 32  # characters of context kept each side of a quote
_SAME_LINE = (
    0.45  # share of the lower height that must overlap for two characters to be neighbours
)
_BACKWARDS = 0.02  # of the page: a step this far to the left starts a new line or column
_SIDEWAYS = 0.12  # how much less a step to the side counts than one up or down, when aiming


@dataclass(slots=True)
class _Line:
    """A run of characters that stand beside each other."""

    start: int
    end: int
    left: float
    top: float
    right: float
    bottom: float


class Characters:
    """The text of one page with its boxes, read once and then asked often.

    Of a page that is asked once, only the lines that ``within`` (start and end) touches are made
    out: a line of text never runs over a line's end.
    """

    def __init__(self, page: PageText, *, within: tuple[int, int] | None = None) -> None:
        self.number = page.number
        self.text = page.text
        self._boxes = _unpack(page.boxes) if len(page.boxes) == len(page.text) * 8 else array("H")
        self._lines = self._find_lines(*self._between_breaks(within))
        self._starts = [line.start for line in self._lines]

    @property
    def placed(self) -> bool:
        """Whether any character has a place on the page (a scan has none)."""
        return bool(self._lines)

    def caret(self, x: float, y: float) -> int:
        """Return the offset (0 to the length of the text) that a pointer at ``x``, ``y`` means."""
        if not self._lines:
            return 0
        line = min(self._lines, key=lambda at: _distance(at, x, y))
        last = line.start
        for index in range(line.start, line.end):
            left, _, right, _ = self._box(index)
            if right <= left:
                continue
            if x < (left + right) / 2:
                return index
            last = index + 1
        return last

    def over(self, x: float, y: float) -> bool:
        """Whether the pointer is on text, give or take half a line."""
        for line in self._lines:
            slack = (line.bottom - line.top) / 4
            if (
                line.left - slack <= x <= line.right + slack
                and line.top - slack <= y <= line.bottom + slack
            ):
                return True
        return False

    def word(self, offset: int) -> tuple[int, int]:
        """Return the word (or the run of signs) around ``offset``, as start and end."""
        if not self.text:
            return 0, 0
        at = min(max(offset, 0), len(self.text) - 1)
        if at and not _in_word(self.text[at]) and _in_word(self.text[at - 1]):
            at -= 1
        inside = _in_word(self.text[at])
        start = end = at
        while start and _in_word(self.text[start - 1]) is inside and not self._gap(start - 1):
            start -= 1
        while end < len(self.text) and _in_word(self.text[end]) is inside and not self._gap(end):
            end += 1
        return start, max(end, start)

    def line(self, offset: int) -> tuple[int, int]:
        """Return the line that holds ``offset``, as start and end."""
        if not self._lines:
            return 0, len(self.text)
        line = self._lines[self._line_at(offset)]
        return line.start, line.end

    def step(self, offset: int, lines: int) -> int:
        """Return the offset ``lines`` below (or above) ``offset``, at about the same column."""
        if not self._lines:
            return offset
        here = self._line_at(offset)
        there = here + lines
        if there < 0:
            return 0
        if there >= len(self._lines):
            return len(self.text)
        index = min(offset, self._lines[here].end - 1)
        target = self._lines[there]
        return self.caret(self._box(index)[0], (target.top + target.bottom) / 2)

    def boxes(self, start: int, end: int) -> tuple[Box, ...]:
        """Return one box a line for the characters from ``start`` to ``end``."""
        found: list[Box] = []
        for line in self._lines:
            first, last = max(start, line.start), min(end, line.end)
            places = [b for b in map(self._box, range(first, last)) if b[2] > b[0]]
            if places:
                found.append(
                    Box(
                        left=min(b[0] for b in places),
                        top=line.top,
                        right=max(b[2] for b in places),
                        bottom=line.bottom,
                    )
                )
        return tuple(found)

    def anchor(self, start: int, end: int) -> Anchor:
        """Return the text anchor of the characters from ``start`` to ``end``."""
        return Anchor(
            kind="text",
            start=start,
            end=end,
            quote=self.text[start:end],
            prefix=self.text[max(0, start - CONTEXT) : start],
            suffix=self.text[end : end + CONTEXT],
            boxes=self.boxes(start, end),
        )

    def trimmed(self, start: int, end: int) -> tuple[int, int]:
        """Return the range without white space at its ends."""
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return start, end

    def _box(self, index: int) -> tuple[float, float, float, float]:
        at = index * 4
        left, top, right, bottom = self._boxes[at : at + 4]
        return left / _FULL, top / _FULL, right / _FULL, bottom / _FULL

    def _line_at(self, offset: int) -> int:
        return max(0, bisect_right(self._starts, offset) - 1)

    def _gap(self, index: int) -> bool:
        return self.text[index] in "\r\n"

    def _between_breaks(self, within: tuple[int, int] | None) -> tuple[int, int]:
        """Return the range that holds ``within`` and whole lines, or all that has boxes."""
        every = len(self._boxes) // 4
        if within is None or not every:
            return 0, every
        start, end = within
        while start and not self._gap(start - 1):
            start -= 1
        while end < every and not self._gap(end):
            end += 1
        return start, end

    def _find_lines(self, start: int, end: int) -> list[_Line]:
        lines: list[_Line] = []
        current: _Line | None = None
        for index in range(start, end):
            left, top, right, bottom = self._box(index)
            broken = self.text[index] in "\r\n"
            if right <= left or bottom <= top or self.text[index].isspace():
                if current and not broken:
                    current.end = index + 1
                current = None if broken else current
                continue
            if current is None or not _beside(current, left, top, bottom):
                current = _Line(index, index + 1, left, top, right, bottom)
                lines.append(current)
                continue
            current.end = index + 1
            current.left, current.right = min(current.left, left), max(current.right, right)
            current.top, current.bottom = min(current.top, top), max(current.bottom, bottom)
        return lines


def _unpack(packed: bytes) -> "array[int]":
    boxes = array("H", packed)
    if sys.byteorder == "big":
        boxes.byteswap()
    return boxes


def _in_word(character: str) -> bool:
    return character.isalnum() or character in "'\u2019-_"


def _beside(line: _Line, left: float, top: float, bottom: float) -> bool:
    overlap = min(line.bottom, bottom) - max(line.top, top)
    lower = min(line.bottom - line.top, bottom - top)
    return overlap >= lower * _SAME_LINE and left >= line.right - _BACKWARDS


def _distance(line: _Line, x: float, y: float) -> float:
    down = max(line.top - y, 0.0, y - line.bottom)
    across = max(line.left - x, 0.0, x - line.right)
    return down + across * _SIDEWAYS
