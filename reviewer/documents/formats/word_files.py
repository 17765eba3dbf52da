"""The files embedded in a Word file: whole files, or objects of other programs that hold one."""

import functools
import io
import posixpath
import struct

import olefile

from reviewer.documents.formats.mail_paper import Attached, shown_name
from reviewer.documents.formats.word_package import Package
from reviewer.documents.refusals import Refused

_NATIVE = "\x01Ole10Native"  # a file of any kind, as "Insert object from file" keeps it
_PACKAGE = "Package"  # a whole Office file
_LONGEST = 1_000  # bytes of a name


def came_with(untrusted: bytes) -> tuple[dict[str, str], list[Attached]]:
    """Return the files embedded in a Word file. Raises ``Refused``."""
    package = Package(untrusted)
    return {}, [attached(package, name) for name in package.embedded()]


def attached(package: Package, part: str) -> Attached:
    """Return the file that a part is, or the one that it holds."""
    name = posixpath.basename(part)
    if not name.lower().endswith(".bin"):
        return Attached(shown_name(name), "", functools.partial(package.read, part))
    try:
        called, data = held(package.read(part))
    except Refused:
        return Attached(shown_name(name), "", functools.partial(package.read, part))
    return Attached(shown_name(called or name), "", lambda: data)


def held(untrusted: bytes) -> tuple[str, bytes]:
    """Return the name and the bytes of the file that an object holds, or the object as it is."""
    if not untrusted.startswith(olefile.MAGIC):
        return "", untrusted
    try:
        with olefile.OleFileIO(io.BytesIO(untrusted)) as whole:
            if whole.exists(_PACKAGE):
                return "", whole.openstream(_PACKAGE).read()
            if whole.exists(_NATIVE):
                return native(whole.openstream(_NATIVE).read())
    except (OSError, ValueError, struct.error, IndexError, TypeError) as error:
        raise Refused("within-broken") from error
    return "", untrusted


def native(untrusted: bytes) -> tuple[str, bytes]:
    """Return name and bytes of an ``Ole10Native`` stream ([MS-OLEDS] 2.3.6, and what writes it).

    Behind its length and two bytes stand the label, the path and, after eight bytes, the path it
    was unpacked to, with its length; then the file, with its own.
    """
    at = 6
    label, at = _text(untrusted, at)
    _, at = _text(untrusted, at)
    at += 4
    (length,) = struct.unpack_from("<I", untrusted, at)
    at += 4 + length
    (size,) = struct.unpack_from("<I", untrusted, at)
    data = untrusted[at + 4 : at + 4 + size]
    if len(data) != size:
        raise Refused("within-broken")
    return label.replace("\\", "/").rpartition("/")[2], data


def _text(untrusted: bytes, at: int) -> tuple[str, int]:
    end = untrusted.index(b"\0", at, at + _LONGEST)
    return untrusted[at:end].decode("cp1252", "replace"), end + 1
