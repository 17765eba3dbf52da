"""An Office file that opens only with a password ([MS-OFFCRYPTO]), opened with one that is given.

Nothing goes to disk. What Excel locks with a word that every program knows is opened as well.
"""

import io
from collections.abc import Sequence

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
    them opens it, ``office-security`` for what is protected in another way.
    """
    from msoffcrypto import OfficeFile, exceptions  # noqa: PLC0415 - when the first comes
    from msoffcrypto.format import doc97, xls97  # noqa: PLC0415 - as above

    doc97.tempfile = xls97.tempfile = _InMemory
    for password in (_BY_EXCEL, *passwords):
        copy = io.BytesIO()
        try:
            file = OfficeFile(io.BytesIO(untrusted))
            _with_password(file, password)
            file.decrypt(copy)
        except exceptions.InvalidKeyError:
            continue
        except MemoryError:
            raise
        except Exception as error:  # it lets whatever an odd file causes through
            raise Refused("office-security") from error
        return copy.getvalue(), password != _BY_EXCEL
    raise Refused("office-password" if passwords else "office-locked")


def _with_password(file: object, password: str) -> None:
    load = file.load_key  # type: ignore[attr-defined]
    if getattr(file, "format", "") == "ooxml":
        load(password=password, verify_password=True)
    else:
        load(password=password)  # which the old kinds always check
