"""Checks and receipts: everything looked at again, a verdict a line, and a page that proves it."""

from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QWidget

from reviewer.assets import resource
from reviewer.casebook.book import Casebook, Check
from reviewer.crypto.groups import Sheet
from reviewer.crypto.receipt import Receipt, read_receipt
from reviewer.exchange.examine import examine, examine_receipt
from reviewer.exchange.journal import VERIFIER, journal_export
from reviewer.messages import later, plural, say
from reviewer.outset import write_set
from reviewer.progress import Progress
from ui.desk.desk import Desk
from ui.printing import advice_on, write_receipt
from ui.rooms.safekeeping.card import SafekeepingCard
from ui.rooms.safekeeping.check_list import VerdictList
from ui.settings import Settings
from ui.theme import SPACE
from ui.widgets.buttons import button
from ui.widgets.column import TextColumn
from ui.widgets.files import choose_folder
from ui.widgets.flow import Flow
from ui.widgets.sheet_entry import SheetEntry
from ui.widgets.text import Label

_NOTE = later(
    "A check reads every page, every change and every seal again, and the"
    " backups beside the file. A receipt is a page that says which state"
    " the casebook is in and holds nothing of any case: whoever keeps one"
    " can tell later, on any computer, whether an older file was put back."
)
_TYPED = 420  # of the lines to type, at the drawn text size
_TYPE = later("Type the five lines of the receipt. They say nothing about any case.")


class ChecksCard(SafekeepingCard):
    """Four actions, and the verdicts of the last check."""

    def __init__(self, desk: Desk, settings: Settings) -> None:
        super().__init__(desk, settings, say("Checks and receipts"), say(_NOTE))
        acts = QWidget()
        flow = Flow(acts, space=SPACE.S)
        self.check = button(say("Check now"), self.check_now)
        self.print = button(say("Print a receipt..."), self._choose_receipt)
        self.compare = button(say("Compare with a receipt..."), self._show_entry)
        self.save = button(say("Save the journal..."), self._choose_journal)
        for part in (self.check, self.print, self.compare, self.save):
            flow.addWidget(part)
        self.body.addWidget(acts)
        self._add_entry()
        self.verdicts = VerdictList()
        self.close_card()
        self.body.addWidget(self.verdicts)

    def _add_entry(self) -> None:
        self._typing = TextColumn(_TYPED)
        column = self._typing.inside
        column.setContentsMargins(0, SPACE.S, 0, SPACE.S)
        column.setSpacing(SPACE.S)
        column.addWidget(Label(say(_TYPE), tone="secondary", wrap=True))
        self.entry = SheetEntry(Sheet.RECEIPT)
        self.go = button(say("Compare"), self._compare)
        self.go.setEnabled(False)
        self.entry.changed.connect(self._typed)
        column.addWidget(self.entry)
        row = QHBoxLayout()
        row.setSpacing(SPACE.S)
        row.addWidget(self.go)
        row.addWidget(button(say("Cancel"), self._hide_entry, kind="quiet"))
        row.addStretch(1)
        column.addLayout(row)
        self._typing.hide()
        self.body.addWidget(self._typing)

    def check_now(self) -> None:
        """Run every check and show a verdict a line."""
        self.outcome.clear()
        self.verdicts.clear()

        def work(book: Casebook, progress: Progress) -> list[Check]:
            return examine(book, progress=progress)

        job = self.desk.work(work).owner(self).succeeded(self._checked)
        self.strip.watch(say("Checking the casebook"), job).run()

    def print_to(self, folder: Path) -> None:
        """Write the receipt into ``folder``."""

        def work(book: Casebook, _progress: Progress) -> tuple[Path, Receipt]:
            return write_receipt(book, folder), book.receipt

        job = self.desk.work(work).owner(self).succeeded(self._printed)
        self.strip.watch(say("Writing the receipt"), job, stoppable=False).run()

    def save_to(self, folder: Path) -> None:
        """Write the journal and the program that checks it into ``folder``."""

        def work(book: Casebook, _progress: Progress) -> list[Path]:
            book.finish_checks()
            state = book.receipt
            name = f"journal-{book.about.id[:8]}-{state.name}-{state.seq}.json"
            program = resource(VERIFIER).read_bytes()
            files = {name: journal_export(book), VERIFIER: program}
            return write_set(folder, files, replace=True)  # of one entry there is one journal

        job = self.desk.work(work).owner(self).succeeded(self._saved)
        self.strip.watch(say("Writing the journal"), job, stoppable=False).run()

    def _choose_receipt(self) -> None:
        choose_folder(self, say("Folder for the receipt"), self.print_to)

    def _choose_journal(self) -> None:
        choose_folder(self, say("Folder for the journal"), self.save_to)

    def _show_entry(self) -> None:
        self._typing.show()
        self.entry.focus()
        self.opened.emit(self._typing)

    def _typed(self) -> None:
        self.go.setEnabled(self.entry.whole)

    def _hide_entry(self) -> None:
        self.entry.forget()
        self._typing.hide()
        self.compare.setFocus()

    def _compare(self) -> None:
        receipt = read_receipt(self.entry.text)
        job = self.desk.ask(lambda book: examine_receipt(book, receipt)).owner(self)
        job.succeeded(self._compared).run()

    def _compared(self, check: Check) -> None:
        self._hide_entry()
        self.outcome.tell(check.sentence, warn=not check.passed)

    def _checked(self, checks: list[Check]) -> None:
        self.verdicts.show_all(checks)
        bad = sum(1 for check in checks if not check.passed)
        notes = sum(1 for check in checks if check.passed and check.remark)
        if bad:
            told = say(
                "{bad} of {count} checks failed. Write nothing more here, and see below.",
                bad=bad,
                count=len(checks),
            )
        else:
            more = (
                plural(" {count} note below.", " {count} notes below.", count=notes)
                if notes
                else ""
            )
            told = say("All {count} checks passed.{more}", count=len(checks), more=more)
        self.outcome.tell(told, warn=bool(bad))
        self.opened.emit(self.verdicts)

    def _printed(self, made: tuple[Path, Receipt]) -> None:
        path, receipt = made
        self.outcome.tell(
            say(
                "The receipt of journal entry {seq:,} was written. {advice_on}",
                seq=receipt.seq,
                advice_on=advice_on(self.desk.about),
            ),
            lines=[str(path), *(line.upper() for line in receipt.lines)],
        )

    def _saved(self, paths: list[Path]) -> None:
        self.outcome.tell(
            say(
                "The journal was written, with the program that checks it. It names"
                " people, steps and times; it holds no score and nothing of any"
                " document."
            ),
            lines=[str(path) for path in paths],
        )
