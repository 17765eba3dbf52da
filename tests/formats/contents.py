"""What a casebook holds, row for row, read beside the program's own stores."""

import hashlib

from reviewer.casebook.file import connection as files
from reviewer.crypto.keys import derive

LONG = 64  # bytes or characters; longer values are told by their SHA-256


def raw(path, passphrase, *, read_only=False):
    """A keyed connection to a casebook with the key's settings and none of the stores."""
    salt = files.read_salt(path)
    return files.connect(path, derive(passphrase, salt), salt, read_only=read_only)


def contents(path, passphrase):
    """{table: {"columns": [...], "rows": [...]}} of every table but the text index's."""
    connection = raw(path, passphrase, read_only=True)
    try:
        names = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table'"
            " AND name NOT LIKE 'page_fts%' AND name NOT LIKE 'sqlite_%' ORDER BY name"
        ).fetchall()
        return {name: _table(connection, name) for (name,) in names}
    finally:
        connection.close()


def _table(connection, name):
    columns = [fact[1] for fact in connection.execute(f"PRAGMA table_info([{name}])")]
    rows = connection.execute(f"SELECT {', '.join(columns)} FROM [{name}]").fetchall()  # noqa: S608
    told = [[_tell(value) for value in row] for row in rows]
    return {"columns": columns, "rows": sorted(told, key=repr)}


def _tell(value):
    if isinstance(value, bytes):
        value = f"x'{value.hex()}'" if len(value) <= LONG else _hashed(value)
    elif isinstance(value, str) and len(value) > LONG:
        value = _hashed(value.encode())
    return value


def _hashed(data):
    return f"sha256 {hashlib.sha256(data).hexdigest()} of {len(data)}"
