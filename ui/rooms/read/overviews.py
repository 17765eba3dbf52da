"""How far every case has come: read whole once, then only the cases that a change names."""

from PySide6.QtCore import QObject, Signal

from reviewer.casebook.book import Change
from ui.desk.desk import Desk
from ui.rooms.read.queries import Overview, read_again, read_overview

# Tables that say nothing of how far a case has come, and those that say it of the cases named.
_READING = frozenset({"reading", "reading_place", "page_read"})
_QUIET = _READING | {"journal", "journal_value", "undo_step", "digest"}
_WORK = _QUIET | {"rating", "evidence", "mark", "review"}


class Overviews(QObject):
    """Keeps the overview that the case list shows."""

    read = Signal(object)  # Overview: all of it
    changed = Signal(object, object)  # Overview, the cases of it that are others now

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._held: Overview | None = None

    def ask(self) -> None:
        """Read all of it; ``read`` follows."""
        self._desk.ask(read_overview).owner(self).succeeded(self._take).run()

    def on_changed(self, change: Change) -> None:
        """Read again what a change touched, and nothing else."""
        before = self._held
        if change.tables <= _QUIET:
            return
        if before is None or not change.cases or not change.tables <= _WORK:
            self.ask()
            return
        job = self._desk.ask(lambda book: read_again(book, before, change.cases)).owner(self)
        job.succeeded(lambda overview: self._take_cases(overview, change)).run()

    def close(self) -> None:
        """Hold nothing."""
        self._held = None

    def _take(self, overview: Overview) -> None:
        self._held = overview
        self.read.emit(overview)

    def _take_cases(self, overview: Overview, change: Change) -> None:
        self._held = overview
        self.changed.emit(overview, change.cases)
