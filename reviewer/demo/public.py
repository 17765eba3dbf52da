"""The demonstration's passphrase is public: where it may be shown before a casebook is open."""

from collections.abc import Callable
from pathlib import Path

from reviewer.files.read import open_file

PASSPHRASE = "northmoor is an invented place"  # noqa: S105 - printed: it guards invented pages
READ_ME = "README.txt"
_LONGEST = 64 * 1024  # bytes of a note that are looked through


def is_named(path: Path) -> bool:
    """Say whether the note beside ``path`` names the public passphrase."""
    try:
        with open_file(path.with_name(READ_ME)) as note:
            untrusted_words = note.read(_LONGEST)
    except OSError:
        return False
    return PASSPHRASE.encode() in untrusted_words


def public_passphrase(path: Path, opens: Callable[[Path, str], bool]) -> str:
    """Return the public passphrase where it opens ``path`` and that is the demonstration, else "".

    Tried only where the note beside the file names it, so that no time goes into real casebooks;
    ``opens`` is ``casebook.demonstration.opens_demonstration``, which takes the engine to load.
    """
    return PASSPHRASE if is_named(path) and opens(path, PASSPHRASE) else ""
