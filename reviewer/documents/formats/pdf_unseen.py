"""What a PDF holds that its pages do not show as words: told in sentences. Runs in the worker.

Files pinned to a page, comments, and text that nobody sees: under a filled box or off the page.
"""

import ctypes
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import repeat

import pypdfium2 as pdfium
from pypdfium2 import raw

from reviewer.documents.notes import listed

SECONDS = 15.0  # then it is said how far the pages were looked through
_OBJECTS = 50_000  # of one page
_COMMENTS = 20  # told with their words
_LISTED = 30
_COVERED = 8  # pages: what to do about it must fit the note
_DEPTH = 3
_SAYS_NOTHING = {raw.FPDF_ANNOT_POPUP, raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_WIDGET}
Sides = tuple[float, float, float, float]


@dataclass(kw_only=True)
class Unseen:
    """What was found on the pages looked through."""

    files: list[str] = field(default_factory=list)
    comments: list[tuple[int, str]] = field(default_factory=list)
    covered: dict[int, int] = field(default_factory=dict)
    outside: list[int] = field(default_factory=list)
    broken: list[int] = field(default_factory=list)
    looked: int = 0
    pages: int = 0

    def sentences(self) -> Iterator[str]:
        """Yield a sentence about each; the gravest first, the words of comments last."""
        if self.covered:
            places = listed(
                [f"page {at}: {words}" for at, words in self.covered.items()], _COVERED
            )
            yield (
                f"Words that are covered by a filled box and cannot be seen ({places}). They are "
                "still in this file, and search finds them. If they were to be blacked out, tell "
                "whoever sent the file and ask for one without them."
            )
        if self.outside:
            places = listed(self.outside, _LISTED)
            yield f"Text outside the edge of the page, which cannot be seen, on: page {places}."
        if self.broken:
            places = listed(self.broken, _LISTED)
            yield f"Damaged pages, which are shown empty (all others are shown): page {places}."
        if self.files:
            names = listed(self.files, _LISTED)
            yield f"Files attached to the PDF, to be imported on their own: {names}."
        if self.looked < self.pages:
            yield (
                "This PDF was not looked through for comments, attached files and covered words "
                f"after page {self.looked}."
            )
        if self.comments:
            yield (
                "Comments on the pages, which are not part of their text and not searched: "
                f"{len(self.comments)}."
            )
            yield from (
                f"Comment on page {at}: {words}" for at, words in self.comments[:_COMMENTS]
            )


def look(document: pdfium.PdfDocument) -> Unseen:
    """Look through the pages of a PDF, as far as the time allows."""
    found = Unseen(pages=len(document))
    found.files += _embedded(document)
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
                _look_at(page, number, found)
            finally:
                page.close()
        found.looked = number
    return found


def _look_at(page: pdfium.PdfPage, number: int, found: Unseen) -> None:
    drawn = _Drawn(page)
    for at in range(min(raw.FPDFPage_GetAnnotCount(page), _OBJECTS)):
        note = raw.FPDFPage_GetAnnot(page, at)
        if note:
            try:
                _annotation(note, number, found)
                drawn.lay(note)
            finally:
                raw.FPDFPage_CloseAnnot(note)
    if words := drawn.covered():
        found.covered[number] = words
    if drawn.outside():
        found.outside.append(number)


def _annotation(note: object, number: int, found: Unseen) -> None:
    kind = raw.FPDFAnnot_GetSubtype(note)
    words = _string(raw.FPDFAnnot_GetStringValue, note, b"Contents")
    if kind == raw.FPDF_ANNOT_FILEATTACHMENT:
        file = raw.FPDFAnnot_GetFileAttachment(note)
        name = _string(raw.FPDFAttachment_GetName, file) if file else ""
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
        yield (_string(raw.FPDFAttachment_GetName, file) if file else "") or "without a name"


