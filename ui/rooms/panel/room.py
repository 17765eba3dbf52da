"""Panel: a table of members, one of them in full beside it, and the form that issues."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from reviewer.casebook.book import Change
from reviewer.exchange.pinning import confirm, withdraw
from reviewer.exchange.updates.outline import Outline, outlines
from reviewer.exchange.updates.write import WrittenUpdate, write_updates
from reviewer.messages import plural, say
from reviewer.records.cases import Case
from reviewer.records.panel import Member
from ui import errors, theme
from ui.desk.desk import Desk
from ui.models.table import ROW_ROLE, Sorted, TableModel
from ui.rooms.panel.card import PersonCard
from ui.rooms.panel.form import IssueForm
from ui.rooms.panel.issuing import Outcomes, Wish, issue_all, issued_words
from ui.rooms.panel.people import Person, columns, head, read_people
from ui.rooms.panel.updating import UpdateForm
from ui.rooms.room import Room
from ui.settings import Settings
from ui.theme import SPACE
from ui.widgets.buttons import button, step_back
from ui.widgets.card import Card
from ui.widgets.empty import EmptyState
from ui.widgets.job_strip import JobStrip
from ui.widgets.outcome import Outcome
from ui.widgets.page_head import PageHead
from ui.widgets.table import Table
from ui.widgets.text import set_tip

_SHOWN = {"member", "received", "round", "sealed_return", "inquiry_case", "meta", "sent_update"}
_SIDE = 340  # pixels at the drawn text size


class PanelRoom(Room):
    """Who has what, and what came back."""

    def __init__(self, desk: Desk, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(desk, settings, parent)
        self._people: list[Person] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE.XXL, SPACE.XL, SPACE.XXL, SPACE.XXL)
        column.setSpacing(SPACE.L)
        self._issue = button(say("Issue a casebook..."), self.ask_to_issue, kind="primary")
        self._updates = button(say("Write updates..."), self.ask_to_update)
        self._head = PageHead(say("Panel"), self._updates, self._issue)
        self._strip = JobStrip()
        self.outcome = Outcome(folds=True)
        for part in (self._head, self._strip, self.outcome):
            column.addWidget(part)
        row = QHBoxLayout()
        row.setSpacing(SPACE.L)
        row.addWidget(self._build_table(), 1)
        row.addWidget(self._build_side())
        column.addLayout(row, 1)
        desk.changed.connect(self._changed)

    @property
    def chosen_member(self) -> Member | None:
        return self._card.person.member if self._card.person is not None else None

    def tell(self, sentence: str, *, warn: bool = False) -> None:
        self.outcome.tell(sentence, warn=warn)

    def enter(self) -> None:
        self._read()
        self.table.setFocus()

    def ask_to_issue(self, again: Person | None = None) -> None:
        """Open the form, for a new panellist or for ``again``."""
        (
            self.desk.ask(lambda book: book.cases.all())
            .owner(self)
            .succeeded(partial(self._begin, again))
            .run()
        )

    def issue(self, wishes: tuple[Wish, ...]) -> None:
        """Issue a casebook for each wish in the background."""
        if self._strip.busy:
            return
        job = self.desk.work(lambda book, p: issue_all(book, p, wishes), changes=True)
        job.named(say("issuing casebooks"))
        job.owner(self).succeeded(self._issued).failed(self._refused).finished(self._free)
        self.form.setEnabled(False)
        self._issue.setEnabled(False)
        whose = (
            wishes[0].name if len(wishes) == 1 else say("{count:,} panellists", count=len(wishes))
        )
        self._strip.watch(say("Writing the casebook for {whose}", whose=whose), job).run()

    def ask_to_update(self) -> None:
        """Open the form that writes updates."""
        self.desk.ask(outlines).owner(self).succeeded(self._begin_updates).run()

    def update_to(self, names: list[str], ask: str, folder: Path) -> None:
        """Write updates for ``names`` into ``folder`` in the background."""
        if self._strip.busy:
            return
        job = self.desk.work(
            lambda book, p: write_updates(book, names, folder, ask=ask, progress=p), changes=True
        )
        job.named(say("writing updates"))
        job.owner(self).succeeded(self._updated).failed(self._not_updated).finished(self._free)
        self._updating.setEnabled(False)
        self._strip.watch(say("Writing updates"), job).run()

    def compare(self, person: Person, said: bool) -> None:  # noqa: FBT001 - a signal's arguments
        """Keep, or take back, that the words of ``person`` were compared by telephone."""
        name, key = person.member.name, person.member.public_key
        self.desk.do(
            lambda book: confirm(book, name, public_key=key) if said else withdraw(book, name)
        ).owner(self).failed(self._not_compared).run()

    def _build_table(self) -> QStackedWidget:
        self._model: TableModel[Person] = TableModel(columns(), self)
        self._sorted = Sorted(self._model, self)
        self.table = Table(self._sorted, say("Panel"), wide=4)
        self.table.setSortingEnabled(True)
        self._sorted.sort(-1)  # the panel's own order until a head is pressed
        self.table.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.table.selectionModel().currentRowChanged.connect(lambda _n, _o: self._choose())
        self._main = QStackedWidget()
        self._main.addWidget(self.table)
        self._main.addWidget(
            EmptyState(
                say(
                    "Issue a casebook to each panellist: one encrypted file, and a"
                    " passphrase slip that travels by another route."
                ),
                icon="panel",
                title=say("Nobody has a casebook yet"),
                action=say("Issue a casebook..."),
                then=self.ask_to_issue,
            )
        )
        return self._main

    def _build_side(self) -> QWidget:
        self._side = QStackedWidget()
        self._side.setFixedWidth(round(_SIDE * theme.scale()))
        self._card = PersonCard()
        self._card.again.connect(self.ask_to_issue)
        self._card.rename.connect(partial(self.wants.emit, "rename-member"))
        self._card.remove.connect(partial(self.wants.emit, "remove-member"))
        self._card.compared.connect(self.compare)
        self.form = IssueForm(self.settings.folders)
        self.form.wished.connect(self.issue)
        self.form.away.connect(self._shut)
        self._updating = UpdateForm(self.settings.folders)
        self._updating.wished.connect(self.update_to)
        self._updating.away.connect(self._shut)
        for part in (self._card, self.form, self._updating):
            frame = Card()
            frame.body.addWidget(part, 1)
            self._side.addWidget(frame)
        self._side.currentChanged.connect(lambda at: step_back(self._issue, behind=at > 0))
        return self._side

    def _changed(self, change: Change) -> None:
        if change.tables & _SHOWN:
            self._read()

    def _read(self) -> None:
        about = self.desk.about
        if about is not None:
            self.desk.ask(lambda book: read_people(book, about)).owner(self).succeeded(
                self._show
            ).run()

    def _show(self, people: list[Person]) -> None:
        about = self.desk.about
        if about is None:
            return
        chosen = self._card.person
        self._people = people
        self._model.set_rows(people)
        self._head.tell(head(people))
        self._issue.setEnabled(not about.released and not self._strip.busy)
        set_tip(self._issue, say("The round is released; nothing more is issued for it."))
        if not about.released:
            set_tip(self._issue, "")
        alone = not any(p.member.issued or p.own for p in people)
        self._main.setCurrentIndex(1 if alone else 0)
        self._issue.setVisible(not alone)
        self._updates.setVisible(any(p.member.issued and not p.own for p in people))
        self._side.setVisible(not alone or self._side.currentIndex() == 1)
        self._select(chosen.member.id if chosen is not None else "")

    def _select(self, member: str) -> None:
        """Keep the one who was chosen, or choose the first."""
        rows = range(self._sorted.rowCount())
        ids = [self._sorted.index(row, 0).data(ROW_ROLE).member.id for row in rows]
        if not ids:
            return
        place = self._sorted.index(ids.index(member) if member in ids else 0, 0)
        flags = QItemSelectionModel.SelectionFlag
        self.table.selectionModel().setCurrentIndex(place, flags.ClearAndSelect | flags.Rows)
        self._choose()

    def _choose(self) -> None:
        person = self.table.currentIndex().data(ROW_ROLE)
        about = self.desk.about
        if isinstance(person, Person) and about is not None:
            self._card.show_person(person, released=bool(about.released))

    def _begin(self, again: Person | None, cases: list[Case]) -> None:
        self.outcome.clear()
        self._side.show()
        self._side.setCurrentIndex(1)
        self.form.begin(cases, again)

    def _begin_updates(self, found: list[Outline]) -> None:
        self.outcome.clear()
        self._side.show()
        self._side.setCurrentIndex(2)
        self._updating.begin(found)

    def _shut(self) -> None:
        self._side.setCurrentIndex(0)
        self._show(self._people)
        self.table.setFocus()

    def _issued(self, done: Outcomes) -> None:
        if done.refused:
            self.form.keep_only([name for name, _ in done.refused])
            self.form.refuse(
                say("Not every casebook was written.") if done.written else done.refused[0][1],
                tuple(f"{name}: {why}" for name, why in done.refused)
                if len(done.refused) > 1 or done.written
                else (),
            )
        if done.written:
            self.outcome.tell(
                issued_words(done.written),
                lines=[line for one in done.written for line in one.lines],
            )
        if not done.refused:
            self._shut()

    def _updated(self, done: tuple[list[WrittenUpdate], list[tuple[str, str]]]) -> None:
        written, refused = done
        if refused:
            self._updating.refuse(
                say("Not every update was written."),
                tuple(f"{name}: {why}" for name, why in refused),
            )
        if written:
            self.outcome.tell(
                plural(
                    "{count:,} update is written and read back. Each opens in one panellist's"
                    " casebook only.",
                    "{count:,} updates are written and read back. Each opens in one panellist's"
                    " casebook only.",
                    count=len(written),
                ),
                lines=[f"{one.member.name}: {one.path.name}" for one in written],
            )
        if not refused:
            self._shut()

    def _not_updated(self, error: Exception) -> None:
        told = errors.words(error)
        self._updating.refuse(told.sentence, told.details)

    def _refused(self, error: Exception) -> None:
        told = errors.words(error)
        self.form.refuse(told.sentence, told.details)

    def _not_compared(self, error: Exception) -> None:
        self.outcome.tell(errors.words(error).sentence, warn=True)
        self._read()

    def _free(self) -> None:
        self.form.setEnabled(True)
        self._updating.setEnabled(True)
        about = self.desk.about
        self._issue.setEnabled(about is not None and not about.released)
