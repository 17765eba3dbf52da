"""What stands beside the pages and may be hidden: the list of cases, and the sheet."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from reviewer.messages import say
from ui.rooms.read.cases.list import CaseList
from ui.rooms.read.walking import Walking
from ui.settings import CASES_HIDDEN, Settings


class Lists(QObject):
    """Hides and shows them; the focus of what is hidden goes to the pages."""

    told = Signal(str)

    def __init__(
        self, cases: CaseList, sheet: QWidget, walking: Walking, settings: Settings, *, rates: bool
    ) -> None:
        super().__init__(walking)
        self._cases = cases
        self._sheet = sheet
        self.walking = walking
        self._settings = settings
        self._rates = rates
        cases.setVisible(not settings.get(CASES_HIDDEN))

    def turn_cases(self) -> None:
        """Hide the list of cases, or show it; the next time it is as it was left."""
        hide = not self._cases.isHidden()
        self._settings.put(CASES_HIDDEN, hide)
        self._show(self._cases, not hide)
        if hide:
            self.told.emit(say("The list of cases is hidden. F9 shows it again."))

    def turn_sheet(self) -> None:
        """Hide the sheet, or show it; what needs it shows it by itself."""
        if not self._rates:
            self.told.emit(say("Nobody rates in this casebook, so it has no sheet."))
            return
        hide = not self._sheet.isHidden()
        self._show(self._sheet, not hide)
        if hide:
            self.told.emit(say("The sheet is hidden. Shift+F9 shows it again."))

    def to_filter(self) -> None:
        """Put the focus into the filter of the cases, which are shown where they were hidden."""
        self._cases.show()
        self._cases.focus_filter()

    def show_sheet(self) -> None:
        """Show the sheet, where somebody rates."""
        self._sheet.setVisible(self._rates)

    def _show(self, part: QWidget, shown: bool) -> None:  # noqa: FBT001 - said by its name
        held = QApplication.focusWidget()
        inside = held is not None and part.isAncestorOf(held)
        part.setVisible(shown)
        if inside and not shown:
            self.walking.to_middle()
