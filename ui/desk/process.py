"""The process that reads documents, as one thread of the window has it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from ui.desk.jobs import Job, Runner
from ui.late import worker_maker

if TYPE_CHECKING:
    from reviewer.documents.outside.worker import Worker

T = TypeVar("T")


class DocumentProcess:
    """Started when it is first needed, on ``runner``'s thread, and stopped at each lock."""

    def __init__(self, runner: Runner) -> None:
        self._runner = runner
        self._worker: Worker | None = None  # touched on that thread only

    def job(self, work: Callable[[Worker], T]) -> Job[T]:
        """Build a job that has the process read."""
        make = worker_maker()
        return self._runner.job(lambda _told: work(self._started(make)))

    def stop(self) -> None:
        """Stop it, after what is queued."""
        self._runner.job(lambda _told: self._stopped()).run()

    def _started(self, make: Callable[[], Worker]) -> Worker:
        self._worker = self._worker or make()
        return self._worker

    def _stopped(self) -> None:
        if self._worker is not None:
            worker, self._worker = self._worker, None
            worker.close()
