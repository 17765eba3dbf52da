"""Reading text from scans, behind all else: how many pages are read, how long it takes, Pause."""

import time
from typing import NamedTuple

from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget
from shiboken6 import isValid

from reviewer.casebook.book import Casebook, Change
from reviewer.casebook.steps import Steps
from reviewer.documents.outside.engine import find_engine, no_engine
from reviewer.documents.outside.recogniser import Recogniser
from reviewer.documents.outside.worker import Worker
from reviewer.intake.scans import ScanReport, processors, read_scans, sum_of
from reviewer.messages import plural, say
from reviewer.progress import Progress
from reviewer.records.scans import Scans
from ui import errors
from ui.desk.desk import Desk
from ui.desk.jobs import Job
from ui.settings import CONFINED_ONLY, SCANS_PAUSED, Settings
from ui.theme import SPACE
from ui.widgets.buttons import button
from ui.widgets.text import Elided, Label

_SHOWN = {"document", "document_state", "page_reading"}
_PACE_FROM = 3  # pages that must be read before anybody is told how long the others take
_MINUTE = 60.0


class _Found(NamedTuple):
    scans: Scans
    engine: bool


class ScansStrip(QFrame):
    """Hidden where no page is a scan. What waits is read as soon as it is there, unless paused.

    One core is left to the person. It goes on when other rooms are in front, and after a restart
    or a lock once Cases is in front.
    """

    def __init__(self, desk: Desk, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "raised")
        self._desk, self._settings = desk, settings
        self._job: Job[ScanReport] | None = None
        self._counts = Scans()
        self._begun, self._done = 0.0, 0
        self._refused = ""  # why nothing is read here now
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE.L, SPACE.M, SPACE.L, SPACE.M)
        row.setSpacing(SPACE.L)
        column = QVBoxLayout()
        column.setSpacing(SPACE.XS + 2)
        self._title = Label("", size="strong")
        self._told = Elided("", tone="secondary")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        for part in (self._title, self._bar, self._told):
            column.addWidget(part)
        row.addLayout(column, 1)
        self._pause = button(say("Pause"), self.turn)
        row.addWidget(self._pause)
        self.hide()
        desk.changed.connect(self._changed)

    @property
    def reading(self) -> bool:
        """Whether pages are read now."""
        return self._job is not None

    def look(self) -> None:
        """Count what waits, and begin where something does."""
        if self._desk.about is not None and self._job is None:
            self._desk.ask(_look).owner(self).succeeded(self._show).run()

    def turn(self) -> None:
        """Pause, or go on."""
        paused = not self._settings.get(SCANS_PAUSED)
        self._settings.put(SCANS_PAUSED, paused)
        self._refused = ""
        if paused and self._job is not None:
            self._job.cancel()
        self.look()
        self._word()

    def _changed(self, change: Change) -> None:
        if change.tables & _SHOWN:
            self.look()

    def _show(self, found: _Found) -> None:
        self._counts = found.scans
        if found.scans.waiting and not found.engine:
            self._refused = str(no_engine())
        if found.scans.waiting and not self._refused and not self._settings.get(SCANS_PAUSED):
            self._begin()
        self._word()

    def _begin(self) -> None:
        if self._job is not None:
            return
        confined_only = self._settings.get(CONFINED_ONLY)

        def work(steps: Steps, progress: Progress) -> ScanReport:
            with Worker(confined_only=confined_only) as worker:
                return read_scans(
                    steps,
                    worker,
                    progress,
                    at_once=max(1, processors() - 1),
                    make=lambda: Recogniser(confined_only=confined_only),
                )

        self._begun, self._done = time.monotonic(), 0
        job = self._desk.aside(work, changes=True, behind=True)
        job.named(
            say("reading text from scans"),
            counts=True,
            again=say("it goes on by itself once Cases is opened again"),
        )
        self._job = job.owner(self).progressed(self._step).failed(self._fail).finished(self._end)
        job.run()

    def _step(self, done: int, _total: int, _what: str) -> None:
        if isValid(self):
            self._done = done
            self._word()

    def _fail(self, error: Exception) -> None:
        self._refused = errors.words(error).sentence

    def _end(self) -> None:
        self._job = None
        self.look()

    def _word(self) -> None:
        """Say how far it is."""
        counts = self._counts
        done = counts.scanned - counts.waiting + (self._done if self._job is not None else 0)
        self._title.setText(
            plural(
                "Reading text from scans: {done:,} of {count:,} page",
                "Reading text from scans: {done:,} of {count:,} pages",
                count=counts.scanned,
                done=min(done, counts.scanned),
            )
        )
        self._bar.setRange(0, max(1, counts.scanned))
        self._bar.setValue(done)
        self._bar.setAccessibleName(self._title.text())
        self._told.set_text(self._say(counts))
        paused = self._settings.get(SCANS_PAUSED) and self._job is None
        self._pause.setText(say("Go on") if paused else say("Pause"))
        self._pause.setVisible(not self._refused)
        self.setVisible(counts.waiting > 0)

    def _say(self, counts: Scans) -> str:
        if self._refused:
            return self._refused
        if self._job is None:
            return say("Paused. Pages that wait are not found by search.")
        left = counts.waiting - self._done
        seconds = time.monotonic() - self._begun
        if self._done < _PACE_FROM or seconds <= 0:
            return say("It goes on while you work, and after a restart once Cases is opened.")
        pace = self._done / seconds * _MINUTE
        minutes = max(1, round(left / pace))
        return say(
            "{pace}, {left}. It goes on while you work, and after a restart once Cases is opened.",
            pace=plural("{count:,} page a minute", "{count:,} pages a minute", count=round(pace)),
            left=plural(
                "about {count:,} minute left", "about {count:,} minutes left", count=minutes
            ),
        )


def _look(book: Casebook) -> _Found:
    scans = sum_of(book.scans.counts().values())
    return _Found(scans=scans, engine=scans.waiting == 0 or find_engine() is not None)
