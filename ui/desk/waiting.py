"""A gate before a thread: changes wait in front of it until the casebook has passed its checks."""

from collections.abc import Callable
from typing import Any, TypeVar

from reviewer.progress import Progress
from ui.desk.jobs import Job, Runner

T = TypeVar("T")


class HeldJobs:
    """Passes jobs on to ``runner``, in order, whenever it is open."""

    def __init__(self, runner: Runner) -> None:
        self._runner = runner
        self._shut = False
        self._held: list[Job[Any]] = []

    @property
    def idle(self) -> bool:
        """Whether no job waits."""
        return not self._held

    def job(self, work: Callable[[Progress], T]) -> Job[T]:
        """Build a job that waits here where the gate is shut; connect it, then run it."""
        return Job(work, self)

    def run(self, job: Job[T]) -> None:
        """Pass ``job`` on, or hold it."""
        if self._shut:
            self._held.append(job)
        else:
            self._runner.run(job)

    def shut(self) -> None:
        """Hold what comes from now on."""
        self._shut = True

    def open(self) -> None:
        """Pass on what was held and what comes."""
        self._shut = False
        held, self._held = self._held, []
        for job in held:
            self._runner.run(job)
