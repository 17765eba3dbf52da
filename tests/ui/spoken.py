"""What a screen reader is told of every control: a name, and plain words."""

import re
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget

_MARKUP = re.compile(r"</?\w+[^>]*>|&\w+;")


@dataclass(frozen=True, kw_only=True)
class Nameless:
    """A control, and what is wrong with what is said of it."""

    where: str
    why: str

    def __str__(self) -> str:
        return f"{self.where}: {self.why}"


def nameless(top: QWidget) -> tuple[int, list[Nameless]]:
    """Return how many controls in ``top`` take the focus, and those that are not told right."""
    count, found = 0, []
    for widget in top.findChildren(QWidget):
        if not takes_focus(widget, top):
            continue
        count += 1
        told = QAccessible.queryAccessibleInterface(widget)
        name = told.text(QAccessible.Text.Name)
        said = told.text(QAccessible.Text.Description)
        where = f"{type(widget).__name__} < {type(widget.parentWidget()).__name__}"
        if not name.strip():
            found.append(Nameless(where=where, why="no name"))
        marked = [words for words in (name, said) if _MARKUP.search(words)]
        found += [Nameless(where=where, why=f"markup: {words[:80]}") for words in marked]
    return count, found


def takes_focus(widget: QWidget, top: QWidget) -> bool:
    """Whether Tab or a click gives ``widget`` the focus, and it can be seen."""
    policy = widget.focusPolicy()
    wanted = policy & (Qt.FocusPolicy.TabFocus | Qt.FocusPolicy.ClickFocus)
    own = widget.window() is top.window()
    return bool(wanted) and own and widget.isVisibleTo(top) and widget.focusProxy() is None
