"""Finding words in everything: a field, the pages that hold them, Enter opens."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
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

from reviewer.records.cases import Hit
from ui.theme import LIGHT, SPACE, font, scale, tokens
from ui.widgets.buttons import button
from ui.widgets.text import Label, plain

_HIT = int(Qt.ItemDataRole.UserRole) + 1
MOST = 200  # pages listed; the count says when there are more


class SearchResults(QWidget):
    """Shown in the reader's place while somebody looks for words in all cases."""

    wanted = Signal(str)
    chosen = Signal(object)  # Hit
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE.XL, SPACE.L, SPACE.XL, SPACE.L)
        column.setSpacing(SPACE.S)
        row = QHBoxLayout()
        self.field = QLineEdit()
        self.field.setProperty("level", "large")
        self.field.setPlaceholderText("Find in all cases: words, or a \u201cquoted phrase\u201d")
        self.field.setAccessibleName("Find in all cases")
        self.field.setClearButtonEnabled(True)
        self.field.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData)
        self.field.returnPressed.connect(self._on_enter)
        row.addWidget(self.field, 1)
        row.addWidget(button("Back to the pages", self.closed.emit, kind="quiet", tip="Esc"))
        self.count = Label("", tone="secondary")
        self.model = QStandardItemModel(self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(_HitDelegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setAccessibleName("Pages that were found")
        self.list.clicked.connect(self._choose)
        column.addLayout(row)
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
        if words.strip():
            self.wanted.emit(words)
        else:
            self.clear()

    def clear(self) -> None:
        """Hold nothing."""
        self.model.clear()
        self.count.setText("")

    def set_hits(self, hits: list[Hit]) -> None:
        """List the pages that were found, best first."""
        self.model.clear()
        for hit in hits:
            item = QStandardItem(f"{hit.reference}, {hit.title}, page {hit.page}")
            item.setData(hit, _HIT)
            spoken = f"{item.text()}: {hit.snippet}".replace("\x02", "").replace("\x03", "")
            item.setData(spoken, Qt.ItemDataRole.AccessibleTextRole)
            item.setToolTip(plain(spoken))
            item.setEditable(False)
            self.model.appendRow(item)
        cases = len({hit.case for hit in hits})
        many = f"The first {MOST} pages" if len(hits) >= MOST else f"{len(hits)} pages"
        self.count.setText(
            f"{many} in {cases} cases" if hits else "No page of any case holds all of these words."
        )
        if hits:
            self.list.setCurrentIndex(self.model.index(0, 0))

    def _on_enter(self) -> None:
        if self.words.strip():
            self.wanted.emit(self.words)
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self, index: QModelIndex) -> None:
        hit = index.data(_HIT)
        if isinstance(hit, Hit):
            self.chosen.emit(hit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.list.hasFocus():
            self._choose(self.list.currentIndex())
        elif event.key() == Qt.Key.Key_Down and self.field.hasFocus():
            self.list.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)


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
        hit = index.data(_HIT)
        paint = tokens()
        painter.save()
        room = QRectF(option.rect)
        state = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(room, QColor(paint.accent_soft))
        inner = room.adjusted(SPACE.M, 8, -SPACE.M, -8)
        line = QFontMetrics(font()).height()
        strong = font("body", QFont.Weight.DemiBold)
        painter.setFont(strong)
        painter.setPen(QColor(paint.ink))
        where = f"{hit.reference}  \u00b7  {hit.title}, page {hit.page}"
        shown = painter.fontMetrics().elidedText(
            where, Qt.TextElideMode.ElideRight, round(inner.width())
        )
        top = QRectF(inner.left(), inner.top(), inner.width(), line)
        painter.drawText(top, int(Qt.AlignmentFlag.AlignVCenter), shown)
        _snippet(painter, QRectF(inner.left(), inner.top() + line + 3, inner.width(), line), hit)
        painter.restore()


def _snippet(painter: QPainter, room: QRectF, hit: Hit) -> None:
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
