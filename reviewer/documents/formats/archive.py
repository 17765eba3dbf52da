"""ZIP in the worker, for Office files: every limit is checked while reading.

Sizes in the directory are claims: what counts is what comes out. Nothing goes to disk and no
name inside is ever used as a path.
"""

import io
import zipfile
import zlib
from typing import IO

from reviewer.documents import limits
from reviewer.documents.refusals import Refused

_CHUNK = 1 << 16
_SMALL = 1 << 20  # a megabyte of spaces packs better than any ratio and harms nobody
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_FOLDERS = {"word/": "docx", "xl/": "xlsx", "ppt/": "pptx"}
_OPEN = {b"opendocument.text": "odt", b"opendocument.spreadsheet": "ods"}
_END = b"PK\x05\x06"


class Archive:
    """An open ZIP whose members together may not exceed ``limits.UNPACKED``.

    ``broken`` and ``bomb`` are the codes to refuse with.
    """

    def __init__(self, untrusted: bytes, *, broken: str, bomb: str) -> None:
        self._broken, self._bomb = broken, bomb
        self._left = limits.UNPACKED
        if members(untrusted) > limits.PARTS:
            raise Refused(bomb)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(untrusted))
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
            raise Refused(broken) from error
        if len(self._zip.infolist()) > limits.PARTS:
            raise Refused(bomb)
        # Some programs part folders by backslashes; the first of two alike is the one read.
        self._members: dict[str, zipfile.ZipInfo] = {}
        for info in self._zip.infolist():
            self._members.setdefault(info.filename.replace("\\", "/").lstrip("/"), info)
        self.names = frozenset(self._members)

    def read(self, name: str) -> bytes:
        """Return one member, counted while it is unpacked. Raises ``Refused``."""
        try:
            info = self._members[name]
            if info.flag_bits & 1:
                raise Refused("package-locked")
            if info.compress_type not in _METHODS:
                raise Refused(self._broken)
            with self._zip.open(info) as stream:
                return self._count(stream, info.compress_size)
        except KeyError as error:
            raise Refused(self._broken) from error
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
            raise Refused(self._broken) from error
        except NotImplementedError as error:
            raise Refused(self._broken) from error

    def _count(self, stream: IO[bytes], packed: int) -> bytes:
        parts: list[bytes] = []
        size = 0
        while part := stream.read(_CHUNK):
            size += len(part)
            self._left -= len(part)
            if self._left < 0 or (size > _SMALL and size > limits.RATIO * max(1, packed)):
                raise Refused(self._bomb)
            parts.append(part)
        return b"".join(parts)


def kind(untrusted: bytes) -> str:
    """Return which Office file a ZIP is, or refuse with the name of what else it is."""
    try:
        archive = Archive(untrusted, broken="zip-broken", bomb="zip")
    except Refused as refused:
        code = refused.code
        if code == "zip-broken":
            inside = {b"word/": "docx-broken", b"xl/": "sheet-broken"}
            code = next((code for mark, code in inside.items() if mark in untrusted), "zip")
        raise Refused(code) from refused
    return _inside(archive.names, untrusted)


def _inside(names: frozenset[str], untrusted: bytes) -> str:
    for folder, what in _FOLDERS.items():
        if any(name.startswith(folder) for name in names):
            return what
    if "mimetype" in names and "content.xml" in names:
        for mark, what in _OPEN.items():
            if mark in untrusted[:200]:
                return what
        raise Refused("odf")
    raise Refused("zip")


def members(untrusted: bytes) -> int:
    """Return how many members the end record claims, before anything is built from it."""
    at = untrusted.rfind(_END)
    if at < 0 or at + 12 > len(untrusted):
        return 0
    count = int.from_bytes(untrusted[at + 10 : at + 12], "little")
    return max(count, untrusted.count(b"PK\x01\x02"))
