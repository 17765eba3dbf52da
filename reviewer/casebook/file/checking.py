"""What a casebook file is held to before it is used: each check, and the refusal of damage."""

import contextlib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from reviewer.casebook import schema
from reviewer.casebook.engine import Database
from reviewer.casebook.file import connection as files
from reviewer.casebook.file import proof
from reviewer.casebook.file.fingerprint import foreign_parts
from reviewer.casebook.file.proof import Check
from reviewer.errors import CasebookError, DamagedError, NewerFormatError, NotACasebookError
from reviewer.files.write import whole_name
from reviewer.progress import Progress, Quiet

LARGE = 16 << 20  # bytes; checking more takes long enough to be noticed at the unlock screen

_LAST = "SELECT seq, at FROM journal ORDER BY seq DESC LIMIT 1"
_SENTENCES = {
    "pages": ("Every page is authentic.", "Pages of it are not what was written."),
    "schema": ("Its tables are those of its format.", "Its tables cannot be told."),
    "search": (
        "The search finds every page.",
        "The search index is not that of the pages: a search may miss some.",
    ),
    "structure": ("The database structure is sound.", "Its structure is broken."),
}

Connection = Any  # sqlcipher3 has no types


def is_large(path: Path) -> bool:
    """Whether a file is opened first and checked afterwards."""
    return path.stat().st_size > LARGE


def integrity(
    path: Path,
    key: bytes | bytearray,
    salt: bytes,
    *,
    read_only: bool = False,
    as_it_is: bool = False,
) -> list[Check]:
    """Return the verdicts on the pages, schema and structure of a file not locked yet.

    A schema that is not ours is not evaluated: its structure is not checked then. Raises what
    ``check_format`` does.
    """
    connect = partial(files.connect, path, key, salt, read_only=read_only, as_it_is=as_it_is)
    found = files.integrity(connect, "pages")
    checks = [_verdict("pages", passed=found)]
    if found:
        checks.append(_parts_of(path, connect))
    if all(check.passed for check in checks if check.name == "schema"):
        found = files.integrity(connect, "structure")
        checks.append(_verdict("structure", passed=found))
    return checks


def examine(
    path: Path,
    key: bytes | bytearray,
    salt: bytes,
    progress: Progress | None = None,
    *,
    as_it_is: bool = False,
) -> list[Check]:
    """Return the verdicts of all checks on a file that is reserved; may run on any thread.

    Reads through connections of its own, so that whoever has the file open can go on reading;
    ``as_it_is`` one that nobody changes and beside which a journal lies (see ``files.connect``).
    Raises ``Cancelled`` between two checks where ``progress`` does.
    """
    progress = progress or Quiet()
    progress.step(0, 2, "Checking every page")
    found = integrity(path, key, salt, read_only=True, as_it_is=as_it_is)
    if not all(check.passed for check in found):
        return found
    progress.step(1, 2, "Checking the journal and every row")
    connection = files.connect(path, key, salt, read_only=True, as_it_is=as_it_is)
    try:
        with files.translate(path):
            known = schema.tables(Database(connection, execute_plugins=False))
            return [*found, *proof.checks(connection, known)]
    except DamagedError as error:
        return [*found, Check(name="journal", passed=False, sentence=str(error))]
    finally:
        connection.close()


def _parts_of(path: Path, connect: Callable[[], Connection]) -> Check:
    connection = connect()
    try:
        return parts(path, connection, check_format(path, connection))
    finally:
        connection.close()


def parts(path: Path, connection: Connection, version: int) -> Check:
    """Return whether the file has exactly the tables, indexes and triggers of its format."""
    try:
        with files.translate(path):
            sentence = foreign_parts(connection, version)
    except DamagedError:
        sentence = _SENTENCES["schema"][1]
    return Check(name="schema", passed=not sentence, sentence=sentence or _SENTENCES["schema"][0])


def pages(connection: Connection) -> Check:
    """Return the verdict on the pages of the file that is open."""
    found = connection.execute("PRAGMA cipher_integrity_check").fetchall()
    return _verdict("pages", passed=not found)


def structure(connection: Connection) -> Check:
    """Return the verdict on the structure of the file that is open."""
    found = connection.execute("PRAGMA integrity_check").fetchall()
    return _verdict("structure", passed=found == [("ok",)])


def search(connection: Connection) -> Check:
    """Return whether the text index finds every page: it stands outside the digest.

    Takes about as long as indexing anew; changes nothing, though the engine spells it as a write.
    """
    try:
        connection.execute("INSERT INTO page_fts(page_fts, rank) VALUES ('integrity-check', 1)")
    except CasebookError:
        return _verdict("search", passed=False)
    return _verdict("search", passed=True)


def refuse_damage(path: Path, checks: list[Check]) -> None:
    """Raise ``DamagedError`` with the first of ``checks`` that failed."""
    bad = [check.sentence for check in checks if not check.passed]
    if bad:
        raise damaged(path, bad[0])


def damaged(path: Path, what: str) -> DamagedError:
    """Return the refusal of a file in which ``what`` (a sentence) was found."""
    return DamagedError(
        f"{whole_name(path)} is damaged. {what} Keep the file, and restore the last good backup."
    )


@contextlib.contextmanager
def told_how_far(path: Path, key: bytes | bytearray, salt: bytes) -> Iterator[None]:
    """Name the newest change of a damaged file in what is raised, where it can still be read."""
    try:
        yield
    except DamagedError as error:
        with contextlib.suppress(CasebookError, TypeError, ValueError):
            connection = files.connect(path, key, salt, read_only=True)
            try:
                with files.translate(path):
                    row = connection.execute(_LAST).fetchone()
                error.seq, error.at = int(row[0]), str(row[1])
            finally:
                connection.close()
        raise


def check_head(part: Path, path: Path, salt: bytes) -> None:
    """Every file we make is read back: its first bytes are the salt, never plain SQLite."""
    if files.read_salt(part) != salt:
        raise DamagedError(f"{path.name} could not be made: the disk returned other bytes.")


def version_of(path: Path, key: bytes | bytearray, salt: bytes) -> int:
    """Return the format of a casebook that is not open. Raises what ``check_format`` does."""
    connection = files.connect(path, key, salt)
    try:
        return check_format(path, connection)
    finally:
        connection.close()


def check_format(path: Path, connection: Connection) -> int:
    """Return a casebook's format, which may be an older one.

    Raises ``NotACasebookError`` or ``NewerFormatError`` for what this Reviewer does not know.
    """
    with files.translate(path):
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        version = connection.execute("PRAGMA user_version").fetchone()[0]
    if application != schema.APPLICATION_ID:
        raise NotACasebookError(f"{path.name} is encrypted, but it is not a Reviewer casebook.")
    if version > schema.FORMAT:
        raise NewerFormatError(
            f"{path.name} has format {version}; this Reviewer knows formats up to {schema.FORMAT}."
            " Nothing was changed. Open it with a newer Reviewer."
        )
    if version < 1:
        raise NotACasebookError(f"{path.name} is encrypted, but it is not a Reviewer casebook.")
    return int(version)


def _verdict(name: str, *, passed: bool) -> Check:
    return Check(name=name, passed=passed, sentence=_SENTENCES[name][0 if passed else 1])
