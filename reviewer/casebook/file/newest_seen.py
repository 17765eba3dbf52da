"""The newest state of each casebook that this computer has seen (SECURITY 1.4, A9).

No check inside a file can tell that the whole file was put back to an older state. What this
computer has seen can: the number and hash of the newest journal entry, kept outside the casebook.
"""

import json
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from reviewer.casebook.file import computer

_KIND = "seen"
_MOST = 1 << 53  # entries; a larger number is no number of one
_AT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)
_HASH = re.compile(r"[0-9a-f]{64}")
_PAUSE = 1.0  # seconds between two notes while work goes on; closing always notes
_HASH_AT = "SELECT hash FROM journal WHERE seq = ?"
_NEWEST = "SELECT seq, at, hash FROM journal ORDER BY seq DESC LIMIT 1"

Connection = Any  # sqlcipher3 has no types


@dataclass(frozen=True, kw_only=True, slots=True)
class State:
    """One state of a casebook: its newest journal entry and that entry's claimed time."""

    seq: int
    at: str
    head: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Older:
    """The file is not the newest that this computer has seen; both states are named.

    ``forked`` says that it is not even an earlier state of the same history.
    """

    here: State
    seen: State
    forked: bool

    @property
    def sentence(self) -> str:
        """What a person is told."""
        here = f"change {self.here.seq} ({_day(self.here.at)})"
        seen = f"change {self.seen.seq} ({_day(self.seen.at)})"
        if self.forked:
            return (
                f"This file is not a continuation of what this computer saw last: that ended with"
                f" {seen}, this one ends with {here}, and their histories went apart. If you did"
                " not choose another copy yourself, ask who changed it before you work in it."
            )
        return (
            f"This file is older than what this computer has seen: it ends with {here}, and this"
            f" computer has seen {seen}. If you did not put an older copy there yourself, look for"
            " the newer file or a newer backup before you work in it."
        )


def subject_of(meta: Mapping[str, str]) -> str:
    """Return what a casebook is remembered by.

    Its id alone would not do: every casebook issued from one has the same.
    """
    pack = json.loads(meta["pack"]) or {}
    return " ".join((meta["id"], meta["kind"], meta["member"], pack.get("hash", "")))


def newest(connection: Connection) -> State:
    """Return the state that the open file is in."""
    seq, at, head = connection.execute(_NEWEST).fetchone()
    return State(seq=seq, at=at, head=head)


class Watermark:
    """The mark of one casebook on this computer (see ``subject_of``)."""

    def __init__(self, subject: str) -> None:
        self._subject = subject
        self._noted = 0.0
        self._held = False

    def compare(self, connection: Connection) -> Older | None:
        """Return how the open file stands to what was seen; None where it is as new or newer."""
        mark = _read(computer.recall(_KIND, self._subject))
        if mark is None:
            return None
        row = connection.execute(_HASH_AT, (mark.seq,)).fetchone()
        if row == (mark.head,):
            return None
        self._held = True
        return Older(here=newest(connection), seen=mark, forked=row is not None)

    def note(self, connection: Connection, *, last: bool = False) -> None:
        """Remember the state of the open file: at most once a second, or (``last``) in any case.

        Does nothing while the file is older than the mark and nobody has accepted that.
        """
        now = time.monotonic()
        if not self._held and (last or now - self._noted >= _PAUSE):
            self._noted = now
            self._put(newest(connection))

    def accept(self, state: State) -> None:
        """Move the mark to ``state``, down as well as up: somebody chose that state knowingly."""
        self._held = False
        self._put(state)

    def _put(self, state: State) -> None:
        facts = {"seq": state.seq, "at": state.at, "head": state.head}
        if computer.recall(_KIND, self._subject) != facts:
            computer.remember(_KIND, self._subject, facts)


def _read(untrusted: dict[str, Any]) -> State | None:
    seq, at, head = (untrusted.get(name) for name in ("seq", "at", "head"))
    if not (type(seq) is int and 0 < seq <= _MOST):
        return None
    if not isinstance(at, str) or not isinstance(head, str):
        return None
    if _AT.fullmatch(at) and _HASH.fullmatch(head):
        return State(seq=seq, at=at, head=head)
    return None


def _day(at: str) -> str:
    """Return a claimed time as people read it, or as it stands."""
    return at.replace("T", " ").removesuffix("Z") + " UTC" if at.endswith("Z") else at
