"""Pictures in the worker: a page each, as a person would hold it; what is long becomes several.

A screenshot of a conversation is as tall as it is long: shrunk to one page nobody could read it.
"""

import contextlib
import io
import struct
import warnings
from collections.abc import Iterator

from PIL import (
    AvifImagePlugin,
    Image,
    ImageChops,
    ImageFile,
    ImageOps,
    ImageStat,
    UnidentifiedImageError,
)
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from reviewer.documents import limits
from reviewer.documents.formats import photograph
from reviewer.documents.notes import told
from reviewer.documents.refusals import Refused

_LONG = 3508  # pixels: the long side of A4 at 300 dots an inch
_PHOTO = 4_000_000  # pixels from which a coloured picture is kept as JPEG
_QUALITY = 88
_SLIM = 2.5  # a picture longer than so many times its width is cut into pages
_PAGE = 1.414  # what a page is, in that measure
_SEEK = 0.12  # of a page: how far from its end a quiet line is looked for
_WHITE = 225  # ink as light as this is lost on paper
_INK = "#505050"  # the ground on which it is seen
_DARK = 1 << 14  # a 16-bit picture whose lightest is below this would be all black
_FRAMES = 500  # pages of a file that are shown
_MOVES = 60  # pictures of one that moves that are shown
_LOOKED = 1_500  # and those that are looked at for what differs
_SEVERAL = frozenset({"tiff", "heic"})
_CALLED = {"heic": "HEIF"}  # by Pillow
_MOVING = frozenset({"gif", "webp", "png", "avif"})


def page(untrusted: bytes, kind: str) -> tuple[bytes, list[str]]:
    """Return a PDF of a picture of a kind and notes. Raises ``Refused``."""
    notes: dict[str, None] = {}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of bombs below our own, lower, cap
            return _set(_sheets(untrusted, kind, notes)), list(notes)
    except (
        UnidentifiedImageError,
        RuntimeError,
        OSError,
        SyntaxError,
        ValueError,
        EOFError,
        LookupError,
        TypeError,
        AttributeError,
        ArithmeticError,
        struct.error,
    ) as error:  # whatever Pillow raises where a file is not what it says
        raise Refused(photograph.code(error) if kind == "heic" else "picture-broken") from error
    except Image.DecompressionBombError as error:
        raise Refused("picture-large") from error


def _sheets(untrusted: bytes, kind: str, notes: dict[str, None]) -> Iterator[Image.Image]:
    """Yield the pages of a picture file."""
    AvifImagePlugin.DEFAULT_MAX_THREADS = 1  # a confined process starts few
    if kind == "heic":
        photograph.ready()
    with Image.open(io.BytesIO(untrusted), formats=[_CALLED.get(kind, kind.upper())]) as image:
        frames = getattr(image, "n_frames", 1)
        if frames > 1 and kind in _MOVING:
            yield from _moving(image, frames, notes)
            return
        shown = min(frames, _FRAMES) if kind in _SEVERAL else 1
        if frames > shown:
            notes[_others(image, frames, shown)] = None
        if kind == "heic" and (unseen := photograph.unseen(image, untrusted)):
            notes[unseen] = None
        pixels = 0
        for number in range(shown):
            image.seek(number)
            pixels += image.width * image.height
            if pixels > limits.PICTURE_PIXELS * (4 if shown > 1 else 1):
                raise Refused("picture-large")
            yield from _cut(upright(image, notes), notes)


def _moving(image: Image.Image, frames: int, notes: dict[str, None]) -> Iterator[Image.Image]:
    """Yield each picture of one that moves which differs from the one before it."""
    before: Image.Image | None = None
    pixels = number = shown = 0
    while number < min(frames, _LOOKED) and shown < _MOVES:
        image.seek(number)
        pixels += image.width * image.height
        if pixels > 4 * limits.PICTURE_PIXELS and shown:
            break
        now = upright(image, notes).copy()
        if (
            before is None
            or now.mode != before.mode
            or ImageChops.difference(now, before).getbbox()
        ):
            shown += 1
            yield from _cut(now, notes)
        before = now
        number += 1
    sentence = f"The picture moves: it has {frames} pictures, and each that differs is shown."
    if number < frames:
        sentence = f"The picture moves: of its {frames} pictures the first {number} are shown."
    notes[told(sentence, pictures=frames - number)] = None


def _others(image: Image.Image, frames: int, shown: int) -> str:
    if image.format == "MPO":  # what a telephone adds: depth, or the other eye
        sentence = "The file holds a second picture of the same (for depth), which is not shown."
    else:
        sentence = f"The picture has {frames} pages; the first {shown} are shown."
    return told(sentence, pictures=frames - shown)


def upright(image: Image.Image, notes: dict[str, None] | None = None) -> Image.Image:
    """Return a picture as it is held, in black and white, grey or colours. Raises ``Refused``.

    What is to be said of it is put into ``notes``.
    """
    notes = {} if notes is None else notes
    if image.width * image.height > limits.PICTURE_PIXELS:
        raise Refused("picture-large")
    _load(image, notes)
    turned = ImageOps.exif_transpose(image)
    if turned.mode not in {"1", "L", "RGB"}:
        turned = _on_white(turned, notes)
    return turned.convert("L") if turned.mode == "RGB" and _is_grey(turned) else turned


