"""What came in: a folder or a ZIP as a table, before any of it joins a case."""

from collections import Counter
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from reviewer.intake.delivery.assess import Row, State
from reviewer.intake.delivery.corrections import Corrections
from reviewer.intake.delivery.rules import Rules, like
from reviewer.intake.delivery.saving import save_table
from reviewer.intake.delivery.staging import Label
from reviewer.messages import later, plural, say
from ui import errors, theme
from ui.desk.desk import Desk
from ui.models.table import ROW_ROLE, Sorted, TableModel
from ui.rooms.cases.bring_in import work
from ui.rooms.cases.bring_in.delivery_card import DeliveryCard
from ui.rooms.cases.bring_in.filters import Filters
from ui.rooms.cases.bring_in.lines import columns, joining, ordered, texts_of
from ui.rooms.cases.bring_in.row_card import RowCard
from ui.rooms.cases.bring_in.rules_card import RulesCard
from ui.rooms.cases.bring_in.work import Shown, Work
from ui.rooms.room import Room
from ui.settings import CONFINED_ONLY, Settings
from ui.theme import SPACE
from ui.widgets.buttons import button
from ui.widgets.empty import EmptyState
from ui.widgets.files import choose_file, choose_folder, choose_new, local_files
from ui.widgets.job_strip import JobStrip
from ui.widgets.outcome import Outcome
from ui.widgets.page_head import PageHead
from ui.widgets.table import Table

_SIDE = 320  # pixels at the drawn text size
_MOST_GROWN = 1.4
_ARCHIVES = later("Archives (*.zip *.mbox);;All files (*)")
_TABLES = later("Tables (*.csv)")
_STOPPED = later("Stopped. What is whole is kept; the same again goes on where it ended.")


