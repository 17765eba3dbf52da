"""The files of a ZIP archive in the worker, one at a time: a delivery, or what a mail came with.

Sizes in its directory are claims: what counts is what comes out. Nothing goes to disk and no name
inside is ever used as a path.
"""

import functools
import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reviewer.documents import limits
from reviewer.documents.formats import zip_locked
from reviewer.documents.formats.archive import members
from reviewer.documents.formats.mail_paper import Attached, shown_name
from reviewer.documents.refusals import Refused
from reviewer.records.text import clean_line

_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA}
_CHUNK = 1 << 16
_SMALL = 1 << 20
_PARTS = re.compile(r"[\\/]+")
_LITTER = {"thumbs.db", "desktop.ini"}  # what computers leave in folders, never a document
_MAC = "__MACOSX"
_BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError)


@dataclass(slots=True)
class _Budget:
    """How many bytes may still come out of one archive: many members may share the same ones."""

    left: int


def files(untrusted: bytes, passwords: Sequence[str] = ()) -> tuple[list[Attached], int]:
    """Return every file of an archive, and how many that programs left there were passed over.

    ``passwords`` are tried on each that is locked. Raises ``Refused``.
    """
    if members(untrusted) > limits.FILES_WITHIN:
        raise Refused("zip-many")
    try:
        archive = zipfile.ZipFile(io.BytesIO(untrusted))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise Refused("zip-broken") from error
    budget = _Budget(max(_SMALL, len(untrusted)) * limits.RATIO)
    found, aside = [], 0
    for info in archive.infolist():
        *folders, name = [part for part in _PARTS.split(_name(info)) if part not in {"", "."}] or [
            ""
        ]
        if info.is_dir() or not name:
            continue
        if _is_litter(folders, name):
            aside += 1
            continue
        place = tuple(clean_line(part)[:120] for part in folders)[-limits.FOLDERS_DEEP :]
        read = functools.partial(_read, archive, info, budget, passwords)
        found.append(Attached(shown_name(name), "", read, place))
    if len(found) > limits.FILES_WITHIN:
        raise Refused("zip-many")
    return found, aside


def _is_litter(folders: list[str], name: str) -> bool:
    return _MAC in folders[:1] or name.startswith((".", "~$")) or name.casefold() in _LITTER


def _name(info: zipfile.ZipInfo) -> str:
    """Return a member's name; one that states no letters is read as UTF-8 where it can be."""
    if info.flag_bits & 0x800:
        return info.orig_filename
    try:
        return info.orig_filename.encode("cp437").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return info.orig_filename


def _read(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: _Budget, passwords: Sequence[str]
) -> bytes:
    counted = functools.partial(_counted, info.compress_size, budget)
    if info.flag_bits & 1:
        return zip_locked.read(archive, info, passwords, counted)
    if info.compress_type not in _METHODS:
        raise Refused("zip-method")
    try:
        with archive.open(info) as stream:
            return counted(iter(functools.partial(stream.read, _CHUNK), b""))
    except (*_BROKEN, EOFError, OSError, ValueError) as error:
        raise Refused("zip-member") from error
    except NotImplementedError as error:
        raise Refused("zip-method") from error


def _counted(packed: int, budget: _Budget, pieces: Iterator[bytes]) -> bytes:
    """Return what comes out of one file of an archive, packed in so many bytes."""
    parts: list[bytes] = []
    size = 0
    for part in pieces:
        size += len(part)
        budget.left -= len(part)
        if size > limits.MAX_BYTES:
            raise Refused("large")
        if budget.left < 0 or size > max(_SMALL, limits.RATIO * packed):
            raise Refused("zip-bomb")
        parts.append(part)
    return b"".join(parts)
