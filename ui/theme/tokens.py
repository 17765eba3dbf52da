"""Colours, spacing and radii as named values, light and dark."""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtGui import QColor, QGuiApplication

READABLE = 4.5  # the least contrast of text on its ground (WCAG 2.2, level AA)


@dataclass(frozen=True, kw_only=True, slots=True)
class Tokens:
    """Every colour of one scheme, as ``#RRGGBB``.

    ``ratings`` runs from the lowest point of the scale to the highest in one hue. ``fill_inks``
    are the two text colours (dark, light) that may stand on fills.
    """

    dark: bool
    bg: str
    panel: str
    raised: str
    paper: str
    line: str
    line2: str
    ink: str
    ink2: str
    ink3: str
    accent: str
    accent_hover: str
    on_accent: str
    accent_soft: str
    focus: str
    warn: str
    warn_soft: str
    stop: str
    stop_soft: str
    good: str
    good_soft: str
    ratings: tuple[str, ...]
    fill_inks: tuple[str, str]
    not_assessable: str
    hatch: str
    banner: str
    on_banner: str
    groups: Mapping[str, str]


_GROUPS = {
    "SYS": "#2F6DB5",
    "IND": "#B5532A",
    "RES": "#7A6A1E",
    "COO": "#2E7D6B",
    "DIS": "#8A3F8F",
    "FAM": "#B23A62",
    "TRN": "#4B5FA8",
}

LIGHT = Tokens(
    dark=False,
    bg="#F6F4EF",
    panel="#FBFAF7",
    raised="#FFFFFF",
    paper="#FFFFFF",
    line="#E2DDD2",
    line2="#CFC8BA",
    ink="#20272E",
    ink2="#55606B",
    ink3="#65707A",
    accent="#0E5A6B",
    accent_hover="#0B4A58",
    on_accent="#FFFFFF",
    accent_soft="#DCEBED",
    focus="#1779A6",
    warn="#8A5A00",
    warn_soft="#FBEBCB",
    stop="#9B2C2C",
    stop_soft="#F8DEDB",
    good="#2F6B3F",
    good_soft="#DDEEDF",
    ratings=("#F2EFE8", "#F6E3BF", "#EFBE7D", "#D98244", "#A8441F"),
    fill_inks=("#20272E", "#FFFFFF"),
    not_assessable="#D5DAE1",
    hatch="#EEF1F5",
    banner="#5B2A6E",
    on_banner="#FFFFFF",
    groups=_GROUPS,
)

DARK = Tokens(
    dark=True,
    bg="#14181B",
    panel="#1A1F23",
    raised="#20262B",
    paper="#F3F0E8",
    line="#2C343A",
    line2="#3B454C",
    ink="#E9E5DC",
    ink2="#A9B2B8",
    ink3="#8E99A1",
    accent="#5FB3C2",
    accent_hover="#7CC4D1",
    on_accent="#08262C",
    accent_soft="#1D3A41",
    focus="#7CC7EA",
    warn="#E3B45C",
    warn_soft="#3A3019",
    stop="#E58A80",
    stop_soft="#442625",
    good="#8CC79A",
    good_soft="#20352A",
    ratings=("#2A3036", "#4A3F28", "#7A5A2C", "#B96A35", "#E08A55"),
    fill_inks=("#0B0E10", "#F6F2EA"),
    not_assessable="#343D46",
    hatch="#262D34",
    banner="#5B2A6E",
    on_banner="#FFFFFF",
    groups=_GROUPS,
)


class SPACE:
    """Distances in fours, in device-independent pixels."""

    XS = 4
    S = 8
    M = 12
    L = 16
    XL = 20
    XXL = 24


class RADIUS:
    """Corners: controls, fields, cards."""

    CONTROL = 6
    FIELD = 8
    CARD = 12


def tokens() -> Tokens:
    """Return the colours that the application wears now."""
    return DARK if QGuiApplication.palette().window().color().lightness() < 128 else LIGHT


def rating_fill(index: int, points: int) -> QColor:
    """Return the fill for point ``index`` (from 0) of a scale with ``points`` points."""
    ramp = tokens().ratings
    place = index * (len(ramp) - 1) / max(points - 1, 1)
    low = min(int(place), len(ramp) - 1)
    high = min(low + 1, len(ramp) - 1)
    return _between(QColor(ramp[low]), QColor(ramp[high]), place - low)


def readable_on(fill: QColor) -> QColor:
    """Return a text colour with at least 4.5 : 1 on ``fill``.

    It is one of the scheme's two; on fills half way it is black or white, one of which always is.
    """
    own = _better(tokens().fill_inks, fill)
    return own if contrast(own, fill) >= READABLE else _better(("#000000", "#FFFFFF"), fill)


def group_colour(code: str) -> QColor:
    """Return the colour of a group of factors; codes we do not know get one of the seven."""
    groups = tokens().groups
    if code in groups:
        return QColor(groups[code])
    return QColor(list(groups.values())[zlib.crc32(code.encode()) % len(groups)])


def contrast(one: QColor, other: QColor) -> float:
    """Return the WCAG 2.2 contrast ratio of two colours, 1 to 21."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _better(inks: tuple[str, str], fill: QColor) -> QColor:
    return max((QColor(ink) for ink in inks), key=lambda ink: contrast(ink, fill))


def _luminance(colour: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(p) for p in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _between(one: QColor, other: QColor, share: float) -> QColor:
    return QColor.fromRgbF(
        one.redF() + (other.redF() - one.redF()) * share,
        one.greenF() + (other.greenF() - one.greenF()) * share,
        one.blueF() + (other.blueF() - one.blueF()) * share,
    )
