"""The sentences about what of a document is not shown: how long they and their lists may be."""

from collections.abc import Sequence

from reviewer.documents import limits

_GOES_ON = " ..."


def listed(some: Sequence[object], most: int, between: str = ", ") -> str:
    """Return at most the first ``most`` of some things, and how many more there are.

    >>> listed([2, 3, 5, 7], 2), listed([2, 3], 2)
    ('2, 3 and 2 more', '2, 3')
    """
    shown = between.join(map(str, some[:most]))
    return f"{shown} and {len(some) - most:,} more" if len(some) > most else shown


def kept(notes: Sequence[str]) -> list[str]:
    """Return notes none of which is longer than a note may be; one that goes on says so."""
    room = limits.MAX_NOTE - len(_GOES_ON)
    return [note if len(note) <= limits.MAX_NOTE else note[:room] + _GOES_ON for note in notes]
