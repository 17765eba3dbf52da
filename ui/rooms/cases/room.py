"""All cases: what there is to read of each, and how far the own judgement is."""

from collections.abc import Callable, Container
from functools import partial
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from reviewer.casebook.book import Change
from reviewer.casebook.steps import Steps
from reviewer.documents.outside.worker import Worker
from reviewer.intake import (
    bring_correction,
    move_document,
    reinstate_document,
    withdraw_document,
)
from reviewer.messages import later, plural, say
from reviewer.progress import Progress
from reviewer.records.cases import Case, Document
from reviewer.records.ids import CaseId
from ui import errors, theme
from ui.desk.desk import Desk
from ui.models.table import ROW_ROLE, Sorted, TableModel
from ui.rooms.cases.detail import CaseDetail, CaseMaterial, read_case
from ui.rooms.cases.document_password import reading
from ui.rooms.cases.lines import CaseLine, columns, read_lines
from ui.rooms.cases.scans_strip import ScansStrip
from ui.rooms.cases.views import Views
from ui.rooms.room import DOCUMENTS, Room
from ui.settings import CONFINED_ONLY, Settings
from ui.theme import SPACE
from ui.widgets.buttons import button
from ui.widgets.case_filter import CaseFilter
from ui.widgets.empty import EmptyState
from ui.widgets.job_strip import JobStrip
from ui.widgets.outcome import Outcome
from ui.widgets.roomy import Front
from ui.widgets.table import Table
from ui.widgets.text import Elided, Label

_SHOWN = {"inquiry_case", "document", "document_state", "review", "rating", "round"}
_CHAIRS_ADDING = (
    (later("Add documents..."), "import-documents", ""),
    (later("Import a register..."), "import-register", "primary"),
)
_BUSY = later("Other work on a document goes on. Try again when it is done, or stop it.")
_CORRECTING = (  # what the work is called, what is said where it was stopped, and when it is done
    later("the correction of a document"),
    later("The correction was stopped. The document is as it was."),
    later("{title} is corrected."),
)
_UNLOCKING = (
    later("the reading of a locked document"),
    later("The reading was stopped. The document is as it was."),
    later("{title} is read. The file as it came is kept, as the version before."),
)
_OWN_ADDING = ((later("Apply an update..."), "apply-update", ""),)
_SAID_BESIDE = (4, 3, 2)  # columns that the chosen case's own card says too: the last go first


