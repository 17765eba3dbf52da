"""The reader's lists of words, in the pages' place: which are lit, and where they stand."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, count

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QPixmap,
    QResizeEvent,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QScrollArea,
    QScrollBar,
    QVBoxLayout,
    QWidget,
)

from reviewer.casebook.stores.term_lists import new_list, require_place
from reviewer.chronology.words import day
from reviewer.errors import InputError
from reviewer.messages import later, plural, say
from reviewer.pagetext.terms import read_terms
from reviewer.records.terms import TermList
from ui.reader.page.lights import COLOURS
from ui.rooms.read.terms.columns import Columns, KeepsCounts
from ui.theme import SPACE, scale
from ui.widgets.buttons import button
from ui.widgets.filled import Filling
from ui.widgets.letters import KeepsLetters
from ui.widgets.problem import InlineProblem
from ui.widgets.text import Label, plain

_LIST = int(Qt.ItemDataRole.UserRole) + 1  # a TermList
_PLACE = int(Qt.ItemDataRole.UserRole) + 2  # (case id, document id or "")
_SWATCH = 12  # pixels


class TermsPage(QWidget, Filling):
    """Lists at the left, the words of one in the middle, at the right where they stand."""

    called = later("words of a list")
    behind = True  # what is typed stays here while pages are read
    kept = Signal(object)  # a TermList, new or changed
    removed = Signal(object)  # a TermList
    counted = Signal(object)  # a TermList: where it stands is wanted
    place_chosen = Signal(str, str)  # case id, document id
    import_asked = Signal()
    export_asked = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        KeepsLetters(self)
        self._lists: tuple[TermList, ...] = ()
        self._chosen: TermList | None = None
        self._sent: TermList | None = None  # what was typed last and given away to be kept
        self._before: TermList | None = None  # what was chosen until then
        self._filling = False
        self.problem = InlineProblem()
        self.lists = _Items(say("Lists of words"))
        self.name = QLineEdit()
        self.name.setAccessibleName(say("Name of the list"))
        self.name.setPlaceholderText(say("Name of the list, such as Restraint"))
        self.words = _Words()
        self.words.setTabChangesFocus(True)
        self.words.setAccessibleName(say("Words of the list, a term a line"))
        self.words.setPlaceholderText(
            say("A term a line:\nrestrain*\nface down\ncan\u2019t breathe")
        )
        for field in (self.name, self.words):
            field.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData)
        self.where = _Items(say("Where these words stand"))
        self.where.setItemDelegate(KeepsCounts(self.where))
        self.count = Label("", tone="secondary", wrap=True)
        self.keep = button(say("Keep these words"), self._keep, kind="primary", key="Ctrl+Return")
        self.remove = button(say("Remove the list"), self._remove, kind="quiet")
        self._build()
        self._connect()

    @property
    def filled(self) -> bool:
        """Whether something is typed that no list has yet."""
        return self._typed and bool(self.name.text() or self.words.toPlainText())

    # ------------------------------------------------------------ what it is told

    def set_lists(self, lists: tuple[TermList, ...]) -> None:
        """Show these; what is typed in the one in hand stays until it is kept."""
        chosen = self._chosen.id if self._chosen is not None else ""
        self._lists, self._filling = lists, True
        model = self.lists.model()
        model.clear()
        for one in lists:
            model.appendRow(_list_item(one))
        at = next((row for row, one in enumerate(lists) if one.id == chosen), -1)
        if at < 0 and not self._typed:
            at = 0 if lists else -1
        self.lists.setCurrentIndex(model.index(at, 0))
        self._filling = False
        if self._typed:
            self._chosen = lists[at] if at >= 0 else None
        else:
            self._choose(lists[at] if at >= 0 else None)

    def set_where(self, one: TermList, rows: Sequence[tuple[str, str, str]], told: str) -> None:
        """Show where the words of ``one`` stand: rows of words, case id, document id or ""."""
        if self._chosen is None or one.id != self._chosen.id:
            return
        model = self.where.model()
        model.clear()
        for words, case, document in rows:
            item = QStandardItem(f"      {words}" if document else words)
            item.setData(words, Qt.ItemDataRole.AccessibleTextRole)
            item.setToolTip(plain(words))
            item.setData((case, document), _PLACE)
            item.setEditable(False)
            model.appendRow(item)
        self.count.setText(told)

    def begin(self) -> None:
        """Take the keys."""
        self.problem.hide()
        self.take_keys()

    def take_keys(self) -> None:
        """Take the keys, and leave what is told."""
        (self.lists if self._lists else self.name).setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def bar(self) -> QScrollBar:
        """What moves the column that has the keys, else the words."""
        columns = (self.lists, self.where)
        column = next((one for one in columns if one.hasFocus()), self.words)
        return column.verticalScrollBar()

    def keep_typed(self) -> None:
        """Keep what is typed; what cannot be kept stays, and is told."""
        self._keep_typed()

    def leave(self) -> None:
        """Keep what is typed and go back to the pages; what cannot be kept stays, and is told."""
        if self._keep_typed():
            self.closed.emit()

    def keep_begun(self) -> None:
        """Keep what is typed also where its name is none: under its old one, or a made one."""
        if not self._keep_typed():
            made = _made_name(self._lists) if self._chosen is None else self._chosen.name
            self.name.setText(made)
            self._keep_typed()

    def take_back(self, one: TermList) -> None:
        """Hold ``one``, which was refused, as what is typed and not kept."""
        if one is self._sent and one is self._chosen:
            self._chosen = self._before
            self.name.setModified(True)
            self.words.document().setModified(True)

    def clear(self) -> None:
        """Hold no word."""
        self._chosen = self._sent = self._before = None
        self.name.clear()
        self.name.setModified(False)
        self.words.clear()
        self.words.document().setModified(False)
        self.set_lists(())

    # ------------------------------------------------------------ private

    @property
    def _typed(self) -> bool:
        return self.name.isModified() or self.words.document().isModified()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(Label(say("Words to light"), size="section"), 1)
        head.addWidget(button(say("Import\u2026"), self.import_asked.emit, kind="quiet"))
        head.addWidget(button(say("Export\u2026"), self.export_asked.emit, kind="quiet"))
        head.addWidget(button(say("Back to the pages"), self.closed.emit, kind="quiet", tip="Esc"))
        told = say(
            "Words of a ticked list are lit on every page that you read. The lists are your own:"
            " they stay in this casebook and are sent to nobody."
        )
        left = QVBoxLayout()
        left.addWidget(self.lists, 1)
        left.addWidget(button(say("New list"), self._new, kind=""))
        middle = QVBoxLayout()
        middle.addWidget(self.name)
        middle.addWidget(self.words, 1)
        row = QHBoxLayout()
        row.addWidget(self.keep)
        row.addWidget(self.remove)
        row.addStretch(1)
        middle.addLayout(row)
        right = QVBoxLayout()
        right.addWidget(self.count)
        right.addWidget(self.where, 1)
        for part in (left, middle, right):
            part.setSpacing(SPACE.S)
        self._columns = Columns(left, middle, right)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE.XL, SPACE.L, SPACE.XL, SPACE.L)
        column.setSpacing(SPACE.S)
        column.addLayout(head)
        column.addWidget(Label(told, tone="secondary", wrap=True))
        column.addWidget(self.problem)
        column.addWidget(_scrolled(self._columns), 1)

    def _connect(self) -> None:
        self.lists.selectionModel().currentChanged.connect(self._on_current)
        self.lists.model().itemChanged.connect(self._on_ticked)
        self.where.activated.connect(self._on_place)

    def _choose(self, one: TermList | None) -> None:
        self._chosen = one
        words = "\n".join(one.terms) if one is not None else ""
        self.name.setText(one.name if one is not None else "")
        if words != self.words.toPlainText():  # else the caret stays
            self.words.setPlainText(words)
        self.name.setModified(False)
        self.words.document().setModified(False)
        self.remove.setEnabled(one is not None)
        self.where.model().clear()
        self.count.setText("")
        self.problem.hide()
        if one is not None:
            self.counted.emit(one)

    def _new(self) -> None:
        if self._keep_typed():
            self._choose(None)
            self.lists.clearSelection()
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep(self) -> None:
        self._keep_typed(anyway=True)

    def _keep_typed(self, *, anyway: bool = False) -> bool:
        """Keep what is typed; returns False where it cannot be kept, which is told."""
        if not self._typed and not (anyway and self._chosen is None):
            return True
        try:
            terms = read_terms(self.words.toPlainText().splitlines())
            if self._chosen is None:
                made = new_list(self._lists, self.name.text(), terms)
            else:
                made = replace(self._chosen, name=self.name.text(), terms=terms)
            made = replace(made, name=require_place(self._lists, made))
        except InputError as error:
            self.problem.tell(str(error), details=error.details)
            return False
        self.name.setModified(False)
        self.words.document().setModified(False)
        self._before, self._sent, self._chosen = self._chosen, made, made
        self.problem.hide()
        self.kept.emit(made)
        return True

    def _remove(self) -> None:
        if self._chosen is not None:
            gone, self._chosen = self._chosen, None
            self.name.setModified(False)
            self.words.document().setModified(False)
            self.removed.emit(gone)

    def _on_current(self, now: QModelIndex, before: QModelIndex) -> None:
        if self._filling or not now.isValid():
            return
        one = now.data(_LIST)
        if self._chosen is not None and one.id == self._chosen.id:
            return
        if self._keep_typed():
            self._choose(one)
        elif before.isValid():
            self._filling = True
            self.lists.setCurrentIndex(before)
            self._filling = False

    def _on_ticked(self, item: QStandardItem) -> None:
        one = item.data(_LIST)
        shown = item.checkState() is Qt.CheckState.Checked
        if not self._filling and one is not None and one.shown != shown:
            self.kept.emit(replace(one, shown=shown))

    def _on_place(self, index: QModelIndex) -> None:
        self.place_chosen.emit(*index.data(_PLACE))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._columns.fit(self.width())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() == Qt.Key.Key_Delete and self.lists.hasFocus():
            self._remove()
        else:
            super().keyPressEvent(event)


class _Words(QPlainTextEdit):
    """A field in which the keys of a page move the caret, as in any field."""

    def event(self, event: QEvent) -> bool:
        pages = {Qt.Key.Key_PageDown, Qt.Key.Key_PageUp}
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain_key = event.modifiers() == Qt.KeyboardModifier.NoModifier
            if plain_key and event.key() in pages:  # else they scroll what stands in the middle
                event.accept()
                return True
        return super().event(event)


class _Items(QListView):
    """A list of plain rows."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._rows = QStandardItemModel(self)
        self.setModel(self._rows)
        self.setAccessibleName(name)
        self.setUniformItemSizes(True)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # the end is how many
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)

    def model(self) -> QStandardItemModel:
        return self._rows


