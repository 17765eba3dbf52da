"""Bringing a register, or documents for one case, into the open casebook."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from reviewer.casebook.steps import Steps
from reviewer.documents.outside.worker import Worker
from reviewer.intake import (
    Difference,
    ImportReport,
    bring_documents,
    bring_register,
    take_differences,
)
from reviewer.messages import later, plural, say
from reviewer.progress import Progress
from reviewer.records.cases import Case
from reviewer.records.ids import CaseId
from ui import errors
from ui.desk.desk import Desk
from ui.dialogs.choose_case import ChooseCaseDialog
from ui.dialogs.import_report import ImportReportDialog
from ui.dialogs.progress import ProgressDialog
from ui.settings import CONFINED_ONLY, TOLD_WEAKNESS, Settings
from ui.widgets.files import DOCUMENTS, choose_file, choose_files

REGISTERS = later("Registers (*.csv *.xlsx *.xlsm *.xls *.ods)")
Bring = Callable[[Steps, Worker, Progress], ImportReport]
_STOPPED = later(
    "Stopped before its end: {what}. What came whole is kept, and the same import adds the rest."
)


class Bringing:
    """Asks for the files, imports them in the background, and tells what came of it."""

    def __init__(self, desk: Desk, settings: Settings, window: QWidget) -> None:
        self._desk = desk
        self._settings = settings
        self._window = window
        self.chosen_case: Callable[[], CaseId | None] = lambda: None  # of the room in front

    def register(self) -> None:
        """Ask for a register and import it."""
        choose_file(self._window, say("Import a register"), say(REGISTERS), self.import_register)

    def import_register(self, path: Path) -> None:
        """Import the register at ``path`` with the documents that it names."""

        def work(steps: Steps, worker: Worker, progress: Progress) -> ImportReport:
            return bring_register(steps, worker, path, progress)

        self._start(say("Importing the register"), work)

    def documents(self) -> None:
        """Ask for a case, beginning with the chosen one, then for documents; import those."""
        self._choose_case([], self._choose_documents)

    def offer(self, paths: list[Path]) -> None:
        """Ask to which case ``paths`` belong, beginning with the chosen one, and import them."""
        self._choose_case(paths, lambda reference: self.import_documents(reference, paths))

    def import_documents(self, reference: str, paths: list[Path]) -> None:
        """Import ``paths`` into the case ``reference``."""

        def work(steps: Steps, worker: Worker, progress: Progress) -> ImportReport:
            return bring_documents(steps, worker, reference, paths, progress)

        self._start(say("Adding documents to {reference}", reference=reference), work)

    def _choose_case(self, files: list[Path], then: Callable[[str], object]) -> None:
        """Ask which case ``files`` (none yet: chosen afterwards) belong to, and go on."""
        chosen = self.chosen_case()

        def ask(cases: list[Case]) -> None:
            dialog = ChooseCaseDialog(self._window, cases, chosen, files=files)
            dialog.chosen.connect(then)
            dialog.open()

        self._desk.ask(lambda book: book.cases.all()).owner(self._window).succeeded(ask).run()

    def _choose_documents(self, reference: str) -> None:
        choose_files(
            self._window,
            say("Documents for case {reference}", reference=reference),
            DOCUMENTS,
            lambda paths: self.import_documents(reference, paths),
        )

    def _start(self, title: str, bring: Bring, passwords: tuple[str, ...] = ()) -> None:
        confined_only = self._settings.get(CONFINED_ONLY)

        def work(steps: Steps, progress: Progress) -> ImportReport:
            with Worker(confined_only=confined_only, passwords=passwords) as worker:
                return bring(steps, worker, progress)

        def again(password: str) -> None:
            self._start(title, bring, (*passwords, password))

        job = self._desk.aside(work, changes=True)
        job.named(say("the import of documents"), counts=True)
        job.succeeded(lambda report: self._tell(report, again)).stopped(
            lambda: self._tell_stopped(job.told_cut)
        )
        job.failed(lambda error: errors.show(self._window, error))
        ProgressDialog(self._window, title, job, beside=True).open()
        job.run()

    def _tell(self, report: ImportReport, again: Callable[[str], object]) -> None:
        """Show what came; what this computer cannot shut off is said the first time only."""
        known = self._settings.get(TOLD_WEAKNESS) == report.weakness
        if not known:
            self._settings.put(TOLD_WEAKNESS, report.weakness)
        weakness = "" if known else report.weakness
        dialog = ImportReportDialog(self._window, report, weakness=weakness)
        dialog.taking.connect(self.take)
        dialog.unlocking.connect(again)
        dialog.open()

    def _tell_stopped(self, what: str) -> None:
        """Say that an import was stopped; where a lock did that, the locked page says it."""
        if self._desk.about is not None:
            errors.tell(self._window, say(_STOPPED, what=what))

    def take(self, differences: tuple[Difference, ...]) -> None:
        """Let cases read as the register does where it differs."""
        cases = len({one.case for one in differences})
        told = say(
            "{read} as the register does now.",
            read=plural("{count:,} case reads", "{count:,} cases read", count=cases),
        )

        def tell(issued: bool) -> None:  # noqa: FBT001 - what was asked
            more = say(" Write updates under Panel: the panellists have them as they were.")
            errors.tell(self._window, told + more if issued else told)

        ask = self._desk.ask(lambda book: book.members.anybody_issued())
        ask.succeeded(tell)
        job = self._desk.do(lambda book: take_differences(book, differences))
        job.succeeded(lambda _change: ask.run())
        job.failed(lambda error: errors.show(self._window, error)).run()
