"""Reading and scoring while a delivery comes in: python bench/bench_meanwhile.py

A page turn until the page is drawn, and a key press on a rating until the sheet shows it (it is
given to the casebook's thread then, and not waited for until it is stored), first with nothing
else to do and then while a made delivery is staged and looked at beside them. The
clock's median and worst are printed, and how long the window's thread was busy for one at most.
Limit: while the delivery comes in, a turn and a press keep the window's thread for less than a
tenth of a second. ``--files`` and ``--pages`` choose the size of the delivery.
"""

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("REVIEWER_CHEAP_KEYS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import _delivery
from _window import Window
from bench_delivery import PASSPHRASE
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from reviewer.assets import resource
from reviewer.casebook.book import Casebook, NewCasebook
from reviewer.crypto.profiles import CHEAP
from reviewer.documents.outside.worker import Worker
from reviewer.intake import import_documents
from reviewer.method.framework import load
from reviewer.progress import Quiet
from reviewer.records.cases import Case
from reviewer.records.ids import CaseId, new_id
from ui.rooms.cases.bring_in import work
from ui.rooms.read.room import ReadRoom
from ui.settings import Settings
from ui.theme import Scheme, Theme

HELD = 0.1  # seconds
IDLE = 40  # turns and presses with nothing else to do
READ = 60  # pages of the document that is read


def casebook(path, folder):
    """Make a casebook of the chair who scores; return the case that has one long document."""
    framework = load(resource("frameworks/commission.toml"))
    new = NewCasebook(title="Invented", framework=framework, chair="A. Chair", chair_rates=True)
    with Casebook.create(path, PASSPHRASE, new, profile=CHEAP) as book, Worker() as worker:
        cases = [
            Case(id=CaseId(new_id()), reference=one, title="Invented")
            for one in _delivery.REFERENCES
        ]
        book.cases.add(cases)
        chance = random.Random(4)  # noqa: S311 - invented text
        long = folder / "long.pdf"
        long.write_bytes(_delivery.pdf([_delivery.lines(chance) for _ in range(READ)], "Long"))
        import_documents(book, worker, cases[0].reference, [long], Quiet())
    return cases[0].id


class Reading(Window):
    """The reading room, and how long its thread is busy."""

    def __init__(self, application, path, folder, case):
        super().__init__(application, path, PASSPHRASE, CHEAP)
        self.room = ReadRoom(self.desk, Settings(folder / "settings.ini"))
        self.room.resize(1440, 800)
        self.room.show()
        self.room.enter()
        self.until(lambda: self.room.judging.material is not None)
        self.room.open_case(case)
        self.until(lambda: self.room.reader.document is not None)
        self.view = self.room.reader.view
        self.until(self.drawn)
        self.code = self.desk.about.framework.codes[1]
        self.room.sheet.open_factor(self.code)
        self.until(lambda: True)

    def drawn(self):
        """Whether every page in sight is drawn."""
        return self.view.parts() and all(part.image is not None for part in self.view.parts())

    def timed(self, do, done):
        """Return the clock's seconds of a step until ``done``, and those of the thread."""
        clock, own = time.perf_counter(), time.thread_time()
        do()
        first = time.thread_time() - own
        held, _clock = self.until(done)
        return time.perf_counter() - clock, max(first, held)

    def turn(self, number):
        """Turn to a page that is to be drawn."""
        page = number % (READ - 1) + 1
        self.view.forget_pictures()
        return self.timed(lambda: self.room.reader.go_to(page), self.drawn)

    def press(self, number):
        """Rate a factor by a key."""
        value = number % 2
        row = self.room.sheet.rows[self.code]
        row.setFocus()

        def keys():
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                key = Qt.Key.Key_0 + value
                self.application.sendEvent(
                    row, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, str(value))
                )
            self.room.sheet.flush()

        return self.timed(keys, lambda: self.shown == value)

    @property
    def shown(self):
        """The rating as the window has it; it may not be stored yet."""
        rating = self.room.judging.material.ratings.get(self.code)
        return None if rating is None else rating.value

    def close(self):
        self.room.settle()
        self.desk.close()
        self.room.deleteLater()


def told(name, taken):
    """Print a line of what was taken; return the most that the window was held."""
    clocks = sorted(clock for clock, _ in taken)
    held = max(own for _, own in taken)
    print(
        f"  {name}: median {statistics.median(clocks) * 1e3:.0f} ms, worst {clocks[-1] * 1e3:.0f};"
        f" the window's thread at most {held * 1e3:.0f} ms at a time ({len(taken)} times)"
    )
    return held


def main() -> int:
    asked = argparse.ArgumentParser()
    asked.add_argument("--files", type=int, default=30)
    asked.add_argument("--pages", type=int, default=300)
    given = asked.parse_args()
    application = QApplication.instance() or QApplication([])
    Theme(application, scheme=Scheme.LIGHT, text_scale=1.0)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        source = folder / "shelf"
        source.mkdir()
        _delivery.make(source, given.files, given.pages)
        case = casebook(folder / "read.casebook", folder)
        window = Reading(application, folder / "read.casebook", folder, case)
        idle = [(window.turn(at), window.press(at)) for at in range(IDLE)]
        ended = []
        long = work.arrive(source, work.Reading(confined_only=False))
        job = window.desk.aside(long, changes=True)
        job.finished(lambda: ended.append(True)).run()
        busy, at = [], 0
        while not ended or not busy:  # one at least, should the delivery end at once
            busy.append((window.turn(at), window.press(at)))
            at += 1
        window.close()
    print("with nothing else to do")
    for name, taken in zip(("a page turn", "a key press"), zip(*idle, strict=True), strict=True):
        told(name, taken)
    print(f"while {given.files:,} files come in")
    held = [
        told(name, taken)
        for name, taken in zip(
            ("a page turn", "a key press"), zip(*busy, strict=True), strict=True
        )
    ]
    return int(max(held) > HELD)


if __name__ == "__main__":
    sys.exit(main())
