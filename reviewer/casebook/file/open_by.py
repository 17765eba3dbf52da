"""Who has a casebook open on this computer, for the sentence that a second opener gets.

The engine's lock decides who may open; this only tells of it. A note left by a program that was
killed stops nobody: the lock went with the program, and whoever opens next takes the note over.
"""

import contextlib
import datetime as dt
import os
import time
from collections.abc import Iterator
from pathlib import Path

from reviewer.casebook.file import computer, filelock
from reviewer.errors import BusyError
from reviewer.files.write import is_running

_KIND = "open"
_WAITS = (0.05, 0.1, 0.2, 0.0)  # seconds between two looks at who it is


def take(path: Path) -> None:
    """Note that this program has ``path`` open since now."""
    since = dt.datetime.now().astimezone()
    computer.remember(_KIND, _subject(path), {"pid": os.getpid(), "since": since.isoformat()})


def release(path: Path) -> None:
    """Take the note of this program away."""
    if computer.recall(_KIND, _subject(path)).get("pid") == os.getpid():
        computer.forget(_KIND, _subject(path))


@contextlib.contextmanager
def told(path: Path) -> Iterator[None]:
    """Name the holder where the block is refused because somebody has ``path`` open."""
    try:
        yield
    except BusyError as error:
        raise busy(path) from error


def busy(path: Path) -> BusyError:
    """Return the refusal of ``path``, which somebody has open, naming who where that is known."""
    here: int | None = None
    for wait in _WAITS:
        here = filelock.holder_of(path)
        untrusted = computer.recall(_KIND, _subject(path))
        pid, since = untrusted.get("pid"), untrusted.get("since")
        if (
            isinstance(pid, int)
            and isinstance(since, str)
            and is_running(pid)
            and here in {pid, None}
        ):
            return BusyError(
                f"{path.name} is open in another Reviewer on this computer, {_told(since)}"
                f" (process {pid}). Close it there first."
            )
        time.sleep(wait)  # who has just got the lock may not have noted it yet
    if here is not None:
        return BusyError(
            f"{path.name} is open in another program on this computer (process {here}). Close it"
            " there first."
        )
    return BusyError(
        f"{path.name} is open elsewhere, or was a moment ago: perhaps in a program that only reads"
        " it, perhaps on another computer, if it lies on a shared drive. Close it there, or try"
        " again."
    )


def _subject(path: Path) -> str:
    return str(path.resolve())


def _told(since: str) -> str:
    with contextlib.suppress(ValueError):
        when = dt.datetime.fromisoformat(since)
        return f"since {when:%H:%M} on {when.day} {when:%B %Y}"
    return "for some time"
