"""The window: it places rooms and holds no logic of theirs."""

from ui.main_window.window import MainWindow

__all__ = ["MainWindow"]
