"""Casebooks that come to be open otherwise than by their passphrase: made, or recovered.

Each function builds a job for the desk; what is open is closed first.
"""

from pathlib import Path
from typing import Protocol

from reviewer.casebook.book import About, Casebook, NewCasebook
from reviewer.casebook.file import location
from reviewer.crypto.profiles import Profile
from reviewer.crypto.recovery import RawKey
from reviewer.messages import say
from reviewer.progress import Progress
from ui.desk.desk import Desk
from ui.desk.jobs import Job


class Make(Protocol):
    """Makes a new casebook and opens it, as ``Casebook.create`` does."""

    def __call__(
        self, path: Path, passphrase: str, new: NewCasebook, *, profile: Profile | None
    ) -> Casebook:
        """Return the open casebook."""
        ...


def create(
    desk: Desk, path: Path, passphrase: str, new: NewCasebook, make: Make = Casebook.create
) -> Job[About]:
    """Build the job that makes a new casebook at ``path`` and opens it, by way of ``make``."""

    def made(progress: Progress) -> Casebook:
        progress.step(0, 1, say("Making the key"))
        location.refuse_new(path, location.place_of(path))
        return make(path, passphrase, new, profile=desk.profile)

    return desk.opening(path, made)


def recover(desk: Desk, path: Path, sheet: RawKey, passphrase: str) -> Job[About]:
    """Build the job that opens ``path`` with its recovery sheet and a new passphrase."""

    def recovered(progress: Progress) -> Casebook:
        location.refuse_elsewhere(path, location.place_of(path))  # it is encrypted anew there
        return Casebook.recover(path, sheet, passphrase, progress=progress)

    return desk.opening(path, recovered)
