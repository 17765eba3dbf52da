"""The table: events in their order, and the times without an entry as rows of their own."""

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from reviewer.chronology.timeline import Gap
from reviewer.chronology.words import clock_words, how_exactly, lasting, shown
from reviewer.messages import say
from reviewer.records.cases import Document
from reviewer.records.events import LANE_NAMES, STANDING_NAMES, Event, Lane, Standing
from reviewer.records.ids import DocumentId, EventId
from reviewer.records.moments import place_words
from reviewer.records.text import look_alike
from ui import theme
from ui.models.table import ROW_ROLE, Column, TableModel
from ui.rooms.chronology.material import Material, Row
from ui.theme import RADIUS, SPACE
from ui.widgets.hatch import paint_hatched
from ui.widgets.table import Table

_WHAT = 3  # the column that takes the room the others leave
_SPARE = (1, 5, 2)
KEYS = {
    Qt.Key.Key_T: "add",
    Qt.Key.Key_Insert: "add",
    Qt.Key.Key_F2: "edit",
    Qt.Key.Key_D: "dispute",
    Qt.Key.Key_Delete: "remove",
    Qt.Key.Key_G: "gap",
}


def lane_words(event: Event, lane: Lane) -> str:
    """Return whose account it is, by the name that was given where that is none of ours."""
    own = lane is Lane.OTHERS and look_alike(event.lane) != Lane.OTHERS.value
    return event.lane if own else say(LANE_NAMES[lane])


def page_words(event: Event, documents: Mapping[DocumentId, Document]) -> str:
    """Return the page that says so, "" where none does."""
    document = documents.get(event.document) if event.document else None
    title = document.title if document is not None else event.source
    if title and event.page:
        return place_words(title, event.page, event.anchor)
    return title


def gap_words(gap: Gap) -> str:
    """Return a time without an entry as a sentence."""
    return say(
        "{lane}: no entry for {time}.",
        lane=say(LANE_NAMES[gap.lane]),
        time=lasting(gap.minutes),
    )


class EventTable(Table):
    """Enter opens the page; F2, D and Delete are about the event in hand, T adds one."""

    chosen = Signal(object)  # Row, or None
    keyed = Signal(str)  # what is asked for: "add", "edit", "dispute", "remove", "gap"

    def __init__(self, parent: QWidget | None = None) -> None:
        self._material = Material()
        self.events: TableModel[Row] = TableModel(self._columns())
        super().__init__(
            self.events, say("Events in their order"), wide=_WHAT, spare=_SPARE, parent=parent
        )
        self.setItemDelegate(_Delegate(self))
        self.horizontalHeader().setSectionResizeMode(_WHAT, QHeaderView.ResizeMode.Stretch)
        self.selectionModel().currentChanged.connect(lambda *_: self.chosen.emit(self.row))

    @property
    def row(self) -> Row | None:
        """The row in hand."""
        return self.events.row_at(self.currentIndex().row())

    @property
    def event_in_hand(self) -> Event | None:
        """The event in hand, or None."""
        row = self.row
        return None if row is None or isinstance(row, Gap) else row.event

    def show_rows(self, material: Material, rows: list[Row]) -> None:
        """Show these rows, with the same one in hand where it is among them."""
        held, place = self.row, max(self.currentIndex().row(), 0)
        self._material = material
        self.events.set_rows(rows)
        self.clearSpans()
        for at, row in enumerate(rows):
            if isinstance(row, Gap):
                self.setSpan(at, 0, 1, self.events.columnCount())
        keys = [_key(row) for row in rows]
        at = keys.index(_key(held)) if held is not None and _key(held) in keys else place
        if rows:
            self.setCurrentIndex(self.events.index(min(at, len(rows) - 1), 0))
        self.chosen.emit(self.row)

    def choose(self, event: EventId) -> bool:
        """Take an event in hand; return whether it is shown."""
        found = self.events.place(lambda row: not isinstance(row, Gap) and row.event.id == event)
        if found.isValid():
            self.setCurrentIndex(found)
        return found.isValid()

    def next_gap(self) -> None:
        """Go to the next time without an entry, from the last one to the first."""
        found = [at for at, row in enumerate(self.events.rows) if isinstance(row, Gap)]
        here = self.currentIndex().row()
        if found:
            at = next((one for one in found if one > here), found[0])
            self.setCurrentIndex(self.events.index(at, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        act = KEYS.get(Qt.Key(event.key())) if held == Qt.KeyboardModifier.NoModifier else None
        if act is None:
            super().keyPressEvent(event)
        else:
            self.keyed.emit(act)

    def keyboardSearch(self, search: str) -> None:
        """Letters are keys here: none begins a search through the rows."""

    def _columns(self) -> list[Column[Row]]:
        return [
            Column(title=say("When"), show=self._when),
            Column(title=say("How exactly"), show=self._how),
            Column(
                title=say("Lane"),
                show=lambda row: "" if isinstance(row, Gap) else lane_words(row.event, row.lane),
            ),
            Column(
                title=say("What"), show=lambda row: "" if isinstance(row, Gap) else row.event.what
            ),
            Column(title=say("Page"), show=self._page),
            Column(title=say("Since last"), show=_since, numbers=True),
            Column(title=say("State"), show=_state),
        ]

    def _when(self, row: Row) -> str:
        if isinstance(row, Gap):
            return gap_words(row)
        return shown(row.when, year=self._material.years) or row.event.written

    def _how(self, row: Row) -> str:
        if isinstance(row, Gap):
            return ""
        clock = clock_words(row.event.clock, row.event.fast)
        parts = (how_exactly(row.when), clock)
        return " \u00b7 ".join(part for part in parts if part)

    def _page(self, row: Row) -> str:
        return "" if isinstance(row, Gap) else page_words(row.event, self._material.documents)


def _since(row: Row) -> str:
    if isinstance(row, Gap) or row.since is None:
        return ""
    return say("+ {time}", time=lasting(row.since))


def _state(row: Row) -> str:
    if isinstance(row, Gap) or row.event.standing is Standing.UNDISPUTED:
        return ""
    return say(STANDING_NAMES[row.event.standing])


def _key(row: Row) -> tuple[str, str]:
    return ("gap", row.before) if isinstance(row, Gap) else ("event", row.event.id)


class _Delegate(QStyledItemDelegate):
    """Paints a time without an entry as a band of hatching with its words."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        row = index.data(ROW_ROLE)
        if not isinstance(row, Gap):
            super().paint(painter, option, index)
            return
        painter.save()
        paint, room = theme.tokens(), QRectF(option.rect)
        paint_hatched(painter, room.adjusted(1, 1, -1, -1), 0)
        painter.setFont(theme.font("body", QFont.Weight.DemiBold))
        words = gap_words(row)
        wide = painter.fontMetrics().horizontalAdvance(words) + 2.0 * SPACE.M
        left = room.left() + 10 * SPACE.L
        ground = QRectF(left, room.top() + 3, min(wide, room.right() - left), room.height() - 6)
        painter.setPen(Qt.PenStyle.NoPen)
        chosen = self._is_current(index)
        painter.setBrush(QColor(paint.accent_soft if chosen else paint.raised))
        painter.drawRoundedRect(ground, RADIUS.CONTROL, RADIUS.CONTROL)
        painter.setPen(QColor(paint.ink))
        painter.drawText(ground, Qt.AlignmentFlag.AlignCenter, words)
        painter.restore()

    def _is_current(self, index: QModelIndex | QPersistentModelIndex) -> bool:
        table = self.parent()
        return isinstance(table, Table) and table.currentIndex().row() == index.row()
