"""Which characters of a PDF's page nobody sees. Runs in the worker.

Under a box that is filled after them, off the page, in a layer that is not shown, never drawn, or
as pale as what they stand on. They are no part of a page's text, so that nothing is found as if
it could be read; a note tells their number.
"""

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat

import pypdfium2 as pdfium
from pypdfium2 import raw

from reviewer.documents.formats.pdf_drawn import Picture, Sides

OBJECTS = 50_000  # of one page
_DEPTH = 3
_CLIPS = 20  # of one text: real ones have two or three
_PALE = 0xF0  # of 255: as light as paper
_MOST = 0.5  # of a page: a larger box is looked at, since a page's ground is one too
_OC = "OC\0".encode("utf-16-le")


@dataclass(frozen=True, kw_only=True, slots=True)
class Hidden:
    """The places of characters in a page's text, by why they are not seen.

    ``blanks`` stand between two that are not seen; the others are no blanks.
    """

    covered: frozenset[int] = frozenset()
    outside: frozenset[int] = frozenset()
    layers: frozenset[int] = frozenset()
    pale: frozenset[int] = frozenset()
    blanks: frozenset[int] = frozenset()

    @property
    def places(self) -> frozenset[int]:
        """All of them."""
        return self.covered | self.outside | self.layers | self.pale | self.blanks


def hidden_on(page: pdfium.PdfPage, textpage: pdfium.PdfTextPage, *, layered: bool) -> Hidden:
    """Return what of a page's text nobody sees."""
    drawn = Drawn(page, layered=layered)
    return drawn.hidden(textpage) if drawn.suspects else Hidden()


