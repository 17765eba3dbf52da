"""Long work, shown where it was asked for: what is at hand, how far it is, a way to stop it."""

from typing import TypeVar

from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget
from shiboken6 import isValid

from reviewer.messages import say
from ui.desk.jobs import Job
from ui.theme import SPACE
from ui.widgets.buttons import STOPS, button
from ui.widgets.text import Elided, Label

T = TypeVar("T")


class JobStrip(QFrame):
    """Watches one job at a time; hidden while there is none."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "raised")
        self._job: Job[object] | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE.L, SPACE.M, SPACE.L, SPACE.M)
        row.setSpacing(SPACE.L)
        column = QVBoxLayout()
        column.setSpacing(SPACE.XS + 2)
        self._title = Label("", size="strong")
        self._what = Elided("", tone="secondary")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        for part in (self._title, self._bar, self._what):
            column.addWidget(part)
        row.addLayout(column, 1)
        self._cancel = button(say("Cancel"), self.cancel)
        self._cancel.setProperty(STOPS, True)
        row.addWidget(self._cancel)
        self.hide()

    @property
    def busy(self) -> bool:
        """Whether a job is being watched."""
        return self._job is not None

    def watches(self, job: Job[T]) -> bool:
        """Whether it is ``job`` that is being watched."""
        return self._job is job

    def watch(self, title: str, job: Job[T], *, stoppable: bool = True) -> Job[T]:
        """Show ``job`` until it ends; run it afterwards."""
        self._job = job  # type: ignore[assignment]  # what it returns does not matter here
        self._title.setText(title)
        self._what.set_text(say("Starting"))
        self._bar.setRange(0, 0)
        self._bar.setAccessibleName(title)
        self._cancel.setEnabled(True)
        self._cancel.setVisible(stoppable)
        self.show()

        def step(done: int, total: int, what: str) -> None:
            if isValid(self) and self.watches(job):  # the job may be another's, and outlive us
                self._step(done, total, what)

        def end() -> None:
            if isValid(self) and self.watches(job):
                self._job = None
                self.hide()

        return job.progressed(step).finished(end)

    def cancel(self) -> None:
        """Ask the job to stop at its next step."""
        if self._job is not None:
            self._job.cancel()
            self._cancel.setEnabled(False)
            self._what.set_text(say("Stopping; what is whole is kept"))

    def _step(self, done: int, total: int, what: str) -> None:
        self._bar.setRange(0, max(total, 0))
        self._bar.setValue(done)
        self._what.set_text(what or say("Working"))
