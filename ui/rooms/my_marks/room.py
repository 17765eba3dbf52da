"""My marks: filters at the left, marks under their heads, the one in hand at the right."""

from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from reviewer.casebook.book import Change
from reviewer.errors import TakenError
from reviewer.messages import later, say
from reviewer.records.ids import DocumentId
from reviewer.records.judgement import Mark
from reviewer.records.own_marks import OwnMark, counted, with_citation
from reviewer.rounds.moved_marks import Found, find_again, take_place
from ui import errors
from ui.desk.desk import Desk
from ui.rooms.my_marks import grouping, material, saving
from ui.rooms.my_marks.detail import MarkDetail
from ui.rooms.my_marks.grouping import By, Wanted
from ui.rooms.my_marks.listing import MarkList
from ui.rooms.my_marks.material import Material
from ui.rooms.my_marks.painting import Headings, RowDelegate
from ui.rooms.my_marks.side import MarksSide
from ui.rooms.my_marks.typed import TypedNotes
from ui.rooms.room import Room
from ui.settings import Settings
from ui.theme import SPACE
from ui.widgets import clipboard
from ui.widgets.buttons import button
from ui.widgets.card import Card
from ui.widgets.empty import EmptyState
from ui.widgets.outcome import Outcome
from ui.widgets.page_head import PageHead
from ui.widgets.text import Label

_SHOWN = frozenset(
    {"mark", "mark_left", "evidence", "rating", "document_state", "document", "inquiry_case"}
)
_GROUPS = (
    (By.FACTOR, later("by factor")),
    (By.CASE, later("by case")),
    (By.DOCUMENT, later("by document")),
    (By.DAY, later("by day")),
)
_REMEMBERED = 1 << 15  # marks whose words are remembered from one letter typed to the next
_NONE_YET = later("Pick words on a page and press M. Whatever you mark is listed here.")
_CHOOSE = later("Choose a mark to read the words around it and to write its note.")
_NO_FIT = later("No mark fits what you look for.")


