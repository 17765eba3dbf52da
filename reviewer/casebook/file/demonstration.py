"""Whether a passphrase that everybody may know opens a casebook of the demonstration.

It connects by itself, to read only: ``Casebook.open`` would take the lock, remember the file on
this computer and bring an old format up to date, and none of that is due before an unlock.
"""

from pathlib import Path

from reviewer.casebook.file import connection as files
from reviewer.crypto.keys import derive
from reviewer.errors import ReviewerError

_INVENTED = "SELECT value FROM meta WHERE key = 'demonstration'"


def opens_demonstration(path: Path, passphrase: str) -> bool:
    """Say whether ``passphrase`` opens the casebook at ``path`` and its content is invented.

    Only reads; whatever stands against it (another passphrase, damage, a file in use) is a no.
    """
    try:
        salt = files.read_salt(path)
        connection = files.connect(path, derive(passphrase, salt), salt, read_only=True)
    except (ReviewerError, OSError):
        return False
    try:
        row = connection.execute(_INVENTED).fetchone()
    except ReviewerError:
        return False
    finally:
        connection.close()
    return row is not None and row[0] == "1"
