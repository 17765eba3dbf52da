"""What the page view is given to show: marks, hits, a selection. Values only."""

from dataclasses import dataclass

from reviewer.records.cases import Box
from reviewer.records.ids import MarkId
from reviewer.records.judgement import Anchor


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """A document as the reader needs it; ``sizes`` in points, ``note`` is its content note.

    ``first`` is the number of its first page among those of the case ``reference``, 0 for none.
    """

    key: str
    title: str
    sizes: tuple[tuple[float, float], ...]
    note: str = ""
    scanned: bool = False
    reference: str = ""
    first: int = 0

    def cited(self, page: int) -> str:
        """Return how a page is cited by its number in the case, or ""."""
        return f"{{{self.reference}/{self.first + page - 1}}}" if self.first and page else ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownMark:
    """A mark as it is painted; ``colour`` is ``#rrggbb``, ``tip`` one plain line about it.

    ``attached`` marks support a rating and are underlined solid, the others dotted. One that is
    ``typed`` is nobody's: something was typed there for words that were misread. One on a range
    of a recording has its ``span`` in seconds.
    """

    id: MarkId
    page: int
    boxes: tuple[Box, ...]
    colour: str
    attached: bool
    noted: bool = False
    tip: str = ""
    typed: bool = False
    span: tuple[float, float] | None = None


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
