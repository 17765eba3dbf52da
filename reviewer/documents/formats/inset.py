"""Pictures within a document, drawn where they stand: as many as there is room and time for."""

import io
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image, UnidentifiedImageError
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader

from reviewer.documents import limits
from reviewer.documents.formats.picture import upright
from reviewer.documents.formats.typeset import FOOT, SIDE, Drawn, Setter
from reviewer.documents.refusals import Refused

_KINDS = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP")
_LONG = 1_800  # pixels of the longer side: 250 dots an inch across the page
_SMALL = 250_000  # pixels up to which a drawing stays as sharp as it is
_QUALITY = 85
_PIXEL = 0.75  # points, where the document does not say how large it is
_AFTER = 6.0  # points
_SECONDS = 20.0
_BYTES = 48 << 20
_PIXELS = 400_000_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Inset(Drawn):
    """One picture, ``width`` by ``height`` points, or as large as the page lets it be."""

    image: bytes
    width: float
    height: float

    def draw(self, setter: Setter) -> None:
        """Draw the picture below what stands there, on the next page where it does not fit."""
        if self.fresh or setter.size != A4:
            setter.turn()
        scale = min(1.0, (A4[0] - 2 * SIDE) / self.width, (setter.top - FOOT) / self.height)
        wide, high = max(1.0, self.width * scale), max(1.0, self.height * scale)
        if setter.y - high < FOOT:
            setter.turn()
        setter.y -= high
        setter.canvas.drawImage(ImageReader(io.BytesIO(self.image)), SIDE, setter.y, wide, high)
        setter.y -= _AFTER


class Insets:
    """The pictures of one document, each decoded once; ``read`` returns one by its name."""

    def __init__(self, read: Callable[[str], bytes]) -> None:
        self._read = read
        self._known: dict[str, tuple[bytes, tuple[int, int]] | None] = {}
        self._latest = time.monotonic() + _SECONDS
        self._bytes, self._pixels = _BYTES, _PIXELS

    @property
    def shown(self) -> frozenset[str]:
        """The names of those that could be drawn."""
        return frozenset(name for name, found in self._known.items() if found)

    def get(self, name: str, size: tuple[float, float] | None = None) -> Inset | None:
        """Return the picture called so, ``size`` points large; None where it cannot be drawn."""
        if name not in self._known:
            self._known[name] = self._decoded(name)
        found = self._known[name]
        if found is None:
            return None
        image, (across, down) = found
        width, height = size or (across * _PIXEL, down * _PIXEL)
        return Inset(text="", image=image, width=width, height=height)

    def _decoded(self, name: str) -> tuple[bytes, tuple[int, int]] | None:
        if time.monotonic() > self._latest or self._bytes < 0:
            return None
        try:
            untrusted = self._read(name)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # Pillow warns of bombs below our own, lower, cap
                return self._drawn(untrusted)
        except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, Refused):
            return None
        except Image.DecompressionBombError:
            return None

    def _drawn(self, untrusted: bytes) -> tuple[bytes, tuple[int, int]] | None:
        with Image.open(io.BytesIO(untrusted), formats=_KINDS) as image:
            self._pixels -= image.width * image.height
            if self._pixels < 0 or image.width * image.height > limits.PICTURE_PIXELS:
                return None
            picture = upright(image)
        size = picture.size
        if max(size) > _LONG:
            picture = picture.copy()
            picture.thumbnail((_LONG, _LONG))
        out = io.BytesIO()
        if picture.mode == "1" or picture.width * picture.height <= _SMALL:
            picture.save(out, "PNG")
        else:
            picture.save(out, "JPEG", quality=_QUALITY)
        self._bytes -= out.tell()
        return out.getvalue(), size
