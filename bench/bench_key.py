"""A key press on a rating until the window is quiet, over the same write without a window.

Measured on a casebook of 55 and of 1,000 cases, all rated; a write and a press at either size take
turns. Limits, of the medians of such turns: two frames (33 ms) over the write, and 1.5 times as
long at the larger size as at the smaller. ``python bench/bench_key.py``.
"""

import os
import shutil
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
PRESSES = 25  # the first of each is not counted
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


def quiet(application, room, until):
    """Run the window until ``until`` holds and nothing is queued or running."""
    while not (until() and room.desk.idle):
        application.processEvents()
        time.sleep(0.0002)
    application.processEvents()


class Window:
    """The reading room of a casebook, and the same write to a copy of it without a window."""

    def __init__(self, application, path, folder):
        self.application = application
        copy = path.with_name(f"bare-{path.name}")
        shutil.copyfile(path, copy)
        self.bare = Casebook.open(copy, PASSPHRASE)
        self.case = self.bare.cases.all()[0].id
        self.desk = Desk(profile=CHEAP)
        opened = []
        self.desk.opened.connect(opened.append)
        self.desk.open(path, PASSPHRASE).run()
        while not opened:
            application.processEvents()
        self.room = room = ReadRoom(self.desk, Settings(folder / "settings.ini"))
        room.resize(1440, 800)
        room.show()
        room.enter()
        quiet(application, room, lambda: room.judging.material is not None)
        self.code = self.desk.about.framework.codes[1]
        room.sheet.open_factor(self.code)

    def write(self, value):
        """Return the seconds of a write without a window."""
        start = time.perf_counter()
        rating = Rating(factor=self.code, value=value)
        self.bare.ratings.put(self.bare.about.member, self.case, 1, rating)
        return time.perf_counter() - start

    def press(self, value):
        """Return the seconds from a key on a row until the window is quiet."""
        room, code = self.room, self.code
        row = room.sheet.rows[code]
        row.setFocus()
        quiet(self.application, room, lambda: True)
        start = time.perf_counter()
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            key = Qt.Key.Key_0 + value
            self.application.sendEvent(
                row, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, str(value))
            )
        room.sheet.flush()
        quiet(self.application, room, lambda: room.judging.material.ratings[code].value == value)
        return time.perf_counter() - start

    def close(self):
        self.room.settle()
        self.desk.close()
        self.room.deleteLater()
        self.bare.close()


def main():
    application = QApplication.instance() or QApplication([])
    Theme(application, scheme=Scheme.LIGHT, text_scale=1.0)
    late = False
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        windows = {n: Window(application, make(folder, n), folder) for n in SIZES}
        taken = {n: [] for n in SIZES}
        for press in range(PRESSES):
            for cases, window in windows.items():
                taken[cases].append((window.write(press % 2), window.press(press % 2)))
        for window in windows.values():
            window.close()
    for cases, pairs in taken.items():
        over = statistics.median(key - write for write, key in pairs[1:])
        write, key = (statistics.median(times) for times in zip(*pairs[1:], strict=True))
        print(
            f"{cases:,} cases: key to quiet {key * 1e3:.1f} ms, the write alone"
            f" {write * 1e3:.1f} ms; over it {over * 1e3:.1f} ms (limit {FRAMES * 1e3:.0f})"
        )
        late |= not over <= FRAMES
    small, large = (taken[cases][1:] for cases in SIZES)
    growth = statistics.median(b[1] / a[1] for a, b in zip(small, large, strict=True))
    print(f"growth from {SIZES[0]} to {SIZES[1]:,} cases: {growth:.2f} x (limit {GROWTH})")
    return int(late or not growth <= GROWTH)


if __name__ == "__main__":
    sys.exit(main())
