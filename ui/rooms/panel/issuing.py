"""Issuing one casebook and its passphrase slip, as a piece of work for the casebook's thread."""

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from reviewer.casebook.book import Casebook
from reviewer.casebook.writer import now
from reviewer.crypto.words import new_passphrase
from reviewer.errors import Cancelled, ReviewerError, StorageError
from reviewer.exchange.pack import Issued, issue
from reviewer.files.write import write_whole
from reviewer.messages import later, plural, say
from reviewer.progress import Progress
from ui.printing import passphrase_slip

SAME_FOLDER = later(
    "The slip must not lie beside the casebook it opens. Choose another"
    " folder for it, and let it travel by another route."
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

    @property
    def lines(self) -> tuple[str, str]:
        """What was written where, for whom."""
        name = self.issued.member.name
        return say("{name}: casebook {path}", name=name, path=self.issued.path), say(
            "{name}: passphrase slip {slip}", name=name, slip=self.slip
        )


def issued_words(written: Sequence[Written]) -> str:
    """Return what was issued, in a sentence, and what is to be done with it."""
    routes = say("Send casebooks and slips by different routes.")
    if len(written) > 1:
        return say("{count:,} panellists can start. {routes}", count=len(written), routes=routes)
    issued = written[0].issued
    cases, documents = (
        plural("{count:,} case", "{count:,} cases", count=issued.cases),
        plural("{count:,} document", "{count:,} documents", count=issued.documents),
    )
    return say(
        "{name} can start: {cases} and {documents} were issued. Send the"
        " casebook and the slip by different routes.",
        name=issued.member.name,
        cases=cases,
        documents=documents,
    )


def same_folder(one: Path, other: Path) -> bool:
    """Say whether both are one folder, by whatever name."""
    return one.resolve() == other.resolve()


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcomes:
    """What was written, and (name, why) for each that was not."""

    written: tuple[Written, ...]
    refused: tuple[tuple[str, str], ...]


def issue_all(book: Casebook, progress: Progress, wishes: Sequence[Wish]) -> Outcomes:
    """Issue one casebook after the other; one that fails or is stopped takes nothing back."""
    written: list[Written] = []
    refused: list[tuple[str, str]] = []
    for place, wish in enumerate(wishes):
        try:
            written.append(issue_with_slip(book, progress, wish))
        except ReviewerError as error:
            refused.append((wish.name, str(error)))
        except Cancelled:
            refused += [
                (left.name, say("Stopped before it was written.")) for left in wishes[place:]
            ]
            break
    return Outcomes(written=tuple(written), refused=tuple(refused))


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
            say(
                "The passphrase slip could not be written, so the casebook was taken"
                " away again: nobody could open it. Issue it again to {name} with"
                " another folder for the slip.",
                name=issued.member.name,
            ),
            details=[str(error)],
        ) from error
    return Written(issued=issued, slip=slip)
