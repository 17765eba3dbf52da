"""The canvas of long papers: the operators that we use most, written at once.

The library spells each number, path and text through several objects. Here a hundredth of a point
is enough, and what has been spelt once in one face is kept. Whatever else is asked is the
library's.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from reportlab.lib.colors import Color
from reportlab.pdfbase.pdfmetrics import getFont
from reportlab.pdfgen.canvas import PATH_OPS, Canvas

_CURVE = 0.4472  # how far the library's round corners reach
_KEPT = 1 << 14  # texts
_SHORT = 40  # characters of a text that is worth keeping
_ESCAPED = {
    code: f"\\{code:03o}" if code < 32 or code >= 127 else f"\\{chr(code)}"
    for code in (*range(32), *range(127, 256), *b"\\()")
}


class PaperCanvas(Canvas):  # type: ignore[misc]  # reportlab has no types
    """A canvas for text in faces of ours, boxes and lines; they look as the library's do."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - the library's own
        self._spelt: dict[tuple[str, str], list[tuple[str, str]]] = {}
        self._ours: set[str] = set()
        self._veiled = False  # whether some colour let others through: the library looks after it
        super().__init__(*args, **kwargs)

    def setFont(  # noqa: N802 - reportlab's name
        self, psfontname: str, size: float, leading: float | None = None
    ) -> None:
        """Take a face; those that are embedded are named where text is drawn."""
        if psfontname not in self._ours:
            super().setFont(psfontname, size, leading)
            if getattr(getFont(psfontname), "_dynamicFont", False):
                self._ours.add(psfontname)
            return
        self._fontname, self._fontsize = psfontname, size
        self._leading = size * 1.2 if leading is None else leading

    def drawString(self, x: float, y: float, text: str, **how: Any) -> None:  # noqa: ANN401, N802
        """Draw one line from ``x`` on."""
        if how or self._fontname not in self._ours:
            super().drawString(x, y, text, **how)
            return
        size = _size(self._fontsize)
        shown = " ".join([f"{face} {size} Tf ({part}) Tj" for face, part in self._parts(text)])
        self._code.append(f"BT 1 0 0 1 {x:.2f} {y:.2f} Tm {shown} ET")

    def setFillColor(self, aColor: Color, alpha: float | None = None) -> None:  # noqa: N802, N803
        """Fill with a colour from here on."""
        if self._covers(aColor, alpha):
            self._fillColorObj = aColor
            self._code.append(f"{_spelt(aColor)} rg")
        else:
            super().setFillColor(aColor, alpha)

    def setStrokeColor(self, aColor: Color, alpha: float | None = None) -> None:  # noqa: N802, N803
        """Draw lines in a colour from here on."""
        if self._covers(aColor, alpha):
            self._strokeColorObj = aColor
            self._code.append(f"{_spelt(aColor)} RG")
        else:
            super().setStrokeColor(aColor, alpha)

    def setLineWidth(self, width: float) -> None:  # noqa: N802 - reportlab's name
        """Draw lines of a width from here on."""
        self._lineWidth = width
        self._code.append(f"{width:.2f} w")

    def transform(  # noqa: PLR0917 - the library's own
        self, a: float, b: float, c: float, d: float, e: float, f: float
    ) -> None:
        """Move, turn or stretch what is drawn from here on."""
        a0, b0, c0, d0, e0, f0 = self._currentMatrix
        self._currentMatrix: tuple[float, ...] = (
            *(a0 * a + c0 * b, b0 * a + d0 * b, a0 * c + c0 * d, b0 * c + d0 * d),
            *(a0 * e + c0 * f + e0, b0 * e + d0 * f + f0),
        )
        self._code.append(f"{a:.5f} {b:.5f} {c:.5f} {d:.5f} {e:.3f} {f:.3f} cm")

    def line(self, x1: float, y1: float, x2: float, y2: float) -> None:
        """Draw a line."""
        self._code.append(f"n {x1:.2f} {y1:.2f} m {x2:.2f} {y2:.2f} l S")

    def lines(self, linelist: Iterable[tuple[float, float, float, float]]) -> None:
        """Draw lines in one stroke."""
        spelt = [f"{x1:.2f} {y1:.2f} m {x2:.2f} {y2:.2f} l" for x1, y1, x2, y2 in linelist]
        self._code.append(f"n {' '.join(spelt)} S")

    def rect(  # noqa: PLR0917 - the library's own
        self, x: float, y: float, width: float, height: float, stroke: int = 1, fill: int = 0
    ) -> None:
        """Draw a rectangle."""
        end = PATH_OPS[stroke, fill, self._fillMode]
        self._code.append(f"n {x:.2f} {y:.2f} {width:.2f} {height:.2f} re {end}")

    def roundRect(  # noqa: N802, PLR0917 - the library's own
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        radius: float,
        stroke: int = 1,
        fill: int = 0,
    ) -> None:
        """Draw a rectangle with round corners."""
        end = PATH_OPS[stroke, fill, self._fillMode]
        self._code.append(
            f"q 1 0 0 1 {x:.2f} {y:.2f} cm {_rounded(width, height, radius)} {end} Q"
        )

    def _covers(self, colour: Color, alpha: float | None) -> bool:
        """Say whether this colour, and each before it, is one that covers what lies under it."""
        self._veiled = self._veiled or alpha is not None or type(colour) is not Color
        self._veiled = self._veiled or colour.alpha != 1
        return not self._veiled

    def _parts(self, text: str) -> list[tuple[str, str]]:
        """Return a text as the file spells it: the face's part that is embedded, and its bytes."""
        key = self._fontname, text
        if (found := self._spelt.get(key)) is not None:
            return found
        font = getFont(self._fontname)
        if text.isascii() and text.isprintable():  # the first part of every face of ours
            found = [(font.getSubsetInternalName(0, self._doc), text.translate(_ESCAPED))]
        else:
            found = [
                (
                    font.getSubsetInternalName(subset, self._doc),
                    part.decode("latin-1").translate(_ESCAPED),
                )
                for subset, part in font.splitString(text, self._doc)
            ]
        if len(text) <= _SHORT:
            if len(self._spelt) >= _KEPT:
                self._spelt.clear()
            self._spelt[key] = found
        return found


