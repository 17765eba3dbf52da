"""Who can open the returns: this casebook alone, or only together with a sheet of paper."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from reviewer.casebook.book import Casebook
from reviewer.exchange.custody import WHAT_IS_LOST, may_name, name_custodian, replace_sheet
from reviewer.messages import later, say
from reviewer.progress import Progress
from reviewer.records.panel import LONGEST_NAME, Custodian
from reviewer.records.text import clean_line
from ui import errors
from ui.desk.desk import Desk
from ui.printing import custodian_sheet
from ui.rooms.safekeeping.card import SafekeepingCard
from ui.settings import Settings
from ui.widgets.buttons import button
from ui.widgets.dates import when
from ui.widgets.files import choose_folder
from ui.widgets.form import Form
from ui.widgets.problem import InlineProblem
from ui.widgets.text import Label

_TOGETHER = later(
    "The sheet cannot be printed again: this casebook never kept that half"
    " of the key. If both copies are lost, what is sealed for it can never"
    " be opened: another sheet is written then, and who has sealed seals"
    " again."
)
_ALONE = later("The returns open with this casebook alone.")
_LATE = later(
    "A second person could be named only before the first casebook was"
    " issued: what was given out is sealed to a key that this casebook"
    " holds alone."
)
_STILL = later(
    "You can still name a second person who keeps half of the key on paper: until the first"
    " casebook is issued, and not after."
)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Facts:
    custodian: Custodian | None
    scores: bool
    possible: bool
    replaceable: bool


class CustodianCard(SafekeepingCard):
    """Names who is needed; lets the chair name a second person while nothing is issued."""

    def __init__(self, desk: Desk, settings: Settings) -> None:
        super().__init__(desk, settings, say("Who can open the returns"))
        self.who = Label("", size="strong", wrap=True)
        self.more = Label("", tone="secondary", wrap=True)
        self.body.addWidget(self.who)
        self.body.addWidget(self.more)
        self.form = Form()
        self.name = QLineEdit()
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setPlaceholderText(say("For example: the secretary of the inquiry"))
        self.form.add(say("Name of the second person, not the chair"), self.name)
        self.body.addWidget(self.form)
        self.problem = InlineProblem()
        self.body.addWidget(self.problem)
        self.go = button(say("Write the sheet..."), self._choose)
        self.body.addWidget(self.go, 0, Qt.AlignmentFlag.AlignLeft)
        self.lost = button(say("The sheet is lost..."), self._choose_another)
        self.body.addWidget(self.lost, 0, Qt.AlignmentFlag.AlignLeft)
        self.close_card()

    def enter(self) -> None:
        self.desk.ask(_read).owner(self).succeeded(self._show).run()

    def write_to(self, folder: Path) -> None:
        """Name the custodian and write the sheet into ``folder``."""
        name = clean_line(self.name.text())

        def work(book: Casebook, _progress: Progress) -> Path:
            return name_custodian(book, name, custodian_sheet, folder)

        job = self.desk.work(work, changes=True).owner(self)
        job.succeeded(self._written).failed(self._failed).finished(self.enter)
        self.strip.watch(say("Writing the sheet"), job).run()

    def replace(self, folder: Path) -> None:
        """Write another sheet for the open round into ``folder``: its own is lost."""

        def work(book: Casebook, _progress: Progress) -> tuple[Path, tuple[str, ...]]:
            return replace_sheet(book, custodian_sheet, folder)

        job = self.desk.work(work, changes=True).owner(self)
        job.succeeded(self._replaced).failed(self._failed).finished(self.enter)
        self.strip.watch(say("Writing another sheet"), job).run()

    def _choose_another(self) -> None:
        self.problem.clear()
        choose_folder(self, say("Folder for the new sheet (all must seal again)"), self.replace)

    def _replaced(self, told: tuple[Path, tuple[str, ...]]) -> None:
        sheet, asked = told
        again = say(" These must seal again: {asked}.", asked=", ".join(asked)) if asked else ""
        self.outcome.tell(
            say(
                "Another sheet was written, two copies; the lost one opens no return"
                " that counts. Print both now, give them away, and delete the file."
                " Write an update for everybody: it brings the new key.{again}",
                again=again,
            ),
            lines=[str(sheet)],
        )

    def _choose(self) -> None:
        if not clean_line(self.name.text()):
            self.problem.tell(
                say("Give the name of the person who keeps the other half of the key.")
            )
            self.name.setFocus()
            return
        self.problem.clear()
        choose_folder(self, say("Folder for the custodian's sheet"), self.write_to)

    def _show(self, facts: _Facts) -> None:
        custodian = facts.custodian
        if custodian is not None:
            self.who.setText(
                say(
                    "This casebook, and the sheet {mark} that {name} keeps: both together.",
                    mark=custodian.mark.upper(),
                    name=custodian.name,
                )
            )
            self.more.setText(
                say(
                    "Since {when}. {together}", when=when(custodian.since), together=say(_TOGETHER)
                )
            )
        else:
            self.who.setText(say(_ALONE))
            lost = [WHAT_IS_LOST] if facts.scores else []
            self.more.setText(" ".join([*lost, say(_STILL) if facts.possible else say(_LATE)]))
        for part in (self.form, self.go):
            part.setVisible(facts.possible)
        self.lost.setVisible(facts.replaceable)

    def _written(self, sheet: Path) -> None:
        self.outcome.tell(
            say(
                "The sheet was written, two copies. Print both now, give them away,"
                " and delete the file. It cannot be written again."
            ),
            lines=[str(sheet)],
        )

    def _failed(self, error: Exception) -> None:
        told = errors.words(error)
        self.problem.tell(told.sentence, details=told.details)


def _read(book: Casebook) -> _Facts:
    about = book.about
    return _Facts(
        custodian=about.custodian,
        scores=bool(about.member),
        possible=may_name(book),
        replaceable=about.kind == "chair" and about.custodian is not None and not about.released,
    )
