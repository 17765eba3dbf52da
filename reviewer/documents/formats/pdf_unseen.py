"""What a PDF holds that its pages do not show as words: told in sentences. Runs in the worker.

Files pinned to a page, comments, and how much text nobody sees (``pdf_hidden``).
"""

import ctypes
import textwrap
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pypdfium2 as pdfium
from pypdfium2 import raw

from reviewer.documents import limits
from reviewer.documents.formats.pdf_files import name_of
from reviewer.documents.formats.pdf_hidden import OBJECTS, Drawn, Hidden
from reviewer.documents.notes import listed, told

SECONDS = 15.0  # then it is said how far the pages were looked through
_COMMENTS = 20  # notes that tell their words
_MOST = 600  # comments that notes could hold at all
_AT_ONCE = 340  # characters of a comment in one note
_SEVERAL, _BETWEEN = "Comments on ", " | "
_LISTED = 30
_COVERED = 8  # pages: what to do about it must fit the note
_LONGEST = 4_000  # characters of an address
_RECORDINGS = {
    raw.FPDF_ANNOT_SOUND, raw.FPDF_ANNOT_MOVIE, raw.FPDF_ANNOT_SCREEN, raw.FPDF_ANNOT_RICHMEDIA,
    raw.FPDF_ANNOT_THREED,
}  # fmt: skip
_SAYS_NOTHING = {raw.FPDF_ANNOT_POPUP, raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_WIDGET}


@dataclass(kw_only=True)
class Unseen:
    """What was found on the pages looked through."""

    files: list[str] = field(default_factory=list)
    comments: list[tuple[int, str]] = field(default_factory=list)
    covered: dict[int, int] = field(default_factory=dict)
    outside: dict[int, int] = field(default_factory=dict)
    layers: dict[int, int] = field(default_factory=dict)
    pale: dict[int, int] = field(default_factory=dict)
    broken: list[int] = field(default_factory=list)
    links: dict[str, None] = field(default_factory=dict)
    recordings: int = 0
    fields: int = 0  # that somebody filled in
    looked: int = 0
    pages: int = 0

    def sentences(self) -> Iterator[str]:
        """Yield a sentence about each; the gravest first, the words of comments last."""
        yield from self._not_seen()
        yield from self._not_shown()
        if self.comments:
            yield told(
                "Comments on the pages, which are not part of their text and not searched: "
                f"{len(self.comments)}.",
                comments=len(self.comments),
            )
            yield from self._comments()

    def _comments(self) -> Iterator[str]:
        """Yield the words of the comments: one a note, or many in one where there are many."""
        rows = [
            (number, f"page {at}{', going on' if part else ''}: {words}")
            for number, (at, said) in enumerate(self.comments[:_MOST])
            for part, words in enumerate(textwrap.wrap(said, _AT_ONCE))
        ]
        if len(rows) <= _COMMENTS:
            yield from (f"Comment on {row}" for _, row in rows)
            return
        for _ in range(_COMMENTS):
            together, size = list[str](), len(_SEVERAL)
            while rows and (not together or size + len(rows[0][1]) < limits.MAX_NOTE):
                together.append(rows.pop(0)[1])
                size += len(together[-1]) + len(_BETWEEN)
            if together:
                yield _SEVERAL + _BETWEEN.join(together)
        if left := len({number for number, _ in rows}) + max(0, len(self.comments) - _MOST):
            yield f"Comments whose words are not all told here, but in the file itself: {left}."

    def _not_seen(self) -> Iterator[str]:
        if self.covered:
            yield told(
                "Words that are covered by a filled box and cannot be seen"
                f" ({_where(self.covered)}). They are still in this file, though search here does"
                " not find them. If they were to be blacked out, tell whoever sent the file and"
                " ask for one without them.",
                words=sum(self.covered.values()),
            )
        if self.outside:
            yield told(
                "Words outside the edge of the page or of their place on it, which cannot be seen"
                f" and which search does not find ({_where(self.outside)}).",
                words=sum(self.outside.values()),
            )
        if self.layers:
            yield told(
                "Words in a layer that is not shown, which cannot be seen and which search does"
                f" not find ({_where(self.layers)}).",
                words=sum(self.layers.values()),
            )

        if self.pale:
            yield told(
                "Words that are not drawn, or as pale as the paper behind them, which cannot be"
                f" seen and which search does not find ({_where(self.pale)}).",
                words=sum(self.pale.values()),
            )

    def _not_shown(self) -> Iterator[str]:
        if self.broken:
            places = listed(self.broken, _LISTED)
            yield f"Damaged pages, which are shown empty (all others are shown): page {places}."
        if self.files:
            names = listed(self.files, _LISTED)
            yield told(
                f"Files attached to the PDF, each a document of its own: {names}.",
                attachments=len(self.files),
            )
        if self.looked < self.pages:
            yield (
                "This PDF was not looked through for comments, attached files and covered words "
                f"after page {self.looked}."
            )
        if self.recordings:
            yield told(
                f"Sound, films and models in the PDF that are not shown: {self.recordings}.",
                recordings=self.recordings,
            )
        if self.links:
            targets = listed([*self.links], _LISTED)
            yield told(f"Links on the pages lead to: {targets}.", links=len(self.links))


