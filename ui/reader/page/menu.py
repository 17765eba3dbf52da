"""A menu over the pages."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt, SignalInstance
from PySide6.QtWidgets import QMenu, QWidget

from reviewer.messages import say

Choice = tuple[str, Callable[[], object], bool]  # its words, what it does, whether it can be done


def show_menu(owner: QWidget, at: QPoint, groups: Sequence[Sequence[Choice]]) -> None:
    """Offer ``groups`` of choices, set apart by lines, at a point of the screen."""
    menu = QMenu(owner)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for group in groups:
        menu.addSeparator()
        for words, then, can in group:
            menu.addAction(words, then).setEnabled(can)
    menu.popup(at)


def to_mark(asked: Sequence[SignalInstance], *, can: bool) -> list[Choice]:
    """Return the choices to mark, note and attach what is picked, as far as they are ``asked``."""
    words = (say("Mark\tM"), say("Note\tN"), say("Attach to the factor in focus\tE"))
    return [(told, signal.emit, can) for told, signal in zip(words, asked, strict=False)]
