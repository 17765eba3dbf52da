"""The recovery sheet of one casebook: handing it out, and whether the last one still opens it."""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reviewer.casebook.writer import Value, Writer
from reviewer.crypto.recovery import RawKey
from reviewer.errors import RecoveryError, StorageError

# What the journal calls it.
CHANGED = "change passphrase"
PRINTED = "print recovery sheet"
BY_SHEET = "with the recovery sheet"

_KEPT = "recovery sheet"  # the name under which the last sheet's fingerprint is kept
_LAST = "SELECT at FROM journal WHERE action = :action ORDER BY seq DESC LIMIT 1"
_FINGERPRINT = "SELECT value FROM secret WHERE name = :name"


@contextlib.contextmanager
def key_changed(path: Path) -> Iterator[None]:
    """Tell exactly what holds where the disk fails once the file has its new key."""
    try:
        yield
    except StorageError as error:
        raise StorageError(
            f"The passphrase of {path.name} is changed: only the new one opens it now. The disk"
            " failed before that could be written into its journal; change it once more when the"
            " disk is well."
        ) from error


@dataclass(frozen=True, kw_only=True, slots=True)
class SheetState:
    """Whether there is a sheet. Times are RFC 3339 in UTC, or "" where it never happened.

    ``opens`` says that the last sheet printed still opens the casebook.
    """

    printed: str
    changed: str
    opens: bool


class Recovery:
    """Made by ``Casebook.recovery``, for the key of this moment."""

    def __init__(self, connection: Any, writer: Writer, raw: RawKey) -> None:  # noqa: ANN401 - the driver has no types
        self._connection = connection
        self._writer = writer
        self._raw = raw

    @property
    def state(self) -> SheetState:
        """When a sheet was printed last, and whether it still opens this casebook."""
        kept = self._connection.execute(_FINGERPRINT, {"name": _KEPT}).fetchone()
        return SheetState(
            printed=self._last(PRINTED),
            changed=self._last(CHANGED),
            opens=kept is not None and bytes(kept[0]) == self._raw.fingerprint,
        )

    def hand_out(self, write: Callable[[RawKey], Path]) -> Path:
        """Let ``write`` put the sheet into a file, and note in the journal that there is one.

        Both or neither: the entry is taken back where ``write`` fails, and the file is removed
        where the entry cannot be kept. The journal holds nothing of the key.
        """
        path: Path | None = None
        try:
            with self._writer.change(PRINTED) as tx:
                row: dict[str, Value] = {"name": _KEPT, "value": self._raw.fingerprint}
                tx.put("secret", row, secret=True)
                path = write(self._raw)
        except BaseException:
            if path is not None:
                with contextlib.suppress(OSError):
                    path.unlink(missing_ok=True)
            raise
        return path

    def _last(self, action: str) -> str:
        row = self._connection.execute(_LAST, {"action": action}).fetchone()
        return "" if row is None else str(row[0])


def refuse_other(path: Path, sheet: RawKey, salt: bytes) -> None:
    """Raise ``RecoveryError`` where ``sheet`` was printed from another casebook than ``path``."""
    if sheet.salt != salt:
        raise RecoveryError(
            f"This recovery sheet was printed from another casebook, not from {path.name}. (A copy"
            " that was issued to a panellist has a sheet of its own.) If the sheet is the right"
            " one, the file is damaged at its very beginning: use it with a backup."
        )


def outdated(path: Path) -> RecoveryError:
    """Return the sentence for a sheet of this file whose key does not fit (any more)."""
    return RecoveryError(
        f"This recovery sheet belongs to {path.name}, but does not open it any more: the"
        " passphrase was changed after the sheet was printed. It still opens copies and backups"
        " made before that. (A damaged first page looks the same.)"
    )
