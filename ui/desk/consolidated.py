"""The consolidated summary of the open casebook: made once a release, shared by all rooms.

What the panel determines is counted anew at once; agreement is kept, which it never changes.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from reviewer.casebook.change import Change
from reviewer.messages import say
from reviewer.progress import Progress
from reviewer.summary.consolidate import consolidate
from reviewer.summary.gather import gather
from reviewer.summary.shapes import Agreement, Summary
from ui.desk.desk import Desk
from ui.desk.jobs import Job

if TYPE_CHECKING:
    from reviewer.casebook.steps import Steps

_MADE_FROM = {
    *("rating", "review", "member", "round", "absence", "inquiry_case", "received"),
    *("record_request", "request_step", "request_words", "document_state"),
}
_DECIDED = {"determination"}


class Consolidated(QObject):
    """Belongs to the desk: ``Consolidated.of(desk)`` is the same one for every room."""

    ready = Signal(object)  # Summary
    failed = Signal(object)  # Exception
    stopped = Signal()  # a person asked it to

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._summary: Summary | None = None
        self._agreement: tuple[Agreement, ...] = ()  # known from the same ratings
        self._asked = 0  # counts what was made from, so that a late answer is not believed
        self._job: Job[Summary] | None = None
        desk.changed.connect(self._changed)
        desk.locked.connect(self.forget)

    @classmethod
    def of(cls, desk: Desk) -> Consolidated:
        """Return the desk's own, making it where it is not there yet."""
        found = desk.findChild(cls)
        return found if isinstance(found, Consolidated) else cls(desk)

    @property
    def summary(self) -> Summary | None:
        """The summary, where it is made already."""
        return self._summary

    @property
    def job(self) -> Job[Summary] | None:
        """What makes it now, to be watched."""
        return self._job

    @property
    def recounts(self) -> bool:
        """Whether only decisions changed: what was shown may stand until the answer is there."""
        return self._summary is None and bool(self._agreement)

    def ask(self) -> None:
        """Tell ``ready`` (at once where it is made already), ``failed`` or ``stopped``.

        Nothing is told before the release; rooms look at ``About.results``.
        """
        about = self._desk.about
        if about is None or not about.results or self._job is not None:
            return
        if self._summary is not None:
            self.ready.emit(self._summary)
            return
        self._job = self._desk.aside(partial(_made, known=self._agreement)).owner(self)
        self._job.succeeded(partial(self._take, self._asked))
        self._job.failed(partial(self._refused, self._asked))
        self._job.finished(partial(self._ended, self._asked)).run()

    def forget(self) -> None:
        """Let go of the summary; the next ``ask`` makes it anew."""
        self._agreement = ()
        self._let_go()

    def _let_go(self) -> None:
        self._summary = None
        self._asked += 1
        if self._job is not None:
            self._job.cancel()  # what it is made from has changed
            self._job = None

    def _changed(self, change: Change) -> None:
        if change.tables & _MADE_FROM:
            self.forget()
        elif change.tables & _DECIDED:
            if self._summary is not None:
                self._agreement = self._summary.agreement
            self._let_go()

    def _take(self, asked: int, summary: Summary) -> None:
        if asked == self._asked:
            self._job = None
            self._summary = summary
            self.ready.emit(summary)

    def _refused(self, asked: int, error: Exception) -> None:
        if asked == self._asked:
            self._job = None
            self.failed.emit(error)

    def _ended(self, asked: int) -> None:
        if asked == self._asked and self._job is not None:
            self._job = None
            self.stopped.emit()


def _made(steps: Steps, progress: Progress, *, known: tuple[Agreement, ...]) -> Summary:
    """Gather on the casebook's thread, and consolidate beside it."""
    progress.step(0, 1, say("Gathering the ratings"))
    panel = steps(gather)
    progress.step(0, 1, say("Counting"))
    return consolidate(panel, progress=progress, agreement=known)
