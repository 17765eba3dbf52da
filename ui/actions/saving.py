"""Saving out the file of a document to where a person says."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from reviewer.casebook.steps import Steps
from reviewer.intake.originals import WHAT_A_COPY_IS, is_unlocked, original_name, write_original
from reviewer.messages import later, say
from reviewer.progress import Progress
from reviewer.records.cases import Document
from ui import errors
from ui.desk.desk import Desk
from ui.rooms.room import Room
from ui.widgets.files import choose_new

_ANY = later("All files (*)")


class Saving:
    """Asks for a name, and writes the chosen document's file there."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        self._desk = desk
        self._window = window
        self.front: Callable[[], Room | None] = lambda: None

    def original(self) -> None:
        """Ask where the original of the document in front goes, and write it there."""
        room = self.front()
        document = room.chosen_document if room is not None else None
        if document is None:
            errors.tell(
                self._window,
                say("No document is chosen. Choose one in Cases, or open one to read it first."),
            )
            return
        choose_new(
            self._window,
            say("Save the original of {title}", title=document.title),
            _ANY,
            Path.home() / original_name(document),
            lambda path: self.write(document, path),
        )

    def write(self, document: Document, path: Path) -> None:
        """Write the original of ``document`` to ``path``, which may replace what was there."""

        def work(steps: Steps, progress: Progress) -> tuple[Path, bool]:
            unlocked = steps(lambda book: is_unlocked(book, document))
            progress.step(0, 1, path.name)
            return write_original(steps, document, path, progress, replace=True), unlocked

        def tell(found: tuple[Path, bool]) -> None:
            written, unlocked = found
            told = say("{name} was written as it was brought in.", name=written.name)
            if unlocked:
                told = say(
                    "{name} was written without its password, which was given. The file as it"
                    " came is kept as the version that this one replaced.",
                    name=written.name,
                )
            errors.tell(
                self._window,
                told,
                details=(say(WHAT_A_COPY_IS),),
                title=say("Saved"),
            )

        job = self._desk.aside(work).named(say("the copy of an original"))
        job.owner(self._window).succeeded(tell)
        job.failed(lambda error: errors.show(self._window, error)).run()
