"""Saving out the file of a document: for whoever may read it.

It is what was brought in, byte for byte; of one that was locked, the copy without its password.
"""

import os
from pathlib import Path

from reviewer.casebook.book import Casebook
from reviewer.errors import InputError, StateError, TakenError
from reviewer.files.write import storage_error, write_whole
from reviewer.messages import later, say
from reviewer.records.cases import Document, DocumentState
from reviewer.records.file_names import writable_name
from reviewer.records.ids import DocumentId

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


def original_of(book: Casebook, document: Document) -> bytes:
    """Return the bytes of its file. Raises ``StateError`` where it is withdrawn."""
    require_readable(document)
    return book.documents.original(document.id)


def save_original(
    book: Casebook, document: Document, folder: Path, *, replace: bool = False
) -> Path:
    """Write the original of ``document`` into ``folder``, under its own name.

    Raises ``TakenError`` where a file has that name, unless it shall be replaced; ``StateError``
    where the document is withdrawn, ``InputError`` for a folder that is none, ``StorageError``.
    """
    data = original_of(book, document)
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
    return write_whole(path, data, overwrite=replace)