class Drawn:
    """The texts of a page and the boxes that are filled on it, in the order they are drawn.

    ``layered`` is whether the document may have layers.
    """

    def __init__(self, page: pdfium.PdfPage, *, layered: bool) -> None:
        self._page = page
        self._layered = layered
        self._texts: dict[int, int] = {}  # the address of a text, and when it is drawn
        self._optional: dict[int, object] = {}  # texts that a layer may leave out
        self._boxes: list[tuple[int, Sides]] = []
        self._pictures: set[Sides] = set()  # those of the boxes that are looked at
        self._pale: set[int] = set()  # texts as light as paper, or that are not drawn at all
        self._undrawn: set[int] = set()
        self._scanned = False  # then words that are not drawn are those of the picture
        self._clips: dict[int, Sides] = {}  # what of a text is drawn at most
        self._off = False
        self._order = 0
        self._edges: Sides = page.get_bbox()
        for at in range(raw.FPDFPage_CountObjects(page)):
            self._take(raw.FPDFPage_GetObject(page, at), 0, optional=False)
        if self._scanned:
            self._pale -= self._undrawn
        if self._texts:
            self._take_annotations()

    @property
    def suspects(self) -> bool:
        """Whether anything may be hidden; in most pages nothing can be."""
        hides = self._boxes or self._off or self._optional or self._clips or self._pale
        return bool(self._texts and hides)

    def hidden(self, textpage: pdfium.PdfTextPage) -> Hidden:
        """Return what of the page's text nobody sees."""
        covered, outside, optional, pale = set(), set(), {}, {}
        blanks = []
        for at in range(textpage.count_chars()):
            if chr(min(raw.FPDFText_GetUnicode(textpage, at), 0x10FFFF)).isspace():
                blanks.append(at)
                continue
            box = _sides(textpage, at)
            text = _address(raw.FPDFText_GetTextObject(textpage, at))
            if box is not None and self._is_cut(text, box):
                outside.add(at)
            elif box is not None and self._under(text, box):
                covered.add(at)
            elif box is not None and text in self._optional:
                optional[at] = box
            elif box is not None and text in self._pale:
                pale[at] = box
        large = [one for one in self._boxes if self._is_looked_at(one[1])]
        if covered and large:
            covered = self._not_drawn_over(textpage, covered, large)
        layers = frozenset(self._unseen(optional) if optional else ())
        unseen = frozenset(self._like_paper(pale) if pale else ())
        gone = layers.union(covered, outside, unseen)
        return Hidden(
            covered=frozenset(covered),
            outside=frozenset(outside),
            layers=layers,
            pale=unseen,
            blanks=frozenset(_between(blanks, gone)),
        )

    def _take(self, thing: object, depth: int, *, optional: bool) -> None:
        self._order += 1
        if self._order > OBJECTS:
            return
        optional = optional or (self._layered and _is_optional(thing))
        kind = raw.FPDFPageObj_GetType(thing)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            self._text(thing, depth, optional=optional)
        elif kind == raw.FPDF_PAGEOBJ_PATH and not depth:
            if self._texts and _hides(thing):
                clip = _clip(thing)
                self._boxes += [(self._order, _both(box, clip)) for box in _rectangles(thing)]
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            self._picture(thing, depth)
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEPTH:
            for at in range(raw.FPDFFormObj_CountObjects(thing)):
                self._take(raw.FPDFFormObj_GetObject(thing, at), depth + 1, optional=optional)

    def _text(self, thing: object, depth: int, *, optional: bool) -> None:
        address = _address(thing)
        self._texts[address] = self._order
        drawn = raw.FPDFTextObj_GetTextRenderMode(thing) != raw.FPDF_TEXTRENDERMODE_INVISIBLE
        if not drawn or _is_pale(thing):
            self._pale.add(address)
        if not drawn:
            self._undrawn.add(address)
        if optional and drawn:  # words over a scan are never drawn, and are seen all the same
            self._optional[address] = thing
        if not depth and (sides := _bounds(thing)):
            self._off = self._off or _apart(sides, self._edges)
            clip = _clip(thing, around=True)
            if clip is not None and _both(sides, clip) != sides:
                self._clips[address] = clip

    def _picture(self, thing: object, depth: int) -> None:
        """Take a picture laid over words; one of the whole page is the scan that they stand in."""
        self._scanned = True
        sides = _bounds(thing) if self._texts and not depth else None
        if sides is not None and self._share(sides) <= _MOST:
            self._boxes.append((self._order, sides))
            self._pictures.add(sides)

    def _is_cut(self, text: int, box: Sides) -> bool:
        """Whether a character lies off the page, or outside of what is drawn of its text."""
        clip = self._clips.get(text)
        return (self._off and _apart(box, self._edges)) or (clip is not None and _apart(box, clip))

    def _is_looked_at(self, box: Sides) -> bool:
        """Whether what a box hides is known only from how the page is drawn."""
        return box in self._pictures or self._share(box) > _MOST

    def _take_annotations(self) -> None:
        """Take the filled boxes that were laid over the page as comments are."""
        for at in range(min(raw.FPDFPage_GetAnnotCount(self._page), OBJECTS)):
            note = raw.FPDFPage_GetAnnot(self._page, at)
            if note:
                try:
                    self._lay(note)
                finally:
                    raw.FPDFPage_CloseAnnot(note)

    def _lay(self, note: object) -> None:
        place = raw.FS_RECTF()
        if raw.FPDFAnnot_GetSubtype(note) != raw.FPDF_ANNOT_SQUARE:
            return
        if _is_filled(note) and raw.FPDFAnnot_GetRect(note, place):
            low, high = sorted((place.bottom, place.top))
            self._boxes.append((OBJECTS + 2, (place.left, low, place.right, high)))

    def _under(self, text: int, sides: Sides) -> bool:
        """Whether a character of ``text`` lies under a box that is drawn after it."""
        x, y = (sides[0] + sides[2]) / 2, (sides[1] + sides[3]) / 2
        over = [when for when, box in self._boxes if box[0] < x < box[2] and box[1] < y < box[3]]
        return bool(over and text) and self._texts.get(text, max(over)) < max(over)

    def _share(self, box: Sides) -> float:
        left, bottom, right, top = self._edges
        return (box[2] - box[0]) * (box[3] - box[1]) / ((right - left) * (top - bottom) or 1.0)

    def _not_drawn_over(
        self,
        textpage: pdfium.PdfTextPage,
        covered: set[int],
        large: Sequence[tuple[int, Sides]],
    ) -> set[int]:
        """Return those of ``covered`` where there is one colour only, or under a smaller box.

        The ground of a page is a large box, and the picture of a scan may lie on it.
        """
        grounds = {box for _, box in large}
        small = [one for one in self._boxes if one[1] not in grounds]
        picture = Picture(self._page)
        kept, boxes = set(), self._boxes
        self._boxes = small
        for at in covered:
            sides = _sides(textpage, at)
            text = _address(raw.FPDFText_GetTextObject(textpage, at))
            if sides and (self._under(text, sides) or picture.plain(sides)):
                kept.add(at)
        self._boxes = boxes
        return kept

    def _like_paper(self, pale: dict[int, Sides]) -> Iterator[int]:
        """Yield the places of light letters where there is one colour only."""
        picture = Picture(self._page)
        yield from (at for at, sides in pale.items() if picture.plain(sides))

    def _unseen(self, optional: dict[int, Sides]) -> Iterator[int]:
        """Yield the places that look the same whether the texts of layers are drawn or not."""
        shown = Picture(self._page)
        try:
            for thing in self._optional.values():
                raw.FPDFPageObj_SetIsActive(thing, False)
            without = Picture(self._page)
        finally:
            for thing in self._optional.values():
                raw.FPDFPageObj_SetIsActive(thing, True)
        for at, sides in optional.items():
            if shown.part(sides) == without.part(sides):
                yield at


