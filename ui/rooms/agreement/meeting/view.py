"""The agenda: the cells to settle, worst first, and one of them on the wall with its form."""

from functools import partial

from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from reviewer.casebook.book import Casebook, Change
from reviewer.messages import plural, say
from reviewer.method.framework import Framework
from reviewer.records.determinations import Ruling
from reviewer.reports import decisions, phrases
from reviewer.rounds.determining import ToDecide, possible, put
from reviewer.summary import kinds
from reviewer.summary.shapes import Cell, Flag, Summary
from ui import errors, theme
from ui.desk.desk import Desk
from ui.rooms.agreement import telling
from ui.rooms.agreement.meeting.cell import CellPage
from ui.rooms.agreement.meeting.form import SETTLE, DecideForm, Draft, Drafts
from ui.rooms.agreement.meeting.sitting import Place, Sitting
from ui.theme import SPACE
from ui.widgets.buttons import button
from ui.widgets.chip import Chip
from ui.widgets.column import pile
from ui.widgets.empty import EmptyState
from ui.widgets.roomy import OneOf
from ui.widgets.rows import SideRow, Sign
from ui.widgets.side_list import SideModel, side_list
from ui.widgets.text import Label

_LIST = 290  # pixels at the drawn text size
_OPEN, _PUT_OFF = "g", "p"  # keys of the list and of the choice


