"""Long work beside the casebook's thread: it asks for steps there, and views read on meanwhile."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar
from weakref import ref

from reviewer.casebook.change import EVERYTHING, Change
from reviewer.errors import Cancelled, StateError
from reviewer.progress import Progress
from ui.desk.jobs import Job, Runner
from ui.desk.long_work import LongWork
from ui.desk.waiting import HeldJobs

if TYPE_CHECKING:
    from reviewer.casebook.book import About, Casebook
    from reviewer.casebook.steps import Steps

T = TypeVar("T")
Long = Callable[["Steps", Progress], T]


class Threads(NamedTuple):
    """The thread that the work is on, the casebook's, and the gate where changes to it wait."""

    long: Runner
    casebook: Runner
    gate: HeldJobs


class Aside:
    """Builds such jobs.

    A job begins when what waits at the gate has been done. It gets its steps on the casebook that
    was open then, and none after that one is locked.
    """

    def __init__(
        self,
        threads: Threads,
        book: Callable[[], Casebook],
        wrote: Callable[[Change, About], object],
        long: LongWork,
    ) -> None:
        self.threads = threads
        self.book = book
        self.wrote = wrote
        self._long = long

    def on(self, runner: Runner) -> Aside:
        """Return the same on a thread of its own."""
        threads = self.threads._replace(long=runner)
        return Aside(threads, self.book, self.wrote, self._long)

    def job(self, long: Long[T], *, changes: bool = False) -> Job[T]:
        """Build a job that tells progress and can be cancelled.

        With ``changes`` every view is told to read again when it ends, also where it was stopped
        or failed: what had been stored by then stays.
        """
        return self._long.add(_One(self, long, changes=changes).job)


class _One(Generic[T]):
    """One job, and where it is run."""

    def __init__(self, aside: Aside, long: Long[T], *, changes: bool) -> None:
        self._aside, self._long, self._changes = aside, long, changes
        self._held: Callable[[], Casebook | None] = lambda: None
        self.job: Job[T] = Job(self._work, self)

    def run(self, job: Job[Any]) -> None:
        """Queue the job behind what is stored before it."""
        first = self._aside.threads.gate.job(lambda _progress: self._begin())
        first.failed(lambda _error: None)  # its first step fails the same way
        first.finished(lambda: self._aside.threads.long.run(job)).run()

    def _begin(self) -> None:
        self._held = ref(self._aside.book())

    def _work(self, progress: Progress) -> T:
        try:
            return self._long(self._take, progress)
        finally:
            if self._changes:
                with contextlib.suppress(Cancelled, StateError):  # locked: nobody shows anything
                    self._take(lambda book: self._aside.wrote(EVERYTHING, book.about))

    def _take(self, step: Callable[[Casebook], Any]) -> Any:  # noqa: ANN401 - what the step returns
        return self._aside.threads.casebook.call(lambda: step(self._book()))

    def _book(self) -> Casebook:
        try:
            book = self._aside.book()
        except StateError as error:
            if self.job.stopping:
                raise Cancelled from error
            raise
        if book is not self._held():
            raise Cancelled
        return book
