"""Reads a file of the report back, a piece at a time, before it is given out."""

import html
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pypdfium2

from reviewer.errors import EngineError
from reviewer.reports.tables import rows
from reviewer.reports.tables.jsonfile import FORMAT

_PIECE = 1 << 20
_LIST = object()  # the value whose own values stand on the lines that follow
_ACTIVE = (b"/JavaScript", b"/OpenAction", b"/Launch", b"/EmbeddedFile", b"/AcroForm", b"/URI")
_LIVE = (b"<f>", b"<f ", b"<hyperlink")  # what a sheet of ours never holds


def check(name: str, made: BinaryIO) -> None:
    """Read a file of ours back; raise ``EngineError`` where it is not what it must be."""
    try:
        passed = _CHECKS[Path(name).suffix](made)
    except (ValueError, KeyError, zipfile.BadZipFile, pypdfium2.PdfiumError):
        passed = False
    if not passed:
        raise EngineError(
            f"{name} did not pass its own check, so nothing was written. Please report this."
        )


def _json_ok(made: BinaryIO) -> bool:
    """Line by line: keys with a value or a list, a list's values, and commas between them."""
    formats: list[object] = []
    fresh = made.readline() == b"{\n"  # whether a value may begin here, or only a bracket end
    inside = ended = False
    for line in made:
        body = line.removesuffix(b"\n").removesuffix(b",")
        if ended or fresh == (body in {b"]", b"}"}):
            return False
        if body == b"]" and inside:
            inside = False
        elif line == b"}\n" and not inside:
            ended = True
        else:
            key, value = (None, json.loads(body)) if inside else _pair(body)
            inside = inside or value is _LIST
            formats += [value] if key == b"format" else []
        fresh = line.endswith(b",\n") or body.endswith(b": [")
    return ended and formats == [FORMAT]


def _pair(line: bytes) -> tuple[bytes, object]:
    """Return key and value. Raises ``ValueError`` where there is neither."""
    key, between, value = line.partition(b'": ')
    if not between:
        raise ValueError("no key")
    return key[1:], _LIST if value == b"[" else json.loads(value)


def _csv_ok(made: BinaryIO) -> bool:
    if made.read(3) != b"\xef\xbb\xbf":
        return False
    made.seek(-2, 2)
    return made.read() == b"\r\n"


def _xlsx_ok(made: BinaryIO) -> bool:
    """No formula, link, comment, hidden sheet or part that we do not write."""
    with zipfile.ZipFile(made) as archive:
        names = archive.namelist()
        pages = [name for name in names if name.startswith("xl/worksheets/sheet")]
        book = archive.read("xl/workbook.xml")
        live = any(_is_live(archive, page) for page in pages)
    foreign = [n for n in names if any(word in n for word in ("comment", "external", "vba"))]
    return (
        _tables_of(book) == [sheet.name for sheet in rows.ALL]
        and not live
        and b'state="hidden"' not in book
        and not foreign
    )


def _is_live(archive: zipfile.ZipFile, page: str) -> bool:
    """Whether a sheet holds what computes or leads out; its checksum is read along."""
    kept = b""
    with archive.open(page) as stream:
        while piece := stream.read(_PIECE):
            kept = kept[-max(map(len, _LIVE)) :] + piece
            if any(word in kept for word in _LIVE):
                return True
    return False


def _tables_of(book: bytes) -> list[str]:
    """Return the tables of a workbook in order; one may go on on sheets with numbers."""
    names = [html.unescape(name) for name in re.findall(r'<sheet name="([^"]*)"', book.decode())]
    return list(dict.fromkeys(re.sub(r" [0-9]+$", "", name) for name in names))


def _pdf_ok(made: BinaryIO) -> bool:
    """Pages, and nothing that acts; compressed streams may hold such words by chance."""
    data = made.read()
    frame = re.sub(rb"stream\r?\n.*?endstream", b"", data, flags=re.DOTALL)
    document = pypdfium2.PdfDocument(data)
    try:
        return len(document) > 0 and not any(word in frame for word in _ACTIVE)
    finally:
        document.close()


_CHECKS: dict[str, Callable[[BinaryIO], bool]] = {
    ".json": _json_ok,
    ".xlsx": _xlsx_ok,
    ".pdf": _pdf_ok,
    ".csv": _csv_ok,
}
