"""The keys of the room that act on its pages, wherever in the room the focus is."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ui.reader.page.layout import Fit
from ui.reader.reader import Reader


def add_page_keys(room: QWidget, reader: Reader) -> None:
    """Let keys that are pressed in ``room`` act on the pages of ``reader``."""
    view = reader.view
    for key, then in {
        "Ctrl++": lambda: view.zoom_step(1),
        "Ctrl+=": lambda: view.zoom_step(1),
        "Ctrl+-": lambda: view.zoom_step(-1),
        "Ctrl+0": lambda: view.set_fit(Fit.WIDTH),
        "Ctrl+R": view.turn,
        "Ctrl+Shift+R": lambda: view.turn(-90),
        "Ctrl+G": reader.to_page_field,
    }.items():
        shortcut = QShortcut(QKeySequence(key), room)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(then)
