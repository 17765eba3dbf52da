"""The line over every room that says that backups fail, until one is made again."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from reviewer.messages import say
from ui import errors
from ui.widgets.problem import InlineProblem


class UnbackedNotice(InlineProblem):
    """Hidden while backups are made."""

    def __init__(self, show_more: Callable[[], object], *, parent: QWidget | None = None) -> None:
        super().__init__(band=True, parent=parent)
        self._show_more = show_more

    def tell_failure(self, error: Exception) -> None:
        """Say why the last backup was not made."""
        told = errors.words(error)
        self.tell(
            say("No backup could be made. Your work is saved in the casebook all the same."),
            details=(told.sentence, *told.details),
            action=say("See Safekeeping"),
            then=self._show_more,
            notice=True,
        )
