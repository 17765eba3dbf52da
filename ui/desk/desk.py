"""The open casebook, as the window has it.

One thread owns the casebook, another the process that reads documents. Rooms ask (``ask``), change
(``do``) and start long work (``work``, or ``aside``, which lets them read on); each returns a Job
to connect and run::

    desk.ask(lambda book: book.cases.all()).owner(self).succeeded(self._show).run()
    desk.do(lambda book: book.ratings.put(member, case, round_, rating)).owner(self).run()

After every change ``changed`` tells all views what changed, and ``saved`` when.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from reviewer.casebook.change import EVERYTHING, Change
from reviewer.crypto.profiles import STANDARD, Profile
from reviewer.errors import ClosedError, StateError
from reviewer.messages import say
from reviewer.progress import Progress
from ui.desk.aside import Aside, Long, Threads
from ui.desk.checks import BackgroundChecks, Examination
from ui.desk.jobs import Job, Runner
from ui.desk.long_work import LongWork
from ui.desk.process import DocumentProcess
from ui.desk.unsaved import UnsavedChanges, of_the_disk, refused, require_another, require_own
from ui.desk.waiting import HeldJobs
from ui.late import casebook_opener
from ui.printing import recovery_sheet

if TYPE_CHECKING:
    from reviewer.casebook.book import About, Casebook, Check
    from reviewer.casebook.file.newest_seen import Older
    from reviewer.documents.outside.worker import Worker

T = TypeVar("T")
THREADS = ("casebook", "documents", "checks", "beside", "long", "behind")


class Desk(QObject):
    """Opens, locks and changes one casebook at a time."""

    opened = Signal(object)  # About: a casebook was opened
    about_changed = Signal(object)  # About: its round was sealed, released, renamed, ...
    locking = Signal()  # it will be closed: views put what is typed but not saved, now
    replacing = Signal(object, str)  # Job[About], what is done: it locks, then opens by itself
    locked = Signal()  # it is closed: views hold no more of its text
    changed = Signal(object)  # Change
    saved = Signal(object)  # datetime of the last write, local time
    not_saved = Signal()  # a change did not reach the disk; why is told by its job
    failed = Signal(object)  # an exception that nobody took
    checked = Signal()  # a large casebook passed its checks: from now on it can be changed
    backed_up = Signal(object)  # Backup: one was made and found whole
    told = Signal(str)  # something to know now that another file is open
    damaged = Signal(object)  # DamagedError: it did not, and is closed
    _written = Signal(object, object)  # Change or None, About: from the casebook thread

    def __init__(self, *, profile: Profile = STANDARD, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._profile = profile
        self._runners = [Runner(name, self) for name in THREADS]
        self._casebook, self._documents, self._checks, self._beside, long, behind = self._runners
        self._gate = HeldJobs(self._casebook)
        self._verdict = BackgroundChecks(self._checks, self._casebook, self._gate, self)
        self._verdict.passed.connect(self.checked)
        self._verdict.failed.connect(self._unsure)
        for runner in self._runners:
            runner.failed.connect(self.failed)
            runner.shut.connect(self._lock)
        self._written.connect(self._on_written, Qt.ConnectionType.QueuedConnection)
        self._book: Casebook | None = None  # touched on the casebook thread only
        self._process = DocumentProcess(self._documents)
        self._long = LongWork()
        threads = Threads(long, self._casebook, self._gate)
        self._aside = Aside(threads, self._sound_book, self._written.emit, self._long)
        self._behind = self._aside.on(behind)
        self._unsaved = False  # the last change did not reach the disk; on the casebook thread
        self._held_id = ""  # of the casebook opened last; set and read on the casebook thread
        self._unkept = UnsavedChanges()
        self._about: About | None = None
        self._path: Path | None = None
        self._older: Older | None = None
        self._settled = ""  # what opening it did about a journal beside it
        self._examination: Examination | None = None  # what opening left to be checked
        self._unsound: Exception | None = None  # why nothing is to be written any more

    @property
    def profile(self) -> Profile:
        """What the keys of new casebooks cost."""
        return self._profile

    @property
    def about(self) -> About | None:
        """What the open casebook says of itself, or None while nothing is open."""
        return self._about

    @property
    def path(self) -> Path | None:
        """The casebook that is open, or was open last."""
        return self._path

    @property
    def checking(self) -> bool:
        """Whether the open casebook is still checked: it can be read, and changes wait."""
        return self._verdict.running

    @property
    def older(self) -> Older | None:
        """Set where this computer has seen a newer state of the open casebook."""
        return self._older

    @property
    def unkept(self) -> str:
        """Why something typed is held in memory and not in its casebook; usually empty."""
        return self._unkept.reason

    @property
    def cut_short(self) -> tuple[str, ...]:
        """The long work that the last lock stopped before its end, in words."""
        return self._long.cut_short

    @property
    def idle(self) -> bool:
        """Whether no job is queued or running."""
        return all(one.idle for one in self._runners) and self._gate.idle and not self.checking

    def open(self, path: Path, passphrase: str) -> Job[About]:
        """Build the job that opens ``path``; whatever is open is closed first."""
        open_ = casebook_opener()
        return self.opening(path, lambda told: open_(path, passphrase, progress=told))

    def opening(self, path: Path, make: Callable[[Progress], Casebook]) -> Job[About]:
        """Build the job that closes what is open and takes what ``make`` opens at ``path``."""

        def work(progress: Progress) -> About:
            self._close()
            return self._take(make(progress))

        def opened(about: About) -> None:
            self._about, self._path = about, path
            self._check_rest()
            self.opened.emit(about)
            if self._settled:
                self.told.emit(self._settled)
            if self._unkept.waits(about.id):
                self._gate.job(lambda _progress: self._put_unkept(self._sound_book())).run()

        return self._casebook.job(work).succeeded(opened)

    def replace(self, job: Job[About], words: str) -> None:
        """Lock, then run ``job``, which puts another file in the place and opens it.

        ``words`` say meanwhile, where a passphrase would be asked for, what is done.
        """
        self.replacing.emit(job, words)
        self.lock()
        job.run()

    def rekey(self, passphrase: str, *, old: str | None = None) -> Job[None]:
        """Build the job that gives the casebook a new passphrase; ``old`` must open it now."""

        def work(progress: Progress) -> None:
            progress.step(0, 1, say("Checking the passphrase"))
            book = self._sound_book()
            if old is not None:
                require_own(book, old)
                require_another(book, passphrase)
            progress.step(0, 1, say("Encrypting the whole casebook anew"))
            book.rekey(passphrase)
            self._written.emit(None, book.about)

        return self._gate.job(work)

    def accept_older(self) -> Job[None]:
        """Build the job that lets this computer take the open file's state for the newest."""

        def accepted(_none: None) -> None:
            self._older = None

        return self.ask(lambda book: book.accept_older()).succeeded(accepted)

    def print_sheet(self, folder: Path, passphrase: str) -> Job[Path]:
        """Build the job that writes the recovery sheet; ``passphrase`` must open the casebook."""

        def work(progress: Progress) -> Path:
            progress.step(0, 1, say("Checking the passphrase"))
            book = self._sound_book()
            require_own(book, passphrase)
            written = recovery_sheet(book, folder)
            self._written.emit(Change(tables=frozenset({"secret"})), book.about)
            return written

        return self._gate.job(work)

    def leave(self) -> None:
        """Lock, and lock what is being opened now as soon as it is open: nobody is here."""
        self.lock()
        self.afterwards(self.lock)

    def afterwards(self, then: Callable[[], object]) -> None:
        """Call ``then`` when what is queued on the casebook's thread now has ended."""
        self._casebook.job(lambda _progress: None).finished(then).run()

    def lock(self) -> None:
        """Save what is typed, close the casebook, and tell every view to let go of its text."""
        if self._about is None:
            return
        self._long.stop()
        self.locking.emit()
        self._about = self._older = None
        self._verdict.stop()
        self._process.stop()
        closing = self._casebook.job(lambda _progress: self._close())
        closing.finished(self._long.settle).finished(self.locked.emit).run()

    def put_away(self) -> str:
        """Lock and wait for it; return why something typed could not be kept, usually nothing."""
        self.lock()
        self._casebook.wait()
        return self.unkept

    def forget_unkept(self) -> None:
        """Let go of what the disk did not take: the person decided to."""
        self._unkept.forget()

    def close(self) -> None:
        """Lock, and end both threads; the last thing the program does."""
        self._long.stop()
        if self._about is not None:
            self.locking.emit()
            self._about = None
        self._verdict.stop()
        self._documents.cancel_all()
        self._process.stop()
        self._casebook.job(lambda _progress: self._close()).run()
        for runner in reversed(self._runners):
            runner.close()

    def ask(self, read: Callable[[Casebook], T]) -> Job[T]:
        """Build a job that reads."""
        return self._casebook.job(lambda _progress: read(self._open_book()))

    def do(
        self, change: Callable[[Casebook], Change | None], *, keep: bool = False
    ) -> Job[Change | None]:
        """Build a job that changes the casebook in one transaction.

        With ``keep`` (what a person typed) a change that the disk does not take is held and made
        again later, also over a lock.
        """

        def work(_progress: Progress) -> Change | None:
            try:
                book = self._sound_book()
                self._put_unkept(book)
                made = change(book)
            except Exception as error:
                if keep and (of_the_disk(error) or error is self._unsound):
                    self._unkept.hold(self._held_id, change, error)
                self._told_unsaved(error)
                raise
            if made is not None or self._unsaved:
                self._unsaved = False
                self._written.emit(made, book.about)
            return made

        return self._gate.job(work)

    def work(self, long: Callable[[Casebook, Progress], T], *, changes: bool = False) -> Job[T]:
        """Build a job that takes long, tells progress and can be cancelled.

        With ``changes`` every view is told to read again when it ends, also where it was stopped
        or failed: what had been stored by then stays.
        """

        def work(progress: Progress) -> T:
            book = self._sound_book()
            try:
                return long(book, progress)
            finally:
                if changes:
                    self._written.emit(EVERYTHING, book.about)

        return self._long.add(self._gate.job(work))

    def aside(self, long: Long[T], *, changes: bool = False, behind: bool = False) -> Job[T]:
        """Build a job as ``work`` does, given steps on the casebook; ``behind`` all other work."""
        return (self._behind if behind else self._aside).job(long, changes=changes)

    def apart(self, long: Callable[[Progress], T]) -> Job[T]:
        """Build a long job that needs no open casebook (it may make and close some of its own)."""
        return self._long.add(self._casebook.job(long))

    def call(self, step: Callable[[Casebook], T]) -> T:
        """Do a step on the casebook's thread and wait for it: from work done ``elsewhere``."""
        return self._casebook.call(lambda: step(self._open_book()))

    def elsewhere(self, work: Callable[[], T]) -> Job[T]:
        """Build a job that runs beside the casebook's thread."""
        return self._checks.job(lambda _progress: work())

    def beside(self, work: Callable[[], T]) -> Job[T]:
        """Build a short job that needs no casebook, and waits for nothing that takes long."""
        return self._beside.job(lambda _progress: work())

    def documents(self, work: Callable[[Worker], T]) -> Job[T]:
        """Build a job for the thread that owns the document process."""
        return self._process.job(work)

    def _lock(self, error: Exception) -> None:
        """Come to the unlock screen, as the casebook had to be closed, and say why there."""
        told = Qt.ConnectionType.SingleShotConnection
        self.locked.connect(lambda: self.failed.emit(error), told)
        self.lock()

    @Slot(object, object)
    def _on_written(self, change: Change | None, about: About) -> None:
        if self._about is None:
            return  # locked meanwhile
        if about != self._about:
            self._about = about
            self.about_changed.emit(about)
        if change is not None:
            self.changed.emit(change)
        self.saved.emit(datetime.now().astimezone())

    def _check_rest(self) -> None:
        """Check what opening a large casebook left, beside whatever is read meanwhile."""
        examination = self._examination

        def take(checks: list[Check]) -> None:
            if self._book is not None and self._examination is examination:
                self._book.take_verdict(checks)

        if examination is not None:
            self._verdict.begin(examination, take)

    def _unsure(self, error: Exception) -> None:
        """Close what is damaged, or could not be checked to the end; what is typed is held."""
        self._casebook.job(lambda _progress: self._distrust(error)).run()
        self.lock()
        self.afterwards(lambda: self.damaged.emit(error))

    # The rest runs on the thread that owns what it touches.

    def _take(self, book: Casebook) -> About:
        self._book = book
        about = book.about
        self._held_id, self._older = about.id, book.older
        self._settled = book.settled.sentence if book.settled else ""
        self._examination = None if book.checked else book.examination()
        return about

    def _put_unkept(self, book: Casebook) -> None:
        """Make what the disk did not take before, and tell every view."""
        while self._unkept.waits(self._held_id):
            try:
                made = self._unkept.put(self._held_id, book)
            except Exception as error:
                self._told_unsaved(error)
                if of_the_disk(error):
                    raise
                self.failed.emit(error)  # told, and the rest is made all the same
            else:
                if made is not None:
                    self._written.emit(made, book.about)

    def _told_unsaved(self, error: Exception) -> None:
        """Say that something typed is not on the disk; what is refused was never to get there."""
        if isinstance(error, ClosedError):
            self._unsound = error  # nothing more of what waits is tried on what is closed
        if error is self._unsound or not refused(error):
            self._unsaved = True
            self.not_saved.emit()

    def _open_book(self) -> Casebook:
        if self._book is None:
            raise StateError(say("The casebook is locked. Unlock it and try again."))
        return self._book

    def _sound_book(self) -> Casebook:
        if self._unsound is not None:
            raise self._unsound
        return self._open_book()

    def _distrust(self, error: Exception) -> None:
        self._unsound = error

    def _close(self) -> None:
        self._unsound = None
        self._examination = None  # it holds the key
        if self._book is not None:
            book, self._book = self._book, None
            book.close()
