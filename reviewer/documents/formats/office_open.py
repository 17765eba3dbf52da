"""An Office file that opens only with a password ([MS-OFFCRYPTO]), opened with one that is given.

Nothing goes to disk. What Excel locks with a word that every program knows is opened as well.
"""

import io
import struct
from collections.abc import Sequence
from typing import Any

from reviewer.documents.refusals import Refused

_REFUSED = frozenset({"office-locked", "sheet-locked"})  # codes with which formats refuse one
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BY_EXCEL = "VelvetSweatshop"  # of a workbook that is only kept from being changed


class _InMemory:
    """What stands for ``tempfile`` where the library writes down what it makes."""

    TemporaryFile = io.BytesIO


def is_locked(untrusted: bytes, code: str) -> bool:
    """Say whether a file that was refused with ``code`` may open with a password here."""
    return code in _REFUSED and untrusted.startswith(_COMPOUND)


def unlocked(untrusted: bytes, passwords: Sequence[str]) -> tuple[bytes, bool]:
    """Return a copy that needs no password, and whether it took one of ``passwords``.

    Raises ``Refused``: ``office-locked`` where none is given, ``office-password`` where none of
    them opens it, ``office-damaged`` where one does and what was locked is not what comes out,
    ``office-security`` for what is protected in another way.
    """
    from msoffcrypto import OfficeFile, exceptions  # noqa: PLC0415 - when the first comes
    from msoffcrypto.format import doc97, xls97  # noqa: PLC0415 - as above

    doc97.tempfile = xls97.tempfile = _InMemory
    for password in (_BY_EXCEL, *passwords):
        try:
            file = OfficeFile(io.BytesIO(untrusted))
            if not _takes(file, password):
                continue
            return _decrypted(file), password != _BY_EXCEL
        except (MemoryError, Refused):
            raise
        except exceptions.InvalidKeyError:  # of the old kinds, which look only as they decrypt
            continue
        except Exception as error:  # it lets whatever an odd file causes through
            raise Refused("office-security") from error
    raise Refused("office-password" if passwords else "office-locked")


def _takes(file: Any, password: str) -> bool:  # noqa: ANN401 - the library has no types
    """Whether a file takes a password, by what it keeps to tell."""
    from msoffcrypto import exceptions  # noqa: PLC0415 - as above

    try:
        if file.format == "ooxml":
            file.load_key(password=password, verify_password=True)
        else:
            file.load_key(password=password)  # which the old kinds always check
    except exceptions.InvalidKeyError:
        return False
    return True


def _decrypted(file: Any) -> bytes:  # noqa: ANN401 - as above
    """Return what a file holds that took its password. Raises ``Refused`` where it is damaged."""
    from msoffcrypto import exceptions  # noqa: PLC0415 - as above

    copy = io.BytesIO()
    if file.format != "ooxml":
        file.decrypt(copy)
        return copy.getvalue()
    try:
        file.decrypt(copy, verify_integrity=True)  # by the seal that newer ones have
    except (exceptions.InvalidKeyError, ValueError, struct.error) as error:
        raise Refused("office-damaged") from error
    return copy.getvalue()
