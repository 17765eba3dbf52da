"""The sentences about what of a document is not shown: how long they and their lists may be."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from reviewer.documents import limits

UNLOCKED = (
    "This PDF opens only with a password, which was given. Its pages are kept here without"
    " one; the original that is saved out asks for it."
)
UNLOCKED_FILE = (
    "This file opens only with a password, which was given. Its pages are kept here without"
    " one; the original that is saved out asks for it."
)
LARGE_FILE = (
    f"This file is larger than {limits.MAX_BYTES >> 20} MiB, so what it holds was not counted"
    " against what is shown here. Compare its pages with the original where that matters."
)
CUT_SHORT = (
    "The end of this PDF is lost, as where a copy broke off. The pages that can still be had are"
    " shown; others, and a part of the last one, may be missing. Ask for it again."
)
UNHEARD = (
    "This is a recording: what is said in it is not on this page and cannot be searched. Add its"
    " transcript under the same name (.srt, .vtt), or ask for one."
)
WRITTEN_DOWN = (
    "This is a recording: what is said in it is not on this page. It is in its transcript, which"
    " stands below it."
)
_GOES_ON = " ..."


class Note(str):
    """A sentence that stands for things which are not on the pages: how many of each."""

    __slots__ = ("named",)
    named: Mapping[str, int]


def told(sentence: str, **named: int) -> Note:
    """Return a note that stands for so many ``pictures``, ``attachments``, ``words`` and the like.

    >>> named([told("Pictures that are not shown: 2.", pictures=2), "A plain sentence."])
    {'pictures': 2}
    """
    note = Note(sentence)
    note.named = named
    return note


def named(notes: Iterable[str]) -> dict[str, int]:
    """Return how many of each thing some notes stand for."""
    found: Counter[str] = Counter()
    for note in notes:
        if isinstance(note, Note):
            found.update(note.named)
    return dict(found)


def listed(some: Sequence[object], most: int, between: str = ", ") -> str:
    """Return at most the first ``most`` of some things, and how many more there are.

    >>> listed([2, 3, 5, 7], 2), listed([2, 3], 2)
    ('2, 3 and 2 more', '2, 3')
    """
    shown = between.join(map(str, some[:most]))
    return f"{shown} and {len(some) - most:,} more" if len(some) > most else shown


def kept(notes: Sequence[str]) -> list[str]:
    """Return notes none of which is longer than a note may be; one that goes on says so."""
    return [_shortened(note) for note in notes]


def _shortened(note: str) -> str:
    if len(note) <= limits.MAX_NOTE:
        return note
    short = note[: limits.MAX_NOTE - len(_GOES_ON)] + _GOES_ON
    return told(short, **note.named) if isinstance(note, Note) else short
