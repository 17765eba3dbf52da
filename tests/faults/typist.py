"""A person who types on without a pause into a comment, in the real room: until killed.

``python -m tests.faults.typist CASEBOOK`` prints ``typed N WHEN`` after each numbered word.
"""

import itertools
import os
import sys
import time
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from reviewer.crypto.profiles import CHEAP
from tests.ui.read.inquiry import PASSPHRASE
from ui.desk.desk import Desk
from ui.rooms.read.room import ReadRoom
from ui.settings import Settings
from ui.theme import Scheme, Theme

EVERY = 50  # ms for a word of five letters and a space: fast, and never a pause


def word(number):
    """Return the word that is typed as the ``number``-th."""
    return f"otter{number:04} "


def main(path):
    """Open the casebook, go to a comment, and type."""
    application = QApplication(sys.argv[:1])
    Theme(application, scheme=Scheme.LIGHT, text_scale=1.0)
    desk = Desk(profile=CHEAP)
    numbers = itertools.count()
    typing = QTimer(interval=EVERY)

    def type_word(room):
        number = next(numbers)
        QTest.keyClicks(room.sheet.body.comment, word(number))
        os.write(1, f"typed {number} {time.monotonic()}\n".encode())

    def begin(room):
        code = next(iter(room.sheet.rows))
        room.sheet.open_factor(code)
        QTest.keyClick(room.sheet.rows[code], Qt.Key.Key_Return)
        typing.timeout.connect(lambda: type_word(room))
        typing.start()

    def entered():
        room = ReadRoom(desk, Settings(path.parent / "settings.ini"))
        room.resize(1440, 800)
        room.show()
        room.judging.loaded.connect(lambda: begin(room), Qt.ConnectionType.SingleShotConnection)
        room.enter()

    desk.opened.connect(entered)
    desk.open(path, PASSPHRASE).run()
    application.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
