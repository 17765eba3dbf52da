"""The left side: words in marks, cases with counts, groups and kinds to leave out."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from reviewer.messages import say
from reviewer.method.framework import Group
from ui import theme
from ui.rooms.my_marks.grouping import LOOSE, Counts, Wanted
from ui.theme import SPACE, group_colour
from ui.widgets.card import SectionHeading
from ui.widgets.filled import saved_as_typed
from ui.widgets.rows import SideRow
from ui.widgets.side_list import SideModel, side_list
from ui.widgets.text import Label
from ui.widgets.tick import Tick

_PAUSE = 120  # ms after the last letter before the list is narrowed
_MOST_CASES = 9  # rows of cases before their list scrolls


class MarksSide(QFrame):
    """Tells ``wanted`` whenever something else is to be shown."""

    wanted = Signal(object)  # Wanted
    down = Signal()  # on into the list

    def __init__(self, groups: Sequence[Group], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "panel")
        self.setFixedWidth(round(226 * theme.scale()))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE.L, 0, SPACE.S)
        column.setSpacing(SPACE.S)
        self.field = _Field()
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_PAUSE)
        self._typing.timeout.connect(self._tell)
        self.field.textChanged.connect(lambda _text: self._typing.start())
        self.field.down.connect(self.down)
        self._filling = False  # while it is the program that chooses
        self._cases = SideModel(self)
        self._ids: list[str] = [""]
        self.cases = side_list(self._cases, say("Cases with marks"))
        self.cases.selectionModel().currentChanged.connect(self._on_case)
        column.addWidget(_inset(self.field))
        column.addWidget(_inset(SectionHeading(say("Cases"))))
        column.addWidget(self.cases)
        column.addWidget(self._build_ticks(groups), 1)

    @property
    def chosen(self) -> Wanted:
        """What is wanted now."""
        at = self.cases.currentIndex().row()
        return Wanted(
            case=self._ids[at] if 0 <= at < len(self._ids) else "",
            groups=frozenset(key for key, row in self.groups.items() if not row.tick.isChecked()),
            kinds=frozenset(key for key, row in self.kinds.items() if not row.tick.isChecked()),
            words=self.field.text(),
            moved=self.moved.tick.isChecked() and not self.moved.isHidden(),
        )

    def show_counts(self, counts: Counts, total: int) -> None:
        """Show how many marks there are of each; what is chosen stays chosen."""
        held = self.chosen.case
        self._ids = ["", *(case for case, _, _ in counts.cases)]
        rows = [SideRow(first=say("All cases"), state=f"{total:,}")]
        rows += [SideRow(first=name, state=f"{count:,}") for _, name, count in counts.cases]
        self._filling = True
        self._cases.set_rows(rows)
        at = self._ids.index(held) if held in self._ids else 0
        self.cases.setCurrentIndex(self._cases.index(at, 0))
        if not counts.moved:  # else it would narrow the list by itself at the next replaced one
            self.moved.tick.setChecked(False)
        self._filling = False
        high = self.cases.sizeHintForRow(0) * min(len(rows), _MOST_CASES)
        self.cases.setFixedHeight(high + 2 * self.cases.frameWidth())
        self.moved.setVisible(bool(counts.moved))
        self.moved.show_count(counts.moved)
        for ticks, found in ((self.groups, counts.groups), (self.kinds, counts.kinds)):
            _count(ticks, found)

    def clear_filters(self) -> None:
        """Want everything again."""
        self._filling = True
        for row in (*self.groups.values(), *self.kinds.values()):
            row.tick.setChecked(True)
        self.moved.tick.setChecked(False)
        self.field.clear()
        self.cases.setCurrentIndex(self._cases.index(0, 0))
        self._filling = False
        self._tell()

    def _build_ticks(self, groups: Sequence[Group]) -> QScrollArea:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(SPACE.L, SPACE.S, SPACE.M, SPACE.S)
        column.setSpacing(SPACE.XS)
        column.addWidget(SectionHeading(say("Group of factors")))
        self.groups = {group.code: _CountedTick(group.name, group.code) for group in groups}
        self.groups[LOOSE] = _CountedTick(say("Not attached"), LOOSE)
        self.kinds = {
            "text": _CountedTick(say("Passage")),
            "area": _CountedTick(say("Box on a page")),
            "page": _CountedTick(say("Whole page")),
        }
        for row in self.groups.values():
            column.addWidget(row)
        column.addSpacing(SPACE.S)
        column.addWidget(SectionHeading(say("Kind")))
        for row in self.kinds.values():
            column.addWidget(row)
        column.addSpacing(SPACE.S)
        self.moved = _CountedTick(say("Only on replaced pages"))
        self.moved.tick.setChecked(False)
        self.moved.hide()
        column.addWidget(self.moved)
        column.addStretch(1)
        self.moved.tick.toggled.connect(lambda _on: self._tell())
        for row in (*self.groups.values(), *self.kinds.values()):
            row.tick.toggled.connect(lambda _on: self._tell())
        place = QScrollArea()
        place.setFrameShape(QFrame.Shape.NoFrame)
        place.setWidgetResizable(True)
        place.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        place.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        place.setWidget(inside)
        return place

    def _on_case(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self._tell()

    def _tell(self) -> None:
        self._typing.stop()
        if not self._filling:
            self.wanted.emit(self.chosen)


class _Field(QLineEdit):
    """Escape empties it, Down goes on into the list."""

    down = Signal()

    def __init__(self) -> None:
        super().__init__()
        saved_as_typed(self)
        self.setPlaceholderText(say("Words in marks"))
        self.setAccessibleName(say("Words in marks"))
        self.setClearButtonEnabled(True)
        self.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.down.emit()
        else:
            super().keyPressEvent(event)


class _CountedTick(QWidget):
    """A tick, the colour of a group, and how many there are."""

    def __init__(self, words: str, group: str | None = None) -> None:
        super().__init__()
        self._words = words
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE.S)
        self.tick = Tick(words)
        self.tick.setChecked(True)
        self.tick.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.count = Label("0", tone="secondary")
        if group:
            row.addWidget(_Colour(group))
        row.addWidget(self.tick, 1)
        row.addWidget(self.count)

    def show_count(self, count: int) -> None:
        """Show how many there are."""
        self.count.setText(f"{count:,}")
        self.tick.setAccessibleName(say("{words}, {count:,}", words=self._words, count=count))


class _Colour(QWidget):
    """A short bar in the colour of a group."""

    def __init__(self, group: str) -> None:
        super().__init__()
        self._group = group
        self.setFixedWidth(4)

    def sizeHint(self) -> QSize:
        return QSize(4, 14)

    def paintEvent(self, _event: QPaintEvent) -> None:
        high = min(self.height(), 16)
        painter = QPainter(self)
        painter.fillRect(
            0, (self.height() - high) // 2, 4, high, QColor(group_colour(self._group))
        )


def _count(ticks: Mapping[str, _CountedTick], found: Mapping[str, int]) -> None:
    for key, row in ticks.items():
        row.show_count(found.get(key, 0))


def _inset(inside: QWidget) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(SPACE.L, 0, SPACE.L, 0)
    row.addWidget(inside)
    return made
