"""The look, in one place: colours, sizes, type, icons and the style sheet made from them.

No colour and no size stands anywhere else in the window. ``tokens()`` reads which scheme the
application wears; a widget that paints itself asks again in every paint.
"""

from ui.theme.apply import Scheme, Theme
from ui.theme.icons import icon, pixmap
from ui.theme.tokens import (
    DARK,
    LIGHT,
    RADIUS,
    SPACE,
    Tokens,
    contrast,
    group_colour,
    rating_fill,
    readable_on,
    tokens,
)
from ui.theme.type import SIZES, font, px, scale

__all__ = [
    "DARK",
    "LIGHT",
    "RADIUS",
    "SIZES",
    "SPACE",
    "Scheme",
    "Theme",
    "Tokens",
    "contrast",
    "font",
    "group_colour",
    "icon",
    "pixmap",
    "px",
    "rating_fill",
    "readable_on",
    "scale",
    "tokens",
]
