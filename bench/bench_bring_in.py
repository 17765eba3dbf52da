"""The window of Bring in with 20,000 staged files: python bench/bench_bring_in.py

From the view being entered to its first rows; then how long the window's thread is held while
they come, and by a page of scrolling, a typed letter of the filter, a chip, a heading. Limits:
first rows within a second, every step within a tenth of one. Printed are processor seconds, of
the program until the first rows and of the window's thread for a step, and the clock's beside
them; the best of three. ``--files`` chooses another size.
"""

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("REVIEWER_CHEAP_KEYS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import _delivery
import numpy as np
from _window import Busy, Window
from bench_delivery import PASSPHRASE, casebook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractSlider, QApplication

from reviewer.casebook.writer import now
from reviewer.crypto.profiles import CHEAP
from reviewer.intake.delivery.assess import State
from reviewer.intake.delivery.facts import Facts
from reviewer.intake.delivery.rules import usual
from reviewer.records.deliveries import DeliveredFile, Delivery, DeliveryLook
from reviewer.records.ids import new_id
from ui.rooms.cases.bring_in.view import BringInView
from ui.settings import Settings
from ui.theme import Scheme, Theme

FIRST, STEP = 1.0, 0.1  # seconds
TIMES = 3


def stage(path, files):
    """Make a casebook with a delivery of so many files that were looked at."""
    chance = np.random.default_rng(1)
    with casebook(path) as book:
        one = Delivery(
            id=new_id(),
            number=0,
            name="shelf",
            sender="Registry",
            received="2026-05-03",
            at=now(),
            rules=usual().as_data(),
            notes=(),
        )
        came = [
            DeliveredFile(
                delivery=one.id,
                position=at,
                path=f"{_delivery.REFERENCES[at % 55]}/police/{_delivery.KINDS[at % 7]} {at}.pdf",
                sha256=f"{at:064x}",
                size=40_000,
            )
            for at in range(1, files + 1)
        ]
        book.deliveries.begin(one, came)
        book.deliveries.keep_looks(
            (
                file,
                DeliveryLook(
                    facts=Facts(
                        media="application/pdf",
                        pages=10,
                        worded=10 if file.position % 3 else 4,
                        notes=("2 links were taken out.",) if file.position % 10 == 0 else (),
                    ).as_data(),
                    signature=chance.bytes(512),
                ),
            )
            for file in came
        )


class BringIn(Window):
    """The view on an open casebook, and what the window's thread does."""

    def __init__(self, application, path, folder):
        super().__init__(application, path, PASSPHRASE, CHEAP)
        self.view = BringInView(self.desk, Settings(folder / "settings.ini"))
        self.view.resize(1366, 700)
        self.view.show()
        self.rest(lambda: True)

    def rest(self, done):
        """Run the window until ``done`` and nothing is asked of the desk any more."""
        return self.until(lambda: done() and self.desk.idle)

    def took(self, step):
        """Return the best of a few times of ``step`` until all is drawn."""
        best = (float("inf"),)
        for _ in range(TIMES):
            with Busy() as busy:
                step()
                self.application.processEvents()
                self.view.files.table.viewport().repaint()
            best = min(best, busy.took)
        return best

    def enter(self):
        """Return what passes until the rows are there, and how long the window is held."""
        clock, start = time.perf_counter(), time.process_time()
        self.view.enter()
        held = self.rest(lambda: self.view.files.table.model().rowCount() > 0)
        return (time.process_time() - start, time.perf_counter() - clock), held

    def close(self):
        self.view.deleteLater()
        self.desk.close()


def main() -> int:
    asked = argparse.ArgumentParser()
    asked.add_argument("--files", type=int, default=20_000)
    files = asked.parse_args().files
    application = QApplication.instance() or QApplication([])
    Theme(application, scheme=Scheme.LIGHT, text_scale=1.0)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        stage(folder / "shelf.casebook", files)
        window = BringIn(application, folder / "shelf.casebook", folder)
        runs = [window.enter() for _ in range(TIMES)]
        first, held = (min(values) for values in zip(*runs, strict=True))
        view, bar = window.view, window.view.files.table.verticalScrollBar()
        letters = iter("sta" * TIMES)
        headings = iter([Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder] * TIMES)
        page = QAbstractSlider.SliderAction.SliderPageStepAdd
        chips = iter((State.LOOK, None) * TIMES)
        steps = {
            "a page of scrolling": lambda: bar.triggerAction(page),
            "to the end": lambda: bar.setValue(bar.maximum() - bar.value()),
            "a letter in the filter": lambda: view.files.filters.words.setText(
                (view.files.filters.words.text() + next(letters))[-3:]
            ),
            "no filter": lambda: view.files.filters.words.setText(""),
            "a chip": lambda: view.files.filters.chips[next(chips)].click(),  # noqa: PLW0108 - another each time
            "a heading": lambda: view.files.table.sortByColumn(1, next(headings)),
            "the next row": lambda: view.files.table.selectRow(
                view.files.table.currentIndex().row() + 1
            ),
        }
        taken = {"the window held while rows come": held}
        taken |= {name: window.took(step) for name, step in steps.items()}
        window.close()
    print(
        f"{files:,} staged files: first rows after {first[0]:.2f} s (limit {FIRST:.0f};"
        f" by the clock {first[1]:.2f})"
    )
    for name, (seconds, clock) in taken.items():
        print(
            f"  {name}: {seconds * 1e3:.0f} ms (limit {STEP * 1e3:.0f};"
            f" by the clock {clock * 1e3:.0f})"
        )
    return int(first[0] > FIRST or max(taken.values())[0] > STEP)


if __name__ == "__main__":
    sys.exit(main())
