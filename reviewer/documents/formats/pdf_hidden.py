"""Which characters of a PDF's page nobody sees. Runs in the worker.

Under a box that is filled after them, off the page, or in a layer that is not shown. They are no
part of a page's text, so that nothing is found as if it could be read; a note tells their number.
"""

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat

import pypdfium2 as pdfium
from pypdfium2 import raw

OBJECTS = 50_000  # of one page
_DEPTH = 3
_ACROSS = 1000  # pixels of a picture in which is seen what a layer shows
_DOWN = 2000
_MOST = 0.5  # of a page: a larger box is looked at, since a page's ground is one too
_OC = "OC\0".encode("utf-16-le")
Sides = tuple[float, float, float, float]


@dataclass(frozen=True, kw_only=True, slots=True)
class Hidden:
    """The places of characters in a page's text, by why they are not seen.

    ``blanks`` stand between two that are not seen; the others are no blanks.
    """

    covered: frozenset[int] = frozenset()
    outside: frozenset[int] = frozenset()
    layers: frozenset[int] = frozenset()
    blanks: frozenset[int] = frozenset()

    @property
    def places(self) -> frozenset[int]:
        """All of them."""
        return self.covered | self.outside | self.layers | self.blanks


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
        self._off = False
        self._order = 0
        self._edges: Sides = page.get_bbox()
        for at in range(raw.FPDFPage_CountObjects(page)):
            self._take(raw.FPDFPage_GetObject(page, at), 0, optional=False)
        if self._texts:
            self._take_annotations()

    @property
    def suspects(self) -> bool:
        """Whether anything may be hidden; in most pages nothing can be."""
        return bool(self._texts and (self._boxes or self._off or self._optional))

    def hidden(self, textpage: pdfium.PdfTextPage) -> Hidden:
        """Return what of the page's text nobody sees."""
        covered, outside, optional = set(), set(), {}
        blanks = []
        for at in range(textpage.count_chars()):
            if chr(min(raw.FPDFText_GetUnicode(textpage, at), 0x10FFFF)).isspace():
                blanks.append(at)
                continue
            box = _sides(textpage, at)
            text = _address(raw.FPDFText_GetTextObject(textpage, at))
            if box is not None and self._off and _apart(box, self._edges):
                outside.add(at)
            elif box is not None and self._under(text, box):
                covered.add(at)
            elif box is not None and text in self._optional:
                optional[at] = box
        large = [(when, box) for when, box in self._boxes if self._share(box) > _MOST]
        if covered and large:
            covered = self._not_drawn_over(textpage, covered, large)
        layers = frozenset(self._unseen(optional) if optional else ())
        gone = layers.union(covered, outside)
        return Hidden(
            covered=frozenset(covered),
            outside=frozenset(outside),
            layers=layers,
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
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEPTH:
            for at in range(raw.FPDFFormObj_CountObjects(thing)):
                self._take(raw.FPDFFormObj_GetObject(thing, at), depth + 1, optional=optional)

    def _text(self, thing: object, depth: int, *, optional: bool) -> None:
        address = _address(thing)
        self._texts[address] = self._order
        drawn = raw.FPDFTextObj_GetTextRenderMode(thing) != raw.FPDF_TEXTRENDERMODE_INVISIBLE
        if optional and drawn:  # words over a scan are never drawn, and are seen all the same
            self._optional[address] = thing
        if not depth and (sides := _bounds(thing)):
            self._off = self._off or _apart(sides, self._edges)

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
        picture = _Picture(self._page)
        kept, boxes = set(), self._boxes
        self._boxes = small
        for at in covered:
            sides = _sides(textpage, at)
            text = _address(raw.FPDFText_GetTextObject(textpage, at))
            if sides and (self._under(text, sides) or picture.plain(sides)):
                kept.add(at)
        self._boxes = boxes
        return kept

    def _unseen(self, optional: dict[int, Sides]) -> Iterator[int]:
        """Yield the places that look the same whether the texts of layers are drawn or not."""
        shown = _Picture(self._page)
        try:
            for thing in self._optional.values():
                raw.FPDFPageObj_SetIsActive(thing, False)
            without = _Picture(self._page)
        finally:
            for thing in self._optional.values():
                raw.FPDFPageObj_SetIsActive(thing, True)
        for at, sides in optional.items():
            if shown.part(sides) == without.part(sides):
                yield at


class _Picture:
    """A page as it is drawn, in grey, to be looked at in places."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self._page = page
        width, height = page.get_size()
        scale = min(_ACROSS / width, _DOWN / height)
        self._across, self._down = max(1, round(width * scale)), max(1, round(height * scale))
        self._pixels = ctypes.create_string_buffer(self._across * self._down)
        bitmap = raw.FPDFBitmap_CreateEx(
            self._across, self._down, raw.FPDFBitmap_Gray, self._pixels, self._across
        )
        if bitmap:
            raw.FPDFBitmap_FillRect(bitmap, 0, 0, self._across, self._down, 0xFFFFFFFF)
            raw.FPDF_RenderPageBitmap(
                bitmap, page, 0, 0, self._across, self._down, 0, raw.FPDF_ANNOT
            )
            raw.FPDFBitmap_Destroy(bitmap)
        self._grey = memoryview(self._pixels.raw)

    def part(self, sides: Sides) -> list[bytes]:
        """Return the rows of pixels where ``sides``, of the page's own coordinates, lie."""
        x0, y0 = self._at(sides[0], sides[1])
        x1, y1 = self._at(sides[2], sides[3])
        (x0, x1), (y0, y1) = sorted((x0, x1)), sorted((y0, y1))
        x0, x1 = max(0, x0), min(self._across, x1 + 1)
        rows = range(max(0, y0), min(self._down, y1 + 1))
        return [bytes(self._grey[at * self._across + x0 : at * self._across + x1]) for at in rows]

    def plain(self, sides: Sides) -> bool:
        """Whether nothing but one colour is seen there."""
        return len(set(b"".join(self.part(sides)))) <= 1

    def _at(self, x: float, y: float) -> tuple[int, int]:
        across, down = ctypes.c_int(), ctypes.c_int()
        raw.FPDF_PageToDevice(self._page, 0, 0, self._across, self._down, 0, x, y, across, down)
        return across.value, down.value


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
