"""A page as a small JPEG, to be shown until it is drawn, and such a JPEG as pixels again.

Both run in the worker: nobody else decodes a picture that came from here.
"""

import ctypes
import io

from PIL import Image, ImageChops

from reviewer.documents import limits
from reviewer.documents.refusals import Refused

_QUALITY = 45  # of 100: words are read, and a scan at 300 dots an inch adds a tenth of its size
_GREY, _COLOUR = "L", "RGB"
_BROKEN = "picture-broken"


def encoded(pixels: ctypes.Array[ctypes.c_char], width: int, height: int, stride: int) -> bytes:
    """Return a page, drawn as BGRX into ``pixels``, as a JPEG; one without colour has none."""
    drawn = ctypes.string_at(pixels, stride * height)
    picture = Image.frombuffer(_COLOUR, (width, height), drawn, "raw", "BGRX", stride, 1)
    red, green, blue = picture.split()
    if not ImageChops.difference(red, green).getbbox():
        picture = picture if ImageChops.difference(red, blue).getbbox() else red
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()


def decoded(untrusted: bytes, across: int = 0) -> tuple[int, int, int, bytes]:
    """Return width, height, bytes a row and the pixels of a small JPEG. Raises ``Refused``.

    Grey ones have one byte a pixel, others four (B, G, R, unused). Where ``across`` is given it is
    read smaller, which takes a part of the time: as small as has that many pixels across.
    """
    try:
        with Image.open(io.BytesIO(untrusted), formats=["JPEG"]) as picture:
            width, height = picture.size
            if width > limits.PREVIEW_WIDTH or height > limits.MAX_PIXELS:
                raise Refused(_BROKEN)
            if across:
                picture.draft(None, (across, across))
                width, height = picture.size
            if picture.mode == _GREY:
                return width, height, width, picture.tobytes()
            return width, height, 4 * width, picture.convert(_COLOUR).tobytes("raw", "BGRX")
    except (OSError, SyntaxError, ValueError) as error:
        raise Refused(_BROKEN) from error
