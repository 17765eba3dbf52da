"""Telling keys from words: a row's letters act alone, and a run of letters is somebody writing.

Keys that follow each other within ``PAUSE`` are one run. A digit may be corrected or be followed
by any key of the row; a reason or a confidence only by what goes with it. Whatever else follows
makes the run words: nothing of it counts, nor does what is typed on until there is a pause.
"""

from enum import StrEnum

PAUSE = 0.6  # seconds between two keys, from which on they are two acts


class Kind(StrEnum):
    """What a key on a row is."""

    DIGIT = "digit"
    REASON = "reason"
    CONFIDENCE = "confidence"
    ATTACH = "attach"
    LEFT = "left"
    OTHER = "other"


class Took(StrEnum):
    """What comes of a key: it begins a run and acts, acts, shows that words are typed, nothing."""

    FIRST = "first"
    ACTS = "acts"
    WORDS = "words"
    NOTHING = "nothing"


_FOLLOWS = {
    Kind.DIGIT: frozenset(Kind) - {Kind.OTHER},
    Kind.REASON: frozenset({Kind.DIGIT, Kind.CONFIDENCE}),
    Kind.CONFIDENCE: frozenset({Kind.DIGIT, Kind.CONFIDENCE}),
    Kind.ATTACH: frozenset({Kind.DIGIT}),
    Kind.LEFT: frozenset[Kind](),
    Kind.OTHER: frozenset[Kind](),
}


class Run:
    """The keys that came close after each other on one row."""

    def __init__(self) -> None:
        self._before: Kind | None = None
        self._words = False
        self._at = 0.0

    def take(self, kind: Kind, now: float) -> Took:
        """Take a key pressed at ``now`` (seconds of any clock that does not go back)."""
        if now - self._at > PAUSE:
            self.end()
        before, self._before, self._at = self._before, kind, now
        if self._words:
            return Took.NOTHING
        if before is None:
            return Took.NOTHING if kind is Kind.OTHER else Took.FIRST
        if kind in _FOLLOWS[before]:
            return Took.ACTS
        self._words = True
        return Took.WORDS

    def end(self) -> None:
        """Begin anew: the focus moved, or a key was pressed that is no letter."""
        self._before, self._words = None, False
