"""The consolidated summary of the open casebook: made once a release, shared by all rooms."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from reviewer.casebook.book import Casebook, Change
from reviewer.progress import Progress
from reviewer.summary.consolidate import consolidate
from reviewer.summary.gather import gather
from reviewer.summary.shapes import Summary
from ui.desk.desk import Desk

_MADE_FROM = {"rating", "review", "member", "round", "absence", "inquiry_case", "received"}


class Consolidated(QObject):
    """Belongs to the desk: ``Consolidated.of(desk)`` is the same one for every room."""

    ready = Signal(object)  # Summary
    failed = Signal(object)  # Exception

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._summary: Summary | None = None
        self._asked = 0  # counts what was made from, so that a late answer is not believed
        self._busy = False
        desk.changed.connect(self._changed)
        desk.locked.connect(self.forget)
        desk.opened.connect(lambda _about: self.forget())

    @classmethod
    def of(cls, desk: Desk) -> "Consolidated":
        """Return the desk's own, making it where it is not there yet."""
        found = desk.findChild(cls)
        return found if isinstance(found, Consolidated) else cls(desk)

    @property
    def summary(self) -> Summary | None:
        """The summary, where it is made already."""
        return self._summary

    def ask(self) -> None:
        """Tell ``ready`` (at once where it is made already) or ``failed``.

        Nothing is told before the release; rooms look at ``About.results``.
        """
        about = self._desk.about
        if about is None or not about.results or self._busy:
            return
        if self._summary is not None:
            self.ready.emit(self._summary)
            return
        self._busy = True
        (
            self._desk.work(_made)
            .owner(self)
            .succeeded(partial(self._take, self._asked))
            .failed(partial(self._refused, self._asked))
            .run()
        )

    def forget(self) -> None:
        """Let go of the summary; the next ``ask`` makes it anew."""
        self._summary = None
        self._asked += 1
        self._busy = False

    def _changed(self, change: Change) -> None:
        if change.tables & _MADE_FROM:
            self.forget()

    def _take(self, asked: int, summary: Summary) -> None:
        if asked == self._asked:
            self._busy = False
            self._summary = summary
            self.ready.emit(summary)

    def _refused(self, asked: int, error: Exception) -> None:
        if asked == self._asked:
            self._busy = False
            self.failed.emit(error)


def _made(book: Casebook, progress: Progress) -> Summary:
    """Gather and consolidate; runs on the casebook's thread."""
    progress.step(0, 2, "Gathering the ratings")
    panel = gather(book)
    progress.step(1, 2, "Counting and resampling")
    return consolidate(panel)
