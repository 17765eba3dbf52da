"""A room that shows what the release opened: empty before it, and says why."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from reviewer.casebook.book import Change
from reviewer.messages import later, say
from reviewer.summary.shapes import Summary
from ui import errors
from ui.desk.consolidated import Consolidated
from ui.desk.desk import Desk
from ui.rooms.room import Room
from ui.settings import Settings
from ui.theme import SPACE
from ui.widgets.column import pile
from ui.widgets.empty import EmptyState
from ui.widgets.job_strip import JobStrip
from ui.widgets.problem import InlineProblem
from ui.widgets.roomy import OneOf

_WHY = later(
    "Everybody's ratings stay sealed until the round is released, so that"
    " nobody sees another's before giving their own. Take the returns in"
    " under Merge, then release the round there."
)


class ReleasedRoom(Room):
    """Put the room itself into ``page`` and show the summary in ``show_summary``."""

    def __init__(self, desk: Desk, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(desk, settings, parent)
        self._layers = OneOf()
        pile(self, self._layers)
        self.page = QWidget()
        self._empty = EmptyState(
            say(_WHY), icon="seal", title=say("Nothing to show before the release")
        )
        self._wait = self._build_wait()
        self._layers.addWidget(self._empty)
        self._layers.addWidget(self._wait)
        self._layers.addWidget(self.page)
        self._layers.addWidget(self._build_refused())
        self._shown: Summary | None = None
        self._made = Consolidated.of(desk)
        self._made.ready.connect(self._ready)
        self._made.failed.connect(self._failed)
        self._made.stopped.connect(self._stopped)
        desk.changed.connect(self._changed)

    def enter(self) -> None:
        self._look()

    def show_summary(self, summary: Summary) -> None:
        """Show ``summary``; called when it is made, or made anew."""
        raise NotImplementedError

    def _build_wait(self) -> QWidget:
        ground = QWidget()
        column = QVBoxLayout(ground)
        column.setContentsMargins(SPACE.XL, SPACE.L, SPACE.XL, SPACE.L)
        self.making = JobStrip()
        column.addWidget(self.making)
        wait = EmptyState(say("Counting, and drawing 1,000 resamples."), icon="clock")
        column.addWidget(wait, 1)
        return ground

    def _build_refused(self) -> QWidget:
        ground = QWidget()
        column = QVBoxLayout(ground)
        column.setContentsMargins(SPACE.XXL, SPACE.XXL, SPACE.XXL, SPACE.XXL)
        self._problem = InlineProblem()
        column.addWidget(self._problem)
        column.addStretch(1)
        self._refused = ground
        return ground

    def _look(self) -> None:
        about = self.desk.about
        if about is None:
            return
        if not about.results:
            self._layers.setCurrentWidget(self._empty)
            return
        stands = self._shown is self._made.summary or self._made.recounts
        if self._shown is None or not stands:
            self._layers.setCurrentWidget(self._wait)
        self._made.ask()
        job = self._made.job
        if job is not None and not self.making.watches(job):
            self.making.watch(say("Making the summary"), job)

    def _changed(self, _change: Change) -> None:
        if self.isVisible():
            self._look()

    def _ready(self, summary: Summary) -> None:
        if summary is not self._shown:
            self._shown = summary
            self.show_summary(summary)
        self._layers.setCurrentWidget(self.page)

    def _stopped(self) -> None:
        self._problem.tell(say("The summary was stopped."), action=say("Make it"), then=self._look)
        self._layers.setCurrentWidget(self._refused)

    def _failed(self, error: Exception) -> None:
        told = errors.words(error)
        self._problem.tell(
            told.sentence, details=told.details, action=say("Try again"), then=self._look
        )
        self._layers.setCurrentWidget(self._refused)
