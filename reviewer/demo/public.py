"""The demonstration's passphrase is public: where it may be shown before a casebook is open."""

from pathlib import Path

from reviewer.casebook.demonstration import opens_demonstration
from reviewer.infile import open_file

PASSPHRASE = "northmoor is an invented place"  # noqa: S105 - printed: it guards invented pages
READ_ME = "README.txt"
_LONGEST = 64 * 1024  # bytes of a note that are looked through


def public_passphrase(path: Path) -> str:
    """Return the public passphrase where it opens ``path`` and that is the demonstration, else "".

    Tried only where the note beside the file names it, so that no time goes into real casebooks.
    """
    try:
        with open_file(path.with_name(READ_ME)) as note:
            untrusted_words = note.read(_LONGEST)
    except OSError:
        return ""
    named = PASSPHRASE.encode() in untrusted_words
    return PASSPHRASE if named and opens_demonstration(path, PASSPHRASE) else ""