class MyMarksRoom(Room):
    """Everything that whoever rates marked, what it supports, what hangs loose."""

    def __init__(self, desk: Desk, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(desk, settings, parent)
        self._material = Material()
        self._typed = TypedNotes()
        self._plain = lru_cache(maxsize=_REMEMBERED)(grouping.folded_text)
        self._folded: set[str] = set()
        self._read_once = False
        self.side = MarksSide(self.framework.groups)
        self.list = MarkList()
        self.detail = MarkDetail()
        self._beside = QStackedWidget()  # as wide with a mark as without: no row moves
        self._beside.setFixedWidth(self.detail.width())
        self._beside.addWidget(EmptyState(say(_CHOOSE)))
        self._beside.addWidget(self.detail)
        self._build()
        self._connect()

    # ------------------------------------------------------------ what the window calls

    def enter(self) -> None:
        self._read()
        self.take_focus()

    def take_focus(self) -> None:
        self.list.setFocus()

    def settle(self) -> None:
        self.detail.flush()

    def tell(self, sentence: str, *, warn: bool = False) -> None:
        self.outcome.tell(sentence, warn=warn)

    # ------------------------------------------------------------ private: building

    def _build(self) -> None:
        self.by = QComboBox()
        self.by.setAccessibleName(say("Group the marks"))
        for key, words in _GROUPS:
            self.by.addItem(say(words), key.value)
        self.save = button(say("Save as files..."), self._ask_where)
        self.go = button(say("Go to the page"), self._go, kind="primary", tip=say("Enter"))
        self.head = PageHead(
            say("My marks"), self.by, self.save, self.go, note=say("Reading your marks")
        )
        self.outcome = Outcome(folds=True)
        self._layers = QStackedWidget()
        listed = Card()
        listed.body.setContentsMargins(1, 0, 1, 0)
        listed.body.setSpacing(0)
        listed.body.addWidget(Headings())
        listed.body.addWidget(self.list, 1)
        self._layers.addWidget(listed)
        self._layers.addWidget(EmptyState(say(_NONE_YET), icon="mark", title=say("No marks yet")))
        self._layers.addWidget(
            EmptyState(say(_NO_FIT), action=say("Show all marks"), then=self.side.clear_filters)
        )
        dots = say("A dot for each document. Counted, never scored.")
        row = QHBoxLayout()
        row.setSpacing(SPACE.L)
        row.addWidget(self._layers, 1)
        row.addWidget(self._beside)
        middle = QVBoxLayout()
        middle.setContentsMargins(SPACE.XL, SPACE.L, SPACE.XXL, SPACE.L)
        middle.setSpacing(SPACE.M)
        middle.addWidget(self.head)
        middle.addWidget(self.outcome)
        middle.addLayout(row, 1)
        middle.addWidget(Label(dots, tone="secondary", size="small"))
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.side)
        whole.addLayout(middle, 1)

    def _connect(self) -> None:
        self.desk.changed.connect(self._changed)
        self.desk.about_changed.connect(self._on_about)
        self.desk.locking.connect(self._let_go)
        self.side.wanted.connect(lambda _wanted: self._show())
        self.side.down.connect(self.take_focus)
        self.by.currentIndexChanged.connect(lambda _at: self._show())
        marks, detail = self.list, self.detail
        marks.chosen.connect(self._choose)
        marks.opened.connect(self._open)
        marks.folded.connect(self._fold)
        marks.note_asked.connect(self._to_note)
        marks.attach_asked.connect(lambda: self._ask_factor(marks.mark))
        marks.remove_asked.connect(lambda: self._remove(marks.mark))
        detail.note_written.connect(self._note)
        detail.attach_asked.connect(self._ask_factor)
        detail.copy_asked.connect(self._copy)
        detail.remove_asked.connect(self._remove)
        detail.left.connect(self.take_focus)
        detail.moved.look_asked.connect(self._look_again)
        detail.moved.take_asked.connect(self._take_along)
        detail.moved.leave_asked.connect(self._leave)
        for key, then in {
            "/": self.side.field.setFocus,
            "Ctrl+F": self.side.field.setFocus,
            "Ctrl+Shift+C": lambda: self._copy(self.list.mark),
        }.items():
            QShortcut(QKeySequence(key), self).activated.connect(then)

    # ------------------------------------------------------------ private: showing

    @property
    def _read_only(self) -> bool:
        about = self.desk.about
        return about is None or bool(about.sealed or about.released) or self.desk.checking

    def _changed(self, change: Change) -> None:
        if self.isVisible() and change.tables & _SHOWN:
            self._read()

    def _on_about(self, _about: object) -> None:
        if self.isVisible():
            self._show()

    def _read(self) -> None:
        ask = self.desk.ask(material.read_material)
        ask.owner(self).succeeded(self._take).failed(self._failed).run()

    def _take(self, found: Material) -> None:
        if self.desk.about is None:
            return  # read before a lock, and come back after it
        marks = self._typed.read(found.marks, held=bool(self.desk.unkept))
        self._material, self._read_once = replace(found, marks=marks), True
        self._show()

    def _let_go(self) -> None:
        """Hold and show nothing any more: the casebook is being locked."""
        self.settle()
        self._material, self._read_once = Material(), False
        self._plain.cache_clear()
        self.list.show_rows([])
        self.detail.moved.clear()

    def _show(self) -> None:
        if not self._read_once:
            return
        marks, framework = self._material.marks, self.framework
        case = self.side.chosen.case
        if all(mark.case != case for mark in marks):
            case = ""  # its last mark is gone
        self.side.show_counts(grouping.counted(marks, case, framework), len(marks))
        wanted = self.side.chosen
        kept = self.detail.written_for  # else what is typed next would go to another mark
        chosen = grouping.chosen(marks, wanted, framework, fold=self._plain, kept=kept)
        by = By(str(self.by.currentData()))
        delegate = self.list.itemDelegate()
        if isinstance(delegate, RowDelegate):
            delegate.points = framework.values
            delegate.cases = by is not By.CASE
        held, folded = self._material, self._folded
        rows = grouping.rows_of(chosen, by, held, framework, folded, kept=kept)
        self._layers.setCurrentIndex(0 if chosen else 2 if marks else 1)
        self._beside.setVisible(bool(chosen))
        self.list.show_rows(rows)
        self.head.tell(self._counted(wanted, chosen))
        self.save.setEnabled(bool(marks))

    def _counted(self, wanted: Wanted, chosen: list[OwnMark]) -> str:
        """Return how many marks are shown; of one case, which."""
        told = counted(chosen)
        if wanted.case:
            named = (mark.reference for mark in self._material.marks if mark.case == wanted.case)
            return f"{next(named)} \u00b7 {told}"
        return told

    def _choose(self, listed: OwnMark | None) -> None:
        mark = self._typed.over([listed])[0] if listed is not None else None
        names = {factor.code: factor.name for factor in self.framework.factors}
        supports = [names[code] for code in mark.factors if code in names] if mark else []
        self.detail.show_mark(mark, supports, read_only=self._read_only)
        self._beside.setCurrentIndex(0 if mark is None else 1)
        self.go.setEnabled(mark is not None)
        if mark is not None:
            ask = self.desk.ask(partial(material.whole, mark=mark))
            ask.owner(self).succeeded(self.detail.show_context).run()

    def _fold(self, key: str) -> None:
        self._folded ^= {key}
        self._show()

    # ------------------------------------------------------------ private: doing

    def _go(self) -> None:
        if self.list.mark is not None:
            self._open(self.list.mark)

    def _open(self, mark: OwnMark) -> None:
        def take(whole: Mark | None) -> None:
            if whole is not None:
                self.reads.emit(mark.case, whole)

        self.settle()
        ask = self.desk.ask(partial(material.whole, mark=mark))
        ask.owner(self).succeeded(take).failed(self._failed).run()

    def _copy(self, mark: OwnMark | None) -> None:
        if mark is not None:
            clipboard.copy(with_citation(mark.quote, mark.citation))
            self.tells.emit(
                say("Copied, with where it stands: {citation}", citation=mark.citation)
            )

    def _to_note(self) -> None:
        if self.list.mark is not None:  # over a head nothing is shown to write in
            self.detail.note.setFocus()

    def _note(self, mark: OwnMark, words: str) -> None:
        at = self.desk.about
        if at is not None:
            sent = self._typed.send(mark, words)
            job = self.desk.do(lambda book: material.note(book, mark, words, at), keep=True)
            job.owner(self).succeeded(sent.end).failed(sent.fail).failed(self._failed)
            job.failed(self._show_unstored).run()

    def _show_unstored(self, _error: Exception) -> None:
        """Show in the list as well what was typed: the casebook may get it later."""
        marks = self._typed.over(self._material.marks)
        self._material = replace(self._material, marks=marks)
        self._show()

    def _remove(self, mark: OwnMark | None) -> None:
        at = self.desk.about
        if mark is None or at is None or self._read_only or mark.kept:
            return
        job = self.desk.do(lambda book: material.remove(book, mark, at))
        job.owner(self).failed(self._failed)
        job.succeeded(self._removed).run()

    def _removed(self, change: Change | None) -> None:
        if change is not None:  # None: it was gone already
            self.tells.emit(say("Removed. Ctrl+Z brings it back."))

    def _look_again(self, mark: OwnMark) -> None:
        newer = DocumentId(mark.newer)
        ask = self.desk.aside(lambda steps, _progress: find_again(steps, mark.id, newer))
        ask.owner(self).succeeded(self.detail.moved.show_found).failed(self._not_found).run()

    def _not_found(self, error: Exception) -> None:
        self.detail.moved.show_found(None)
        self._failed(error)

    def _take_along(self, found: Found) -> None:
        at = self.desk.about
        if at is None or self._read_only:
            return
        job = self.desk.do(lambda book: take_place(book, found, round_number=at.round))
        job.owner(self).failed(self._failed)
        said = say("Taken along to {title}. Ctrl+Z takes it back.", title=found.now.title)
        job.succeeded(lambda change: self.tells.emit(said) if change is not None else None).run()

    def _leave(self, mark: OwnMark, stays: bool) -> None:  # noqa: FBT001 - a signal's argument
        job = self.desk.do(lambda book: material.leave(book, mark, stays=stays))
        job.owner(self).failed(self._failed).run()

    def _ask_factor(self, mark: OwnMark | None) -> None:
        """Ask which factors are to be offered, and offer them."""
        at = self.desk.about
        if mark is None or at is None or self._read_only:
            return
        ask = self.desk.ask(lambda book: material.offered(book, mark, at))
        ask.owner(self).succeeded(partial(self._offer, mark, at.round)).failed(self._failed).run()

    def _offer(self, mark: OwnMark, number: int, offered: dict[str, bool]) -> None:
        """Offer all factors by group; those that the mark supports in this round are ticked."""
        if self.detail.mark is None or self.detail.mark.id != mark.id or self._read_only:
            return  # something else came to hand, or a lock
        menu = QMenu(self)
        menu.setAccessibleName(say("Attach to a factor"))
        for group in self.framework.groups:
            menu.addSection(group.name.replace("&", "&&"))
            for factor in self.framework.factors_of(group.code):
                act = menu.addAction(factor.name.replace("&", "&&"))
                act.setCheckable(True)
                act.setEnabled(factor.code in offered)
                held = offered.get(factor.code, factor.code in mark.factors)
                act.setChecked(held)
                act.triggered.connect(partial(self._attach, mark, factor.code, on=not held))
        if len(offered) < len(self.framework.factors):
            told = say("Round {number} asks for some of these only", number=number)
            menu.addSection(told)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.detail.attach.mapToGlobal(QPoint(0, self.detail.attach.height())))

    def _attach(self, mark: OwnMark, factor: str, *, on: bool) -> None:
        at = self.desk.about
        if at is not None:
            job = self.desk.do(lambda book: material.attach(book, mark, factor, at, on=on))
            job.owner(self).failed(self._failed).run()

    def _ask_where(self) -> None:
        saving.ask_where(self, self.side.chosen.case, self._save)

    def _save(self, folder: Path, case: str, over: bool) -> None:  # noqa: FBT001 - a call back
        job = self.desk.aside(
            lambda steps, _progress: saving.save(steps, folder, case, replace=over)
        )
        job.named(say("saving your marks as files"))
        self.save.setEnabled(False)
        job.owner(self).failed(partial(self._not_saved, folder, case))
        job.finished(lambda: self.save.setEnabled(True))
        job.succeeded(lambda paths: self.outcome.tell(saving.told(paths))).run()

    def _not_saved(self, folder: Path, case: str, error: Exception) -> None:
        if isinstance(error, TakenError):
            again = partial(self._save, folder, case, True)
            self.outcome.tell(str(error), warn=True, offer=(say("Replace them"), again))
        else:
            self._failed(error)

    def _failed(self, error: Exception) -> None:
        errors.show(self, error)
