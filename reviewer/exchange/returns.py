"""The file of a return: written to a folder or stick, the same bytes each time, and read."""

import contextlib
from pathlib import Path

from reviewer.casebook.book import Casebook
from reviewer.crypto import envelope
from reviewer.errors import InputError, StateError
from reviewer.exchange.files import open_sent, unread
from reviewer.exchange.header import decode
from reviewer.files.read import open_file
from reviewer.files.write import write_whole


def write_return(book: Casebook, folder: Path, *, round_number: int | None = None) -> Path:
    """Write the sealed return of this casebook's rater into ``folder`` and return its path.

    Of the open round, or of another ``round_number`` that was sealed, perhaps late.
    The name tells nothing of the person. Writing it again changes nothing. Raises ``StateError``
    where the round is not sealed, ``InputError`` where another file has the name or there is no
    such folder, ``StorageError``.
    """
    book.finish_checks()
    number = round_number or book.about.round
    own = book.returns.own(number)
    if own is None or own.reopened:
        raise StateError("This round is not sealed yet. Seal it first, then write the return.")
    lost = lost_sheet(book) if number == book.about.round else ""
    if lost:
        raise StateError(lost)
    if not folder.is_dir():
        raise InputError(f"{folder.name} is not a folder. Choose a folder to write to.")
    path = folder / f"round-{own.round}-{own.sha256[:8]}.return"
    if _is_there(path, own.body):
        return path
    return write_whole(path, own.body)


def read_return(path: Path) -> bytes:
    """Return a file's bytes, having looked at its kind and size first.

    Raises ``ReturnError``: layer ``size`` or ``file``.
    """
    with open_sent(path, envelope.MAX_BYTES, "return") as stream:
        try:
            return stream.read(envelope.MAX_BYTES + 1)
        except OSError as error:
            raise unread(path, error) from error


def lost_sheet(book: Casebook) -> str:
    """Return in a sentence that the sealed round must be sealed again, or "".

    The sheet that it was sealed for was lost, and an update brought the key of another one.
    """
    about = book.about
    own, key = book.returns.own(about.round), book.custody.of_round(about.round)
    if own is None or own.reopened or key is None or key.custodian is None:
        return ""
    note = book.journal.noted("seal").get(f"{own.round}.{own.seq}") or {}
    signed = note.get("header", "")
    if not signed or decode(signed.encode("utf-8")).release == key.recipient:
        return ""
    return (
        f"The sheet that your round {about.round} was sealed for is lost, so nobody could open it."
        f" {key.custodian.name} keeps another one now, sheet {key.custodian.mark}: reopen the"
        " round and seal it again, then write the return."
    )


def _is_there(path: Path, body: bytes) -> bool:
    if path.is_symlink():
        return False
    with contextlib.suppress(OSError), open_file(path) as stream:
        return stream.read(len(body) + 1) == body
    return False
