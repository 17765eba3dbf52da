"""Work away from the window: a widget names a Job, says what to do when it ends, then runs it.

Build, connect, run, in that order: a job that runs before it is connected may end first, and its
result would be lost. Each ``Runner`` is one thread for as long as the program lives, so that what
belongs to a thread (a casebook's connection, the document worker's pipe) stays with it.
"""

import threading
import time
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Generic, Protocol, Self, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

from reviewer.errors import Cancelled, ClosedError
from reviewer.messages import say
from reviewer.progress import Progress

T = TypeVar("T")

STEPS_A_SECOND = 15  # how often progress is told to the window; more would only cost


class Takes(Protocol):
    """Where a job is run: a ``Runner``, or what stands before one."""

    def run(self, job: "Job[T]") -> None:
        """Run ``job``, or see that it is run."""


class Job(Generic[T]):
    """One piece of work, and what happens when it ends.

    ``work`` gets a ``Progress`` and runs on the runner's thread; every ``succeeded``, ``failed``,
    ``progressed`` and ``finished`` callable runs on the window's. Where ``owner`` (a widget) is
    gone by then, none is called. A failure that nobody took goes to ``Runner.failed``;
    ``Cancelled`` calls ``stopped`` and ``finished`` only.
    """

    def __init__(self, work: Callable[[Progress], T], runner: Takes) -> None:
        self._work = work
        self._runner = runner
        self._owner: QObject | None = None
        self._owned = False
        self._succeeded: list[Callable[[T], object]] = []
        self._failed: list[Callable[[Exception], object]] = []
        self._progressed: list[Callable[[int, int, str], object]] = []
        self._cut: list[Callable[[], object]] = []
        self._finished: list[Callable[[], object]] = []
        self._stop = threading.Event()
        self._name, self._counts, self._again = "", False, ""
        self._reached = (0, 0)  # set on the runner's thread
        self.unended = False  # it was run, and has not come to its end
        self.cut_short = False  # it was stopped before its end

    def owner(self, owner: QObject) -> Self:
        """Call nothing once ``owner`` has been destroyed."""
        self._owner, self._owned = owner, True
        return self

    def succeeded(self, then: Callable[[T], object]) -> Self:
        """Call ``then`` with the result."""
        self._succeeded.append(then)
        return self

    def failed(self, then: Callable[[Exception], object]) -> Self:
        """Call ``then`` with the exception; it is then not shown anywhere else."""
        self._failed.append(then)
        return self

    def progressed(self, then: Callable[[int, int, str], object]) -> Self:
        """Call ``then`` with done, total and what is at hand, at most 15 times a second."""
        self._progressed.append(then)
        return self

    def stopped(self, then: Callable[[], object]) -> Self:
        """Call ``then`` where it was stopped before its end."""
        self._cut.append(then)
        return self

    def named(self, words: str, *, counts: bool = False, again: str = "") -> Self:
        """Name it, as it is told where a lock stops it: with ``counts``, how far it came.

        ``again`` says what makes it go on; without it, it is to be started once more.
        A casebook is locked by then, so ``words`` name nobody and no case.
        """
        self._name, self._counts, self._again = words, counts, again
        return self

    def finished(self, then: Callable[[], object]) -> Self:
        """Call ``then`` last, however the job ended."""
        self._finished.append(then)
        return self

    def run(self) -> Self:
        """Queue the job; connect everything before."""
        self.unended = True
        self._runner.run(self)
        return self

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self._stop.set()

    @property
    def stopping(self) -> bool:
        """Whether somebody asked it to stop."""
        return self._stop.is_set()

    @property
    def told_cut(self) -> str:
        """Its name and how far it came, as is told where it was stopped; "" without a name."""
        done, total = self._reached
        if not self._name or not self._counts or total <= 1:
            return self._name
        return say("{work}, after {done:,} of {total:,}", work=self._name, done=done, total=total)

    @property
    def told_locked(self) -> str:
        """The same with what makes it go on, as is told where a lock stopped it."""
        again = self._again or say("start it again after you unlock")
        return self._name and say("{work} ({again})", work=self.told_cut, again=again)

    # Called by the runner: the first two on its thread, the others on the window's.

    def work(self, progress: Progress) -> T:
        """Do the work."""
        return self._work(progress)

    def step(self, done: int, total: int) -> None:
        """Keep how far it is; raise ``Cancelled`` where the person asked to stop."""
        if self.stopping:
            self.cut_short = True
            raise Cancelled
        self._reached = (done, total)

    def tell_progress(self, done: int, total: int, what: str) -> None:
        """Pass one step on."""
        if self._wanted:
            for then in self._progressed:
                then(done, total, what)

    def tell_success(self, result: T) -> None:
        """Pass the result on."""
        if self._wanted:
            for then in self._succeeded:
                then(result)

    def tell_failure(self, error: Exception) -> bool:
        """Pass the failure on; return whether anybody took it (a vanished owner does)."""
        if not self._wanted:
            return True
        if isinstance(error, Cancelled):
            for tell in self._cut:
                tell()
            return True
        for then in self._failed:
            then(error)
        return bool(self._failed)

    def tell_finished(self) -> None:
        """Say that it is over."""
        self.unended = False
        if self._wanted:
            for then in self._finished:
                then()

    @property
    def _wanted(self) -> bool:
        return not self._owned or (self._owner is not None and isValid(self._owner))


