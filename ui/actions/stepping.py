"""Taking steps back and doing them again: named, shown, and no further than this session."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from reviewer.casebook.book import About, Casebook, Change
from reviewer.errors import StateError
from reviewer.messages import later, say
from reviewer.records.steps import Where, WorkStep
from ui import errors
from ui.desk.desk import Desk
from ui.dialogs.steps import StepsDialog

_NOTHING = later(
    "No rating, comment, mark or typed word was changed since this casebook"
    " was opened. What I did (Ctrl+H) lists older steps."
)
_NOT_AGAIN = later("Nothing was taken back since this casebook was opened.")

Take = Callable[[Casebook], Change | None]


class Stepping(QObject):
    """Ctrl+Z reaches back to when the casebook was opened; older steps have a list."""

    begun = Signal()  # what is typed is to be saved first
    went = Signal(object)  # Where: what was taken back or done again is to be seen there
    told = Signal(str, bool)  # what was done, and whether it can be done again

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._opened_at = 0  # the newest journal entry when the casebook was opened

    def begin(self, _about: About) -> None:
        """Reach back no further than to now: a casebook was opened."""

        def take(seq: int) -> None:
            self._opened_at = seq

        self._desk.ask(lambda book: book.journal.tail(1)[0].seq).owner(self).succeeded(take).run()

    def undo(self) -> None:
        """Take back the newest step of this session."""
        after = self._opened_at
        self._run(lambda book: book.undo(after=after), say("Taken back"), say(_NOTHING))

    def redo(self) -> None:
        """Do again what this session took back last."""
        after = self._opened_at
        self._run(lambda book: book.redo(after=after), say("Done again"), say(_NOT_AGAIN))

    def show_list(self) -> None:
        """Show every step that can be taken back, newest first."""
        self.begun.emit()
        dialog = StepsDialog(self._window)
        dialog.shown.connect(self._show)
        dialog.taken.connect(lambda step: self._turn(dialog, step))
        dialog.open()
        self._fill(dialog)

    # ------------------------------------------------------------ private

    def _run(self, take: Take, done: str, nothing: str) -> None:
        def tell(step: WorkStep | StateError | None) -> None:
            if isinstance(step, WorkStep):
                self.told.emit(f"{done}: {step.told}", step.undone)
                self._show(step.where)
            else:
                self.told.emit(nothing if step is None else str(step), False)

        self._do(take, tell)

    def _turn(self, dialog: StepsDialog, step: WorkStep) -> None:
        """Take one step of the list back, or do it again, and show the list anew."""
        seq = step.seq

        def tell(made: WorkStep | StateError | None) -> None:
            if isinstance(made, StateError):
                dialog.problem.tell(str(made))
            elif made is not None:
                done = say("Taken back") if made.undone else say("Done again")
                dialog.problem.tell(f"{done}: {made.told}", good=True)
            self._fill(dialog)

        self._do(lambda book: book.redo(seq) if step.undone else book.undo(seq), tell)

    def _do(self, take: Take, tell: Callable[[WorkStep | StateError | None], None]) -> None:
        self.begun.emit()
        told: list[WorkStep | StateError | None] = []

        def change(book: Casebook) -> Change | None:
            try:
                made = take(book)
            except StateError as error:  # told where it was asked; nothing typed is at stake
                told.append(error)
                return None
            told.append(book.steps.last_taken() if made is not None else None)
            return made

        self._desk.do(change).owner(self).succeeded(lambda _made: tell(told[-1])).failed(
            lambda error: errors.show(self._window, error)
        ).run()

    def _fill(self, dialog: StepsDialog) -> None:
        after = self._opened_at
        self._desk.ask(lambda book: book.steps.newest()).owner(dialog).succeeded(
            lambda steps: dialog.show_steps(steps, after=after)
        ).run()

    def _show(self, where: Where | None) -> None:
        if where is not None:
            self.went.emit(where)
