"""What a recovery sheet carries: the raw key of one casebook, and how it is found on paper.

The sheet is the casebook's key in the engine's own form (32 bytes of key and the file's 16-byte
salt), so that it opens the file with this program or with any other that reads SQLCipher 4.
"""

import hashlib
import re
from dataclasses import dataclass

from reviewer.crypto.groups import Sheet, from_text, to_lines
from reviewer.crypto.keys import KEY_BYTES, SALT_BYTES
from reviewer.errors import InputError, RecoveryError

_SPARE = 2  # lines that may stand beside typed ones before the text is taken for a whole page
MAX_TEXT = 1 << 16  # characters; the text of the printed page is a twentieth of it
_LINE = re.compile(
    r"^\s*([1-9])[.:)]?\s+([0-9a-z]{4}(?:[\s-]+[0-9a-z]{4}){4}|[0-9a-z]{4}[\s-]+[0-9a-z]{4})\s*$",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class RawKey:
    """The key of one casebook file (32 bytes) and the salt the file begins with (16 bytes)."""

    key: bytes
    salt: bytes

    def __post_init__(self) -> None:
        if (len(self.key), len(self.salt)) != (KEY_BYTES, SALT_BYTES):
            raise ValueError("a raw key has 32 bytes and a salt 16")

    def __repr__(self) -> str:
        return "RawKey(...)"

    @property
    def lines(self) -> tuple[str, ...]:
        """The groups to print, a line each, in capitals."""
        return tuple(line.upper() for line in to_lines(self.key + self.salt, Sheet.RECOVERY))

    @property
    def fingerprint(self) -> bytes:
        """16 bytes that tell whether this is still the key of a file, and not what it is."""
        return hashlib.sha256(b"reviewer recovery sheet 1\n" + self.key + self.salt).digest()[:16]


def numbered(raw: RawKey) -> str:
    """Return the lines of a sheet with their numbers: what its QR code holds."""
    return "\n".join(f"{number} {line}" for number, line in enumerate(raw.lines, 1))


def read_sheet(untrusted: str) -> RawKey:
    """Return what a sheet says: typed groups, the text of its QR code or of the whole page.

    Raises ``RecoveryError`` whose ``details`` name each line that is wrong.
    """
    if len(untrusted) > MAX_TEXT:
        raise RecoveryError("This text is much longer than a recovery sheet, so it was not read.")
    lines = [line for line in untrusted.splitlines() if line.strip()]
    if len(lines) > Sheet.RECOVERY.lines + _SPARE:
        untrusted = _off_page(untrusted)
    try:
        secret = from_text(untrusted, Sheet.RECOVERY)
    except InputError as error:
        raise RecoveryError(str(error), details=error.details) from None
    return RawKey(key=secret[:KEY_BYTES], salt=secret[KEY_BYTES:])


def _off_page(untrusted: str) -> str:
    """Return the numbered lines in the text of a whole page; the first of each number counts."""
    found: dict[int, str] = {}
    for number, groups in _LINE.findall(untrusted):
        found.setdefault(int(number), groups)
    missing = [n for n in range(1, Sheet.RECOVERY.lines + 1) if n not in found]
    if missing:
        raise RecoveryError(
            f"Line {missing[0]} of the recovery sheet was not found in this text. Type the"
            f" {Sheet.RECOVERY.lines} lines into a file and use that.",
            details=[f"Line {number} was not found." for number in missing],
        )
    return "\n".join(f"{n} {found[n]}" for n in range(1, Sheet.RECOVERY.lines + 1))
