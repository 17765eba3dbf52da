"""To which case documents belong."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from reviewer.records.cases import Case
from ui.dialogs.frame import Frame
from ui.widgets.form import Form


class ChooseCaseDialog(Frame):
    """Asks for one of ``cases``; tells its reference."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget, cases: Sequence[Case]) -> None:
        super().__init__(
            parent,
            "Add documents",
            lead="Documents belong to one case. Choose the case, then the files.",
            action="Choose files...",
            width=460,
        )
        self._box = QComboBox()
        for case in cases:
            self._box.addItem(f"{case.reference}  {case.title}", case.reference)
        form = Form()
        form.add("Case", self._box)
        self.body.addWidget(form)
        self.go.setEnabled(bool(cases))

    def accept(self) -> None:
        reference = self._box.currentData()
        super().accept()
        if isinstance(reference, str):
            self.chosen.emit(reference)
