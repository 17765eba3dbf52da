"""A dialog that does what it asks about: it stays until that is done, and tells what failed."""

from typing import TypeVar

from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QProgressBar, QWidget

from ui import errors
from ui.desk.jobs import Job
from ui.dialogs.frame import Frame
from ui.widgets.text import Label

T = TypeVar("T")


class WorkingFrame(Frame):
    """Run a job by ``work``; nothing can be typed and it cannot be closed until the job ends."""

    def __init__(
        self, parent: QWidget, title: str, *, lead: str = "", action: str = "", width: int = 520
    ) -> None:
        super().__init__(parent, title, lead=lead, action=action, width=width)
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(title)
        self._doing = Label("", tone="secondary", size="small")
        self._parts: list[QWidget] = []
        self.setModal(True)

    def open(self) -> None:
        for part in (self._bar, self._doing):
            self.body.addWidget(part)
            part.hide()
        super().open()

    def watch(self, *parts: QWidget) -> None:
        """Name the parts that cannot be used while it works."""
        self._parts += parts

    def work(self, job: Job[T]) -> None:
        """Run ``job`` and show how far it is; connect what succeeds before."""
        self.problem.clear()
        self._waiting(on=True)
        (
            job.owner(self)
            .progressed(lambda _done, _total, what: self._doing.setText(f"{what}..."))
            .failed(self._failed)
            .finished(self._ended)
            .run()
        )

    def reject(self) -> None:
        if not self._busy:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._busy:
            event.ignore()
        else:
            super().closeEvent(event)

    def _ended(self) -> None:
        self._waiting(on=False)
        self._fit()

    def _waiting(self, *, on: bool) -> None:
        self._busy = on
        self._bar.setVisible(on)
        self._doing.setVisible(on)
        for part in (self.go, self.away, *self._parts):
            part.setEnabled(not on)

    def _failed(self, error: Exception) -> None:
        told = errors.words(error)
        self.problem.tell(told.sentence, details=told.details)
