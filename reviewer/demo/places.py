"""Where a quotation stands on a page as it was read: offsets and boxes for a mark."""

import re
import struct
from collections.abc import Iterator, Sequence

from reviewer.records.cases import Box, PageText
from reviewer.records.judgement import Anchor

_FULL = 65535.0  # a box is four uint16 over the page
_CONTEXT = 32  # characters of prefix and suffix
_CORNERS = struct.Struct("<4H")

Corners = tuple[int, int, int, int]  # left, top, right, bottom


def find(pages: Sequence[PageText], quote: str, *, page: int = 0) -> tuple[int, Anchor] | None:
    """Return the page number and the anchor of ``quote``, or None where no page has it.

    Lines may break anywhere between words. ``page`` is looked at first.
    """
    pattern = re.compile(r"\s+".join(re.escape(word) for word in quote.split()))
    for text in sorted(pages, key=lambda each: (each.number != page, each.number)):
        match = pattern.search(text.text)
        if match:
            return text.number, _anchor(text, match.start(), match.end())
    return None


def _anchor(page: PageText, start: int, end: int) -> Anchor:
    return Anchor(
        kind="text",
        start=start,
        end=end,
        quote=page.text[start:end],
        prefix=page.text[max(0, start - _CONTEXT) : start],
        suffix=page.text[end : end + _CONTEXT],
        boxes=tuple(_lines(page, start, end)),
    )


def _lines(page: PageText, start: int, end: int) -> Iterator[Box]:
    """Yield one box for each line that the characters stand on."""
    if len(page.boxes) < 8 * end:
        return
    line: Corners | None = None
    for at in range(start, end):
        here: Corners = _CORNERS.unpack_from(page.boxes, 8 * at)
        if here[2] <= here[0] or here[3] <= here[1] or page.text[at].isspace():
            continue
        if line is not None and here[0] >= line[0] and here[1] < line[3] and line[1] < here[3]:
            line = (line[0], min(line[1], here[1]), max(line[2], here[2]), max(line[3], here[3]))
            continue
        if line is not None:
            yield _box(line)
        line = here
    if line is not None:
        yield _box(line)


def _box(corners: Corners) -> Box:
    left, top, right, bottom = (value / _FULL for value in corners)
    return Box(left=left, top=top, right=right, bottom=bottom)
