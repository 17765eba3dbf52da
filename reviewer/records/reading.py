"""Where a reader is in a document: what is kept for the next time it is opened."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Turn:
    """The pages ``first`` to ``last`` (from 1, both counted) are turned ``degrees`` clockwise.

    ``degrees`` is 90, 180 or 270.
    """

    first: int
    last: int
    degrees: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadingPlace:
    """The place in one document.

    ``offset`` is how much of ``page`` (its height is 1.0) lies above the window; a little less
    than 0 where its upper edge shows. ``fit`` is width, page or free, ``zoom`` counts for free
    (1.0 is 100 %). ``uncovered``: its content note was read and it was opened all the same.
    """

    page: int = 1
    offset: float = 0.0
    fit: str = "width"
    zoom: float = 1.0
    turns: tuple[Turn, ...] = ()
    uncovered: bool = False
