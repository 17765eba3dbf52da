"""What a PDF says of its own order: its outline, and what it calls its pages. In the worker.

Both are the maker's words, and may loop, be endless, or lead nowhere: what is read is bounded.
"""

import ctypes
import json
import time
from dataclasses import dataclass, field

import pypdfium2 as pdfium
from pypdfium2 import raw

from reviewer.records.contents import DEEPEST, LONGEST_LABEL, LONGEST_TITLE, MOST_HEADINGS

SECONDS = 5.0
_LONGEST = 4 * LONGEST_TITLE  # bytes of a title as the file has it, in UTF-16


@dataclass(kw_only=True)
class _Outline:
    """The headings that were read, and what was odd about them."""

    document: pdfium.PdfDocument
    pages: int
    until: float
    headings: list[tuple[int, int, str]] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)
    loops: bool = False
    cut: bool = False


def contents(document: pdfium.PdfDocument, *, labels: bool = False) -> bytes:
    """Return the outline, or the labels of the pages, as JSON (see ``untrusted_contents``).

    Not both: PDFium dies of labels whose tree loops, and is lost in one that is endless.
    """
    until = time.monotonic() + SECONDS
    pages = len(document)
    outline = _Outline(document=document, pages=pages, until=until)
    if not labels:
        _below(outline, None, 0)
    found = {
        "headings": outline.headings,
        "loops": outline.loops,
        "cut": outline.cut,
        "labels": _labels(document, pages, until) if labels else [],
    }
    return json.dumps(found).encode()


def _below(outline: _Outline, parent: object, depth: int) -> None:
    """Read the headings under ``parent``, each with those under it."""
    one = raw.FPDFBookmark_GetFirstChild(outline.document, parent)
    while one:
        at = ctypes.addressof(one.contents)
        if at in outline.seen:
            outline.loops = True
            return
        full = len(outline.headings) >= MOST_HEADINGS
        if full or depth >= DEEPEST or time.monotonic() > outline.until:
            outline.cut = True
            return
        outline.seen.add(at)
        outline.headings.append((depth, _page(outline, one), _title(one)))
        _below(outline, one, depth + 1)
        one = raw.FPDFBookmark_GetNextSibling(outline.document, one)


def _page(outline: _Outline, bookmark: object) -> int:
    """Return the page (from 1) that a heading leads to, 0 where to none of this document."""
    document = outline.document
    action = raw.FPDFBookmark_GetAction(bookmark)
    if action and raw.FPDFAction_GetType(action) != raw.PDFACTION_GOTO:
        return 0  # PDFium would give the page of another file as one of this file
    target = raw.FPDFBookmark_GetDest(document, bookmark)
    page = raw.FPDFDest_GetDestPageIndex(document, target) + 1 if target else 0
    return page if 0 < page <= outline.pages else 0


def _title(bookmark: object) -> str:
    needed = min(raw.FPDFBookmark_GetTitle(bookmark, None, 0), 1 << 20)
    buffer = ctypes.create_string_buffer(needed)
    raw.FPDFBookmark_GetTitle(bookmark, buffer, needed)
    return _line(buffer.raw[: max(needed - 2, 0)])[:LONGEST_TITLE]


def _label(document: pdfium.PdfDocument, number: int) -> str:
    """Return what one page is called; of a name that is no UTF-16, what of it can be read.

    "" for a name that is too long: cut, it would be that of other pages too.
    """
    needed = min(raw.FPDF_GetPageLabel(document, number, None, 0), 1 << 20)
    buffer = ctypes.create_string_buffer(needed)
    raw.FPDF_GetPageLabel(document, number, buffer, needed)
    label = _line(buffer.raw[: max(needed - 2, 0)])
    return label if len(label) <= LONGEST_LABEL else ""


def _line(untrusted: bytes) -> str:
    """Return the words of UTF-16 on one line, without what is none."""
    return " ".join(untrusted[:_LONGEST].decode("utf-16-le", "ignore").split())


def _labels(document: pdfium.PdfDocument, pages: int, until: float) -> list[str]:
    """Return what each page is called, or nothing where all are called by their number."""
    labels: list[str] = []
    for number in range(pages):
        if time.monotonic() > until:
            return []
        labels.append(_label(document, number))
    plain = all(label in {"", str(at)} for at, label in enumerate(labels, 1))
    return [] if plain else labels
