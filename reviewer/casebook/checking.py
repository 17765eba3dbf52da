"""What a casebook file is held to before it is used: each check, and the refusal of damage."""

from pathlib import Path
from typing import Any

from reviewer.casebook import connection as files
from reviewer.casebook.proof import Check
from reviewer.casebook.schema import APPLICATION_ID, FORMAT
from reviewer.errors import DamagedError, NewerFormatError, NotACasebookError

LARGE = 16 << 20  # bytes; checking more takes long enough to be noticed at the unlock screen

_SENTENCES = {
    "pages": ("Every page is authentic.", "Pages of it are not what was written."),
    "structure": ("The database structure is sound.", "Its structure is broken."),
}

Connection = Any  # sqlcipher3 has no types


def integrity(
    path: Path, key: bytes | bytearray, salt: bytes, *, pages_only: bool = False
) -> list[Check]:
    """Return the verdicts on the pages and the structure of a file that is not locked yet."""
    return [
        _verdict(name, passed=passed)
        for name, passed in files.integrity(path, key, salt, pages_only=pages_only)
    ]


def structure(connection: Connection) -> Check:
    """Return the verdict on the structure of the file that is open."""
    found = connection.execute("PRAGMA integrity_check").fetchall()
    return _verdict("structure", passed=found == [("ok",)])


def refuse_damage(path: Path, checks: list[Check]) -> None:
    """Raise ``DamagedError`` with the first of ``checks`` that failed."""
    bad = [check.sentence for check in checks if not check.passed]
    if bad:
        raise DamagedError(
            f"{path.name} is damaged. {bad[0]} Nothing was written to it. Keep the file, and"
            " restore the last good backup."
        )


def check_head(part: Path, path: Path, salt: bytes) -> None:
    """Every file we make is read back: its first bytes are the salt, never plain SQLite."""
    if files.read_salt(part) != salt:
        raise DamagedError(f"{path.name} could not be made: the disk returned other bytes.")


def check_format(path: Path, connection: Connection) -> None:
    """Raise ``NotACasebookError`` or ``NewerFormatError`` for what this Reviewer does not know."""
    with files.translate(path):
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        version = connection.execute("PRAGMA user_version").fetchone()[0]
    if application != APPLICATION_ID:
        raise NotACasebookError(f"{path.name} is encrypted, but it is not a Reviewer casebook.")
    if version > FORMAT:
        raise NewerFormatError(
            f"{path.name} has format {version}; this Reviewer knows formats up to {FORMAT}."
            " Nothing was changed. Open it with a newer Reviewer."
        )


def _verdict(name: str, *, passed: bool) -> Check:
    return Check(name=name, passed=passed, sentence=_SENTENCES[name][0 if passed else 1])