class AgendaView(QWidget):
    """Walks a meeting from cell to cell; the casebook says what may be decided."""

    opened = Signal(object)  # Cell: its ratings with names and pages
    tells = Signal(str)

    def __init__(self, desk: Desk, framework: Framework, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._summary: Summary | None = None
        self._sitting = Sitting()
        self._shown: tuple[Place, ...] = ()  # the rows of the list
        self._current: Place | None = None
        self._busy = False
        self._drafts = Drafts(parent=self)
        self._layers = OneOf()
        pile(self, self._layers)
        main = QWidget()
        row = QHBoxLayout(main)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._build_list())
        row.addWidget(self._build_cell(framework), 1)
        self._layers.addWidget(main)
        self._layers.addWidget(self._build_empty())
        for keys in (SETTLE, "Ctrl+Enter"):
            key = QShortcut(QKeySequence(keys), self)
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.activated.connect(self.settle)
        desk.locking.connect(self._forget)

    @property
    def current(self) -> Cell | None:
        """The cell on the wall."""
        return self._sitting.cell(self._current) if self._current is not None else None

    def show_summary(self, summary: Summary) -> None:
        """Show the cells as they are now; what is chosen and typed stays."""
        begun = self._summary is not None
        self._summary = summary
        if begun:
            self._sitting.take(summary)
        else:
            self._sitting.sort(summary)
        self._fill_why()
        self._fill_list()
        self._show(self._current if self._current in self._shown else None)

    def enter(self) -> None:
        """Begin with the worst that is open, where nothing is on the wall yet."""
        if self._summary is not None:
            self._sitting.sort(self._summary)
            self._fill_list()
            wanted = self._current if self._current in self._shown else None
            self._show(wanted or next(iter(self._sitting.open), None))
        self.take_focus()

    def take_focus(self) -> None:
        """Put the focus on the list, or on what stands in its place."""
        if self._layers.currentIndex() == 0:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._empty.setFocus()

    def decide(self, cell: Cell) -> None:
        """Put ``cell`` on the wall, on the agenda or not, ready to be determined."""
        summary = self._summary
        if summary is None:
            return
        place = _place(summary, cell)
        self._sitting.take(summary)
        self._sitting.add(place)
        self.why.setCurrentIndex(0)
        self._fill_list()
        self._show(place)
        self.form.choice.focus_first()

    def reopen_last(self) -> bool:
        """Ask why what was settled last is reopened; False where nothing was settled here."""
        place = self._sitting.last
        if place is None or place not in self._sitting.places:
            return False
        self.why.setCurrentIndex(0)
        self._fill_list()
        self._show(place)
        self.form.begin_reopening()
        self.form.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        self.tells.emit(
            say("What was decided is never erased. Say why it is reopened, then Ctrl+Enter.")
        )
        return True

    def settle(self) -> None:
        """Keep what is filled in; the casebook says where that cannot be."""
        place, summary = self._current, self._summary
        if place is None or summary is None or self._busy or self.form.isHidden():
            return
        lacking = self.form.lacking
        if lacking:
            self.form.refuse(lacking)
            self.form.choice.focus_first()
            return
        self._busy = True
        wanted = self.form.wanted
        reference = summary.panel.cases[self._sitting.cell(place).case].reference
        job = self._desk.do(partial(_put, reference, place.factor, wanted)).owner(self)
        job.succeeded(lambda _change: self._settled(place, wanted))
        job.failed(partial(self._refused, place)).finished(self._rest).run()

    def put_off(self) -> None:
        """Let the cell on the wall come last, and go on."""
        place = self._current
        if place is None:
            return
        following = self._sitting.after(place, self._shown)
        self._sitting.put_off(place)
        self._fill_list()
        self._show(following or place)
        self.tells.emit(say("Put off: it stands last in the list."))

    # ------------------------------------------------------------ private

    def _build_list(self) -> QWidget:
        side = QWidget()
        side.setProperty("surface", "side")
        side.setFixedWidth(round(_LIST * min(theme.scale(), 1.5)))
        column = QVBoxLayout(side)
        column.setContentsMargins(SPACE.L, SPACE.L, 0, SPACE.M)
        column.setSpacing(SPACE.S)
        head = QHBoxLayout()
        head.addWidget(Label(say("Agenda"), size="section"), 1)
        self.count = Chip("")
        head.addWidget(self.count)
        column.addLayout(head)
        self.progress = Label("", tone="secondary", wrap=True)
        column.addWidget(self.progress)
        self.why = QComboBox()
        self.why.setAccessibleName(say("Why a cell is on the agenda"))
        self.why.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.why.setMinimumContentsLength(14)
        self.why.currentIndexChanged.connect(self._narrow)
        column.addWidget(self.why)
        self._model = SideModel(self)
        self.list = side_list(self._model, say("Cells to settle, worst first"))
        self.list.installEventFilter(self)
        self.list.selectionModel().currentChanged.connect(self._choose)
        column.addWidget(self.list, 1)
        self._off = button(say("Put off"), self.put_off, tip=say("P on the list"))
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self._off)
        column.addLayout(foot)
        return side

    def _build_cell(self, framework: Framework) -> QWidget:
        wall = QWidget()
        column = QVBoxLayout(wall)
        column.setContentsMargins(SPACE.L, SPACE.L, SPACE.XL, SPACE.L)
        column.setSpacing(SPACE.M)
        self.page = CellPage()
        self.page.opened.connect(self._open)
        column.addWidget(self.page, 1)
        self.closed = Label("", tone="secondary", wrap=True)
        column.addWidget(self.closed)
        self.form = DecideForm(framework)
        self.form.settles.connect(self.settle)
        self.form.changed.connect(self._hold)
        self.form.choice.installEventFilter(self)
        column.addWidget(self.form)
        return wall

    def _build_empty(self) -> QWidget:
        self._empty = EmptyState("", icon="check", title=say("Nothing to settle"))
        return self._empty

    def _fill_why(self) -> None:
        """Offer each reason that occurs, with how many cells it holds for."""
        summary = self._summary
        if summary is None:
            return
        kept = self.why.currentData()
        self.why.blockSignals(True)
        self.why.clear()
        self.why.addItem(say("Every reason ({count:,})", count=len(summary.agenda)), "")
        for flag in Flag:
            many = sum(flag in item.flags for item in summary.agenda)
            if many:
                told = f"{telling.flagged(flag)} ({many:,})"
                self.why.addItem(told[:1].upper() + told[1:], flag.value)
        self.why.setCurrentIndex(max(self.why.findData(kept), 0))
        self.why.blockSignals(False)

    def _fill_list(self) -> None:
        summary = self._summary
        if summary is None:
            return
        flag = str(self.why.currentData() or "")
        self._shown = tuple(
            one
            for one in self._sitting.places
            if not flag or flag in self._sitting.cell(one).flags or one == self._current
        )
        self.list.selectionModel().blockSignals(True)
        self._model.set_rows([self._row(summary, one) for one in self._shown])
        if self._current in self._shown:
            self._mark(self._current)
        self.list.selectionModel().blockSignals(False)
        left = len(self._sitting.open)
        self.count.setText(plural("{count:,} cell", "{count:,} cells", count=left))
        self.progress.setText(
            say(
                "{settled:,} of {all:,} settled here, {left:,} to go",
                settled=len(self._sitting.places) - left,
                all=len(self._sitting.places),
                left=left,
            )
        )
        self._off.setEnabled(bool(left))
        self._layers.setCurrentIndex(0 if self._sitting.places else 1)
        if not self._sitting.places:
            self._empty.set_sentence(kinds.nothing_open(summary.kinds))

    def _row(self, summary: Summary, place: Place) -> SideRow:
        cell = self._sitting.cell(place)
        panel = summary.panel
        begun = self._drafts.of(place).begun
        signs = (Sign(text="...", words=say("begun, not settled")),) if begun else ()
        if cell.flags:
            why = ", ".join(telling.flagged(Flag(flag)) for flag in cell.flags)
            off = self._sitting.is_put_off(place)
            state = say("put off") if off else ""
        else:
            why, state = _standing(cell), "\u2713" if cell.determined else ""
        return SideRow(
            first=f"{panel.cases[cell.case].reference} \u00b7 "
            + panel.framework.factors[cell.factor].short,
            second=why,
            state=state,
            signs=signs,
        )

    def _mark(self, place: Place | None) -> None:
        if place in self._shown:
            index = self._model.index(self._shown.index(place), 0)
            self.list.selectionModel().setCurrentIndex(
                index, QItemSelectionModel.SelectionFlag.ClearAndSelect
            )
            self.list.scrollTo(index)

    def _choose(self, *_indices: object) -> None:
        at = self.list.currentIndex().row()
        if 0 <= at < len(self._shown):
            self._show(self._shown[at])

    def _narrow(self, _index: int) -> None:
        self._fill_list()
        flag = str(self.why.currentData() or "")
        fits = [one for one in self._shown if not flag or flag in self._sitting.cell(one).flags]
        if self._current not in fits and fits:
            self._show(fits[0])
            self._fill_list()

    def _show(self, place: Place | None) -> None:
        """Put one cell on the wall; what was typed of another is held."""
        summary = self._summary
        place = place or next(iter(self._shown), None)
        if summary is None or place is None:
            self._current = None
            return
        self._current = place
        cell = self._sitting.cell(place)
        self.page.show_cell(summary, cell)
        can = possible(summary.panel, cell)
        self.form.show_draft(
            self._drafts.of(place), can, cell.median, [one.name for one in summary.panel.members]
        )
        self.closed.setText(
            "" if can else say("Nobody was asked to rate this, so there is nothing to determine.")
        )
        self.closed.setVisible(not can)
        self.list.selectionModel().blockSignals(True)
        self._mark(place)
        self.list.selectionModel().blockSignals(False)
        self.list.viewport().update()

    def _hold(self) -> None:
        place = self._current
        if place is None:
            return
        before = self._drafts.of(place).begun
        self._drafts.hold(place, self.form.draft)
        if before != self._drafts.of(place).begun:
            self._fill_list()  # its sign

    def _settled(self, place: Place, wanted: ToDecide) -> None:
        self._drafts.hold(place, Draft())
        reopened = wanted.what is Ruling.REOPENED
        if not reopened:
            self._sitting.settle(place)
        summary = self._summary
        if summary is None:
            return
        named = telling.named(summary, self._sitting.cell(place))
        if reopened:
            told = say("{named}: reopened. It is on the agenda again.", named=named)
        else:
            told = say("{named}: determined. Ctrl+Z reopens it, with a reason.", named=named)
        self.tells.emit(told)
        following = None if reopened else self._sitting.after(place, self._shown)
        self._show(following or place)
        self.form.choice.focus_first() if following else self.take_focus()

    def _refused(self, place: Place, error: Exception) -> None:
        words = errors.words(error)
        if self._current != place:
            self._show(place)
        self.form.refuse(words.sentence, words.details)

    def _rest(self) -> None:
        self._busy = False

    def _open(self) -> None:
        if self.current is not None:
            self.opened.emit(self.current)

    def _forget(self) -> None:
        self._drafts.forget()
        self.page.forget()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if plain and self._take_key(event, on_list=watched is self.list):
                return True
        return super().eventFilter(watched, event)

    def _take_key(self, event: QKeyEvent, *, on_list: bool) -> bool:
        if event.text().lower() == _OPEN:
            self._open()
        elif event.text().lower() == _PUT_OFF:
            self.put_off()
        elif on_list and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.form.choice.focus_first()
        else:
            return on_list and self.form.choice.take_key(event)
        return True


def _put(reference: str, factor: str, wanted: ToDecide, book: Casebook) -> Change:
    return put(book, reference, factor, wanted)


def _place(summary: Summary, cell: Cell) -> Place:
    return Place(summary.panel.cases[cell.case].id, summary.panel.framework.codes[cell.factor])


def _standing(cell: Cell) -> str:
    if cell.determined:
        return say("determined: {value}", value=decisions.value(cell))
    return phrases.standing(cell)
