"""To which case documents belong: the one that is chosen in the room, or another."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from reviewer.records.cases import Case
from reviewer.records.ids import CaseId
from reviewer.records.text import counted
from ui.dialogs.frame import Frame
from ui.widgets.form import Form

_NAMED = 6  # files whose names are shown; the rest is counted


class ChooseCaseDialog(Frame):
    """Asks for one of ``cases``, beginning with ``case``; tells its reference.

    ``files`` are given already (they were dropped), or are chosen afterwards.
    """

    chosen = Signal(str)

    def __init__(
        self,
        parent: QWidget,
        cases: Sequence[Case],
        case: CaseId | None = None,
        *,
        files: Sequence[Path] = (),
    ) -> None:
        self._what = _what(files)
        super().__init__(
            parent,
            f"Add {self._what}",
            lead=_names(files) or "Documents belong to one case. Choose the case, then the files.",
            action="Add them" if len(files) > 1 else "Add it" if files else "Choose files...",
            width=460,
        )
        self._box = QComboBox()
        self._box.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._box.setMinimumContentsLength(12)
        self._box.setPlaceholderText("Choose a case")
        for one in cases:
            self._box.addItem(f"{one.reference}  {one.title}", one.reference)
        ids = [one.id for one in cases]
        self._box.setCurrentIndex(ids.index(case) if case in ids else -1)
        self._box.currentIndexChanged.connect(lambda _place: self._name())
        form = Form()
        form.add("Case", self._box)
        self.body.addWidget(form)
        self._name()

    def accept(self) -> None:
        reference = self._box.currentData()
        super().accept()
        if isinstance(reference, str):
            self.chosen.emit(reference)

    def _name(self) -> None:
        """Say the case in the title, and let nothing be chosen for none."""
        reference = self._box.currentData()
        self.retitle(f"Add {self._what} to {reference}" if reference else f"Add {self._what}")
        self.go.setEnabled(bool(reference))


def _what(files: Sequence[Path]) -> str:
    return counted(len(files), "document") if files else "documents"


def _names(files: Sequence[Path]) -> str:
    names = ", ".join(file.name for file in files[:_NAMED])
    more = len(files) - _NAMED
    return f"{names} and {more:,} more" if more > 0 else names
