"""What a document says of its own order: headings, and what its pages are called."""

from collections.abc import Sequence
from dataclasses import dataclass

MOST_HEADINGS = 3000
DEEPEST = 8  # headings below each other
LONGEST_TITLE = 200  # characters
LONGEST_LABEL = 40


@dataclass(frozen=True, kw_only=True, slots=True)
class Heading:
    """One line of an outline; ``depth`` from 0, ``page`` from 1, 0 where it leads nowhere."""

    title: str
    page: int
    depth: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Contents:
    """The outline of a document and the labels of its pages (one each, or none at all).

    ``loops``: the outline leads back into itself. ``cut``: more of it is not listed.
    ``made``: it is not the document's own, but made of how its pages begin.
    """

    headings: tuple[Heading, ...] = ()
    labels: tuple[str, ...] = ()
    loops: bool = False
    cut: bool = False
    made: bool = False


def page_called(labels: Sequence[str], typed: str) -> int:
    """Return the page (from 1) that is called as ``typed``, or 0.

    Capitals count where they tell two pages apart ("i" and "I").

    >>> page_called(["i", "ii", "A-1", "1"], "a-1"), page_called(["i", "I"], "I")
    (3, 2)
    """
    wanted = " ".join(typed.split())
    if not wanted:
        return 0
    if wanted in labels:
        return labels.index(wanted) + 1
    folded = [label.casefold() for label in labels]
    return folded.index(wanted.casefold()) + 1 if wanted.casefold() in folded else 0


def made_of(openings: Sequence[tuple[int, str]], labels: tuple[str, ...] = ()) -> Contents:
    """Return an outline made of how pages begin: (page from 1, its first lines) of each.

    A line that most pages begin with is their running head, so the next one is taken; of pages
    that begin alike only the first is listed.
    """
    lines = {page: [_line(one) for one in text.splitlines()] for page, text in openings}
    lines = {page: [line for line in found if line] for page, found in lines.items()}
    heads: dict[str, int] = {}
    for found in lines.values():
        for line in set(found[:3]):
            heads[_like(line)] = heads.get(_like(line), 0) + 1
    running = {line for line, count in heads.items() if count > max(2, len(lines) / 2)}
    headings: list[Heading] = []
    for page, found in lines.items():
        title = next((line for line in found if _like(line) not in running), "")
        if title and (not headings or headings[-1].title != title):
            headings.append(Heading(title=title[:LONGEST_TITLE], page=page))
    return Contents(
        headings=tuple(headings[:MOST_HEADINGS]),
        labels=labels,
        cut=len(headings) > MOST_HEADINGS,
        made=True,
    )


def _line(text: str) -> str:
    line = " ".join(text.split())
    return line if sum(map(str.isalpha, line)) >= 3 else ""  # a number alone is no heading


def _like(line: str) -> str:
    """Return a line without its digits: "Page 3 of 9" is like "Page 4 of 9"."""
    return "".join(sign for sign in line.casefold() if not sign.isdigit())
