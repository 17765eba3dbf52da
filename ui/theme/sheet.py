"""The style sheet ``resources/style/window.qss``, filled from the tokens.

What a widget is, it says by dynamic properties: ``tone`` (secondary, least, warn, stop, good),
``kind`` (primary, quiet, danger, segment), ``surface`` (panel, card, bar, page).
"""

from string import Template

from reviewer.assets import resource
from ui.theme.tokens import RADIUS, Tokens
from ui.theme.type import SIZES


def style_sheet(paint: Tokens, text_scale: float) -> str:
    """Return the whole style sheet for one scheme at one text size."""
    sizes = {name: f"{round(size * text_scale)}px" for name, size in SIZES.items()}
    colours = {
        name: getattr(paint, name)
        for name in Tokens.__dataclass_fields__
        if isinstance(getattr(paint, name), str)
    }
    radii = {
        "r_control": f"{RADIUS.CONTROL}px",
        "r_field": f"{RADIUS.FIELD}px",
        "r_card": f"{RADIUS.CARD}px",
    }
    style = resource("style").as_posix()
    tick = "tick-dark.png" if paint.dark else "tick-light.png"
    source = resource("style/window.qss").read_text("utf-8")
    return Template(source).substitute({**colours, **sizes, **radii, "style": style, "tick": tick})
