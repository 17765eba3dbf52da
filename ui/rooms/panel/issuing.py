"""Issuing one casebook and its passphrase slip, as a piece of work for the casebook's thread."""

import contextlib
from dataclasses import dataclass
from pathlib import Path

from reviewer.casebook.book import Casebook
from reviewer.casebook.writer import now
from reviewer.crypto.words import new_passphrase
from reviewer.errors import ReviewerError, StorageError
from reviewer.exchange.pack import Issued, issue
from reviewer.outfile import write_whole
from reviewer.progress import Progress
from reviewer.reports.slip import passphrase_slip

SAME_FOLDER = (
    "The slip must not lie beside the casebook it opens. Choose another folder for it, and let it"
    " travel by another route."
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Wish:
    """What is to be issued. ``references`` None allocates every case."""

    name: str
    references: tuple[str, ...] | None
    folder: Path
    slip_folder: Path
    again: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """What was written where."""

    issued: Issued
    slip: Path


def same_folder(one: Path, other: Path) -> bool:
    """Say whether both are one folder, by whatever name."""
    return one.resolve() == other.resolve()


def issue_with_slip(book: Casebook, progress: Progress, wish: Wish) -> Written:
    """Write the casebook, then the slip; where the slip fails the casebook goes again.

    A casebook without its slip can be opened by nobody: its passphrase is drawn here and kept
    nowhere. Raises what ``issue`` raises, and ``StorageError``.
    """
    passphrase = new_passphrase()
    issued = issue(
        book,
        wish.name,
        wish.folder,
        passphrase=passphrase,
        case_refs=wish.references,
        again=wish.again,
        progress=progress,
    )
    about = book.about
    try:
        slip = write_whole(
            wish.slip_folder / issued.path.with_suffix(".slip.pdf").name,
            passphrase_slip(
                inquiry=about.title,
                member=issued.member.name,
                passphrase=passphrase,
                issued_on=now()[:10],
                marking=about.marking,
                demonstration=about.demonstration,
            ),
        )
    except ReviewerError as error:
        with contextlib.suppress(OSError):
            issued.path.unlink()
        raise StorageError(
            "The passphrase slip could not be written, so the casebook was taken away again:"
            f" nobody could open it. Issue it again to {issued.member.name} with another folder"
            " for the slip.",
            details=[str(error)],
        ) from error
    return Written(issued=issued, slip=slip)
