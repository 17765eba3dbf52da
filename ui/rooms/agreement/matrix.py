"""The heat map as a table: a row a case, a column a factor, and one for those on the agenda."""

from enum import IntEnum, StrEnum

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from reviewer.messages import plural, say
from reviewer.summary.shapes import Cell, Summary
from ui.rooms.agreement import telling
from ui.widgets.heat import HeatCell
from ui.widgets.text import plain

AnyIndex = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class Role(IntEnum):
    """What the model hands to the painters beside Qt's own roles."""

    HEAT = int(Qt.ItemDataRole.UserRole) + 80
    CELL = int(Qt.ItemDataRole.UserRole) + 81
    DIFFERING = int(Qt.ItemDataRole.UserRole) + 82
    GROUP = int(Qt.ItemDataRole.UserRole) + 83


class Order(StrEnum):
    """In which order the cases stand."""

    DIFFERING = "differing"
    REFERENCE = "reference"


class HeatModel(QAbstractTableModel):
    """The cells of one summary; nothing is counted here."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._summary: Summary | None = None
        self._order = Order.DIFFERING
        self._rows: list[int] = []
        self._differing: list[int] = []
        self._drawn: dict[tuple[int, int], HeatCell] = {}

    @property
    def summary(self) -> Summary | None:
        """What is shown."""
        return self._summary

    @property
    def points(self) -> int:
        """How many points the scale has."""
        return len(self._summary.panel.framework.scale) if self._summary else 1

    @property
    def factors(self) -> int:
        """How many columns are factors."""
        return len(self._summary.panel.framework.factors) if self._summary else 0

    def set_summary(self, summary: Summary) -> bool:
        """Show ``summary``; return whether its cells are those before: then the rows stay."""
        before = self._summary
        stays = before is not None and _same(before, summary)
        self.beginResetModel()
        self._summary = summary
        self._drawn = {}
        self._differing = [0] * len(summary.panel.cases)
        for cell in summary.cells:
            self._differing[cell.case] += bool(cell.flags)
        if not stays:
            self._arrange()
        self.endResetModel()
        return stays

    def set_order(self, order: Order) -> None:
        """Put the cases into another order."""
        self.beginResetModel()
        self._order = order
        self._arrange()
        self.endResetModel()

    def cell(self, index: AnyIndex) -> Cell | None:
        """Return the cell at ``index``; None for the last column."""
        if self._summary is None or not index.isValid() or index.column() >= self.factors:
            return None
        return self._summary.cells[self._rows[index.row()] * self.factors + index.column()]

    def index_of(self, cell: Cell) -> QModelIndex:
        """Return where ``cell`` stands now."""
        return self.index(self._rows.index(cell.case), cell.factor)

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() or self._summary is None else self.factors + 1

    def data(self, index: AnyIndex, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        if not index.isValid() or self._summary is None:
            return None
        cell = self.cell(index)
        if cell is None:
            return self._told_differing(self._differing[self._rows[index.row()]], role)
        return self._told(self._summary, cell, role)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = int(Qt.ItemDataRole.DisplayRole),
    ) -> object:
        if self._summary is None:
            return None
        if orientation is Qt.Orientation.Vertical:
            return self._row_head(self._summary, section, role)
        return self._column_head(self._summary, section, role)

    def _told(self, summary: Summary, cell: Cell, role: int) -> object:
        if role == Role.CELL:
            return cell
        if role == Role.HEAT:
            return self._heat(cell)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._heat(cell).words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return telling.whole(summary, cell).replace("\n", ". ")
        return plain(telling.whole(summary, cell)) if role == Qt.ItemDataRole.ToolTipRole else None

    @staticmethod
    def _told_differing(count: int, role: int) -> object:
        if role == Role.DIFFERING:
            return count
        if role == Qt.ItemDataRole.DisplayRole:
            return str(count) if count else "\u2013"
        if role in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}:
            told = plural(
                "{count:,} cell on the agenda", "{count:,} cells on the agenda", count=count
            )
            return plain(told) if role == Qt.ItemDataRole.ToolTipRole else told
        return None

    def _heat(self, cell: Cell) -> HeatCell:
        key = (cell.case, cell.factor)
        if key not in self._drawn and self._summary is not None:
            self._drawn[key] = telling.drawn(cell, self._summary.panel.framework.values)
        return self._drawn[key]

    def _row_head(self, summary: Summary, section: int, role: int) -> object:
        if section >= len(self._rows):
            return None
        case = summary.panel.cases[self._rows[section]]
        if role == Qt.ItemDataRole.DisplayRole:
            return case.reference
        return plain(f"{case.reference}\n{case.title}") if role == _TIP else None

    @staticmethod
    def _column_head(summary: Summary, section: int, role: int) -> object:
        framework = summary.panel.framework
        if section >= len(framework.factors):
            return say("On the agenda") if role == Qt.ItemDataRole.DisplayRole else None
        factor = framework.factors[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return factor.short
        if role == Role.GROUP:
            return factor.group
        group = next((g.name for g in framework.groups if g.code == factor.group), "")
        return plain(f"{factor.name}\n{group}") if role == _TIP else None

    def _arrange(self) -> None:
        summary = self._summary
        if summary is None:
            return
        cases = summary.panel.cases
        self._rows = sorted(range(len(cases)), key=lambda place: cases[place].reference)
        if self._order is Order.DIFFERING:
            self._rows.sort(key=lambda place: -self._differing[place])


def _same(before: Summary, now: Summary) -> bool:
    """Whether both have the same cases and factors, in the same order."""
    codes = before.panel.framework.codes == now.panel.framework.codes
    return codes and before.panel.cases == now.panel.cases


_TIP = int(Qt.ItemDataRole.ToolTipRole)
