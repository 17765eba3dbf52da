"""Buttons: one primary action a screen, the others plain or quiet."""

from collections.abc import Callable

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QPushButton, QWidget

from ui.widgets.text import set_tip

STOPS = "stops_work"  # the property of a button that stops work: it never begins with the focus


def step_back(made: QPushButton, *, behind: bool) -> None:
    """Let a primary button stand behind another that is asked about now, or come forward again."""
    made.setProperty("kind", "" if behind else "primary")
    made.style().unpolish(made)
    made.style().polish(made)


def button(
    text: str,
    then: Callable[[], object] | None = None,
    *,
    kind: str = "",
    key: str = "",
    tip: str = "",
    parent: QWidget | None = None,
) -> QPushButton:
    """Return a push button; ``kind`` is "", primary, quiet, danger or chip.

    ``key`` is a shortcut such as ``Ctrl+L``; it is told in the tool tip.
    """
    made = QPushButton(text.replace("&", "&&"), parent)
    made.setProperty("kind", kind)
    made.setAccessibleName(text.rstrip(".…"))
    made.setAutoDefault(True)  # Enter presses the button that has the focus
    hints = [tip] if tip else []
    if key:
        made.setShortcut(QKeySequence(key))
        hints.append(QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText))
    set_tip(made, " · ".join(hints))
    if then is not None:
        made.clicked.connect(lambda _checked=False: then())
    return made
