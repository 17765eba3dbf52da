"""Opening a PDF: one whose page tree counts too few pages, or that was cut short, too."""

import io
import re
from collections.abc import Iterator, Sequence
from typing import BinaryIO

import pypdfium2 as pdfium
from pypdfium2 import raw

from reviewer.documents.formats.pdf_cut import lacks_end, with_end
from reviewer.documents.refusals import Refused

_LOCKED, _BROKEN, _NO_PAGES = "pdf-locked", "pdf-broken", "no-pages"
_LOST = {_BROKEN, _NO_PAGES}  # the pages of which may be in it all the same
_ERRORS = {
    raw.FPDF_ERR_SUCCESS: _NO_PAGES,  # read to its end, and there is no page in it
    raw.FPDF_ERR_PASSWORD: _LOCKED,
    raw.FPDF_ERR_SECURITY: "pdf-security",
}
_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
_NO_KIDS = re.compile(rb"/Kids\s*\[\s*\]")
_COUNT = re.compile(rb"(/Count\s+)(\d+)")


def opened_in_pieces(untrusted: BinaryIO) -> tuple[pdfium.PdfDocument, int]:
    """Return the document and the number of pages it says it has, whatever that is.

    Only what is asked for is read of it. Raises ``Refused``.
    """
    document = _load(untrusted)
    return document, len(document)


def opened(untrusted: bytes) -> tuple[pdfium.PdfDocument, int, bool]:
    """Return the document, the number of pages it says it has, and whether its end was lost.

    Raises ``Refused``.
    """
    try:
        document = _load(untrusted)
    except Refused as refused:
        mended = with_end(untrusted) if refused.code in _LOST else b""
        if not mended:
            raise
        document = _load(mended)
        return document, len(document), True
    said = len(document)
    if 0 < said < sum(1 for _ in _PAGE.finditer(untrusted)):
        document = _recounted(untrusted, document)
    return document, said, lacks_end(untrusted)


def unlocked(untrusted: bytes, passwords: Sequence[str]) -> bytes:
    """Return a copy of a locked PDF that needs no password; nothing where it opens without.

    Raises ``Refused``.
    """
    try:
        _load(untrusted).close()
    except Refused as refused:
        if refused.code in _LOST:
            return b""  # it may be one whose pages can be had still
        if refused.code != _LOCKED:
            raise
    else:
        return b""
    for password in passwords:
        try:
            document = _load(untrusted, password)
        except Refused:
            continue
        copy = io.BytesIO()
        document.save(copy, flags=raw.FPDF_REMOVE_SECURITY)
        document.close()
        return copy.getvalue()
    raise Refused("pdf-password")


def _load(untrusted: bytes | BinaryIO, password: str | None = None) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(untrusted, password)
    except pdfium.PdfiumError as error:
        code = getattr(error, "err_code", None)
        if isinstance(untrusted, bytes) and code == raw.FPDF_ERR_FORMAT and _is_bare(untrusted):
            code = raw.FPDF_ERR_SUCCESS
        raise Refused(_ERRORS.get(code, _BROKEN)) from error


def _is_bare(untrusted: bytes) -> bool:
    """Whether its page tree is there and plainly empty."""
    if b"/ObjStm" in untrusted or _PAGE.search(untrusted):
        return False
    return bool(_NO_KIDS.search(untrusted))


def _recounted(untrusted: bytes, document: pdfium.PdfDocument) -> pdfium.PdfDocument:
    """Return the document with its pages counted by PDFium, where that finds more of them.

    PDFium believes a count unless it is 0. The figures are as long as before, so all stays in its
    place. Pages that were replaced later are in the file twice, and in the tree once.
    """
    patched = bytearray(untrusted)
    for start, end in _trees(untrusted):
        for found in _COUNT.finditer(untrusted, start, end):
            patched[found.start(2) : found.end(2)] = b"0" * len(found[2])
    try:
        again = _load(bytes(patched))
    except Refused:
        return document
    better, worse = (again, document) if len(again) > len(document) else (document, again)
    worse.close()
    return better


def _trees(untrusted: bytes) -> Iterator[tuple[int, int]]:
    """Yield where the nodes of the page tree are written, as far as they are written plainly."""
    end = 0
    while (kids := untrusted.find(b"/Kids", end)) >= 0:
        start, end = untrusted.rfind(b"obj", end, kids), untrusted.find(b"endobj", kids)
        if end < 0:
            return
        if start >= 0 and b"stream" not in untrusted[start:end]:
            yield start, end
