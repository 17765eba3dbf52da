"""Keys and tokens, kept inside the encrypted file."""

from collections.abc import Mapping
from typing import Any

from reviewer.casebook.writer import Change, Writer


class Secrets:
    """Keys and tokens, inside the encrypted file only. The journal never holds their values."""

    def __init__(self, connection: Any, writer: Writer) -> None:  # noqa: ANN401 - the driver has no types
        self._connection = connection
        self._writer = writer

    def get(self, name: str) -> bytes | None:
        """Return the secret called ``name``, or None."""
        row = self._connection.execute(
            "SELECT value FROM secret WHERE name = ?", (name,)
        ).fetchone()
        return None if row is None else bytes(row[0])

    def put(self, values: Mapping[str, bytes]) -> Change:
        """Keep secrets by name, in one transaction."""
        with self._writer.change("keep keys", subject=str(len(values))) as tx:
            for name, value in values.items():
                tx.put("secret", {"name": name, "value": value}, secret=True)
        return tx.result
