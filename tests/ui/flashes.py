"""Catches a part of a screen that is a window of its own before it gets its place: it flashes."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget


class Flashes(QObject):
    """An event filter of the application; ``seen`` names each part that was a window first."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self._windows: dict[int, str] = {}

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's
        kind = event.type()
        if kind == QEvent.Type.Show and isinstance(watched, QWidget):
            if watched.isWindow() and watched.parentWidget() is None:
                text = watched.text() if hasattr(watched, "text") else ""
                self._windows[id(watched)] = f"{type(watched).__name__} {text}".strip()
        elif kind == QEvent.Type.ParentChange and id(watched) in self._windows:
            name = self._windows.pop(id(watched))
            if isinstance(watched, QWidget) and watched.parentWidget() is not None:
                self.seen.append(name)
        return False
