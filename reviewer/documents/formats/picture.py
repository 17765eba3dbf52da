"""JPEG and PNG in the worker: one page, its picture as a person would hold it."""

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from reviewer.documents import limits
from reviewer.documents.refusals import Refused

_LONG = 3508  # pixels: the long side of A4 at 300 dots an inch
_PHOTO = 4_000_000  # pixels from which a coloured picture is kept as JPEG
_QUALITY = 88


def page(untrusted: bytes, kind: str) -> tuple[bytes, list[str]]:
    """Return a one-page PDF of a picture (``png`` or ``jpeg``) and notes. Raises ``Refused``."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of bombs below our own, lower, cap
            image, notes = _upright(untrusted, kind)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise Refused("picture-broken") from error
    except Image.DecompressionBombError as error:
        raise Refused("picture-large") from error
    return _set(image), notes


def _upright(untrusted: bytes, kind: str) -> tuple[Image.Image, list[str]]:
    with Image.open(io.BytesIO(untrusted), formats=[kind.upper()]) as image:
        if image.width * image.height > limits.PICTURE_PIXELS:
            raise Refused("picture-large")
        notes = []
        if getattr(image, "n_frames", 1) > 1:
            notes.append("The picture moves; only its first frame is shown.")
        image.load()
        turned = ImageOps.exif_transpose(image)
        if turned.mode not in {"1", "L", "RGB"}:
            turned = _on_white(turned)
        if turned.mode == "RGB" and _is_grey(turned):
            turned = turned.convert("L")
    if max(turned.size) > _LONG:
        turned.thumbnail((_LONG, _LONG))
        notes.append("The picture is shown at 300 dots an inch; the original is kept.")
    return turned, notes


def _on_white(image: Image.Image) -> Image.Image:
    """Return ``image`` in colours that a PDF can hold, what is see-through on white."""
    if image.mode in {"I", "I;16", "F"}:
        return image.convert("L")
    if "A" in image.getbands() or "transparency" in image.info:
        seen = image.convert("RGBA")
        paper = Image.new("RGBA", seen.size, "white")
        return Image.alpha_composite(paper, seen).convert("RGB")
    return image.convert("RGB")


def _is_grey(image: Image.Image) -> bool:
    """Whether every colour of a picture with few of them is a grey (most scans)."""
    colours = image.getcolors(256)
    return colours is not None and all(
        isinstance(colour, tuple) and len(set(colour)) == 1 for _, colour in colours
    )


def _set(image: Image.Image) -> bytes:
    """Return a PDF whose one page has the picture's shape and fits on A4."""
    short, long = A4
    room = (short, long) if image.height >= image.width else (long, short)
    scale = min(room[0] / image.width, room[1] / image.height)
    width, height = max(3.0, image.width * scale), max(3.0, image.height * scale)
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(width, height), invariant=1)
    canvas.setAuthor("")
    canvas.setTitle("")
    canvas.setSubject("")
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
