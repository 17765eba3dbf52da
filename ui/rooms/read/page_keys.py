"""The keys of the room, wherever in it the focus is, and those of them that act on its pages."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ui.reader.page.layout import Fit
from ui.reader.reader import Reader


def add_page_keys(room: QWidget, reader: Callable[[], Reader]) -> None:
    """Let keys that are pressed in ``room`` act on the pages of the ``reader`` of that moment."""
    add_keys(
        room,
        {
            "Ctrl++": lambda: reader().view.zoom_step(1),
            "Ctrl+=": lambda: reader().view.zoom_step(1),
            "Ctrl+-": lambda: reader().view.zoom_step(-1),
            "Ctrl+0": lambda: reader().view.set_fit(Fit.WIDTH),
            "Ctrl+R": lambda: reader().view.turn(90),
            "Ctrl+Shift+R": lambda: reader().view.turn(-90),
            "Ctrl+G": lambda: reader().to_page_field(),
        },
    )


def add_keys(room: QWidget, keys: Mapping[str, Callable[[], object]]) -> None:
    """Let each of ``keys`` that is pressed in ``room`` do what it stands for."""
    for key, then in keys.items():
        shortcut = QShortcut(QKeySequence(key), room)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(then)
