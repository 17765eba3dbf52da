"""Measures every text that can be seen against the room it has.

A text is cut where its room is smaller than it: the widget, what the widget lies in, or the
rectangle it is painted into. Cut with dots, and with a tool tip that has it whole, it is not.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import product

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent, QPainter, QPixmap, QRegion
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QRadioButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionButton,
    QStyleOptionComboBox,
    QStyleOptionFrame,
    QTabBar,
    QTableView,
    QTextEdit,
    QToolTip,
    QWidget,
)
from shiboken6 import isValid

from ui.widgets.text import Elided

SLACK = 1  # pixel: a text may round up by one
_FAR = 100_000  # pixels: no screen is as large
_ALONE = QWidget.RenderFlag.DrawWindowBackground  # without the widgets that lie in it


@dataclass(frozen=True, kw_only=True)
class Cut:
    """One text and what it lacks, in pixels across and down."""

    where: str
    text: str
    lacks: tuple[int, int]

    def __str__(self) -> str:
        return f"{self.where}: {self.text!r} lacks {self.lacks[0]} x {self.lacks[1]}"


@dataclass(kw_only=True)
class Looked:
    """How many texts were looked at, and which of them are cut."""

    texts: int = 0
    cuts: list[Cut] = field(default_factory=list)
    words: set[str] = field(default_factory=set)  # what is read, whole

    def take(
        self, widget: QWidget, text: str, wants: QSize, room: QRect, *, tip: str = ""
    ) -> None:
        """Count ``text`` of ``widget`` that wants ``wants`` of ``room`` (in the widget)."""
        self.texts += 1
        self.words.add(text)
        seen = room.intersected(_clip(widget))
        lacks = (max(wants.width() - seen.width(), 0), max(wants.height() - seen.height(), 0))
        if max(lacks) > SLACK and not (tip and lacks[1] <= SLACK):
            self.cuts.append(Cut(where=_where(widget), text=text[:90], lacks=lacks))


def look(top: QWidget) -> Looked:
    """Measure every visible text of ``top`` and of what is in it."""
    looked = Looked()
    for widget in (top, *top.findChildren(QWidget)):
        if widget.isVisibleTo(top) and widget.window() is top.window() and _in_sight(widget):
            for kind, measure in _MEASURES.items():
                if isinstance(widget, kind):
                    measure(widget, looked)
                    break
    _painted(top, looked)
    return looked


# ---------------------------------------------------------------- what Qt paints


def _label(label: QLabel, looked: Looked) -> None:
    if not label.text() or not label.pixmap().isNull():
        return
    if isinstance(label, Elided):
        wants = QFontMetrics(label.font()).size(0, label.whole)
        looked.take(label, label.whole, wants, label.contentsRect(), tip=label.toolTip())
        return
    if label.wordWrap():
        wants = QSize(_widest_line(label), label.heightForWidth(label.width()))
    else:
        wants = label.sizeHint()
    looked.take(label, label.text(), wants, label.rect())


def _widest_line(label: QLabel) -> int:
    """Return how wide the lines are that its words are broken into, in pixels."""
    metrics, text = QFontMetrics(label.font()), QLabel.text(label)
    parts = text.replace("\u200b", " ").split()
    words = max((metrics.horizontalAdvance(word) for word in parts), default=0)
    room, flags = QRect(0, 0, label.contentsRect().width(), _FAR), Qt.TextFlag.TextWordWrap
    return max(words, metrics.boundingRect(room, int(flags), text).width())


def _button(button: QAbstractButton, looked: Looked) -> None:
    if not button.text() or type(button).paintEvent is not _painter_of(button):
        return  # painted by us: see ``_painted``
    wants, text = button.sizeHint(), button.text().replace("&&", "&")
    if isinstance(button, QCheckBox | QRadioButton):
        option = QStyleOptionButton()
        button.initStyleOption(option)
        part = QStyle.SubElement
        box = isinstance(button, QCheckBox)
        where = part.SE_CheckBoxContents if box else part.SE_RadioButtonContents
        room = button.style().subElementRect(where, option, button)
        looked.take(button, text, QFontMetrics(button.font()).size(0, text), room)
        return
    looked.take(button, text, wants, button.rect())


def _painter_of(button: QAbstractButton) -> object:
    for kind in type(button).__mro__:
        if "paintEvent" in vars(kind):
            return kind.paintEvent if kind.__module__.startswith("PySide6") else None
    return type(button).paintEvent


def _line(field_: QLineEdit, looked: Looked) -> None:
    text = field_.text() or field_.placeholderText()
    if not text or isinstance(field_.parentWidget(), QComboBox):
        return
    if field_.text() and not field_.isReadOnly():
        wants = QSize(0, QFontMetrics(field_.font()).height())
    else:
        wants = QSize(
            QFontMetrics(field_.font()).horizontalAdvance(text),
            QFontMetrics(field_.font()).height(),
        )
    margins = field_.textMargins()
    contents = field_.style().subElementRect(
        QStyle.SubElement.SE_LineEditContents, _line_option(field_), field_
    )
    room = contents.adjusted(margins.left() + 2, 0, -margins.right() - 2, 0)
    looked.take(field_, text, wants, room, tip=field_.toolTip())


def _line_option(field_: QLineEdit):
    option = QStyleOptionFrame()
    field_.initStyleOption(option)
    return option


def _text(edit: QPlainTextEdit | QTextEdit, looked: Looked) -> None:
    if edit.toPlainText() or not edit.placeholderText():
        return
    room = edit.viewport().rect()
    inner = room.width() - 2 * round(edit.document().documentMargin())
    wants = QFontMetrics(edit.font()).boundingRect(
        QRect(0, 0, inner, 10_000), int(Qt.TextFlag.TextWordWrap), edit.placeholderText()
    )
    looked.take(edit.viewport(), edit.placeholderText(), wants.size(), room)


def _combo(combo: QComboBox, looked: Looked) -> None:
    option = QStyleOptionComboBox()
    combo.initStyleOption(option)
    room = combo.style().subControlRect(
        QStyle.ComplexControl.CC_ComboBox,
        option,
        QStyle.SubControl.SC_ComboBoxEditField,
        combo,
    )
    wants = QFontMetrics(combo.font()).size(0, combo.currentText())
    if combo.currentText():
        looked.take(combo, combo.currentText(), wants, room, tip=combo.toolTip())


def _tabs(bar: QTabBar, looked: Looked) -> None:
    """Measure the tabs; those of a bar with arrows may lie further on, but not the chosen one."""
    for at in range(bar.count()):
        if not (bar.isTabVisible(at) and bar.tabText(at)):
            continue
        room = bar.tabRect(at)
        if bar.usesScrollButtons() and at != bar.currentIndex():
            room.moveTo(0, 0)
            looked.take(bar.window(), bar.tabText(at), bar.tabSizeHint(at), room)
        else:
            looked.take(bar, bar.tabText(at), bar.tabSizeHint(at), room, tip=bar.tabToolTip(at))


def _header(header: QHeaderView, looked: Looked) -> None:
    if type(header).__module__.startswith("ui."):
        return  # it paints its own: see ``_painted``
    model = header.model()
    across = header.orientation() is Qt.Orientation.Horizontal
    for at in range(header.count()):
        text = str(model.headerData(at, header.orientation()) or "") if model else ""
        if header.isSectionHidden(at) or not text:
            continue
        wants = header.sectionSizeFromContents(at)
        start, size = header.sectionViewportPosition(at), header.sectionSize(at)
        room = (
            QRect(start, 0, size, header.height())
            if across
            else QRect(0, start, header.width(), size)
        )
        if not room.intersects(header.viewport().rect()):
            continue
        tip = str(model.headerData(at, header.orientation(), Qt.ItemDataRole.ToolTipRole) or "")
        looked.take(header.viewport(), text, wants, room, tip=tip)


def _cells(view: QAbstractItemView, looked: Looked) -> None:
    """Measure the cells that Qt paints; those of a delegate of ours are measured as painted."""
    model = view.model()
    if model is None or type(view.itemDelegate()) is not QStyledItemDelegate:
        return
    columns = model.columnCount() if isinstance(view, QTableView) else 1
    for row, column in product(range(model.rowCount()), range(columns)):
        index = model.index(row, column)
        place, text = view.visualRect(index), str(index.data() or "")
        if not text or not view.viewport().rect().intersects(place):
            continue
        wants = QFontMetrics(view.font()).size(0, text)
        tip = str(index.data(Qt.ItemDataRole.ToolTipRole) or "")
        looked.take(view.viewport(), text, wants, place.adjusted(4, 0, -4, 0), tip=tip)


_MEASURES = {
    QLabel: _label,
    QAbstractButton: _button,
    QLineEdit: _line,
    QPlainTextEdit: _text,
    QTextEdit: _text,
    QComboBox: _combo,
    QTabBar: _tabs,
    QHeaderView: _header,
    QTableView: _cells,
    QListView: _cells,
}


# ---------------------------------------------------------------- what we paint


def _painted(top: QWidget, looked: Looked) -> None:
    """Paint every widget that paints its own text, and measure each text as it is painted."""
    for widget in (top, *top.findChildren(QWidget)):
        if not isValid(widget):  # what has come since took its place
            continue
        if not (widget.isVisibleTo(top) and widget.window() is top.window() and _in_sight(widget)):
            continue
        if widget.size().isEmpty() or not _paints_itself(widget):
            continue
        with _measured(widget, looked):
            widget.render(QPixmap(widget.size()), QPoint(), QRegion(), _ALONE)


def _paints_itself(widget: QWidget) -> bool:
    owner = widget.parentWidget()
    if isinstance(owner, QAbstractItemView) and widget is owner.viewport():
        return True
    painted = any(
        "paintEvent" in vars(kind) and kind.__module__.startswith("ui.")
        for kind in (*type(widget).__mro__, *(type(owner).__mro__ if _viewport(widget) else ()))
    )
    return painted and not isinstance(widget, Elided)


def _viewport(widget: QWidget) -> bool:
    owner = widget.parentWidget()
    return isinstance(owner, QAbstractScrollArea) and widget is owner.viewport()


@contextmanager
def _measured(widget: QWidget, looked: Looked) -> Iterator[None]:
    draw, elide = QPainter.drawText, QFontMetrics.elidedText
    shortened: dict[str, str] = {}

    def drawn(painter: QPainter, *args: object) -> object:
        _take(widget, looked, painter, args, shortened)
        return draw(painter, *args)

    def elided(metrics: QFontMetrics, text: str, *args: object) -> str:
        shown = elide(metrics, text, *args)
        if shown != text:
            shortened[shown] = text
        return shown

    QPainter.drawText, QFontMetrics.elidedText = drawn, elided
    try:
        yield
    finally:
        QPainter.drawText, QFontMetrics.elidedText = draw, elide


def _take(
    widget: QWidget,
    looked: Looked,
    painter: QPainter,
    args: tuple[object, ...],
    shortened: dict[str, str],
) -> None:
    """Measure one text that is being painted; ``shortened`` has the whole of what ends in dots."""
    text = next((a for a in args if isinstance(a, str)), "")
    if not text.strip():
        return
    looked.texts += 1
    looked.words.add(shortened.get(text, text))
    wants, room = _wanted(widget, painter, args, text)
    transform = painter.combinedTransform()
    place = transform.mapRect(QRectF(room)).toAlignedRect()
    if text in shortened:
        if not _tip(widget, place.center()):
            words = f"{text} ({shortened[text][:60]})"
            looked.cuts.append(Cut(where=_where(widget), text=words, lacks=(0, 0)))
        return
    wants = wants.transposed() if transform.isRotating() else wants
    seen = place.intersected(_clip(widget, painted=True))
    lacks = (max(wants.width() - seen.width(), 0), max(wants.height() - seen.height() - 2, 0))
    if max(lacks) > SLACK and not seen.isEmpty():
        looked.cuts.append(Cut(where=_where(widget), text=text[:90], lacks=lacks))


def _wanted(
    widget: QWidget, painter: QPainter, args: tuple[object, ...], text: str
) -> tuple[QSize, QRect]:
    """Return the size that ``text`` has, and the rectangle it is painted into."""
    metrics = QFontMetrics(painter.font())
    if not isinstance(args[0], QRect | QRectF):
        return metrics.size(0, text), widget.rect()
    room = QRectF(args[0]).toAlignedRect()
    flags = int(getattr(args[1], "value", args[1]))
    if flags & int(Qt.TextFlag.TextWordWrap.value):
        wide = QRect(0, 0, room.width(), _FAR)
        return metrics.boundingRect(wide, flags, text).size(), room
    return metrics.size(0, text), room


def _tip(widget: QWidget, point: QPoint) -> str:
    """Return what a tool tip says at a point of ``widget`` to somebody who waits there."""
    QToolTip.hideText()
    event = QHelpEvent(QEvent.Type.ToolTip, point, widget.mapToGlobal(point))
    QApplication.sendEvent(widget, event)
    told = QToolTip.text()
    QToolTip.hideText()
    return told


# ---------------------------------------------------------------- room


def _clip(widget: QWidget, *, painted: bool = False) -> QRect:
    """Return what of ``widget`` is not cut off by what it lies in; scrolling counts as room."""
    across, down = _scrolls(widget)
    own = (across, down) if painted else (_FAR, _FAR)
    room = widget.rect().adjusted(-own[0], -own[1], own[0], own[1])
    part, shift = widget, QPoint(0, 0)
    while not part.isWindow() and part.parentWidget() is not None:
        owner = part.parentWidget()
        shift = part.pos() + shift
        more, further = _scrolls(owner)
        across, down = max(across, more), max(down, further)
        bounds = owner.rect().adjusted(-across, -down, across, down)
        room = room.intersected(bounds.translated(-shift))
        part = owner
    return room


def _scrolls(widget: QWidget) -> tuple[int, int]:
    """Return how far what is in ``widget`` goes on out of sight, across and down."""
    if isinstance(widget, QTabBar) and widget.usesScrollButtons():
        return _FAR, 0
    area = widget.parentWidget()
    if not (isinstance(area, QAbstractScrollArea) and widget is area.viewport()):
        return 0, 0
    if isinstance(area, QHeaderView):
        table = area.parentWidget()
        across, down = (
            _scrolls(table.viewport()) if isinstance(table, QAbstractItemView) else (0, 0)
        )
        return (across, 0) if area.orientation() is Qt.Orientation.Horizontal else (0, down)
    off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff  # nobody gets there who sees no bar
    across = area.horizontalScrollBarPolicy() is not off and area.horizontalScrollBar().maximum()
    down = area.verticalScrollBarPolicy() is not off and area.verticalScrollBar().maximum()
    return (_FAR if across else 0), (_FAR if down else 0)


def _in_sight(widget: QWidget) -> bool:
    if isinstance(widget, QAbstractScrollArea):
        widget = widget.viewport()  # it covers all of what has no frame
    return not widget.visibleRegion().isEmpty() or bool(widget.size().isEmpty())


def _where(widget: QWidget) -> str:
    names = []
    part: QWidget | None = widget
    while part is not None and len(names) < 4:
        names.append(type(part).__name__)
        part = part.parentWidget()
    return " < ".join(names)