def _string(function: object, *of: object) -> str:
    """Return a text that PDFium writes as UTF-16; of a long one only what a note may hold."""
    length: int = function(*of, None, 0)  # type: ignore[operator]
    if length <= 2:
        return ""
    buffer = (ctypes.c_ushort * (length // 2 + 1))()
    function(*of, buffer, length)  # type: ignore[operator]
    text = bytes(buffer)[: length - 2].decode("utf-16-le", "replace")
    return " ".join(text[:2000].split())


class _Drawn:
    """The texts of a page and the boxes that are filled on it, in the order they are drawn."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self._page = page
        self._texts: dict[int, int] = {}  # the address of a text, and when it is drawn
        self._sides: list[Sides] = []
        self._boxes: list[tuple[int, Sides]] = []
        self._order = 0
        for at in range(raw.FPDFPage_CountObjects(page)):
            self._take(raw.FPDFPage_GetObject(page, at), 0)

    def _take(self, thing: object, depth: int) -> None:
        self._order += 1
        if self._order > _OBJECTS:
            return
        kind = raw.FPDFPageObj_GetType(thing)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            self._texts[_address(thing)] = self._order
            if not depth and (sides := _bounds(thing)):
                self._sides.append(sides)
        elif kind == raw.FPDF_PAGEOBJ_PATH and not depth:
            if self._texts and _hides(thing):
                clip = _clip(thing)
                self._boxes += [(self._order, _both(box, clip)) for box in _rectangles(thing)]
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEPTH:
            for at in range(raw.FPDFFormObj_CountObjects(thing)):
                self._take(raw.FPDFFormObj_GetObject(thing, at), depth + 1)

    def lay(self, note: object) -> None:
        """Take a filled box that was laid over the page as a comment is."""
        place = raw.FS_RECTF()
        if raw.FPDFAnnot_GetSubtype(note) != raw.FPDF_ANNOT_SQUARE or not self._texts:
            return
        if _is_filled(note) and raw.FPDFAnnot_GetRect(note, place):
            low, high = sorted((place.bottom, place.top))
            self._boxes.append((_OBJECTS + 2, (place.left, low, place.right, high)))

    def outside(self) -> bool:
        """Whether a text stands off the page as it is shown."""
        left, bottom, right, top = self._page.get_bbox()
        return any(
            one[2] <= left or one[0] >= right or one[3] <= bottom or one[1] >= top
            for one in self._sides
        )

    def covered(self) -> int:
        """Return how many words lie under boxes that are drawn after them."""
        if not self._boxes:
            return 0
        textpage = self._page.get_textpage()
        try:
            words, inside = 0, False
            for at in range(textpage.count_chars()):
                blank = chr(min(raw.FPDFText_GetUnicode(textpage, at), 0x10FFFF)).isspace()
                under = not blank and self._under(textpage, at)
                words += under and not inside
                inside = under
            return words
        finally:
            textpage.close()

    def _under(self, textpage: pdfium.PdfTextPage, at: int) -> bool:
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        if not raw.FPDFText_GetCharBox(textpage, at, left, right, bottom, top):
            return False
        x, y = (left.value + right.value) / 2, (bottom.value + top.value) / 2
        over = [when for when, box in self._boxes if box[0] < x < box[2] and box[1] < y < box[3]]
        if not over:
            return False
        text = raw.FPDFText_GetTextObject(textpage, at)
        return bool(text) and self._texts.get(_address(text), max(over)) < max(over)


def _is_filled(note: object) -> bool:
    """Whether a square is filled, from what is drawn for it or else by its colour."""
    count = raw.FPDFAnnot_GetObjectCount(note)
    if count < 1:
        inner = raw.FPDFANNOT_COLORTYPE_InteriorColor
        color = [ctypes.c_uint() for _ in range(4)]
        told = raw.FPDFAnnot_HasKey(note, b"IC") and raw.FPDFAnnot_GetColor(note, inner, *color)
        return bool(told) and color[3].value == 0xFF
    things = map(raw.FPDFAnnot_GetObject, repeat(note), range(min(count, _OBJECTS)))
    return any(
        raw.FPDFPageObj_GetType(thing) == raw.FPDF_PAGEOBJ_PATH and _hides(thing)
        for thing in things
    )


def _address(thing: object) -> int:
    return ctypes.cast(thing, ctypes.c_void_p).value or 0  # type: ignore[arg-type]


def _bounds(thing: object) -> Sides | None:
    sides = [ctypes.c_float() for _ in range(4)]
    if not raw.FPDFPageObj_GetBounds(thing, *sides):
        return None
    left, bottom, right, top = (side.value for side in sides)
    return (left, bottom, right, top) if left < right and bottom < top else None


def _hides(path: object) -> bool:
    """Whether a path is filled so that nothing is seen through it."""
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path, mode, stroke)
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    return bool(
        mode.value
        and not raw.FPDFPageObj_HasTransparency(path)
        and raw.FPDFPageObj_GetFillColor(path, red, green, blue, alpha)
        and alpha.value == 0xFF
    )


def _rectangles(path: object) -> list[Sides]:
    """Return the upright boxes a path is made of; of other shapes nothing is claimed."""
    matrix = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(path, matrix):
        return []
    parts: list[list[tuple[float, float]]] = []
    for at in range(min(raw.FPDFPath_CountSegments(path), 1000)):
        segment = raw.FPDFPath_GetPathSegment(path, at)
        x, y, kind = _point(segment)
        if kind == raw.FPDF_SEGMENT_BEZIERTO:
            return []
        if kind == raw.FPDF_SEGMENT_MOVETO or not parts:
            parts.append([])
        across = matrix.a * x + matrix.c * y + matrix.e
        parts[-1].append((across, matrix.b * x + matrix.d * y + matrix.f))
    return [box for part in parts if (box := _box(part))]


def _clip(path: object) -> Sides | None:
    """Return what of a path is drawn at most; a shape that is no box leaves nothing."""
    clip = raw.FPDFPageObj_GetClipPath(path)
    within: Sides | None = None
    for at in range(max(0, raw.FPDFClipPath_CountPaths(clip)) if clip else 0):
        points = []
        for part in range(min(max(0, raw.FPDFClipPath_CountPathSegments(clip, at)), 20)):
            x, y, _ = _point(raw.FPDFClipPath_GetPathSegment(clip, at, part))
            points.append((x, y))
        box = _box(points) or (0.0, 0.0, 0.0, 0.0)
        within = box if within is None else _both(box, within)
    return within


def _point(segment: object) -> tuple[float, float, int]:
    x, y = ctypes.c_float(), ctypes.c_float()
    raw.FPDFPathSegment_GetPoint(segment, x, y)
    return x.value, y.value, int(raw.FPDFPathSegment_GetType(segment))


def _box(points: Sequence[tuple[float, float]]) -> Sides | None:
    if not 4 <= len(points) <= 6:
        return None
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    bottom, top = min(y for _, y in points), max(y for _, y in points)
    near = 0.01
    upright = all(
        min(x - left, right - x) < near and min(y - bottom, top - y) < near for x, y in points
    )
    corners = {(x - left < near, y - bottom < near) for x, y in points}
    return (left, bottom, right, top) if upright and len(corners) == 4 else None


def _both(box: Sides, clip: Sides | None) -> Sides:
    if clip is None:
        return box
    return (
        max(box[0], clip[0]),
        max(box[1], clip[1]),
        min(box[2], clip[2]),
        min(box[3], clip[3]),
    )
