"""Merge: drop returns, see a verdict each, see who is out, release once, keep the ledger."""

from collections.abc import Collection
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from reviewer.casebook.book import Change
from reviewer.exchange.late import OpenedLate, open_late
from reviewer.exchange.merge import choose, receive, withdraw_choice
from reviewer.exchange.merge_result import MergeResult
from reviewer.exchange.release import Released, release
from reviewer.messages import later, plural, say
from reviewer.rounds.agenda import OpenedRound, RoundOffer, offer
from reviewer.rounds.allocation import Cell
from reviewer.summary import gaps
from reviewer.summary.kinds import nothing_open
from reviewer.summary.shapes import LedgerLine, Summary
from ui import errors, theme
from ui.desk import backups as keeping
from ui.desk.consolidated import Consolidated
from ui.desk.desk import Desk
from ui.models.table import Sorted, TableModel
from ui.printing import advice_on, write_receipt
from ui.rooms.merge.drop import DropPlace, returns_in
from ui.rooms.merge.fork import ForkForm
from ui.rooms.merge.latest import LateForm, LateNotice
from ui.rooms.merge.opening import Opening, open_next
from ui.rooms.merge.releasing import ReleaseForm, released_words
from ui.rooms.merge.results_list import Verdicts, looked_at, needs, urgent_first
from ui.rooms.merge.round_form import RoundForm
from ui.rooms.merge.round_status import LateSealed, Out, RoundStands, ledger_columns, read_round
from ui.rooms.merge.side import RoundSide
from ui.rooms.room import RETURNS, Room
from ui.settings import Settings
from ui.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.empty import EmptyState
from ui.widgets.files import choose_folder
from ui.widgets.job_strip import JobStrip
from ui.widgets.outcome import Outcome
from ui.widgets.page_head import PageHead
from ui.widgets.problem import InlineProblem
from ui.widgets.side_form import SideForm
from ui.widgets.table import Table
from ui.widgets.text import Label

_SHOWN = {"member", "received", "round", "absence", "sealed_return", "rating"}
_BUSY = later("What was dropped before is still being verified. Drop these again when it is done.")
_VERDICTS = later("the list of verdicts under Merge (the returns are kept)")
_OPENING = 4  # the page at the side that opens a round
_SIDE = 380  # pixels at the drawn text size