def _made_name(lists: Sequence[TermList]) -> str:
    """Return a name for words that nobody named, which none of ``lists`` has."""
    made = say("Words of {day}", day=day(dt.datetime.now().astimezone()))
    taken = {one.name.casefold() for one in lists}
    numbered = (f"{made} ({number})" for number in count(2))
    return next(name for name in chain([made], numbered) if name.casefold() not in taken)


def _scrolled(columns: Columns) -> QScrollArea:
    """Return a place for ``columns`` that scrolls before anything in it would be cut."""
    inside = QWidget()
    columns.setContentsMargins(0, 0, 0, 0)
    inside.setLayout(columns)
    place = QScrollArea()
    place.setFrameShape(QFrame.Shape.NoFrame)
    place.setWidgetResizable(True)
    place.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    place.setWidget(inside)
    return place


def _list_item(one: TermList) -> QStandardItem:
    terms = plural("{count:,} term", "{count:,} terms", count=len(one.terms))
    item = QStandardItem(f"{one.name} ({len(one.terms):,})")
    item.setData(one, _LIST)
    item.setCheckable(True)
    item.setCheckState(Qt.CheckState.Checked if one.shown else Qt.CheckState.Unchecked)
    swatch = QPixmap(round(_SWATCH * scale()), round(_SWATCH * scale()))
    swatch.fill(QColor(COLOURS[one.colour % len(COLOURS)]))
    item.setIcon(swatch)
    lit = say("lit on the pages") if one.shown else say("not lit")
    told = f"{one.name}, {terms}, {lit}"
    item.setData(told, Qt.ItemDataRole.AccessibleTextRole)
    item.setToolTip(plain(told))
    return item
