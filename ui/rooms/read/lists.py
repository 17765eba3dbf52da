"""What stands beside the pages and may be hidden: the list of cases, and the sheet."""

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from reviewer.messages import say
from ui.rooms.read.cases.list import CaseList
from ui.rooms.read.walking import Walking
from ui.settings import CASES_HIDDEN, Settings
from ui.theme import scale

_PANE = 540  # logical pixels at the drawn text size that each of two documents is read in


class Lists(QObject):
    """Hides and shows them; the focus of what is hidden goes to the pages.

    Beside two documents the list of cases makes way where those would be too narrow to be read.
    """

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
        self._shared = False  # whether a second document is shown
        self._narrow = False  # whether the list has made way for it
        self._within = cases.parentWidget() or cases
        cases.setVisible(not settings.get(CASES_HIDDEN))
        walking.beside.shared.connect(self._share)
        self._within.installEventFilter(self)

    def turn_cases(self) -> None:
        """Hide the list of cases, or show it; the next time it is as it was left."""
        hide = not self._cases.isHidden()
        if not self._narrow:  # else it is hidden, or shown, for now
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
        self._fit()
        if hide:
            self.told.emit(say("The sheet is hidden. Shift+F9 shows it again."))

    def to_filter(self) -> None:
        """Put the focus into the filter of the cases, which are shown where they were hidden."""
        self._cases.show()
        self._cases.focus_filter()

    def show_sheet(self) -> None:
        """Show the sheet, where somebody rates."""
        self._sheet.setVisible(self._rates)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    def _share(self, shared: bool) -> None:  # noqa: FBT001 - a signal's argument
        self._shared = shared
        self._fit()

    def _fit(self) -> None:
        """Let the list make way, or come back, once what there is room for is another."""
        parts = [self._cases] if self._sheet.isHidden() else [self._cases, self._sheet]
        least = sum(max(one.minimumWidth(), one.minimumSizeHint().width()) for one in parts)
        narrow = self._shared and self._within.width() < least + 2 * _PANE * scale()
        if narrow is self._narrow:
            return
        self._narrow = narrow
        self._show(self._cases, not narrow and not self._settings.get(CASES_HIDDEN))

    def _show(self, part: QWidget, shown: bool) -> None:  # noqa: FBT001 - said by its name
        held = QApplication.focusWidget()
        inside = held is not None and part.isAncestorOf(held)
        part.setVisible(shown)
        if inside and not shown:
            self.walking.to_middle()
