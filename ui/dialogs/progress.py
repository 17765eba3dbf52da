"""Long work: what is at hand, how far it is, and a way to stop it."""

from typing import TypeVar

from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QProgressBar, QWidget

from reviewer.messages import say
from ui.desk.jobs import Job
from ui.dialogs.frame import Frame
from ui.widgets.buttons import STOPS
from ui.widgets.text import Elided

T = TypeVar("T")


class ProgressDialog(Frame):
    """Watches one job and closes when it has ended; Cancel asks it to stop.

    ``beside``: the window can be used meanwhile.
    """

    def __init__(self, parent: QWidget, title: str, job: Job[T], *, beside: bool = False) -> None:
        super().__init__(parent, title, width=440)
        self._beside = beside
        self._cancel = job.cancel
        self._over = False
        self._what = Elided(say("Starting"), tone="secondary")
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(title)
        self.body.addWidget(self._what)
        self.body.addWidget(self._bar)
        self.away.setText(say("Cancel"))
        self.away.setAccessibleName(say("Cancel"))
        self.away.setProperty(STOPS, True)
        job.owner(self).progressed(self._step).finished(self._end)

    def open(self) -> None:
        if self._beside:
            self.show()
        else:
            super().open()

    def reject(self) -> None:
        if self._over:
            super().reject()
            return
        self._cancel()
        self.away.setEnabled(False)
        self._what.set_text(say("Stopping; what is whole is kept"))

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._over:
            self.reject()
            event.ignore()

    def _step(self, done: int, total: int, what: str) -> None:
        self._bar.setRange(0, max(total, 0))
        self._bar.setValue(done)
        counted = say("{done:,} of {total:,}", done=done, total=total) if total > 1 else ""
        self._what.set_text(" · ".join(part for part in (counted, what) if part) or say("Working"))

    def _end(self) -> None:
        self._over = True
        self.close()