class MergeRoom(Room):
    """Returns in, the round open, and the proof that nothing was lost."""

    takes = RETURNS

    def __init__(self, desk: Desk, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(desk, settings, parent)
        self._stands: RoundStands | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE.XXL, SPACE.XL, SPACE.XXL, SPACE.XXL)
        column.setSpacing(SPACE.L)
        self._head = PageHead(say("Merge"))
        self._strip = JobStrip()
        self.outcome = Outcome(folds=True)
        self._problem = InlineProblem()
        self._late_told = LateNotice()
        self._late_told.open_asked.connect(self._ask_late)
        self._late_told.choice_asked.connect(self._ask_fork)
        for part in (self._head, self._strip, self._problem, self.outcome, self._late_told):
            column.addWidget(part)
        self.which = QComboBox()
        self.which.setAccessibleName(say("Which round is shown"))
        self.which.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.which.currentIndexChanged.connect(self._show_which)
        column.addWidget(self.which, 0, Qt.AlignmentFlag.AlignLeft)
        row = QHBoxLayout()
        row.setSpacing(SPACE.L)
        left = QVBoxLayout()
        left.setSpacing(SPACE.L)
        self._drop = DropPlace()
        self._drop.given.connect(self.take)
        left.addWidget(self._drop)  # after a release too: what comes late is kept
        self._left = QStackedWidget()
        self._left.addWidget(self._build_incoming())
        self._left.addWidget(self._build_ledger())
        left.addWidget(self._left, 1)
        row.addLayout(left, 1)
        row.addWidget(self._build_side())
        column.addLayout(row, 1)
        self._made = Consolidated.of(desk)
        self._made.ready.connect(self._show_next)
        desk.changed.connect(self._changed)

    def enter(self) -> None:
        self._read()

    @property
    def unfinished(self) -> str:
        return say(_VERDICTS) if self._told.currentWidget() is self._verdicts else ""

    def take(self, paths: list[Path]) -> None:
        """Verify ``paths`` (files, or folders of returns) and keep the good ones."""
        if self._strip.busy:
            self._problem.tell(say(_BUSY))
            return
        self._problem.clear()
        job = self.desk.work(
            lambda book, p: receive(book, returns_in(paths), progress=p), changes=True
        )
        job.named(say("taking returns"), counts=True)
        job.owner(self).succeeded(self._taken).failed(self._failed).finished(self._free)
        self._drop.setEnabled(False)
        self._strip.watch(say("Verifying what was dropped"), job).run()

    def choose(self, sha256: str) -> None:
        """Let one of two conflicting returns count."""
        job = self.desk.do(lambda book: choose(book, sha256)).owner(self)
        job.succeeded(lambda _change: self._side.setCurrentIndex(0)).failed(
            partial(_refuse, self._fork)
        ).run()

    def take_back(self, sha256: str) -> None:
        """Take back that a return was chosen."""
        job = self.desk.do(lambda book: withdraw_choice(book, sha256))
        job.owner(self).failed(self._failed).run()

    def release(self, without: dict[str, str], paper: bytes | None = None) -> None:
        """Open all returns together; ``paper`` is the custodian's half, where there is one."""
        if self._strip.busy:
            return
        job = self.desk.work(
            lambda book, p: release(book, without=without, paper=paper, progress=p), changes=True
        )
        job.named(say("opening the returns"))
        job.owner(self).succeeded(self._released).failed(partial(_refuse, self.form)).finished(
            self._free
        )
        self.form.setEnabled(False)
        self._strip.watch(say("Opening all returns together"), job).run()

    def open_next(self, cells: Collection[Cell], keeper: str, folder: Path | None) -> None:
        """Back the casebook up, then open the next round over ``cells``.

        Where a custodian keeps half of the key, ``keeper`` keeps this round's own sheet, which is
        written into ``folder``.
        """
        path = self.desk.path
        if self._strip.busy or path is None:
            return
        backups = keeping.folder_for(self.settings, path)
        wanted = Opening(cells=cells, keeper=keeper, folder=folder, backups=backups)
        job = self.desk.work(lambda book, _progress: open_next(book, wanted), changes=True)
        job.owner(self).succeeded(self._opened_next).failed(partial(_refuse, self._opening))
        job.finished(self._free)
        self._opening.setEnabled(False)
        self._strip.watch(
            say("Backing up, then opening the next round"), job, stoppable=False
        ).run()

    def _build_incoming(self) -> QWidget:
        card = Card(say("This sitting"))
        self._verdicts = Verdicts()
        self._told = QStackedWidget()
        self._told.addWidget(
            EmptyState(
                say(
                    "Each file gets its verdict here: received, already merged, replaced"
                    " by a later one, or refused and why."
                ),
                icon="merge",
            )
        )
        self._told.addWidget(self._verdicts)
        card.body.addWidget(self._told, 1)
        return card

    def _build_ledger(self) -> QWidget:
        card = Card(say("Ledger: count in = count out"))
        self._balance = Label("", tone="secondary", wrap=True)
        card.body.addWidget(self._balance)
        self._model: TableModel[LedgerLine] = TableModel(ledger_columns(), self)
        card.body.addWidget(Table(Sorted(self._model, self), say("Ledger"), wide=0), 1)
        return card

    def _build_side(self) -> QWidget:
        self._side = QStackedWidget()
        self._side.setFixedWidth(round(_SIDE * theme.scale()))
        self._panel = RoundSide()
        self._panel.asked.connect(self._ask_release)
        self._panel.fork_asked.connect(self._ask_fork)
        self._panel.taken_back.connect(self.take_back)
        self._panel.next_asked.connect(self.ask_next)
        self.form = ReleaseForm()
        self.form.confirmed.connect(self.release)
        self.form.away.connect(partial(self._side.setCurrentIndex, 0))
        self._fork = ForkForm()
        self._fork.chosen.connect(self.choose)
        self._fork.away.connect(partial(self._side.setCurrentIndex, 0))
        self._opening = RoundForm(self.framework)
        self._opening.confirmed.connect(self.open_next)
        self._opening.away.connect(partial(self._side.setCurrentIndex, 0))
        self._side.currentChanged.connect(lambda at: self._drop.step_back(behind=at > 0))
        self.late = LateForm()
        self.late.confirmed.connect(self.open_late)
        self.late.away.connect(partial(self._side.setCurrentIndex, 0))
        for part in (self._panel, self.form, self._fork, self.late, self._opening):
            card = Card()
            card.body.addWidget(part, 1)
            self._side.addWidget(card)
        return self._side

    def _changed(self, change: Change) -> None:
        if change.tables & _SHOWN:
            self._read()

    def _read(self) -> None:
        about = self.desk.about
        if about is not None:
            job = self.desk.ask(lambda book: read_round(book, about))
            job.owner(self).succeeded(self._show).run()

    def _show(self, stands: RoundStands) -> None:
        about = self.desk.about
        if about is None:
            return
        self._stands = stands
        released = bool(about.released)
        self._panel.show_round(stands, about.round, about.custodian, released=about.released)
        self._late_told.show_late(stands.late)
        self._offer_rounds(stands, about.round, released=released)
        if released:
            self._made.ask()
            if self._side.currentIndex() != _OPENING:
                self._side.setCurrentIndex(0)
            late = any(one.late.received.round == about.round for one in stands.late)
            told = say("what came late is still sealed") if late else say("every return is open")
            self._head.tell(
                say("Round {round} is released: {told}.", round=about.round, told=told)
            )
        else:
            self._head.tell(
                say(
                    "Round {round} · {received} of {expected} received, all still sealed",
                    round=about.round,
                    received=stands.received,
                    expected=stands.expected,
                )
            )

    def _offer_rounds(self, stands: RoundStands, number: int, *, released: bool) -> None:
        """Offer each round: the open one's returns, and the ledgers of those that are released."""
        kept = [one.number for one in stands.past]
        items = [] if released else [(say("Round {number}: returns", number=number), 0)]
        items += [(say("Round {one}: ledger", one=one), one) for one in kept]
        if [self.which.itemData(at) for at in range(self.which.count())] != [n for _, n in items]:
            self.which.blockSignals(True)
            self.which.clear()
            for text, data in items:
                self.which.addItem(text, data)
            self.which.blockSignals(False)
        self.which.setVisible(len(items) > 1)
        self._show_which()

    def _show_which(self) -> None:
        """Show the returns of the open round, or the ledger of the one that is chosen."""
        number = self.which.currentData()
        stands = self._stands
        past = [one for one in (stands.past if stands else ()) if one.number == number]
        self._left.setCurrentIndex(1 if past else 0)
        if past:
            self._model.set_rows(past[0].ledger)
            self._balance.setText(
                say("Round {number}. {words}", number=past[0].number, words=past[0].words)
            )

    def _ask_late(self, one: LateSealed) -> None:
        self._side.setCurrentIndex(3)
        self.late.begin(one)

    def open_late(self, digest: str, reason: str, paper: bytes | None) -> None:
        """Open a return that came after the release of its round."""
        if self._strip.busy:
            return
        job = self.desk.work(
            lambda book, _progress: open_late(book, digest, reason, paper=paper), changes=True
        )
        job.owner(self).succeeded(self._opened_late).failed(partial(_refuse, self.late)).finished(
            self._free
        )
        self._strip.watch(say("Opening the late return"), job, stoppable=False).run()

    def _opened_late(self, opened: OpenedLate) -> None:
        self.late.forget()
        self._side.setCurrentIndex(0)
        self.outcome.tell(
            say(
                "The return of {name} for round {round} is open, named late.",
                name=opened.member.name,
                round=opened.round,
            )
        )

    def _show_next(self, summary: Summary) -> None:
        about = self.desk.about
        if about is not None and about.released:
            cases = len({item.case for item in summary.agenda})
            nothing = nothing_open(summary.kinds)
            self._panel.show_next(about.round, len(summary.agenda), cases, nothing)

    def _ask_release(self) -> None:
        about = self.desk.about
        if self._stands is not None and about is not None:
            self._side.setCurrentIndex(1)
            self.form.begin(self._stands, about.round, about.custodian)

    def _ask_fork(self, out: Out) -> None:
        self._side.setCurrentIndex(2)
        self._fork.begin(out)

    def _taken(self, verdicts: list[MergeResult]) -> None:
        self._verdicts.add(verdicts)
        self._told.setCurrentWidget(self._verdicts)
        about = self.desk.about
        if about is not None and about.released:  # the list of this sitting is behind the ledger
            said = [verdict.sentence for verdict in urgent_first(verdicts)]
            told = f"{looked_at(verdicts)}." if said else say("No return was found.")
            if len(said) == 1:
                told = said.pop()
            self.outcome.tell(told, lines=said, warn=any(map(needs, verdicts)))

    def _released(self, released: Released) -> None:
        self.form.forget()
        self._side.setCurrentIndex(0)
        aside = released.aside.items()
        open_ = [say("Left out: {name}. {why}", name=name, why=why) for name, why in aside]
        open_ += gaps.told(released.gaps)
        self.outcome.tell(
            released_words(released, first=bool(open_)),
            lines=open_,
            warn=bool(open_),
            offer=(say("Print a receipt..."), self._choose_receipt),
        )

    def _choose_receipt(self) -> None:
        choose_folder(self, say("Folder for the receipt"), self.print_receipt)

    def print_receipt(self, folder: Path) -> None:
        """Write a receipt of the casebook as it is now into ``folder``."""
        job = self.desk.work(lambda book, _progress: write_receipt(book, folder)).owner(self)
        job.succeeded(self._printed).failed(self._failed).run()

    def _printed(self, path: Path) -> None:
        self.outcome.tell(
            say("The receipt was written. {advice_on}", advice_on=advice_on(self.desk.about)),
            lines=[str(path)],
        )

    def ask_next(self, cells: Collection[Cell] = ()) -> None:
        self._problem.clear()
        job = self.desk.ask(offer).owner(self)
        job.succeeded(partial(self._begin_next, cells)).failed(self._failed).run()

    def _begin_next(self, cells: Collection[Cell], offered: RoundOffer) -> None:
        about = self.desk.about
        if about is not None:
            self._side.setCurrentIndex(_OPENING)
            self._opening.begin(offered, about.custodian, cells)

    def _opened_next(self, told: tuple[OpenedRound, list[str]]) -> None:
        opened, lines = told
        self._side.setCurrentIndex(0)
        self.outcome.tell(
            say(
                "Round {number} is open over {ratings} in {cases}. Write updates under"
                " Panel: they bring it to each panellist.",
                number=opened.number,
                ratings=plural("{count:,} rating", "{count:,} ratings", count=len(opened.cells)),
                cases=plural("{count:,} case", "{count:,} cases", count=opened.cases),
            ),
            lines=lines,
        )

    def _failed(self, error: Exception) -> None:
        told = errors.words(error)
        self._problem.tell(told.sentence, details=told.details)

    def _free(self) -> None:
        for part in (self._drop, self.form, self._opening):
            part.setEnabled(True)


def _refuse(form: SideForm, error: Exception) -> None:
    told = errors.words(error)
    form.refuse(told.sentence, told.details)
