"""A key press on a rating until the window is quiet, over the same write without a window.

Measured on a casebook of 55 and of 1,000 cases, all rated. Limits: two frames (33 ms) over the
write, and 1.5 times as long at the larger size as at the smaller. ``python bench/bench_key.py``.
"""

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("REVIEWER_CHEAP_KEYS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from reviewer.assets import resource
from reviewer.casebook.book import Casebook, NewCasebook
from reviewer.crypto.profiles import CHEAP
from reviewer.method.framework import load
from reviewer.records.cases import Case
from reviewer.records.ids import CaseId, new_id
from reviewer.records.judgement import Rating
from ui.desk.desk import Desk
from ui.rooms.read.room import ReadRoom
from ui.settings import Settings
from ui.theme import Scheme, Theme

SIZES = (55, 1_000)
PRESSES = 12
FRAMES = 0.033  # seconds over the write
GROWTH = 1.5
PASSPHRASE = "amber otter lantern quiet velvet drum"  # noqa: S105 - of a file made here


def make(folder, cases):
    """Return the path of a casebook whose chair has rated every factor of every case."""
    path = folder / f"{cases}.casebook"
    framework = load(resource("frameworks/commission.toml"))
    new = NewCasebook(title="Invented", framework=framework, chair="A. Chair", chair_rates=True)
    with Casebook.create(path, PASSPHRASE, new, profile=CHEAP) as book:
        made = [
            Case(id=CaseId(new_id()), reference=f"C-{n:04d}", title="Invented")
            for n in range(cases)
        ]
        book.cases.add(made)
        every = [
            (case.id, Rating(factor=code, value=1)) for case in made for code in framework.codes
        ]
        book.ratings.put_all(book.about.member, 1, every)
    return path


def written(path):
    """Return the median seconds of the same write without a window."""
    taken = []
    with Casebook.open(path, PASSPHRASE) as book:
        case, code = book.cases.all()[0].id, book.about.framework.codes[1]
        for press in range(PRESSES):
            start = time.perf_counter()
            rating = Rating(factor=code, value=press % 2)
            book.ratings.put(book.about.member, case, 1, rating)
            taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def quiet(application, room, until):
    """Run the window until ``until`` holds and nothing is queued or running."""
    while not (until() and room.desk.idle):
        application.processEvents()
        time.sleep(0.0002)
    application.processEvents()


def pressed(application, path, folder):
    """Return the median seconds from a key on a row until the window is quiet."""
    desk = Desk(profile=CHEAP)
    opened = []
    desk.opened.connect(opened.append)
    desk.open(path, PASSPHRASE).run()
    while not opened:
        application.processEvents()
    room = ReadRoom(desk, Settings(folder / "settings.ini"))
    room.resize(1440, 800)
    room.show()
    room.enter()
    quiet(application, room, lambda: room.judging.material is not None)
    code = desk.about.framework.codes[1]
    room.sheet.open_factor(code)
    row = room.sheet.rows[code]
    taken = []
    for press in range(PRESSES):
        row.setFocus()
        quiet(application, room, lambda: True)
        value = press % 2
        start = time.perf_counter()
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            key = Qt.Key.Key_0 + value
            application.sendEvent(
                row, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, str(value))
            )
        room.sheet.flush()
        quiet(application, room, lambda v=value: room.judging.material.ratings[code].value == v)
        taken.append(time.perf_counter() - start)
    room.settle()
    desk.close()
    room.deleteLater()
    return statistics.median(taken)


def main():
    application = QApplication.instance() or QApplication([])
    Theme(application, scheme=Scheme.LIGHT, text_scale=1.0)
    over, late = {}, False
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        for cases in SIZES:
            path = make(folder, cases)
            write, key = written(path), pressed(application, path, folder)
            over[cases] = key
            print(
                f"{cases:,} cases: key to quiet {key * 1e3:.1f} ms, the write alone"
                f" {write * 1e3:.1f} ms, {key / write:.2f} x; over it {(key - write) * 1e3:.1f} ms"
                f" (limit {FRAMES * 1e3:.0f})"
            )
            late |= not key - write <= FRAMES
    growth = over[SIZES[1]] / over[SIZES[0]]
    print(f"growth from {SIZES[0]} to {SIZES[1]:,} cases: {growth:.2f} x (limit {GROWTH})")
    return int(late or not growth <= GROWTH)


if __name__ == "__main__":
    sys.exit(main())