class CasesRoom(Room):
    """A table of all cases with a filter; the chair adds cases and documents here."""

    takes = DOCUMENTS

    def __init__(self, desk: Desk, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(desk, settings, parent)
        self._chair = desk.about is not None and desk.about.kind == "chair"
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(SPACE.XXL, SPACE.XL, SPACE.XXL, SPACE.XXL)
        column.setSpacing(SPACE.L)
        column.addLayout(self._build_head())
        self._strip = JobStrip()
        self.scans = ScansStrip(desk, settings)
        self.outcome = Outcome()
        column.addWidget(self._strip)
        column.addWidget(self.scans)
        column.addWidget(self.outcome)
        self._build_table(rates=bool(desk.about and desk.about.member))
        self._stack = Front()  # where there is nothing yet, no card asks for its room
        column.addWidget(self._stack, 1)
        self._stack.addWidget(self._build_full())
        self._stack.addWidget(self._build_empty())
        self._no_match = EmptyState(
            say("Every word of the filter must occur in a case."),
            icon="cases",
            title=say("No case matches the filter"),
            action=say("Show all cases"),
            then=self._filter.clear,
        )
        self._stack.addWidget(self._no_match)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self.views = Views(self, page) if self._chair else None
        whole.addWidget(self.views or page)
        desk.changed.connect(self._changed)

    @property
    def front(self) -> Room | None:
        """The view in front; None where that is the cases themselves."""
        return self.views.front if self.views is not None else None

    @property
    def unfinished(self) -> str:
        made = self.views.made if self.views is not None else ()
        return next((view.unfinished for view in made if view.unfinished), "")

    def settle(self) -> None:
        for view in self.views.made if self.views is not None else ():
            view.settle()

    def step_back(self) -> bool:
        return self.front is not None and self.front.step_back()

    def take_focus(self) -> None:
        front = self.front
        if front is None:
            super().take_focus()
        else:
            front.take_focus()

    @property
    def chosen_document(self) -> Document | None:
        return self.detail.chosen if self.front is None else None

    @property
    def chosen_case(self) -> CaseId | None:
        front = self.front
        return self._own_case if front is None else front.chosen_case

    @property
    def _own_case(self) -> CaseId | None:
        line = self.table.currentIndex().data(ROW_ROLE)
        return line.id if isinstance(line, CaseLine) else None

    def tell(self, sentence: str, *, warn: bool = False) -> None:
        front = self.front
        if front is not None:
            front.tell(sentence, warn=warn)
        elif warn:
            self.outcome.tell(sentence, warn=True)
        else:
            self.tells.emit(sentence)  # over the foot: no row moves under the pointer

    def enter(self) -> None:
        front = self.front
        if front is not None:
            front.enter()
            return
        self._read()
        self.scans.look()
        self._filter.setFocus()

    def correct(self, document: Document, path: Path, reason: str) -> None:
        """Put the file at ``path`` in the place of ``document``."""
        confined_only = self.settings.get(CONFINED_ONLY)

        def work(steps: Steps, progress: Progress) -> Document:
            with Worker(confined_only=confined_only) as worker:
                return bring_correction(
                    steps, worker, document, path, reason=reason, progress=progress
                )

        self._read_again(
            document,
            work,
            say("Reading the corrected {title}", title=document.title),
            _CORRECTING,
        )

    def unlock(self, document: Document, password: str) -> None:
        """Read ``document``, which is kept because it is locked, with its password."""
        work = reading(document, password, confined_only=self.settings.get(CONFINED_ONLY))
        title = say("Reading {title} with its password", title=document.title)
        if self._read_again(document, work, title, _UNLOCKING):
            self.detail.acts.password.password.forget()

    def _read_again(
        self,
        document: Document,
        work: Callable[[Steps, Progress], Document],
        doing: str,
        words: tuple[str, str, str],
    ) -> bool:
        """Let another version take the place of ``document``; return whether that was begun."""
        if self._strip.busy:
            self.tells.emit(say(_BUSY))
            return False
        self.outcome.clear()
        called, stopped, done = words
        job = self.desk.aside(work, changes=True).named(say(called))
        job.stopped(lambda: self.outcome.tell(say(stopped), warn=True))
        job.owner(self).succeeded(lambda _new: self._say(document, done)).failed(self._failed)
        self._strip.watch(doing, job).run()
        return True

    def withdraw(self, document: Document, reason: str) -> None:
        """Let ``document`` no longer be shown."""
        self.outcome.clear()
        job = self.desk.do(lambda book: withdraw_document(book, document, reason))
        job.owner(self).succeeded(
            lambda change: self._say(
                document,
                later("{title} is no longer shown, nor is what came with it.")
                if change is not None and len(change.documents) > 1
                else later("{title} is no longer shown."),
            )
        )
        job.failed(self._failed).run()

    def move_document(self, document: Document, to: Case, reason: str) -> None:
        """Let ``document`` belong to the case ``to``."""
        self.outcome.clear()
        job = self.desk.do(lambda book: move_document(book, document, to, reason=reason))
        told = say(
            "{title} is in case {reference} now.", title=document.title, reference=to.reference
        )
        job.owner(self).succeeded(lambda _change: self.tells.emit(told))
        job.failed(self._failed).run()

    def reinstate(self, document: Document) -> None:
        """Let a withdrawn document be shown again."""
        self.outcome.clear()
        job = self.desk.do(lambda book: reinstate_document(book, document))
        job.owner(self).succeeded(
            lambda change: self._say(
                document,
                later("{title} is shown again, and what came with it.")
                if change is not None and len(change.documents) > 1
                else later("{title} is shown again."),
            )
        )
        job.failed(self._failed).run()

    def _build_head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(SPACE.S)
        self._adding: list[QPushButton] = []
        words = QVBoxLayout()
        words.setSpacing(SPACE.XS)
        words.addWidget(
            Label(say("Cases and records") if self._chair else say("All cases"), size="title")
        )
        self._count = Elided("", tone="secondary")
        words.addWidget(self._count)
        head.addLayout(words, 1)
        self._filter = CaseFilter()
        self._filter.down.connect(self._into_the_table)
        self._filter.returnPressed.connect(self._into_the_table)
        self._filter.setMinimumWidth(round(220 * theme.scale()))
        self._filter.textChanged.connect(self._narrow)
        head.addWidget(self._filter, 0, Qt.AlignmentFlag.AlignBottom)
        for text, action, kind in _CHAIRS_ADDING if self._chair else _OWN_ADDING:
            made = button(say(text), partial(self.wants.emit, action), kind=kind)
            self._adding.append(made)
            head.addWidget(made, 0, Qt.AlignmentFlag.AlignBottom)
        return head

    def _build_table(self, *, rates: bool) -> None:
        self._model: TableModel[CaseLine] = TableModel(columns(rates=rates), self)
        self._sorted = Sorted(self._model, self)
        self.table = Table(self._sorted, say("Cases"), wide=1, spare=_SAID_BESIDE)
        self.table.sort_by(0)
        self.table.opened.connect(self._open)

    def _build_full(self) -> QWidget:
        part = QWidget()
        row = QHBoxLayout(part)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE.L)
        self.detail = CaseDetail(chair=self._chair)
        self.detail.righting.connect(partial(self.wants.emit, "correct-case"))
        self.detail.saving.connect(partial(self.wants.emit, "save-original"))
        self.detail.acts.corrected.connect(self.correct)
        self.detail.acts.password.unlocking.connect(self.unlock)
        self.detail.acts.withdrawn.connect(self.withdraw)
        self.detail.acts.reinstated.connect(self.reinstate)
        self.detail.acts.moved.connect(self.move_document)
        self.detail.acts.refused.connect(lambda why: self.outcome.tell(why, warn=True))
        row.addWidget(self.table, 1)
        row.addWidget(self.detail)
        self.table.selectionModel().currentRowChanged.connect(lambda _n, _o: self._choose())
        return part

    def _build_empty(self) -> EmptyState:
        if not self._chair:
            return EmptyState(
                say(
                    "This casebook holds no cases. Tell your chair: perhaps it was issued"
                    " too early. An update may bring them."
                ),
                icon="cases",
                title=say("No cases"),
                action=say("Apply an update..."),
                then=lambda: self.wants.emit("apply-update"),
            )
        return EmptyState(
            say(
                "A register is a table (CSV, XLSX, XLS or ODS) with one row a case: reference,"
                " title, and the documents that belong to it."
            ),
            icon="cases",
            title=say("No cases yet"),
            action=say("Import a register..."),
            then=lambda: self.wants.emit("import-register"),
        )

    def _into_the_table(self) -> None:
        self.table.setFocus(Qt.FocusReason.TabFocusReason)

    def _narrow(self, text: str) -> None:
        self._sorted.set_filter(text)
        self._place()

    def _place(self) -> None:
        """Show the table, that there is nothing yet, or that nothing matches the filter."""
        found = 0 if self._sorted.rowCount() else 2
        self._stack.setCurrentIndex(found if self._model.rows else 1)

    def _changed(self, change: Change) -> None:
        if change.tables & _SHOWN:
            self._read()

    def _read(self) -> None:
        about = self.desk.about
        if about is not None:
            job = self.desk.ask(lambda book: read_lines(book, about))
            job.owner(self).succeeded(self._show).run()

    def _show(self, lines: list[CaseLine]) -> None:
        kept = self._own_case
        self._model.set_rows(lines)
        self._select(kept)
        pages = sum(line.pages for line in lines)
        documents = sum(line.documents for line in lines)
        bare = sum(not line.documents for line in lines)
        told = " · ".join(
            (
                plural("{count:,} case", "{count:,} cases", count=len(lines)),
                plural("{count:,} document", "{count:,} documents", count=documents),
                plural("{count:,} page", "{count:,} pages", count=pages),
            )
        )
        if bare:
            cases = plural("{count:,} case", "{count:,} cases", count=bare)
            told += say(" · {cases} without a document", cases=cases)
        self._count.set_text(told)
        self._place()
        for part in (self._filter, *self._adding):
            part.setVisible(bool(lines))
        self._count.setVisible(bool(lines))

    def _select(self, kept: CaseId | None) -> None:
        """Keep the case that was chosen, or choose the first."""
        rows = range(self._sorted.rowCount())
        found = (r for r in rows if self._sorted.index(r, 0).data(ROW_ROLE).id == kept)
        flags = QItemSelectionModel.SelectionFlag
        self.table.selectionModel().setCurrentIndex(
            self._sorted.index(next(found, 0), 0), flags.ClearAndSelect | flags.Rows
        )

    def _say(self, document: Document, done: str) -> None:
        """Say what was done, and what is to be done where others have the document."""

        def tell(out: Container[str]) -> None:
            told = say(done, title=document.title)
            if document.id in out:
                told += say(" Write updates under Panel: the panellists have it as it was.")
            self.tells.emit(told)

        self.desk.ask(lambda book: book.updates.out()).owner(self).succeeded(tell).run()

    def _failed(self, error: Exception) -> None:
        self.outcome.tell(errors.words(error).sentence, warn=True)

    def _choose(self) -> None:
        line = self.table.currentIndex().data(ROW_ROLE)
        self.detail.setVisible(isinstance(line, CaseLine))
        if isinstance(line, CaseLine):
            job = self.desk.ask(lambda book: read_case(book, line.id, chair=self._chair))
            job.owner(self).succeeded(self._show_case).run()

    def _open(self) -> None:
        case = self._own_case
        if case is not None:
            self.opens.emit(case)

    def _show_case(self, material: CaseMaterial) -> None:
        line = self.table.currentIndex().data(ROW_ROLE)
        if isinstance(line, CaseLine) and line.id == material.case.id:  # not a late answer
            self.detail.show_case(material)
