"""A menu over the pages."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

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
