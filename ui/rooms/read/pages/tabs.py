"""The documents of a case as tabs; a record that is missing stands among them, dashed."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QStyle, QTabBar, QToolButton, QWidget

from reviewer.messages import say
from reviewer.record_requests.lacking import Lack
from reviewer.records.cases import Document
from reviewer.records.ids import DocumentId
from ui.theme import RADIUS, font, scale, tokens
from ui.widgets.text import plain

_WIDEST = 210  # logical pixels of a title before it is cut
_MISSING = "missing:"
MOST_MISSING = 12  # that have a tab each; the others are counted in one


def _words(document: Document) -> str:
    """Return what stands on a document's tab."""
    if document.current:
        below = "\u21b3 " if document.origin.parent else ""  # attached to one of those before it
        return f"{below}{document.title}  {document.page_count} p"
    return say(
        "Replaced: {title}  {page_count} p", title=document.title, page_count=document.page_count
    )


class DocumentTabs(QTabBar):
    """One tab a document; ``currentChanged`` as any tab bar, ``document`` says which."""

    lacking = Signal(object)  # tuple[Lack, ...]: a tab may be out of sight

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(say("Documents"))
        self.setExpanding(False)
        self.setDrawBase(False)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideRight)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for arrow in self.findChildren(QToolButton):
            arrow.setProperty("surface", "panel")  # opaque: a tab may lie half under it

    @property
    def document(self) -> DocumentId | None:
        """The document whose tab is chosen, or None."""
        held = self.tabData(self.currentIndex())
        known = isinstance(held, str) and not held.startswith(_MISSING)
        return DocumentId(held) if known else None

    def set_documents(self, documents: Sequence[Document], missing: Sequence[Lack]) -> None:
        """Show a tab for each document and a dashed one for each record that is missing."""
        wanted = [(str(one.id), text, text) for one in documents for text in (_words(one),)]
        wanted += [(_MISSING + one.name, one.words, one.told) for one in missing[:MOST_MISSING]]
        rest = missing[MOST_MISSING:]
        if rest:
            text = say("{count} more missing", count=len(rest))
            wanted.append((_MISSING, text, " ".join(one.told for one in rest)))
        self.lacking.emit(tuple(missing))
        policy = Qt.FocusPolicy.TabFocus if wanted else Qt.FocusPolicy.NoFocus
        self.setFocusPolicy(policy)  # an empty bar has nothing to be read to anybody
        held = [
            (self.tabData(n), self.tabText(n), self.accessibleTabName(n))
            for n in range(self.count())
        ]
        if held == wanted:
            return
        chosen = self.document
        self.blockSignals(True)
        while self.count():
            self.removeTab(0)
        for data, text, told in wanted:
            at = self.addTab(text)
            self.setTabData(at, data)
            self.setTabToolTip(at, plain(told))
            self.setTabEnabled(at, not data.startswith(_MISSING))
            self.setAccessibleTabName(at, told)
        self.blockSignals(False)
        if chosen is not None:
            self.choose(chosen)

    def choose(self, document: DocumentId) -> bool:
        """Show a document's tab as chosen without telling anybody; False where it has none."""
        for at in range(self.count()):
            if self.tabData(at) == document:
                self.blockSignals(True)
                self.setCurrentIndex(at)
                self.blockSignals(False)
                self.update()
                QTimer.singleShot(0, self, self._reveal)
                return True
        return False

    def _reveal(self) -> None:
        """Bring the chosen tab into sight: Qt does so only where it lays the tabs out anew."""
        rect = self.tabRect(self.currentIndex())
        arrows = [one.x() for one in self.findChildren(QToolButton) if one.isVisible()]
        if rect.left() < 0 or rect.right() >= min(arrows, default=self.width()):
            for on in (False, True):
                self.setUsesScrollButtons(on)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._reveal)

    def tabSizeHint(self, index: int) -> QSize:
        metrics = QFontMetrics(font("body", QFont.Weight.DemiBold))
        wide = min(metrics.horizontalAdvance(self.tabText(index)), round(_WIDEST * scale()))
        return QSize(wide + round(26 * scale()), metrics.height() + round(16 * scale()))

    def minimumSizeHint(self) -> QSize:
        """Leave room for the widest tab between the arrows."""
        widest = max((self.tabSizeHint(n).width() for n in range(self.count())), default=0)
        arrows = 2 * self.style().pixelMetric(QStyle.PixelMetric.PM_TabBarScrollButtonWidth)
        return QSize(widest + arrows, super().minimumSizeHint().height())

    def minimumTabSizeHint(self, index: int) -> QSize:
        return self.tabSizeHint(index)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for index in range(self.count()):
            self._paint_tab(painter, index)

    def _paint_tab(self, painter: QPainter, index: int) -> None:
        paint = tokens()
        room = QRectF(self.tabRect(index)).adjusted(2, 4, -2, -4)
        chosen = index == self.currentIndex() and self.isTabEnabled(index)
        missing = not self.isTabEnabled(index)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(Qt.PenStyle.NoPen)
        if chosen:
            painter.setPen(QPen(QColor(paint.line), 1))
            painter.setBrush(QColor(paint.raised))
        elif missing:
            painter.setPen(QPen(QColor(paint.ink3), 1, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(room, RADIUS.CONTROL, RADIUS.CONTROL)
        if chosen and self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(paint.focus), 2))
            painter.drawRoundedRect(room, RADIUS.CONTROL, RADIUS.CONTROL)
        elif chosen:
            painter.setPen(QPen(QColor(paint.accent), 2))
            painter.drawLine(room.bottomLeft() + QPointF(8, 0), room.bottomRight() - QPointF(8, 0))
        face = font("body", QFont.Weight.DemiBold if chosen else QFont.Weight.Normal)
        painter.setFont(face)
        painter.setPen(QColor(paint.ink if chosen else paint.ink2))
        words = painter.fontMetrics().elidedText(
            self.tabText(index), Qt.TextElideMode.ElideRight, round(room.width() - 18)
        )
        painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter), words)
