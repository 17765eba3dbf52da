"""The register as a table: a row a case, a column a kind of record."""

from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from reviewer.messages import plural, say
from reviewer.record_requests.register import Count
from reviewer.records.ids import CaseId
from reviewer.records.requests import RecordRequest
from ui.rooms.cases.records.look import look_of, shown_as
from ui.rooms.cases.records.material import Material, Narrow, Rows, rows_of
from ui.widgets.text import plain

AnyIndex = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_TIP = int(Qt.ItemDataRole.ToolTipRole)
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)


class Role(IntEnum):
    """What the model hands to the painters beside Qt's own roles."""

    SHOWN = int(Qt.ItemDataRole.UserRole) + 96  # the status, or None
    MORE = int(Qt.ItemDataRole.UserRole) + 97  # how many more records the cell holds
    SUM = int(Qt.ItemDataRole.UserRole) + 98  # of a heading: received of expected


class MatrixModel(QAbstractTableModel):
    """The cells of one register; nothing is counted here that the register has not counted."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._material: Material | None = None
        self._narrow = Narrow()
        self._rows = Rows()
        self._kinds: tuple[str, ...] = ()

    @property
    def rows(self) -> Rows:
        """What is left of the register."""
        return self._rows

    @property
    def narrow(self) -> Narrow:
        """What is left out."""
        return self._narrow

    def set_material(self, material: Material) -> None:
        """Show ``material``."""
        self.beginResetModel()
        self._material, self._kinds = material, material.kinds
        self._rows = rows_of(material, self._narrow)
        self.endResetModel()

    def set_narrow(self, narrow: Narrow) -> None:
        """Leave other things out."""
        self.beginResetModel()
        self._narrow = narrow
        if self._material is not None:
            self._rows = rows_of(self._material, narrow)
        self.endResetModel()

    def records(self, index: AnyIndex) -> tuple[RecordRequest, ...]:
        """Return the records of a cell."""
        if not index.isValid() or index.row() >= len(self._rows.cases):
            return ()
        key = self._rows.cases[index.row()].id, self._kinds[index.column()]
        return self._rows.cells.get(key, ())

    def case(self, index: AnyIndex) -> CaseId | None:
        """Return the case of a row."""
        return self._rows.cases[index.row()].id if index.isValid() else None

    @property
    def corner(self) -> tuple[tuple[str, str], tuple[str, str]]:
        """Return the heads over the cases and over their sums, and under each what is in all."""
        cases = say("All {count:,}", count=len(self._rows.cases))
        return (say("Case"), cases), (say("Received"), _sum(self._rows.whole))

    def index_of(self, case: str, kind: str) -> QModelIndex:
        """Return where a case and a kind stand now, else the first cell."""
        cases = [one.id for one in self._rows.cases]
        if case not in cases:
            return self.index(0, 0)
        column = self._kinds.index(kind) if kind in self._kinds else 0
        return self.index(cases.index(CaseId(case)), column)

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows.cases)

    def columnCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._kinds)

    def data(self, index: AnyIndex, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        if not index.isValid() or self._material is None:
            return None
        own = self.records(index)
        today = self._material.register.today
        if role == Role.SHOWN:
            return shown_as(own[0], today) if own else None
        if role == Role.MORE:
            return max(len(own) - 1, 0)
        if role == Qt.ItemDataRole.DisplayRole:
            return look_of(shown_as(own[0], today)).word if own else "\u2013"
        if role in {_TIP, _SPOKEN}:
            told = self._told(index, own, today)
            return plain(told) if role == _TIP else told.replace("\n", ", ")
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = int(Qt.ItemDataRole.DisplayRole),
    ) -> object:
        if self._material is None:
            return None
        if orientation is Qt.Orientation.Vertical:
            return self._case_head(section, role)
        if not 0 <= section < len(self._kinds):
            return None
        kind = self._kinds[section]
        if role == Role.SUM:
            return _sum(self._rows.kinds.get(kind, Count()))
        if role == _TIP:
            return plain(kind)
        return kind if role == Qt.ItemDataRole.DisplayRole else None

    def _case_head(self, section: int, role: int) -> object:
        if not 0 <= section < len(self._rows.cases) or self._material is None:
            return None
        case = self._rows.cases[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return case.reference
        if role == Role.SUM:
            return _sum(self._rows.counts[case.id])
        return plain(f"{case.reference}\n{case.title}") if role == _TIP else None

    def _told(self, index: AnyIndex, own: tuple[RecordRequest, ...], today: str) -> str:
        case, kind = self._rows.cases[index.row()], self._kinds[index.column()]
        if not own:
            return say("{case}, {kind}: not expected", case=case.reference, kind=kind)
        lines = [
            say(
                "{case}, {what} of {agency}, {name}: {status}",
                case=case.reference,
                what=one.title,
                agency=one.agency,
                name=one.name,
                status=look_of(shown_as(one, today)).name,
            )
            for one in own
        ]
        return "\n".join(lines)


def _sum(found: Count) -> str:
    return say("{received:,} of {expected:,}", received=found.received, expected=found.expected)


def spoken(model: MatrixModel) -> str:
    """Return what is shown, for a screen reader."""
    cases = len(model.rows.cases)
    whole = model.rows.whole
    return say(
        "Records by case and kind: {cases}, {received:,} of {expected:,} received",
        cases=plural("{count:,} case", "{count:,} cases", count=cases),
        received=whole.received,
        expected=whole.expected,
    )
