"""A page's text as a field shows it, and each place of the one in the other. Pure values."""

import re
from array import array
from bisect import bisect_right

_BREAKS = "\n\r\x0b\x0c\x85\u2028\u2029"
_OUR_OWN = "\ufdd0\ufdd1\ufffc"  # Qt keeps its frames and pictures in these
_NOT_SHOWN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")  # controls, halves of a pair


class TwinText:
    """``shown`` has a character for each of ``text``, but one break for a pair of them.

    A place in ``text`` counts characters; one in the field counts UTF-16 units.
    """

    def __init__(self, text: str) -> None:
        shown: list[str] = []
        self._starts = array("L")
        at = 0
        for index, character in enumerate(text):
            self._starts.append(at)
            sign = _sign(character, text[index + 1 : index + 2])
            shown.append(sign)
            at += sum(2 if ord(one) > 0xFFFF else 1 for one in sign)
        self._starts.append(at)
        self.shown = "".join(shown)

    def position(self, offset: int) -> int:
        """Return where the character at ``offset`` stands in the field."""
        return self._starts[min(max(offset, 0), len(self._starts) - 1)]

    def offset(self, position: int) -> int:
        """Return the offset of the character that stands at ``position`` of the field."""
        return max(bisect_right(self._starts, position) - 1, 0)


def _sign(character: str, after: str) -> str:
    if character == "\r" and after == "\n":
        return ""
    if character in _BREAKS:
        return "\n"
    if character == "\t":
        return character
    return " " if character in _OUR_OWN or _NOT_SHOWN.match(character) else character
