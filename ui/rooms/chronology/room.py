"""Chronology: the events of a case, where an agency wrote nothing, and one in hand."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from reviewer.casebook.book import Casebook, Change
from reviewer.chronology.timeline import GAPS, USUAL_GAP, Gap
from reviewer.chronology.words import lasting
from reviewer.messages import later, say
from reviewer.records.events import Event
from reviewer.records.ids import CaseId, EventId, MarkId, MemberId, new_id
from reviewer.records.judgement import Anchor, Mark
from ui import errors
from ui.desk.desk import Desk
from ui.rooms.chronology.disputing import dispute_menu
from ui.rooms.chronology.listing import EventTable
from ui.rooms.chronology.material import Material, Only, count_words, read_material, shown_rows
from ui.rooms.chronology.timeview import TimeView
from ui.rooms.chronology.writing import Writing
from ui.rooms.room import Room
from ui.settings import Settings
from ui.theme import SPACE
from ui.widgets.buttons import button
from ui.widgets.card import Card
from ui.widgets.chip import FilterChip
from ui.widgets.empty import EmptyState
from ui.widgets.order import go_through
from ui.widgets.outcome import Outcome
from ui.widgets.page_head import PageHead

_SHOWN = frozenset({"event", "document", "document_state", "inquiry_case", "rating"})
_NONE_YET = later("No events yet. Add what happened, with the page that says so.")
_NO_FIT = later("No event fits what you look for.")


class ChronologyRoom(Room):
    """The events of one case at a time, in their order."""

    def __init__(self, desk: Desk, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(desk, settings, parent)
        self._material = Material()
        self._wanted: CaseId | None = None
        self._only = Only.ALL
        self._filling = False
        self._drawn: CaseId | None = None  # the case of the time line
        self._came_from: CaseId | None = None  # what was read when this was last entered
        self._next: EventId | None = None  # to be taken in hand once it is read
        self.table = EventTable()
        self.line = TimeView()
        self.writing = Writing(desk, self)
        self.form = self.writing.form
        self._build()
        self._connect()

    # ------------------------------------------------------------ what the window calls

    @property
    def chosen_case(self) -> CaseId | None:
        return self._material.case.id if self._material.case is not None else None

    def enter(self) -> None:
        """Come to the front with the case that is read; without another one, as it was left."""
        pages = self.pages()
        read = pages.case_read if pages is not None else None
        if read is not None and read != self._came_from:
            self._came_from = read
            if not self.writing.begun:
                self._wanted = read
        self._read()
        self.take_focus()

    def take_focus(self) -> None:
        if self.writing.card.isVisible():
            self.form.fields.what.setFocus()
        else:
            self._work.setFocus()

    def tell(self, sentence: str, *, warn: bool = False) -> None:
        self.outcome.tell(sentence, warn=warn)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hear T wherever the keys are but in the form: a case without events has no table."""
        mine = not self.writing.card.isAncestorOf(QApplication.focusWidget() or self)
        plain_key = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if mine and plain_key and event.key() in {Qt.Key.Key_T, Qt.Key.Key_Insert}:
            self._add()
        else:
            super().keyPressEvent(event)

    # ------------------------------------------------------------ private: building

    def _build(self) -> None:
        self.cases, self.over = QComboBox(), QComboBox()
        self.cases.setAccessibleName(say("Case"))
        self.over.setAccessibleName(say("Show agencies' gaps over"))
        for box in (self.cases, self.over):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for minutes in GAPS:
            time = lasting(minutes)
            self.over.addItem(say("Gaps over {time}", time=time), minutes)
        self.over.setCurrentIndex(GAPS.index(USUAL_GAP))
        self.add = button(say("Add an event..."), self._add, kind="primary", tip="T")
        self.head = PageHead(say("Chronology"), self.cases, self.over, self.add)
        self.outcome = Outcome(folds=True)
        self._build_layers()
        middle = QVBoxLayout()
        middle.setSpacing(SPACE.M)
        middle.addWidget(self.outcome)
        middle.addLayout(self._build_chips())
        middle.addWidget(self.line)
        middle.addWidget(self._layers, 1)
        middle.addLayout(self._build_acts())
        row = QHBoxLayout()
        row.setSpacing(SPACE.L)
        row.addLayout(middle, 1)
        row.addWidget(self.writing.card)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE.XXL, SPACE.L, SPACE.XXL, SPACE.L)
        column.setSpacing(SPACE.M)
        column.addWidget(self.head)
        column.addLayout(row, 1)

    def _build_chips(self) -> QHBoxLayout:
        chips = QHBoxLayout()
        chips.setSpacing(SPACE.S)
        self.chips = {only: FilterChip("") for only in Only}
        for only, chip in self.chips.items():
            chip.clicked.connect(partial(self._filter, only))
            chips.addWidget(chip)
        chips.addStretch(1)
        return chips

    def _build_acts(self) -> QHBoxLayout:
        self.go = button(say("Go to the page"), self._open, tip=say("Enter"))
        self.edit = button(say("Change..."), self._edit, tip="F2")
        self.dispute = button(say("Disputed with..."), self._ask_other, tip="D")
        self.remove = button(say("Take out"), self._remove, kind="quiet", tip=say("Del"))
        acts = QHBoxLayout()
        acts.setSpacing(SPACE.S)
        for act in (self.go, self.edit, self.dispute, self.remove):
            acts.addWidget(act)
        acts.addStretch(1)
        return acts

    def _build_layers(self) -> None:
        self._layers = QStackedWidget()
        listed = Card()
        listed.body.setContentsMargins(1, 1, 1, 1)
        listed.body.addWidget(self.table)
        self._layers.addWidget(listed)
        self._layers.addWidget(
            EmptyState(
                say(_NONE_YET), icon="mark", title=say("Nothing in this chronology"),
                action=say("Add the first event..."), then=self._add,
            )
        )  # fmt: skip
        self._layers.addWidget(
            EmptyState(say(_NO_FIT), action=say("Show all events"), then=self._show_all)
        )

    def _connect(self) -> None:
        self.desk.changed.connect(self._changed)
        self.desk.locking.connect(self._let_go)
        self.cases.currentIndexChanged.connect(self._choose_case)
        self.over.currentIndexChanged.connect(lambda _at: self._show())
        self.table.chosen.connect(lambda _row: self._arm())
        self.line.chosen.connect(lambda event: self._to(EventId(event)))
        self.table.opened.connect(self._open)
        acts = {
            "add": self._add, "edit": self._edit, "dispute": self._ask_other,
            "remove": self._remove, "gap": self.table.next_gap, "open": self._open,
        }  # fmt: skip
        for part in (self.table, self.line):
            part.keyed.connect(lambda name: acts[name]())
        self.writing.kept.connect(self._kept)
        self.writing.away.connect(self.take_focus)
        QShortcut(QKeySequence("/"), self).activated.connect(self.cases.setFocus)

    # ------------------------------------------------------------ private: showing

    @property
    def _work(self) -> QWidget:
        """What takes the focus: the table, or the button in its place."""
        acts = [act for act in self._layers.findChildren(QPushButton)
                if act.isVisibleTo(self._layers)]  # fmt: skip
        return acts[0] if acts else self.table

    def _order(self) -> None:
        """Let Tab go from the work to what is done with it, then to what is shown."""
        acts = (self.go, self.edit, self.dispute, self.remove)
        shown = (self.cases, self.over, self.add, *self.chips.values(), self.line)
        go_through([self._work, *acts, *shown])

    @property
    def _gap(self) -> int:
        return int(self.over.currentData() or USUAL_GAP)

    def _changed(self, change: Change) -> None:
        if self.isVisible() and change.tables & _SHOWN:
            self._read()

    def _read(self) -> None:
        ask = self.desk.ask(partial(read_material, wanted=self._wanted))
        ask.owner(self).succeeded(self._take).failed(self._failed).run()

    def _take(self, found: Material) -> None:
        if self.desk.about is None:
            return  # read before a lock, and come back after it
        self._material = found
        self._wanted = found.case.id if found.case is not None else None
        self._fill_cases()
        self._show()
        if self._next is not None:
            self._to(self._next)
            self._next = None
        self.writing.look(found)

    def _fill_cases(self) -> None:
        self._filling = True
        self.cases.clear()
        for case in self._material.cases:
            self.cases.addItem(case.reference, case.id)
        self.cases.setCurrentIndex(self.cases.findData(self._wanted))
        self._filling = False

    def _let_go(self) -> None:
        """Hold and show nothing any more: the casebook is being locked."""
        self._material, self._wanted, self._next = Material(), None, None
        self._came_from = None
        self.writing.let_go()
        self.outcome.clear()
        self._fill_cases()
        self._show()

    def _show(self) -> None:
        material, case = self._material, self._material.case
        gaps = material.gaps(self._gap)
        rows = shown_rows(material, self._only, gaps)
        same = case is not None and case.id == self._drawn
        self._drawn = case.id if case is not None else None
        self.line.show_events(material.placed, gaps, same=same)
        self._share_height()
        self.table.show_rows(material, rows)
        if not same:
            self.line.show_all()  # the first row, taken in hand by nobody, is not what to look at
        focus: QWidget | None = self.focusWidget()
        self._layers.setCurrentIndex(0 if rows else 2 if material.placed else 1)
        self._order()
        if focus and self._layers.isAncestorOf(focus) and not focus.isVisible():
            self.take_focus()
        told = (case.reference, case.title, material.days) if case is not None else ()
        self.head.tell(" \u00b7 ".join(one for one in told if one))
        for only, chip in self.chips.items():
            chip.set_text(count_words(material, only, gaps))
            chip.setChecked(only is self._only)
        self.add.setEnabled(case is not None)
        self._arm()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_height()

    def _share_height(self) -> None:
        """Leave the time line out where it would take more than half: the table says the same."""
        low = self.line.sizeHint().height() * 2 > self.height()
        self.line.setVisible(self.line.span is not None and not low)

    def _arm(self) -> None:
        event = self.table.event_in_hand
        self.line.hold(event.id if event is not None else "")
        self.go.setEnabled(event is not None and event.document is not None)
        for act in (self.edit, self.dispute, self.remove):
            act.setEnabled(event is not None)

    def _filter(self, only: Only) -> None:
        self._only = only
        self._show()

    def _to(self, event: EventId) -> None:
        """Take an event in hand, also one that the filter leaves out."""
        if not self.table.choose(event) and self._only is not Only.ALL:
            self._show_all()
            self.table.choose(event)

    def _show_all(self) -> None:
        self._filter(Only.ALL)

    def _choose_case(self, at: int) -> None:
        if self._filling or at < 0:
            return
        if self.writing.refuses():
            self._fill_cases()
        else:
            self._wanted = CaseId(str(self.cases.itemData(at)))
            self._read()

    # ------------------------------------------------------------ private: doing

    def _add(self) -> None:
        case = self._material.case
        if case is not None:
            event = Event(id=EventId(new_id()), case=case.id, what="", lane="")
            self._ask(event, new=True)

    def _edit(self) -> None:
        event = self.table.event_in_hand
        if event is not None:
            self._ask(event, new=False)

    def _ask(self, event: Event, *, new: bool) -> None:
        self.writing.ask(event, self._material, new=new)

    def _kept(self, event: str, told: str) -> None:
        self._next = EventId(event)
        self.outcome.clear()
        if told:
            self.tell(told, warn=True)
        self._read()

    def _remove(self) -> None:
        event = self.table.event_in_hand
        if event is not None:
            job = self.desk.do(lambda book: book.events.remove(event.id))
            job.owner(self).failed(self._failed)
            job.succeeded(
                lambda _change: self.tells.emit(say("Taken out. Ctrl+Z brings it back."))
            ).run()

    def _ask_other(self) -> None:
        """Offer the events of the case that may say otherwise, the nearest first."""
        event = self.table.event_in_hand
        if event is None:
            return
        menu = dispute_menu(self, self._material.placed, event, self._do)
        menu.popup(self.dispute.mapToGlobal(QPoint(0, self.dispute.height())))

    def _do(self, change: Callable[[Casebook], Change]) -> None:
        job = self.desk.do(change)
        job.owner(self).failed(self._failed).run()

    def _open(self) -> None:
        row, event = self.table.row, self.table.event_in_hand
        if isinstance(row, Gap):
            self._to(row.before)
        elif event is not None and event.document is not None:
            placed = Mark(
                id=MarkId(event.id),
                member=MemberId(event.member),
                document=event.document,
                page=event.page or 1,
                anchor=event.anchor
                if event.anchor.end or event.anchor.boxes
                else Anchor(kind="page"),
            )
            self.reads.emit(event.case, placed)

    def _failed(self, error: Exception) -> None:
        errors.show(self, error)