def _between(blanks: Sequence[int], gone: frozenset[int]) -> Iterator[int]:
    """Yield those of ``blanks``, in their order, on both sides of which stands one of ``gone``."""
    run: list[int] = []
    for at in blanks:
        if run and at != run[-1] + 1:
            run.clear()
        run.append(at)
        if at + 1 in gone and run[0] - 1 in gone:
            yield from run


def _is_optional(thing: object) -> bool:
    """Whether a thing stands in a layer."""
    for at in range(max(0, raw.FPDFPageObj_CountMarks(thing))):
        name, length = (ctypes.c_ushort * 3)(), ctypes.c_ulong()
        mark = raw.FPDFPageObj_GetMark(thing, at)
        if raw.FPDFPageObjMark_GetName(mark, name, 6, length) and bytes(name) == _OC:
            return True
    return False


def _sides(textpage: pdfium.PdfTextPage, at: int) -> Sides | None:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    if not raw.FPDFText_GetCharBox(textpage, at, left, right, bottom, top):
        return None
    return left.value, bottom.value, right.value, top.value


def _apart(one: Sides, edges: Sides) -> bool:
    """Whether ``one`` lies wholly outside ``edges``."""
    left, bottom, right, top = edges
    return one[2] <= left or one[0] >= right or one[3] <= bottom or one[1] >= top


def _is_filled(note: object) -> bool:
    """Whether a square is filled, from what is drawn for it or else by its colour."""
    count = raw.FPDFAnnot_GetObjectCount(note)
    if count < 1:
        inner = raw.FPDFANNOT_COLORTYPE_InteriorColor
        color = [ctypes.c_uint() for _ in range(4)]
        told = raw.FPDFAnnot_HasKey(note, b"IC") and raw.FPDFAnnot_GetColor(note, inner, *color)
        return bool(told) and color[3].value == 0xFF
    things = map(raw.FPDFAnnot_GetObject, repeat(note), range(min(count, OBJECTS)))
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


def _is_pale(text: object) -> bool:
    """Whether a text is filled with a colour as light as paper."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    told = raw.FPDFPageObj_GetFillColor(text, red, green, blue, alpha)
    return bool(told) and min(red.value, green.value, blue.value) >= _PALE


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


def _clip(path: object, *, around: bool = False) -> Sides | None:
    """Return what of a thing is drawn at most; a shape that is no box leaves nothing.

    With ``around`` such a shape leaves the box around it.
    """
    clip = raw.FPDFPageObj_GetClipPath(path)
    within: Sides | None = None
    most = _CLIPS if around else OBJECTS
    for at in range(min(most, max(0, raw.FPDFClipPath_CountPaths(clip))) if clip else 0):
        points = []
        for part in range(min(max(0, raw.FPDFClipPath_CountPathSegments(clip, at)), 20)):
            x, y, _ = _point(raw.FPDFClipPath_GetPathSegment(clip, at, part))
            points.append((x, y))
        box = _box(points) or (_around(points) if around else (0.0, 0.0, 0.0, 0.0))
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


def _around(points: Sequence[tuple[float, float]]) -> Sides:
    across, up = [x for x, _ in points] or [0.0], [y for _, y in points] or [0.0]
    return (min(across), min(up), max(across), max(up))


def _both(box: Sides, clip: Sides | None) -> Sides:
    if clip is None:
        return box
    return (
        max(box[0], clip[0]),
        max(box[1], clip[1]),
        min(box[2], clip[2]),
        min(box[3], clip[3]),
    )
