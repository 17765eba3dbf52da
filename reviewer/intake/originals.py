"""Saving out the file of a document: for whoever may read it.

It is what was brought in, byte for byte; of one that was locked, the copy without its password.
"""

import hashlib
import os
from pathlib import Path
from typing import BinaryIO

from reviewer.casebook.book import Casebook
from reviewer.casebook.steps import Steps, at_once, original_by
from reviewer.errors import InputError, StateError, TakenError
from reviewer.files.write import storage_error, write_stream
from reviewer.messages import later, say
from reviewer.progress import Progress, Quiet
from reviewer.records.cases import Document, DocumentState
from reviewer.records.file_names import writable_name
from reviewer.records.ids import DocumentId
from reviewer.records.large import PIECE, LargeFile, pieces_of

WHAT_A_COPY_IS = later(
    "The copy is not encrypted, and what Reviewer never does with it another program may: run"
    " macros, fetch what it links to. Delete it when it is no longer needed."
)
WITHOUT_PASSWORD = later(
    "This is the file without its password, which was given. The file as it came is kept"
    " as the version that this one replaces."
)


def original_name(document: Document) -> str:
    """Return the name that a copy of the original gets: its own, as any computer can write it."""
    return writable_name(document.file_name or document.title)


def require_readable(document: Document) -> None:
    """Raise ``StateError`` for a document that is no longer shown to anybody."""
    if document.state is DocumentState.WITHDRAWN:
        raise StateError(
            say(
                "{title} was withdrawn on {day}, so it is no longer shown. The chair can show it"
                " again.",
                title=document.title,
                day=document.changed[:10],
            )
        )


def is_unlocked(book: Casebook, document: Document) -> bool:
    """Say whether the file of ``document`` is a copy without its password, made here."""
    return str(WITHOUT_PASSWORD) in book.documents.notes(document.id)


def as_it_came(book: Casebook, document: Document) -> DocumentId | None:
    """Return the version whose file came locked, of which ``document`` is a copy; None if none."""
    if not is_unlocked(book, document):
        return None
    came = (one.id for one in book.documents.of(document.case) if one.replaced_by == document.id)
    return next(came, None)


def write_original(
    steps: Steps, document: Document, path: Path, progress: Progress, *, replace: bool = False
) -> Path:
    """Write the file of ``document`` to ``path``; a large one is never held whole.

    Raises ``StateError`` where it is withdrawn, or is not what was brought in, and what writing
    raises.
    """
    require_readable(document)
    file = original_by(steps, document.id)

    def fill(out: BinaryIO) -> None:
        written = hashlib.sha256()
        for at, piece in enumerate(pieces_of(file)):
            progress.step(at * PIECE, len(file), path.name)
            out.write(piece)
            written.update(piece)
        if isinstance(file, LargeFile) and written.hexdigest() != file.sha256:
            raise StateError(
                say(
                    "The original of {title} is not what was brought in, so it was not saved. Go"
                    " back to a backup, or bring the file in again.",
                    title=document.title,
                )
            )

    return write_stream(path, fill, size=len(file), overwrite=replace)


def save_original(
    book: Casebook, document: Document, folder: Path, *, replace: bool = False
) -> Path:
    """Write the original of ``document`` into ``folder``, under its own name.

    Raises ``TakenError`` where a file has that name, unless it shall be replaced; ``StateError``
    where the document is withdrawn, ``InputError`` for a folder that is none, ``StorageError``.
    """
    require_readable(document)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise InputError(
            say("{name} is a file. Choose a folder to write to.", name=folder.name)
        ) from error
    except OSError as error:
        raise storage_error(error, folder) from error
    path = folder / original_name(document)
    if not replace and os.path.lexists(path):
        raise TakenError(
            say("{name} already exists there, so nothing was written.", name=path.name)
        )
    return write_original(at_once(book), document, path, Quiet(), replace=replace)
