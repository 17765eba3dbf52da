"""Going to a place: its case, and in it the factor, the page or the field that is meant."""

from PySide6.QtCore import QObject, Signal

from reviewer.records.ids import CaseId
from reviewer.records.steps import Where
from ui.rooms.read.open_case import Judging
from ui.rooms.read.pages.documents import Reading
from ui.rooms.read.sheet.sheet import ScoreSheet


class Arriving(QObject):
    """Remembers where to go until the case is there."""

    case_asked = Signal(str)
    begun = Signal()  # the sheet is to stand in front
    pages_asked = Signal()  # and the pages of a document

    def __init__(
        self, judging: Judging, reading: Reading, sheet: ScoreSheet, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._judging = judging
        self._reading = reading
        self._sheet = sheet
        self._where: Where | None = None

    def go_to(self, where: Where) -> None:
        """Go there; its case is asked for where another is open."""
        self.begun.emit()
        self._where = where
        material = self._judging.material
        if material is not None and material.case.id == where.case:
            self.arrive()
        else:
            self.case_asked.emit(where.case)

    def go_to_factor(self, case: str, factor: str) -> None:
        """Go to a factor of a case."""
        self.go_to(Where(case=CaseId(case), factor=factor))

    def arrive(self) -> bool:
        """Show the place in the case that is open now; return whether there was one to show."""
        where, material = self._where, self._judging.material
        if where is None or material is None or material.case.id != where.case:
            return False
        self._where = None
        document = material.document(where.document) if where.document else None
        if document is not None:
            self.pages_asked.emit()
            self._reading.open(document, page=where.page)
        if where.factor:
            self._sheet.open_factor(where.factor)
        elif where.field:
            self._sheet.open_field(where.field)
        else:
            self._sheet.take_focus()
        return True
