"""Files embedded in slides and in texts of other programs than Word's newer ones.

What lies there in a way that cannot be taken out whole is left to the note that names it.
"""

import functools
import io
import struct
from collections.abc import Sequence

import olefile

from reviewer.documents.formats.archive import Archive
from reviewer.documents.formats.flat import Flat
from reviewer.documents.formats.mail_paper import Attached, shown_name
from reviewer.documents.formats.rtf_tokens import tokens
from reviewer.documents.formats.word_files import attached, held, native
from reviewer.documents.formats.word_package import Package
from reviewer.documents.notes import listed, told
from reviewer.documents.refusals import Refused
from reviewer.records.text import clean_line

_SLIDES = "ppt/presentation.xml"
_POOL = "ObjectPool"  # the folder of an old Word file that holds its objects
_NATIVE, _PACKAGE = "\x01Ole10Native", "Package"
_NAMED = 10  # files named in a note
_MOST = 500  # files
_DIGITS = frozenset(b"0123456789abcdefABCDEF")

CameWith = tuple[dict[str, str], list[Attached]]


def of_slides(untrusted: bytes) -> CameWith:
    """Return the files embedded in a presentation. Raises ``Refused``."""
    package = Package(untrusted, code="pptx", main=_SLIDES)
    return {}, [attached(package, name) for name in package.embedded()]


def of_open_document(untrusted: bytes) -> CameWith:
    """Return the objects of other programs in an OpenDocument text. Raises ``Refused``."""
    return _of_parts(Archive(untrusted, broken="odt-broken", bomb="odt-bomb"))


def of_flat(untrusted: bytes) -> CameWith:
    """Return the same of an OpenDocument file that is one piece of XML. Raises ``Refused``."""
    return _of_parts(Flat(untrusted))


def _of_parts(archive: Archive | Flat) -> CameWith:
    names = sorted(
        name for name in archive.names if name.startswith("Object ") and "/" not in name
    )
    return {}, [_unpacked(name, functools.partial(archive.read, name)()) for name in names]


def of_rich_text(untrusted: bytes) -> CameWith:
    """Return the files embedded in a rich text that can be taken out of it."""
    found: list[Attached] = []
    depth = begun = 0
    digits: list[bytes] = []
    for token in tokens(untrusted):
        if token.kind == "{":
            depth += 1
        elif token.kind == "}":
            if begun and depth == begun:
                begun = 0
                _of_object(b"".join(digits), found)
                digits.clear()
            depth -= 1
        elif token.text == b"objdata" and not begun:
            begun = depth
        elif begun and token.kind == "text":
            digits.append(token.text)
        if len(found) >= _MOST:
            break
    return {}, found


def _of_object(untrusted: bytes, found: list[Attached]) -> None:
    """Take the file out of an embedded object ([MS-OLEDS] 2.2.5), where there is one."""
    digits = bytes(digit for digit in untrusted if digit in _DIGITS)
    raw = bytes.fromhex(digits[: len(digits) // 2 * 2].decode("ascii"))
    try:
        _, form = struct.unpack_from("<II", raw, 0)
        at, names = 8, []
        for _ in range(3):
            (length,) = struct.unpack_from("<I", raw, at)
            names.append(raw[at + 4 : at + 4 + length].rstrip(b"\0").decode("cp1252", "replace"))
            at += 4 + length
        (size,) = struct.unpack_from("<I", raw, at)
        data = raw[at + 4 : at + 4 + size]
        if form != 2 or len(data) != size:  # 1: a link
            return
        if names[0] == _PACKAGE:
            called, data = native(bytes(4) + data)
            found.append(_whole(called, data))
        elif data.startswith(olefile.MAGIC):
            found.append(_unpacked(names[0], data))
    except (struct.error, ValueError, Refused):
        return


def of_old_word(untrusted: bytes) -> CameWith:
    """Return the files embedded in an old Word file that can be taken out of it."""
    found: list[Attached] = []
    try:
        with olefile.OleFileIO(io.BytesIO(untrusted)) as whole:
            for path in whole.listdir(streams=True)[: 10 * _MOST]:
                if path[0] != _POOL or path[-1] not in {_NATIVE, _PACKAGE}:
                    continue
                with whole.openstream(path) as stream:
                    data: bytes = stream.read()
                called, data = native(data) if path[-1] == _NATIVE else ("", data)
                found.append(_whole(called, data))
    except Exception:  # noqa: BLE001 - the reader of compound files raises a dozen kinds
        return {}, found
    return {}, found


def sentences(total: int, taken: int, names: Sequence[str] = ()) -> list[str]:
    """Return what is said of so many embedded files, of which some could be taken out.

    >>> sentences(3, 2, ["Excel.Sheet.8"])[1]
    'Embedded files that could not be taken out, not shown: 1 (Excel.Sheet.8).'
    """
    said: list[str] = []
    if taken:
        said.append(
            told(f"Embedded files, each a document of its own: {taken}.", attachments=taken)
        )
    if total > taken:
        called = f" ({listed(list(dict.fromkeys(names)), _NAMED, '; ')})" if names else ""
        sentence = (
            f"Embedded files that could not be taken out, not shown: {total - taken}{called}."
        )
        said.append(told(sentence, attachments=total - taken))
    return said


def _unpacked(name: str, untrusted: bytes) -> Attached:
    """Return the file that an object holds, or the object as it is."""
    try:
        called, data = held(untrusted)
    except Refused:
        called, data = "", untrusted
    return _whole(called or name, data)


def _whole(name: str, data: bytes) -> Attached:
    return Attached(shown_name(clean_line(name)), "", lambda: data)
