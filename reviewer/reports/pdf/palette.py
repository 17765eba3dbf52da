"""The colours of our pages, the same as the window's in daylight."""

from functools import lru_cache

from reportlab.lib.colors import Color, HexColor

INK = HexColor("#20272E")
INK2 = HexColor("#55606B")
INK3 = HexColor("#65707A")
PAPER = HexColor("#FFFFFF")
PANEL = HexColor("#F6F4EF")
LINE = HexColor("#E2DDD2")
LINE2 = HexColor("#CFC8BA")
ACCENT = HexColor("#0E5A6B")
MARKING = HexColor("#5B2A6E")
NOT_ASSESSABLE = HexColor("#D5DAE1")
HATCH = HexColor("#8792A0")

_RAMP = tuple(HexColor(c) for c in ("#F2EFE8", "#F6E3BF", "#EFBE7D", "#D98244", "#A8441F"))
_GROUPS = {
    "SYS": HexColor("#2F6DB5"),
    "IND": HexColor("#B5532A"),
    "RES": HexColor("#7A6A1E"),
    "COO": HexColor("#2E7D6B"),
    "DIS": HexColor("#8A3F8F"),
    "FAM": HexColor("#B23A62"),
    "TRN": HexColor("#4B5FA8"),
}
_OTHERS = tuple(_GROUPS.values())
_READABLE = 4.5  # the least contrast of text and ground
_BLACK = HexColor("#000000")


@lru_cache(maxsize=1 << 10)
def rating(value: float, values: tuple[int, ...]) -> Color:
    """Return the fill for a point of the scale, or for a median between two points."""
    place = (value - values[0]) / (values[-1] - values[0]) * (len(_RAMP) - 1)
    below = min(max(int(place), 0), len(_RAMP) - 2)
    part, low, high = place - below, _RAMP[below], _RAMP[below + 1]
    return Color(
        low.red + (high.red - low.red) * part,
        low.green + (high.green - low.green) * part,
        low.blue + (high.blue - low.blue) * part,
    )


@lru_cache(maxsize=1 << 10)
def on(ground: Color) -> Color:
    """Return ink or white, or black where neither reads on ``ground`` (at least 4.5 : 1)."""
    for colour in (INK, PAPER):
        if contrast(ground, colour) >= _READABLE:
            return colour
    return _BLACK


def group(code: str, place: int) -> Color:
    """Return the colour of a group; groups of other frameworks take theirs by ``place``."""
    return _GROUPS.get(code, _OTHERS[place % len(_OTHERS)])


def contrast(first: Color, second: Color) -> float:
    """Return the WCAG contrast ratio of two colours, 1-21."""
    low, high = sorted((_luminance(first), _luminance(second)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: Color) -> float:
    red, green, blue = (_linear(part) for part in (colour.red, colour.green, colour.blue))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
