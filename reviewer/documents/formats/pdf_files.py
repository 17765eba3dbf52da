"""The files within a PDF: attached to the whole of it, or pinned to a page. Runs in the worker."""

import ctypes
import functools
from collections.abc import Iterator

import pypdfium2 as pdfium
from pypdfium2 import raw

from reviewer.documents import limits
from reviewer.documents.formats.mail_paper import Attached, shown_name
from reviewer.documents.formats.pdf_open import opened
from reviewer.documents.refusals import Refused

_NOTES = 50_000  # annotations of one page
_NAME = 2_000  # bytes of a name that are read


def came_with(untrusted: bytes) -> tuple[dict[str, str], list[Attached]]:
    """Return the files within a PDF. Raises ``Refused``."""
    document, _, _ = opened(untrusted)
    return within(document)


def within(document: pdfium.PdfDocument) -> tuple[dict[str, str], list[Attached]]:
    """Return the files within a PDF that is open."""
    files: list[Attached] = []
    for name, file in _files(document):
        if len(files) > limits.FILES_WITHIN:
            break
        files.append(Attached(shown_name(name), "", functools.partial(_read, document, file)))
    return {}, files


def _files(document: pdfium.PdfDocument) -> Iterator[tuple[str, object]]:
    """Yield the name of each file, and PDFium's own of it."""
    for at in range(raw.FPDFDoc_GetAttachmentCount(document)):
        if file := raw.FPDFDoc_GetAttachment(document, at):
            yield name_of(file), file
    for number in range(len(document)):
        try:
            page = document[number]
        except pdfium.PdfiumError:
            continue
        yield from _pinned(page)
        page.close()


def _pinned(page: pdfium.PdfPage) -> Iterator[tuple[str, object]]:
    for at in range(min(raw.FPDFPage_GetAnnotCount(page), _NOTES)):
        note = raw.FPDFPage_GetAnnot(page, at)
        if not note:
            continue
        if raw.FPDFAnnot_GetSubtype(note) == raw.FPDF_ANNOT_FILEATTACHMENT:
            file = raw.FPDFAnnot_GetFileAttachment(note)
            if file:
                yield name_of(file), file
        raw.FPDFPage_CloseAnnot(note)


def name_of(file: object) -> str:
    """Return the name of a file within a PDF, or ""."""
    length: int = raw.FPDFAttachment_GetName(file, None, 0)
    if not 2 < length <= _NAME:
        return ""
    buffer = (ctypes.c_ushort * (length // 2 + 1))()
    raw.FPDFAttachment_GetName(file, buffer, length)
    name = bytes(buffer)[: length - 2].decode("utf-16-le", "replace")
    return name.replace("\\", "/").rpartition("/")[2]


def _read(document: pdfium.PdfDocument, file: object) -> bytes:
    """Return the bytes of one file; ``document`` stays open for it. Raises ``Refused``."""
    size = ctypes.c_ulong()
    if not document or not raw.FPDFAttachment_GetFile(file, None, 0, size):
        raise Refused("within-broken")
    if size.value > limits.MAX_BYTES:
        raise Refused("within-large")
    buffer = ctypes.create_string_buffer(size.value)
    if not raw.FPDFAttachment_GetFile(file, buffer, size.value, size):
        raise Refused("within-broken")
    return buffer.raw[: size.value]