def _load(image: Image.Image, notes: dict[str, None]) -> None:
    """Decode a picture; of one whose end is missing, as much as there is."""
    try:
        image.load()
    except OSError:
        if image.format not in {"JPEG", "MPO"}:
            raise
        with _forgiving():
            image.load()
        notes["The end of the picture is missing; what is there is shown, the rest is grey."] = (
            None
        )


@contextlib.contextmanager
def _forgiving() -> Iterator[None]:
    ImageFile.LOAD_TRUNCATED_IMAGES = True
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = False


def _on_white(image: Image.Image, notes: dict[str, None]) -> Image.Image:
    """Return ``image`` in colours that a PDF can hold, what is see-through on white."""
    if image.mode.startswith("I") or image.mode == "F":
        return _in_eight(image, notes)
    if "A" not in image.getbands() and "transparency" not in image.info:
        return image.convert("RGB")
    seen = image.convert("RGBA")
    ground = "white"
    ink = seen.getchannel("A").point(lambda alpha: 255 if alpha > 40 else 0)
    on_nothing = ink.getextrema() == (0, 255)
    if on_nothing and ImageStat.Stat(seen.convert("L"), ink).mean[0] > _WHITE:
        ground = _INK
        notes["The picture is light on nothing; a dark ground was put behind it."] = None
    paper = Image.new("RGBA", seen.size, ground)
    return Image.alpha_composite(paper, seen).convert("RGB")


def _in_eight(image: Image.Image, notes: dict[str, None]) -> Image.Image:
    """Return a picture of 16 or more bits a grey in 8, its darkest and lightest kept apart."""
    wide = image.convert("F")
    low, high = wide.getextrema()
    if not isinstance(low, float) or not isinstance(high, float):
        return image.convert("L")
    first, last = 0.0, 65535.0
    if image.mode == "F" or high < _DARK or low < 0 or high > last:
        first, last = low, max(high, low + 1e-9)
        notes["The picture is drawn from its darkest to its lightest grey."] = None
    scale = 255.0 / (last - first)
    return wide.point(lambda grey: grey * scale - first * scale).convert("L")


def _cut(image: Image.Image, notes: dict[str, None]) -> Iterator[Image.Image]:
    """Yield a picture, or the pages that a long one is cut into where nothing is drawn."""
    if image.width > _SLIM * image.height and image.width > 2 * _LONG:
        for part in _cut(image.transpose(Image.Transpose.ROTATE_90), notes):
            yield part.transpose(Image.Transpose.ROTATE_270)
        return
    if image.height > _SLIM * image.width and image.height > _LONG // 2:
        notes["The picture is long; it is cut into pages, and the original is kept."] = None
        top, tall = 0, max(200, round(image.width * _PAGE))
        while image.height - top > tall * (1 + _SEEK):
            foot = _quiet(image, top + round(tall * (1 - _SEEK)), top + tall)
            yield _fitted(image.crop((0, top, image.width, foot)), notes)
            top = foot
        yield _fitted(image.crop((0, top, image.width, image.height)), notes)
        return
    yield _fitted(image, notes)


def _quiet(image: Image.Image, first: int, last: int) -> int:
    """Return the row between two where least is drawn: the middle of the last such stretch."""
    band = image.crop((0, first, image.width, last)).convert("L")
    edges = ImageChops.difference(band, ImageChops.offset(band, 1, 0))
    rows = list(edges.convert("F").resize((1, band.height), Image.Resampling.BOX).getdata())
    least = min(rows)
    end = max(at for at, row in enumerate(rows) if row == least)
    start = end
    while start and rows[start - 1] == least:
        start -= 1
    return first + max(1, (start + end) // 2)


def _fitted(image: Image.Image, notes: dict[str, None]) -> Image.Image:
    if max(image.size) > _LONG:
        image = image.copy()
        image.thumbnail((_LONG, _LONG))
        notes["The picture is shown at 300 dots an inch; the original is kept."] = None
    return image


def _is_grey(image: Image.Image) -> bool:
    """Whether every colour of a picture with few of them is a grey (most scans)."""
    colours = image.getcolors(256)
    return colours is not None and all(
        isinstance(colour, tuple) and len(set(colour)) == 1 for _, colour in colours
    )


def _set(images: Iterator[Image.Image]) -> bytes:
    """Return a PDF whose pages have the shape of their pictures and fit on A4."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    canvas.setAuthor("")
    canvas.setTitle("")
    canvas.setSubject("")
    for number, image in enumerate(images):
        if number:
            canvas.showPage()
        if number >= limits.MAX_PAGES:
            raise Refused("pages")
        short, long = A4
        room = (short, long) if image.height >= image.width else (long, short)
        scale = min(room[0] / image.width, room[1] / image.height)
        width, height = max(3.0, image.width * scale), max(3.0, image.height * scale)
        canvas.setPageSize((width, height))
        canvas.drawImage(_source(image), 0, 0, width, height)
    canvas.save()
    return out.getvalue()


def _source(image: Image.Image) -> ImageReader:
    if image.mode == "RGB" and image.width * image.height > _PHOTO:
        packed = io.BytesIO()
        image.save(packed, "JPEG", quality=_QUALITY)
        packed.seek(0)
        return ImageReader(packed)
    return ImageReader(image)
