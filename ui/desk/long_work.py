"""The long work that runs now: a lock stops it, and says afterwards what it stopped."""

from typing import Any, TypeVar
from weakref import WeakSet

from ui.desk.jobs import Job

T = TypeVar("T")


class LongWork:
    """Every long job that may run. What has a name is told where a lock cut it short."""

    def __init__(self) -> None:
        self._jobs: WeakSet[Job[Any]] = WeakSet()
        self._asked: list[Job[Any]] = []
        self.cut_short: tuple[str, ...] = ()  # what the last lock stopped, in words

    def add(self, job: Job[T]) -> Job[T]:
        """Let ``job`` be stopped at a lock."""
        self._jobs.add(job)
        return job

    def stop(self) -> None:
        """Ask all of it to stop: what is whole is kept, and locking does not wait."""
        self._asked = [job for job in self._jobs if job.unended]
        for job in self._jobs:
            job.cancel()

    def settle(self) -> None:
        """Name what was stopped; what came to its end all the same is not named."""
        asked, self._asked = self._asked, []  # a job holds what it works on
        cut = [job.told_locked for job in asked if job.cut_short or job.unended]
        self.cut_short = tuple(dict.fromkeys(words for words in cut if words))
