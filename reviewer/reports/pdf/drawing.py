"""Small parts that figures are put together from."""

from reportlab.graphics.shapes import Group, Line, Path, Rect, String
from reportlab.lib.colors import Color

from reviewer.typeset import fonts
from reviewer.typeset.fonts import Type

HATCH_STEP = 3.2  # points between the lines of a hatch


def label(x: float, y: float, text: str, style: Type, *, align: float = 0) -> Group | String:
    """Return one line of text; ``align`` is the part of its width that lies left of ``x``."""
    line = fonts.runs(text, style.face)
    x -= align * style.size * sum(run.wide for run in line)
    found = []
    for run in line:
        for across, up, part in fonts.placed(run):
            at = x + across * style.size, y + up * style.size
            found.append(
                String(*at, part, fontName=run.face, fontSize=style.size, fillColor=style.colour)
            )
        x += run.wide * style.size
    return found[0] if len(found) == 1 else Group(*found)


def box(x: float, y: float, wide: float, high: float, fill: Color, *, round_by: float = 0) -> Rect:
    """Return a filled rectangle without an outline."""
    return Rect(
        x, y, wide, high, rx=round_by, ry=round_by, fillColor=fill, strokeColor=None, strokeWidth=0
    )


def outline(
    x: float, y: float, wide: float, high: float, colour: Color, *, dashed: bool = False
) -> Rect:
    """Return an empty rectangle: solid for disagreement, dashed for undecided."""
    return Rect(
        x,
        y,
        wide,
        high,
        rx=2,
        ry=2,
        fillColor=None,
        strokeColor=colour,
        strokeWidth=0.7 if dashed else 1.3,
        strokeDashArray=[2, 1.6] if dashed else None,
    )


def framed(x: float, y: float, wide: float, high: float, colour: Color, *, thick: float) -> Rect:
    """Return an empty rectangle with a line of ``thick`` points around it."""
    return Rect(
        x, y, wide, high, rx=2, ry=2, fillColor=None, strokeColor=colour, strokeWidth=thick
    )


def rule(x1: float, y1: float, x2: float, y2: float, colour: Color, *, thick: float = 0.5) -> Line:
    """Return a line."""
    return Line(x1, y1, x2, y2, strokeColor=colour, strokeWidth=thick)


def hatch(x: float, y: float, wide: float, high: float, colour: Color) -> Path:
    """Return slanted lines across a rectangle, which they do not leave."""
    path = Path(strokeColor=colour, strokeWidth=0.6, fillColor=None)
    for x1, y1, x2, y2 in slants(x, y, wide, high):
        path.moveTo(x1, y1)
        path.lineTo(x2, y2)
    return path


def slants(
    x: float, y: float, wide: float, high: float
) -> list[tuple[float, float, float, float]]:
    """Return the ends of the hatch's lines, all within the rectangle."""
    found = []
    start = HATCH_STEP / 2
    while start < wide + high:
        found.append(
            (
                x + max(0.0, start - high),
                y + min(start, high),
                x + min(start, wide),
                y + max(0.0, start - wide),
            )
        )
        start += HATCH_STEP
    return found
