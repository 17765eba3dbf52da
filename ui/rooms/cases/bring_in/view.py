"""What came in: a folder or a ZIP as a table, before any of it joins a case."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from reviewer.intake.delivery.assess import Row
from reviewer.intake.delivery.corrections import Corrections
from reviewer.intake.delivery.patterns import CONTENT_NOTE
from reviewer.intake.delivery.saving import save_table
from reviewer.intake.delivery.staging import Label
from reviewer.messages import later, plural, say
from ui import errors
from ui.desk.desk import Desk
from ui.rooms.cases.bring_in import parts, work
from ui.rooms.cases.bring_in.delivery_card import DeliveryCard
from ui.rooms.cases.bring_in.files import Files
from ui.rooms.cases.bring_in.given import Given
from ui.rooms.cases.bring_in.glance import GlancePage
from ui.rooms.cases.bring_in.lines import WORDS, brought, counted, joining
from ui.rooms.cases.bring_in.row_card import RowCard
from ui.rooms.cases.bring_in.rules_card import RulesCard
from ui.rooms.cases.bring_in.work import Shown, Work
from ui.rooms.room import Room
from ui.settings import Settings
from ui.theme import SPACE
from ui.widgets.buttons import button
from ui.widgets.files import local_files
from ui.widgets.job_strip import JobStrip
from ui.widgets.outcome import Outcome
from ui.widgets.page_head import PageHead

_EMPTY, _FULL, _LOADING = range(3)  # the layers
_NOTHING_BACK = later("No correction was made since this delivery was shown or brought in.")
_BUSY = later("Other work on the files goes on. Try again when it is done, or stop it.")
_STOPPED = later("Stopped. What is whole is kept; the same again goes on where it ended.")


class BringInView(Room):
    """The table and its filters at the left; the chosen file and the rules at the right."""

    _came_in_part = Signal(object)  # Shown: a table while its files come, from their thread

    def __init__(self, desk: Desk, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(desk, settings, parent)
        self._shown: Shown | None = None
        self._given = Given(settings)
        self._came_in_part.connect(self._show_part, Qt.ConnectionType.QueuedConnection)
        self._earlier: list[tuple[Work, str]] = []  # what takes the last corrections back, of what
        self._entering = self._spared = False
        self.setAcceptDrops(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE.XXL, SPACE.XL, SPACE.XXL, SPACE.XL)
        column.setSpacing(SPACE.L)
        column.addWidget(self._build_head())
        self._strip, self.outcome = JobStrip(), Outcome()
        column.addWidget(self._strip)
        column.addWidget(self.outcome)
        self._layers = QStackedLayout()
        column.addLayout(self._layers, 1)  # a page that has no place yet would be a window
        self._layers.addWidget(parts.nothing_yet(self, self.arrive))
        self._layers.addWidget(self._build_full())
        self._layers.addWidget(parts.reading())

    def tell(self, sentence: str, *, warn: bool = False) -> None:
        if warn:
            self.outcome.tell(sentence, warn=True)
        else:
            self.tells.emit(sentence)

    def enter(self) -> None:
        if not self._strip.busy:
            number = self._shown.delivery.number if self._shown is not None else None
            self._read(work.read(number))
        self._entering = self._shown is None  # the keys go to the table as soon as it is here
        self.take_focus()

    def take_focus(self) -> None:
        if self._layers.currentIndex() == _FULL:
            self.files.table.setFocus()
        else:
            super().take_focus()

    def arrive(self, path: Path) -> None:
        """Keep the folder or archive at ``path``, and show what is in it."""
        if self._busy():
            return
        self._given.begin()
        title = say("Looking at {name}", name=path.name)
        self._watch(title, work.arrive(path, self._given.how, self._tell_part))

    def join(self) -> None:
        """Let the files that have a case join it."""
        if self._shown is not None:
            title = say("Bringing in {name}", name=self._shown.looked.name)
            self._watch(
                title, work.look_again(self._shown.delivery, self._given.how, joining=True)
            )

    def unlock(self, password: str) -> None:
        """Look again at what is locked, with one more password; it is kept nowhere."""
        if self._shown is not None and not self._busy():
            self.card.password.forget()
            title = say("Looking at {name}", name=self._shown.looked.name)
            self._watch(title, self._given.unlocking(self._shown, self.chosen, password))

    def say_of(self, row: Row, said: dict[str, str]) -> None:
        """Keep what a person says of one file."""
        kept: Corrections = {row.item.path: said}
        before = {name: row.item.own.get(name, "") for name in said}
        self._correct(kept, {row.item.path: before})

    def turn(self, row: Row, out: bool) -> None:  # noqa: FBT001 - as the card tells it
        """Leave a file out, or take it in again."""
        if self._shown is not None:
            delivery, path = self._shown.delivery, row.item.path
            self._earlier.append((work.turned(delivery, path, out=not out), path))
            self._read(work.turned(delivery, path, out=out), still=True)

    def make_rule(self, row: Row, gives: dict[str, str], folder: bool) -> None:  # noqa: FBT001 - told
        """Let a rule decide for every file called like this one, or in its folder."""
        shown = self._shown
        if shown is not None:
            path = row.item.path
            self._earlier.append((work.ruled(shown, shown.looked.rules), path))
            self._read(work.one_more(shown, row, gives, folder=folder), kept=path)

    def undo(self) -> None:
        """Take the last correction back."""
        if self._earlier and self._shown is not None and not self._strip.busy:
            back, path = self._earlier.pop()
            self._read(back, kept=path, still=True)

    def step_back(self) -> bool:
        if self._shown is None:
            return False
        if not self._earlier:
            self.tells.emit(say(_NOTHING_BACK))
        self.undo()
        return True

    def save(self, path: Path) -> None:
        """Write the table to ``path``."""
        shown = self._shown
        if shown is not None:
            job = self.desk.beside(lambda: save_table(shown.looked, path, overwrite=True))
            told = say("Saved {name}.", name=path.name)
            job.owner(self).succeeded(lambda _count: self.tells.emit(told))
            job.failed(self._failed).run()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if len(local_files(event.mimeData())) == 1 and not self._strip.busy:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.arrive(local_files(event.mimeData())[0])

    @property
    def chosen(self) -> Row | None:
        """The file that is chosen in the table."""
        return self.files.chosen

    def _build_head(self) -> PageHead:
        self._undo = button(say("Undo the last correction"), self.undo, kind="quiet")
        self._folder = button(say("A folder..."), lambda: parts.ask_folder(self, self.arrive))
        self._archive = button(say("A ZIP..."), lambda: parts.ask_archive(self, self.arrive))
        self._save = button(say("Save this table..."), lambda: parts.ask_where(self, self.save))
        self._go = button("", self.join, kind="primary")
        self._idle_only = [self._folder, self._archive, self._go, self._undo]  # not beside work
        self._head = PageHead(
            say("What came in"), self._undo, self._folder, self._archive, self._save, self._go
        )
        return self._head

    def _build_full(self) -> QWidget:
        part = QWidget()
        row = QHBoxLayout(part)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE.L)
        self.files = Files()
        self.files.chosen_changed.connect(self._choose)
        self.files.entered.connect(self._open)
        self.files.turned.connect(self._turn_chosen)
        self.files.ruled.connect(self._rule_chosen)
        self.files.asked.connect(lambda number: self._read(work.read(number)))
        key = QShortcut(QKeySequence("Ctrl+Return"), self)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.activated.connect(self.join)
        self.files.looked.connect(self._look_chosen)
        self.glance = GlancePage()
        self.glance.left.connect(self._back_to_files)
        self.glance.wanted.connect(self._draw)
        self._left = QStackedLayout()
        row.addLayout(self._left, 1)
        self._left.addWidget(self.files)
        self._left.addWidget(self.glance)
        row.addWidget(self._build_side())
        return part

    def _build_side(self) -> QWidget:
        side = QWidget()
        cards = QVBoxLayout(side)
        cards.setContentsMargins(0, 0, 0, 0)
        cards.setSpacing(SPACE.L)
        self.card, self.rules = RowCard(), RulesCard()
        self.card.said.connect(self.say_of)
        self.card.ruled.connect(self.make_rule)
        self.card.turned.connect(self.turn)
        self.card.unlocking.connect(self.unlock)
        self.card.looked.connect(self._look_chosen)
        self._idle_only.append(self.card.look)
        cards.addWidget(self.card)
        cards.addWidget(self.rules, 1)
        self.delivery = DeliveryCard()
        self.delivery.labelled.connect(self._label)
        self.delivery.taken_back.connect(self._take_back)
        cards.addWidget(self.delivery)
        return parts.beside(side, say("The chosen file, and the rules"))

    def _correct(self, said: Corrections, before: Corrections) -> None:
        if self._shown is not None:
            path = next(iter(said))
            self._earlier.append((work.decided(self._shown.delivery, before), path))
            self._read(work.decided(self._shown.delivery, said), still=True)

    def _label(self, label: Label) -> None:
        if self._shown is not None:
            self._read(work.relabelled(self._shown.delivery, label))

    def _take_back(self, reason: str) -> None:
        shown = self._shown
        if shown is not None:
            title = say("Taking {name} back", name=shown.looked.name)
            self._watch(title, work.back(shown.delivery, reason))

    def _watch(self, title: str, long: Work) -> None:
        """Do long work in sight, and show what came of it."""
        if self._busy():
            return
        self.outcome.clear()
        self._earlier.clear()
        job = self.desk.aside(long, changes=True).named(title)
        job.stopped(self._stopped)
        job.owner(self).succeeded(self._show).failed(self._failed).finished(self._spare)
        self._strip.watch(title, job).finished(self._rest).run()
        typing = parts.types_in(self, self.card)
        for part in self._idle_only:
            part.setEnabled(False)
        if self._layers.currentIndex() == _FULL and not typing:
            self.files.table.setFocus()  # a button that goes would hand the keys to a field
        if self._shown is None:
            self._layers.setCurrentIndex(_LOADING)

    def _rest(self) -> None:
        """Let everything be pressed again, and give the keys to the table."""
        if not isValid(self):  # the casebook was locked meanwhile
            return
        for part in self._idle_only:
            part.setEnabled(True)
        self._layers.setCurrentIndex(_FULL if self._shown is not None else _EMPTY)
        self._undo.setEnabled(bool(self._earlier))
        self._go.setEnabled(self._shown is not None and joining(self._shown.looked.table.rows) > 0)
        if self.isVisible() and not self._spared:
            self.take_focus()

    def _spare(self) -> None:
        """Before the strip goes, and hands the keys on: leave them where somebody types."""
        self._spared = isValid(self) and parts.types_in(self, self.card)

    def _busy(self) -> bool:
        """Whether long work goes on, beside which nothing else is done; then say so."""
        if self._strip.busy:
            self.tells.emit(say(_BUSY))
        return self._strip.busy

    def _stopped(self) -> None:
        """Say what is kept, and show it: what came in part is there to be gone on with."""
        self.outcome.tell(say(_STOPPED), warn=True)
        self._read(work.read(self._shown.delivery.number if self._shown is not None else None))

    def _read(self, long: Work, *, kept: str = "", still: bool = False) -> None:
        job = self.desk.aside(long)
        job.owner(self).succeeded(partial(self._show, kept=kept, still=still))
        job.failed(self._failed).run()

    def _failed(self, error: Exception) -> None:
        self.outcome.tell(errors.words(error).sentence, warn=True)

    def _show(self, shown: Shown | None, *, kept: str = "", still: bool = False) -> None:
        self._shown = shown
        self._given.came(shown)
        if not self._strip.busy:
            self._layers.setCurrentIndex(_FULL if shown is not None else _EMPTY)
        for part in (self._save, self._go, self._undo):
            part.setVisible(shown is not None)
        if shown is None:
            self._head.tell("")
            return
        if shown.brought >= 0:
            asks = any(row.asks for row in shown.looked.table.rows)
            self.outcome.tell(brought(shown.looked, shown.brought), warn=asks)
        self._undo.setEnabled(bool(self._earlier))
        self._count(shown)
        self.files.show_files(shown, kept=kept, still=still)
        chosen = self.chosen
        if self.glance.path and chosen is not None and self.glance.path != chosen.item.path:
            self._back_to_files()
        self.rules.show_rules(shown.looked)
        self.delivery.show_delivery(shown)
        self._choose()
        if self._entering and self.isVisible():
            self._entering = False
            self.take_focus()

    def _tell_part(self, shown: Shown) -> None:
        """Hand over what has come by now; called in the thread in which it comes."""
        if isValid(self):
            self._came_in_part.emit(shown)

    def _show_part(self, shown: Shown) -> None:
        """Show the files while they come; nothing is done with them before all are here."""
        if self._strip.busy:
            same = self._shown is not None and self._shown.delivery.id == shown.delivery.id
            self._show(shown, still=same)
            if self._layers.currentIndex() != _FULL:
                self._layers.setCurrentIndex(_FULL)
                self.take_focus()  # before a button of the head gets the keys
            for part in self._idle_only:
                part.setEnabled(False)

    def _count(self, shown: Shown) -> None:
        goes = joining(shown.looked.table.rows)
        self._head.tell(counted(shown.looked))
        self._go.setText(plural("Bring in {count:,} file", "Bring in {count:,} files", count=goes))
        self._go.setAccessibleName(self._go.text())
        self._go.setEnabled(goes > 0)

    def _choose(self) -> None:
        shown, row = self._shown, self.chosen
        if shown is None:
            return
        opens = self._given.opens(shown.delivery, row)
        leaves = self.card.password.hasFocus() and not opens
        self.card.show_row(row, shown.cases, alike=self.files.alike, opens=opens)
        if leaves:
            self.files.table.setFocus()  # else the next field has the keys, and changes the case
        self.rules.show_behind(row)

    def _turn_chosen(self) -> None:
        row = self.chosen
        if row is not None and self.card.turn.isVisibleTo(self.card):
            self.turn(row, not row.item.out)
        elif row is not None:
            self.tells.emit(" ".join((say(WORDS[row.state]) + ".", *row.know[:1])))

    def _rule_chosen(self) -> None:
        """Make the rule that is typed; where nothing is, let it be typed; or say why not."""
        if told := self.card.ask_rule():
            self.tells.emit(told)

    def _look_chosen(self) -> None:
        """Show the first page of the chosen file in the table's place, or its content note."""
        row = self.chosen
        if row is None or self._busy():
            return
        self._left.setCurrentWidget(self.glance)
        if note := row.decision.value(CONTENT_NOTE):
            self.glance.cover(row.item.path, note)
        else:
            self._draw(row.item.path)

    def _draw(self, path: str) -> None:
        shown = self._shown
        if shown is None or self._busy():
            return
        self.glance.begin(path)
        long = work.glance(shown.delivery, path, self._given.how, self.glance.width_px)
        job = self.desk.aside(long)
        job.owner(self).succeeded(partial(self._take_glance, path, self.glance.show_page))
        job.failed(partial(self._take_glance, path, self.glance.show_failure)).run()

    def _take_glance(self, path: str, show: Callable[[Any], None], found: object) -> None:
        if self.glance.path == path:  # nobody has gone back meanwhile
            show(found)

    def _back_to_files(self) -> None:
        self.glance.clear()
        self._left.setCurrentWidget(self.files)
        self.files.table.setFocus()

    def _open(self) -> None:
        if self.card.isVisible():
            self.card.case.setFocus()
