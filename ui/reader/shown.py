"""What the page view is given to show: marks, hits, a selection. Values only."""

from dataclasses import dataclass

from reviewer.records.cases import Box
from reviewer.records.ids import MarkId
from reviewer.records.judgement import Anchor


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownMark:
    """A mark as it is painted; ``colour`` is ``#rrggbb``, ``tip`` one plain line about it.

    ``attached`` marks support a rating and are underlined solid, the others dotted.
    """

    id: MarkId
    page: int
    boxes: tuple[Box, ...]
    colour: str
    attached: bool
    noted: bool = False
    tip: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """One place where the words looked for stand; offsets into the page's text."""

    page: int
    start: int
    end: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Selection:
    """What the reader has picked on one page, ready to become a mark."""

    page: int
    anchor: Anchor
