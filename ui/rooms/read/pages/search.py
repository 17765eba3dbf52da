"""Finding words in everything: a field, and under each case the pages that hold them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from reviewer.intake.bundles import is_reference
from reviewer.messages import plural, say
from reviewer.records.cases import CaseHits, Hit
from reviewer.records.finding import Beside, Source
from reviewer.records.ids import CaseId, DocumentId
from ui.rooms.read.pages.search_filters import SearchFilters
from ui.theme import LIGHT, SPACE, font, scale, tokens
from ui.widgets.announce import announce
from ui.widgets.buttons import button
from ui.widgets.filled import saved_as_typed
from ui.widgets.text import Label, plain

FOUND = int(Qt.ItemDataRole.UserRole) + 1  # a Hit, or the CaseHits over those of a case
_PAUSE = 250  # ms after the last letter before it is looked for


class SearchResults(QWidget):
    """Shown in the reader's place while somebody looks for words in all cases."""

    wanted = Signal(str)
    cited = Signal(str)  # a reference to a numbered page: {INV-014/34}
    pages_wanted = Signal(str)  # case id: its pages are not listed yet
    chosen = Signal(object)  # Hit
    case_chosen = Signal(str)  # case id
    begun = Signal()  # what there is to narrow it by is wanted
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE.XL, SPACE.L, SPACE.XL, SPACE.L)
        column.setSpacing(SPACE.S)
        row = QHBoxLayout()
        self.field = QLineEdit()
        saved_as_typed(self.field)
        self.field.setProperty("level", "large")
        self.field.setPlaceholderText(
            say("Words, a \u201cphrase\u201d, or {example}", example="{A-1/34}")
        )
        self.field.setAccessibleName(say("Find in all cases"))
        self.field.setClearButtonEnabled(True)
        self.field.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData)
        self.field.returnPressed.connect(self._on_enter)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_PAUSE)
        self._typing.timeout.connect(self._look)
        self.field.textEdited.connect(lambda _text: self._typing.start())
        row.addWidget(self.field, 1)
        row.addWidget(button(say("Back to the pages"), self.closed.emit, kind="quiet", tip="Esc"))
        self.filters = SearchFilters()
        self.filters.changed.connect(self._look)
        self._cases: dict[CaseId, CaseHits] = {}
        self._undated = 0
        self.count = Label("", tone="secondary", wrap=True)
        self.model = QStandardItemModel(self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(_HitDelegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setAccessibleName(say("Pages that were found"))
        self.list.clicked.connect(self._choose)
        column.addWidget(Label(say("Find in all cases"), size="section"))
        column.addLayout(row)
        column.addWidget(self.filters)
        column.addWidget(self.count)
        column.addWidget(self.list, 1)

    @property
    def words(self) -> str:
        """What was looked for."""
        return self.field.text()

    def begin(self, words: str) -> None:
        """Look for ``words``, or wait for some."""
        self.field.setText(words)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.selectAll()
        self.begun.emit()
        self._look()

    def clear(self) -> None:
        """Hold nothing: no words, no names to narrow it by."""
        self._typing.stop()
        self.field.clear()
        self.filters.clear()
        self.empty()

    def empty(self) -> None:
        """List nothing; what narrows a search stays chosen for the next words."""
        self.model.clear()
        self._cases = {}
        self.count.setText("")

    def set_found(
        self,
        cases: Sequence[CaseHits],
        hits: Mapping[CaseId, Sequence[Hit]],
        undated: int = 0,
    ) -> None:
        """List every case that holds the words, and under it those of its pages that are here.

        ``undated`` documents were left out, since nobody knows their day.
        """
        self.model.clear()
        for case in cases:
            self._add(case, _told(case))
            for hit in hits.get(case.case, ()):
                self._add(hit, _where(hit))
        self._cases = {case.case: case for case in cases}
        self._undated = undated
        self._count()
        if cases:
            first = 1 if hits.get(cases[0].case) else 0
            self.list.setCurrentIndex(self.model.index(first, 0))

    def add_pages(self, hits: Sequence[Hit]) -> None:
        """List the pages of a case under its line, where they are not there yet."""
        at = self._places().get(hits[0].case, -1) if hits else -1
        if at >= 0 and not self._listed(at):
            for step, hit in enumerate(hits, 1):
                self.model.insertRow(at + step, _item(hit, _where(hit)))
            self.list.setCurrentIndex(self.model.index(at + 1, 0))

    def add_beside(self, found: Sequence[tuple[CaseHits, Sequence[Beside]]]) -> None:
        """List what stands on no page under its case, below the pages that are listed."""
        at, whole = self._places(), self.model.invisibleRootItem()
        listed = sorted(
            (one for one in found if one[0].case in at), key=lambda one: at[one[0].case]
        )
        for case, texts in reversed(listed):  # from the foot up: no row above moves
            place = at[case.case]
            told = self._cases[case.case] = replace(self._cases[case.case], beside=len(texts))
            self.model.setItem(place, _item(told, _told(told)))
            end = place + 1
            while isinstance(self.model.index(end, 0).data(FOUND), Hit):
                end += 1
            whole.insertRows(end, _beside_items(texts))
        for case, texts in found:
            if case.case not in at:
                self._cases[case.case] = case
                whole.appendRows([_item(case, _told(case)), *_beside_items(texts)])
        self._count()
        if self._cases and not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.model.index(0, 0))

    def _count(self) -> None:
        cases, narrow = list(self._cases.values()), self.filters.within.narrow
        self.count.setText(_summary(cases, self._undated, narrow=narrow))
        announce(self, self.count.text())

    def _add(self, found: Hit | CaseHits, words: str) -> None:
        self.model.appendRow(_item(found, words))

    def _places(self) -> dict[CaseId, int]:
        """Return the rows at which the lines of cases stand."""
        cases = (_case_at(self.model.item(row)) for row in range(self.model.rowCount()))
        return {case: row for row, case in enumerate(cases) if case is not None}

    def _listed(self, row: int) -> bool:
        """Whether pages stand under the line of a case."""
        return isinstance(self.model.index(row + 1, 0).data(FOUND), Hit)

    def _look(self) -> None:
        self._typing.stop()
        if is_reference(self.words):
            self.cited.emit(self.words)
        elif self.words.strip():
            self.wanted.emit(self.words)
        else:
            self.empty()

    def _on_enter(self) -> None:
        if self.words.strip():
            self._look()
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self, index: QModelIndex) -> None:
        found = index.data(FOUND)
        if isinstance(found, Hit):
            self.chosen.emit(found)
        elif isinstance(found, Beside) and found.document:
            self.chosen.emit(page_of(found))
        elif isinstance(found, Beside):
            self.case_chosen.emit(found.case)
        elif isinstance(found, CaseHits) and found.pages and not self._listed(index.row()):
            self.pages_wanted.emit(found.case)
        elif isinstance(found, CaseHits):
            self.case_chosen.emit(found.case)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.list.hasFocus():
            self._choose(self.list.currentIndex())
        elif event.key() == Qt.Key.Key_Down and self.field.hasFocus():
            self.list.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)