@lru_cache(maxsize=1 << 10)
def _rounded(wide: float, high: float, radius: float) -> str:
    """Return the path of a box with round corners, from its own corner."""
    x1, x2 = sorted((0, wide))
    y1, y2 = sorted((0, high))
    t = _CURVE * radius
    xa, xb, xc, xd = x1 + t, x1 + radius, x2 - radius, x2 - t
    ya, yb, yc, yd = y1 + t, y1 + radius, y2 - radius, y2 - t
    return (
        f"n {xb:.2f} {y1:.2f} m {xc:.2f} {y1:.2f} l"
        f" {xd:.2f} {y1:.2f} {x2:.2f} {ya:.2f} {x2:.2f} {yb:.2f} c {x2:.2f} {yc:.2f} l"
        f" {x2:.2f} {yd:.2f} {xd:.2f} {y2:.2f} {xc:.2f} {y2:.2f} c {xb:.2f} {y2:.2f} l"
        f" {xa:.2f} {y2:.2f} {x1:.2f} {yd:.2f} {x1:.2f} {yc:.2f} c {x1:.2f} {yb:.2f} l"
        f" {x1:.2f} {ya:.2f} {xa:.2f} {y1:.2f} {xb:.2f} {y1:.2f} c h"
    )


@lru_cache(maxsize=1 << 8)
def _size(size: float) -> str:
    return f"{size:.2f}".rstrip("0").rstrip(".")


def _spelt(colour: Color) -> str:
    return f"{colour.red:.3f} {colour.green:.3f} {colour.blue:.3f}"
