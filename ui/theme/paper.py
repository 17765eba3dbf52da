"""The paper that pages lie on: the scheme's, or the dark one of the night."""

from ui.theme.tokens import tokens

NIGHT = "#1B2024"
_night: list[bool] = [False]


def paper() -> str:
    """Return the colour of the paper, as ``#rrggbb``."""
    return NIGHT if _night[0] else tokens().paper


def set_night(on: bool) -> None:  # noqa: FBT001 - the value of the setting itself
    """Let pages lie on dark paper from now on, or on the scheme's."""
    _night[0] = on


def at_night() -> bool:
    """Whether pages lie on dark paper."""
    return _night[0]