def beside_words(one: Beside) -> str:
    """Return what a text is that stands on no page."""
    return {
        Source.NOTE: say("What is to be known of {name}", name=one.name),
        Source.MARK: say("Your note to {name}, page {page}", name=one.name, page=one.page),
        Source.COMMENT: say("Your comment on {name}", name=one.name),
        Source.TEXT: say("Your words on the case"),
        Source.FACT: say("The case: {name}", name=one.name) if one.name else say("The case"),
    }[one.source]


def page_of(one: Beside) -> Hit:
    """Return the page that a text belongs to, as one that nothing is lit on."""
    return Hit(
        case=one.case,
        reference=one.reference,
        document=DocumentId(one.document),
        title=one.name,
        page=max(one.page, 1),
        snippet="",
    )


def _item(found: Hit | CaseHits | Beside, words: str) -> QStandardItem:
    item = QStandardItem(words)
    item.setData(found, FOUND)
    around = "" if isinstance(found, CaseHits) else found.snippet
    spoken = f"{words}: {around}" if around else words
    spoken = spoken.replace("\x02", "").replace("\x03", "")
    item.setData(spoken, Qt.ItemDataRole.AccessibleTextRole)
    item.setToolTip(plain(spoken))
    item.setEditable(False)
    return item


def _beside_items(texts: Sequence[Beside]) -> list[QStandardItem]:
    return [_item(one, beside_words(one)) for one in texts]


def _case_at(item: QStandardItem) -> CaseId | None:
    found = item.data(FOUND)
    return found.case if isinstance(found, CaseHits) else None