class Runner(QObject):
    """One thread that does jobs one after the other, and brings the results to the window."""

    failed = Signal(object)  # an exception that no job's owner took
    shut = Signal(object)  # ClosedError: the work had to close the casebook, whoever asked for it
    _stepped = Signal(object, int, int, str)
    _ended = Signal(object, object, object)  # job, result, exception or None

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)
        self._closed = False
        self._open: set[Job[object]] = set()
        self._shut_by: ClosedError | None = None  # told once, though all that waited raises it
        self._stepped.connect(self._on_stepped, Qt.ConnectionType.QueuedConnection)
        self._ended.connect(self._on_ended, Qt.ConnectionType.QueuedConnection)

    @property
    def idle(self) -> bool:
        """Whether nothing is queued, running or waiting to be told."""
        return not self._open

    def job(self, work: Callable[[Progress], T]) -> Job[T]:
        """Build a job for this thread; connect it, then run it."""
        return Job(work, self)

    def run(self, job: Job[T]) -> None:
        """Queue ``job`` (the same as ``job.run()``)."""
        if self._closed:
            return  # the program ends: a view that was told of the lock asks in vain
        self._open.add(job)  # type: ignore[arg-type]  # what it returns does not matter here
        self._pool.submit(self._perform, job)

    def cancel_all(self) -> None:
        """Ask everything queued or running to stop."""
        for job in self._open:
            job.cancel()

    def call(self, work: Callable[[], T]) -> T:
        """Do ``work`` on this thread, after what is queued, and wait: for another runner only."""
        return self._pool.submit(work).result()

    def wait(self) -> None:
        """Wait until everything queued so far has ended; what came of it is told later."""
        self._pool.submit(lambda: None).result()

    def close(self) -> None:
        """Finish what is queued and end the thread; what is asked for later is not done."""
        self._closed = True
        self._pool.shutdown(wait=True)

    @Slot(object, int, int, str)
    def _on_stepped(self, job: Job[T], done: int, total: int, what: str) -> None:
        if not job.stopping:
            job.tell_progress(done, total, what)

    @Slot(object, object, object)
    def _on_ended(self, job: Job[T], result: T, error: Exception | None) -> None:
        self._open.discard(job)
        try:
            if error is None:
                job.tell_success(result)
            elif isinstance(error, ClosedError):
                if error is not self._shut_by:
                    self._shut_by = error
                    self.shut.emit(error)
                job.tell_failure(error)
            elif not job.tell_failure(error):
                self.failed.emit(error)
        finally:
            job.tell_finished()

    def _perform(self, job: Job[T]) -> None:
        """Run on the runner's thread."""
        result: T | None = None
        error: Exception | None = None
        try:
            if job.stopping:
                raise Cancelled  # noqa: TRY301 - stopped before it began: the same way out
            result = job.work(_Steps(job, self._stepped.emit))
        except Exception as raised:  # noqa: BLE001 - every failure is carried to the window
            job.cut_short = job.cut_short or isinstance(raised, Cancelled)
            traceback.clear_frames(raised.__traceback__)  # they hold case text and keys
            error = raised
        if isValid(self):
            self._ended.emit(job, result, error)


class _Steps:
    """The ``Progress`` of one job: passes steps on at a bearable rate, and stops it."""

    def __init__(self, job: Job[T], tell: Callable[[object, int, int, str], object]) -> None:
        self._job = job
        self._tell = tell
        self._next = 0.0

    def step(self, done: int, total: int, what: str = "") -> None:
        """Say how far the work is; raise ``Cancelled`` where the person asked to stop."""
        self._job.step(done, total)
        now = time.monotonic()
        if now >= self._next or done >= total:
            self._next = now + 1 / STEPS_A_SECOND
            self._tell(self._job, done, total, what)
