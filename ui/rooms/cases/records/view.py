"""The register of records: what should exist, what came, what to chase, what a gap costs."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from reviewer.casebook.book import Casebook, Change
from reviewer.casebook.steps import Steps
from reviewer.messages import later, plural, say
from reviewer.progress import Progress
from reviewer.record_requests.dates import today
from reviewer.record_requests.matching import compared
from reviewer.record_requests.register import told
from reviewer.record_requests.templates import ours
from reviewer.records.ids import CaseId
from reviewer.records.requests import RecordRequest
from reviewer.summary.consolidate import completeness
from reviewer.summary.gather import gather
from reviewer.summary.register import Completeness
from ui import errors
from ui.desk.desk import Desk
from ui.rooms.cases.records import acts
from ui.rooms.cases.records.beside import Beside
from ui.rooms.cases.records.filters import Filters
from ui.rooms.cases.records.forms import (
    Added,
    AddForm,
    Entry,
    EntryForm,
    LettersForm,
    TemplatesForm,
)
from ui.rooms.cases.records.key import Key
from ui.rooms.cases.records.material import Material, read_material
from ui.rooms.cases.records.side import entered
from ui.rooms.cases.records.table import FILTER, Matrix
from ui.rooms.room import Room
from ui.settings import Settings
from ui.theme import SPACE
from ui.widgets.buttons import button
from ui.widgets.card import Card
from ui.widgets.empty import EmptyState
from ui.widgets.files import choose_folder
from ui.widgets.outcome import Outcome
from ui.widgets.page_head import PageHead

_WRITTEN = Change(
    tables=frozenset({"record_request", "request_step", "request_words", "request_address"})
)
_BEGIN = later(
    "What should exist of each case, who should have it, what they answered: asked for, chased,"
    " and counted here. A template adds what is usual for a kind of case."
)
_COSTS = {"record_request", "request_step", "request_words", "round", "rating"}
_SHOWN = _WRITTEN.tables | {"inquiry_case", "document", "document_state", "round", "rating"}


class RecordsView(Room):
    """The matrix and its key at the left; one record, its cost and the letters at the right."""

    def __init__(self, desk: Desk, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(desk, settings, parent)
        self._material: Material | None = None
        self._costs: Completeness | None = None
        self._wanted = ""  # the record that was chosen among several of a cell
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE.XXL, SPACE.XL, SPACE.XXL, SPACE.XL)
        column.setSpacing(SPACE.L)
        self.add = button(say("Add a record..."), self.ask_add)
        self.expect = button(say("Choose templates..."), self.ask_templates)
        self.write = button(say("Write letters due..."), self.ask_letters, kind="primary")
        self._head = PageHead(say("Records"), self.expect, self.add, self.write)
        column.addWidget(self._head)
        self.outcome = Outcome()
        column.addWidget(self.outcome)
        row = QHBoxLayout()
        row.setSpacing(SPACE.L)
        column.addLayout(row, 1)  # a page that has no place yet would be a window
        self._layers = QStackedLayout()
        row.addLayout(self._layers, 1)
        self._layers.addWidget(self._build_main())
        self._layers.addWidget(self._build_empty())
        row.addWidget(self._build_side())
        desk.changed.connect(self._changed)

    @property
    def chosen_case(self) -> CaseId | None:
        return self.matrix.cells.case(self.matrix.currentIndex())

    @property
    def unfinished(self) -> str:
        form = self._side.currentWidget()
        filled = isinstance(form, (EntryForm, AddForm, TemplatesForm, LettersForm)) and form.filled
        return say("a form of the register of records") if filled else ""

    def tell(self, sentence: str, *, warn: bool = False) -> None:
        if warn:
            self.outcome.tell(sentence, warn=True)
        else:
            self.tells.emit(sentence)

    def enter(self) -> None:
        self._read()
        self._read_costs()
        self.take_focus()

    def take_focus(self) -> None:
        if self._layers.currentIndex() == 0:
            self.matrix.setFocus()
        else:
            self._empty.setFocus()
            super().take_focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() == FILTER and self._layers.currentIndex() == 0:
            self.filters.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif event.key() == Qt.Key.Key_Escape and self._side.currentWidget() is self._cards:
            self.take_focus()
        else:
            super().keyPressEvent(event)

    def ask_answer(self, *, attaching: bool = False) -> None:
        """Ask what happened to the chosen record."""
        record, material = self.card.record, self._material
        if record is None:
            self.ask_add()
        elif material is not None:
            self._side.setCurrentWidget(self.entry)
            documents = material.documents.get(record.case, ())
            likely = material.arrivals.get(record.id)
            self.entry.begin(record, documents, today(), attaching=attaching, likely=likely)

    def ask_add(self) -> None:
        """Ask for one more record, of the chosen cell first."""
        material = self._material
        if material is None or not material.cases:
            return
        case, kind = self.matrix.place
        self._side.setVisible(True)
        self._side.setCurrentWidget(self.adding)
        self.adding.begin(material.cases, material.kinds, material.agencies, case=case, kind=kind)

    def ask_templates(self) -> None:
        """Ask which templates every case is given."""
        self._side.setVisible(True)
        self._side.setCurrentWidget(self.templates)
        self.templates.begin(ours())

    def ask_letters(self) -> None:
        """Ask where the letters go, and into which folder."""
        material = self._material
        if material is not None and material.letters:
            self._side.setCurrentWidget(self.letters)
            agencies = [one.agency for one in material.letters]
            self.letters.begin(agencies, dict(material.addresses))

    def _build_main(self) -> QWidget:
        main = Card()
        self.filters = Filters()
        self.filters.narrowed.connect(self._narrow)
        main.body.addWidget(self.filters)
        self.matrix = Matrix()
        self.matrix.chosen.connect(self._choose)
        self.matrix.opened.connect(self._focus_card)
        self.matrix.answering.connect(self.ask_answer)
        self.matrix.attaching.connect(lambda: self.ask_answer(attaching=True))
        self.matrix.writing.connect(self.ask_letters)
        main.body.addWidget(self.matrix, 1)
        self.key = Key()
        self.key.narrowed.connect(lambda shown: self._narrow({"shown": shown}))
        self.filters.filter.down.connect(self.matrix.setFocus)
        main.body.addWidget(self.key)
        return main

    def _build_side(self) -> QWidget:
        self._side = side = Beside(self.framework)
        self._cards = side.cards
        self.card, self.cost, self.words, self.due = side.card, side.cost, side.words, side.due
        self.entry, self.adding, self.templates, self.letters = side.forms
        self.card.answering.connect(self.ask_answer)
        self.card.attaching.connect(lambda: self.ask_answer(attaching=True))
        self.card.adding.connect(self.ask_add)
        self.card.taking_back.connect(self._take_back)
        self.card.another.connect(self._choose_another)
        self.cost.again.connect(self.asks)
        self.words.meant.connect(self._match)
        self.entry.wanted.connect(self._enter)
        self.adding.wanted.connect(self._add)
        self.templates.wanted.connect(self._expect)
        self.letters.wanted.connect(self._choose_folder)
        for form in side.forms:
            form.away.connect(self._back_to_cards)
        return side

    def _build_empty(self) -> QWidget:
        self._empty = EmptyState(
            say(_BEGIN),
            icon="cases",
            title=say("No records are expected yet"),
            action=say("Choose templates..."),
            then=self.ask_templates,
        )
        return self._empty

    def _narrow(self, changed: dict[str, Any]) -> None:
        """Leave other things out: fields of ``Narrow``."""
        self.matrix.show_narrow(replace(self.matrix.cells.narrow, **changed))

    def _changed(self, change: Change) -> None:
        if self._material is None:
            return
        if change.tables & _SHOWN:
            self._read()
        if change.tables & _COSTS:
            self._read_costs()

    def _read(self) -> None:
        job = self.desk.ask(lambda book: read_material(book, today())).owner(self)
        job.succeeded(self._show).run()

    def _read_costs(self) -> None:
        """Count what gaps cost beside the casebook's thread: nothing before a release."""
        about = self.desk.about
        if about is None or not about.results:
            self._costs = None
            return

        def work(steps: Steps, _progress: Progress) -> Completeness:
            return completeness(steps(gather))

        self.desk.aside(work).owner(self).succeeded(self._take_costs).run()

    def _take_costs(self, found: Completeness) -> None:
        self._costs = found
        self._choose()

    def _show(self, material: Material) -> None:
        self._material = material
        whole = material.register.whole
        self._head.tell(told(material.register))
        filled = bool(whole.expected)
        self._layers.setCurrentIndex(0 if filled else 1)
        self.add.setEnabled(bool(material.cases))
        self.expect.setVisible(filled)
        self.filters.show_material(material)
        many = len(material.letters)
        self.write.setText(
            plural("Write {count} letter due...", "Write {count} letters due...", count=many)
            if many
            else say("No letter is due")
        )
        self.write.setEnabled(bool(many))
        self.key.show_material(material)
        self.due.show_material(material)
        self.matrix.show_material(material)
        form = self._side.currentWidget()
        self._side.setVisible(filled or form is not self._cards)

    def _choose(self) -> None:
        """Show the record of the cell that is chosen."""
        material = self._material
        if material is None:
            return
        index = self.matrix.currentIndex()
        own = self.matrix.cells.records(index)
        case, kind = self.matrix.place
        references = {one.id: one.reference for one in material.cases}
        self.card.show_records(
            own,
            self._wanted,
            case=references.get(CaseId(case), ""),
            kind=kind,
            today=material.register.today,
            arrivals=material.arrivals,
        )
        about = self.desk.about
        self.cost.show_record(
            self.card.record,
            self._costs,
            round_=material.round,
            cases=tuple(one.id for one in material.cases),
            next_=about is not None and bool(about.released),
        )
        ids = [one.id for one in material.cases]
        self.words.show_case(case, self.card.record, self._costs, ids)

    def _choose_another(self, record: str) -> None:
        self._wanted = record
        self._choose()

    def _focus_card(self) -> None:
        self._back_to_cards()
        shown = (self.card.answer, self.card.add)
        next(part for part in shown if part.isVisibleTo(self.card)).setFocus()

    def _back_to_cards(self) -> None:
        self._side.setCurrentWidget(self._cards)
        whole = self._material.register.whole.expected if self._material else 0
        self._side.setVisible(bool(whole))
        self.take_focus()

    def _enter(self, entry: Entry) -> None:
        record = self.card.record
        if record is not None:
            self._change(
                lambda book: acts.enter(book, record, entry, today()), self._entered, self.entry
            )

    def _entered(self, record: RecordRequest) -> None:
        self.tells.emit(entered(record, self._costs, self._material))

    def _add(self, added: Added) -> None:
        self._change(
            lambda book: acts.add(book, added),
            lambda one: self.tells.emit(say("{name} is in the register.", name=one.name)),
            self.adding,
        )

    def _expect(self, chosen: list[Any]) -> None:
        self._change(
            lambda book: acts.expect(book, chosen),
            lambda count: self.tells.emit(
                plural("{count:,} record added.", "{count:,} records added.", count=count)
            ),
            self.templates,
        )

    def _take_back(self) -> None:
        record = self.card.record
        if record is not None:
            self._do(lambda book: book.requests.take_back(record.id))

    def _match(self, words: str) -> None:
        """Let words that panellists typed mean the record that is chosen."""
        record = self.card.record
        if record is not None:
            key = compared(words)
            self._do(lambda book: book.requests.match(record.case, key, record.id))

    def _do(self, change: Callable[[Casebook], Change]) -> None:
        """Do something small; a refusal is said over the matrix."""
        job = self.desk.do(change).owner(self)
        job.failed(lambda error: self.tell(errors.words(error).sentence, warn=True)).run()

    def _choose_folder(self, addresses: dict[str, str]) -> None:
        choose_folder(self, say("Folder for the letters"), partial(self._write_into, addresses))

    def _write_into(self, addresses: dict[str, str], folder: Path) -> None:
        self._change(
            lambda book: acts.letters(book, folder, addresses, today()),
            lambda paths: self.outcome.tell(
                plural("{count} file written.", "{count} files written.", count=len(paths)),
                lines=[str(path) for path in paths],
            ),
            self.letters,
        )

    def _change(
        self,
        change: Callable[[Casebook], Any],
        then: Callable[[Any], object],
        form: EntryForm | AddForm | TemplatesForm | LettersForm,
    ) -> None:
        """Do something that a form asked for; a refusal is said in the form."""
        self.outcome.clear()
        made: list[Any] = []

        def work(book: Casebook) -> Change:
            made.append(change(book))
            return _WRITTEN

        def done(_change: Change | None) -> None:
            self._back_to_cards()
            then(made[0])

        job = self.desk.do(work).owner(self).succeeded(done)
        job.failed(lambda error: form.refuse(errors.words(error).sentence)).run()