def _where(hit: Hit) -> str:
    return say("{title}, page {page}", title=hit.title, page=hit.page)


def _told(case: CaseHits) -> str:
    """Return a case and how much of it was found, in words."""
    name = f"{case.reference}  \u00b7  {case.title}" if case.title else case.reference
    return f"{name}: {_found(case)}"


def _found(case: CaseHits) -> str:
    pages = plural("{count:,} page", "{count:,} pages", count=case.pages) if case.pages else ""
    covered = say("{covered} under a content note", covered=case.covered) if case.covered else ""
    beside = say("{count:,} beside the pages", count=case.beside) if case.beside else ""
    return ", ".join(part for part in (pages, covered, beside) if part)


def _summary(cases: Sequence[CaseHits], undated: int, *, narrow: bool) -> str:
    pages, covered = sum(one.pages for one in cases), sum(one.covered for one in cases)
    many = sum(1 for one in cases if one.pages)
    told = say(
        "{pages} in {cases}",
        pages=plural("{count:,} page", "{count:,} pages", count=pages),
        cases=plural("{count:,} case", "{count:,} cases", count=many),
    )
    if not pages:
        told = (
            say("No page that fits what is chosen above holds all of these words")
            if narrow
            else say("No page that is open to you holds all of these words")
        )
    beside = sum(one.beside for one in cases)
    if beside:
        told += say(". {count:,} beside the pages", count=beside)
    if covered:
        told += say(
            ". {covered} more under content notes: nothing of a document is shown"
            " here before you have opened it",
            covered=covered,
        )
    if undated:
        told += plural(
            ". {count:,} document without a known day is left out",
            ". {count:,} documents without a known day are left out",
            count=undated,
        )
    return told + "." if covered or beside or undated or not pages else told


class _HitDelegate(QStyledItemDelegate):
    """Two lines: where, and the words around with the matches lit."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        del option, index
        return QSize(200, QFontMetrics(font()).height() * 2 + round(20 * scale()))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        found = index.data(FOUND)
        paint = tokens()
        painter.save()
        room = QRectF(option.rect)
        state = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(room, QColor(paint.accent_soft))
        inner = room.adjusted(SPACE.M, 8, -SPACE.M, -8)
        line = QFontMetrics(font()).height()
        first = QRectF(inner.left(), inner.top(), inner.width(), line)
        second = first.translated(0, line + 3)
        if isinstance(found, CaseHits):
            name = f"{found.reference}  \u00b7  {found.title}".rstrip(" \u00b7")
            _line(painter, first, name, font("section", QFont.Weight.DemiBold), paint.ink)
            _line(painter, second, _found(found), font(), paint.ink2)
            painter.fillRect(QRectF(room.left(), room.top(), room.width(), 1), QColor(paint.line))
        elif isinstance(found, Hit | Beside):
            inset = SPACE.L
            strong = font("body", QFont.Weight.DemiBold)
            where = _where(found) if isinstance(found, Hit) else beside_words(found)
            _line(painter, first.adjusted(inset, 0, 0, 0), where, strong, paint.ink)
            _snippet(painter, second.adjusted(inset, 0, 0, 0), found)
        painter.restore()


def _line(painter: QPainter, room: QRectF, words: str, face: QFont, ink: str) -> None:
    painter.setFont(face)
    painter.setPen(QColor(ink))
    shown = QFontMetrics(face).elidedText(words, Qt.TextElideMode.ElideRight, round(room.width()))
    painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), shown)


def _snippet(painter: QPainter, room: QRectF, hit: Hit | Beside) -> None:
    """Paint the words around, those that matched on a light ground."""
    paint = tokens()
    painter.setFont(font())
    metrics = painter.fontMetrics()
    left = room.left()
    lit = QColor(LIGHT.ratings[2])
    lit.setAlpha(120 if not paint.dark else 90)
    for number, piece in enumerate(
        " ".join(hit.snippet.split()).replace("\x02", "\x03").split("\x03")
    ):
        free = round(room.right() - left)
        if free < 12:
            break
        shown = metrics.elidedText(piece, Qt.TextElideMode.ElideRight, free)
        wide = metrics.horizontalAdvance(shown)
        box = QRectF(left, room.top(), wide + 1, room.height())
        if number % 2:
            painter.fillRect(box.adjusted(-1, 0, 1, 0), lit)
        painter.setPen(QColor(paint.ink if number % 2 else paint.ink2))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), shown)
        left += wide
