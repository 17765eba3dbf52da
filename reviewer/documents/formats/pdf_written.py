"""What is written on a PDF and not in it: title, author, subject and keywords. In the worker.

They lie in its information dictionary, and once more as XMP: what says nothing new is not told.
"""

import contextlib
import re
import textwrap
import zlib
from collections.abc import Iterator

import pypdfium2 as pdfium

from reviewer.documents.formats.xml import walk
from reviewer.documents.notes import told
from reviewer.documents.refusals import Refused
from reviewer.records.text import clean_line

_INFO = ("Title", "Author", "Subject", "Keywords")
_XMP = {
    "title": "Title", "creator": "Author", "description": "Subject", "subject": "Keywords",
    "Keywords": "Keywords",
}  # fmt: skip
_OTHERS = "schemas"  # below it PDF/A explains names: nothing is said of the file
_NOBODYS = {"untitled", "anonymous", "unspecified"}  # words of libraries
_STREAM = re.compile(rb"/XML\b[^\0]{0,400}?stream\r?\n")
_MOST = 1 << 20  # bytes of one piece of XMP
_PIECES = 20  # of XMP in one file
_NOTES, _AT_ONCE = 2, 340
_WORD = re.compile(r"\w+")


def sentences(document: pdfium.PdfDocument, untrusted: bytes) -> Iterator[str]:
    """Yield what is written on a PDF, in a note or two; what goes beyond them is counted."""
    said = "; ".join(f"{name}: {words}" for name, words in _new(document, untrusted))
    parts = textwrap.wrap(said, _AT_ONCE)
    for part in parts[:_NOTES]:
        yield f"Written on the file: {part}"
    rest = sum(len(_WORD.findall(part)) for part in parts[_NOTES:])
    if rest:
        yield told(
            f"More words are written on the file, which are not told here: {rest:,}.", words=rest
        )


def _new(document: pdfium.PdfDocument, untrusted: bytes) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for name, words in (*_of_info(document), *_of_xmp(untrusted)):
        found = set(_WORD.findall(words.casefold()))
        if not found <= seen and words.casefold() not in _NOBODYS:
            seen |= found
            yield name, words


def _of_info(document: pdfium.PdfDocument) -> Iterator[tuple[str, str]]:
    for name in _INFO:
        yield name, clean_line(document.get_metadata_value(name))


def _of_xmp(untrusted: bytes) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for at, begins in enumerate(_STREAM.finditer(untrusted)):
        if at >= _PIECES:
            break
        end = untrusted.find(b"endstream", begins.end())
        piece = untrusted[begins.end() : end if end >= 0 else None]
        if piece.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] != b"<":
            try:
                piece = zlib.decompressobj().decompress(piece, _MOST)
            except zlib.error:
                continue
        found += _of_piece(piece.rstrip(b"\0\r\n "))
    return found


def _of_piece(untrusted: bytes) -> list[tuple[str, str]]:
    """Return the names and words of one piece of XMP; of a broken one those before the fault."""
    found: list[tuple[str, str]] = []
    open_: list[str] = []  # what each open element is called where its words are taken
    said: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        above = open_[-1] if open_ else ""
        open_.append(_OTHERS if _OTHERS in {name, above} else _XMP.get(name, above))
        said.clear()
        if open_[-1] != _OTHERS:
            found.extend(
                (_XMP[key], clean_line(words)) for key, words in attributes.items() if key in _XMP
            )

    def end(_: str) -> None:
        name, words = open_.pop(), clean_line("".join(said))
        said.clear()
        if name not in {"", _OTHERS} and words:
            found.append((name, words))

    with contextlib.suppress(Refused):
        walk(untrusted, start, end, said.append, broken="", dtd="")
    return found
