"""From the passphrase to the painted case list, against deriving the key alone, in the same run.

Limit: the key derivation plus 0.5 s, on the demonstration. Give its folder, or it is made first:
``python bench/bench_unlock.py [FOLDER]``.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QTableView

from reviewer.crypto.keys import derive
from reviewer.demo.build import PASSPHRASE, build
from reviewer.progress import Quiet
from ui import app

LIMIT = 0.5  # seconds over the key derivation
ROUNDS = 3
PATIENCE = 60_000  # milliseconds
CASES = 55


class Painted(QObject):
    """Ends a loop when a table with every case has been painted."""

    def __init__(self, loop, window):
        super().__init__()
        self._loop, self._window = loop, window

    def eventFilter(self, seen, event):  # noqa: N802 - Qt spells it
        if event.type() == QEvent.Type.Paint:
            room = self._window.room
            table = room.findChild(QTableView) if room is not None else None
            if (
                table is not None
                and seen is table.viewport()
                and table.model().rowCount() >= CASES
            ):
                QTimer.singleShot(0, self._loop.quit)
        return False


def unlock(path, folder):
    """Return seconds from asking to unlock to the painted list."""
    application = app.application_()
    window = app.build(application, folder / "settings.ini")
    window.resize(1366, 768)
    window.show()
    loop = QEventLoop()
    watch = Painted(loop, window)
    application.installEventFilter(watch)
    QTimer.singleShot(PATIENCE, loop.quit)
    start = time.perf_counter()
    window.desk.open(path, PASSPHRASE).run()
    loop.exec()
    seconds = time.perf_counter() - start
    application.removeEventFilter(watch)
    window.close()
    window.deleteLater()
    application.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return seconds


def main():
    with tempfile.TemporaryDirectory() as made:
        folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(made) / "demo"
        if not folder.exists():
            build(folder, progress=Quiet())
        path = folder / "northmoor.casebook"
        with path.open("rb") as stream:
            salt = stream.read(16)
        over = []
        for _ in range(ROUNDS):
            start = time.perf_counter()
            derive(PASSPHRASE, salt)
            key = time.perf_counter() - start
            whole = unlock(path, Path(made))
            over.append(whole - key)
            print(f"  {whole:.2f} s to the painted list, {key:.2f} s of it the key alone")
    print(f"unlock: {min(over):.2f} s over the key at best (limit {LIMIT})")
    return min(over) > LIMIT


if __name__ == "__main__":
    sys.exit(main())
