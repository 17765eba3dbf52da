"""The way of an update into a panellist's casebook: chosen or dropped, looked at, applied."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from reviewer.errors import StateError
from reviewer.exchange.updates.apply import apply, preview
from reviewer.exchange.updates.outcome import Outcome
from reviewer.messages import later, say
from ui import errors
from ui.actions.sending_late import SendingLate
from ui.desk.desk import Desk
from ui.dialogs.progress import ProgressDialog
from ui.dialogs.update import UpdateDialog
from ui.widgets.files import choose_file

UPDATES = later("Updates from the chair (*.update);;All files (*)")


class Updating:
    """Asks for the file, verifies it whole, shows what it brings, and applies it when asked."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        self._desk = desk
        self._window = window
        self.late = SendingLate(desk, window)

    def ask(self) -> None:
        """Ask for an update and take it."""
        choose_file(self._window, say("Apply an update from the chair"), UPDATES, self.take)

    def take(self, path: Path) -> None:
        """Verify the update at ``path`` and show what it would do."""
        if self._desk.about is None:
            errors.show(
                self._window,
                StateError(
                    say(
                        "An update goes into your casebook. Open the casebook first, then drop"
                        " the update here."
                    )
                ),
            )
            return
        job = self._desk.work(lambda book, progress: preview(book, path, progress=progress))
        job.succeeded(partial(self._show, path)).failed(self._failed)
        ProgressDialog(self._window, say("Verifying the update"), job).open()
        job.run()

    def apply(self, path: Path, close_unsealed: bool) -> None:  # noqa: FBT001 - a signal's value
        """Apply the update at ``path`` and tell what it did."""
        job = self._desk.work(
            lambda book, progress: apply(
                book, path, close_unsealed=close_unsealed, progress=progress
            ),
            changes=True,
        )
        job.named(say("applying the update")).succeeded(self._done).failed(self._failed)
        ProgressDialog(self._window, say("Applying the update"), job).open()
        job.run()

    def _show(self, path: Path, outcome: Outcome) -> None:
        dialog = UpdateDialog(self._window, outcome, applied=False)
        dialog.wanted.connect(partial(self.apply, path))
        if outcome.already:
            dialog.finished.connect(lambda _how: self.late.offer())
        dialog.open()

    def _done(self, outcome: Outcome) -> None:
        dialog = UpdateDialog(self._window, outcome, applied=True)
        dialog.finished.connect(lambda _how: self.late.offer())
        dialog.open()

    def _failed(self, error: Exception) -> None:
        errors.show(self._window, error)