def look(
    document: pdfium.PdfDocument, *, layered: bool, hidden: dict[int, Hidden] | None = None
) -> Unseen:
    """Look through the pages of a PDF, as far as the time allows.

    ``layered``: whether it may have layers. What is found to be hidden is put into ``hidden``.
    """
    found = Unseen(pages=len(document))
    found.files += _embedded(document)
    hidden = {} if hidden is None else hidden
    latest = time.monotonic() + SECONDS
    for number in range(1, len(document) + 1):
        if time.monotonic() > latest:
            break
        try:
            page = document[number - 1]
        except pdfium.PdfiumError:
            found.broken.append(number)
        else:
            try:
                _annotations(document, page, number, found)
                hidden[number] = _look_at(page, number, found, layered=layered)
            finally:
                page.close()
        found.looked = number
    return found


def _annotations(
    document: pdfium.PdfDocument, page: pdfium.PdfPage, number: int, found: Unseen
) -> None:
    for at in range(min(raw.FPDFPage_GetAnnotCount(page), OBJECTS)):
        note = raw.FPDFPage_GetAnnot(page, at)
        if note:
            try:
                _annotation(note, number, found)
                _active(document, note, found)
            finally:
                raw.FPDFPage_CloseAnnot(note)


def _active(document: pdfium.PdfDocument, note: object, found: Unseen) -> None:
    """Take what a reader would press: a link, a field, a recording."""
    kind = raw.FPDFAnnot_GetSubtype(note)
    found.recordings += kind in _RECORDINGS
    if kind == raw.FPDF_ANNOT_LINK:
        action = raw.FPDFLink_GetAction(raw.FPDFAnnot_GetLink(note))
        size = raw.FPDFAction_GetURIPath(document, action, None, 0) if action else 0
        if 1 < size <= _LONGEST:
            target = ctypes.create_string_buffer(size)
            raw.FPDFAction_GetURIPath(document, action, target, size)
            found.links[" ".join(target.value.decode("utf-8", "replace").split())] = None
    elif kind == raw.FPDF_ANNOT_WIDGET and document.formenv:
        value = _string(raw.FPDFAnnot_GetFormFieldValue, document.formenv, note)
        found.fields += bool(value.strip())


def _look_at(page: pdfium.PdfPage, number: int, found: Unseen, *, layered: bool) -> Hidden:
    drawn = Drawn(page, layered=layered)
    if not drawn.suspects:
        return Hidden()
    textpage = page.get_textpage()
    try:
        hidden = drawn.hidden(textpage)
        for places, told in (
            (hidden.covered, found.covered),
            (hidden.outside, found.outside),
            (hidden.layers, found.layers),
            (hidden.pale, found.pale),
        ):
            if words := _words(places):
                told[number] = words
    finally:
        textpage.close()
    return hidden


def _words(places: frozenset[int]) -> int:
    """Return how many words stand at ``places``."""
    return sum(at - 1 not in places for at in places)


def _where(pages: Mapping[int, int]) -> str:
    return listed([f"page {at}: {words}" for at, words in pages.items()], _COVERED)


def _annotation(note: object, number: int, found: Unseen) -> None:
    kind = raw.FPDFAnnot_GetSubtype(note)
    words = _string(raw.FPDFAnnot_GetStringValue, note, b"Contents")
    if kind == raw.FPDF_ANNOT_FILEATTACHMENT:
        file = raw.FPDFAnnot_GetFileAttachment(note)
        name = name_of(file) if file else ""
        found.files.append(name or words or f"without a name, on page {number}")
        if not name or words in {"", name}:
            return
    elif kind in _SAYS_NOTHING or not words.strip():
        return
    author = _string(raw.FPDFAnnot_GetStringValue, note, b"T")
    found.comments.append((number, f"{author}: {words}" if author else words))


def _embedded(document: pdfium.PdfDocument) -> Iterator[str]:
    for at in range(raw.FPDFDoc_GetAttachmentCount(document)):
        file = raw.FPDFDoc_GetAttachment(document, at)
        yield (name_of(file) if file else "") or "without a name"


def _string(function: object, *of: object) -> str:
    """Return a text that PDFium writes as UTF-16; of a long one only what a note may hold."""
    length: int = function(*of, None, 0)  # type: ignore[operator]
    if length <= 2:
        return ""
    buffer = (ctypes.c_ushort * (length // 2 + 1))()
    function(*of, buffer, length)  # type: ignore[operator]
    text = bytes(buffer)[: length - 2].decode("utf-16-le", "replace")
    return " ".join(f"{text[:_LONGEST]}{' ...' if len(text) > _LONGEST else ''}".split())
