"""The file that was opened is the file that was saved (SECURITY 19).

A sync client, or a person, can put another file in the place of an open casebook: the engine then
goes on writing to the one that was opened, which has no name any more and is gone once it is
closed. So before anything is called saved the two are compared, and where they differ what was
worked in is kept beside it, under a name that is told.
"""

import datetime as dt
from pathlib import Path
from typing import Any

from reviewer.casebook.file import companions
from reviewer.casebook.file import connection as files
from reviewer.errors import ClosedError, ReviewerError, StorageError
from reviewer.files.write import drop_part, name_whole, part_of, storage_error

_STAMP = "%Y%m%dT%H%M%S%fZ"

Connection = Any  # sqlcipher3 has no types


def refuse(connection: Connection, path: Path, *, made: bool) -> None:
    """Raise where ``path`` is not the file of ``connection`` any more; ``made``: by a change.

    ``ClosedError`` once what was worked in is kept and the connection closed; ``StorageError``
    where it could not be kept: the connection then stays open, and holds it.
    """
    if files.is_in_place(connection, path):
        return
    what = (
        f"Another program put a different file in the place of {path.name} while it was open here,"
        " as a sync client does."
        if path.exists()
        else f"Another program moved or deleted {path.name} while it was open here."
    )
    kept = path.with_name(
        f"{path.stem}.saved-elsewhere-{dt.datetime.now(dt.UTC).strftime(_STAMP)}.casebook"
    )
    try:
        _keep(connection, path, kept)
    except (OSError, ReviewerError) as error:
        raise StorageError(
            f"{what} What you saved is only in the open window or command, and a copy of it could"
            f" not be put beside it. {_sentence(error, kept)} Do not close it: make the folder"
            " writable or free some space, and save again."
        ) from error
    connection.close()
    last = "everything saved here" if made else "everything saved before; this change was not made"
    raise ClosedError(
        f"{what} Your work is in {kept.name} beside it ({last}), and the casebook was closed. What"
        f" is called {path.name} now is what the other program put there, if anything: compare the"
        " two before you go on."
    )


def _keep(connection: Connection, path: Path, kept: Path) -> None:
    part = part_of(kept)
    try:
        if connection.raw is None:
            files.copy_into(connection, path, part)
        else:
            files.copy_raw(connection, part)
        companions.set_aside(kept)
        name_whole(part, kept)
    finally:
        drop_part(part)


def _sentence(error: Exception, kept: Path) -> str:
    return str(storage_error(error, kept)) if isinstance(error, OSError) else str(error)
