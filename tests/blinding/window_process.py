"""The chair's window in a process of its own: receives, walks every room, locks.

``python window_process.py FOLDER``. It knows nothing of the planted words; after each step it
says so and waits for a line.
"""

import gc
import sys
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from reviewer.crypto.profiles import CHEAP
from tests.books import PASSPHRASE
from ui import app
from ui.rooms.catalogue import rooms_for


def main(folder):
    application = QApplication.instance() or QApplication([])
    window = app.build(application, folder / "settings" / "reviewer.ini", profile=CHEAP)
    window.resize(1366, 768)
    window.show()
    window.desk.open(folder / "chair.casebook", PASSPHRASE).run()
    rest(lambda: window.desk.about is not None)
    window.show_room("merge")
    rest(lambda: window.desk.idle)
    window.room.take(sorted((folder / "returns").iterdir()))
    rest(lambda: window.desk.idle)
    for entry in rooms_for(window.desk.about):
        window.show_room(entry.id)
        rest(lambda: window.desk.idle)
    say("WALKED")
    window.actions_.run("lock")
    rest(lambda: window.desk.idle)
    gc.collect()
    rest(lambda: window.desk.idle)
    say("LOCKED")
    window.close()


def rest(until):
    QTest.qWait(50)
    while not until():
        QTest.qWait(20)
    QTest.qWait(50)


def say(what):
    print(what, flush=True)  # noqa: T201 - the test waits for it
    sys.stdin.readline()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
