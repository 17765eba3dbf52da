"""What comes next is imported while a passphrase is typed: the engine, and the room for reading.

Nobody then waits for it once the casebook opens. It is imported in parts, on the window's thread,
so that a key never waits for more than one of them; what is asked for earlier is imported then.
"""

from importlib import import_module

from PySide6.QtCore import QObject, QTimer

_FIRST = 250  # milliseconds in which the unlock screen is painted undisturbed
_PAUSE = 60  # ... in which keys are taken, between two parts

# In an order in which none of them takes long.
PARTS = (
    "numpy",
    "reviewer.casebook.engine",
    "reviewer.casebook.file.connection",
    "reviewer.method.framework",
    "reviewer.casebook.about",
    "reviewer.casebook.contents",
    "reviewer.casebook.book",
    "ui.actions.stepping",
    "ui.actions.backing_up",
    "ui.reader.reader",
    "reviewer.rounds.agenda",
    "ui.rooms.read.sheet.sheet",
    "reviewer.exchange.seal",
    "ui.rooms.read.cases.list",
    "ui.rooms.read.room",
    "ui.rooms.cases.room",
)


class Warming(QObject):
    """Begins as it is made, after the first paint, and ends by itself."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._left = list(PARTS)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._import_next)
        self._timer.start(_FIRST)

    def _import_next(self) -> None:
        if self._left:
            import_module(self._left.pop(0))
            self._timer.start(_PAUSE)
