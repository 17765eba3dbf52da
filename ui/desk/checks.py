"""The checks of a large casebook, run beside the thread that reads it, and what follows."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from reviewer.progress import Progress
from ui.desk.jobs import Job, Runner
from ui.desk.waiting import HeldJobs

if TYPE_CHECKING:
    from reviewer.casebook.book import Check

Examination = Callable[[Progress], list["Check"]]
_FIRST = 200  # milliseconds in which the first room is painted undisturbed
Take = Callable[[list["Check"]], None]


class BackgroundChecks(QObject):
    """Holds changes at ``gate`` until the checks have passed; ``failed`` where they did not."""

    passed = Signal()
    failed = Signal(object)  # DamagedError, or why the checks could not be ended

    def __init__(self, checks: Runner, casebook: Runner, gate: HeldJobs, parent: QObject) -> None:
        super().__init__(parent)
        self._checks = checks
        self._casebook = casebook
        self._gate = gate
        self._job: Job[list[Check]] | None = None

    @property
    def running(self) -> bool:
        """Whether a casebook is still checked."""
        return self._job is not None

    def begin(self, examination: Examination, take: Take) -> None:
        """Run ``examination`` beside the casebook's thread, and ``take`` its verdicts on it."""
        self._gate.shut()

        def judge(found: list[Check]) -> None:
            taking = self._casebook.job(lambda _progress: take(found))
            taking.succeeded(lambda _none: self._end(job)).failed(fail).run()

        def fail(error: Exception) -> None:
            self._end(job, error)

        job = self._checks.job(examination).succeeded(judge).failed(fail)
        self._job = job
        QTimer.singleShot(_FIRST, self, lambda: self._start(job))

    def stop(self) -> None:
        """Let go: what waits is done now, after the casebook's own checks on its thread."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self._gate.open()

    def _start(self, job: Job[list[Check]]) -> None:
        if self._job is job:
            job.run()

    def _end(self, job: Job[list[Check]], error: Exception | None = None) -> None:
        if self._job is not job:
            return  # locked meanwhile
        self._job = None
        if error is None:
            self._gate.open()
            self.passed.emit()
        else:
            self.failed.emit(error)
            self._gate.open()  # to what refuses, and holds what was typed