class BringInView(Room):
    """The table and its filters at the left; the chosen file and the rules at the right."""

    def __init__(self, desk: Desk, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(desk, settings, parent)
        self._shown: Shown | None = None
        self._state: State | None = None
        self._kept = ""  # the path that is chosen again when the table was read anew
        self._passwords: tuple[str, ...] = ()  # of documents, typed since this delivery came
        self._words = ""
        self._ordered: list[Row] = []
        self._texts: list[str] = []  # what stands in each of these rows, for the filter
        self._alike: Counter[str] = Counter()  # files called like one another, by their pattern
        self._earlier: list[Work] = []  # what takes the last corrections back
        self.setAcceptDrops(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE.XXL, SPACE.XL, SPACE.XXL, SPACE.XL)
        column.setSpacing(SPACE.L)
        column.addWidget(self._build_head())
        self._strip, self.outcome = JobStrip(), Outcome()
        column.addWidget(self._strip)
        column.addWidget(self.outcome)
        self._layers = QStackedLayout()
        self._layers.addWidget(self._build_empty())
        self._layers.addWidget(self._build_full())
        column.addLayout(self._layers, 1)

    def tell(self, sentence: str, *, warn: bool = False) -> None:
        if warn:
            self.outcome.tell(sentence, warn=True)
        else:
            self.tells.emit(sentence)

    def enter(self) -> None:
        if not self._strip.busy:
            number = self._shown.delivery.number if self._shown is not None else None
            self._read(work.read(number))
        self.take_focus()

    def take_focus(self) -> None:
        if self._layers.currentIndex():
            self.table.setFocus()
        else:
            super().take_focus()

    def arrive(self, path: Path) -> None:
        """Keep the folder or archive at ``path``, and show what is in it."""
        self._passwords = ()
        self._watch(say("Looking at {name}", name=path.name), work.arrive(path, self._how()))

    def join(self) -> None:
        """Let the files that have a case join it."""
        if self._shown is not None:
            title = say("Bringing in {name}", name=self._shown.looked.name)
            self._watch(title, work.look_again(self._shown.delivery, self._how(), joining=True))

    def unlock(self, password: str) -> None:
        """Look again at what is locked, with one more password; it is kept nowhere."""
        if self._shown is not None:
            self._passwords = (*self._passwords, password)
            title = say("Looking at {name}", name=self._shown.looked.name)
            self._watch(title, work.look_again(self._shown.delivery, self._how(), joining=False))

    def say_of(self, row: Row, said: dict[str, str]) -> None:
        """Keep what a person says of one file."""
        kept: Corrections = {row.item.path: said}
        before = {name: row.item.own.get(name, "") for name in said}
        self._correct(kept, {row.item.path: before})

    def turn(self, row: Row, out: bool) -> None:  # noqa: FBT001 - as the card tells it
        """Leave a file out, or take it in again."""
        if self._shown is not None:
            self._kept = row.item.path
            delivery, path = self._shown.delivery, row.item.path
            self._earlier.append(work.turned(delivery, path, out=not out))
            self._read(work.turned(delivery, path, out=out))

    def make_rule(self, row: Row, gives: dict[str, str]) -> None:
        """Let a rule, tried before all others, decide for every file called like this one."""
        shown = self._shown
        if shown is not None:
            before = shown.looked.rules
            rules = Rules(rules=(like(row.item.path, gives), *before.rules), meant=before.meant)
            self._kept = row.item.path
            self._earlier.append(work.decided(shown.delivery, {}, rules=before))
            self._read(work.decided(shown.delivery, {}, rules=rules))

    def undo(self) -> None:
        """Take the last correction back."""
        if self._earlier and self._shown is not None:
            self._read(self._earlier.pop())

    def save(self, path: Path) -> None:
        """Write the table to ``path``."""
        shown = self._shown
        if shown is not None:
            job = self.desk.beside(lambda: save_table(shown.looked, path, overwrite=True))
            job.owner(self).succeeded(
                lambda _count: self.tells.emit(say("Saved {name}.", name=path.name))
            )
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
        row = self.table.currentIndex().data(ROW_ROLE)
        return row if isinstance(row, Row) else None

    def _build_head(self) -> PageHead:
        self._undo = button(say("Undo the last correction"), self.undo, kind="quiet")
        self._folder = button(
            say("A folder..."), lambda: choose_folder(self, say("A delivery"), self.arrive)
        )
        self._archive = button(
            say("A ZIP..."),
            lambda: choose_file(self, say("A delivery"), say(_ARCHIVES), self.arrive),
        )
        self._save = button(say("Save this table..."), self._ask_where)
        self._go = button("", self.join, kind="primary")
        self._head = PageHead(
            say("What came in"), self._undo, self._folder, self._archive, self._save, self._go
        )
        return self._head

    def _build_empty(self) -> QWidget:
        return EmptyState(
            say(
                "A folder or a ZIP with the papers of many cases. You see whose case each file is"
                " before any of it joins one."
            ),
            icon="cases",
            title=say("Drop a folder or a ZIP here"),
            action=say("Choose a folder..."),
            then=lambda: choose_folder(self, say("A delivery"), self.arrive),
        )

    def _build_full(self) -> QWidget:
        part = QWidget()
        row = QHBoxLayout(part)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE.L)
        left = QVBoxLayout()
        left.setSpacing(SPACE.M)
        self.filters = Filters()
        left.addWidget(self.filters)
        self._model: TableModel[Row] = TableModel(columns(), self)
        self._sorted = Sorted(self._model, self)
        self.table = Table(self._sorted, say("Files that came"), wide=7, spare=(6, 3, 4))
        self.table.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.table.setSortingEnabled(True)  # by a heading; as they come, they are in order
        self.table.selectionModel().currentRowChanged.connect(lambda _n, _o: self._choose())
        self.table.opened.connect(self._open)
        context = Qt.ShortcutContext
        for keys, held, then, where in (
            ("Ctrl+Return", self, self.join, context.WidgetWithChildrenShortcut),
            ("X", self.table, self._turn_chosen, context.WidgetShortcut),
        ):
            key = QShortcut(QKeySequence(keys), held)
            key.setContext(where)
            key.activated.connect(then)
        self.filters.typed.connect(self._narrow)
        self.filters.words.down.connect(self.table.setFocus)
        self.filters.narrowed.connect(self._only)
        self.filters.asked.connect(lambda number: self._read(work.read(number)))
        left.addWidget(self.table, 1)
        row.addLayout(left, 1)
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
        cards.addWidget(self.card)
        cards.addWidget(self.rules, 1)
        self.delivery = DeliveryCard()
        self.delivery.labelled.connect(self._label)
        self.delivery.taken_back.connect(self._take_back)
        cards.addWidget(self.delivery)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(say("The chosen file, and the rules"))
        area.setFixedWidth(round(_SIDE * min(theme.scale(), _MOST_GROWN)))
        area.setWidget(side)
        return area

    def _correct(self, said: Corrections, before: Corrections) -> None:
        if self._shown is not None:
            self._kept = next(iter(said))
            self._earlier.append(work.decided(self._shown.delivery, before))
            self._read(work.decided(self._shown.delivery, said))

    def _label(self, label: Label) -> None:
        if self._shown is not None:
            self._read(work.relabelled(self._shown.delivery, label))

    def _take_back(self, reason: str) -> None:
        shown = self._shown
        if shown is not None:
            title = say("Taking {name} back", name=shown.looked.name)
            self._watch(title, work.back(shown.delivery, reason))

    def _how(self) -> work.Reading:
        alone = self.settings.get(CONFINED_ONLY)
        return work.Reading(confined_only=alone, passwords=self._passwords)

    def _watch(self, title: str, long: Work) -> None:
        """Do long work in sight, and show what came of it."""
        if self._strip.busy:
            return
        self.outcome.clear()
        self._earlier.clear()
        job = self.desk.aside(long, changes=True).named(title)
        job.stopped(lambda: self.outcome.tell(say(_STOPPED), warn=True))
        job.owner(self).succeeded(self._show).failed(self._failed)
        self._strip.watch(title, job).run()

    def _read(self, long: Work) -> None:
        job = self.desk.aside(long)
        job.owner(self).succeeded(self._show).failed(self._failed).run()

    def _failed(self, error: Exception) -> None:
        self.outcome.tell(errors.words(error).sentence, warn=True)

    def _show(self, shown: Shown | None) -> None:
        self._shown = shown
        self._layers.setCurrentIndex(1 if shown is not None else 0)
        for part in (self._save, self._go, self._undo):
            part.setVisible(shown is not None)
        if shown is None:
            self._head.tell("")
            return
        if shown.brought >= 0:
            self._tell_brought(shown)
        self._undo.setEnabled(bool(self._earlier))
        self._count(shown)
        self._ordered = ordered(shown.looked.table.rows)
        self._texts = texts_of(self._ordered)
        self._alike = Counter(like(row.item.path, {}).path for row in self._ordered)
        self.filters.show_counts(shown)
        self.rules.show_rules(shown.looked)
        self.delivery.show_delivery(shown)
        self._fill()

    def _tell_brought(self, shown: Shown) -> None:
        asked = sum(row.asks for row in shown.looked.table.rows)
        told = plural(
            "{count:,} document joined its case.",
            "{count:,} documents joined their cases.",
            count=shown.brought,
        )
        if asked:
            told += " " + plural(
                "{count:,} file waits for you to say whose case it is.",
                "{count:,} files wait for you to say whose case they are.",
                count=asked,
            )
        self.outcome.tell(told, warn=bool(asked))

    def _count(self, shown: Shown) -> None:
        rows = shown.looked.table.rows
        files = plural("{count:,} file", "{count:,} files", count=len(rows))
        pages = sum(row.item.facts.pages for row in rows)
        parts = [
            shown.looked.name,
            files,
            plural("{count:,} page", "{count:,} pages", count=pages),
        ]
        goes, told = joining(rows), " \u00b7 ".join(parts)
        if goes:
            told = say("{parts}. Nothing joins a case until you bring it in.", parts=told)
        self._head.tell(told)
        self._go.setText(plural("Bring in {count:,} file", "Bring in {count:,} files", count=goes))
        self._go.setAccessibleName(self._go.text())
        self._go.setEnabled(goes > 0)

    def _narrow(self, words: str) -> None:
        self._words = words
        self._fill()

    def _only(self, state: State | None) -> None:
        self._state = state
        self._fill()

    def _fill(self) -> None:
        """Show the rows of the chosen state, and choose the one that was chosen."""
        shown = self._shown
        if shown is None:
            return
        kept = self._kept or (self.chosen.item.path if self.chosen is not None else "")
        words = self._words.casefold().split()
        wanted = [
            row
            for row, text in zip(self._ordered, self._texts, strict=True)
            if self._state in {None, row.state} and all(word in text for word in words)
        ]
        self._model.set_rows(wanted)
        at = next((at for at, row in enumerate(wanted) if row.item.path == kept), -1)
        place = self._sorted.mapFromSource(self._model.index(at, 0))
        flags = QItemSelectionModel.SelectionFlag
        self.table.selectionModel().setCurrentIndex(
            place if place.isValid() else self._sorted.index(0, 0),
            flags.ClearAndSelect | flags.Rows,
        )
        self.table.scrollTo(self.table.currentIndex())
        self._kept = ""
        self._choose()

    def _choose(self) -> None:
        shown, row = self._shown, self.chosen
        if shown is None:
            return
        alike = self._alike[like(row.item.path, {}).path] if row is not None else 0
        self.card.show_row(row, shown.cases, alike=alike)
        self.rules.show_behind(row)

    def _turn_chosen(self) -> None:
        row = self.chosen
        if row is not None and not row.item.document:
            self.turn(row, not row.item.out)

    def _open(self) -> None:
        if self.card.isVisible():
            self.card.case.setFocus()

    def _ask_where(self) -> None:
        choose_new(
            self,
            say("Save this table"),
            say(_TABLES),
            Path.home() / "delivery.csv",
            self.save,
        )
