"""A small button that is one sign, with its words for those who do not see it."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from ui.theme import font, scale
from ui.widgets.text import set_tip


def sign(text: str, name: str, then: Callable[[], object]) -> QToolButton:
    """Return a tool button that shows ``text``; ``name`` is its tip and accessible name."""
    made = QToolButton()
    made.setText(text)
    made.setAccessibleName(name)
    set_tip(made, name)
    made.setFont(font("section"))
    made.setMinimumWidth(max(round(30 * scale()), made.sizeHint().width()))
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.clicked.connect(lambda _checked=False: then())
    return made
